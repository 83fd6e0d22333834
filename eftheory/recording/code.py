"""What the code of a method refers to, read from its compiled code: nothing is run."""

from __future__ import annotations

import builtins
import dis
import functools
import inspect
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from eftheory.methods.method import Method
from eftheory.recording.chance import ADVICE, FRAMES, find_chance, find_chance_in_import
from eftheory.recording.places import is_library, is_own, say_place
from eftheory.recording.trace import RecordingError, is_recorded

ROOTS = ("__new__", "__init__", "__post_init__", "step", "observe", "measure")
SHOWN = ("__repr__", "__str__", "__dict__", "__weakref__", "__annotations__", "__doc__")
_NOTHING = object()
_QUIET = {"CACHE", "EXTENDED_ARG", "NOP", "PUSH_NULL", "PRECALL", "RESUME", "COPY_FREE_VARS", "MAKE_CELL"}
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR", "LOAD_SUPER_METHOD")


@dataclass(frozen=True)
class Reference:
    """A value that code refers to.

    Attributes:
        name: how it is written there.
        value: what it is now.
        place: file and line.
        home: the module that holds it, or the function whose closure does; None for parts of other things.
        told: how messages call it, if they call it otherwise.
    """

    name: str
    value: object
    place: str
    home: ModuleType | FunctionType | None = None
    told: str = ""


class Reader:
    """All functions that a method's code may call, and all values that they refer to.

    Raises:
        RecordingError: one of them depends on chance, a clock or the like, or assigns to names outside of it.
    """

    def __init__(self, method: Method) -> None:
        self.method = method
        self.classes = [cls for cls in type(method).__mro__ if not is_own(_file_of(cls)) and cls is not object]
        self.package = type(method).__module__.partition(".")[0]
        self.functions: list[FunctionType] = []
        self.references: list[Reference] = []
        self._seen: set[int] = set()
        maker: type = type(type(method))
        self.metaclasses = [kind for kind in maker.__mro__ if is_users(kind)]
        unnamed = {name for cls in self.classes for name in vars(cls) if name.startswith("__") and name not in SHOWN}
        for name in (*ROOTS, *sorted(unnamed)):  # what Python calls though no code names it, as __getattr__
            self.follow_attribute(name)
        for kind in self.metaclasses:
            self.follow(kind)

    def follow_attribute(self, name: str) -> None:
        """Read what goes by this name in the classes of the method."""
        for cls in self.classes:
            if name in vars(cls):
                self.follow(vars(cls)[name])

    def follow(self, value: object) -> None:
        """Read a function, or what a value can be called for."""
        if id(value) in self._seen or any(value is cls for cls in self.classes):  # of these, what is asked for
            return
        self._seen.add(id(value))
        self.references.append(Reference("", value, ""))  # kept alive, so that no other object gets its place
        if isinstance(value, FunctionType):
            if self.is_worth_reading(value):
                self.functions.append(value)
                self.read(value)
            for default in (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()):
                self.meet(Reference(f"a default of {value.__name__}", default, _place_of(value)))
        else:
            for part in _parts_that_run(value):
                self.follow(part)

    def is_worth_reading(self, function: FunctionType) -> bool:
        """Whether it is somebody's code for this method; what dataclasses write is not, but for what makes objects."""
        file, name = function.__code__.co_filename, function.__name__
        generated = file == "<string>" and name.startswith("__") and name != "__init__"
        same = str(function.__module__).partition(".")[0] == self.package  # however it is installed
        return not generated and not is_own(file) and (same or not is_library(file))

    def meet(self, reference: Reference) -> None:
        """Note what is referred to, and follow it; refuse it if it gives another answer each time."""
        if is_recorded(reference.value):
            raise RecordingError(
                f"{type(self.method).__name__} ({reference.place}): {reference.name} is a vector of another call: "
                "keep vectors in the state, not in the object"
            )
        if found := find_chance(reference.value):
            raise RecordingError(
                f"{type(self.method).__name__} ({reference.place}): {reference.told or reference.name} makes it depend "
                f"on {found}: {ADVICE}"
            )
        self.references.append(reference)
        self.follow(reference.value)

    def read(self, function: FunctionType) -> None:
        """Read the code of a function, and of those inside it."""
        _Listing(self, function).read(function.__code__)


class _Listing:
    """One function's instructions, with the value that was loaded last."""

    def __init__(self, reader: Reader, function: FunctionType) -> None:
        self.reader, self.function = reader, function
        self.names = function.__globals__
        self.home = sys.modules.get(str(self.names.get("__name__")))
        code = function.__code__
        self.cells = dict(zip(code.co_freevars, function.__closure__ or ()))
        self.self_name = code.co_varnames[0] if code.co_argcount and code.co_varnames[0] in ("self", "cls") else ""
        self.imported: dict[str, object] = {}
        self.chain: object = _NOTHING
        self.text, self.line, self.asks_type = "", code.co_firstlineno, False
        self.rest: list[dis.Instruction] = []

    def read(self, code: CodeType) -> None:
        """Read instruction by instruction."""
        lines = dict(dis.findlinestarts(code))
        self.rest = [*dis.get_instructions(code)][::-1]
        while self.rest:
            instruction = self.rest.pop()
            self.line = lines.get(instruction.offset) or self.line
            if instruction.opname not in _QUIET:
                self.see(instruction.opname, instruction.argval)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self.chain = _NOTHING
                self.read(constant)

    def see(self, name: str, argument: Any) -> None:
        """Follow one instruction."""
        if self.asks_type and name.startswith("LOAD_FAST") and str(argument) != self.self_name:
            self.refuse(f"type({argument}) is asked for: a step must do the same in every world, whatever vectors are")
        self.asks_type = False
        if name in ("STORE_GLOBAL", "DELETE_GLOBAL") or (
            name in ("STORE_DEREF", "DELETE_DEREF") and argument in self.cells
        ):
            self.refuse(f"{argument} is changed, which is not part of the state: keep what a step remembers there")
        elif name in ("LOAD_GLOBAL", "LOAD_NAME"):
            self.load_global(argument)
        elif name in ("LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF") and argument in self.cells:
            self.load(argument, _contents(self.cells[argument]), self.function)
        elif name.startswith("LOAD_FAST") or name in ("LOAD_DEREF", "LOAD_CLOSURE"):
            self.load_local(argument)
        elif name in _ATTRIBUTES:
            self.load_attribute(_attribute(argument))
        elif name == "IMPORT_NAME":
            self.load_import(argument)
        elif name == "IMPORT_FROM":
            module = self.chain
            self.load(f"{self.text}.{argument}", getattr(module, argument, _NOTHING), None)
            self.imported[argument] = self.chain
            self.chain = module
        elif name.startswith("STORE_") and isinstance(self.chain, ModuleType):
            self.imported[str(argument)] = self.chain
        elif not name.startswith("STORE_"):
            self.chain = _NOTHING

    def load_global(self, name: str) -> None:
        known = vars(builtins)
        value = self.names[name] if name in self.names else known.get(name, _NOTHING)
        self.load(name, value, self.home if name in self.names else None)
        self.asks_type = value is type

    def load_local(self, name: Any) -> None:
        last = name[-1] if isinstance(name, tuple) else name
        self.text, self.chain = str(last), self.imported.get(last, _NOTHING)
        if last == self.self_name:
            self.chain = self.reader.method

    def load_import(self, name: str) -> None:
        if found := find_chance_in_import(name):
            self.refuse(f"importing {name} makes it depend on {found}: {ADVICE}")
        module = sys.modules.get(name, _NOTHING)
        top = sys.modules.get(name.partition(".")[0], _NOTHING)
        self.text, self.chain = name, module if module is not _NOTHING else top

    def load_attribute(self, name: str) -> None:
        owner, text = self.chain, f"{self.text}.{name}"
        if name in FRAMES:
            self.refuse(f"{name} makes it depend on who calls it: {ADVICE}")
        if isinstance(owner, ModuleType):
            self.load(text, getattr(owner, name, _NOTHING), owner)
        elif owner is _NOTHING or owner is self.reader.method or isinstance(owner, type):
            self.reader.follow_attribute(name)
            value = _NOTHING if owner is _NOTHING else inspect.getattr_static(owner, name, _NOTHING)
            self.load(text, value, None)
        else:
            self.load(text, inspect.getattr_static(owner, name, _NOTHING), None)

    def load(self, text: str, value: object, home: ModuleType | FunctionType | None) -> None:
        self.text, self.chain = text, value
        if value is not _NOTHING:
            place = say_place(self.function.__code__.co_filename, self.line)
            told = self.text_to_come() if isinstance(value, ModuleType) else text
            self.reader.meet(Reference(text, value, place, home, told))

    def text_to_come(self) -> str:
        """The text with all attributes that are asked for next, as in ``random.random``."""
        coming = (it for it in reversed(self.rest) if it.opname not in _QUIET)
        names = itertools.takewhile(lambda it: it.opname in _ATTRIBUTES, coming)
        return ".".join([self.text, *(_attribute(it.argval) for it in names)])

    def refuse(self, problem: str) -> None:
        place = say_place(self.function.__code__.co_filename, self.line)
        raise RecordingError(f"{type(self.reader.method).__name__} ({place}): {problem}")


def _parts_that_run(value: object) -> Iterator[object]:
    """The functions inside a value: of properties, bound methods, wrappers, classes, objects of a user's class."""
    if isinstance(value, (staticmethod, classmethod, MethodType)):
        yield value.__func__
        yield getattr(value, "__self__", None)
    elif isinstance(value, property):
        yield from (value.fget, value.fset)
    elif isinstance(value, (functools.partial, functools.partialmethod)):
        yield from (value.func, *value.args, *value.keywords.values())
    elif isinstance(value, functools.cached_property):
        yield value.func
    elif isinstance(value, type):
        if is_users(value):
            yield from vars(value).values()
            yield from value.__bases__
    elif not isinstance(value, ModuleType) and hasattr(value, "__wrapped__") and callable(value):
        yield value.__wrapped__
    elif not isinstance(value, (Method, ModuleType)):
        yield type(value)


def _attribute(argument: Any) -> str:
    """The name of an attribute in an instruction; some name a class before."""
    return str(argument[-1] if isinstance(argument, tuple) else argument)


def is_users(cls: type) -> bool:
    """Whether a class was written for the method, or near it."""
    return not is_own(_file_of(cls)) and not is_library(_file_of(cls))


def _file_of(cls: type) -> str:
    """The file of a class; one of Python's own where there is none."""
    module = sys.modules.get(cls.__module__)
    if module is None or cls.__module__ == "builtins":
        return "<frozen builtins>"
    return getattr(module, "__file__", None) or ("" if cls.__module__ == "__main__" else "<frozen>")


def _place_of(function: FunctionType) -> str:
    return say_place(function.__code__.co_filename, function.__code__.co_firstlineno)


def _contents(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return _NOTHING
