"""Objects whose state cannot be read: what they remember could not be compared before and after a step."""

from __future__ import annotations

import datetime
import decimal
import operator
import re
import sys
import types
from collections import OrderedDict, defaultdict, deque, namedtuple
from functools import partial, partialmethod
from typing import Any
from weakref import WeakKeyDictionary

_FIELD = type(vars(namedtuple("_", "x"))["x"])
_VALUES: tuple[Any, ...] = (
    int, float, complex, str, bytes, range, slice, type, types.ModuleType, types.CodeType, types.GenericAlias,
    types.UnionType, re.Pattern, re.Match, datetime.date, datetime.time, datetime.timedelta, datetime.tzinfo,
    decimal.Decimal, operator.itemgetter, operator.attrgetter, operator.methodcaller,
    _FIELD, types.GetSetDescriptorType, types.MemberDescriptorType,
)  # fmt: skip
"""They never change."""

_READ: tuple[Any, ...] = (
    dict, OrderedDict, defaultdict, list, tuple, set, frozenset, deque, bytearray, memoryview,
    types.MappingProxyType, type({}.keys()), type({}.values()), type({}.items()), types.CellType,
    types.SimpleNamespace, partial, partialmethod, property, staticmethod, classmethod, BaseException,
    WeakKeyDictionary,
)  # fmt: skip
"""A snapshot reads what they hold."""

_BY_NAME = {
    "numpy": ("generic", "dtype", "ndarray"),  # importing it takes its time
    "functools": ("_lru_list_elem",),  # what it holds is looked at with its cache
    "array": ("array",),
    "_struct": ("Struct",),
}

_NEVER = (type(None), type(Ellipsis), type(NotImplemented), object)


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
    if issubclass(kind, _READ) or _is_known_by_name(kind) or _is_function(value) or _is_written_in_python(value):
        return ""
    return f"an object whose state cannot be read ({kind.__name__}): keep numbers in tuples, lists and dicts"


def _is_known_by_name(kind: type) -> bool:
    return any(base.__name__ in _BY_NAME.get(base.__module__, ()) for base in kind.__mro__)


def _is_function(value: Any) -> bool:
    """Whether it is a function, of Python's or another library's; bound to an object, that is looked at for itself."""
    return callable(value) and isinstance(getattr(value, "__name__", None), str)


def _is_written_in_python(value: Any) -> bool:
    """Whether its attributes are all that it holds: no class of it keeps more behind them."""
    bases = type(value).__mro__
    makers = (getattr(base.__dict__.get("__new__"), "__self__", None) for base in bases)
    first = next(base for base, maker in zip(bases, makers) if maker is base)
    named = hasattr(value, "__dict__") or any("__slots__" in vars(base) for base in bases)
    shown = (vars(base)["__dict__"] for base in bases if "__dict__" in vars(base))
    return first is object and named and all(isinstance(it, types.GetSetDescriptorType) for it in shown)
