"""Polynomials over the rationals in atoms of any kind: the arithmetic in which identities are decided.

A polynomial is a dictionary from monomials to coefficients that are not zero; two are equal if and only if
the dictionaries are. Atoms are numbered as they appear, and inside, a monomial is the sorted tuple of its
atoms' numbers, each as often as its exponent says, and coefficients are integers over one denominator. To
others a monomial is a sorted tuple of pairs (atom, exponent), and a coefficient a fraction. The checker has
forms of its own (``eftheory.exact``), on purpose: two kernels that share no code share no error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from math import gcd, lcm
from threading import Lock
from typing import Any, TypeAlias

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]
Key: TypeAlias = tuple[int, ...]

ONE: Monomial = ()
_MANY = 4
"""The number of terms from which packing pays."""
LARGEST = 10**6
"""So much may be multiplied at once: what data ask for ends some time."""
PRIME = 2**61 - 1
"""Modulo which a value of each polynomial is known."""


class _Atoms:
    """Numbers for atoms, the same for equal ones, for as long as the program runs."""

    def __init__(self) -> None:
        self._numbers: dict[Atom, int] = {}
        self._atoms: list[Atom] = []
        self._places: list[str] = []
        self._lock = Lock()

    def number(self, atom: Atom) -> int:
        """The number of an atom."""
        found = self._numbers.get(atom)
        if found is None:
            with self._lock:
                found = self._numbers.get(atom)
                if found is None:
                    found = len(self._atoms)
                    self._atoms.append(atom)
                    self._places.append(repr(atom))
                    self._numbers[atom] = found
        return found

    def __getitem__(self, number: int) -> Atom:
        return self._atoms[number]

    def place(self, number: int) -> str:
        """The key by which the factors of a monomial are sorted when it is shown to others."""
        return self._places[number]


_ATOMS = _Atoms()


class Polynomial:
    """A polynomial with rational coefficients.

    >>> x, y = Polynomial.atom(("x",)), Polynomial.atom(("y",))
    >>> (x + y) * (x - y) == x * x - y * y
    True
    """

    __slots__ = ("_below", "_residue", "_terms")

    def __init__(self, terms: Mapping[Monomial, Fraction | int] | None = None) -> None:
        given: dict[Key, Fraction | int] = {}
        for monomial, c in (terms or {}).items():
            key = _key(monomial)
            given[key] = given.get(key, 0) + c
        self._residue: int | None = None
        self._below: int = lcm(*(c.denominator for c in given.values()))
        self._terms: dict[Key, int] = {
            key: c.numerator * (self._below // c.denominator) for key, c in given.items() if c
        }

    @classmethod
    def _over(cls, terms: dict[Key, int], below: int) -> Polynomial:
        """Integers over a denominator, in lowest terms."""
        new = cls.__new__(cls)
        if not all(terms.values()):
            terms = {key: c for key, c in terms.items() if c}
        if below != 1:
            common = gcd(below, *terms.values())
            if common != 1:
                terms, below = {key: c // common for key, c in terms.items()}, below // common
        new._terms, new._below, new._residue = terms, below, None
        return new

    @classmethod
    def constant(cls, value: Fraction | int) -> Polynomial:
        """A number."""
        return cls._over({(): value.numerator}, value.denominator)

    @classmethod
    def atom(cls, atom: Atom) -> Polynomial:
        """An atom itself."""
        return cls._over({(_ATOMS.number(atom),): 1}, 1)

    @property
    def terms(self) -> dict[Monomial, Fraction]:
        """The monomials and their coefficients."""
        return {_monomial(key): Fraction(c, self._below) for key, c in self._terms.items()}

    def __add__(self, other: Polynomial) -> Polynomial:
        below = lcm(self._below, other._below)
        a, b = below // self._below, below // other._below
        terms = dict(self._terms) if a == 1 else {key: a * c for key, c in self._terms.items()}
        for key, c in other._terms.items():
            terms[key] = terms.get(key, 0) + b * c
        return Polynomial._over(terms, below)

    def __neg__(self) -> Polynomial:
        return Polynomial._over({key: -c for key, c in self._terms.items()}, self._below)

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __mul__(self, other: Polynomial) -> Polynomial:
        small, large = (self, other) if len(self._terms) <= len(other._terms) else (other, self)
        below = self._below * other._below
        if len(small._terms) * len(large._terms) > LARGEST:
            raise ValueError("an expression is too large when multiplied out")
        if len(small._terms) >= _MANY:
            return Polynomial._over(_product(small._terms, large._terms), below)
        terms: dict[Key, int] = {}
        for a, c in small._terms.items():
            for b, e in large._terms.items():
                key = tuple(sorted(a + b)) if a and b else a or b
                terms[key] = terms.get(key, 0) + c * e
        return Polynomial._over(terms, below)

    def __pow__(self, exponent: int) -> Polynomial:
        size = self._below.bit_length() + sum(100 * len(key) + c.bit_length() for key, c in self._terms.items())
        if exponent * size > LARGEST:
            raise ValueError("a power is too large when multiplied out")
        result = Polynomial.constant(1)
        for _ in range(exponent):
            result = result * self
        return result

    def scaled(self, factor: Fraction | int) -> Polynomial:
        """The polynomial times a number."""
        above, below = factor.numerator, factor.denominator
        return Polynomial._over({key: above * c for key, c in self._terms.items()}, below * self._below)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self._below == other._below and self._terms == other._terms

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self._terms)

    @property
    def residue(self) -> int:
        """The value at one point, modulo a prime: where two differ, so do the polynomials.

        It is 0, too, if the prime is in a denominator; then nothing is known of the value.
        """
        if self._residue is None:
            total = 0
            for key, c in self._terms.items():
                for number in key:
                    c = c * _coordinate(number) % PRIME
                total += c
            below = self._below % PRIME
            self._residue = total * pow(below, -1, PRIME) % PRIME if below else 0
        return self._residue

    @property
    def is_constant(self) -> bool:
        """Whether it is a number."""
        return not any(self._terms)

    def atoms(self) -> set[Atom]:
        """The atoms that occur."""
        return {_ATOMS[number] for number in {number for key in self._terms for number in key}}

    def coefficients(self, atom: Atom) -> dict[int, Polynomial]:
        """What each power of an atom is multiplied by.

        >>> x, y = Polynomial.atom(("x",)), Polynomial.atom(("y",))
        >>> (x * x * y + x * x + y).coefficients(("x",)) == {2: y + Polynomial.constant(1), 0: y}
        True
        """
        number = _ATOMS.number(atom)
        found: dict[int, dict[Key, int]] = {}
        for key, c in self._terms.items():
            rest = tuple(other for other in key if other != number)
            found.setdefault(len(key) - len(rest), {})[rest] = c
        return {exponent: Polynomial._over(terms, self._below) for exponent, terms in found.items()}


@cache
def _coordinate(number: int) -> int:
    """The value of an atom at the point."""
    return pow(1_000_000_007, number + 1, PRIME)


def _product(small: Mapping[Key, int], large: Mapping[Key, int]) -> dict[Key, int]:
    """The product of many terms: in between, the exponents of a monomial are the digits of one number."""
    numbers = sorted({number for terms in (small, large) for key in terms for number in key})
    width = (max(map(len, small)) + max(map(len, large))).bit_length()
    digit = {number: 1 << width * place for place, number in enumerate(numbers)}.__getitem__
    packed = [(sum(map(digit, key)), c) for key, c in large.items()]
    total: dict[int, int] = {}
    get = total.get
    for key, c in small.items():
        a = sum(map(digit, key))
        for b, e in packed:
            total[a + b] = get(a + b, 0) + c * e
    return {_unpacked(number, numbers, width): c for number, c in total.items() if c}


def _unpacked(packed: int, numbers: list[int], width: int) -> Key:
    key: list[int] = []
    while packed:
        place = ((packed & -packed).bit_length() - 1) // width
        exponent = packed >> width * place & (1 << width) - 1
        key += [numbers[place]] * exponent
        packed -= exponent << width * place
    return tuple(key)


def _key(monomial: Monomial) -> Key:
    return tuple(sorted(number for atom, exponent in monomial for number in [_ATOMS.number(atom)] * exponent))


@lru_cache(maxsize=1 << 16)
def _monomial(key: Key) -> Monomial:
    powers = sorted(Counter(key).items(), key=lambda power: _ATOMS.place(power[0]))
    return tuple((_ATOMS[number], exponent) for number, exponent in powers)


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
    return tuple(sorted(factors, key=lambda factor: _ATOMS.place(_ATOMS.number(factor[0]))))
