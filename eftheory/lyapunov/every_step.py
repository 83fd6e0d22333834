"""A rate that error feedback goes below at no constant step size, in rationals."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import round_down, sqrt_below
from eftheory.assumptions import AgentType

_BITS = 128


def every_step(agents: Iterable[AgentType], alpha: Fraction) -> Fraction:
    """The best rate of EF and EF21 for the averaged constants, rounded down: q^2, with the mean L and mu, and

        q^2 = (1 - s) k q + s,   k = (L - mu)/(L + mu),   s = sqrt(1 - alpha).

    q grows with s, so that s may be rounded down, too.

    Proof: `averaged_constants_bound`, for 0 < alpha < 1 and mu > 0; at the ends of these ranges it is a limit.

    >>> every_step([AgentType(L=25, mu=11), AgentType(L=50, mu=22)], Fraction(15, 16))
    Fraction(4, 9)
    """
    L, mu = mean_constants(agents)
    s = sqrt_below(1 - alpha, bits=_BITS)
    b = (1 - s) * (L - mu) / (L + mu)
    rate = ((b + sqrt_below(b * b + 4 * s, bits=_BITS)) / 2) ** 2
    return rate if rate.denominator.bit_length() <= _BITS else round_down(rate, _BITS)
