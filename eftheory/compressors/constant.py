"""What is known of a compressor's constant in one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eftheory.laws.kinds import Number


@dataclass(frozen=True)
class Constant:
    """alpha or omega of a compressor in one dimension, and how good it is.

    Args:
        value: a Fraction, or a sympy expression where the constant is irrational.
        extremal: the vector that shows that no better constant holds, exact entries; None for a bound.
        attained: the extremal vector has this constant; False: it comes within a hundredth of the
            worst squared error (contraction) or variance, and others come as near as one likes.

    >>> from fractions import Fraction
    >>> print(Constant(Fraction(1, 3), extremal=(1, 1, 1)))
    1/3 (exact, attained)
    """

    value: Number
    extremal: Sequence[Any] | None = None
    attained: bool = True

    @property
    def exact(self) -> bool:
        """Whether no better constant holds in this dimension."""
        return self.extremal is not None

    @property
    def kind(self) -> str:
        """What is known of it: "exact, attained", "exact, approached" or "bound"."""
        return f"exact, {'attained' if self.attained else 'approached'}" if self.exact else "bound"

    def __str__(self) -> str:
        return f"{self.value} ({self.kind})"
