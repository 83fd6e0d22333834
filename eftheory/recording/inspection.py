"""Before a method is recorded: does its code depend on more than its state, and does that change?"""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from eftheory.methods.method import Method
from eftheory.recording.code import Reader, Reference
from eftheory.recording.origins import require_constants
from eftheory.recording.places import is_library, is_own, is_users, locate, place_of_function
from eftheory.recording.snapshot import take_snapshot
from eftheory.recording.vectors import RecordingError


def inspect_code(method: Method) -> Inspection:
    """Read the code of a method, and take a snapshot of what it can remember.

    Raises:
        RecordingError: it depends on chance, a clock, the environment or the like; the message names the line.
    """
    reader = Reader(method)
    require_constants(reader)
    return Inspection(type(method).__name__, [*_memories(method, reader)], [*_of_libraries(reader)], lazy=False)


class _Memory(NamedTuple):
    """Something that may change: how it is called, where it is used, and what it consists of."""

    name: str
    place: str
    get: Callable[[], Iterable[object]]


class Inspection:
    """What a method's code can remember outside of its state, as it was; later also what libraries load when asked.

    Raises:
        RecordingError: something hides what it remembers, as iterators do.
    """

    def __init__(self, name: str, watched: list[_Memory], later: list[_Memory], *, lazy: bool) -> None:
        self.name, self.watched, self.later, self.lazy = name, watched, later, lazy
        self.before = self.look()

    def settle(self) -> Inspection:
        """Look again after the first call: what it computed once and kept counts from now on."""
        return Inspection(self.name, [*self.watched, *self.later], [], lazy=True)

    def require_unchanged(self) -> None:
        """Compare with what it is now.

        Raises:
            RecordingError: a call of the method changed something.
        """
        for it, before, now in zip(self.watched, self.before, self.look()):
            if now != before:
                raise self.refusal(
                    it,
                    "changes while the step runs: what a step remembers must be a vector of its state, or later steps "
                    "are not what was recorded; if it only logs or caches, do so by logging or functools.cache",
                )

    def look(self) -> list[tuple[object, ...]]:
        """What all of it is now."""
        found = []
        for it in self.watched:
            hidden: list[str] = []
            found.append(take_snapshot(*it.get(), lazy=self.lazy, hidden=hidden))
            if hidden:
                raise self.refusal(it, f"is or holds {hidden[0]}")
        return found

    def refusal(self, it: _Memory, problem: str) -> RecordingError:
        """What to raise of a memory."""
        return RecordingError(f"{locate(self.name, it.place)}: {it.name} {problem}")


def _memories(method: Method, reader: Reader) -> Iterator[_Memory]:
    step = place_of_function(method.step)
    first: dict[tuple[str, int], Reference] = {}
    for it in reader.references:
        if it.name and it.value is not method:
            first.setdefault((it.name, id(it.value)), it)
    for it in reversed(first.values()):  # what was met last lies deepest, and says most
        if isinstance(it.value, type):
            kinds = (cls for cls in (it.value, type(it.value)) if is_users(cls))
            yield from (_Memory(it.name, it.place, functools.partial(_values_of_class, cls)) for cls in kinds)
        elif not isinstance(it.value, ModuleType):
            yield _Memory(it.name, it.place, functools.partial(_look_again, it))
    for module in _modules(reader):
        yield _Memory(f"a name in {module.__name__}", step, functools.partial(_names, module))
    yield _Memory("an attribute of self", step, lambda: (method,))
    reached = [it.value for it in reader.references if not it.name and isinstance(it.value, type)]
    for cls in (*reader.classes, *filter(is_users, reached)):
        yield _Memory(f"an attribute of {cls.__name__}", step, functools.partial(_values_of_class, cls))


def _of_libraries(reader: Reader) -> Iterator[_Memory]:
    """The names in modules and classes that are not the user's."""
    references = reversed(reader.references)  # so that the first one counts
    for it in {id(it.value): it for it in references if it.name and isinstance(it.value, (type, ModuleType))}.values():
        yield _Memory(f"a name in {it.name}", it.place, functools.partial(_names, it.value))


def _modules(reader: Reader) -> list[ModuleType]:
    """The modules of the user that the code is in, or that it refers to."""
    found = [sys.modules.get(cls.__module__) for cls in reader.classes]
    found += [it.value for it in reader.references if isinstance(it.value, ModuleType)]
    files = {id(it): (it, getattr(it, "__file__", None) or "") for it in found if it}
    return [it for it, file in files.values() if not is_library(file) and not is_own(file)]


def _names(module: Any) -> Iterable[object]:
    """What the names of a module or class stand for; what is inside of it counts where the code refers to it."""
    values = ((name, value) for name, value in vars(module).items() if not name.startswith("__"))
    plain = (int, float, str, bool)
    return _flat((name, value if type(value) in plain else id(value)) for name, value in values)


def _values_of_class(cls: type) -> Iterable[object]:
    hidden = ("_abc_impl", "__dict__", "__weakref__")
    return _flat(item for item in vars(cls).items() if item[0] not in hidden)


_flat = itertools.chain.from_iterable


def _look_again(reference: Reference) -> tuple[object, ...]:
    """What a name stands for now."""
    name, home = reference.name.rpartition(".")[2], reference.home
    return (vars(home).get(name, reference.value) if isinstance(home, ModuleType) else reference.value,)
