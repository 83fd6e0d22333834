"""f is bounded below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from eftheory.assumptions.assumption import Mean, MeanPoint
from eftheory.assumptions.fact import Fact, Inner


@dataclass(frozen=True)
class BoundedBelow:
    """inf f > -infinity.

    A step -grad f(x)/L lowers the L-smooth f by at least ||grad f(x)||^2 / (2 L), and not below inf f:

        f(x) - inf f - ||grad f(x)||^2 / (2 L) >= 0,    L = mean_i L_i.
    """

    name: ClassVar[str] = "bounded below"
    sentence: ClassVar[str] = "f = mean f_i is bounded below"
    minimiser: ClassVar[str] = ""
    bounded: ClassVar[bool] = True

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        least = at.excess - 1 / (2 * at.L) * inner(at.gradient, at.gradient)
        yield Fact("bounded below {}", (at.number,), least)

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return mean(curvatures) >= 0
