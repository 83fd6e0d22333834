"""Before a method is recorded: does its code depend on more than its state, and does that change?"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

from eftheory.methods.method import Method
from eftheory.recording.code import Reader, Reference, is_users
from eftheory.recording.origins import require_constants
from eftheory.recording.places import is_library, is_own, place_of_function
from eftheory.recording.snapshot import take_snapshot
from eftheory.recording.trace import RecordingError


def inspect_code(method: Method) -> Inspection:
    """Read the code of a method, and take a snapshot of what it can remember.

    Raises:
        RecordingError: it depends on chance, a clock, the environment or the like; the message names the line.
    """
    reader = Reader(method)
    require_constants(reader)
    watched, later = (tuple(_Watched(*parts) for parts in find(method, reader)) for find in (_memories, _of_libraries))
    inspection = Inspection(type(method).__name__, watched, later)
    inspection.require_readable()
    return inspection


@dataclass(frozen=True)
class Inspection:
    """What a method's code can remember outside of its state, as it was; later also what libraries load when asked."""

    name: str
    watched: tuple[_Watched, ...]
    later: tuple[_Watched, ...] = ()

    def settle(self) -> Inspection:
        """The same after the first call, when all that is computed once and kept is there, which counts from now on."""
        watched = (_Watched(it.name, it.place, it.get, lazy=True) for it in (*self.watched, *self.later))
        return Inspection(self.name, tuple(watched))

    def require_readable(self) -> None:
        """See that nothing the code reaches hides what it remembers.

        Raises:
            RecordingError: something does, as iterators do.
        """
        for it in self.watched:
            if it.hidden:
                where = f" ({it.place})" if it.place else ""
                raise RecordingError(f"{self.name}{where}: {it.name} is or holds {it.hidden[0]}")

    def require_unchanged(self) -> None:
        """Compare with what it is now.

        Raises:
            RecordingError: a call of the method changed something.
        """
        self.require_readable()
        for it in self.watched:
            if it.changed:
                where = f" ({it.place})" if it.place else ""
                raise RecordingError(
                    f"{self.name}{where}: {it.name} changes while the step runs: "
                    "what a step remembers must be a vector of its state, or later steps are not what was recorded; "
                    "if it only logs or caches, do so by logging or functools.cache"
                )


class _Watched:
    """One memory: how it is called, where it is used, and what it was."""

    def __init__(self, name: str, place: str, get: Callable[[], tuple[object, ...]], *, lazy: bool = False) -> None:
        self.name, self.place, self.get, self.lazy = name, place, get, lazy
        self.hidden: list[str] = []
        self.before = self.look()

    def look(self) -> tuple[object, ...]:
        self.hidden.clear()
        return take_snapshot(*self.get(), lazy=self.lazy, hidden=self.hidden)

    @property
    def changed(self) -> bool:
        """Whether it is something else now."""
        return bool(self.look() != self.before)


def _memories(method: Method, reader: Reader) -> Iterator[tuple[str, str, Callable[[], tuple[object, ...]]]]:
    step = place_of_function(method.step)
    first: dict[tuple[str, int], Reference] = {}
    for reference in reader.references:
        if reference.name and reference.value is not method and not isinstance(reference.value, ModuleType):
            first.setdefault((reference.name, id(reference.value)), reference)
    for reference in reversed(first.values()):  # what was met last lies deepest, and says most
        value = reference.value
        if isinstance(value, type):
            for cls in (value, type(value)):
                if is_users(cls):
                    yield reference.name, reference.place, functools.partial(_values_of_class, cls)
        else:
            yield reference.name, reference.place, functools.partial(_look_again, reference)
    for module in _modules(reader):
        yield f"a name in {module.__name__}", step, functools.partial(_names, module)
    yield "an attribute of self", step, lambda: (method,)
    for cls in (*reader.classes, *reader.metaclasses):
        yield f"an attribute of {cls.__name__}", step, functools.partial(_values_of_class, cls)


def _of_libraries(_: Method, reader: Reader) -> Iterator[tuple[str, str, Callable[[], tuple[object, ...]]]]:
    """The names in modules and classes that are not the user's."""
    references = reversed(reader.references)  # so that the first one counts
    found = {id(it.value): it for it in references if it.name and isinstance(it.value, (type, ModuleType))}
    for it in found.values():
        yield f"a name in {it.name}", it.place, functools.partial(_names, it.value)


def _modules(reader: Reader) -> list[ModuleType]:
    """The modules of the user that the code is in, or that it refers to."""
    found = [sys.modules.get(cls.__module__) for cls in reader.classes]
    found += [it.value for it in reader.references if isinstance(it.value, ModuleType)]
    own = {id(it): it for it in found if it and not is_library(getattr(it, "__file__", None) or "")}
    return [it for it in own.values() if not is_own(getattr(it, "__file__", None) or "")]


def _names(module: Any) -> tuple[object, ...]:
    """What the names of a module or class stand for; what is inside of it counts where the code refers to it."""
    values = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    plain = (int, float, str, bool)
    return _flat({name: value if type(value) in plain else id(value) for name, value in values.items()})


def _values_of_class(cls: type) -> tuple[object, ...]:
    hidden = ("_abc_impl", "__dict__", "__weakref__")
    return _flat({name: value for name, value in vars(cls).items() if name not in hidden})


def _flat(values: dict[str, object]) -> tuple[object, ...]:
    return tuple(part for item in values.items() for part in item)


def _look_again(reference: Reference) -> tuple[object, ...]:
    """What a name stands for now."""
    name, home = reference.name.rpartition(".")[2], reference.home
    if isinstance(home, ModuleType):
        return (vars(home).get(name, reference.value),)
    if isinstance(home, FunctionType) and name in home.__code__.co_freevars:
        return ((home.__closure__ or ())[home.__code__.co_freevars.index(name)].cell_contents,)
    return (reference.value,)
