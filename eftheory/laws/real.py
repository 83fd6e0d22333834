"""Real numbers known by balls around them, as narrow as asked: what a decimal needs, without a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, eq=False)
class Real:
    """A number computed from fractions by + - * / and square roots.

    What balls cannot decide, such as whether two such numbers are equal, raises an ``ArithmeticError``: ask again with
    numbers that have formulas.

    Attributes:
        ball: a ball around it, at the working precision of python-flint.
        exact: the fraction that it is, if that is known.

    >>> root = real(Fraction(2)).sqrt()
    >>> root > Fraction(141, 100), root * 0, real(Fraction(9, 4)).sqrt().exact
    (True, Fraction(0, 1), Fraction(3, 2))
    """

    ball: Callable[[], Any]
    exact: Fraction | None = None

    def __add__(self, other: Any) -> Any:
        return _apply(lambda x, y: x + y, self, other)

    def __sub__(self, other: Any) -> Any:
        return _apply(lambda x, y: x - y, self, other)

    def __mul__(self, other: Any) -> Any:
        return Fraction(0) if other in (0,) else _apply(lambda x, y: x * y, self, other)

    def __truediv__(self, other: Any) -> Any:
        return _apply(lambda x, y: x / y, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _apply(lambda x, y: y - x, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _apply(lambda x, y: y / x, self, other)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Any:
        return 0 - self

    def __pow__(self, exponent: int) -> Any:
        return _apply(lambda x, y: x**exponent, self, 0)

    def __lt__(self, other: Any) -> bool:
        return self._sign_of_difference(other) < 0

    def __gt__(self, other: Any) -> bool:
        return self._sign_of_difference(other) > 0

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        return self._sign_of_difference(other) == 0

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        return "irrational" if self.exact is None else str(self.exact)

    def sqrt(self) -> Real:
        """The square root, exact for the square of a fraction: roots of what it enters are of this kind, too."""
        from eftheory.laws.kinds import rational_root

        root = None if self.exact is None else rational_root(self.exact)
        return Real(lambda: self.ball().sqrt()) if root is None else real(root)

    def _sign_of_difference(self, other: Any) -> int:
        difference = self - other
        if isinstance(difference, Fraction) or difference.exact is not None:
            exact = difference if isinstance(difference, Fraction) else difference.exact
            return (exact > 0) - (exact < 0)
        from eftheory.laws.enclosure import enclose

        return 1 if enclose(difference, bits=1)[0] > 0 else -1


def real(x: Fraction) -> Real:
    """The fraction as the beginning of such numbers."""

    def ball() -> Any:
        import flint

        return flint.arb(flint.fmpq(x.numerator, x.denominator))

    return Real(ball, x)


def _apply(operation: Callable[[Any, Any], Any], x: Real, y: Any) -> Real:
    other = y if isinstance(y, Real) else real(Fraction(y))
    if x.exact is not None and other.exact is not None:
        return real(operation(x.exact, other.exact))
    return Real(lambda: operation(x.ball(), other.ball()))
