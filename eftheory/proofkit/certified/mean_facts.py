"""What a claim assumes of f = mean f_i, as a textbook writes it, for theorems made of certificates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.noise import Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.proofkit.kernel.expression import Node, Relation, Symbol, square

SIGMA, ZETA = Symbol("sigma"), Symbol("zeta")
CONSTANTS = {"sigma2": SIGMA, "zeta2": ZETA}
"""What claims leave open: the squares of these."""

Written = tuple[str, Relation, Fraction]


@dataclass(frozen=True)
class MeanPoint:
    """What is known of f at a point: grad f, mean ||grad f_i||^2, f - inf f; f is L-smooth."""

    gradient: Node
    mean_square: Node
    excess: Node
    L: Fraction


@singledispatch
def facts_of_mean(assumption: Assumption, at: MeanPoint) -> Iterator[Written]:
    """Of each fact its kind, as in the checker's world, a relation, and the number its slack is times.

    Raises:
        ValueError: the assumption has no such words yet.
    """
    raise ValueError(f"the assumption {assumption.name!r} has no words in the proof kit yet; eftheory show explains it")


@facts_of_mean.register
def _(assumption: BoundedBelow, at: MeanPoint) -> Iterator[Written]:
    yield "bounded below {}", 1 / (2 * at.L) * square(at.gradient) <= at.excess, Fraction(1)


@facts_of_mean.register
def _(assumption: PolyakLojasiewicz, at: MeanPoint) -> Iterator[Written]:
    yield from facts_of_mean.dispatch(BoundedBelow)(assumption, at)
    yield "pl {}", 2 * assumption.mu * at.excess <= square(at.gradient), 1 / (2 * assumption.mu)


@facts_of_mean.register
def _(assumption: Similar, at: MeanPoint) -> Iterator[Written]:
    yield "similar {}", at.mean_square <= assumption.A * square(at.gradient) + square(ZETA), Fraction(1)


@facts_of_mean.register
def _(assumption: Noise, at: MeanPoint) -> Iterator[Written]:
    return iter(())  # it is about what is drawn
