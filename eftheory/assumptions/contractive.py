"""Contractive compressors."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import exact, require
from eftheory.exact.budget import plus, times
from eftheory.exact.form import Form


@dataclass(frozen=True)
class Contractive:
    """Compressors C with E ||C(v) - v||^2 <= (1 - alpha) ||v||^2 for every v; 0 < alpha <= 1.

    Deterministic, or random with the expectation conditional on the past; nothing is assumed about independence
    between agents or steps. Agents may use different compressors of the class.

    References:
        [RichtarikSokolovFatkhullin2021], Definition 1.
    """

    alpha: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "alpha", exact("alpha", self.alpha))
        require(
            0 < self.alpha <= 1,
            f"alpha={self.alpha}: alpha must lie in (0, 1]. For Top-k of d entries, alpha = k/d. "
            f"If your source uses epsilon = 1 - alpha, pass 1 - epsilon",
        )

    def slack(self, compressed: Form, error: Form) -> Form:
        """(1 - alpha) ||v||^2 - ||e||^2, nonnegative in conditional expectation."""
        return (1 - self.alpha) * compressed - error

    def allows(self, compressed: Fraction, error: Fraction) -> bool:
        """Whether an error of square ``error`` is allowed on an input of square ``compressed``."""
        return plus(times(1 - self.alpha, compressed), -error) >= 0
