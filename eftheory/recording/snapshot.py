"""What code can remember outside of its state, compared before and after it runs; and what hides what it remembers."""

from __future__ import annotations

import datetime
import decimal
import gc
import operator
import re
import sys
import types
from collections import OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, lru_cache, partial, partialmethod
from itertools import chain
from typing import Any
from weakref import WeakKeyDictionary

from eftheory.recording.vectors import is_recorded

MOST = 20_000
"""Up to how many objects are compared."""

_CACHE = type(lru_cache(len))
_LAZY = (_CACHE, WeakKeyDictionary)  # functools.singledispatch keeps in these what it found
_PLAIN = (int, float, complex, str, bytes, bool, Fraction, type(None), type(Ellipsis), range)
_NEVER = (type(None), type(Ellipsis), type(NotImplemented), object)
_VALUES: tuple[Any, ...] = (
    int, float, complex, str, bytes, range, slice, type, types.ModuleType, types.CodeType, types.GenericAlias,
    types.UnionType, re.Pattern, re.Match, datetime.date, datetime.time, datetime.timedelta, datetime.tzinfo,
    decimal.Decimal, operator.itemgetter, operator.attrgetter, operator.methodcaller,
    type(vars(namedtuple("_", "x"))["x"]), types.GetSetDescriptorType, types.MemberDescriptorType,
)  # fmt: skip
"""They never change."""

_BY_NAME = {
    "numpy": ("generic", "dtype", "ndarray"),  # importing it takes its time
    "functools": ("_lru_list_elem",),  # what it holds is looked at with its cache
    "array": ("array",),
    "_struct": ("Struct",),
}


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
    slots = (types.GetSetDescriptorType, types.MemberDescriptorType)
    real = next((it for it in named if isinstance(it, slots)), None)
    own = real.__get__(value) if real else getattr(value, "__dict__", None)
    found = dict(own) if isinstance(own, dict) else {}
    for base in type(value).__mro__:
        for name, slot in vars(base).items():
            if isinstance(slot, types.MemberDescriptorType) and "__slots__" in vars(base):
                with suppress(AttributeError):  # not filled yet
                    found.setdefault(name, slot.__get__(value))
            elif isinstance(slot, cached_property) and not lazy:
                found.pop(name, None)
    return found


def find_hidden(value: Any) -> str:
    """What a value hides, in words; "" if all that it remembers can be read.

    >>> find_hidden(iter([1]))
    'an iterator (list_iterator), which is another one after each use: write a tuple'
    >>> find_hidden([1])
    ''
    """
    kind = type(value)
    if kind in _NEVER or issubclass(kind, _VALUES) or value is sys.stdout or value is sys.stderr:
        return ""
    if hasattr(kind, "__next__") or hasattr(kind, "send"):
        return f"an iterator ({kind.__name__}), which is another one after each use: write a tuple"
    named = any(base.__name__ in _BY_NAME.get(base.__module__, ()) for base in kind.__mro__)
    called = callable(value) and isinstance(getattr(value, "__name__", None), str)  # what it is bound to is looked at
    if named or called or issubclass(kind, _READ) or _is_written_in_python(value):
        return ""
    return f"an object whose state cannot be read ({kind.__name__}): keep numbers in tuples, lists and dicts"


def _is_written_in_python(value: Any) -> bool:
    """Whether its attributes are all that it holds: no class of it keeps more behind them."""
    bases = type(value).__mro__
    makers = (getattr(base.__dict__.get("__new__"), "__self__", None) for base in bases)
    first = next(base for base, maker in zip(bases, makers) if maker is base)
    named = hasattr(value, "__dict__") or any("__slots__" in vars(base) for base in bases)
    shown = (vars(base)["__dict__"] for base in bases if "__dict__" in vars(base))
    return first is object and named and all(isinstance(it, types.GetSetDescriptorType) for it in shown)


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
        return (id(value), *(self.take(part) for part in self.parts(value)))

    def parts(self, value: Any) -> Iterable[object]:
        """What may change in a value while it stays the same object."""
        kind = type(value)
        if issubclass(kind, (type, types.ModuleType)) or (issubclass(kind, _LAZY) and not self.lazy):
            return ()
        attributes = attributes_of(value, lazy=self.lazy)
        if kind.__module__ == "logging":  # loggers remember who writes to them, and handlers what
            return _flat((name, it) for name, it in attributes.items() if type(it) in _PLAIN)
        parts = [part for kinds, read in _CONTENTS if issubclass(kind, kinds) for part in read(value)]
        if hasattr(kind, "tobytes"):
            parts += _read_array(value)
        # of these, the rest is a lock, and how it forgets
        return parts if issubclass(kind, (cached_property, WeakKeyDictionary)) else (*parts, *_flat(attributes.items()))


def _read_array(value: Any) -> Iterator[object]:
    """The numbers of an array, whatever a subclass says, and the objects in it."""
    base: Any = next(base for base in reversed(type(value).__mro__) if hasattr(base, "tobytes"))
    yield base.tobytes(value)
    if getattr(getattr(value, "dtype", None), "hasobject", False):
        yield from base.tolist(base.ravel(value))


def wrapped_in(value: object) -> list[object]:
    """What is called in place of a method, a property, a partial and the like; nothing for other values."""
    return [part for kinds, read in _WRAPPERS if isinstance(value, kinds) for part in read(value)]


def _read_set(items: Iterable[object]) -> Iterator[object]:
    found = sorted(items, key=id)
    return chain(map(id, found), found)


def _read_cells(cells: Iterable[Any]) -> Iterator[object]:
    return (cell.cell_contents for cell in cells if cell != types.CellType())


_flat = chain.from_iterable

_WRAPPERS: tuple[tuple[Any, Callable[[Any], Iterable[object]]], ...] = (
    (types.MethodType, lambda v: (v.__func__, v.__self__)),
    ((types.BuiltinMethodType, types.MethodWrapperType), lambda v: (v.__self__,)),
    (property, lambda v: (v.fget, v.fset, v.fdel)),
    ((staticmethod, classmethod), lambda v: (v.__func__,)),
    (cached_property, lambda v: (v.func,)),
    ((partial, partialmethod), lambda v: (v.func, *v.args, *_flat(v.keywords.items()))),
)
"""What is called in their place."""

_CONTENTS: tuple[tuple[Any, Callable[[Any], Iterable[object]]], ...] = (
    (OrderedDict, lambda v: _flat(OrderedDict.items(v))),
    (dict, lambda v: _flat(dict.items(v))),
    (defaultdict, lambda v: (v.default_factory,)),
    ((types.MappingProxyType, WeakKeyDictionary), lambda v: _flat(v.items())),
    ((type({}.keys()), type({}.values()), type({}.items())), lambda v: _flat(v.mapping.items())),
    (set, lambda v: _read_set(set.__iter__(v))),
    (frozenset, lambda v: _read_set(frozenset.__iter__(v))),
    (list, list.__iter__),
    (tuple, tuple.__iter__),
    (deque, deque.__iter__),
    ((bytearray, memoryview), lambda v: (bytes(v),)),
    (types.CellType, lambda v: _read_cells([v])),
    (types.FunctionType, lambda v: (v.__defaults__, v.__kwdefaults__, v.__doc__, v.__code__)),
    (types.FunctionType, lambda v: _read_cells(v.__closure__ or ())),
    (BaseException, lambda v: (v.args,)),
    (_CACHE, lambda v: sorted(gc.get_referents(v), key=id)),  # arguments and results, in the order of use
    (types.SimpleNamespace, lambda _: ()),  # its attributes are all
    *_WRAPPERS,
)
"""What objects hold beside their attributes, read by no code of the user's."""

_READ = tuple(kinds for kinds, _ in _CONTENTS)
