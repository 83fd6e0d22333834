"""Rational enclosures of what the laws return, by ball arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.laws.kinds import Number, is_expression, is_symbolic, settle
from eftheory.laws.real import Real
from eftheory.numbers import (
    LARGE,
    decimal_down,
    decimal_up,
    digits_for,
    is_hardly_below_one,
    scientific_down,
    scientific_up,
)

MAX_BITS = 2**16
"""Working precision at which ``enclose`` gives up."""


def enclose(x: Number, *, bits: int = 64) -> tuple[Fraction, Fraction]:
    """Fractions (below, above) with below <= x <= above and above - below <= 2^-bits |x|.

    Args:
        x: a Fraction, an int, a float (taken exactly) or an exact sympy number.
        bits: accuracy wanted, at least 1.

    Raises:
        TypeError: x has symbols, or a function without an enclosure.
        ArithmeticError: x may be zero or ill-defined: no precision decides it.

    >>> enclose(Fraction(1, 3))
    (Fraction(1, 3), Fraction(1, 3))
    >>> import sympy
    >>> below, above = enclose(sympy.sqrt(2), bits=100)
    >>> below**2 < 2 < above**2, above - below < Fraction(1, 2**99)
    (True, True)
    """
    x = settle(x) if isinstance(x, Real) else x
    if not is_expression(x) and not isinstance(x, Real):
        return Fraction(x), Fraction(x)
    if not isinstance(x, Real) and x.is_Rational:
        exact = Fraction(int(x.p), int(x.q))
        return exact, exact
    if is_symbolic(x):
        raise TypeError(f"{x}: an enclosure needs numbers for {', '.join(sorted(map(str, x.free_symbols)))}")
    import flint

    precision = bits + 32
    while precision <= MAX_BITS:
        with flint.ctx.workprec(precision):
            ball = x.ball() if isinstance(x, Real) else _ball(x, precision)
            if ball.is_finite():
                below, above = _fraction(ball.lower()), _fraction(ball.upper())
                if (above - below) * 2**bits <= min(abs(below), abs(above)):
                    return below, above
        precision *= 2
    raise ArithmeticError(f"the number is not told from zero with {MAX_BITS} bits")


def write_decimal(x: Number, *, up: bool, digits: int | None = None) -> str:
    """A decimal that is next above the number, or below it, or equal.

    Args:
        x: as in ``enclose``.
        up: which side of the number is the safe one.
        digits: after the point; if not given, enough to tell the number from 0 and from 1, but at most 60, and with an
            exponent 13 figures of a number that is very large or very small.

    >>> import sympy
    >>> write_decimal(sympy.sqrt(2), up=True, digits=3), write_decimal(1 - sympy.Rational(1, 10**9), up=True)
    ('1.415', '0.999999999000000000000')
    >>> write_decimal(sympy.sqrt(2) / 10**200, up=False)
    '1.414213562373e-200'
    """
    below, above = _around(x)
    rounded = decimal_up if up else decimal_down
    if digits is None:
        digits = min(60, max(digits_for(above, 11), digits_for(1 - above, 11)))
        if above >= LARGE or 0 < above <= Fraction(1, LARGE):
            rounded, digits = scientific_up if up else scientific_down, 13
    if isinstance(x, Real) and rounded(below, digits) != rounded(above, digits):
        raise ArithmeticError("the decimal is not decided")
    return rounded(above if up else below, digits)


def write_rate(x: Number, *, up: bool) -> str:
    """The decimal; of a number that is hardly below 1, how far below it is.

    >>> write_rate(1 - Fraction(1, 3 * 10**100), up=True), write_rate(Fraction(1, 3), up=True)
    ('1 - 3.333333333333e-101', '0.333333333334')
    """
    below, above = _around(x)
    hardly = is_hardly_below_one(below) and is_hardly_below_one(above)
    return f"1 - {write_decimal(1 - x, up=not up)}" if hardly else write_decimal(x, up=up)


def write_count(count: int) -> str:
    """A whole number, rounded up where it is long.

    >>> write_count(327), write_count(10**20 + 1)
    ('327', '1.000000000001e+20')
    """
    return str(count) if count < LARGE else scientific_up(Fraction(count), 13)


def sign(x: Number) -> int:
    """-1, 0 or 1, decided exactly.

    Raises:
        TypeError: x has symbols.
        ArithmeticError: x looks like zero but does not reduce to it.

    >>> import sympy
    >>> sign(sympy.sqrt(2) - Fraction(14142, 10000)), sign(sympy.sqrt(2) - sympy.sqrt(8) / 2), sign(-0.5)
    (1, 0, -1)
    """
    x = settle(x)
    if x == 0:
        return 0
    below, _ = enclose(x, bits=1)
    return 1 if below > 0 else -1


def largest(*values: Number) -> Number:
    """The largest value in kind; between symbols a ``Max``."""
    return _extreme(max, 1, values)


def smallest(*values: Number) -> Number:
    """The smallest value in kind; between symbols a ``Min``."""
    return _extreme(min, -1, values)


def _extreme(plain: Any, direction: int, values: tuple[Number, ...]) -> Number:
    if not any(map(is_expression, values)):
        return plain(values)
    import sympy

    unevaluated = sympy.Max if direction > 0 else sympy.Min
    if any(map(is_symbolic, values)):
        return unevaluated(*values)
    best, *others = map(settle, values)
    for other in others:
        try:
            best = other if direction * sign(other - best) > 0 else best
        except ArithmeticError:  # equal for all we know
            best = unevaluated(best, other, evaluate=False)
    return best


def _around(x: Number) -> tuple[Fraction, Fraction]:
    """An enclosure that, if possible, tells on which side of 1 the number is."""
    below, above = enclose(x, bits=256)
    return enclose(x, bits=4096) if below < 1 < above else (below, above)


def _ball(x: Any, precision: int) -> Any:
    """A ball around the value of a sympy number."""
    import flint
    import sympy

    def inner(node: Any) -> Any:
        return _ball(node, precision)

    if x.is_Float:
        x = sympy.Rational(x)
    if x.is_Rational:
        return flint.arb(flint.fmpq(int(x.p), int(x.q)))
    if x.is_Add:
        return sum(map(inner, x.args), flint.arb(0))
    if x.is_Mul:
        product = flint.arb(1)
        for factor in x.args:
            product *= inner(factor)
        return product
    if x.is_Pow and x.exp.is_Rational:
        base = inner(x.base)
        root = base.sqrt() if x.exp.q == 2 else base.root(int(x.exp.q)) if x.exp.q > 2 else base
        return root ** int(x.exp.p)
    if isinstance(x, sympy.CRootOf):
        digits = precision * 3 // 10 + 2
        near = x.eval_rational(n=digits)
        return flint.arb(flint.fmpq(int(near.p), int(near.q))) + flint.arb(0, _power_of_ten(-digits))
    if isinstance(x, (sympy.Max, sympy.Min)):
        choose = "max" if isinstance(x, sympy.Max) else "min"
        first, *rest = map(inner, x.args)
        for other in rest:
            first = getattr(first, choose)(other)
        return first
    if x.func.__name__ == "LargestRoot":
        return largest_root_near(_ball(x.evalf(precision * 3 // 10), precision), list(map(inner, x.args)))
    raise TypeError(f"{x}: no enclosure for {x.func.__name__}")


def largest_root_near(near: Any, coefficients: list[Any]) -> Any:
    """A ball around the largest root of x^3 + a x^2 + b x + c, around a guess; not finite if the precision is too low.

    The cubic changes sign across the ball; right of it, it is increasing and convex, or there is
    no other root.

    Args:
        near: the guess, a ball of python-flint.
        coefficients: a, b, c, such balls.
    """
    import flint

    a, b, c = coefficients
    radius = flint.arb(2) ** (-flint.ctx.prec // 2)

    def at(x: Any) -> Any:
        return ((x + a) * x + b) * x + c

    low, high = near - radius, near + radius
    last = (3 * high + 2 * a) * high + b > 0 and 3 * high + a > 0
    only = 18 * a * b * c - 4 * a**3 * c + a * a * b * b - 4 * b**3 - 27 * c * c < 0
    return near + flint.arb(0, radius) if at(low) < 0 < at(high) and (last or only) else flint.arb.nan()


def _power_of_ten(exponent: int) -> Any:
    import flint

    return (flint.arb(10) ** exponent).upper()


def _fraction(point: Any) -> Fraction:
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
