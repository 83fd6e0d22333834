"""Examples that were found once, in a file beside the proofs: to see that they hold is faster than to find them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from eftheory.proofkit.kernel.expression import Linear, Symbol
from eftheory.proofkit.kernel.reader import Data, DataError, list_of, object_of, parse, rational, shown, whole_of
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.example import Example, name_of, names_of
from eftheory.proofkit.models.given import start
from eftheory.proofkit.models.rounds import has_rounds, next_round, outcomes
from eftheory.proofkit.models.surd import LARGEST_FACTOR, Surd, has_square_factor
from eftheory.proofkit.models.world import Name, World

FILE = "examples.json"
LARGEST = 100


def recorded(theorem: Theorem) -> Example | None:
    """The example that stands in the file, if there is one and all that is assumed holds in it."""
    try:
        example = _read(theorem, object_of(theorem.recorded))
        if has_rounds(theorem):
            rounds = list_of(theorem.recorded["later"])
            later = [_read_next(next_round(example, w), rounds[w]) for w in outcomes(example)]
            example = replace(example, later=tuple(later))
        return None if example.failing else example
    except (DataError, KeyError, IndexError, TypeError, ValueError, ArithmeticError):
        return None


def read_examples(folder: Path) -> dict[str, Data]:
    """What stands in the file of a folder, by theorem; nothing if there is no file.

    Raises:
        DataError: it is no JSON object.
    """
    path = folder / FILE
    return _read_file(path, path.stat().st_mtime_ns) if path.is_file() else {}


def write_examples(folder: Path, examples: Iterable[Example]) -> None:
    """Put these into the file of a folder, in the place of those of the same theorems."""
    lines = read_examples(folder) | {example.theorem.slug: _write(example) for example in examples}
    text = ",\n".join(f"{json.dumps(slug)}: {json.dumps(lines[slug])}" for slug in sorted(lines))
    (folder / FILE).write_text(f"{{\n{text}\n}}\n", "utf-8")


@lru_cache(maxsize=8)
def _read_file(path: Path, _changed: int) -> dict[str, Data]:
    return object_of(parse(path.read_bytes()))


def _write(example: Example) -> dict[str, Data]:
    world = example.world
    data: dict[str, Data] = {
        **{"n_agents": world.n, "dimension": world.dimension, "outcomes": world.outcomes},
        "values": {
            name_of(name): [write_value(world.values[key]) for key in world.keys(name)]
            for name in sorted(names_of(example.theorem), key=lambda name: (name.name, name.indexed))
        },
    }
    return data | ({"later": [_write(each) for each in example.later]} if example.later else {})


def _read(theorem: Theorem, data: dict[str, Data]) -> Example:
    agents, chances, dimension = (size_of(data[name]) for name in ("n_agents", "outcomes", "dimension"))
    world = World(agents, [Fraction(1, chances)] * chances, dimension)
    for name in names_of(theorem):
        keys, values = world.keys(name), list_of(data["values"][name_of(name)])
        found = [read_value(value) for value in values]
        if len(keys) != len(found) or any(_shape(value) != _size(name, world) for value in found):
            raise DataError(f"{name_of(name)}: the example has other sizes")
        world.values |= dict(zip(keys, found))
    return Example(theorem, world)


def _read_next(theorem: Theorem, data: dict[str, Data]) -> Example:
    """The round after an example: what is known of it is as the example says."""
    found = _read(theorem, data)
    given = start(theorem).values
    if any(found.world.values.get(key, value) != value for key, value in given.items()):
        raise DataError(f"{theorem.slug}: it begins otherwise than the round before ends")
    return found


def _size(name: Name, world: World) -> list[int]:
    return [world.dimension] * (2 if isinstance(name, Linear) else int(isinstance(name, Symbol) and name.vector))


def _shape(value: Any) -> list[int]:
    return [len(value), *_shape(value[0])] if isinstance(value, list) else []


def size_of(data: Data) -> int:
    """How many agents, outcomes or dimensions there are.

    Raises:
        DataError: none, or more than 100.
    """
    if not 1 <= whole_of(data) <= LARGEST:
        raise DataError(f"{shown(data)}: an example has one to {LARGEST} agents, outcomes and dimensions")
    return whole_of(data)


def write_value(value: Any) -> Data:
    """A number of an example, or a list of them.

    Raises:
        DataError: it is no whole number, no fraction, and no sum of square roots.
    """
    if isinstance(value, (list, tuple)):
        return [write_value(part) for part in value]
    if isinstance(value, Surd):
        return {str(root): str(c) for root, c in value.terms.items()}
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise DataError(f"{value!r:.60}: an example is made of whole numbers, fractions and square roots")
    return str(value)


def read_value(data: Data) -> Any:
    """A rational number; a sum of roots, as {"2": "1/3"} for sqrt(2)/3; or a list.

    >>> read_value(write_value([Fraction(1, 2), Surd({2: Fraction(1)})])) == [Fraction(1, 2), Surd({2: Fraction(1)})]
    True
    """
    if type(data) is list:
        return [read_value(part) for part in data]
    if type(data) is dict:
        terms = {int(root): rational(c) for root, c in data.items() if root.isdecimal()}
        fine = all(0 < root < LARGEST_FACTOR**4 and not has_square_factor(root) for root in terms)
        if not fine or len(terms) < len(data) or not all(terms.values()) or not set(terms) - {1}:
            raise DataError(f"{shown(data)}: a sum of square roots is asked for")
        return Surd(terms)
    return rational(data)
