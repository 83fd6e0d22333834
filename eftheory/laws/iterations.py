"""How many steps a rate needs, computed exactly."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal, getcontext, localcontext
from fractions import Fraction
from typing import Any

from eftheory.laws.enclosure import MAX_BITS, enclose
from eftheory.laws.kinds import Number, holds, is_expression, is_symbolic
from eftheory.laws.parameters import read
from eftheory.laws.real import Real


def iterations_to_accuracy(rate: Number, accuracy: Number, *, constant: Number = 1) -> Number:
    """The least whole t with constant * rate^t <= accuracy.

    Floats are taken for the exact binary numbers they are; no logarithm is trusted beyond what its
    error bound decides, and equality is decided exactly.

    Args:
        rate: factor per step, 0 <= rate < 1, no unit; an exact sympy number is allowed.
        accuracy: positive, relative to the measure at the start.
        constant: the factor before rate^t in the guarantee (C/c of a certificate), positive.

    Returns:
        An int; an expression for symbols.

    Raises:
        ValueError: rate >= 1, so that no number of steps is enough, or a parameter is out of range.

    Proof: none; an evaluation.

    >>> iterations_to_accuracy(Fraction(1, 2), Fraction(1, 8)), iterations_to_accuracy(0.999999, 1e-6)
    (3, 13815504)
    """
    (rate,), (accuracy,), (constant,) = read(rate=rate), read(accuracy=accuracy), read(constant=constant)
    if not holds(rate < 1):
        raise ValueError(f"rate={rate}: a rate of 1 or more reaches no accuracy")
    if any(map(is_symbolic, (rate, accuracy, constant))):
        import sympy

        return sympy.Max(0, sympy.ceiling(sympy.log(accuracy / constant) / sympy.log(rate)))
    rate, accuracy, constant = (
        x if is_expression(x) or isinstance(x, Real) else Fraction(x) for x in (rate, accuracy, constant)
    )
    target = accuracy / constant
    if target >= 1:
        return 0
    if rate == 0:
        return 1
    bits = 64
    while bits <= MAX_BITS:
        least, most = _logarithm(target, rate, bits)
        if -(-least // 1) == -(-most // 1):
            return int(-(-least // 1))
        reached = int(most // 1)  # a whole number lies between: only equality can decide
        if most - least < 1 and _equals_power(target, rate, reached):
            return reached
        bits *= 2
    raise ArithmeticError(f"the number of steps is not decided with {MAX_BITS} bits")


def _logarithm(target: Number, rate: Number, bits: int) -> tuple[Fraction, Fraction]:
    """Bounds on log(target) / log(rate), both numbers in (0, 1).

    Logarithms are those of the decimal module, which are the decimals nearest to the exact ones.
    """
    with localcontext(Context(prec=bits * 3 // 10 + 2, Emin=MIN_EMIN, Emax=MAX_EMAX)):
        (over, under), (fast, slow) = (
            map(_loss, enclose(x, bits=bits), (ROUND_FLOOR, ROUND_CEILING)) for x in (target, rate)
        )
    return (under / fast, over / slow) if slow > 0 else (Fraction(0), Fraction(1))  # a rate that is not told from 1


def _loss(x: Fraction, rounding: str) -> Fraction:
    """-log(x) or a little more, if x is rounded down; or a little less."""
    context = getcontext()
    context.rounding = rounding
    log = (Decimal(x.numerator) / Decimal(x.denominator)).ln()
    if not log:  # of 1, to which x is rounded up
        return Fraction(0)
    return -Fraction(log.next_minus() if rounding == ROUND_FLOOR else log.next_plus())


def _equals_power(target: Number, rate: Number, exponent: int) -> bool:
    """Whether target = rate^exponent exactly."""
    if isinstance(rate, Real):
        raise ArithmeticError("equality needs a formula")
    if isinstance(rate, Fraction) and isinstance(target, Fraction):
        if exponent * (rate.denominator.bit_length() - 1) > target.denominator.bit_length():
            return False  # rate^exponent has a longer denominator
        return rate**exponent == target
    return not is_expression(target) and rate.is_algebraic is not None and _root_of_power(rate, exponent, target)


def _root_of_power(rate: Any, exponent: int, target: Fraction) -> bool:
    """Whether an algebraic rate in (0, 1) is a root of x^exponent - target: its minimal polynomial divides.

    A positive power of it being rational, its height forces exponent <= degree * log2(target's height).
    """
    import sympy

    x = sympy.Symbol("x")
    minimal = sympy.Poly(sympy.minimal_polynomial(rate, x), x, domain="QQ")
    if exponent > minimal.degree() * max(target.numerator.bit_length(), target.denominator.bit_length()):
        return False
    power, square, bits = sympy.Poly(1, x, domain="QQ"), sympy.Poly(x, x, domain="QQ").rem(minimal), exponent
    while bits:
        if bits & 1:
            power = (power * square).rem(minimal)
        square, bits = (square * square).rem(minimal), bits >> 1
    return bool(power - sympy.Rational(target.numerator, target.denominator) == 0)
