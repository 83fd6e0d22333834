"""Expressions and relations as text; other styles differ in the pieces only."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

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
    Relation,
    Sum,
    Symbol,
)

SUM, PRODUCT, POWER = 1, 2, 3


class Style:
    """How expressions are written: where parentheses and signs stand, and the pieces, here those of plain text."""

    plus, minus, negative = " + ", " - ", "-"
    integer, fraction, quotient, power = "%s", "%s/%s", "%s/%s", "%s^%s"
    parentheses, image, product, times = "(%s)", "%s(%s)", "%s", " "
    norm, inner, mean, expectation = "||%s||^2", "<%s, %s>", "mean[%s]", "E[%s]"
    signs = {"<=": " <= ", "<": " < ", "=": " = "}
    fraction_needs_parentheses = PRODUCT

    def write(self, node: Node, inside: int = 0) -> str:
        """The expression; ``inside`` says what surrounds it, so that parentheses stand where they are needed."""
        if isinstance(node, Number):
            return self._number(node.value, inside)
        if isinstance(node, Symbol):
            return self.symbol(node)
        if isinstance(node, Inner):
            if node.a == node.b:
                return self.norm % self.write(node.a)
            return self.inner % (self.write(node.a), self.write(node.b))
        if isinstance(node, Mean):
            return self.mean % self.write(node.body)
        if isinstance(node, Expectation):
            return self.expectation % self.write(node.body)
        if isinstance(node, Sum):
            return self._enclosed(self._sum(node), inside >= PRODUCT)
        if isinstance(node, Product):
            sign, factors = signed(node)
            if len(factors) == 1:
                text = self.write(factors[0], max(inside, PRODUCT if sign else 0))
            else:
                texts = [self._factor(factor) for factor in factors[:-1]] + [self.write(factors[-1], PRODUCT)]
                later = zip(factors[1:], texts[1:])
                texts = [texts[0], *(self._enclosed(t, _begins_with_number(f)) for f, t in later)]
                text = self.product % self.times.join(texts)
            if sign:
                return self._enclosed(self.negative + text, inside >= PRODUCT)
            return self._enclosed(text, inside >= POWER and len(factors) > 1)
        if isinstance(node, Quotient):
            return self._quotient(node, inside)
        if isinstance(node, Power):
            base = self.write(node.base, POWER)
            return self.power % (self._enclosed(base, _ends_with_power(node.base)), node.exponent)
        if isinstance(node, Image):
            return self.image % (self.symbol(node.map.symbol), self.write(node.body))
        raise TypeError(f"{type(node).__name__} is no expression")

    def relation(self, relation: Relation) -> str:
        """Left <= right."""
        return f"{self.write(relation.left)}{self.signs[relation.sign]}{self.write(relation.right)}"

    def joined(self, node: Sum) -> Iterator[tuple[str, Node, int]]:
        """The terms of a sum: what joins each to those before, the term, and what surrounds it."""
        for j, (sign, term) in enumerate(self.terms(node)):
            joint = (self.minus if sign else self.plus) if j else self.negative * bool(sign)
            yield joint, term, PRODUCT if sign and not isinstance(term, Number) else SUM

    def terms(self, node: Sum) -> list[tuple[str, Node]]:
        """The terms of a sum and of the sums in it, each with its sign."""
        found: list[tuple[str, Node]] = []
        for term in node.terms:
            sign, positive = split_sign(term)
            if isinstance(positive, Sum) and not sign:
                found += self.terms(positive)
            else:
                found.append((sign, positive))
        return found

    def _factor(self, node: Node) -> str:
        """A factor that others follow; 1/x y is not clear."""
        return self.write(node, POWER if isinstance(node, Quotient) else PRODUCT)

    def _sum(self, node: Sum) -> str:
        return "".join(joint + self.write(term, inside) for joint, term, inside in self.joined(node))

    def _number(self, value: Fraction, inside: int) -> str:
        size = abs(value)
        text = self.integer % size
        if size.denominator > 1:
            text = self._over(self.fraction, str(size.numerator), str(size.denominator))
        text = self._enclosed(text, inside >= self.fraction_needs_parentheses and size.denominator > 1)
        return self._enclosed(self.negative + text, inside > 0) if value < 0 else text

    def _over(self, template: str, above: str, below: str) -> str:
        return template % (above, below)

    def _quotient(self, node: Quotient, inside: int) -> str:
        text = self._over(self.quotient, self.write(node.numerator, PRODUCT), self._denominator(node.denominator))
        return self._enclosed(text, inside >= POWER)

    def _denominator(self, node: Node) -> str:
        text = self.write(node, POWER)
        return self._enclosed(text, isinstance(node, Quotient) and not text.startswith("("))

    def _enclosed(self, text: str, needed: bool) -> str:
        return self.parentheses % text if needed else text

    def symbol(self, node: Symbol) -> str:
        """A name; agents' own with an index."""
        return f"{node.name}_i" if node.indexed else node.name

    def inline(self, shown: Node | Relation, kind: str = "") -> str:
        """A formula among the words of a block of that kind."""
        return self.relation(shown) if isinstance(shown, Relation) else self.write(shown)

    def displayed(self, shown: Relation, name: str = "") -> str:
        """A relation on lines of its own, with its name."""
        return f"({name})  " * bool(name) + self.relation(shown)


TEXT = Style()


def write(node: Node, inside: int = 0) -> str:
    """The expression as plain text.

    >>> x = Symbol("x")
    >>> write((1 - x) ** 2 / (1 + x))
    '(1 - x)^2/(1 + x)'
    """
    return TEXT.write(node, inside)


def write_relation(relation: Relation) -> str:
    """Left <= right."""
    return TEXT.relation(relation)


def split_sign(node: Node) -> tuple[str, Node]:
    """A minus sign before a term, and the term without it."""
    if isinstance(node, Number) and node.value < 0:
        return "-", Number(-node.value)
    if isinstance(node, Product):
        sign, factors = signed(node)
        return sign, factors[0] if len(factors) == 1 else Product(tuple(factors))
    if isinstance(node, Quotient):
        sign, top = split_sign(node.numerator)
        return sign, Quotient(top, node.denominator) if sign else node
    return "", node


def _begins_with_number(node: Node) -> bool:
    """Whether a factor before it would run into its digits."""
    if isinstance(node, Number):
        return node.value >= 0 and node.value.denominator == 1
    if isinstance(node, Quotient):
        return _begins_with_number(split_sign(node.numerator)[1])
    return isinstance(node, Power) and _begins_with_number(node.base)


def _ends_with_power(node: Node) -> bool:
    """Whether another exponent would stand beside its own."""
    if isinstance(node, Symbol):
        return "^" in node.name or "^" in node.latex
    if isinstance(node, Product):
        _, factors = signed(node)
        return len(factors) == 1 and _ends_with_power(factors[0])
    return isinstance(node, (Power, Inner))


def signed(node: Product) -> tuple[str, list[Node]]:
    """A minus sign before the product, and its factors without numbers that are one."""
    sign = 1
    factors: list[Node] = []
    for factor in _flat(node):
        if isinstance(factor, Number) and abs(factor.value) == 1:
            sign *= int(factor.value)
        elif isinstance(factor, Number) and factor.value < 0:
            sign = -sign
            factors.append(Number(-factor.value))
        else:
            factors.append(factor)
    return "-" if sign < 0 else "", factors or [Number(Fraction(1))]


def _flat(node: Product) -> list[Node]:
    flat: list[Node] = []
    for factor in node.factors:
        flat += _flat(factor) if isinstance(factor, Product) else [factor]
    return flat
