"""Polynomials over the rationals in atoms of any kind: the arithmetic in which identities are decided.

A polynomial is a dictionary from monomials to coefficients that are not zero, a monomial a sorted
tuple of pairs (atom, exponent). Two polynomials are equal if and only if the dictionaries are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]

ONE: Monomial = ()


class Polynomial:
    """A polynomial with rational coefficients.

    >>> x, y = Polynomial.atom(("x",)), Polynomial.atom(("y",))
    >>> (x + y) * (x - y) == x * x - y * y
    True
    """

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Monomial, Fraction] | None = None) -> None:
        self.terms = {monomial: c for monomial, c in (terms or {}).items() if c}

    @classmethod
    def constant(cls, value: Fraction | int) -> Polynomial:
        """A number."""
        return cls({ONE: Fraction(value)})

    @classmethod
    def atom(cls, atom: Atom) -> Polynomial:
        """An atom itself."""
        return cls({((atom, 1),): Fraction(1)})

    def __add__(self, other: Polynomial) -> Polynomial:
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + c
        return Polynomial(terms)

    def __neg__(self) -> Polynomial:
        return self.scaled(Fraction(-1))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __mul__(self, other: Polynomial) -> Polynomial:
        terms: dict[Monomial, Fraction] = {}
        for a, c in self.terms.items():
            for b, e in other.terms.items():
                product = multiply(a, b)
                terms[product] = terms.get(product, Fraction(0)) + c * e
        return Polynomial(terms)

    def __pow__(self, exponent: int) -> Polynomial:
        result = Polynomial.constant(1)
        for _ in range(exponent):
            result = result * self
        return result

    def scaled(self, factor: Fraction) -> Polynomial:
        """The polynomial times a number."""
        return Polynomial({monomial: factor * c for monomial, c in self.terms.items()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def is_constant(self) -> bool:
        """Whether it is a number."""
        return all(monomial == ONE for monomial in self.terms)

    def atoms(self) -> set[Atom]:
        """The atoms that occur."""
        return {atom for monomial in self.terms for atom, _ in monomial}

    def degree(self, atom: Atom) -> int:
        """The largest exponent of an atom."""
        return max((dict(monomial).get(atom, 0) for monomial in self.terms), default=0)


def multiply(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials."""
    if not a or not b:
        return a or b
    exponents = dict(a)
    for atom, exponent in b:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return sort_monomial(exponents.items())


def sort_monomial(factors: Iterable[tuple[Atom, int]]) -> Monomial:
    """Factors in the order in which monomials hold them."""
    return tuple(sorted(factors, key=lambda factor: repr(factor[0])))
