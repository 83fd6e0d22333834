"""Bad certificates are made of good ones: one change each, sealed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from eftheory.writing import seal, write_certificate
from tests.kit.examples import example

DECREASE = "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: positive semidefinite"
NAMED = "one multiplier for each inequality and type"
SHAPE = "V is over the method's coordinates"


class Defect(NamedTuple):
    """A bad file: how it is made, which bound fails (or the reader refuses), and in which words."""

    make: Callable[[], bytes]
    bound: str
    expected: str


def document(name: str) -> dict[str, Any]:
    """A valid example as plain JSON data."""
    return json.loads(write_certificate(example(name)))


def text(content: dict[str, Any]) -> bytes:
    """The data as a file, as it stands."""
    return (json.dumps(content, sort_keys=True, indent=1) + "\n").encode()


def put(content: Any, path: str, value: Any) -> None:
    """Set (or with ``...`` delete) what stands at a path like ``upper/lyapunov/0/rows``."""
    *way, last = [int(key) if key.lstrip("-").isdigit() else key for key in path.split("/")]
    for key in way:
        content = content[key]
    if value is ...:
        del content[last]
    elif isinstance(content, list) and last == len(content):
        content.append(value)
    else:
        content[last] = value


def changed(name: str, *changes: tuple[str, Any]) -> Callable[[], bytes]:
    """The example with what stands at some paths replaced, sealed again."""

    def make() -> bytes:
        content = document(name)
        for path, value in changes:
            put(content, path, value)
        return text(seal(content))

    return make


def refused(expected: str, name: str, *changes: tuple[str, Any]) -> Defect:
    return Defect(changed(name, *changes), "reader", expected)


def fails(bound: str, expected: str, name: str, *changes: tuple[str, Any]) -> Defect:
    return Defect(changed(name, *changes), bound, expected)
