"""There is a minimiser: of every f_i, or only of their mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from eftheory.assumptions.assumption import Mean
from eftheory.assumptions.hypothesis import OF_ALL, OF_MEAN
from eftheory.assumptions.mean.bounded_below import BoundedBelow


@dataclass(frozen=True)
class GlobalMinimiser(BoundedBelow):
    """f(x*) = inf f; the gradients grad f_i(x*) sum to zero, and need not be zero."""

    name: ClassVar[str] = "global minimiser"
    sentence: ClassVar[str] = "x* is a global minimiser of f = mean f_i; the f_i need not be stationary there"
    minimiser: ClassVar[str] = OF_MEAN


@dataclass(frozen=True)
class CommonGlobalMinimiser(BoundedBelow):
    """f_i(x*) = inf f_i for every agent."""

    name: ClassVar[str] = "common global minimiser"
    sentence: ClassVar[str] = "one point x* is a global minimiser of every f_i"
    minimiser: ClassVar[str] = OF_ALL

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return min(curvatures) >= 0
