"""Kinds of number: exact (int, Fraction), float, sympy expressions, and ``Real``. Laws answer in kind.

Exact inputs give a ``Fraction``, or an exact sympy expression where the value is irrational;
floats give floats; symbols give expressions. sympy is imported only when a radical or a symbol
asks for it.
"""

from __future__ import annotations

import math
import numbers
import sys
from fractions import Fraction
from typing import Any, TypeAlias

from eftheory.laws.real import Real, real

Number: TypeAlias = Any
"""An int, a Fraction, a float or a sympy expression."""


def is_expression(value: object) -> bool:
    """Whether the value is a sympy expression (no sympy loaded, no expression)."""
    sympy = sys.modules.get("sympy")
    return sympy is not None and isinstance(value, sympy.Expr)


def is_symbolic(value: object) -> bool:
    """Whether the value is an expression with free symbols, so that it has no sign yet."""
    return is_expression(value) and bool(value.free_symbols)  # type: ignore[attr-defined]


def one_kind(**values: object) -> tuple[Number, ...]:
    """The named values, ints as fractions; one float among plain numbers makes them all floats.

    Raises:
        TypeError: a value is no number.
        ValueError: a float is infinite or not a number.

    >>> one_kind(L=1, mu=0.5)
    (1.0, 0.5)
    """
    read = [_number(name, value) for name, value in values.items()]
    if any(isinstance(value, float) for value in read) and not any(map(is_symbolic, read)):
        return tuple(float(value) for value in read)
    return tuple(read)


def _number(name: str, value: object) -> Number:
    if is_expression(value) or isinstance(value, Real):
        return value
    if isinstance(value, bool) or not isinstance(value, (numbers.Rational, float)):
        raise TypeError(f"{name}={value!r}: expected an int, a Fraction, a float or a sympy expression")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{name}={value}: expected a finite number")
        return float(value)
    return Fraction(int(value.numerator), int(value.denominator))


def holds(relation: object) -> bool:
    """Whether a relation is true or, between symbols, undecided."""
    return relation not in (False,)


def sqrt(x: Number) -> Number:
    """The square root in kind: a fraction for a square of a fraction, else an exact expression.

    >>> sqrt(Fraction(9, 4)), sqrt(Fraction(7, 16)), sqrt(2.25)
    (Fraction(3, 2), sqrt(7)/4, 1.5)
    """
    if isinstance(x, float):
        return math.sqrt(x)
    if isinstance(x, Real):
        return x.sqrt()
    if isinstance(x, Fraction) and (root := rational_root(x)) is not None:
        return root
    import sympy

    if isinstance(x, Fraction) or is_symbolic(x):
        return sympy.sqrt(x)
    return sympy.sqrtdenest(sympy.sqrt(sympy.expand(sympy.radsimp(x))))


def rational_root(x: Fraction) -> Fraction | None:
    """The square root of the square of a fraction; None of any other fraction."""
    top, bottom = math.isqrt(max(x.numerator, 0)), math.isqrt(x.denominator)
    return Fraction(top, bottom) if top * top == x.numerator and bottom * bottom == x.denominator else None


def alike(x: Fraction, kind: Number) -> Number:
    """The fraction as a number whose roots are of the kind of another one."""
    return float(x) if isinstance(kind, float) else real(x) if isinstance(kind, Real) else x


def settle(result: Number, *inputs: Number) -> Number:
    """An exact number in its plainest form: no radical below the bar unless radicals are nested.

    A rational number becomes a ``Fraction`` if all inputs were plain numbers.

    >>> import sympy
    >>> settle(1 / (1 - sympy.sqrt(2)))
    -sqrt(2) - 1
    """
    if isinstance(result, Real):
        return result if result.exact is None else result.exact
    if not is_expression(result) or is_symbolic(result):
        return result
    import sympy

    if not result.has(sympy.CRootOf, sympy.Function, sympy.Max, sympy.Min):
        plain = sympy.radsimp(sympy.expand(sympy.radsimp(result)))
        result = plain if plain.is_Rational or not _is_nested(result) else result
    if result.is_Rational and inputs and not any(map(is_expression, inputs)):
        return Fraction(int(result.p), int(result.q))
    return result


def _is_nested(value: Any) -> bool:
    """Whether there is a radical under a radical; multiplied out, such numbers only grow longer."""
    import sympy

    def radicals(node: Any) -> list[Any]:
        return [power for power in node.atoms(sympy.Pow) if not power.exp.is_Integer]

    return any(radicals(outer.base) for outer in radicals(value))
