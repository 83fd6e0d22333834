"""Unbiased compressors."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from eftheory.assumptions.fact import Fact, Inner
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class Unbiased:
    """Compressors C with E C(v) = v and E ||C(v) - v||^2 <= omega ||v||^2 given the past, independent over agents.

    References:
        [GorbunovEtAl2021], Definition 1.1.
    """

    omega: Fraction

    name: ClassVar[str] = "unbiased"
    unbiased: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "omega", exact("omega", self.omega))
        require(self.omega >= 0, f"omega={self.omega}: a variance is not negative. For Rand-k of d entries, d/k - 1")

    @property
    def alpha(self) -> Fraction:
        return max(1 - self.omega, Fraction(0))

    @property
    def exact(self) -> bool:
        return self.omega == 0

    def facts(self, number: int, v: Any, e: Any, inner: Inner) -> Iterator[Fact]:
        yield Fact("compression {}", (number,), self.omega * inner(v, v) - inner(e, e), sure=False)

    def allows(self, compressed: Fraction, error: Fraction) -> bool:
        return error == 0 <= compressed  # one message shows no mean: only v itself is sure to be one
