"""A grid of claims, written in a file: every choice of values, but for those that a filter leaves out."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations_with_replacement, product
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from typing import Any

from eftheory.bounds.written import OPTIONS, SEVERAL
from eftheory.numbers import read_number
from eftheory.sweep.item import Item
from eftheory.sweep.spread import spread

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib

_COMPARISON = re.compile(r"\s*(\w[\w-]*)\s*(<=|>=|==|!=|<|>)\s*(\S+)\s*")
_COMPARE = {"<=": le, ">=": ge, "==": eq, "!=": ne, "<": lt, ">": gt}
_NAME = re.compile(r"\{(\w+)\}")


NAMED = {path.stem.replace("_", "-"): path for path in sorted((Path(__file__).parent / "grids").glob("*.toml"))}
"""Grids of eftheory's own, by name."""


def read_grid(path: Path) -> tuple[Item, ...]:
    """The claims of a file in TOML, each once.

    A table gives each option of ``certify`` its values: a text, a list of texts, or a range as ``spread`` reads it.
    Lists of ``agents`` are alternatives: a text is one type, a list several, the name of a CSV file, with columns L,
    mu, count and perhaps name, all types in it; and ``{ choose = 2, type = "L={L},mu=1", L = [1, 10] }`` all sets of
    two agents, equal or not, of these types. ``variables`` are values, too, and stand in braces in other texts.
    ``where`` keeps what obeys all its comparisons. Several grids, each a table ``[[grid]]``, are joined.

    Raises:
        ValueError: it is no TOML, or says something that has no place here; the message names the file.
    """
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        several = said.pop("grid", None)
        shared = said if several is not None else {}
        tables = [said] if several is None else [{**shared, **table} for table in _tables(several)]
        return join(item for table in tables for item in read_table(table, path.parent))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from None


def _tables(several: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(several, list) or not all(isinstance(table, dict) for table in several):
        raise ValueError("grid: write [[grid]] before each table")
    return several


def join(items: Iterable[Item]) -> tuple[Item, ...]:
    """The claims without those that are asked twice, however they are written.

    Raises:
        ValueError: one cannot be read, or there is none.
    """
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(item.digest, item)
    if not found:
        raise ValueError("no claim is left: the filters leave all out")
    return tuple(found.values())


def read_table(table: Mapping[str, Any], folder: Path = Path()) -> Iterator[Item]:
    """The claims of one grid.

    Args:
        table: values by the names of options, ``variables`` and ``where``.
        folder: where CSV files are.

    >>> [item.said["alpha"] for item in read_table({"method": "gd", "agents": "L=1,mu=0.1", "alpha": "1/4:1/2:2"})]
    ['1/4', '1/2']
    """
    given = {name.replace("-", "_"): value for name, value in table.items()}
    variables, tests = given.pop("variables", {}), [_read_test(text) for text in _listed(given.pop("where", []))]
    if not isinstance(variables, Mapping):
        raise ValueError("variables: write a table, as variables = { kappa = [10, 100] }")
    for name in given:
        if name not in OPTIONS:
            near = get_close_matches(name, (*OPTIONS, "variables", "where"), n=1)
            how = f"did you mean {near[0]}?" if near else f"choose of {', '.join(OPTIONS)}, variables, where"
            raise ValueError(f"{name[:40]!r} is no option: {how}")
    for name, _, _ in tests:
        if name in SEVERAL:
            raise ValueError(f"where: {name} is a list, and is compared with nothing; use variables in its texts")
        if name not in given and name not in variables:
            raise ValueError(f"where: {name!r} has no values here; {', '.join([*variables, *given])} have")
    bound = {
        name: [each for text in _listed(value) for each in spread(text, name)] for name, value in variables.items()
    }
    for chosen in product(*bound.values()):
        values = dict(zip(bound, chosen))
        options = {name: [*_alternatives(name, value, values, folder)] for name, value in given.items()}
        for told in product(*options.values()):
            said = dict(zip(options, told))
            if all(_holds(test, {**values, **said}) for test in tests):
                yield Item(said)


def _alternatives(name: str, value: Any, values: Mapping[str, str], folder: Path) -> Iterator[Any]:
    """The values of an option, one after the other, with the variables put in."""
    if name == "agents":
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                yield from _choose(each)
                continue
            types = [_put(text, values) for text in _listed(each)]
            yield [type_ for text in types for type_ in (_rows(folder / text) if text.endswith(".csv") else [text])]
    elif name in SEVERAL:
        yield [_put(text, values) for text in _listed(value)]
    else:
        for text in _listed(value):
            yield from spread(_put(text, values), name)


def _choose(said: Mapping[str, Any]) -> Iterator[list[str]]:
    """All sets of so many agents, equal or not, of the types that a text with variables stands for."""
    if not {"choose", "type"} <= said.keys():
        raise ValueError('agents: write { choose = 2, type = "L={L},mu=1", L = [1, 10] }')
    count, told = said["choose"], {name: value for name, value in said.items() if name not in ("choose", "type")}
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise ValueError(f"agents: choose={count!r:.40}: a whole number of agents, at least 1")
    bound = {name: [it for text in _listed(value) for it in spread(text, name)] for name, value in told.items()}
    types = [_put(str(said["type"]), dict(zip(bound, values))) for values in product(*bound.values())]
    yield from map(list, combinations_with_replacement(types, count))


def _listed(value: Any) -> list[str]:
    """Texts, from one or several; numbers are what they are as text."""
    several = value if isinstance(value, list) else [value]
    for each in several:
        if isinstance(each, bool) or not isinstance(each, (str, int, float)):
            raise ValueError(f"{each!r:.60}: write a text or a number")
    return [str(each) for each in several]


def _put(text: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise ValueError(f"{text!r:.60}: there is no variable {match[1]!r}; {', '.join(values) or 'there is none'}")
        return values[match[1]]

    return _NAME.sub(value, text)


def _rows(path: Path) -> list[str]:
    """The types of agents in a CSV file.

    Raises:
        ValueError: it is not there, has no types, or a column that is none of L, mu, count and name.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            table = csv.DictReader(file)
            columns = [name.strip() for name in table.fieldnames or ()]
            table.fieldnames = columns
            rows = [row for row in table if any(row.values())]
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    strange = [name for name in columns if name not in ("L", "mu", "count", "class", "name")]
    if strange or "L" not in columns or not rows:
        wrong = f"column {strange[0]!r}" if strange else "no column L" if "L" not in columns else "no rows"
        raise ValueError(f"{path}: {wrong}; write columns L, mu, count and, if you like, name")
    return [
        ",".join(f"{name}={row[name].strip()}" for name in columns if name != "name" and (row[name] or "").strip())
        for row in rows
    ]


def _read_test(text: str) -> tuple[str, str, str]:
    match = _COMPARISON.fullmatch(text)
    if not match:
        raise ValueError(f"where: {text!r:.60} is no comparison; write NAME OP VALUE, as 'alpha < 1'")
    return match[1].replace("-", "_"), match[2], match[3]


def _holds(test: tuple[str, str, str], said: Mapping[str, Any]) -> bool:
    """Whether a claim passes; numbers are compared as numbers, other words can be equal or not."""
    name, sign, right = test
    left, other = str(said[name]), str(said.get(right, right))
    try:
        return bool(_COMPARE[sign](read_number(left), read_number(other)))
    except ValueError:
        if sign not in ("==", "!="):
            raise ValueError(f"where: {left!r:.40} {sign} {other!r:.40}: words can be == or != only") from None
        return bool(_COMPARE[sign](left, other))
