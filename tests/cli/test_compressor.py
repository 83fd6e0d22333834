"""The command compressor: what it finds, what it prints, and its exit codes."""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction

import numpy as np
import pytest

from eftheory.testing import Unbiased


def test_top_k_passes_and_buys_what_the_laws_say(figures) -> None:
    code, found = figures("eftheory.compressors:TopK", "--dim", "100", "--param", "k=10")
    assert (code, found["status"]) == (0, "passed")
    assert found["estimate"]["refuted_above"] == found["estimate"]["consistent_below"] == "1/10"
    assert found["basis"] == "alpha = 1/10: exact, attained"
    assert found["guarantee"]["alpha"] == "1/10"
    assert found["guarantee"]["tight_iterations"] == 13247
    assert "TopK(k=10)" in [row["compressor"] for row in found["at_equal_bits"]]
    assert all(Fraction(row["bits"]) <= 364 for row in found["at_equal_bits"])


def test_what_was_not_reached_is_not_passed(figures) -> None:
    code, found = figures("eftheory.compressors:TopK", "--dim", "100", "--param", "k=10", "--time", "0.001")
    assert (code, found["status"]) == (3, "inconclusive")
    assert "not reached" in {check["status"] for check in found["checks"]}


def test_a_tie_is_found_and_shrunk(figures) -> None:
    code, found = figures("user_module:Ties", "--dim", "12", "--param", "k=3")
    assert code == 1
    failed = {check["name"]: check for check in found["checks"] if check["status"] == "failed"}
    assert {"contraction", "ties"} <= set(failed)
    shown = failed["contraction"]
    vector = [Fraction(entry) for entry in shown["vector"]]
    assert set(vector) <= {0, 1}
    tied = sum(vector)
    assert (tied - 2) / tied > 1 - Fraction(3, len(vector))
    assert f"||C(v) - v||^2 = {(tied - 2) / tied} ||v||^2" in shown["message"]
    assert "computed in fractions" in shown["message"]
    assert shown["example"].startswith("@example(np.array([")


def test_a_claim_on_the_command_line(figures) -> None:
    code, found = figures("user_module:half", "--dim", "5", "--alpha", "3/4", "--bits", "100")
    assert (code, found["basis"]) == (0, "alpha = 3/4: claimed; tested, not proved")
    assert found["guarantee"]["bits"] == "100"
    code, found = figures("user_module.py:half", "--dim", "5", "--alpha", "0.76")
    assert code == 1
    assert "not contractive with alpha = 19/25" in found["checks"][5]["message"]
    assert "an estimate" in found["basis"]


def test_a_random_one(figures) -> None:
    code, found = figures("user_module:coin", "--dim", "3", "--omega", "1")
    assert code == 0
    assert found["guarantee"]["alpha"] == "1/2"
    code, found = figures("user_module:coin", "--dim", "3", "--omega", "1/2")
    assert code == 1
    assert "E ||C(v) - v||^2 = 1 ||v||^2, and 1/2 is allowed" in found["checks"][5]["message"]


def test_expected_failures(figures) -> None:
    code, found = figures("user_module:changes", "--dim", "3", "--alpha", "3/4", "--expect-failure", "purity=we know")
    assert code == 0
    assert [check["message"] for check in found["checks"] if check["status"] == "expected"] == ["we know"]


def test_the_table_is_for_people(call) -> None:
    code, out, err = call("eftheory.compressors:TopK", "--dim", "20", "--param", "k=2", "--examples", "20")
    assert (code, err) == (0, "")
    for words in (
        "passed",
        "theta",
        "strongly convex, tight",
        "PL",
        "nonconvex",
        "At equal bits",
        "worst vector found",
    ):
        assert words in out


def test_one_that_raises(call) -> None:
    code, out, err = call("user_module:raises", "--dim", "3")
    assert (code, err) == (1, "")
    assert "RuntimeError: no" in " ".join(out.split())


@pytest.mark.parametrize(("arguments", "message"), [
    (["user_module:nothing", "--dim", "3"], "user_module has no 'nothing'; it has: half, coin"),
    (["user_module", "--dim", "3"], "write file.py:Name or package.module:Name"),
    (["no_such_module:f", "--dim", "3"], "No module named 'no_such_module'"),
    (["user_module:Ties", "--dim", "3"], "missing a required argument: 'k'"),
    (["user_module:Ties", "--dim", "3", "--param", "k"], "is not NAME=VALUE"),
    (["user_module:Ties", "--dim", "3", "--param", "k=1", "--param", "k=2"], "is given twice"),
    (["user_module:half", "--dim", "3", "--param", "k=1"], "is a function"),
    (["eftheory.compressors:TopK", "--dim", "3", "--param", "k=0"], "k=0"),
    (["user_module:half", "--dim", "0"], "dim=0"),
    (["user_module:half", "--dim", "3", "--alpha", "2"], "alpha must lie in (0, 1]"),
    (["user_module:half", "--dim", "3", "--alpha", "1/2", "--omega", "1"], "claim one of them"),
    (["user_module:half", "--dim", "3", "--library", "pandas"], "choose one of numpy, torch, jax"),
    (["user_module:half", "--dim", "3", "--dtype", "int8"], "choose float64 or float32"),
    (["user_module:half", "--dim", "3", "--expect-failure", "ties"], "write check=reason"),
    (["user_module:half", "--dim", "3", "--expect-failure", "tie=x"], "check='tie'"),
    (["user_module:half", "--dim", "3", "--magnitudes", "1"], "write two numbers"),
    (["user_module:half", "--dim", "3", "--magnitudes", "2,3"], "with 1 between them"),
    (["user_module:half", "--dim", "3", "--mu", "2"], "mu"),
    (["user_module:half", "--dim", "3", "--time", "0"], "seconds=0"),
    (["user_module:half", "--dim", "3", "--time", "soon"], "soon"),
    (["user_module:half", "--dim", "3", "--bits", "0"], "bits=0"),
    (["user_module:half", "--dim", "3", "--accuracy", "2"], "accuracy=2"),
    (["user_module:half"], "eftheory: --dim is missing, as in: eftheory compressor"),
    (["user_module:Ties", "--dim", "3", "--param", "j=1"], "has no parameter 'j'; its parameters: k"),
    (["topk:j=1", "--dim", "3"], "has no parameter 'j'; its parameters: k"),
    (["topk:k", "--dim", "3"], "topk:k: 'k' is not NAME=VALUE; write topk:name=value, as topk:k=10"),
    (["topk:", "--dim", "3"], "missing a required argument: 'k'"),
    (["topk:k=9", "--dim", "3"], "eftheory: TopK(k=9) in dimension 3: k=9: a vector of 3 entries has no 9 to keep"),
    (["--list", "topk"], "leave 'topk' out"),
])  # fmt: skip
def test_mistakes_end_in_one_line(call, arguments, message) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_what_is_printed_can_be_pasted(figures) -> None:
    _, found = figures("user_module:half", "--dim", "3", "--alpha", "4/5")
    example = found["checks"][5]["example"]
    assert example == "@example(np.array([0.0, 0.0, 1.0]))"
    assert np.array([0.0, 0.0, 1.0]).shape == (3,)


def test_unbiased_claims_are_scaled() -> None:
    assert Unbiased(Fraction(3)).contractive.alpha == Fraction(1, 4)


MORE = '''
import numpy as np

class Claims:
    """Halves, and claims more."""
    alpha = 0.9

    def __call__(self, x):
        return x / 2

class OneHot:
    """Sends nothing of a vector with one entry alone."""
    alpha = 0.5

    def __call__(self, x):
        return x / 2 if np.count_nonzero(x) != 1 else 0 * x

class HeavyTail:
    """E ||C(v) - v||^2 is finite, but rarely seen."""
    random = True

    def __call__(self, x, rng):
        return x + 30 * x * (abs(rng.standard_normal()) > 3.5)

class Text:
    alpha = 0.75
    bits = "many"

    def __call__(self, x):
        return x / 2

def leaves(x):
    raise SystemExit(3)
'''


@pytest.fixture
def more(tmp_path):
    (tmp_path / "more.py").write_text(MORE)


@pytest.mark.usefixtures("more")
def test_no_guarantee_rests_on_a_refuted_claim(figures) -> None:
    expected = [
        part for check in ("contraction", "scale", "ties", "zeros") for part in ("--expect-failure", f"{check}=x")
    ]
    code, found = figures("more:Claims", "--dim", "6", *expected)
    assert code == 0
    assert found["guarantee"]["alpha"] == "3/4"
    assert "only an estimate" in found["basis"]
    code, found = figures("more:OneHot", "--dim", "40")
    assert code == 1
    assert found["guarantee"] is None  # a check found the vector, so the estimate knows it


@pytest.mark.usefixtures("more")
def test_what_draws_do_not_decide_is_left_open(figures) -> None:
    code, found = figures("more:HeavyTail", "--dim", "4")
    assert code == (found["guarantee"] is None)
    assert "do not decide" in found["basis"] or "estimate" in found["basis"]
    assert Fraction(found["estimate"]["refuted_above"]) > Fraction(58, 100)


@pytest.mark.usefixtures("more")
def test_code_that_leaves_or_lies_about_its_bits(call) -> None:
    code, out, err = call("more:Text", "--dim", "3")
    assert (code, out) == (2, "")
    assert "its bits(3)" in err
    code, out, _ = call("more:leaves", "--dim", "3")
    assert code == 1
    assert "SystemExit: 3" in " ".join(out.split())


@pytest.mark.thorough
def test_irrational_constants_are_printed_whole(figures) -> None:
    code, found = figures("eftheory.compressors:QSGD", "--param", "levels=1", "--dim", "7")
    assert code == 0
    assert found["basis"] == ("omega = -1 + sqrt(7): exact, attained; alpha = 1/(1 + omega) is that of C/(1 + omega)")


@pytest.mark.thorough
def test_constructions_from_the_command_line(figures) -> None:
    code, found = figures("eftheory.compressors:Scaled", "--param", "compressor=RandK(k=2,scaled=true)", "--dim", "6")
    assert (code, found["basis"]) == (0, "alpha = 1/3: exact, attained")
    code, found = figures("eftheory.compressors:FixedMask", "--param", "kept=0,2", "--dim", "4")
    assert (code, found["guarantee"]) == (1, None)


SILENT = """
import numpy as np

def first_half(x):
    return np.concatenate([x[: len(x) // 2], np.zeros_like(x[len(x) // 2 :])])

def two_bits(x):
    return np.where(x >= 0.5, 0.5, np.where(x <= -0.5, -0.5, 0.0)).astype(x.dtype)

def last(x):
    return np.where(np.arange(x.size) == x.size - 1, x, 0).astype(x.dtype)

def clip(x):
    return np.clip(x, -8.0, 8.0).astype(x.dtype)
"""


MASKS = """
import numpy as np

def mask(x, rng):
    return np.where(rng.random(x.shape) < 0.1, x, 0).astype(x.dtype)

def indexed(x, rng):
    out = x.copy()
    out[rng.random(x.size) >= 0.1] = 0
    return out
"""


def test_the_estimate_of_a_mask_is_exact(figures, tmp_path) -> None:
    (tmp_path / "masks.py").write_text(MASKS)
    code, found = figures("masks:mask", "--dim", "30", "--examples", "50")
    assert code == 0
    assert found["basis"].startswith("alpha = 1/10: only an estimate; no larger one holds")
    assert found["estimate"]["exact"]


def test_an_estimate_from_draws_is_an_interval(figures, tmp_path) -> None:
    (tmp_path / "masks.py").write_text(MASKS)
    code, found = figures("masks:indexed", "--dim", "30", "--examples", "50")
    assert code == 0
    assert "alpha is between this and" in found["basis"]
    assert "--samples" in found["basis"]
    low, high = (Fraction(found["estimate"][key]) for key in ("consistent_below", "refuted_above"))
    assert low < Fraction(1, 10) < high
    assert "alpha = 0.0" in found["basis"]


LOADED = """
from beside import HALF

class Typed:
    def __init__(self, rounds: int = 1, p: float = 0.5, name: str = "", on: bool = False, most: "int | None" = 3):
        from beside_too import check
        check([type(each) for each in (rounds, p, name, on)])
        assert most is None or type(most) is int

    def __call__(self, x):
        from beside_too import NOTHING
        return x * HALF
"""


def test_parameters_follow_annotations_and_files_import_their_neighbours(figures, call, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "loaded.py").write_text(LOADED)
    (folder / "beside.py").write_text("HALF = 0.5")
    (folder / "beside_too.py").write_text(
        "NOTHING = 0\ndef check(kinds):\n    assert kinds == [int, float, str, bool], kinds"
    )
    monkeypatch.setattr("sys.path", [*sys.path])
    values = ("rounds=2", "p=1", "name=3", "on=true", "most=none")
    given = [part for value in values for part in ("--param", value)]
    code, found = figures("elsewhere/loaded.py:Typed", "--dim", "3", *given)
    assert (code, found["status"]) == (0, "passed")
    assert found["compressor"] == "Typed"
    assert "eftheory_loaded" not in str(found)
    for value, words in (("rounds=1/2", "annotated int: write a whole number"), ("on=1", "write true or false")):
        code, _, err = call("elsewhere/loaded.py:Typed", "--dim", "3", "--param", value)
        assert code == 2
        assert words in err


def test_a_range_of_sizes_is_part_of_the_claim(figures, tmp_path) -> None:
    (tmp_path / "silent.py").write_text(SILENT)
    code, found = figures("silent:clip", "--dim", "4")
    assert code == 1
    assert "alpha = 0.00" in found["basis"]  # 1 - (1 - 8e-4)^2, at 1e4
    assert "Of all vectors: no guarantee" in found["basis"]
    assert Fraction(1, 1000) < Fraction(found["guarantee"]["alpha"]) < Fraction(2, 1000)
    code, found = figures("silent:two_bits", "--dim", "4")
    assert "1e-4" not in found["basis"]  # the worst vector lies within, and no other range is better
    assert (code, found["guarantee"], found["within"]) == (1, None, None)
    code, found = figures("eftheory.adapters:Cast", "--param", "dtype=float16", "--dim", "4", "--bits", "64")
    assert code == 1
    assert found["basis"].startswith(
        "for entries between 1e-4 and 1e4 in size, as those of gradients mostly are, alpha ="
    )
    assert "--magnitudes 1e-4,1e4 makes the range part of the claim. Of all vectors: no guarantee" in found["basis"]
    assert found["within"] == ["0.0001", "10000"]
    bought = Fraction(found["guarantee"]["alpha"])
    failed = {check["name"]: check["message"] for check in found["checks"] if check["status"] == "failed"}
    assert "a narrower type" in failed["huge"]
    assert "--magnitudes 1e-4,1e4" in failed["scale"]
    assert "000000000" not in found["estimate"]["refuted_above"]
    code, found = figures(
        "eftheory.adapters:Cast", "--param", "dtype=float16", "--dim", "4", "--bits", "64", "--magnitudes", "1e-4,1e4"
    )
    assert (code, found["status"], found["within"]) == (0, "passed", None)
    assert abs(Fraction(found["guarantee"]["alpha"]) - bought) < Fraction(1, 10**6)


@pytest.mark.thorough
def test_ends_that_are_far_apart_say_what_to_try(figures, tmp_path) -> None:
    (tmp_path / "noise.py").write_text("def noise(x, rng):\n    return x * (1 + 0.5 * rng.standard_normal())\n")
    _, found = figures("noise:noise", "--dim", "2", "--samples", "100")
    (note,) = [note for note in found["notes"] if "far apart" in note]
    wanted = note.partition("--samples ")[2].split()[0]
    _, found = figures("noise:noise", "--dim", "2", "--samples", wanted)
    low, high = (Fraction(found["estimate"][key]) for key in ("consistent_below", "refuted_above"))
    assert low <= Fraction(3, 4) <= high
    assert high - low < high / 8


def test_without_a_claim_only_what_was_asked_is_called_passed(figures) -> None:
    code, found = figures("user_module:half", "--dim", "5")
    assert code == 0
    status = {check["name"]: check["status"] for check in found["checks"]}
    assert {status[name] for name in ("contraction", "scale", "ties", "zeros")} == {"skipped"}


@pytest.mark.parametrize("name", ["first_half", "two_bits", "last"])
def test_what_sends_nothing_is_refuted_by_that_vector(figures, tmp_path, name) -> None:
    (tmp_path / "silent.py").write_text(SILENT)
    code, found = figures("silent:" + name, "--dim", "4")
    assert (code, found["status"], found["guarantee"]) == (1, "failed", None)
    assert found["estimate"]["refuted_above"] == found["estimate"]["consistent_below"] == "0"
    assert "no alpha > 0 holds" in found["basis"]
    vector = eval(found["estimate"]["vector"], {"np": np})
    namespace: dict = {}
    exec(SILENT, namespace)
    assert not namespace[name](vector).any()
    code, found = figures("silent:" + name, "--dim", "4", "--alpha", "1e-9")
    assert code == 1
    assert "not contractive" in found["checks"][5]["message"]


def test_what_the_compressor_prints_is_not_in_the_json(call):
    _, out, err = call("user_module:prints", "--dim", "3", "--json", "--examples", "40")
    assert json.loads(out)["compressor"] == "prints"
    assert "called" in err


def test_numbers_of_any_size_are_printed_short(call):
    _, printed, _ = call("topk:k=1", "--dim", "2", "--L", "1e200", "--examples", "5")
    assert not re.search("[0-9.]{28,}", printed)
    assert " 0.000000000 " not in printed
    assert " 1.000000000 " not in printed
