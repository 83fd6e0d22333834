"""The report, what was expected to fail, and what is said of bad arguments."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from eftheory import compressors
from eftheory.assumptions import Contractive
from eftheory.compressors import TopK
from eftheory.testing import CompressorError, Unbiased, adapt, check_compressor
from eftheory.testing.checks import CHECKS
from eftheory.testing.suite import CompressorRaises
from tests.kit.compressor_cases import OPERATORS
from tests.kit.quantiser_cases import CASES as QUANTISERS
from tests.testing.gallery import read_vector

HALF = Contractive(Fraction(1, 2))
QUICK = {"dims": (2, 3), "examples": 20, "samples": 500}
MORE = [
    (compressors.TopK(3), (7, 30)),
    (compressors.ScaledSign(), (7, 30)),
    (compressors.NormSign(), (7, 30)),
    (compressors.QSGD(4), (7,)),
    (compressors.Ternary(), (7,)),
    (compressors.GaussianSketch(2), (1, 8)),
    (compressors.PowerSGD(1, rows=2), (4, 6)),
    (compressors.Bernoulli(Fraction(1, 300), scaled=True), (12,)),
]


def halve(x):
    return x / 2


def keep_none(x):
    return 0 * x


@pytest.mark.parametrize(
    ("compressor", "dims"),
    [*((c.compressor, (3,) if 3 in c.dimensions else c.dimensions[-1:]) for c in [*OPERATORS, *QUANTISERS]), *MORE],
    ids=repr,
)
def test_correct_ones_pass(compressor, dims):
    report = check_compressor(compressor, dims=dims, examples=5, samples=200)
    assert [result.name for result in report.results] == list(CHECKS)
    assert report.dimensions == tuple(dims)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("function", "claim"),
    [
        (halve, Contractive(Fraction(3, 4))),
        (lambda x: np.sign(x) * np.abs(x).mean(), lambda d: Contractive(Fraction(1, d))),
        (lambda x: np.where(np.abs(x) >= np.sort(np.abs(x))[-2], x, 0 * x), lambda d: Contractive(Fraction(2, d))),
        (lambda x, rng: np.where(rng.permutation(x.size) < 1, x, 0 * x), lambda d: Contractive(Fraction(1, d))),
        (lambda x, rng: np.where(rng.random(x.size) < 0.25, 4 * x, 0 * x), Unbiased(3)),
        (lambda x, rng: (x * (1 + rng.choice([-0.5, 0.5]))).astype(x.dtype), Unbiased(Fraction(1, 4))),
        (lambda x, rng: (x * (1 + 0.5 * rng.standard_normal())).astype(x.dtype), Unbiased(Fraction(1, 4))),
        (lambda x, rng: (x * (1 - np.log(rng.random()) / 2 - 0.5)).astype(x.dtype), Unbiased(Fraction(1, 4))),
        (lambda x, rng: (x * rng.integers(0, np.full(x.size, 2))).astype(x.dtype), HALF),
        (
            lambda x, rng: (x * (np.argsort(rng.random(x.size)) == 0)).astype(x.dtype),
            lambda d: Contractive(Fraction(1, d)),
        ),
        (lambda x, rng=None: x, Contractive(1)),
    ],
)
def test_correct_ones_of_strangers_pass(function, claim, dtype):
    check_compressor(function, claim, dtype=dtype, **QUICK)


def test_expected_failures():
    given = {"contraction": "known, issue 7", "ties": "known", "zeros": "known", "scale": "known"}
    report = check_compressor(keep_none, HALF, expected_failures=given, **QUICK)
    assert report["contraction"].status == "expected"
    assert report["contraction"].message == "known, issue 7"
    assert not report.failures


def test_an_expectation_that_is_not_met_fails():
    with pytest.raises(CompressorError, match=r"was expected to fail \(they say\), but passes: take it out"):
        check_compressor(halve, HALF, expected_failures={"nan": "they say"}, **QUICK)


@pytest.mark.parametrize("options", [{"expected_failures": {"colour": "x"}}, {"checks": ["colour"]}])
def test_unknown_checks(options):
    with pytest.raises(ValueError, match="check='colour': choose from shape, dtype,"):
        check_compressor(halve, HALF, **options)


def test_chosen_checks():
    report = check_compressor(halve, HALF, checks=["zero", "nan"], **QUICK)
    assert [result.name for result in report.results] == ["zero", "nan"]


def test_text_of_the_error():
    with pytest.raises(CompressorError) as caught:
        check_compressor(keep_none, HALF, **QUICK)
    text = str(caught.value)
    assert text.startswith("keep_none fails 4 of 15 checks\ncontraction: failed: not contractive with alpha = 1/2")
    assert "||C(v) - v||^2 = 1 ||v||^2, and 1/2 is allowed; C(v) = [0, 0] (computed in fractions)" in text
    assert "\n  @example(np.array([0.0, 1.0]))" in text
    assert isinstance(caught.value, AssertionError)
    assert caught.value.report.failures[0].vector == [0, 1]


def test_shrunk_counterexample_of_the_issue():
    """Top-k that keeps k - 1 entries where there are ties, and claims k/d."""

    class KeepsLess:
        def alpha(self, d):
            return Fraction(2, d)

        def __call__(self, x):
            sizes = np.sort(np.abs(x))[::-1]
            return (
                np.where(np.abs(x) > sizes[1], x, 0 * x)
                if sizes[0] == sizes[1]
                else np.where(np.abs(x) >= sizes[1], x, 0 * x)
            )

    report = check_compressor(KeepsLess(), dims=[4], examples=20, on_fail="return")
    v = read_vector(report["contraction"].example)
    assert sorted(v) in ([0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1])
    assert "1 ||v||^2, and 1/2 is allowed" in report["contraction"].message
    assert "computed in fractions" in report["contraction"].message


@pytest.mark.parametrize("dims", [[], [0, 2], [-1]])
def test_dimensions_out_of_range(dims):
    with pytest.raises(ValueError, match="at least one entry"):
        check_compressor(halve, HALF, dims=dims)


@pytest.mark.parametrize("options", [{"on_fail": "warn"}, {"magnitudes": (2, 3)}, {"magnitudes": (0, 3)}])
def test_options_out_of_range(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        check_compressor(halve, HALF, **options)


def test_minimum_dimension():
    report = check_compressor(TopK(3), dims=[1, 2, 3, 4], checks=["shape"])
    assert report.dimensions == (3, 4)
    assert report.notes[0].startswith("needs a minimum dimension: tried from 3 on; with 2 it raises: ValueError: k=3")


def test_only_even_dimensions():
    def even(x):
        if x.size % 2:
            raise ValueError("odd")
        return x

    report = check_compressor(even, HALF, dims=[2, 3, 4, 5], checks=["shape"])
    assert report.dimensions == (2, 4)
    assert report.notes == ("does not take every dimension: with 3 it raises: ValueError: odd",)


def test_no_dimension():
    with pytest.raises(
        CompressorRaises, match=r"TopK\(k=9\) runs in no dimension tried; with 4 entries it raises: ValueError"
    ):
        check_compressor(TopK(9), dims=[2, 4])


@pytest.mark.parametrize(("draw", "word"), [(True, "random"), (False, "deterministic")])
def test_finds_out_whether_it_is_random(draw, word):
    def perhaps(x, rng=None):
        return x * (rng.random(x.size) < 0.5) if draw else x

    report = check_compressor(perhaps, HALF, **QUICK)
    assert any(note.endswith(f"found to be {word}") for note in report.notes)


@pytest.mark.parametrize("thing", [3, None, "TopK", [1.0]])
def test_not_callable(thing):
    with pytest.raises(TypeError, match="cannot be called"):
        adapt(thing)


def test_a_class_is_not_an_instance():
    with pytest.raises(TypeError, match="TopK is a class: pass an instance"):
        adapt(TopK)


@pytest.mark.parametrize("alpha", [0.5, Fraction(1, 2), "1/2", lambda d: 0.5, np.float64(0.5)])
def test_claims_of_the_object_itself(alpha):
    class Half:
        def __call__(self, x):
            return x / 2

    half = Half()
    half.alpha = alpha
    assert adapt(half).claim(3).alpha == Fraction(1, 2)
    half.alpha, half.omega = None, 1
    assert adapt(half).claim(3) == Unbiased(1)
    assert adapt(half, HALF).claim(3) == HALF


def test_an_impossible_claim_is_echoed():
    halve_too = adapt(lambda x: x)
    assert halve_too.claim(2) is None

    class Bad:
        alpha = 1.5

        def __call__(self, x):
            return x

    with pytest.raises(CompressorRaises, match=r"alpha=3/2: alpha must lie in \(0, 1\]"):
        check_compressor(Bad())


def test_magnitudes():
    """Half precision, within its range."""

    def half(x):
        with np.errstate(over="ignore"):
            return x.astype(np.float16).astype(x.dtype)

    claim = Contractive(1 - Fraction(1, 2**20))
    report = check_compressor(half, claim, magnitudes=(2.0**-14, 2.0**15), **QUICK)
    assert report["huge"].status == report["denormals"].status == "skipped"
    with pytest.raises(CompressorError, match="scale: failed"):
        check_compressor(half, claim, **QUICK)


def test_the_same_report_each_time():
    first, second = (str(check_compressor(keep_none, HALF, on_fail="return", **QUICK)) for _ in range(2))
    assert first == second


def test_without_hypothesis_the_install_line():
    program = """
import sys
from fractions import Fraction
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "hypothesis":
            raise ModuleNotFoundError("No module named 'hypothesis'", name="hypothesis")
sys.meta_path.insert(0, Blocker())
from eftheory.testing import check_compressor, estimate_alpha
from eftheory.compressors import TopK
for run in (lambda: check_compressor(TopK(1), dims=[2]), lambda: estimate_alpha(TopK(1), 2)):
    try:
        run()
    except ImportError as error:
        print(error)
try:
    from eftheory.testing import vectors
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["hypothesis is not installed: pip install hypothesis"] * 3


class FewBits:
    """Stochastic rounding to quarters with three random bits, biased away from zero by 1/32 at (3, 1)."""

    unbiased = True

    def __call__(self, x, rng):
        top = np.abs(x).max() or 1.0
        level = np.abs(x) / top * 4
        low = np.floor(level)
        return (np.sign(x) * (low + (level - low > rng.integers(0, 8, size=x.shape) / 8)) * top / 4).astype(x.dtype)


class Noisy:
    """Draws that cannot be listed, off by a share of the largest entry."""

    unbiased = True

    def __init__(self, bias):
        self.bias = bias

    def __call__(self, x, rng):
        return (x + np.abs(x).max() * (self.bias + 0.2 * rng.standard_normal(x.size))).astype(x.dtype)


@pytest.mark.parametrize("claim", [None, Unbiased(Fraction(1, 4)), Unbiased(9)])
@pytest.mark.parametrize("dim", [4, 40])
def test_a_claimed_unbiasedness_is_always_tested(claim, dim):
    few = check_compressor(FewBits(), claim, dims=[dim], checks=["unbiasedness"], on_fail="return")
    assert few["unbiasedness"].message == (
        "not unbiased: E C(v)_0 = 33/32, but v_0 = 1, in dimension 2 (64 outcomes listed)"
    )
    off = check_compressor(Noisy(0.03), claim, dims=[dim], checks=["unbiasedness"], on_fail="return")
    assert off["unbiasedness"].status == "failed"
    assert "standard errors from 0" in off["unbiasedness"].message
    check_compressor(Noisy(0), claim, dims=[dim], checks=["unbiasedness"])


def test_draws_that_do_not_tell_are_skipped():
    class Rare:
        unbiased = True

        def __call__(self, x, rng):
            return x * 1e6 * (rng.standard_exponential() < 1e-6)

    report = check_compressor(Rare(), dims=[4], checks=["unbiasedness"])
    assert report["unbiasedness"].status == "skipped"
    assert "--samples" in report["unbiasedness"].message


class HardCoded:
    """Rand-2 of 10 entries: unbiased for those, and for no others."""

    unbiased = True

    def __call__(self, x, rng):
        return np.where(rng.permutation(x.size) < 2, 5 * x, 0 * x)


def test_a_compressor_for_one_dimension_is_judged_there():
    report = check_compressor(HardCoded(), Unbiased(4), dims=[10])
    assert report["unbiasedness"].status == "skipped"
    assert "in dimension 1" in report["unbiasedness"].message
    assert "in dimension 10: nothing against it" in report["unbiasedness"].message
    report = check_compressor(HardCoded(), Unbiased(4), dims=[9], on_fail="return")
    assert report["unbiasedness"].status == "failed"


class Clips:
    """Linear in the range that it is meant for only."""

    homogeneous, additive, alpha = True, True, Fraction(9, 10)

    def __call__(self, v):
        return np.clip(v, -5, 5)


@pytest.mark.parametrize("check", ["homogeneity", "additivity"])
@pytest.mark.parametrize(("magnitudes", "status"), [((1e-3, 5), "passed"), ((1e-3, 30), "failed"), (None, "failed")])
def test_multiples_and_sums_stay_within_the_magnitudes(check, magnitudes, status):
    found = check_compressor(Clips(), dims=[4], checks=[check], magnitudes=magnitudes, on_fail="return")
    assert found[check].status == status
