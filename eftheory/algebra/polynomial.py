"""Polynomials in one variable, just enough to enclose the largest root."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Polynomial:
    """A polynomial with rational coefficients, constant term first."""

    coefficients: tuple[Fraction, ...]

    def __call__(self, x: Fraction) -> Fraction:
        """The value at x."""
        value = Fraction(0)
        for coefficient in reversed(self.coefficients):
            value = value * x + coefficient
        return value

    def derivative(self) -> Polynomial:
        """The derivative."""
        return Polynomial(tuple(k * c for k, c in enumerate(self.coefficients))[1:])

    def largest_root_below(self, high: Fraction, *, bits: int) -> Fraction:
        """A rational at or just above the largest root, by Newton steps from the right.

        Needs P(high) >= 0 (else ValueError) and P increasing and convex right of the root: tangents then stay below P
        and no step passes the root. Steps are rounded down to multiples of 2^-bits.

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
