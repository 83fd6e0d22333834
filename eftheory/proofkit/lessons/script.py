"""The file of a proof, as a lesson follows it."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from eftheory.proofkit.kernel.expression import Node, Number, Symbol
from eftheory.proofkit.kernel.theorem import Theorem

MEANINGS = "Symbols"
_MEANING = re.compile(r"^- `([^`]+)`: (.*(?:\n  .*)*)", re.MULTILINE)


@dataclass
class Script:
    """A proof file: names its author gave to expressions, cells of prose, and on which lines things stand.

    Attributes:
        names: of expressions, in order, each with its place (line, and column in thousandths); those that keep their
            meaning.
        prose: (line, text) of the markdown cells.
        start: the line at which the theorem begins.
        claim: the line of ``claim``.
        there: whether there is a file.
    """

    names: Mapping[str, tuple[float, Node]] = field(default_factory=dict)
    prose: list[tuple[int, str]] = field(default_factory=list)
    start: int = 0
    claim: int = 0
    there: bool = False

    @classmethod
    def of(cls, module: ModuleType | None) -> Script:
        """The script of a module; an empty one if its file is not there."""
        file = getattr(module, "__file__", None)
        if module is None or not file or not Path(file).is_file():
            return cls()
        source = Path(file).read_text("utf-8")
        tree = ast.parse(source)
        values = vars(module)
        names = {
            name: (line, values[name])
            for name, line in _assigned_once(tree).items()
            if isinstance(values.get(name), Node)
            and not isinstance(values[name], (Symbol, Number))
            and not name.startswith("_")
            and name.isascii()
        }
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        starts = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Theorem"]
        claims = [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "claim"]
        return cls(names, _prose(source), min(starts, default=0), max(claims, default=0), True)

    def meanings(self) -> dict[str, str]:
        """What symbols are, by their names as they are printed, of a cell with the heading "Symbols"."""
        listed = (text for _, text in self.prose if text.lstrip("# ").startswith(MEANINGS))
        return dict(pair for text in listed for pair in _MEANING.findall(text))

    @classmethod
    def find(cls, theorem: Theorem) -> Script:
        """The script with which the theorem was read, or of the module that is run and holds it."""
        return theorem.script if isinstance(theorem.script, cls) else cls.of(module_of(theorem))


def _assigned_once(tree: ast.Module) -> dict[str, float]:
    """The names that are given a value at top level, and nowhere in a loop or again, in order, with their places."""
    lines: dict[str, float] = {}
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        for node in (node for target in targets for node in ast.walk(target)):
            if isinstance(node, ast.Name):
                lines.setdefault(node.id, node.lineno + min(node.col_offset, 999) / 1000)
    times = Counter(name for statement in tree.body for name in _stored(statement))
    return {name: line for name, line in lines.items() if times[name] == 1}


def _stored(node: ast.AST) -> Iterator[str]:
    """The names of the module that a statement gives values to; what a function does inside is its own."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    if not isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.comprehension)):
        for child in ast.iter_child_nodes(node):
            yield from _stored(child)


def _prose(source: str) -> list[tuple[int, str]]:
    """The markdown cells, each with its line."""
    found: list[tuple[int, str]] = []
    inside, start = False, 0
    text: list[str] = []
    for number, line in enumerate([*source.splitlines(), "# %%"], 1):
        if line.startswith("# %%"):
            if inside and text:
                found.append((start, "\n".join(text)))
            inside, start, text = "[markdown]" in line, number, []
        elif inside:
            text.append(line.removeprefix("#").removeprefix(" "))
    return found


def module_of(theorem: Theorem) -> ModuleType | None:
    """The module that is run, if in it the theorem is called ``theorem``."""
    module = sys.modules.get("__main__")
    return module if getattr(module, "theorem", None) is theorem else None
