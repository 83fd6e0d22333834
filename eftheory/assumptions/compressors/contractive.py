"""Contractive compressors."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from eftheory.assumptions.fact import Fact, Inner
from eftheory.assumptions.validation import exact, require
from eftheory.exact.budget import plus, times


@dataclass(frozen=True)
class Contractive:
    """Compressors C with E ||C(v) - v||^2 <= (1 - alpha) ||v||^2 for every v; 0 < alpha <= 1.

    Deterministic, or random with the expectation conditional on the past; nothing is assumed about independence
    between agents or steps. Agents may use different compressors of the class.

    References:
        [RichtarikSokolovFatkhullin2021], Definition 1.
    """

    alpha: Fraction

    name: ClassVar[str] = "contractive"
    unbiased: ClassVar[bool] = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", exact("alpha", self.alpha))
        require(
            0 < self.alpha <= 1,
            f"alpha={self.alpha}: alpha must lie in (0, 1]. For Top-k of d entries, alpha = k/d. "
            f"If your source uses epsilon = 1 - alpha, pass 1 - epsilon",
        )

    @property
    def exact(self) -> bool:
        return self.alpha == 1

    def facts(self, number: int, v: Any, e: Any, inner: Inner) -> Iterator[Fact]:
        yield Fact("compression {}", (number,), (1 - self.alpha) * inner(v, v) - inner(e, e), sure=False)

    def allows(self, compressed: Fraction, error: Fraction) -> bool:
        return plus(times(1 - self.alpha, compressed), -error) >= 0
