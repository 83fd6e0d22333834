"""Exact sums of square roots: examples need roots that are not rational."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import total_ordering
from math import gcd, isqrt
from typing import Any, TypeAlias

LARGEST_FACTOR = 1000


@total_ordering
class Surd:
    """A sum of rational multiples of square roots of numbers without square factors; such roots are independent.

    Args:
        terms: the multiple of each root, not zero; of sqrt(1) for the rational part.

    >>> root = square_root(Fraction(2))
    >>> print(root / (1 + root)), root * root == 2, root * square_root(Fraction(3)) < Fraction(5, 2)
    2 - sqrt(2)
    (None, True, True)
    """

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[int, Fraction]) -> None:
        self.terms = dict(terms)

    def __add__(self, other: Any) -> Real:
        terms = dict(self.terms)
        for d, c in _terms(other).items():
            terms[d] = terms.get(d, Fraction(0)) + c
        return _number(terms)

    def __mul__(self, other: Any) -> Real:
        terms: dict[int, Fraction] = {}
        for d, a in self.terms.items():
            for e, b in _terms(other).items():
                both = gcd(d, e)
                root = d * e // both**2
                terms[root] = terms.get(root, Fraction(0)) + a * b * both
        return _number(terms)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Real:
        return self * -1

    def __sub__(self, other: Any) -> Real:
        difference: Real = self + other * -1
        return difference

    def __rsub__(self, other: Any) -> Real:
        difference: Real = -self + other
        return difference

    def inverse(self) -> Real:
        """1 over it: the product with a conjugate contains fewer primes under its roots."""
        prime = _prime_factor(max(self.terms))
        conjugate = _number({d: -c if d % prime == 0 else c for d, c in self.terms.items()})
        norm = self * conjugate
        return conjugate * (norm.inverse() if isinstance(norm, Surd) else 1 / norm)

    def __truediv__(self, other: Any) -> Real:
        return self * (other.inverse() if isinstance(other, Surd) else 1 / Fraction(other))

    def __rtruediv__(self, other: Any) -> Real:
        quotient: Real = self.inverse() * other
        return quotient

    def __pow__(self, exponent: int) -> Real:
        result: Real = Fraction(1)
        for _ in range(exponent):
            result = self * result
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surd) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __lt__(self, other: Any) -> bool:
        return sign(self - other) < 0

    def __bool__(self) -> bool:
        return True

    def sign(self) -> int:
        """1 or -1: by rational bounds, closer and closer."""
        scale = 1 << 32
        while True:
            low = high = Fraction(0)
            for d, c in self.terms.items():
                root = isqrt(d * scale**2)
                ends = sorted((c * root / scale, c * (root + (d > 1)) / scale))
                low, high = low + ends[0], high + ends[1]
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            scale *= scale

    def __str__(self) -> str:
        text = ""
        for d, c in sorted(self.terms.items()):
            root = f"sqrt({d})" if d > 1 else ""
            size = "" if abs(c) == 1 and root else f"{abs(c)}" + " " * bool(root)
            text += (" - " if c < 0 else " + ") * bool(text) + "-" * (c < 0 and not text) + size + root
        return text


Real: TypeAlias = Fraction | Surd


def _terms(x: Any) -> Mapping[int, Fraction]:
    return x.terms if isinstance(x, Surd) else {1: Fraction(x)}


def _number(terms: Mapping[int, Fraction]) -> Real:
    kept = {d: c for d, c in terms.items() if c}
    return Surd(kept) if set(kept) - {1} else kept.get(1, Fraction(0))


def _prime_factor(number: int) -> int:
    return next((p for p in range(2, isqrt(number) + 1) if number % p == 0), number)


def has_square_factor(number: int) -> bool:
    """Whether the square of a prime divides it: roots of such numbers are not independent of others.

    >>> has_square_factor(12), has_square_factor(30)
    (True, False)
    """
    return any(number % factor**2 == 0 for factor in range(2, isqrt(number) + 1))


def sign(x: Real) -> int:
    """1, 0 or -1."""
    return x.sign() if isinstance(x, Surd) else (x > 0) - (x < 0)


def near(x: Real) -> Fraction:
    """A fraction so near that no one who reads decimals sees a difference.

    >>> near(square_root(Fraction(2))) ** 2 - 2 < Fraction(1, 2**60)
    True
    """
    scale = 1 << 64
    return sum((c * Fraction(isqrt(d * scale**2), scale) for d, c in _terms(x).items()), Fraction(0))


def square_root(x: Real, rational: bool = False) -> Real | None:
    """The root, if it is of this kind; ``rational``: only of squares of rational numbers.

    >>> square_root(Fraction(9, 4)), square_root(Fraction(2), rational=True)
    (Fraction(3, 2), None)
    """
    if isinstance(x, Surd) or x < 0:
        return None
    inside = x.numerator * x.denominator
    root, square, rest = isqrt(inside), 1, inside
    if root**2 == inside:
        return Fraction(root, x.denominator)
    if rational:
        return None
    for factor in range(2, LARGEST_FACTOR):
        while rest % factor**2 == 0:
            rest, square = rest // factor**2, square * factor
    return Surd({rest: Fraction(square, x.denominator)}) if rest < LARGEST_FACTOR**2 else None
