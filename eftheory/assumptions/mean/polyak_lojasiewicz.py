"""The Polyak-Lojasiewicz inequality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from eftheory.assumptions.assumption import Mean, MeanPoint
from eftheory.assumptions.fact import Fact, Inner
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class PolyakLojasiewicz(BoundedBelow):
    """||grad f(x)||^2 >= 2 mu (f(x) - inf f) for all x, with inf f > -infinity; mu > 0.

    References:
        [KarimiNutiniSchmidt2016], Section 2.
    """

    mu: Fraction

    name: ClassVar[str] = "pl"

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", exact("mu", self.mu))
        require(self.mu > 0, f"pl mu={self.mu}: the constant of the PL inequality must be positive")

    @property
    def sentence(self) -> str:  # type: ignore[override]
        return f"f = mean f_i obeys ||grad f(x)||^2 >= 2 ({self.mu}) (f(x) - inf f) for all x, inf f > -infinity"

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        require(self.mu <= at.L, f"pl mu={self.mu}: greater than the mean of all L, so that only a constant f obeys it")
        yield from super().facts(at, inner)
        yield Fact("pl {}", (at.number,), 1 / (2 * self.mu) * inner(at.gradient, at.gradient) - at.excess)

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return mean(curvatures) == 0 or mean(curvatures) >= self.mu
