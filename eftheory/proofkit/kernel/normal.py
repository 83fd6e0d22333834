"""The normal form of an expression: a quotient of polynomials in its atoms.

Atoms are parameters, inner products of vectors, and averages or expectations of what cannot be
taken out of them. Averages and expectations are linear, and whatever does not depend on the agent,
or is not random, is taken out; inner products are bilinear and symmetric, linear maps linear.
Nothing else is known of atoms, so equality of normal forms is equality for every number of agents,
every dimension and every law of what is random.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from operator import mul

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Image,
    Inner,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from eftheory.proofkit.kernel.polynomial import Atom, Monomial, Polynomial, multiply, sort_monomial

AGENTS, CHANCE = "agents", "chance"


@dataclass(frozen=True, eq=False)
class Ratio:
    """A quotient of polynomials; its denominators are collected, to be shown not to vanish."""

    numerator: Polynomial
    denominator: Polynomial

    def __add__(self, other: Ratio) -> Ratio:
        if self.denominator == other.denominator:
            return Ratio(self.numerator + other.numerator, self.denominator)
        return Ratio(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )

    def __mul__(self, other: Ratio) -> Ratio:
        if self is ONE:
            return other
        return Ratio(self.numerator * other.numerator, self.denominator * other.denominator)

    def substituted(self, atom: Atom, value: Ratio) -> Ratio:
        """The ratio after an atom is replaced by another ratio."""
        top, bottom = _substituted(self.numerator, atom, value), _substituted(self.denominator, atom, value)
        return Ratio(top.numerator * bottom.denominator, top.denominator * bottom.numerator)

    @property
    def is_zero(self) -> bool:
        """Whether it vanishes identically, wherever the denominator does not."""
        return not self.numerator


Vector = dict[Atom, Ratio]
UNIT = Polynomial.constant(1)
ONE = Ratio(UNIT, UNIT)


def ratio(value: Fraction | int) -> Ratio:
    """A number."""
    return Ratio(Polynomial.constant(value), UNIT)


@lru_cache(maxsize=1 << 12)
def normal(node: Node) -> Ratio:
    """The normal form of a scalar.

    Raises:
        TypeError: it is a vector.

    >>> from eftheory.proofkit.kernel.expression import mean, square
    >>> v = Symbol("v", vector=True, indexed=True)
    >>> normal(mean(square(v - mean(v))) - (mean(square(v)) - square(mean(v)))).is_zero
    True
    """
    return _normal(node)


def _normal(node: Node) -> Ratio:
    if isinstance(node, Number):
        return ratio(node.value)
    if isinstance(node, Symbol) and not node.vector:
        return Ratio(Polynomial.atom(("scalar", node.name, node.indexed, node.random)), UNIT)
    if isinstance(node, Sum):
        return _add([_normal(term) for term in node.terms])
    if isinstance(node, Product):
        return reduce(mul, map(_normal, node.factors), ONE)
    if isinstance(node, Quotient):
        return _normal(node.numerator) * _inverse(node.denominator)
    if isinstance(node, Power):
        base = _normal(node.base)
        return Ratio(base.numerator**node.exponent, base.denominator**node.exponent)
    if isinstance(node, Inner):
        a, b = normal_vector(node.a), normal_vector(node.b)
        return _add([x * y * Ratio(Polynomial.atom(_inner(u, v)), UNIT) for u, x in a.items() for v, y in b.items()])
    if isinstance(node, (Mean, Expectation)):
        return _average(_normal(node.body), AGENTS if isinstance(node, Mean) else CHANCE)
    raise TypeError(f"a vector is no number: {type(node).__name__}")


def _average(body: Ratio, kind: str) -> Ratio:
    _check_outside(body.denominator, kind)
    total = Polynomial()
    for monomial, c in body.numerator.terms.items():
        total = total + averaged(monomial, kind).scaled(c)
    return Ratio(total, body.denominator)


def normal_vector(node: Node) -> Vector:
    """The normal form of a vector: its coefficients in the vectors that are atoms."""
    if isinstance(node, Symbol):
        return {("vector", node.name, node.indexed, node.random): ratio(1)}
    if isinstance(node, Sum):
        total: Vector = {}
        for term in node.terms:
            for atom, c in normal_vector(term).items():
                total[atom] = total[atom] + c if atom in total else c
        return {atom: c for atom, c in total.items() if not c.is_zero}
    if isinstance(node, Product):
        (vector,) = [factor for factor in node.factors if factor.is_vector]
        scale = _normal(Product(tuple(factor for factor in node.factors if not factor.is_vector)))
        return {atom: scale * c for atom, c in normal_vector(vector).items()}
    if isinstance(node, Quotient):
        inverse = _inverse(node.denominator)
        return {atom: inverse * c for atom, c in normal_vector(node.numerator).items()}
    if isinstance(node, Image):
        return {("image", node.map.name, node.map.indexed, atom): c for atom, c in normal_vector(node.body).items()}
    if isinstance(node, (Mean, Expectation)):
        kind = AGENTS if isinstance(node, Mean) else CHANCE
        averages: Vector = {}
        for own, c in normal_vector(node.body).items():
            _check_outside(c.denominator, kind)
            for monomial, number in c.numerator.terms.items():
                inside, outside = split(monomial, kind)
                if depends(own, kind):
                    place, factor = average_vector(inside, own, kind), Polynomial({outside: number})
                else:
                    place, factor = own, averaged(monomial, kind).scaled(number)
                part = Ratio(factor, c.denominator)
                averages[place] = averages[place] + part if place in averages else part
        return {atom: c for atom, c in averages.items() if not c.is_zero}
    raise TypeError(f"{type(node).__name__} is no vector")


def depends(atom: Atom, kind: str) -> bool:
    """Whether an atom is each agent's own, or random.

    An average no longer depends on the agent, an expectation is no longer random.
    """
    if atom[0] in ("scalar", "vector"):
        return bool(atom[2] if kind == AGENTS else atom[3])
    if atom[0] == "inner":
        return depends(atom[1], kind) or depends(atom[2], kind)
    if atom[0] == "image":
        return bool(kind == AGENTS and atom[2]) or depends(atom[3], kind)
    over, inside = atom[1], atom[2]
    if over == kind:
        return False
    return any(depends(a, kind) for a, _ in inside) or (atom[0] == "average vector" and depends(atom[3], kind))


def split(monomial: Monomial, kind: str) -> tuple[Monomial, Monomial]:
    """The factors that depend, and those that do not."""
    inside = tuple(factor for factor in monomial if depends(factor[0], kind))
    return inside, tuple(factor for factor in monomial if not depends(factor[0], kind))


def averaged(monomial: Monomial, kind: str) -> Polynomial:
    """The average or expectation of a monomial."""
    inside, outside = split(monomial, kind)
    if not inside:
        return Polynomial({outside: Fraction(1)})
    if kind == CHANCE:
        swapped = _inside_average(inside)
        if swapped is not None:
            return Polynomial({outside: Fraction(1)}) * swapped
    mixed = [
        atom
        for atom, exponent in inside
        if atom[0] == "inner" and exponent == 1 and depends(atom[1], kind) != depends(atom[2], kind)
    ]
    others = [factor for factor in inside if factor[0] not in mixed]
    if len(mixed) == 1 and not any(atom[0] == "inner" for atom, _ in others):
        own, common = mixed[0][1:] if depends(mixed[0][1], kind) else mixed[0][:0:-1]
        atom = _inner(average_vector(sort_monomial(others), own, kind), common)
        return Polynomial({multiply(outside, ((atom, 1),)): Fraction(1)})
    return Polynomial({multiply(outside, ((("average", kind, inside), 1),)): Fraction(1)})


def average_vector(scale: Monomial, vector: Atom, kind: str) -> Atom:
    """The average or expectation of a multiple of a vector that depends.

    Linear maps are not random: they are taken out of expectations and, shared by all agents, out of averages.
    """
    if vector[0] == "image" and (kind == CHANCE or not vector[2]):
        return (*vector[:3], average_vector(scale, vector[3], kind))
    if kind == CHANCE and vector[0] == "average vector" and vector[1] == AGENTS and not scale:
        (inside, outside), own = split(vector[2], CHANCE), vector[3]
        if not depends(own, CHANCE):
            return ("average vector", AGENTS, (), ("average vector", CHANCE, vector[2], own))
        return ("average vector", AGENTS, outside, average_vector(inside, own, CHANCE))
    return ("average vector", kind, scale, vector)


def _inside_average(inside: Monomial) -> Polynomial | None:
    """E mean(X) = mean(E X), so that averages over agents stand outside."""
    if len(inside) != 1 or inside[0][1] != 1 or inside[0][0][0] != "average":
        return None
    monomial = inside[0][0][2]
    total = Polynomial()
    for inner_monomial, c in averaged(monomial, CHANCE).terms.items():
        total = total + averaged(inner_monomial, AGENTS).scaled(c)
    return total


def _substituted(polynomial: Polynomial, atom: Atom, value: Ratio) -> Ratio:
    parts = polynomial.coefficients(atom)
    degree = max(parts, default=0)
    tops, bottoms = [UNIT], [UNIT]
    for _ in range(degree):
        tops.append(tops[-1] * value.numerator)
        bottoms.append(bottoms[-1] * value.denominator)
    total = Polynomial()
    for exponent, part in parts.items():
        total = total + part * (tops[exponent] * bottoms[degree - exponent])
    return Ratio(total, bottoms[degree])


def _inverse(node: Node) -> Ratio:
    below = _normal(node)
    if below.is_zero:
        raise ZeroDivisionError("a denominator is zero")
    return Ratio(below.denominator, below.numerator)


def _inner(u: Atom, v: Atom) -> Atom:
    first, second = sorted((u, v), key=repr)
    return ("inner", first, second)


def _add(parts: list[Ratio]) -> Ratio:
    """The sum, terms of equal denominators first."""
    groups: list[Ratio] = []
    for part in parts:
        for j, group in enumerate(groups):
            if group.denominator == part.denominator:
                groups[j] = group + part
                break
        else:
            groups.append(part)
    result = groups[0] if groups else ratio(0)
    for group in groups[1:]:
        result = result + group
    return result


def _check_outside(denominator: Polynomial, kind: str) -> None:
    if any(depends(atom, kind) for atom in denominator.atoms()):
        what = "differs from agent to agent" if kind == AGENTS else "is random"
        raise ValueError(f"a denominator inside an average or expectation {what}: give the quotient a name")
