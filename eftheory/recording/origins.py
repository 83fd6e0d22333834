"""How the constants of a method were made, read from its source: chance frozen in a constant is chance all the same."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable
from types import FunctionType, ModuleType

from eftheory.recording.chance import find_chance
from eftheory.recording.code import Reader, Reference
from eftheory.recording.places import is_users, say_place
from eftheory.recording.source import Scope, deeds_of, definitions, outside_of_functions, scope_of


def require_constants(reader: Reader) -> None:
    """Refuse constants that were drawn, or read off a clock or the environment, when the file was loaded.

    Raises:
        RecordingError: there is one; the message names the line.
    """
    origins = _Origins(reader)
    for cls in reader.classes:
        origins.follow_definition(cls)
    for reference in reader.references:  # to follow one may find more code, and with it more references
        origins.follow(reference)


class _Origins:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.seen: set[object] = set()

    def follow(self, reference: Reference) -> None:
        """Look where a value was made: by its name, and where it, or its class, was defined."""
        value, home = reference.value, reference.home
        self.follow_definition(value if isinstance(value, (type, FunctionType)) else type(value))
        scope = scope_of(home) if isinstance(home, FunctionType) else None
        scope = Scope(home) if isinstance(home, ModuleType) else scope
        if scope and not isinstance(value, ModuleType):
            self.follow_name(reference.name.rpartition(".")[2], scope)

    def follow_definition(self, it: type | FunctionType) -> None:
        """Look at the body of a class, at the defaults of a function, and at what decorates them."""
        if id(it) not in self.seen and (isinstance(it, FunctionType) or is_users(it)):
            self.seen.add(id(it))
            for nodes, scope in definitions(it):
                self.read(nodes, scope)

    def follow_name(self, name: str, scope: Scope) -> None:
        """Look at the statements that bind a name."""
        logs = type(getattr(scope.module, name, None)).__module__ == "logging"  # what is written there is no constant
        key = name, id(scope.module), scope.around and scope.file, *(it.lineno for it in scope.around)
        if logs or key in self.seen:
            return
        self.seen.add(key)
        for statement, where in scope.statements(name):
            deeds = deeds_of(statement)
            source, imported = deeds.imports.get(name, ("", ""))
            if module := sys.modules.get(source):
                self.follow_name(imported, Scope(module))
            elif name in deeds.binds | deeds.changes:
                self.read(outside_of_functions(statement), where)
            for called in deeds.hands.get(name, ()):
                self.read(ast.walk(called), where)

    def read(self, nodes: Iterable[ast.AST], scope: Scope) -> None:
        """Look at all names in some code that ran when the file was loaded, or when a function around was called."""
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if not scope.binds(node.id):
                    self.meet(node, getattr(scope.module, node.id, vars(builtins).get(node.id)), scope)
                self.follow_name(node.id, scope)
            elif isinstance(node, ast.Attribute):
                self.meet(node, _value(node, scope.module), scope)

    def meet(self, node: ast.expr, value: object, scope: Scope) -> None:
        """Refuse chance, and read what was called."""
        found = find_chance(value)
        if found and not found.startswith("how often"):
            problem = f"a constant of it was made by {found}: write the number itself, or give it as a parameter"
            raise self.reader.refusal(say_place(scope.file, node.lineno), f"{problem}, --param name=value")
        if isinstance(value, (FunctionType, type)):
            self.reader.follow(value)


def _value(node: ast.expr, module: ModuleType) -> object:
    """What a chain of names says, as far as it is modules that are asked; None if that is not known."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute) and isinstance(owner := _value(node.value, module), ModuleType):
        return getattr(owner, node.attr, None)
    return None
