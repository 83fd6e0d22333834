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
from eftheory.recording.code import Reader, Reference, is_users
from eftheory.recording.places import is_library, is_own, say_place
from eftheory.recording.trace import RecordingError

_RUN = (ast.Expr, ast.For, ast.While, ast.With, ast.If, ast.Try)  # statements that may do something to a value
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def require_constants(reader: Reader) -> None:
    """Refuse constants that were drawn, or read off a clock or the environment, when the file was loaded.

    Raises:
        RecordingError: there is one; the message names the line.
    """
    _Origins(reader).follow_all()


class _Origins:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.seen: set[tuple[str, str, int]] = set()

    def follow_all(self) -> None:
        """Follow what the code refers to; doing so may find more code."""
        for cls in self.reader.classes:
            self.follow_class(cls)
        done = 0
        while done < len(self.reader.references) or self._defaults():
            references = self.reader.references[done:]
            done = len(self.reader.references)
            for reference in references:
                self.follow(reference)

    def follow(self, reference: Reference) -> None:
        """Look where a constant was made."""
        kind = reference.value if isinstance(reference.value, type) else type(reference.value)
        if is_users(kind):
            self.follow_class(kind)
        name = reference.name.rpartition(".")[2]
        if isinstance(reference.value, ModuleType) or reference.home is None:
            return
        if isinstance(reference.home, ModuleType):
            self.follow_name(name, reference.home)
        elif isinstance(reference.home, FunctionType):
            self.follow_closure(name, reference.home)

    def follow_name(self, name: str, module: ModuleType) -> None:
        """Look at the statements of a module that bind a name."""
        logs = type(getattr(module, name, None)).__module__ == "logging"  # what is written there makes no constant
        if logs or (module.__name__, name, 0) in self.seen:
            return
        self.seen.add((module.__name__, name, 0))
        for file in reversed(_files(module)):
            body = _parse(file).body
            self.follow_statements(name, body, [], module, file)
            if any(_assigns(statement, name) for statement in body):  # what cells said before is over
                break

    def follow_closure(self, name: str, function: FunctionType) -> None:
        """Look at the statements of the functions around a function that bind a name."""
        code = function.__code__
        module = _module_of(function)
        if module is None or (code.co_filename, name, code.co_firstlineno) in self.seen:
            return
        self.seen.add((code.co_filename, name, code.co_firstlineno))
        for around in _around(code.co_filename, code.co_firstlineno):
            self.follow_statements(name, _body(around), [around], module, code.co_filename)

    def follow_statements(
        self, name: str, body: Sequence[ast.stmt], around: list[_Function], module: ModuleType, file: str
    ) -> None:
        """Look at those of some statements that bind a name."""
        for statement in body:
            for called in _called_on(statement, name):
                self.read(ast.walk(called), around, module, file)
            if name in _bound(statement):
                imported = _imported(statement, name)
                if imported:
                    self.follow_import(*imported)
                else:
                    self.read(_outside_of_functions(statement), around, module, file)

    def follow_import(self, module: str, name: str) -> None:
        """Look where an imported constant was made."""
        if found := sys.modules.get(module):
            self.follow_name(name, found)

    def follow_class(self, cls: type) -> None:
        """Look at the body of a class."""
        module = sys.modules.get(cls.__module__)
        if module is None or (cls.__module__, cls.__qualname__, -1) in self.seen:
            return
        self.seen.add((cls.__module__, cls.__qualname__, -1))
        codes = [f.__code__ for f in vars(cls).values() if isinstance(f, FunctionType)]
        lines, cells = {code.co_firstlineno for code in codes}, {code.co_filename for code in codes}
        files = _files(module)
        for file in [file for file in files if file in cells] or files:
            for node in (node for node in _parse(file).classes if node.name == cls.__name__):
                inside = {line for line in lines if node.lineno <= line <= (node.end_lineno or 0)}
                if inside or cls.__qualname__ == node.name:
                    around = _around(file, node.lineno)
                    parts = (part for statement in node.body for part in _outside_of_functions(statement))
                    self.read((*parts, *node.decorator_list), around, module, file)

    def _defaults(self) -> bool:
        """Look at the defaults of all functions that were read; whether that found more code."""
        before = len(self.reader.references)
        for function in self.reader.functions:
            code, module = function.__code__, _module_of(function)
            if module is None or (code.co_filename, "", code.co_firstlineno) in self.seen:
                continue
            self.seen.add((code.co_filename, "", code.co_firstlineno))
            for node in _at(code.co_filename, code.co_firstlineno):
                around = _around(code.co_filename, code.co_firstlineno)
                self.read(_outside_of_functions(node), around, module, code.co_filename)
        return len(self.reader.references) > before

    def read(self, parts: Iterable[ast.AST], around: list[_Function], module: ModuleType, file: str) -> None:
        """Look at all names in some code that ran when the file was loaded, or when a function around was called."""
        for node in parts:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                local = [statement for scope in around for statement in _body(scope) if node.id in _bound(statement)]
                if local:
                    self.follow_local(node.id, local, around, module, file)
                else:
                    self.meet(node, getattr(module, node.id, vars(builtins).get(node.id)), file)
                    self.follow_name(node.id, module)
            elif isinstance(node, ast.Attribute):
                self.meet(node, _value(node, module), file)

    def follow_local(
        self, name: str, statements: list[ast.stmt], around: list[_Function], module: ModuleType, file: str
    ) -> None:
        """Look at the statements of the functions around that bind a name."""
        if (file, name, statements[0].lineno) not in self.seen:
            self.seen.add((file, name, statements[0].lineno))
            self.follow_statements(name, statements, around, module, file)

    def meet(self, node: ast.expr, value: object, file: str) -> None:
        """Refuse chance, and read what was called."""
        found = find_chance(value)
        if found and not found.startswith("how often"):
            raise RecordingError(
                f"{type(self.reader.method).__name__} ({say_place(file, node.lineno)}): a constant of it was made by "
                f"{found}: write the number itself, or give it as a parameter, --param name=value"
            )
        if isinstance(value, (FunctionType, type)):
            self.reader.follow(value)


def _value(node: ast.expr, module: ModuleType) -> object:
    """What a chain of names says, as far as it is modules that are asked; None if that is not known."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, module)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds, or changes what they hold."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, ast.If) and "__name__" in ast.dump(statement.test):  # runs only as a program
        return set()
    bound = set()
    for node in _outside_of_functions(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and _changes(node, statement):
            bound.add(_base(node))
    return bound


def _assigns(statement: ast.stmt, name: str) -> bool:
    """Whether a name stands for something new after a statement."""
    nodes = (node for node in _outside_of_functions(statement) if isinstance(node, ast.Name))
    return any(node.id == name and isinstance(node.ctx, ast.Store) for node in nodes)


def _called_on(statement: ast.stmt, name: str) -> Iterator[ast.expr]:
    """What is called with a name for what it does to it, as in ``random.shuffle(name)``."""
    for node in _outside_of_functions(statement) if isinstance(statement, _RUN) else ():
        if isinstance(node, ast.Call) and any(isinstance(it, ast.Name) and it.id == name for it in node.args):
            yield node.func


def _changes(node: ast.Attribute | ast.Subscript, statement: ast.stmt) -> bool:
    """Whether it is assigned to, or a method of it is called for what it does."""
    if not isinstance(node.ctx, ast.Load):
        return True
    return isinstance(statement, _RUN) and isinstance(node, ast.Attribute)


def _base(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _imported(statement: ast.stmt, name: str) -> tuple[str, str] | None:
    if isinstance(statement, ast.ImportFrom) and statement.module:
        return next(((statement.module, a.name) for a in statement.names if (a.asname or a.name) == name), None)
    return None


def _outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it but the bodies of functions and classes, which run later or are read for themselves."""
    yield node
    if isinstance(node, _SCOPES):
        parts: list[ast.AST] = [*getattr(node, "decorator_list", ())]
        arguments = getattr(node, "args", None)
        if arguments is not None:
            parts += [value for value in (*arguments.defaults, *arguments.kw_defaults) if value is not None]
        if isinstance(node, ast.Lambda):
            parts.append(node.body)
    else:
        parts = [*ast.iter_child_nodes(node)]
    for part in parts:
        yield from _outside_of_functions(part)


def _body(function: _Function) -> Sequence[ast.stmt]:
    return [] if isinstance(function, ast.Lambda) else function.body


def _first_line(node: _Function) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _at(file: str, line: int) -> list[_Function]:
    """The functions that are defined in a line."""
    return [node for node in _parse(file).functions if _first_line(node) == line]


def _around(file: str, line: int) -> list[_Function]:
    """The functions around a line, but for those that begin there."""
    return [node for node in _parse(file).functions if _first_line(node) < line <= (node.end_lineno or 0)]


def _module_of(function: FunctionType) -> ModuleType | None:
    return sys.modules.get(str(function.__globals__.get("__name__")))


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
    functions = [node for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))]
    return _Source(tree.body, functions, [node for node in nodes if isinstance(node, ast.ClassDef)])
