"""Compressors made of compressors."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import (
    Bernoulli,
    Composition,
    Compressor,
    FixedMask,
    Identity,
    Induced,
    L1Sampling,
    Lazy,
    Overshoot,
    RandK,
    Repeated,
    RoundedTopK,
    Scaled,
    ScaledSign,
    Ternary,
    TopK,
)
from eftheory.compressors.norm import square
from tests.compressors.exactly import law_of, mean_error, numbers

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
COIN = Bernoulli(THIRD, scaled=True)
few = settings(max_examples=15)


@few
@given(st.lists(numbers, min_size=1, max_size=3), st.fractions(Fraction(1, 9), 3, max_denominator=9))
def test_scaling_an_unbiased_one(v: list[Fraction], t: Fraction) -> None:
    error = mean_error(v, law_of(COIN, v))
    assert mean_error(v, law_of(Scaled(COIN, t), v)) == t**2 * error + (1 - t) ** 2 * square(v)


@pytest.mark.parametrize("compressor", [COIN, RandK(1, scaled=True), L1Sampling(), Lazy(THIRD)])
def test_the_best_factor_is_the_default(compressor: Compressor) -> None:
    best = Scaled(compressor).alpha(3)
    assert best == 1 / (1 + compressor.omega(3))
    for n in range(1, 40):
        known = Scaled(compressor, Fraction(n, 20)).contraction(3)
        assert known is None or known.value <= best


def test_unscaled_and_scaled_back_are_the_same_law() -> None:
    v = [Fraction(3), Fraction(-1, 2), Fraction(0)]
    assert law_of(Scaled(RandK(2, scaled=True)), v) == law_of(RandK(2), v)
    assert law_of(Scaled(COIN), v) == law_of(Bernoulli(THIRD), v)
    assert Scaled(COIN).alpha(3) == Bernoulli(THIRD).alpha(3)


def test_scaling_by_an_irrational_factor() -> None:
    scaled = Scaled(Ternary())
    assert float(scaled.alpha(2)) == pytest.approx(2 / (1 + 2**0.5))
    assert np.isfinite(scaled(np.array([1.0, -0.5]), np.random.default_rng(0))).all()
    with pytest.raises(ArithmeticError, match="no rational number"):
        list(scaled.outcomes([1, 2]))


def test_the_triangle_inequality_is_all_one_knows_of_a_biased_one() -> None:
    assert Scaled(TopK(3), HALF).contraction(4).value == Fraction(7, 16)
    assert not Scaled(TopK(3), HALF).contraction(4).exact
    assert Scaled(TopK(3), Fraction(9, 5)).contraction(4) is None
    assert Scaled(Overshoot(HALF), Fraction(1)).contraction(4).exact


def test_what_cannot_be_scaled_is_refused() -> None:
    with pytest.raises(TypeError, match="give a factor"):
        Scaled(TopK(1))
    with pytest.raises(TypeError, match=r"factor=0\.5"):
        Scaled(TopK(1), 0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="above zero"):
        Scaled(TopK(1), Fraction(0))
    with pytest.raises(ValueError, match="no alpha"):
        Scaled(COIN, Fraction(2)).alpha(3)


def test_composition_combines_what_is_known() -> None:
    both = Composition(COIN, RandK(1, scaled=True))
    assert both.unbiased
    assert both.omega(2) == 3 * 2 - 1
    assert both.additive
    assert not Composition(COIN, TopK(1)).additive
    assert Composition(TopK(1), COIN).contraction(2) is None
    assert Composition(Overshoot(THIRD), Overshoot(THIRD)).alpha(5) == 1 - (Fraction(16, 9) - 1) ** 2
    assert Composition(Lazy(Fraction(9, 10)), Lazy(Fraction(9, 10))).alpha(5) == 1 - (Fraction(100, 81) - 1)
    assert Composition(FixedMask((0,)), Identity()).contraction(2) is None


@few
@given(st.lists(numbers, min_size=4, max_size=6), st.integers(1, 4))
def test_top_1_repeated_is_top_k(v: list[Fraction], k: int) -> None:
    assert Repeated(TopK(1), k).naive(v) == TopK(k).naive(v)


def test_repeating_unbiased_ones() -> None:
    assert Repeated(Lazy(Fraction(3, 4)), 3).omega(2) == Fraction(1, 27)
    assert Repeated(Lazy(Fraction(3, 4)), 3).alpha(2) == Fraction(26, 27)
    assert Repeated(COIN, 2).contraction(2) is None
    assert Repeated(COIN, 1).variance(2).exact
    assert Repeated(ScaledSign(), 2).bits(8) == 80
    for rounds in (0, True, 1.5):
        with pytest.raises(ValueError, match="rounds="):
            Repeated(TopK(1), rounds)  # type: ignore[arg-type]


def test_induced_ones_are_unbiased_and_better() -> None:
    induced = Induced(TopK(2), RandK(1, scaled=True))
    assert induced.unbiased
    assert induced.omega(4) == HALF * 3
    assert induced.bits(4) == TopK(2).bits(4) + 32
    assert Induced(FixedMask((0,)), RandK(1, scaled=True)).variance(4) is None
    with pytest.raises(TypeError, match="not unbiased"):
        Induced(TopK(1), TopK(1))


def test_rounded_top_k_is_exact_if_rounding_acts_on_entries() -> None:
    known = RoundedTopK(2, COIN).contraction(6)
    assert known.exact
    assert known.value == Fraction(1, 9)
    assert not RoundedTopK(2, Bernoulli((HALF, THIRD, HALF), scaled=True)).contraction(3).exact
    assert not RoundedTopK(2, L1Sampling()).contraction(3).exact
    assert RoundedTopK(2, Identity()).bits(6) == TopK(2).bits(6)
    with pytest.raises(TypeError, match="no zeta"):
        RoundedTopK(2, TopK(1))
    with pytest.raises(ValueError, match="use k <= 2"):
        RoundedTopK(3, COIN).alpha(2)
