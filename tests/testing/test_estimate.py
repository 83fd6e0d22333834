"""The search never refutes a constant that is exact, and comes near it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory import compressors
from eftheory.testing import adapt, check_compressor, estimate_alpha
from eftheory.testing.candidates import climb, random_vectors, structured
from eftheory.testing.checks.trial import is_ordinary
from eftheory.testing.claim import rational_below
from eftheory.testing.effort import Effort
from eftheory.testing.estimate import average
from eftheory.testing.examination import examine
from eftheory.testing.measure import measure, measure_exactly
from eftheory.testing.worst import score_of, worst_vectors
from tests.kit.compressor_cases import CASES, name
from tests.kit.tiers import one_in

QUICK = {"examples": 10, "steps": 40, "samples": 200}
ROUNDING = Fraction(1, 10**12)
DIMENSIONS = (2, 3, 4, 5, 6, 7, 8, 30)


def exact_in(compressor, dimension):
    """The exact alpha, or None if there is none."""
    try:
        known = compressor.contraction(dimension)
    except ValueError:  # for other dimensions
        return None
    return known if known is not None and known.exact else None


def refutes(found, compressor):
    """Whether the estimate contradicts the constant: at all, or in floats by more than they round."""
    measured = measure_exactly(adapt(compressor), [Fraction(x) for x in found.vector])
    return found.refuted_above < rational_below(found.known.value) - (ROUNDING if measured is None else 0)


DETERMINISTIC = [case.compressor for case in CASES if not case.compressor.random]
RANDOM = [case.compressor for case in CASES if case.compressor.random]


@pytest.mark.parametrize("compressor", one_in(2, DETERMINISTIC), ids=repr)
def test_of_deterministic_ones_within_a_twentieth(compressor):
    for d in DIMENSIONS:
        known = exact_in(compressor, d)
        if known is not None:
            found = estimate_alpha(compressor, d, **QUICK)
            assert found.exact
            assert found.known == known
            assert not refutes(found, compressor)
            near = 1.1 if isinstance(compressor, compressors.RelativeThreshold) else 1.05  # its worst is at a jump
            assert float(found.refuted_above) <= near * float(known.value)
            assert 0 <= found.refuted_above - found.consistent_below < ROUNDING


@pytest.mark.parametrize("compressor", one_in(2, RANDOM), ids=repr)
def test_of_random_ones_not_refuted(compressor):
    known = exact_in(compressor, 2)
    if known is not None:
        found = estimate_alpha(compressor, 2, **QUICK)
        assert not refutes(found, compressor)
        assert found.consistent_below <= found.refuted_above
        if found.exact:
            assert float(found.refuted_above) <= 1.06 * float(known.value)


def test_names_are_unique():
    names = [name(case) for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "compressor", [compressors.TopK(2), compressors.RandK(1), compressors.GaussianSketch(2)], ids=repr
)
def test_the_same_each_time(compressor):
    assert estimate_alpha(compressor, 5, seed=3, **QUICK) == estimate_alpha(compressor, 5, seed=3, **QUICK)


def test_the_vector_has_the_ratio():
    found = estimate_alpha(compressors.NormSign(), 6, **QUICK)
    v = np.array(found.vector)
    error = float(np.sum((compressors.NormSign()(v) - v) ** 2) / np.sum(v**2))
    assert error == pytest.approx(float(1 - found.refuted_above))


@pytest.mark.parametrize(
    ("compressor", "words"),
    [
        (lambda x: 0 * x, "no alpha > 0 holds|refuted above 0"),
        (lambda x: -x, "no alpha > 0 holds"),
        (lambda x: x * np.nan, "not finite"),
        (lambda x: x if x[0] == 1 else 1 // 0, "or C raises"),
        (lambda x, rng: x * (rng.standard_normal(x.size) > 0), "average over draws"),
    ],
)
def test_what_it_says(compressor, words):
    with np.errstate(invalid="ignore"):
        try:
            text = str(estimate_alpha(compressor, 3, **QUICK))
        except ValueError as error:
            text = str(error)
    assert any(word in text for word in words.split("|")), text


def test_shrinks_the_worst_vector():
    assert estimate_alpha(compressors.TopK(1), 4, **QUICK).vector == (1, 1, 1, 1)
    assert sorted(estimate_alpha(compressors.ScaledSign(), 4, **QUICK).vector) == [0, 0, 0, 1]


@pytest.mark.parametrize(
    "compressor", [lambda x: 0 * x, lambda x: -x, lambda x: 3 * x, lambda x: np.where(np.abs(x) < 0.5, 0.0, x)]
)
def test_nothing_is_consistent_below_a_negative_alpha(compressor):
    found = estimate_alpha(compressor, 3, **QUICK)
    assert found.refuted_above == found.consistent_below == 0
    assert "no alpha > 0 holds" in str(found)


def six_sigma(x):
    """256 buckets over mean +- 3 standard deviations; the squares overflow early, the clipping is the defect."""
    centre, scale = x.mean(), 6 * x.std() / 256
    return centre + scale * np.clip(np.round((x - centre) / scale), -128, 127) if scale else x.copy()


@pytest.mark.filterwarnings("error")
def test_a_gross_defect_is_shown_at_an_ordinary_size():
    found = examine(six_sigma, 64, effort=Effort(examples=20))
    assert found.estimate.ratio is not None
    assert found.estimate.refuted_above < Fraction(3, 4)
    assert is_ordinary(found.estimate.vector)
    assert "squares overflow" in found.report["huge"].message


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("compressor", "cause"),
    [
        (lambda x: x / 2 + 0 * x.sum(), "sums or products"),
        (lambda x: x / 2 + 0 * np.sqrt((x * x).sum()), "squares overflow"),
        (lambda x: x / 2 + 0 * (x**8).sum(), "long before squares do"),
    ],
)
def test_what_overflows_is_named(compressor, cause):
    shown = check_compressor(compressor, dims=[40], checks=["huge"], on_fail="return", magnitudes=None)["huge"]
    if shown.status == "failed":
        assert cause in shown.message
        assert "--magnitudes" in shown.message
    else:
        assert cause == "sums or products"


def test_nothing_sent_is_not_rounded():
    measured = measure(adapt(lambda x: 0.0 * x), [1, 2])
    assert not measured.exact
    assert measured.ratio == 1
    assert measured.rounding == 0


def test_within_magnitudes():
    found = estimate_alpha(lambda x: np.where(np.abs(x) < 0.1, 0, x), 3, magnitudes=(0.5, 2), **QUICK)
    assert found.refuted_above == 1


@pytest.mark.parametrize("dimension", [1, 2, 7, 8, 64])
def test_candidates(dimension):
    listed = list(structured(dimension))
    assert len(listed) < 200
    for v in (*listed, *(v for v, _ in zip(random_vectors(dimension, np.random.default_rng(0)), range(24)))):
        assert v.shape == (dimension,)
        assert np.isfinite(v).all()
    assert all(v.any() for v in listed)


def test_climbing_never_goes_down():
    score = score_of(adapt(compressors.TopK(2)))
    start = np.array([5.0, 1.0, 1.0, 0.1])
    best, height = climb(start, score, np.random.default_rng(0), range(200))
    assert height == score(best) >= score(start)
    assert height > 0.45


def test_worst_first():
    score = score_of(adapt(compressors.TopK(1)))
    found = worst_vectors(adapt(compressors.TopK(1)), 4, examples=20, steps=50)
    heights = [score(v) for v in found]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == pytest.approx(float(Fraction(3, 4)))


@pytest.mark.parametrize("expected", [4, 8, 20, 500])
def test_what_is_rare_is_given_room(expected):
    draws = np.random.default_rng(expected).random((2000, 1000)) < expected / 1000
    seen = [average(row.astype(float)) for row in draws if row.any()]
    missed = sum(abs(mean - expected / 1000) > error for mean, error in seen)
    assert missed <= 2
