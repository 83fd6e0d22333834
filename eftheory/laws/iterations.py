"""How many steps a rate needs, computed exactly."""

from __future__ import annotations

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
    """Bounds on log(target) / log(rate), both numbers in (0, 1)."""
    import flint

    with flint.ctx.workprec(bits):
        balls = []
        for x in (target, rate):
            below, above = (flint.arb(flint.fmpq(q.numerator, q.denominator)) for q in enclose(x, bits=bits))
            balls.append(below.union(above).log())
        ratio = balls[0] / balls[1]
        if not ratio.is_finite():
            return Fraction(0), Fraction(1)
        ends = []
        for point in (ratio.lower(), ratio.upper()):
            mantissa, exponent = point.man_exp()
            ends.append(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))
    return ends[0], ends[1]


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
