"""What may be claimed of a compressor besides that it is contractive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class Unbiased:
    """E C(v) = v and E ||C(v) - v||^2 <= omega ||v||^2 for every v; omega >= 0.

    References:
        [BeznosikovEtAl2020], Definition of U.

    >>> Unbiased(Fraction(1, 8)).contractive
    Contractive(alpha=Fraction(8, 9))
    """

    omega: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "omega", exact("omega", self.omega))
        require(self.omega >= 0, f"omega={self.omega}: the variance constant is at least 0; for Rand-k it is d/k - 1")

    def limit(self, square: Fraction) -> Fraction:
        """The largest E ||C(v) - v||^2 that the claim allows where ||v||^2 is ``square``."""
        return self.omega * square

    @property
    def contractive(self) -> Contractive:
        """What C / (1 + omega) is."""
        return Contractive(1 / (1 + self.omega))

    def __str__(self) -> str:
        return f"unbiased with omega = {self.omega}"


@dataclass(frozen=True)
class Absolute:
    """E ||C(v) - v||^2 <= bound for every v; bound >= 0, in the unit of v squared."""

    bound: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "bound", exact("bound", self.bound))
        require(self.bound >= 0, f"bound={self.bound}: a bound on a squared error is at least 0")

    def limit(self, square: Fraction) -> Fraction:
        """The bound, whatever the vector."""
        return self.bound

    def __str__(self) -> str:
        return f"absolute with ||C(v) - v||^2 <= {self.bound}"


Claim: TypeAlias = "Contractive | Unbiased | Absolute"
Claims: TypeAlias = "Claim | Callable[[int], Claim | None]"


def limit(claim: Any, square: Fraction) -> Fraction:
    """The largest E ||C(v) - v||^2 that a claim allows where ||v||^2 is ``square``."""
    return (1 - claim.alpha) * square if isinstance(claim, Contractive) else claim.limit(square)


def describe(claim: Any) -> str:
    """The claim in words."""
    return f"contractive with alpha = {claim.alpha}" if isinstance(claim, Contractive) else str(claim)


def rational_below(value: Any) -> Fraction:
    """A rational that a claimed constant alpha is at least: itself, or a little less where it is irrational.

    A float stands for the short fraction that rounds to it, if there is one, else for a number 2^-50 smaller.

    >>> rational_below(5 / 6)
    Fraction(5, 6)
    """
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return _meant(value) or Fraction(value) * (1 - Fraction(1, 2**50))
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    from eftheory.laws import enclose

    return enclose(value, bits=64)[0]


def rational_above(value: Any) -> Fraction:
    """A rational that a claimed constant omega is at most."""
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return _meant(value) or Fraction(value) * (1 + Fraction(1, 2**50))
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    from eftheory.laws import enclose

    return enclose(value, bits=64)[1]


def _meant(value: float) -> Fraction | None:
    short = Fraction(value).limit_denominator(10**6)
    return short if float(short) == value else None
