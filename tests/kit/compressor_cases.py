"""The compressors that the generic tests try, with the dimensions they are tried in."""

from __future__ import annotations

from fractions import Fraction

from eftheory.compressors import (
    AdaptiveSparsification,
    Bernoulli,
    Composition,
    FixedMask,
    FixedProjection,
    HardThreshold,
    Identity,
    Induced,
    L1Sampling,
    Lazy,
    LowRank,
    NaturalCompression,
    NormSign,
    Overshoot,
    RandK,
    RandomRounding,
    RelativeThreshold,
    Repeated,
    RoundedTopK,
    Scaled,
    ScaledSign,
    TopK,
)
from tests.compressors.case import Case
from tests.kit.quantiser_cases import CASES as QUANTISERS

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
COIN = Bernoulli(THIRD, scaled=True)

OPERATORS = [
    Case(Identity()),
    Case(Overshoot(THIRD)),
    Case(TopK(1)),
    Case(TopK(2), (2, 3, 4)),
    Case(RandK(1)),
    Case(RandK(2), (2, 3, 4)),
    Case(RandK(2, scaled=True), (2, 3, 4)),
    Case(Bernoulli(THIRD)),
    Case(Bernoulli((HALF, Fraction(1), THIRD)), (3,)),
    Case(COIN),
    Case(Bernoulli((HALF, Fraction(1), THIRD), scaled=True), (3,)),
    Case(Lazy(THIRD)),
    Case(Lazy(Fraction(3, 4))),
    Case(FixedMask((0,))),
    Case(FixedMask((2, 0)), (3, 4)),
    Case(FixedProjection([(1, 2, 3), (2, 4, 6), (0, 1, Fraction(-1, 2))]), (3,)),
    Case(FixedProjection([(1, 1), (1, -2)]), (2,)),
    Case(AdaptiveSparsification()),
    Case(L1Sampling()),
    Case(ScaledSign()),
    Case(NormSign()),
    Case(HardThreshold(Fraction(5, 4))),
    Case(RelativeThreshold(Fraction(1, 2))),
    Case(RelativeThreshold(Fraction(1))),
    Case(LowRank(1, rows=1)),
    Case(LowRank(1, rows=2), (2, 4)),
    Case(LowRank(2, rows=2), (4,)),
]

CONSTRUCTIONS = [
    Case(Scaled(COIN)),
    Case(Scaled(RandK(1, scaled=True))),
    Case(Scaled(COIN, HALF)),
    Case(Scaled(COIN, Fraction(1))),
    Case(Scaled(L1Sampling(), Fraction(1, 8))),
    Case(Scaled(TopK(1), Fraction(9, 10))),
    Case(Scaled(ScaledSign(), Fraction(3, 2))),
    Case(Composition(COIN, Lazy(HALF)), (1, 2, 3)),
    Case(Composition(RandK(1, scaled=True), RandK(2, scaled=True)), (2, 3)),
    Case(Composition(ScaledSign(), TopK(1))),
    Case(Composition(Overshoot(THIRD), TopK(3)), (3, 4)),
    Case(Repeated(TopK(1), 2), (1, 2, 3, 4)),
    Case(Repeated(ScaledSign(), 3)),
    Case(Repeated(Bernoulli(THIRD), 2), (1, 2)),
    Case(Repeated(Lazy(Fraction(3, 4)), 2), (1, 2, 3)),
    Case(Induced(TopK(1), RandK(1, scaled=True))),
    Case(Induced(ScaledSign(), COIN), (1, 2, 3)),
    Case(Induced(TopK(1), Identity())),
    Case(RoundedTopK(1, COIN)),
    Case(RoundedTopK(2, COIN), (2, 3)),
    Case(RoundedTopK(2, Identity()), (2, 3)),
    Case(RoundedTopK(2, L1Sampling()), (2, 3)),
    Case(RoundedTopK(2, NaturalCompression()), (2, 3)),
    Case(RoundedTopK(1, RandomRounding(3)), (1, 2)),
]

CASES = [*OPERATORS, *CONSTRUCTIONS, *QUANTISERS]


def name(case: Case) -> str:
    """What the test of a case is called."""
    return repr(case.compressor).replace("Fraction", "")
