"""What code can remember outside of its state, compared before and after it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from types import CellType, FunctionType, MethodType, ModuleType
from typing import Any

from eftheory.recording.trace import is_recorded

MOST = 20_000
"""Up to how many objects are compared."""

_PLAIN = (int, float, complex, str, bytes, bool, Fraction, type(None), type(Ellipsis), range)


def take_snapshot(*values: object) -> tuple[object, ...]:
    """All that some values consist of, as something that does not change with them and can be compared.

    >>> counts = [0]
    >>> before = take_snapshot(counts)
    >>> counts[0] += 1
    >>> before == take_snapshot(counts)
    False
    """
    snapshot = _Snapshot()
    return tuple(map(snapshot.take, values))


class _Snapshot:
    def __init__(self) -> None:
        self.seen: dict[int, object] = {}  # kept, so that no other object gets their place

    def take(self, value: object) -> object:
        if type(value) in _PLAIN:
            return (type(value), repr(value) if type(value) is float else value)  # nan is not itself
        if is_recorded(value) or id(value) in self.seen or len(self.seen) > MOST:
            return id(value)
        self.seen[id(value)] = value
        return (id(value), *(self.take(part) for part in _parts(value)))


def _parts(value: Any) -> Iterator[object]:
    """What may change in a value while it stays the same object."""
    kind = type(value)
    if isinstance(value, (type, ModuleType)) or kind.__module__ == "logging":  # loggers remember who writes to them
        return
    if isinstance(value, Mapping) or issubclass(kind, (list, tuple)) or hasattr(kind, "popleft"):
        yield from (part for item in value.items() for part in item) if isinstance(value, Mapping) else iter(value)
    elif issubclass(kind, (set, frozenset)):
        yield from sorted(map(id, value))
    elif issubclass(kind, (bytearray, memoryview)):
        yield bytes(value)
    elif hasattr(kind, "tobytes"):  # arrays
        yield value.tobytes()
    if issubclass(kind, FunctionType):
        yield from (value.__defaults__, value.__kwdefaults__)
        yield from (cell.cell_contents for cell in value.__closure__ or () if cell != CellType())
    elif issubclass(kind, MethodType):
        yield from (value.__func__, value.__self__)
    elif issubclass(kind, partial):
        yield from (value.func, value.args, value.keywords)
    own = getattr(value, "__dict__", None)
    if isinstance(own, dict):
        yield from (part for item in own.items() for part in item)
    for base in kind.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            slot = base.__dict__.get(name)  # read without any code of the class
            if slot is not None and hasattr(type(slot), "__get__") and type(slot).__name__ == "member_descriptor":
                try:
                    yield slot.__get__(value)
                except AttributeError:
                    yield None
