"""What a claim assumes of f = mean f_i, as a textbook writes it, for theorems made of certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.noise import Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.proofkit.kernel.expression import Node, Relation, Symbol, inner, square
from eftheory.proofkit.tidy import tidy, vanishes

SIGMA, ZETA = Symbol("sigma"), Symbol("zeta")
CONSTANTS = {"sigma2": SIGMA, "zeta2": ZETA}
"""What claims leave open: the squares of these."""


@dataclass(frozen=True)
class MeanPoint:
    """What is known of f at a point: grad f, mean ||grad f_i||^2, f, f - inf f; f is L-smooth.

    Attributes:
        earlier: the points before it.
        move: the way between two points, by their numbers.
    """

    number: int
    label: str
    gradient: Node
    mean_square: Node
    value: Node
    excess: Node
    L: Fraction
    earlier: tuple[MeanPoint, ...]
    move: Callable[[int, int], Node]


@dataclass(frozen=True)
class Written:
    """A fact of a kind of the checker's world, about points; its slack there is ``scale`` times that of ``relation``.

    Attributes:
        named: what it is called, if not by its kind; with ``{}`` for the points.
    """

    kind: str
    about: tuple[MeanPoint, ...]
    relation: Relation
    scale: Fraction = Fraction(1)
    named: str = ""

    @property
    def key(self) -> str:
        """Its name in the checker's world."""
        return self.kind.format(*(point.number for point in self.about))

    @property
    def title(self) -> str:
        """Its name in a theorem."""
        return (self.named or self.kind.replace("{}", "at {}")).format(*(point.label for point in self.about))


@singledispatch
def facts_of_mean(assumption: Assumption, at: MeanPoint) -> Iterator[Written]:
    """Each fact at a point, and about it and an earlier one.

    Raises:
        ValueError: the assumption has no such words yet.
    """
    raise ValueError(f"the assumption {assumption.name!r} has no words in the proof kit yet; eftheory show explains it")


@facts_of_mean.register
def _(assumption: BoundedBelow, at: MeanPoint) -> Iterator[Written]:
    yield Written("bounded below {}", (at,), 1 / (2 * at.L) * square(at.gradient) <= at.excess)


@facts_of_mean.register
def _(assumption: PolyakLojasiewicz, at: MeanPoint) -> Iterator[Written]:
    yield from facts_of_mean.dispatch(BoundedBelow)(assumption, at)
    yield _pl("pl {}", at, assumption.mu)


@facts_of_mean.register
def _(assumption: Similar, at: MeanPoint) -> Iterator[Written]:
    yield Written("similar {}", (at,), at.mean_square <= assumption.A * square(at.gradient) + square(ZETA))


@facts_of_mean.register
def _(assumption: Noise, at: MeanPoint) -> Iterator[Written]:
    return iter(())  # it is about what is drawn


@facts_of_mean.register
def _(assumption: SmoothMean, at: MeanPoint) -> Iterator[Written]:
    L, mu = assumption.L, assumption.mu
    if mu > 0:  # then f is least somewhere
        yield _pl("mean pl {}", at, mu)
    for other in at.earlier:
        for low, high in ((other, at), (at, other)):
            p = at.move(low.number, high.number)
            least, turn = low.value, high.gradient
            if not vanishes(low.gradient):
                least, turn = least + inner(low.gradient, p), turn - low.gradient
            if mu:
                least, turn = least + mu / 2 * square(p), turn - mu * p
            least = least + 1 / (2 * (L - mu)) * square(tidy(turn))
            relation = least <= high.value
            yield Written("mean interpolation {} above {}", (high, low), relation, named="f: {} above {}")


def _pl(kind: str, at: MeanPoint, mu: Fraction) -> Written:
    return Written(kind, (at,), 2 * mu * at.excess <= square(at.gradient), 1 / (2 * mu))
