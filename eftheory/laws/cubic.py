"""The largest root of the heterogeneous law's cubic, in kind.

With t = 1 - s, v = K - m^2 and rho = s + t z the cubic is t^3 times

    F(z) = (s + z) (z^2 - m^2 rho) - (s/(1+s)) v rho z,

which stays well conditioned as s -> 1 and as rho -> 1. Its roots are real, and right of the
largest one, which lies in (0, 1], it is increasing and convex.
"""

from __future__ import annotations

from typing import Any

from eftheory.laws.enclosure import largest_root_near
from eftheory.laws.kinds import Number, settle
from eftheory.laws.real import Real


def largest_root(s: Number, t: Number, m: Number, v: Number) -> Number:
    """The largest root rho: a float for floats, a ``Real`` of those, else a ``Fraction``, ``CRootOf``, ``LargestRoot``.

    Args:
        s, t: sqrt(1 - alpha) and 1 - s, the latter without cancellation.
        m, v: the mean of k and its variance K - m^2.

    >>> from fractions import Fraction
    >>> largest_root(Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 9))
    Fraction(1, 4)
    """
    if isinstance(s, float):
        return s + t * _newton(s, t, m * m, v)
    if isinstance(s, Real):
        cubic = coefficients(s, m * m, v)
        return Real(lambda: _ball([x.ball() for x in cubic]))
    from eftheory.laws.cubic_root import LargestRoot

    return settle(LargestRoot(*map(settle, coefficients(s, m * m, v))), s, m, v)


def _newton(s: float, t: float, m2: float, v: float) -> float:
    """Newton's steps from z = 1, which decrease to the root; they stop when rounding stops them."""
    w, z = s / (1 + s) * v, 1.0
    while True:
        rho = s + t * z
        value = (s + z) * (z * z - m2 * rho) - w * rho * z
        slope = z * z - m2 * rho + (s + z) * (2 * z - m2 * t) - w * (rho + t * z)
        step = value / slope if slope > 0 else 0.0
        if z - step >= z:
            return z
        z -= step


def _ball(cubic: list[Any]) -> Any:
    """A ball around the root, by Newton's steps from 1; not finite where the precision is too low."""
    import flint

    a, b, c = cubic
    root, ahead, small = flint.arb(2), flint.arb(1), flint.arb(2) ** (-flint.ctx.prec // 2)
    while root - ahead > small:
        root, slope = ahead, (3 * ahead + 2 * a) * ahead + b
        ahead = (root - (((root + a) * root + b) * root + c) / slope).mid()
    return largest_root_near(ahead, cubic)


def coefficients(s: Number, m2: Number, v: Number) -> tuple[Number, Number, Number]:
    """(a, b, c) of the cubic rho^3 + a rho^2 + b rho + c, from s, m^2 and v = K - m^2.

    >>> from fractions import Fraction
    >>> coefficients(Fraction(0), Fraction(1, 4), Fraction(1, 9))
    (Fraction(-1, 4), Fraction(0, 1), Fraction(0, 1))
    """
    r, K = (1 - s) ** 2 / (1 + s), m2 + v
    return -(s * (2 + s) + r * (s * K + m2)), s**2 * (1 + 2 * s + r * (K + s * m2)), -(s**4)
