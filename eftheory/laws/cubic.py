"""The largest root of the heterogeneous law's cubic, in kind.

With t = 1 - s, v = K - m^2 and rho = s + t z the cubic is t^3 times

    F(z) = (s + z) (z^2 - m^2 rho) - (s/(1+s)) v rho z,

which stays well conditioned as s -> 1 and as rho -> 1. Its roots are real, and right of the
largest one, which lies in (0, 1], it is increasing and convex.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.laws.enclosure import enclose
from eftheory.laws.kinds import Number, is_expression, settle


def largest_root(s: Number, t: Number, m: Number, v: Number) -> Number:
    """The largest root rho: a float for floats, an exact root for numbers, else a ``LargestRoot``.

    Args:
        s, t: sqrt(1 - alpha) and 1 - s, the latter without cancellation.
        m, v: the mean of k and its variance K - m^2.

    >>> largest_root(Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 9))
    Fraction(1, 4)
    """
    if isinstance(s, float):
        return s + t * _newton(s, t, m * m, v)
    if _over_one_radical(s, m, v):
        return settle(_exact(s, m * m, v), Fraction(0))
    from eftheory.laws.cubic_root import LargestRoot

    return LargestRoot(*coefficients(s, m * m, v))


def _newton(s: Number, t: Number, m2: Number, v: Number) -> Number:
    """Newton's steps from z = 1, which decrease to the root; they stop when rounding stops them."""
    w, z = s / (1 + s) * v, 1 + 0 * s
    while True:
        rho = s + t * z
        value = (s + z) * (z * z - m2 * rho) - w * rho * z
        slope = z * z - m2 * rho + (s + z) * (2 * z - m2 * t) - w * (rho + t * z)
        step = value / slope if slope > 0 else 0
        if z - step >= z:
            return z
        z -= step


def coefficients(s: Number, m2: Number, v: Number) -> tuple[Number, Number, Number]:
    """(a, b, c) of the cubic rho^3 + a rho^2 + b rho + c, from s, m^2 and v = K - m^2.

    >>> coefficients(Fraction(0), Fraction(1, 4), Fraction(1, 9))
    (Fraction(-1, 4), Fraction(0, 1), Fraction(0, 1))
    """
    r, K = (1 - s) ** 2 / (1 + s), m2 + v
    return -(s * (2 + s) + r * (s * K + m2)), s**2 * (1 + 2 * s + r * (K + s * m2)), -(s**4)


def _over_one_radical(*values: Number) -> bool:
    """Whether the values are numbers built from rationals and at most one square root."""
    import sympy

    expressions = [value for value in values if is_expression(value)]
    radicals = {node for x in expressions for node in x.atoms(sympy.Pow) if not node.exp.is_Integer}
    return len(radicals) <= 1 and all(x.is_number and not x.atoms(sympy.Function) for x in expressions)


def _exact(s: Number, m2: Number, v: Number) -> Number:
    """The root of a polynomial over the rationals: the cubic, or its norm where s is irrational."""
    import sympy

    rho = sympy.Symbol("rho")
    a, b, c = (settle(coefficient) for coefficient in coefficients(s, m2, v))
    cubic = sympy.Poly(rho**3 + a * rho**2 + b * rho + c, rho, extension=True)
    rational = (cubic.norm() if cubic.domain.is_Algebraic else cubic).sqf_part()
    bits = 128
    while True:
        middle, radius = _approximate(s, m2, v, bits), sympy.Rational(1, 2 ** (bits // 2))
        low, high = middle - radius, middle + radius
        if rational.eval(low) != 0 and rational.count_roots(low, high) == 1:
            return sympy.rootof(rational, rational.count_roots(None, low))
        bits *= 2  # a root of the conjugate cubic is near


def _approximate(s: Number, m2: Number, v: Number, bits: int) -> Any:
    """A rational near the root, by Newton's steps with ``bits`` binary digits."""
    import sympy

    middles = [
        sympy.Rational(below.numerator, below.denominator)
        for below, _ in (enclose(x, bits=bits) for x in (s, 1 - s, m2, v))
    ]
    s, t, m2, v = (sympy.Float(middle, precision=bits) for middle in middles)
    return sympy.Rational(s + t * _newton(s, t, m2, v))
