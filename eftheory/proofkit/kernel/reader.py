"""A theorem with its proof, made of plain data: what a file says reaches the kernel in no other way.

FORMAT.md says what the data mean. The file ran in another process, so whatever it called a symbol or did to
the kernel, here there are numbers, symbols, expressions and reasons of the kernel's own kinds, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from fractions import Fraction
from functools import partial
from typing import Any, NoReturn, TypeAlias, get_args, get_origin, get_type_hints

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
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import (
    Averaged,
    Combination,
    Expected,
    Geometric,
    Given,
    Lemma,
    Positivity,
    Repeated,
    Telescoped,
)
from eftheory.proofkit.kernel.theorem import Step, Theorem

FORMAT = "eftheory-theorem/1"
DEEPEST = 100
"""So many expressions may lie in each other."""
NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?")
Data: TypeAlias = Any
"""What JSON can say without fractions: text, whole numbers, truth values, lists, objects."""
REASONS: dict[str, type] = {
    kind.__name__.lower(): kind
    for kind in (
        Averaged, Combination, Expected, Geometric, Lemma, Positivity, Repeated, Telescoped,
    )
}  # fmt: skip
"""By the names that they have in the data; a hypothesis has no reason."""
LISTS: dict[str, type] = {"+": Sum, "*": Product}
"""What has any number of parts."""
FIXED: dict[str, type] = {"/": Quotient, "inner": Inner, "mean": Mean, "expectation": Expectation}
"""What has a part for each of its fields."""
SYMBOL_KINDS = ("scalar", "vector", "map")


class DataError(ValueError):
    """The data are no theorem; the message says where and why."""


def parse(text: bytes) -> Data:
    """JSON without fractions, and without keys that occur twice.

    Raises:
        DataError: it is something else.
    """
    try:
        return json.loads(
            text.decode("utf-8"), object_pairs_hook=_unique, parse_float=_refuse_number, parse_constant=_refuse_number
        )
    except RecursionError:
        raise DataError("nested too deeply") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise DataError(f"not JSON: {error}") from None


def read_theorem(data: Data) -> Theorem:
    """The theorem that data are; what is told beside it is left out.

    Raises:
        DataError: they are none.
    """
    try:
        return _read_theorem(data)
    except RecursionError:
        raise DataError("nested too deeply") from None


def _read_theorem(data: Data) -> Theorem:
    texts, lists = ("slug", "title", "source", "index"), ("parameters", "hypotheses", "claims", "steps", "qed")
    said = keys_of(data, {"format", *texts, "symbols", *lists}, {"told"})
    if said["format"] != FORMAT:
        raise DataError(f"format is {shown(said['format'])}, expected {FORMAT!r}")
    reader = Reader(said["symbols"])
    parts = {name: list_of(said[name]) for name in lists}
    slug, title, source, index = (text_of(said[name]) for name in texts)
    return Theorem(
        slug,
        title,
        source,
        index=index,
        parameters=[reader.parameter(part) for part in parts["parameters"]],
        givens=[reader.hypothesis(part) for part in parts["hypotheses"]],
        steps=[reader.step(part) for part in parts["steps"]],
        conclusions=[reader.relation(part) for part in parts["claims"]],
        last=[text_of(part) for part in parts["qed"]],
    )


class Reader:
    """Makes expressions of data.

    Args:
        symbols: what the data say of each.
    """

    def __init__(self, symbols: Data) -> None:
        self.symbols = {key: _symbol(key, said) for key, said in object_of(symbols).items()}
        self._plain: dict[Any, Callable[[Data], Any]] = {str: text_of, Node: self.node, Symbol: self.symbol}

    def symbol(self, value: Data) -> Symbol:
        """A symbol, by its name."""
        found = self.symbols.get(text_of(value))
        if type(found) is not Symbol:
            raise DataError(f"{shown(value)} is no number and no symbol")
        return found

    def node(self, value: Data, depth: int = 0) -> Node:
        """An expression."""
        if depth > DEEPEST:
            raise DataError("nested too deeply")
        if type(value) is str:
            return Number(rational(value)) if value[:1] in "-0123456789" else self.symbol(value)
        head, *rest = list_of(value) or [""]
        inside = partial(self.node, depth=depth + 1)
        made: Callable[[], Any]
        if head == "^" and len(rest) == 2 and type(rest[1]) is int and rest[1] >= 0:
            made = lambda: Power(inside(rest[0]), rest[1])  # noqa: E731
        elif head == "map" and len(rest) == 2 and type(found := self.symbols.get(text_of(rest[0]))) is Linear:
            made = lambda: Image(found, inside(rest[1]))  # noqa: E731
        elif type(head) is str and head in LISTS:
            made = lambda: LISTS[head](tuple(map(inside, rest)))  # noqa: E731
        elif type(head) is str and head in FIXED and len(rest) == len(fields(FIXED[head])):
            made = lambda: FIXED[head](*map(inside, rest))  # noqa: E731
        else:
            raise DataError(f"{shown(value)} is no expression")
        return _fitting(made)  # type: ignore[no-any-return]

    def relation(self, value: Data) -> Relation:
        """[left, sign, right]."""
        parts = list_of(value)
        if len(parts) != 3 or parts[1] not in ("=", "<=", "<"):
            raise DataError(f"{shown(value)} is no relation")
        made = lambda: Relation(self.node(parts[0]), parts[1], self.node(parts[2]))  # noqa: E731
        return _fitting(made)  # type: ignore[no-any-return]

    def parameter(self, value: Data) -> Parameter:
        """A symbol with the ends of its range."""
        ends = keys_of(value, {"symbol"}, {"above", "at_least", "below", "at_most"})
        if {"above", "at_least"} <= ends.keys() or {"below", "at_most"} <= ends.keys():
            raise DataError(f"{shown(value)}: a range has one lower and one upper bound")
        nodes = {name: self.node(end) for name, end in ends.items() if name != "symbol"}
        lower, upper = nodes.get("above", nodes.get("at_least")), nodes.get("below", nodes.get("at_most"))
        return Parameter(self.symbol(ends["symbol"]), lower, upper, "at_least" in ends, "at_most" in ends)

    def hypothesis(self, value: Data) -> Step:
        """A line without a reason."""
        said = keys_of(value, {"name", "says"})
        return Step(text_of(said["name"]), self.relation(said["says"]), Given())

    def step(self, value: Data) -> Step:
        """A line with its reason."""
        name = object_of(value).get("reason")
        if type(name) is not str or name not in REASONS:
            raise DataError(f"{shown(name)} is no reason; there are: {', '.join(REASONS)}")
        kind = REASONS[name]
        needed: set[str] = set()
        others: set[str] = set()
        for field in fields(kind):
            (needed if field.default is MISSING and field.default_factory is MISSING else others).add(field.name)
        said = keys_of(value, {"name", "says", "reason", *needed}, others)
        hints = get_type_hints(kind)
        reason = kind(**{key: self.read(hints[key], said[key]) for key in said.keys() & (needed | others)})
        return Step(text_of(said["name"]), self.relation(said["says"]), reason)

    def read(self, kind: Any, data: Data) -> Any:
        """A part of a reason, of the type that its field has."""
        if kind in self._plain:
            return self._plain[kind](data)
        inside = get_args(kind)
        if get_origin(kind) is Mapping:
            return {self.symbol(key): self.read(inside[1], value) for key, value in object_of(data).items()}
        parts = list_of(data)
        if inside[-1] is ...:
            return tuple(self.read(inside[0], part) for part in parts)
        if len(parts) != len(inside):
            raise DataError(f"{shown(data)}: a list of {len(inside)} is asked for")
        return tuple(map(self.read, inside, parts))


def _fitting(made: Callable[[], Any]) -> Any:
    """What is made, if vectors and scalars stand where they belong."""
    try:
        return made()
    except TypeError as error:
        raise DataError(str(error)) from None


def _symbol(key: str, said: Data) -> Symbol | Linear:
    """A symbol or linear map; its own name is without the index."""
    said = keys_of(said, set(), {"kind", "indexed", "random", "latex"})
    kind, indexed, chance = said.get("kind", "scalar"), said.get("indexed", False), said.get("random", False)
    latex = text_of(said.get("latex", ""))
    if kind not in SYMBOL_KINDS or type(indexed) is not bool or type(chance) is not bool or not key.isprintable():
        raise DataError(f"{shown(key)}: a symbol that can be seen is a scalar, vector or map, indexed, random or not")
    if indexed and not key.endswith("_i"):
        raise DataError(f"{shown(key)}: the name of what each agent has of its own ends with _i")
    name = key[:-2] if indexed else key
    if kind == "map" and chance:
        raise DataError(f"{shown(key)}: linear maps are not random")
    return Linear(name, indexed, latex) if kind == "map" else Symbol(name, kind == "vector", indexed, chance, latex)


def rational(text: Data) -> Fraction:
    """A number."""
    try:
        if NUMBER.fullmatch(text_of(text)) and str(found := Fraction(text)) == text:
            return found
    except (ValueError, ZeroDivisionError):
        pass
    raise DataError(f'{shown(text)}: numbers are whole or in lowest terms, like "20/209"')


def text_of(value: Data) -> str:
    """Words, or the name of a line."""
    if type(value) is not str:
        raise DataError(f"{shown(value)}: text is asked for")
    return value


def whole_of(value: Data) -> int:
    """A whole number that is not negative."""
    if type(value) is not int or value < 0:
        raise DataError(f"{shown(value)}: a whole number is asked for")
    return value


def list_of(value: Data) -> list[Data]:
    """A list."""
    if type(value) is not list:
        raise DataError(f"{shown(value)}: a list is asked for")
    return value


def object_of(value: Data) -> dict[str, Data]:
    """An object."""
    if type(value) is not dict:
        raise DataError(f"{shown(value)}: an object is asked for")
    return value


def keys_of(value: Data, needed: set[str], others: set[str] | None = None) -> dict[str, Data]:
    """An object that has all the keys that are needed, perhaps others, and no more."""
    said, known = object_of(value), needed | (others or set())
    if missing := sorted(needed - said.keys()):
        raise DataError(f"{shown(value)}: {missing[0]!r} is missing")
    if unknown := sorted(said.keys() - known):
        raise DataError(f"{shown(value)}: {unknown[0][:40]!a} is no key here; there are {', '.join(sorted(known))}")
    return said


def shown(value: Data) -> str:
    """The beginning of what was read, for messages."""
    return ascii(value)[:60]


def _unique(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DataError("a key occurs twice in an object")
    return found


def _refuse_number(text: str) -> NoReturn:
    raise DataError(f'{text[:40]}: numbers are written as text, like "20/209"')
