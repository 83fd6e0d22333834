"""Bounded dissimilarity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from eftheory.assumptions.assumption import Mean, MeanPoint
from eftheory.assumptions.fact import Fact, Inner
from eftheory.assumptions.validation import exact, require
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector


@dataclass(frozen=True)
class Similar:
    """mean_i ||grad f_i(x)||^2 <= A ||grad f(x)||^2 + zeta2 for all x; A >= 1, zeta2 >= 0 is any number."""

    A: Fraction

    name: ClassVar[str] = "similar"
    minimiser: ClassVar[str] = ""
    bounded: ClassVar[bool] = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "A", exact("A", self.A))
        require(
            self.A >= 1, f"similar A={self.A}: no less than 1, as the mean of squares is at least the mean's square"
        )

    @property
    def sentence(self) -> str:
        """What is assumed, with its constant."""
        return f"mean ||grad f_i(x)||^2 <= ({self.A}) ||grad f(x)||^2 + zeta2 for all x"

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        zeta2 = Form(values=Vector.symbol("zeta2"))
        yield Fact("similar {}", (at.number,), self.A * inner(at.gradient, at.gradient) + zeta2 - at.mean_square)

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return mean(h * h for h in curvatures) <= self.A * mean(curvatures) ** 2
