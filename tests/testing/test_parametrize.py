"""One pytest test for each check, in a pytest of its own."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from eftheory.assumptions import Contractive
from eftheory.compressors import TopK
from eftheory.testing import CompressorError, compressor_checks, parametrize_with_checks
from eftheory.testing.checks import CHECKS

FILE = """
from fractions import Fraction

from eftheory.assumptions import Contractive
from eftheory.compressors import TopK
from eftheory.testing import parametrize_with_checks

HALF = Contractive(Fraction(1, 2))


def keep_none(x):
    return 0 * x


def halve(x):
    return x / 2


def expected(compressor):
    return {"contraction": "it keeps nothing"} if compressor is keep_none else {}


@parametrize_with_checks(
    [TopK(2), (halve, HALF), (keep_none, HALF)], dims=[2, 3], expected_failures=expected, examples=10, samples=100
)
def test_mine(compressor, check):
    check()


@parametrize_with_checks([(halve, HALF)], dims=[2], expected_failures={"zero": "they say"}, examples=10)
def test_expected_of_all(compressor, check):
    check()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mine")
    (folder / "test_mine.py").write_text(FILE)
    return folder


def run_pytest(folder, *options):
    """The lines of pytest -v in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-v", "-rA", "-p", "no:cacheprovider", "-p", "no:benchmark", *options]
    done = subprocess.run([*command, str(folder)], cwd=folder, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(scope="module")
def output(folder):
    return run_pytest(folder)


def test_outcomes(output):
    assert "test_mine[TopK(k=2)-contraction] PASSED" in output
    assert "test_mine[TopK(k=2)-additivity] SKIPPED (not claimed)" in output
    assert "test_mine[keep_none-contraction] XFAIL (it keeps nothing)" in output
    assert "test_mine[keep_none-ties] FAILED" in output
    assert "ties: failed: not contractive with alpha = 1/2" in output
    assert "@example(np.array([0.0, 1.0]))" in output
    assert "take it out of expected_failures" in output
    assert output.count("FAILED test_mine.py") == 3 + 1  # ties, zeros, scale; zero, which passes


def test_without_a_traceback(output):
    assert "Traceback" not in output
    assert "pytest.fail(" not in output


def test_one_for_each_check(output):
    for check in CHECKS:
        assert f"test_mine[halve-{check}] " in output


def test_selected_by_name(folder):
    output = run_pytest(folder, "-k", "halve-nan or (TopK and zero)", "--collect-only", "-q", "-q")
    selected = [line for line in output.splitlines() if "::" in line]
    assert [line.partition("[")[2] for line in selected] == [
        "TopK(k=2)-zero]", "TopK(k=2)-zeros]", "halve-nan]", "halve-nan]",
    ]  # fmt: skip


def test_mark():
    mark = parametrize_with_checks([TopK(1)])
    assert mark.name == "parametrize"
    names, cases = mark.args
    assert names == ("compressor", "check")
    assert [case.id for case in cases] == [f"TopK(k=1)-{check}" for check in CHECKS]


@pytest.mark.parametrize(("alpha", "fails"), [(Fraction(3, 4), False), (Fraction(4, 5), True)])
def test_compressor_checks(alpha, fails):
    @compressor_checks(Contractive(alpha), dims=[2], examples=10)
    def test_half():
        return lambda x: x / 2

    assert test_half.__name__ == "test_half"
    if not fails:
        assert test_half() is None
        return
    with pytest.raises(CompressorError, match="contraction: failed"):
        test_half()
