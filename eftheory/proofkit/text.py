"""Expressions, relations and proofs as plain text."""

from __future__ import annotations

from fractions import Fraction

from eftheory.proofkit.expression import (
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

SUM, PRODUCT, POWER = 1, 2, 3


def write(node: Node, inside: int = 0) -> str:
    """The expression; ``inside`` says what surrounds it, so that parentheses stand where they are needed.

    >>> x = Symbol("x")
    >>> write((1 - x) ** 2 / (1 + x))
    '(1 - x)^2/(1 + x)'
    """
    if isinstance(node, Number):
        text = str(node.value)
        return (
            f"({text})" if (node.value < 0 and inside) or (node.value.denominator > 1 and inside >= PRODUCT) else text
        )
    if isinstance(node, Symbol):
        return f"{node.name}_i" if node.indexed else node.name
    if isinstance(node, Inner):
        return f"||{write(node.a)}||^2" if node.a == node.b else f"<{write(node.a)}, {write(node.b)}>"
    if isinstance(node, Mean):
        return f"mean[{write(node.body)}]"
    if isinstance(node, Expectation):
        return f"E[{write(node.body)}]"
    if isinstance(node, Sum):
        text = " + ".join(write(term, SUM) for term in node.terms).replace("+ -", "- ")
        return f"({text})" if inside >= PRODUCT else text
    if isinstance(node, Product):
        sign, factors = signed(node)
        text = sign + " ".join(write(factor, PRODUCT) for factor in factors)
        return f"({text})" if inside >= POWER or (sign and inside >= PRODUCT) else text
    if isinstance(node, Quotient):
        text = f"{write(node.numerator, PRODUCT)}/{write(node.denominator, POWER)}"
        return f"({text})" if inside >= POWER else text
    if isinstance(node, Power):
        return f"{write(node.base, POWER)}^{node.exponent}"
    raise TypeError(f"{type(node).__name__} is no expression")


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


def write_relation(relation: Relation) -> str:
    """Left <= right."""
    return f"{write(relation.left)} {relation.sign} {write(relation.right)}"
