"""What the code of a method refers to, read from its compiled code: nothing is run."""

from __future__ import annotations

import builtins
import dis
import inspect
import itertools
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any, NoReturn

from eftheory.methods.method import Method
from eftheory.recording.chance import ADVICE, FRAMES, find_chance, find_chance_in_import
from eftheory.recording.places import file_of_class, is_library, is_own, is_users, locate, place_of_function, say_place
from eftheory.recording.snapshot import wrapped_in
from eftheory.recording.vectors import RecordingError, is_recorded

_ROOTS = ("step", "observe", "measure")
_SHOWN = ("__repr__", "__str__", "__dict__", "__weakref__", "__annotations__", "__doc__")
_NOTHING = object()
_QUIET = {"CACHE", "EXTENDED_ARG", "NOP", "PUSH_NULL", "PRECALL", "RESUME", "COPY_FREE_VARS", "MAKE_CELL"}
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR", "LOAD_SUPER_METHOD")


@dataclass(frozen=True)
class Reference:
    """A value that code refers to.

    Attributes:
        name: how it is written there; "" for what is only a part of such a value.
        value: what it is now.
        place: file and line.
        home: the module that holds it, or the function whose closure does; None for parts of other things.
    """

    name: str
    value: object
    place: str = ""
    home: ModuleType | FunctionType | None = None


class Reader:
    """All functions that a method's code may call, and all values that they refer to.

    Raises:
        RecordingError: one of them depends on chance, a clock or the like, or assigns to names outside of it.
    """

    def __init__(self, method: Method) -> None:
        self.method = method
        self.classes = [cls for cls in type(method).__mro__ if not is_own(file_of_class(cls)) and cls is not object]
        self.package = type(method).__module__.partition(".")[0]
        self.references: list[Reference] = []
        self._seen: set[int] = set()
        unnamed = {name for cls in self.classes for name in vars(cls) if name.startswith("__") and name not in _SHOWN}
        for name in (*_ROOTS, *sorted(unnamed)):  # what Python calls though no code names it, as __getattr__
            self.follow_attribute(name)
        maker: type = type(type(method))
        for kind in filter(is_users, maker.__mro__):
            self.follow(kind)

    def refusal(self, place: str, problem: str) -> RecordingError:
        """What to raise at a line."""
        return RecordingError(f"{locate(type(self.method).__name__, place)}: {problem}")

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
        self.references.append(Reference("", value))  # kept alive, so that no other object gets its place
        if isinstance(value, FunctionType):
            if self.is_worth_reading(value):
                _Listing(self, value).read(value.__code__)
            for default in (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()):
                self.meet(Reference(f"a default of {value.__name__}", default, place_of_function(value)))
        for part in _parts_that_run(value):  # of functions, too: what a library wraps is the user's
            self.follow(part)

    def is_worth_reading(self, function: FunctionType) -> bool:
        """Whether it is somebody's code for this method; what dataclasses write is not, but for what makes objects."""
        file, name = function.__code__.co_filename, function.__name__
        generated = file == "<string>" and name.startswith("__") and name != "__init__"
        same = str(function.__module__).partition(".")[0] == self.package  # however it is installed
        return not generated and not is_own(file) and (same or not is_library(file))

    def meet(self, reference: Reference, told: str = "") -> None:
        """Note what is referred to, and follow it; refuse it if it gives another answer each time.

        Args:
            reference: the value, and where.
            told: how messages call it, if not by its name.
        """
        if is_recorded(reference.value):
            problem = f"{reference.name} is a vector of another call: keep vectors in the state, not in the object"
            raise self.refusal(reference.place, problem)
        if found := find_chance(reference.value):
            raise self.refusal(reference.place, f"{told or reference.name} makes it depend on {found}: {ADVICE}")
        self.references.append(reference)
        self.follow(reference.value)


class _Listing:
    """One function's instructions, with the value that was loaded last, where it is known."""

    def __init__(self, reader: Reader, function: FunctionType) -> None:
        self.reader, self.function = reader, function
        self.names = function.__globals__
        self.home = sys.modules.get(str(self.names.get("__name__")))
        code = function.__code__
        self.cells = dict(zip(code.co_freevars, function.__closure__ or ()))
        self.self_names = {"self", "cls"} & {*code.co_varnames[: min(code.co_argcount, 1)]}
        self.locals: dict[str, object] = dict.fromkeys(self.self_names, reader.method)
        self.chain: object = _NOTHING
        self.text, self.line = "", code.co_firstlineno
        self.imported: tuple[str, ModuleType | None] = "", None
        self.rest: list[dis.Instruction] = []

    def read(self, code: CodeType) -> None:
        """Read instruction by instruction, then the functions inside."""
        lines = dict(dis.findlinestarts(code))
        self.rest, self.chain = [*dis.get_instructions(code)][::-1], _NOTHING
        while self.rest:
            instruction = self.rest.pop()
            self.line = lines.get(instruction.offset) or self.line
            if instruction.opname not in _QUIET:
                self.see(instruction.opname, instruction.argval)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self.read(constant)

    def see(self, name: str, argument: Any) -> None:
        """Follow one instruction."""
        outer = name.endswith("DEREF") and argument in self.cells
        names = argument if isinstance(argument, tuple) else (argument,)  # some stand for two
        if name.startswith(("STORE_", "DELETE_")):
            if outer or name.endswith("GLOBAL"):
                self.refuse(f"{argument} is changed, which is not part of the state: keep what a step remembers there")
            if self.chain is not _NOTHING and name in ("STORE_FAST", "STORE_NAME", "STORE_DEREF"):
                self.locals[argument] = self.chain
            self.chain = _NOTHING
        elif name.startswith("LOAD_FAST") and self.chain is type and names[0] not in self.self_names:
            self.refuse(f"type({names[0]}) is asked for: a step must do the same in every world, whatever vectors are")
        elif outer:
            self.load(argument, _contents(self.cells[argument]), self.function)
        elif name in ("LOAD_GLOBAL", "LOAD_NAME"):
            known = argument in self.names
            value = self.names[argument] if known else vars(builtins).get(argument, _NOTHING)
            self.load(argument, value, self.home if known else None)
        elif name.startswith("LOAD_FAST") or name in ("LOAD_DEREF", "LOAD_CLOSURE"):
            self.text, self.chain = str(names[-1]), self.locals.get(names[-1], _NOTHING)
        elif name in _ATTRIBUTES:
            self.load_attribute(_attribute(argument))
        elif name == "IMPORT_NAME":
            self.load_import(argument)
        elif name == "IMPORT_FROM":
            text, module = self.imported
            self.load(f"{text}.{argument}", getattr(module, argument, _NOTHING), module)
        else:
            self.chain = _NOTHING

    def load_import(self, name: str) -> None:
        """An import binds the first module of a dotted name, or takes names from the last."""
        if found := find_chance_in_import(name):
            self.refuse(f"importing {name} makes it depend on {found}: {ADVICE}")
        first = name.partition(".")[0]
        self.imported = name, sys.modules.get(name)
        self.text, self.chain = first, sys.modules.get(first, _NOTHING)

    def load_attribute(self, name: str) -> None:
        owner, text = self.chain, f"{self.text}.{name}"
        if name in FRAMES:
            self.refuse(f"{name} makes it depend on who calls it: {ADVICE}")
        if isinstance(owner, ModuleType):
            self.load(text, getattr(owner, name, _NOTHING), owner)
        else:
            self.reader.follow_attribute(name)
            self.load(text, _NOTHING if owner is _NOTHING else inspect.getattr_static(owner, name, _NOTHING), None)

    def load(self, text: str, value: object, home: ModuleType | FunctionType | None) -> None:
        self.text, self.chain = text, value
        if value is not _NOTHING:
            told = self.text_to_come() if isinstance(value, ModuleType) else text
            self.reader.meet(Reference(text, value, self.place, home), told)

    def text_to_come(self) -> str:
        """The text with all attributes that are asked for next, as in ``random.random``."""
        coming = (it for it in reversed(self.rest) if it.opname not in _QUIET)
        names = itertools.takewhile(lambda it: it.opname in _ATTRIBUTES, coming)
        return ".".join([self.text, *(_attribute(it.argval) for it in names)])

    @property
    def place(self) -> str:
        return say_place(self.function.__code__.co_filename, self.line)

    def refuse(self, problem: str) -> NoReturn:
        raise self.reader.refusal(self.place, problem)


def _parts_that_run(value: object) -> Iterable[object]:
    """The functions inside a value: of properties, bound methods, wrappers, classes, objects of a user's class."""
    if isinstance(value, type):
        return (*vars(value).values(), *value.__bases__) if is_users(value) else ()
    if isinstance(value, (Method, ModuleType)):
        return ()
    wrapped = getattr(value, "__wrapped__", None) if callable(value) else None
    return wrapped_in(value) or (type(value) if wrapped is None else wrapped,)


def _attribute(argument: Any) -> str:
    """The name of an attribute in an instruction; some name a class before."""
    return str(argument[-1] if isinstance(argument, tuple) else argument)


def _contents(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return _NOTHING
