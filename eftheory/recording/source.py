"""What the source of a file says of names: which statements bind them, and where these stand."""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import FunctionType, ModuleType

from eftheory.recording.places import is_library, is_own

_RUN = (ast.Expr, ast.For, ast.While, ast.With, ast.If, ast.Try)  # statements that may do something to a value
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Scope:
    """Where code stands: a file of a module, and the functions around, the outermost first."""

    module: ModuleType
    file: str = ""
    around: tuple[_Function, ...] = ()

    @classmethod
    def of(cls, module: ModuleType, file: str, line: int) -> Scope:
        """Where a line stands; what begins in this line is not around it."""
        functions = _parse(file).functions
        return cls(module, file, tuple(it for it in functions if _first_line(it) < line <= (it.end_lineno or 0)))

    def binds(self, name: str) -> bool:
        """Whether a name is one of the functions around."""
        return any(name in deeds_of(it).binds for it in self.body)

    @property
    def body(self) -> list[ast.stmt]:
        """The statements of the functions around."""
        return [it for around in self.around if not isinstance(around, ast.Lambda) for it in around.body]

    def statements(self, name: str) -> Iterator[tuple[ast.stmt, Scope]]:
        """The statements where a name belongs, and where they are."""
        if self.binds(name):
            yield from ((it, self) for it in self.body)
            return
        for file in reversed(_files(self.module)):
            body = _parse(file).body
            yield from ((it, Scope(self.module, file)) for it in body)
            if any(name in deeds_of(it).binds for it in body):  # what cells said before is over
                return


def scope_of(function: FunctionType) -> Scope | None:
    """Where a function is defined; None if its module is not known."""
    module = sys.modules.get(str(function.__globals__.get("__name__")))
    code = function.__code__
    return Scope.of(module, code.co_filename, code.co_firstlineno) if module else None


def definitions(it: type | FunctionType) -> Iterator[tuple[Iterable[ast.AST], Scope]]:
    """What ran when a class or a function was defined, and where: its body, or its defaults, and what decorates it."""
    if isinstance(it, FunctionType):
        if scope := scope_of(it):
            found = _parse(scope.file).functions
            yield from ((outside_of_functions(n), scope) for n in found if _first_line(n) == it.__code__.co_firstlineno)
    elif module := sys.modules.get(it.__module__):
        codes = [f.__code__ for f in vars(it).values() if isinstance(f, FunctionType)]
        cells, files = {code.co_filename for code in codes}, _files(module)
        for file in [file for file in files if file in cells] or files:
            for node in (node for node in _parse(file).classes if node.name == it.__name__):
                inside = any(node.lineno <= code.co_firstlineno <= (node.end_lineno or 0) for code in codes)
                if inside or it.__qualname__ == node.name:
                    parts = map(outside_of_functions, (*node.body, *node.decorator_list))
                    yield chain.from_iterable(parts), Scope.of(module, file, node.lineno)


class Deeds:
    """What a statement does to names, but for what functions in it do when they are called.

    Attributes:
        binds: names that stand for something new.
        changes: names whose things may be others, as in ``name[0] = 1`` and ``name.append(1)``.
        imports: names with the module that they are from, and how they are called there.
        hands: names with what is called with them, as in ``random.shuffle(name)``.
    """

    def __init__(self, statement: ast.stmt) -> None:
        self.binds: set[str] = set()
        self.changes: set[str] = set()
        self.imports: dict[str, tuple[str, str]] = {}
        self.hands: dict[str, list[ast.expr]] = {}
        if not isinstance(statement, ast.If) or "__name__" not in ast.dump(statement.test):  # it runs as a program only
            for node in outside_of_functions(statement):
                self.see(node, runs=isinstance(statement, _RUN))
        if isinstance(statement, ast.ImportFrom):
            self.imports = {it.asname or it.name: (statement.module or "", it.name) for it in statement.names}

    def see(self, node: ast.AST, *, runs: bool) -> None:
        """Note what a part of the statement does, if it is run for what it does."""
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            self.binds.add(node.id)
        elif isinstance(node, ast.alias):
            self.binds.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.binds.add(node.name)
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            if not isinstance(node.ctx, ast.Load) or (runs and isinstance(node, ast.Attribute)):
                self.changes.add(_base(node))
        elif isinstance(node, ast.Call) and runs:
            for it in node.args:
                self.hands.setdefault(it.id if isinstance(it, ast.Name) else "", []).append(node.func)


deeds_of = lru_cache(maxsize=10_000)(Deeds)


def _base(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it but the bodies of functions and classes, which run later or are read for themselves."""
    yield node
    parts: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        arguments = getattr(node, "args", None)
        defaults = (*arguments.defaults, *arguments.kw_defaults) if arguments else ()
        body = [node.body] if isinstance(node, ast.Lambda) else []
        parts = [it for it in (*getattr(node, "decorator_list", ()), *defaults, *body) if it is not None]
    for part in parts:
        yield from outside_of_functions(part)


def _first_line(node: _Function) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(it.lineno for it in decorators)])


@dataclass(frozen=True)
class _Source:
    """A file, with its functions and classes however deep they are."""

    body: Sequence[ast.stmt] = ()
    functions: Sequence[_Function] = ()
    classes: Sequence[ast.ClassDef] = ()


def _files(module: ModuleType) -> list[str]:
    """Where the source of a module is: its file, or without one all that was typed in, as in cells of a notebook."""
    file = getattr(module, "__file__", None)
    if file:
        return [file]
    return [name for name, entry in [*linecache.cache.items()] if len(entry) > 1 and entry[1] is None]


def _parse(file: str) -> _Source:
    """A source; nothing where there is none, or it is no user's."""
    if not file or is_library(file) or is_own(file):
        return _Source()
    path = Path(file)
    return _parse_text(file, path.stat().st_mtime_ns if path.is_file() else "".join(linecache.getlines(file)))


@lru_cache(maxsize=64)
def _parse_text(file: str, version: int | str) -> _Source:
    """The source of a file as it was at some time, or a text."""
    try:
        tree = ast.parse(Path(file).read_bytes() if isinstance(version, int) else version)
    except (SyntaxError, ValueError):
        return _Source()
    nodes = [*ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, _FUNCTIONS)]
    return _Source(tree.body, functions, [node for node in nodes if isinstance(node, ast.ClassDef)])
