"""A theorem with its proof as plain data: what ``reader`` makes it of again. Nothing here is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any

from eftheory.proofkit.kernel.expression import Image, Linear, Node, Number, Power, Relation, Symbol
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reader import FIXED, FORMAT, LISTS, REASONS, Data, DataError
from eftheory.proofkit.kernel.reason import Given
from eftheory.proofkit.kernel.theorem import Step, Theorem

_HEADS = {kind: head for head, kind in (*LISTS.items(), *FIXED.items())}
_REASON_NAMES = {kind: name for name, kind in REASONS.items()}


def write_theorem(theorem: Theorem, writer: Writer | None = None) -> dict[str, Data]:
    """The statement and the proof, without what is only told.

    Raises:
        DataError: something in it is of none of the kinds that the kernel knows, or two symbols have one name.

    >>> from eftheory.proofkit.kernel.reader import read_theorem
    >>> from eftheory.proofkit import Theorem
    >>> t = Theorem("halves", "Half of a positive number is less")
    >>> x = t.parameter("x", above=0)
    >>> t.qed(t.positive("less", t.claim(x / 2 < x)))
    >>> data = write_theorem(t)
    >>> data["steps"]
    [{'name': 'less', 'says': [['/', 'x', '2'], '<', 'x'], 'reason': 'positivity'}]
    >>> vars(read_theorem(data)) == vars(t)
    True
    """
    writer = Writer() if writer is None else writer
    return {
        "format": FORMAT,
        **{name: writer.plain(getattr(theorem, name)) for name in ("slug", "title", "source", "index")},
        "symbols": writer.symbols,
        "parameters": [writer.parameter(parameter) for parameter in theorem.parameters],
        "hypotheses": [writer.step(step) for step in theorem.givens],
        "claims": [writer.relation(goal) for goal in theorem.conclusions],
        "steps": [writer.step(step) for step in theorem.steps],
        "qed": [writer.plain(name) for name in theorem.last],
    }


def as_text(data: dict[str, Data]) -> str:
    """The text of a file: a line for each symbol, parameter, hypothesis, claim and step."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(value)}" for key, value in data.items()) + "\n}\n"


def _lines(value: Data) -> str:
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(part)}" for key, part in value.items()) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f" {json.dumps(part)}" for part in value) + "\n]"
    return json.dumps(value)


class Writer:
    """Writes expressions, and notes once what the symbols are that occur."""

    def __init__(self) -> None:
        self.symbols: dict[str, dict[str, Data]] = {}
        self._meant: dict[str, Symbol | Linear] = {}

    def symbol(self, symbol: Symbol | Linear) -> str:
        """The name of a symbol or linear map; of each agent's own with an index."""
        key = f"{self.plain(symbol.name)}_i" if symbol.indexed else self.plain(symbol.name)
        meant = self._meant.setdefault(key, symbol)
        if type(meant) is not type(symbol) or meant != symbol:
            raise DataError(f"two symbols are called {symbol.name}")
        said = self.symbols.setdefault(key, {})
        if isinstance(symbol, Linear) or symbol.is_vector:
            said["kind"] = "map" if isinstance(symbol, Linear) else "vector"
        said |= {flag: True for flag in ("indexed", "random") if getattr(symbol, flag, False)}
        if symbol.latex:
            said.setdefault("latex", self.plain(symbol.latex))
        return key

    def node(self, node: Node) -> Data:
        """An expression."""
        if type(node) is Number and type(node.value) is Fraction:
            return str(node.value)
        if type(node) is Symbol:
            return self.symbol(node)
        if type(node) is Power and type(node.exponent) is int:
            return ["^", self.node(node.base), node.exponent]
        if type(node) is Image and type(node.map) is Linear:
            return ["map", self.symbol(node.map), self.node(node.body)]
        if type(node) not in _HEADS:
            raise DataError(f"{node!r:.60}: expressions are made of rational numbers, symbols and what they allow")
        known: Any = node
        parts: Any = [getattr(known, field.name) for field in fields(known)]
        return [_HEADS[type(node)], *map(self.node, parts[0] if type(parts[0]) is tuple else parts)]

    def relation(self, relation: Relation) -> Data:
        """[left, sign, right]."""
        if type(relation) is not Relation:
            raise DataError(f"{type(relation).__name__} is no relation")
        return [self.node(relation.left), self.plain(relation.sign), self.node(relation.right)]

    def parameter(self, parameter: Parameter) -> dict[str, Data]:
        """A symbol with the ends of its range."""
        data = {"symbol": self.symbol(parameter.symbol)}
        if parameter.lower is not None:
            data["at_least" if parameter.lower_closed else "above"] = self.node(parameter.lower)
        if parameter.upper is not None:
            data["at_most" if parameter.upper_closed else "below"] = self.node(parameter.upper)
        return data

    def step(self, step: Step) -> dict[str, Data]:
        """A line with its reason; a hypothesis has none."""
        data = {"name": self.plain(step.name), "says": self.relation(step.relation)}
        if type(step.reason) is Given:
            return data
        if type(step.reason) not in _REASON_NAMES:
            raise DataError(f"{type(step.reason).__name__} is no reason")
        data["reason"] = _REASON_NAMES[type(step.reason)]
        parts = {field.name: self.plain(getattr(step.reason, field.name)) for field in fields(step.reason)}
        return data | {name: part for name, part in parts.items() if part not in ([], {})}

    def plain(self, value: Any) -> Data:
        """Text, expressions, tuples of these, or values by symbols."""
        if type(value) is str:
            return value
        if isinstance(value, Node):
            return self.node(value)
        if isinstance(value, Mapping):
            return {self.symbol(symbol): self.plain(part) for symbol, part in value.items()}
        if isinstance(value, (tuple, list)):
            return [self.plain(part) for part in value]
        raise DataError(f"{value!r:.60}: no text and no expression")


def nodes_of(theorem: Theorem) -> Iterator[Node]:
    """The expressions of which its statement and its proof are made, each whole."""
    for parameter in theorem.parameters:
        yield from _inside([parameter.symbol, parameter.lower, parameter.upper])
    yield from _inside(theorem.conclusions)
    for step in (*theorem.givens, *theorem.steps):
        yield from _inside([step.relation, *(getattr(step.reason, field.name) for field in fields(step.reason))])


def _inside(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Relation):
        yield from (value.left, value.right)
    elif isinstance(value, Mapping):
        yield from _inside([*value.keys(), *value.values()])
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _inside(part)
