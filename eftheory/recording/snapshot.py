"""What code can remember outside of its state, compared before and after it runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from types import CellType, FunctionType, MemberDescriptorType, MethodType, ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from eftheory.recording.trace import is_recorded

MOST = 20_000
"""Up to how many objects are compared."""

_CACHE = type(lru_cache(len))
_LAZY = (_CACHE, WeakKeyDictionary)  # functools.singledispatch keeps in these what it found
_PLAIN = (int, float, complex, str, bytes, bool, Fraction, type(None), type(Ellipsis), range)


def take_snapshot(*values: object, lazy: bool = True) -> tuple[object, ...]:
    """All that some values consist of, as something that does not change with them and can be compared.

    Args:
        values: what is looked at.
        lazy: whether to look at what is computed once and kept (cached_property, lru_cache, singledispatch) as well.

    >>> counts = [0]
    >>> before = take_snapshot(counts)
    >>> counts[0] += 1
    >>> before == take_snapshot(counts)
    False
    """
    snapshot = _Snapshot(lazy)
    return tuple(map(snapshot.take, values))


def attributes_of(value: object, *, lazy: bool = True) -> dict[str, object]:
    """The attributes of an object, in its ``__dict__`` and in slots, read without any code of its class.

    Args:
        value: the object.
        lazy: whether those of a cached_property are among them.
    """
    own = getattr(value, "__dict__", None)
    found = dict(own) if isinstance(own, dict) else {}
    for base in type(value).__mro__:
        for name, slot in vars(base).items():
            if isinstance(slot, MemberDescriptorType) and "__slots__" in vars(base):
                with suppress(AttributeError):  # not filled yet
                    found.setdefault(name, slot.__get__(value))
            elif isinstance(slot, cached_property) and not lazy:
                found.pop(name, None)
    return found


class _Snapshot:
    def __init__(self, lazy: bool) -> None:
        self.lazy = lazy
        self.seen: dict[int, object] = {}  # kept, so that no other object gets their place

    def take(self, value: object) -> object:
        if type(value) in _PLAIN:
            return (type(value), repr(value) if type(value) is float else value)  # nan is not itself
        if is_recorded(value) or id(value) in self.seen or len(self.seen) > MOST:
            return id(value)
        self.seen[id(value)] = value
        return (id(value), *(self.take(part) for part in _parts(value, self.lazy)))


def _parts(value: Any, lazy: bool) -> Iterator[object]:
    """What may change in a value while it stays the same object."""
    kind = type(value)
    if isinstance(value, (type, ModuleType)):
        return
    if kind.__module__ == "logging":  # loggers remember who writes to them, and handlers what
        yield from (part for item in attributes_of(value).items() if type(item[1]) in _PLAIN for part in item)
        return
    if isinstance(value, _LAZY) and not lazy:
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
        yield from (value.__defaults__, value.__kwdefaults__, value.__doc__, value.__code__)
        yield from (cell.cell_contents for cell in value.__closure__ or () if cell != CellType())
    elif issubclass(kind, MethodType):
        yield from (value.__func__, value.__self__)
    elif issubclass(kind, partial):
        yield from (value.func, value.args, value.keywords)
    elif isinstance(value, _CACHE):  # arguments and results, in the order of use
        yield from sorted(gc.get_referents(value), key=id)
    yield from (part for item in attributes_of(value, lazy=lazy).items() for part in item)
