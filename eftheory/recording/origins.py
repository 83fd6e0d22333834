"""How the constants of a method were made, read from its source: chance frozen in a constant is chance all the same."""

from __future__ import annotations

import ast
import builtins
import linecache
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType

from eftheory.recording.chance import find_chance
from eftheory.recording.code import Reader, Reference
from eftheory.recording.places import is_library, is_own, is_users, say_place

_RUN = (ast.Expr, ast.For, ast.While, ast.With, ast.If, ast.Try)  # statements that may do something to a value
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def require_constants(reader: Reader) -> None:
    """Refuse constants that were drawn, or read off a clock or the environment, when the file was loaded.

    Raises:
        RecordingError: there is one; the message names the line.
    """
    origins = _Origins(reader)
    for cls in reader.classes:
        origins.follow_class(cls)
    for reference in reader.references:  # to follow one may find more code, and with it more references
        origins.follow(reference)


@dataclass(frozen=True)
class _Scope:
    """Where code stands: a file of a module, and the functions around, the outermost first."""

    module: ModuleType
    file: str = ""
    around: tuple[_Function, ...] = ()

    @classmethod
    def of(cls, module: ModuleType, file: str, line: int) -> _Scope:
        """That of a line; what begins there is not around it."""
        functions = _parse(file).functions
        return cls(module, file, tuple(it for it in functions if _first_line(it) < line <= (it.end_lineno or 0)))

    def binds(self, name: str) -> bool:
        """Whether a name is one of the functions around."""
        return any(name in _deeds(it).binds for it in self.body)

    @property
    def body(self) -> list[ast.stmt]:
        """The statements of the functions around."""
        return [it for around in self.around if not isinstance(around, ast.Lambda) for it in around.body]

    def statements(self, name: str) -> Iterator[tuple[ast.stmt, _Scope]]:
        """The statements where a name belongs, and where they are."""
        if self.binds(name):
            yield from ((it, self) for it in self.body)
            return
        for file in reversed(_files(self.module)):
            body = _parse(file).body
            yield from ((it, _Scope(self.module, file)) for it in body)
            if any(name in _deeds(it).binds for it in body):  # what cells said before is over
                return


class _Origins:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.seen: set[object] = set()

    def follow(self, reference: Reference) -> None:
        """Look where a constant was made, and the defaults of a function."""
        value, home = reference.value, reference.home
        kind = value if isinstance(value, type) else type(value)
        if is_users(kind):
            self.follow_class(kind)
        if isinstance(value, FunctionType):
            self.follow_function(value)
        scope = _scope_of(home) if isinstance(home, FunctionType) else None
        scope = _Scope(home) if isinstance(home, ModuleType) else scope
        if scope and not isinstance(value, ModuleType):
            self.follow_name(reference.name.rpartition(".")[2], scope)

    def follow_name(self, name: str, scope: _Scope) -> None:
        """Look at the statements that bind a name."""
        logs = type(getattr(scope.module, name, None)).__module__ == "logging"  # what is written there is no constant
        key = name, id(scope.module), scope.around
        if logs or key in self.seen:
            return
        self.seen.add(key)
        for statement, where in scope.statements(name):
            deeds = _deeds(statement)
            source, imported = deeds.imports.get(name, ("", ""))
            if source in sys.modules:
                self.follow_name(imported, _Scope(sys.modules[source]))
            elif name in deeds.binds | deeds.changes:
                self.read(_outside_of_functions(statement), where)
            for called in deeds.hands.get(name, ()):
                self.read(ast.walk(called), where)

    def follow_class(self, cls: type) -> None:
        """Look at the body of a class."""
        module = sys.modules.get(cls.__module__)
        if module is None or id(cls) in self.seen:
            return
        self.seen.add(id(cls))
        codes = [f.__code__ for f in vars(cls).values() if isinstance(f, FunctionType)]
        cells, files = {code.co_filename for code in codes}, _files(module)
        for file in [file for file in files if file in cells] or files:
            for node in (node for node in _parse(file).classes if node.name == cls.__name__):
                inside = any(node.lineno <= code.co_firstlineno <= (node.end_lineno or 0) for code in codes)
                if inside or cls.__qualname__ == node.name:
                    parts = (part for statement in node.body for part in _outside_of_functions(statement))
                    self.read((*parts, *node.decorator_list), _Scope.of(module, file, node.lineno))

    def follow_function(self, function: FunctionType) -> None:
        """Look at the defaults of a function, and at what decorates it, as no class or name may lead there."""
        scope, line = _scope_of(function), function.__code__.co_firstlineno
        if scope and (scope.file, line) not in self.seen:
            self.seen.add((scope.file, line))
            for node in (node for node in _parse(scope.file).functions if _first_line(node) == line):
                self.read(_outside_of_functions(node), scope)

    def read(self, nodes: Iterable[ast.AST], scope: _Scope) -> None:
        """Look at all names in some code that ran when the file was loaded, or when a function around was called."""
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if not scope.binds(node.id):
                    self.meet(node, getattr(scope.module, node.id, vars(builtins).get(node.id)), scope)
                self.follow_name(node.id, scope)
            elif isinstance(node, ast.Attribute):
                self.meet(node, _value(node, scope.module), scope)

    def meet(self, node: ast.expr, value: object, scope: _Scope) -> None:
        """Refuse chance, and read what was called."""
        found = find_chance(value)
        if found and not found.startswith("how often"):
            problem = f"a constant of it was made by {found}: write the number itself, or give it as a parameter"
            raise self.reader.refusal(say_place(scope.file, node.lineno), f"{problem}, --param name=value")
        if isinstance(value, (FunctionType, type)):
            self.reader.follow(value)


def _scope_of(function: FunctionType) -> _Scope | None:
    module = sys.modules.get(str(function.__globals__.get("__name__")))
    code = function.__code__
    return _Scope.of(module, code.co_filename, code.co_firstlineno) if module else None


def _value(node: ast.expr, module: ModuleType) -> object:
    """What a chain of names says, as far as it is modules that are asked; None if that is not known."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute) and isinstance(owner := _value(node.value, module), ModuleType):
        return getattr(owner, node.attr, None)
    return None


class _Deeds:
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
            for node in _outside_of_functions(statement):
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


_deeds = lru_cache(maxsize=10_000)(_Deeds)


def _base(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it but the bodies of functions and classes, which run later or are read for themselves."""
    yield node
    parts: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        arguments = getattr(node, "args", None)
        defaults = (*arguments.defaults, *arguments.kw_defaults) if arguments else ()
        body = [node.body] if isinstance(node, ast.Lambda) else []
        parts = [it for it in (*getattr(node, "decorator_list", ()), *defaults, *body) if it is not None]
    for part in parts:
        yield from _outside_of_functions(part)


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
    if path.is_file():
        return _parse_text(file, path.stat().st_mtime_ns)
    return _parse_text(file, "".join(linecache.getlines(file)))


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
