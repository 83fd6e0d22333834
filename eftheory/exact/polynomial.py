"""Polynomials in one variable, just enough to enclose the largest root."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Polynomial:
    """A polynomial with rational coefficients, constant term first.

    >>> Polynomial((Fraction(-2), Fraction(0), Fraction(1)))(Fraction(3))
    Fraction(7, 1)
    """

    coefficients: tuple[Fraction, ...]

    def __call__(self, x: Fraction) -> Fraction:
        value = Fraction(0)
        for coefficient in reversed(self.coefficients):
            value = value * x + coefficient
        return value

    def derivative(self) -> Polynomial:
        """The derivative."""
        return Polynomial(tuple(k * c for k, c in enumerate(self.coefficients))[1:])

    def largest_root_below(self, high: Fraction, *, bits: int) -> Fraction:
        """A rational at or just above the largest root, by Newton steps from the right.

        Where the polynomial is increasing and convex, tangents stay below it, so no step
        passes the root; every step is rounded down to a multiple of 2^-bits.

        Args:
            high: a point with P(high) >= 0, right of which P is increasing and convex, as it
                is between the root and high.
            bits: steps shorter than 2^-bits end the iteration.

        Raises:
            ValueError: P(high) < 0, so that high is not right of the largest root.

        >>> Polynomial((Fraction(-2), Fraction(0), Fraction(1))).largest_root_below(Fraction(2), bits=4)
        Fraction(23, 16)
        """
        if self(high) < 0:
            raise ValueError(f"the polynomial is negative at {high}; start right of its largest root")
        slope, x = self.derivative(), Fraction(high)
        while True:
            rise = slope(x)
            step = Fraction(self(x) / rise * 2**bits // 1, 2**bits) if rise > 0 else Fraction(0)
            if not step:
                return x
            x -= step
