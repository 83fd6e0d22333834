"""What code can remember outside of its state, compared before and after it runs."""

from __future__ import annotations

import gc
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from types import (
    BuiltinMethodType,
    CellType,
    FunctionType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
)
from typing import Any
from weakref import WeakKeyDictionary

from eftheory.recording.hidden import find_hidden
from eftheory.recording.trace import is_recorded

MOST = 20_000
"""Up to how many objects are compared."""

_CACHE = type(lru_cache(len))
_LAZY = (_CACHE, WeakKeyDictionary)  # functools.singledispatch keeps in these what it found
_SEQUENCES: tuple[Any, ...] = (list, tuple, deque)
_VIEWS: tuple[Any, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_PLAIN = (int, float, complex, str, bytes, bool, Fraction, type(None), type(Ellipsis), range)


def take_snapshot(*values: object, lazy: bool = True, hidden: list[str] | None = None) -> tuple[object, ...]:
    """All that some values consist of, as something that does not change with them and can be compared.

    Args:
        values: what is looked at.
        lazy: whether to look at what is computed once and kept (cached_property, lru_cache, singledispatch) as well.
        hidden: where to write what cannot be read, in words.

    >>> counts = [0]
    >>> before = take_snapshot(counts)
    >>> counts[0] += 1
    >>> before == take_snapshot(counts)
    False
    """
    snapshot = _Snapshot(lazy, [] if hidden is None else hidden)
    return tuple(map(snapshot.take, values))


def attributes_of(value: object, *, lazy: bool = True) -> dict[str, object]:
    """The attributes of an object, in its ``__dict__`` and in slots, read without any code of its class.

    Args:
        value: the object.
        lazy: whether those of a cached_property are among them.
    """
    named = (vars(base).get("__dict__") for base in type(value).__mro__)
    real = next((it for it in named if isinstance(it, (GetSetDescriptorType, MemberDescriptorType))), None)
    own = real.__get__(value) if real else getattr(value, "__dict__", None)
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
    def __init__(self, lazy: bool, hidden: list[str]) -> None:
        self.lazy, self.hidden = lazy, hidden
        self.seen: dict[int, object] = {}  # kept, so that no other object gets their place

    def take(self, value: object) -> object:
        if type(value) in _PLAIN:
            return (type(value), repr(value) if type(value) is float else value)  # nan is not itself
        if is_recorded(value) or id(value) in self.seen or len(self.seen) > MOST:
            return id(value)
        self.seen[id(value)] = value
        if found := find_hidden(value):
            self.hidden.append(found)
            return id(value)
        return (id(value), *(self.take(part) for part in _parts(value, self.lazy)))


def _parts(value: Any, lazy: bool) -> Iterator[object]:
    """What may change in a value while it stays the same object."""
    kind = type(value)
    if issubclass(kind, (type, ModuleType)):
        return
    if kind.__module__ == "logging":  # loggers remember who writes to them, and handlers what
        yield from (part for item in attributes_of(value).items() if type(item[1]) in _PLAIN for part in item)
        return
    if issubclass(kind, _LAZY) and not lazy:
        return
    yield from _contents(value)
    if issubclass(kind, (bytearray, memoryview)):
        yield bytes(value)
    elif issubclass(kind, cached_property):  # it also has a lock
        yield value.func
        return
    elif issubclass(kind, WeakKeyDictionary):  # the rest of it is how it forgets
        return
    elif hasattr(kind, "tobytes"):  # arrays
        base: Any = next(
            base for base in reversed(kind.__mro__) if hasattr(base, "tobytes")
        )  # whatever a subclass says
        yield base.tobytes(value)
        if getattr(getattr(value, "dtype", None), "hasobject", False):
            yield from base.tolist(base.ravel(value))
    if issubclass(kind, FunctionType):
        yield from (value.__defaults__, value.__kwdefaults__, value.__doc__, value.__code__)
        yield from (cell.cell_contents for cell in value.__closure__ or () if cell != CellType())
    elif issubclass(kind, MethodType):
        yield from (value.__func__, value.__self__)
    elif issubclass(kind, (BuiltinMethodType, MethodWrapperType)):
        yield value.__self__
    elif issubclass(kind, property):
        yield from (value.fget, value.fset, value.fdel)
    elif issubclass(kind, (staticmethod, classmethod)):
        yield value.__func__
    elif issubclass(kind, BaseException):
        yield value.args
    elif issubclass(kind, partial):
        yield from (value.func, value.args, value.keywords)
    elif issubclass(kind, _CACHE):  # arguments and results, in the order of use
        yield from sorted(gc.get_referents(value), key=id)
    yield from (part for item in attributes_of(value, lazy=lazy).items() for part in item)


def _contents(value: Any) -> Iterator[object]:
    """What a container holds, read without any code of the user's."""
    kind = type(value)
    if issubclass(kind, dict):
        base: Any = OrderedDict if issubclass(kind, OrderedDict) else dict
        yield from (part for item in base.items(value) for part in item)
        if issubclass(kind, defaultdict):
            yield value.default_factory
    elif issubclass(kind, _VIEWS):
        yield from _contents(value.mapping)
    elif issubclass(kind, (MappingProxyType, WeakKeyDictionary)):
        yield from (part for item in value.items() for part in item)
    elif issubclass(kind, (set, frozenset)):
        base = set if issubclass(kind, set) else frozenset
        yield from sorted(map(id, base.__iter__(value)))
        yield from sorted(base.__iter__(value), key=id)
    for base in _SEQUENCES:
        if issubclass(kind, base):
            yield from base.__iter__(value)
