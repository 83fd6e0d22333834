"""Steps that reach objects of all kinds, none of which remembers anything in secret."""

import abc
import array
import collections
import contextlib
import enum
import functools
import json
import math
import operator
import re
import string
import struct
import types
import typing
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from eftheory import Method


class Flags(enum.Flag):
    FIRST = 1
    SECOND = 2


class Has(typing.Protocol):
    def get(self): ...


Kind = typing.TypeVar("Kind")


class Holds(typing.Generic[Kind]):
    held: Kind

    def __init__(self, held):
        self.held = held


class Abstract(abc.ABC):
    @abc.abstractmethod
    def get(self): ...


class Concrete(Abstract):
    __slots__ = ("value",)

    def __init__(self):
        self.value = 1

    def get(self):
        return self.value


@dataclass
class Configuration:
    sizes: list = field(default_factory=list)
    version: typing.ClassVar[int] = 3

    @functools.cached_property
    def first(self):
        return self.sizes[0]


@contextlib.contextmanager
def around():
    yield 1


TABLE = collections.OrderedDict(a=1)
NUMBERS = (1, 1.5, 1j, Fraction(1), Decimal(1), np.float64(1), True, None, ..., NotImplemented, b"a", "a", range(3))
CONTAINERS = (
    [1], {1}, frozenset([1]), {"a": 1}, TABLE, TABLE.keys(), TABLE.values(), TABLE.items(), bytearray(b"a"), slice(1),
    collections.deque([1]), collections.defaultdict(list), collections.ChainMap({}), collections.Counter("a"),
    collections.UserDict(a=1), types.MappingProxyType({}), types.SimpleNamespace(a=1), array.array("d", [1.0]),
    np.eye(2), np.array([1, None], dtype=object), np.dtype(float), np.finfo(float), np.poly1d([1, 2]),
)  # fmt: skip
CALLED = (
    len, "".join, math.sqrt, np.add, np.linalg.norm, np.vectorize(abs), operator.itemgetter(0), lambda v: v, around,
    functools.partial(max, 1), functools.lru_cache(abs), {}.get, json.JSONEncoder(), Fraction(1).limit_denominator,
)  # fmt: skip
TYPES = (
    Flags,
    Flags.FIRST,
    Has,
    Kind,
    Holds,
    Concrete,
    Configuration,
    list[int],
    int | None,
    json,
)
OTHERS = (
    re.compile("a"), re.match("a", "a"), struct.Struct("d"), string.Template("a"), ValueError("a"), object(),
    contextlib.nullcontext(), Holds([1]), Concrete(), Configuration([1]),
)  # fmt: skip


class ReachesObjects(Method):
    def step(self, world, x):
        for group in (NUMBERS, CONTAINERS, CALLED, TYPES, OTHERS):
            assert len(group) > 1
        with around():
            return (x - Concrete().get() * self.step_size * world.mean(world.gradient(x)),)

    def __repr__(self):
        return "many objects"


class Kept(Method):
    """It keeps a list of what inherits from it, which is no part of the step."""

    known: typing.ClassVar[list[type]] = []

    def __init_subclass__(cls, **given):
        super().__init_subclass__(**given)
        Kept.known.append(cls)

    def step(self, world, x):
        return (x - self.step_size * world.mean(world.gradient(x)),)
