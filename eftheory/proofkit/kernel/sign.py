"""Decide that an expression is positive, or not negative, wherever its parameters may lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Inner,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
)
from eftheory.proofkit.kernel.normal import Ratio, normal
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.polynomial import PRIME, Atom, Polynomial
from eftheory.proofkit.kernel.substitution import parts, substitute, symbols

POSITIVE, NONNEGATIVE = "positive", "nonnegative"
IMAGE = "\0"
"""Begins the names of numbers from (0, oo); no name that people give begins so."""
Sign = str


@dataclass
class Signs:
    """What is known of signs: the ranges of parameters, and facts.

    Args:
        parameters: with their ranges, earlier ones first.
        facts: relations that are known to hold.
    """

    parameters: Sequence[Parameter]
    facts: list[Relation] = field(default_factory=list)
    _known: list[tuple[Sign, Ratio]] = field(default_factory=list, init=False)
    _read: int = field(default=0, init=False)
    _positive: set[Node] = field(default_factory=set, init=False)
    """What was seen to be positive, and so remains: facts are only ever added."""

    def sign(self, node: Node) -> Sign | None:
        """POSITIVE, NONNEGATIVE, or None if neither is seen, as of vectors.

        By the tree: sums, products, quotients and even powers of what is known; squares; averages.
        Then by known facts, then by the coefficients after ranges have been mapped to (0, oo).
        """
        if node.is_vector:
            return None
        if node in self._positive:
            return POSITIVE
        found = self._by_tree(node)
        if found != POSITIVE:
            found = _better(found, self._by_facts(node))
        if found != POSITIVE:
            found = _better(found, self._by_coefficients(node))
        if found == POSITIVE:
            self._positive.add(node)
        return found

    def _by_tree(self, node: Node) -> Sign | None:
        if isinstance(node, Number):
            return POSITIVE if node.value > 0 else NONNEGATIVE if node.value == 0 else None
        if isinstance(node, Inner) and node.a == node.b:
            return NONNEGATIVE
        if isinstance(node, Power):
            base = self.sign(node.base)
            if base == POSITIVE or node.exponent == 0:
                return POSITIVE
            return NONNEGATIVE if base or node.exponent % 2 == 0 else None
        if isinstance(node, Sum):
            found = [self.sign(term) for term in node.terms]
            return None if None in found else POSITIVE if POSITIVE in found else NONNEGATIVE
        if isinstance(node, Product):
            found = [self.sign(factor) for factor in node.factors]
            return None if None in found else NONNEGATIVE if NONNEGATIVE in found else POSITIVE
        if isinstance(node, Quotient):
            if self.sign(node.denominator) != POSITIVE:
                return None
            return self.sign(node.numerator)
        if isinstance(node, (Mean, Expectation)):
            return self.sign(node.body)
        return None

    def _by_facts(self, node: Node) -> Sign | None:
        value = normal(node)
        found = None
        for sign, slack in self._slacks():
            if same(slack, value):
                found = _better(found, sign)
        return found

    def _slacks(self) -> list[tuple[Sign, Ratio]]:
        """What is known not to be negative, in normal form; facts are only ever added."""
        ranges = [] if self._read else [r for parameter in self.parameters for r in parameter.relations]
        for fact in (*ranges, *self.facts[max(self._read - 1, 0) :]):
            if fact.sign != "=" and not fact.left.is_vector:
                self._known.append((POSITIVE if fact.sign == "<" else NONNEGATIVE, normal(fact.slack)))
        self._read = len(self.facts) + 1
        return self._known

    def _by_coefficients(self, node: Node) -> Sign | None:
        if not symbols(node) <= {p.symbol for p in self.parameters} or _averages(node):
            return None
        box = _needed(node, self.parameters)
        both = sum(parameter.lower_closed and parameter.upper_closed for parameter in box)
        return _sign_on_box(node, box) if both <= 10 else None  # it looks at 2^both corners


def _needed(node: Node, parameters: Sequence[Parameter]) -> list[Parameter]:
    """The parameters that occur in an expression, or in the ranges of those."""
    wanted, needed = symbols(node), []
    for parameter in reversed(parameters):
        if parameter.symbol in wanted:
            needed.append(parameter)
            wanted |= {s for bound in (parameter.lower, parameter.upper) if bound is not None for s in symbols(bound)}
    return needed[::-1]


def _sign_on_box(node: Node, parameters: Sequence[Parameter]) -> Sign | None:
    """The sign by coefficients; the upper end of a range that holds both its ends is looked at separately."""
    for j, parameter in enumerate(parameters):
        if parameter.upper is not None and parameter.upper_closed and parameter.lower_closed:
            end = {parameter.symbol: parameter.upper}
            rest = [*parameters[:j], *(_at_end(p, end) for p in parameters[j + 1 :])]
            half = [*parameters[:j], replace(parameter, upper_closed=False), *parameters[j + 1 :]]
            return _worse(_sign_on_box(node, half), _sign_on_box(substitute(node, end), rest))
    values, strict = _orthant(parameters)
    image = normal(_substitute_all(node, values))
    top, bottom = _sign_of_coefficients(image.numerator, strict), _sign_of_coefficients(image.denominator, strict)
    if top is None or bottom is None:
        flipped = (image.numerator.scaled(Fraction(-1)), image.denominator.scaled(Fraction(-1)))
        top, bottom = (_sign_of_coefficients(part, strict) for part in flipped)
    return top if bottom == POSITIVE else None


def _at_end(parameter: Parameter, end: Mapping[Symbol, Node]) -> Parameter:
    lower, upper = (None if b is None else substitute(b, end) for b in (parameter.lower, parameter.upper))
    return replace(parameter, lower=lower, upper=upper)


def _orthant(parameters: Sequence[Parameter]) -> tuple[list[tuple[Symbol, Node]], set[Atom]]:
    """Each parameter as an expression in a number from (0, oo) or [0, oo), and the atoms from (0, oo)."""
    values: list[tuple[Symbol, Node]] = []
    strict: set[Atom] = set()
    for parameter in parameters:
        t = Symbol(f"{IMAGE}{parameter.symbol.name}", indexed=parameter.symbol.indexed)
        low, high = parameter.lower, parameter.upper
        if low is not None and high is not None:
            first, last = (high, low) if parameter.upper_closed else (low, high)  # t = 0 is the end that may be closed
            image: Node = (first + last * t) / (1 + t)
            closed = parameter.lower_closed or parameter.upper_closed
        elif low is not None:
            image, closed = low + t, parameter.lower_closed
        elif high is not None:
            image, closed = high - t, parameter.upper_closed
        else:
            continue  # any number: stays as it is, and no coefficient of it has a sign
        if not closed:
            strict |= normal(t).numerator.atoms()
        values.append((parameter.symbol, image))
    return values, strict


def same(a: Ratio, b: Ratio) -> bool:
    """Whether two normal forms are equal."""
    if a.denominator == b.denominator:
        return a.numerator == b.numerator
    known = [part.residue for part in (a.numerator, b.denominator, b.numerator, a.denominator)]
    if all(known) and (known[0] * known[1] - known[2] * known[3]) % PRIME:
        return False  # equal polynomials have equal values at every point
    return a.numerator * b.denominator == b.numerator * a.denominator


def _substitute_all(node: Node, values: list[tuple[Symbol, Node]]) -> Node:
    """Later parameters first, as their ranges are in terms of earlier ones."""
    for symbol, image in reversed(values):
        node = substitute(node, {symbol: image})
    return node


def _sign_of_coefficients(polynomial: Polynomial, strict: set[Atom]) -> Sign | None:
    if any(c < 0 for c in polynomial.terms.values()):
        return None
    if any(not (atom[0] == "scalar" and str(atom[1]).startswith(IMAGE)) for atom in polynomial.atoms()):
        return None
    alive = any(all(atom in strict for atom, _ in monomial) for monomial in polynomial.terms)
    return POSITIVE if alive else NONNEGATIVE


def _averages(node: Node) -> bool:
    return isinstance(node, (Mean, Expectation, Inner)) or any(map(_averages, parts(node)))


def _better(a: Sign | None, b: Sign | None) -> Sign | None:
    return POSITIVE if POSITIVE in (a, b) else NONNEGATIVE if NONNEGATIVE in (a, b) else None


def _worse(a: Sign | None, b: Sign | None) -> Sign | None:
    return None if None in (a, b) else NONNEGATIVE if NONNEGATIVE in (a, b) else POSITIVE
