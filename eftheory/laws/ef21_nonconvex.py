"""EF21 on smooth functions that need not be convex: the best step and its constant, exact, for any number of agents.

With s = sqrt(1 - alpha), Y = 1 + s^2 and v the positive root of

    2 s Y v^4 + 3 Y^2 v^3 + 4 s Y v^2 - 2 (1 + s^4) v - 2 s Y = 0

both are quotients in s, v and sqrt(1 - v^2). v falls from sqrt(2/3) at s = 0 to (sqrt 5 - 1)/2 at s = 1.
"""

from __future__ import annotations

from typing import Any

from eftheory.laws.kinds import Number, is_symbolic, settle, sqrt
from eftheory.laws.parameters import read
from eftheory.laws.real import Real, real


def ef21_nonconvex_best_step_size(L: Number, *, alpha: Number) -> Number:
    """The step of EF21 with the least constant before f - inf f known: 2 alpha sqrt(1 - v^2) / ((1 + s^2 + 2 s v) L).

    Only the mean of the L_i counts, whatever their number. As alpha -> 0 it is 2 sqrt(1 - v^2)/(1 + v) = 0.9717 times
    (1 - s)/L; without compression it is 2/(sqrt(3) L).

    Args:
        L: the mean of the smoothness constants L_i, positive; unit of f over unit of x squared.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f. Irrational, a ``Real`` for exact numbers.

    Raises:
        TypeError: a parameter is a symbol.
        ValueError: a parameter is out of range.

    Proof: `ef21_nonconvex_best_step`.

    References:
        Of this project; alpha = 1: [AbbaszadehpeivastiDeKlerkZamani2022].

    >>> from fractions import Fraction
    >>> round(ef21_nonconvex_best_step_size(1.0, alpha=0.75), 6)
    0.592444
    >>> Fraction(59, 100) < ef21_nonconvex_best_step_size(1, alpha=Fraction(3, 4)) < Fraction(3, 5)
    True
    """
    L, alpha, s, v = _root(L, alpha)
    return settle(2 * alpha * sqrt(1 - v * v) / ((1 + s * s + 2 * s * v) * L), L, alpha)


def ef21_nonconvex_best_constant(L: Number, *, alpha: Number) -> Number:
    """A C in sum_{t<T} ||grad f(x_t)||^2 <= C (f(x_0) - inf f) + C' G_0 for EF21, the least known of constant steps.

        C = L (1 + s^2 + 2 s v)^2 / (2 alpha v sqrt(1 - v^2) (2 s + (1 + s^2) v)).

    G_0 is the mean of (L/L_i) ||g_i - d_i||^2 + ||grad f||^2 at the start. The theorem says that this C holds at
    ``ef21_nonconvex_best_step_size``; that none is smaller at a step, orbits that drift (``witnesses/drift``), at each
    alpha and step tried; for all steps at once it is no theorem.
    As alpha -> 0 it is 1.6651 L/(1 - s), where 2/(step L) of `ef21_nonconvex` is 2 L/(1 - s) at its step.

    Args:
        L: the mean of the smoothness constants L_i, positive; unit of f over unit of x squared.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A positive number; unit of f over unit of x squared. Irrational, a ``Real`` for exact numbers.

    Raises:
        TypeError: a parameter is a symbol.
        ValueError: a parameter is out of range.

    Proof: `ef21_nonconvex_best_step`.

    References:
        Of this project; alpha = 1: [AbbaszadehpeivastiDeKlerkZamani2022].

    >>> round(ef21_nonconvex_best_constant(1.0, alpha=0.75), 6)
    2.687611
    """
    L, alpha, s, v = _root(L, alpha)
    Y = 1 + s * s
    return settle(L * (Y + 2 * s * v) ** 2 / (2 * alpha * v * sqrt(1 - v * v) * (2 * s + Y * v)), L, alpha)


def _root(L: Number, alpha: Number) -> tuple[Number, ...]:
    """L, alpha, s and v: floats for floats, else ``Real``."""
    L, alpha = read(L=L, alpha=alpha)
    if is_symbolic(L) or is_symbolic(alpha):
        raise TypeError("the best step of EF21 on smooth functions has no formula in symbols; give numbers")
    if not isinstance(alpha, (float, Real)):
        L, alpha = real(L), real(alpha)
    s = sqrt(1 - alpha)
    if isinstance(s, float):
        return L, alpha, s, _newton(s)
    return L, alpha, s, Real(lambda: _ball(s.ball()))


def _quartic(s: Any, v: Any) -> tuple[Any, Any]:
    """The quartic and its slope: negative left of its one positive root, increasing and convex right of it."""
    Y, r = 1 + s * s, 2 * s
    a, b, c, d = r * Y, 3 * Y * Y, 2 * r * Y, 2 * (1 + s * s * s * s)
    return (((a * v + b) * v + c) * v - d) * v - r * Y, ((4 * a * v + 3 * b) * v + 2 * c) * v - d


def _newton(s: float) -> float:
    """Newton's steps from 1, which decrease to the root; they stop when rounding stops them."""
    v = 1.0
    while True:
        value, slope = _quartic(s, v)
        if v - value / slope >= v:
            return v
        v -= value / slope


def _ball(s: Any) -> Any:
    """A ball across which the quartic changes its sign; not finite where the precision is too low."""
    import flint

    root, ahead, small = flint.arb(2), flint.arb(1), flint.arb(2) ** (-flint.ctx.prec // 2)
    while root - ahead > small:
        root = ahead
        value, slope = _quartic(s, root)
        ahead = (root - value / slope).mid()
    radius = flint.arb(2) ** (-flint.ctx.prec // 2)
    changes = _quartic(s, ahead - radius)[0] < 0 < _quartic(s, ahead + radius)[0]
    return ahead + flint.arb(0, radius) if changes else flint.arb.nan()
