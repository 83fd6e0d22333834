"""Put expressions in the place of symbols."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Image,
    Inner,
    Linear,
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

Map = Mapping[Symbol, Node]
LARGEST = 10_000
"""So many parts an expression may have after others are put in: in a chain of theorems or ranges they would double."""


def substitute(node: Node, values: Map) -> Node:
    """The expression with every symbol in ``values`` replaced, all at once.

    Raises:
        ValueError: it becomes too large.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> substitute(x + y, {x: y, y: x}) == y + x
    True
    """
    new = _put(node, values)
    waiting, size = [new], 0
    while waiting:
        size += 1
        if size > LARGEST:
            raise ValueError("an expression is too large when others are put in")
        waiting += parts(waiting.pop())
    return new


def _put(node: Node, values: Map) -> Node:
    if isinstance(node, Symbol):
        return values.get(node, node)
    return rebuild(node, lambda part: _put(part, values))


def substitute_relation(relation: Relation, values: Map) -> Relation:
    """The relation with both sides substituted."""
    return Relation(substitute(relation.left, values), relation.sign, substitute(relation.right, values))


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with its parts changed."""
    kind: Any = type(node)
    new = tuple(map(change, parts(node)))
    if isinstance(node, (Sum, Product)):
        return kind(new)  # type: ignore[no-any-return]
    if isinstance(node, Power):
        return Power(new[0], node.exponent)
    if isinstance(node, Image):
        return Image(node.map, new[0])
    return kind(*new) if new else node


def parts(node: Node) -> list[Node]:
    """The parts of a node."""
    if isinstance(node, (Number, Symbol)):
        return []
    if isinstance(node, Sum):
        return list(node.terms)
    if isinstance(node, Product):
        return list(node.factors)
    if isinstance(node, Quotient):
        return [node.numerator, node.denominator]
    if isinstance(node, Power):
        return [node.base]
    if isinstance(node, Inner):
        return [node.a, node.b]
    if isinstance(node, (Mean, Expectation, Image)):
        return [node.body]
    raise TypeError(f"{type(node).__name__} is no expression")


def symbols(node: Node) -> set[Symbol]:
    """The symbols that occur."""
    if isinstance(node, Symbol):
        return {node}
    return {symbol for part in parts(node) for symbol in symbols(part)}


def linear_maps(node: Node) -> set[Linear]:
    """The linear maps that occur."""
    found = {found for part in parts(node) for found in linear_maps(part)}
    return found | {node.map} if isinstance(node, Image) else found


def is_indexed(node: Node) -> bool:
    """Whether each agent has its own value."""
    if isinstance(node, Symbol):
        return node.indexed
    if isinstance(node, Image) and node.map.indexed:
        return True
    return not isinstance(node, Mean) and any(map(is_indexed, parts(node)))


def is_random(node: Node) -> bool:
    """Whether it is random."""
    if isinstance(node, Symbol):
        return node.random
    return not isinstance(node, Expectation) and any(map(is_random, parts(node)))
