"""The largest root of a cubic as a sympy function. Importing this file imports sympy."""

from __future__ import annotations

from typing import Any

import sympy


class LargestRoot(sympy.Function):  # type: ignore[misc]
    """The largest real root of x^3 + a x^2 + b x + c.

    With rational coefficients it becomes a rational, quadratic or ``CRootOf`` number. Others leave it
    as it is: exact, to be substituted into, evaluated to any precision, enclosed, differentiated, or
    written out with ``rewrite(sympy.cos)`` (three real roots).

    >>> LargestRoot(0, -3, 2), LargestRoot(0, 0, -8)
    (1, 2)
    >>> c = sympy.Symbol("c")
    >>> LargestRoot(0, 0, c).diff(c)
    -1/(3*LargestRoot(0, 0, c)**2)
    """

    nargs = 3

    @classmethod
    def eval(cls, a: Any, b: Any, c: Any) -> Any:
        """The exact root of a rational cubic."""
        if a.is_Rational and b.is_Rational and c.is_Rational:
            x = sympy.Dummy("rho")
            cubic = sympy.Poly([1, a, b, c], x).sqf_part()
            return sympy.rootof(cubic.replace(x, sympy.Symbol("rho")), cubic.count_roots() - 1)
        return None

    def fdiff(self, argindex: int = 1) -> Any:
        """The derivative in one coefficient, by implicit differentiation."""
        a, b, _ = self.args
        return -(self ** (3 - argindex)) / (3 * self**2 + 2 * a * self + b)

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(argument.is_extended_real for argument in self.args) else None

    def _eval_evalf(self, prec: int) -> Any:
        if not self.is_number:
            return None
        digits = int(prec * 0.302) + 15
        a, b, c = (argument.evalf(4 * digits) for argument in self.args)
        bound = 1 + abs(a) + abs(b) + abs(c)
        root = _newton(a, b, c, bound, digits)  # decreases to the largest root, unless it is the only one
        return (-_newton(-a, b, -c, bound, digits) if root is None else root).evalf(digits)

    def _eval_rewrite_as_cos(self, a: Any, b: Any, c: Any, **hints: Any) -> Any:
        p, q = b - a**2 / 3, 2 * a**3 / 27 - a * b / 3 + c
        return -a / 3 + 2 * sympy.sqrt(-p / 3) * sympy.cos(sympy.acos(3 * q / (2 * p) * sympy.sqrt(-3 / p)) / 3)


def _newton(a: Any, b: Any, c: Any, x: Any, digits: int) -> Any:
    """Newton's steps from right of all roots; None if they pass a turning point without a root."""
    while True:
        value, slope = ((x + a) * x + b) * x + c, (3 * x + 2 * a) * x + b
        step = value / slope if slope else value
        if abs(step) <= abs(x) * sympy.Float(10) ** (-digits):
            return x - step
        if slope <= 0 or value < 0:
            return None
        x -= step
