"""What a proof file tells beside its theorem, as plain data and back: words, places in the file, names, an example.

None of it decides anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eftheory.proofkit.kernel import theorem as plain
from eftheory.proofkit.kernel.expression import Node
from eftheory.proofkit.kernel.reader import (
    Data,
    DataError,
    Reader,
    keys_of,
    list_of,
    object_of,
    shown,
    text_of,
    whole_of,
)
from eftheory.proofkit.kernel.substitution import parts
from eftheory.proofkit.kernel.theorem import Step
from eftheory.proofkit.lessons.script import Script
from eftheory.proofkit.models.recorded import read_value, size_of, write_value
from eftheory.proofkit.models.world import Name
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.writer import Writer, nodes_of

_SIZES = ("n_agents", "dimension", "outcomes")
_VALUES = ("values", "later")
_THOUSANDTHS = 1000
"""A place in a file is a line, and a column in thousandths."""


def write_told(theorem: plain.Theorem, script: Script, writer: Writer) -> Data:
    """The words, lines, names and example of a theorem that the writer has written."""
    steps = (*theorem.givens, *theorem.steps)
    data: dict[str, Data] = {
        "lines": {step.name: [step.line, step.prose] if step.prose else [step.line] for step in steps},
        "between": [[place, text] for place, text in theorem.prose],
        "survivors": dict(theorem.survivors),
        "file": {
            "names": [
                [name, round(place * _THOUSANDTHS), writer.node(node)] for name, (place, node) in _used(theorem, script)
            ],
            "cells": [[line, text] for line, text in script.prose],
            "start": script.start,
            "claim": script.claim,
        },
    }
    if theorem.setting:
        sizes: dict[str, Data] = {name: theorem.setting[name] for name in _SIZES}
        values: dict[str, Data] = {
            kind: {writer.symbol(name): _written(value, writer) for name, value in theorem.setting[kind].items()}
            for kind in _VALUES
        }
        data["example"] = {**sizes, **values, "why_none": theorem.setting["why_none"]}
    return data


def add_told(bare: plain.Theorem, data: Data, reader: Reader) -> Theorem:
    """The theorem with what its file tells, in the kind in which others write theorems.

    Raises:
        DataError: the data are of another form, or a line break or a command hides in words.
    """
    said = keys_of(data, {"lines", "between", "survivors", "file"}, {"example"})
    lines = {name: _line(line) for name, line in object_of(said["lines"]).items()}
    theorem = Theorem(**vars(bare))
    theorem.givens = [_placed(step, lines) for step in theorem.givens]
    theorem.steps = [_placed(step, lines) for step in theorem.steps]
    theorem.prose = [(whole_of(place), _words(text)) for place, text in map(_pair, list_of(said["between"]))]
    theorem.survivors = {_words(what): _words(why) for what, why in object_of(said["survivors"]).items()}
    theorem.setting = _read_example(said["example"], reader) if "example" in said else {}
    theorem.script = _read_script(said["file"], reader)
    return theorem


def _used(theorem: plain.Theorem, script: Script) -> list[tuple[str, tuple[float, Node]]]:
    """The names of the file that stand for something in the theorem."""
    there: set[Node] = set()
    waiting = list(nodes_of(theorem))
    while waiting:
        node = waiting.pop()
        if node not in there:
            there.add(node)
            waiting += parts(node)
    return [(name, found) for name, found in script.names.items() if found[1] in there]


def _read_script(data: Data, reader: Reader) -> Script:
    said = keys_of(data, {"names", "cells", "start", "claim"})
    names: dict[str, tuple[float, Node]] = {}
    for name, place, node in (_listed(part, 3) for part in list_of(said["names"])):
        if not (text_of(name).isascii() and name.isidentifier()):
            raise DataError(f"{shown(name)}: a name of the file is asked for")
        names[name] = whole_of(place) / _THOUSANDTHS, reader.node(node)
    cells = [(whole_of(line), _words(text)) for line, text in map(_pair, list_of(said["cells"]))]
    return Script(names, cells, whole_of(said["start"]), whole_of(said["claim"]), True)


def _read_example(data: Data, reader: Reader) -> dict[str, Any]:
    said = keys_of(data, {*_SIZES, *_VALUES, "why_none"})
    sizes = {name: size_of(said[name]) for name in _SIZES}
    values: dict[str, dict[Name, Any]] = {kind: {} for kind in _VALUES}
    for kind in _VALUES:
        for name, value in object_of(said[kind]).items():
            if name not in reader.symbols:
                raise DataError(f"{shown(name)}: the example speaks of no symbol of the theorem")
            is_node = kind == "later" and type(value) is dict and value.keys() == {"is"}
            values[kind][reader.symbols[name]] = reader.node(value["is"]) if is_node else read_value(value)
    return {**sizes, **values, "why_none": _words(said["why_none"])}


def _written(value: Any, writer: Writer) -> Data:
    """A value, or, of the round after, an expression."""
    return {"is": writer.node(value)} if isinstance(value, Node) else write_value(value)


def _placed(step: Step, lines: dict[str, tuple[int, str]]) -> Step:
    line, prose = lines.get(step.name, (0, ""))
    return replace(step, line=line, prose=prose)


def _line(data: Data) -> tuple[int, str]:
    line, *prose = _listed(data, len(list_of(data)) or 1)
    return whole_of(line), "".join(map(_words, prose))


def _pair(data: Data) -> list[Data]:
    return _listed(data, 2)


def _listed(data: Data, size: int) -> list[Data]:
    if len(list_of(data)) != size:
        raise DataError(f"{shown(data)}: a list of {size} is asked for")
    return list_of(data)


def _words(data: Data) -> str:
    """Text in which nothing hides that a terminal would obey."""
    if not all(c.isprintable() or c == "\n" for c in text_of(data)):
        raise DataError(f"{shown(data)}: there is a character in it that cannot be seen")
    return text_of(data)
