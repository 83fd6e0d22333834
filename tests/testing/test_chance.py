"""Entries with a draw each have the laws that the list of all draws gives; what brings draws together is refused."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import Contractive
from eftheory.testing import CompressorError, Unbiased, adapt, check_compressor, estimate_alpha
from eftheory.testing.branching import NotEnumerableError, enumerate_runs
from eftheory.testing.chance import list_entries
from eftheory.testing.entrywise import Entrywise
from eftheory.testing.measure import Measured, measure_best

SEPARATE = {
    "where": lambda x, rng: np.where(rng.random(x.shape) < 0.1, x, 0).astype(x.dtype),
    "times": lambda x, rng: x * (rng.random(x.size) >= 0.25),
    "scaled": lambda x, rng: (rng.random(x.size) < 0.25).astype(x.dtype) * x * 4,
    "reversed": lambda x, rng: np.where((rng.random(x.size) < 0.25)[::-1], x, -x),
    "uniform": lambda x, rng: x * (rng.uniform(-1, 3, x.size) > 1),
    "binomial": lambda x, rng: x * rng.binomial(1, 0.25, x.size),
    "two thresholds": lambda x, rng: x * threshold(rng.random(x.size)),
    "rounding": lambda x, rng: np.floor(4 * x + rng.random(x.size)) / 4,
    "downwards": lambda x, rng: np.floor(4 * x - 2 * rng.random(x.size)) / 4,
    "levels": lambda x, rng: levels(x, rng),
    "not": lambda x, rng: np.where(~(rng.random(x.size) < 0.25), x, 0),
    "a number": lambda x, rng: np.where(rng.random(x.size) < 0.25, x, 0) + x / 2,
}
ENTANGLED = {
    "any": lambda x, rng: x * (rng.random(x.size) < 0.5).any(),
    "sum": lambda x, rng: x * (rng.random(x.size) < 0.5).sum(),
    "count": lambda x, rng: x * np.count_nonzero(rng.random(x.size) < 0.5),
    "one coin": lambda x, rng: x * (rng.random() < 0.5),
    "first": lambda x, rng: x if (rng.random(x.size) < 0.5)[0] else 0 * x,
    "permutation": lambda x, rng: x * (rng.permutation(x.size) < 2),
    "two draws": lambda x, rng: x * (rng.random(x.size) < 0.5) * (rng.random(x.size) < 0.5),
    "compared": lambda x, rng: x * (rng.random(x.size) < rng.random(x.size)),
    "sent": lambda x, rng: x * rng.random(x.size),
    "normal": lambda x, rng: x * rng.standard_normal(x.size),
    "sorted": lambda x, rng: x * (np.argsort(rng.random(x.size)) == 0),
    "in place": lambda x, rng: np.multiply(x, rng.random(x.size) < 0.5, out=x),
    "reduced": lambda x, rng: x * np.maximum.accumulate(rng.random(x.size) < 0.5),
}


def threshold(u):
    return 1.0 * (u < 0.5) if isinstance(u, float) else np.where(u < 0.25, 2.0, np.where(u < 0.5, 1.0, 0.0))


def levels(x, rng):
    top = np.abs(x).max()
    level = np.abs(x) / top * 4
    low = np.floor(level)
    return np.sign(x) * (low + (rng.random(x.shape) < level - low)) * top / 4


def totals(laws, of):
    return [sum(Fraction(p) * of(Fraction(float(value))) for p, value in law) for law in laws]


@pytest.mark.parametrize("name", SEPARATE)
@given(st.lists(st.integers(-8, 8).map(lambda n: n / 8), min_size=1, max_size=4).filter(any))
def test_the_laws_are_those_of_all_draws(name, entries) -> None:
    v, function = np.array(entries), SEPARATE[name]
    laws = list_entries(lambda rng: function(np.array(v), rng))
    assert all(sum(p for p, _ in law) == 1 and all(p > 0 for p, _ in law) for law in laws)
    runs = enumerate_runs(lambda rng: function(np.array(v), rng))
    together = [[(p, message[j]) for p, message in runs] for j in range(v.size)]
    for of in (lambda c: c, lambda c: c * c):
        assert totals(laws, of) == totals(together, of)


@pytest.mark.parametrize("name", ENTANGLED)
def test_what_brings_draws_together_is_refused(name) -> None:
    with pytest.raises((NotEnumerableError, TypeError, IndexError)):
        list_entries(lambda rng: ENTANGLED[name](np.arange(1.0, 4.0), rng))


def test_random_numbers_answer_no_question() -> None:
    def ask(question):
        list_entries(lambda rng: question(rng.random(3) < 0.5))

    for question in (lambda c: c.nonzero(), lambda c: bool(c[0]), lambda c: c.tolist().index(True), lambda c: sum(c)):
        with pytest.raises((NotEnumerableError, TypeError)):
            ask(question)
    with pytest.raises(NotEnumerableError, match="replaced"):
        ask(lambda c: c.__setitem__(0, True))
    with pytest.raises(IndexError):
        ask(lambda c: np.ones(3)[c])


@pytest.mark.parametrize("dimension", [10, 40])
def test_a_mask_of_many_entries_is_exact(dimension) -> None:
    p = Fraction(0.1)
    for name, biased in (("where", True), ("times", True), ("levels", False)):
        measured = measure_best(adapt(SEPARATE[name]), np.arange(1.0, dimension + 1))
        assert isinstance(measured, Entrywise)
        assert measured.is_biased() == biased
        if name == "where":
            assert measured.ratio == 1 - p
            assert measured.sent == p * measured.square
            assert measured.mean[2] == 3 * p
            assert measured.sizes[2] == 3 * p
    found = estimate_alpha(SEPARATE["where"], dimension, examples=10)
    assert found.exact
    assert 0 < found.consistent_below <= p <= found.refuted_above < found.consistent_below + Fraction(1, 10**12)


def test_claims_about_masks_are_decided_without_draws() -> None:
    quick = {"dims": [30], "examples": 10, "samples": 100}
    report = check_compressor(SEPARATE["scaled"], Unbiased(3), **quick)
    assert not report.notes or not any("too many draws" in note for note in report.notes)
    with pytest.raises(CompressorError, match=r"E .* is allowed"):
        check_compressor(SEPARATE["scaled"], Unbiased(Fraction(2999, 1000)), **quick)
    with pytest.raises(CompressorError, match="the outcomes of each entry listed"):
        check_compressor(lambda x, rng: SEPARATE["scaled"](x, rng) * (1 + 2**-20), Unbiased(4), **quick)
    with pytest.raises(CompressorError, match="contraction"):
        check_compressor(SEPARATE["times"], Contractive(Fraction(751, 1000)), **quick)


def test_small_dimensions_are_listed_as_before() -> None:
    measured = measure_best(adapt(SEPARATE["where"]), np.arange(1.0, 4.0))
    assert type(measured) is Measured
    assert len(measured.law) == 8
