"""The command compressor on what holds of entries of some sizes only."""

from __future__ import annotations

from fractions import Fraction

import pytest

THRESHOLD = "import numpy as np\ndef cut(x):\n    return np.where(np.abs(x) <= 1e-6, 0, x)\n"


def test_where_nothing_holds_of_all_sizes_it_is_said_what_holds_of_those_of_gradients(figures, tmp_path) -> None:
    (tmp_path / "threshold.py").write_text(THRESHOLD)
    code, found = figures("threshold:cut", "--dim", "3", "--bits", "64")
    assert [check for check in found["checks"] if check["status"] == "failed"] == []
    assert (code, found["status"]) == (1, "failed")  # of all vectors, which were asked about
    assert found["estimate"]["refuted_above"] == "0"
    assert Fraction(found["guarantee"]["alpha"]) > Fraction(9, 10)
    code, found = figures("threshold:cut", "--dim", "3", "--bits", "64", "--magnitudes", "1e-4,1e4")
    assert (code, found["status"], found["within"]) == (0, "passed", None)


PLAIN = """
import numpy as np

class Plain:
    unbiased = True

    def __call__(self, x, rng):
        norm = np.sqrt((x * x).sum())
        if norm == 0:
            return x.copy()
        level = np.abs(x) / norm * 4
        up = rng.random(x.shape) < level - np.floor(level)
        return (np.sign(x) * norm * (np.floor(level) + up) / 4).astype(x.dtype)
"""


@pytest.mark.thorough
def test_squares_that_overflow_are_outside_of_the_range(figures, tmp_path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    code, found = figures("plain:Plain", "--dim", "3", "--bits", "64")
    assert code == 1
    failed = {check["name"]: check["message"] for check in found["checks"] if check["status"] == "failed"}
    assert list(failed) == ["huge"]
    assert "squares overflow" in failed["huge"]
    assert "--magnitudes 1e-4,1e4" in failed["huge"]
    assert 0 < Fraction(found["estimate"]["refuted_above"]) <= 1
    code, found = figures("plain:Plain", "--dim", "3", "--bits", "64", "--magnitudes", "1e-4,1e4")
    assert (code, found["status"]) == (0, "passed")
