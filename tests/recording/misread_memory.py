"""Classes that remember or ask more than their state; the line that a refusal must name ends in ``# here``."""

import builtins
import contextvars
import functools
import gc
import io
import logging
import math
import os
import pathlib
import platform
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from eftheory import Method, Observation
from tests.recording import misread
from tests.recording.misread import HANDED, MEMORY, descend
from tests.recording.misread_vectors import is_array

VARIABLE = contextvars.ContextVar("VARIABLE", default=0)
TEXT = io.StringIO()
LOG = logging.getLogger(__name__)
LOCAL = threading.local()
FILE = Path(__file__)


class CountsInAContext(Method):
    def step(self, world, x):
        VARIABLE.set(VARIABLE.get() + 1)  # here
        return descend(self, world, x, 1 if VARIABLE.get() <= 1000 else -1)


class CountsInAnUnseenContext(Method):
    def step(self, world, x):
        variable = globals_of_this()["VARIABLE"]
        variable.set(variable.get() + 1)  # here
        return descend(self, world, x, 1 if variable.get() <= 1000 else -1)


def globals_of_this():
    return vars(sys_modules()[__name__])


def sys_modules():
    return getattr([sys][0], "mod" + "ules")


class CountsInAThread(Method):
    def step(self, world, x):
        LOCAL.calls = getattr(LOCAL, "calls", 0) + 1  # here
        return descend(self, world, x, 1 if LOCAL.calls <= 1000 else -1)


class CountsInAText(Method):
    def step(self, world, x):
        TEXT.write("x")  # here
        return descend(self, world, x, 1 if len(TEXT.getvalue()) <= 1000 else -1)


class CountsInTheWidthOfACache(Method):
    def step(self, world, x):
        cached(cached.cache_info().currsize)  # here
        return descend(self, world, x, 1 if cached.cache_info().currsize <= 1000 else -1)


@functools.cache
def cached(k):
    return k


class CountsInTheWidthOfACacheByName(Method):
    def step(self, world, x):
        size = getattr(cached, "cache" + "_info")().currsize  # here
        cached(size)
        return descend(self, world, x, 1 if size <= 1000 else -1)


class ReadsAFile(Method):
    def step(self, world, x):
        size = len(pathlib.Path(__file__).read_text())  # here
        return descend(self, world, x, 1 if size else -1)


class ReadsAFileByItsPath(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if FILE.read_text() else -1)  # here


class ReadsAFileUnseen(Method):
    def step(self, world, x):
        with getattr([builtins][0], "op" + "en")(__file__) as file:  # here
            return descend(self, world, x, 1 if file.readline() else -1)


class AsksForAFile(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if os.path.exists("/here") else -1)  # here


class AsksForTheFolder(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if os.getcwd() else -1)  # here


class MakesAFile(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if tempfile.mkdtemp() else -1)  # here


class AsksForGarbage(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if gc.get_count()[0] < 10**9 else -1)  # here


class AsksForTheMachine(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if platform.node() else -1)  # here


class AsksForReferences(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if sys.getrefcount(self) < 10**9 else -1)  # here


class ConstantOfAFile(Method):
    size = Fraction(len(Path(__file__).read_text()[:1]))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


CALLS = 0


class CountsInTheNames(Method):
    def step(self, world, x):  # here
        names = getattr(descend_here, "__glo" + "bals__")
        names["CALLS"] += 1
        return descend_here(self, world, x, 1 if names["CALLS"] <= 1000 else -1)


def descend_here(*given):
    return descend(*given)


class CountsInAnotherModule(Method):
    def step(self, world, x):  # here
        vars(misread)["CALLS"] += 1
        return descend(self, world, x, 1 if vars(misread)["CALLS"] <= 1000 else -1)


class CountsInALibrary(Method):
    def step(self, world, x):
        math.calls = getattr(math, "calls", 0) + 1  # here
        return descend(self, world, x, 1 if math.calls <= 1000 else -1)


class CountsInAClassOfALibrary(Method):
    def step(self, world, x):
        Counter.calls = getattr(Counter, "calls", 0) + 1  # here
        return descend(self, world, x, 1 if Counter.calls <= 1000 else -1)


class CountsInALogger(Method):
    def step(self, world, x):
        LOG.setLevel(LOG.level + 1)  # here
        return descend(self, world, x, 1 if LOG.level <= 1000 else -1)


class Counting(type):
    calls = 0

    def __call__(cls):
        Counting.calls += 1
        return Counting.calls


class Counted(metaclass=Counting):
    pass


class CountsInAMetaclass(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if Counted() <= 1000 else -1)  # here


class CountsWhatIsWritten(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if sys.__stdout__.tell() else -1)  # here


class EndsTheWatch(Method):
    def step(self, world, x):
        sys.setprofile(None)  # here
        return descend(self, world, x)


@dataclass(frozen=True, slots=True)
class CountsInASlot(Method):
    calls: int = 0

    def step(self, world, x):  # here
        object.__setattr__(self, "calls", self.calls + 1)
        return descend(self, world, x, 1 if self.calls <= 1000 else -1)


class CountsInAHiddenSlot(Method):
    __slots__ = ("__calls",)

    def __post_init__(self):
        object.__setattr__(self, "_CountsInAHiddenSlot__calls", 0)

    def step(self, world, x):  # here
        object.__setattr__(self, "_CountsInAHiddenSlot__calls", self.__calls + 1)
        return descend(self, world, x, 1 if self.__calls <= 1000 else -1)


class CountsInAKeptProperty(Method):
    @functools.cached_property
    def calls(self):
        return [0]

    def step(self, world, x):  # here
        self.calls[0] += 1
        return descend(self, world, x, 1 if self.calls[0] <= 1000 else -1)


@functools.lru_cache(maxsize=2)
def kept():
    return [0]


class CountsInASmallCache(Method):
    def step(self, world, x):
        kept()[0] += 1  # here
        return descend(self, world, x, 1 if kept()[0] <= 1000 else -1)


class DependsOnTime(Method):
    def step(self, world, x, t=0):  # here
        return descend(self, world, x, Fraction(1, t + 1))


class DependsOnTimeByName(Method):
    def step(self, world, x, *, t=0):  # here
        return descend(self, world, x, Fraction(1, t + 1))


class DependsOnSomething(Method):
    def step(self, world, x, **given):  # here
        return descend(self, world, x, Fraction(1, given.get("t", 0) + 1))


class DependsOnSomethingInside(Method):
    def step(self, world, *state, **given):  # here
        return descend(self, world, *state, sum(given.get(name, 1) for name in "t"))


class ObservesATime(Method):
    def observe(self, world, x, t=1):  # here
        return Observation(server=(t * x,))

    def step(self, world, x):
        return descend(self, world, x)


def logged(step):
    @functools.wraps(step)
    def wrapper(*args, **kwargs):
        return step(*args, **kwargs)

    return wrapper


class DependsOnTimeInside(Method):
    @logged  # here
    def step(self, world, x, t=0):
        return descend(self, world, x, Fraction(1, t + 1))


class FailsOnFloats(Method):
    """Only a run on arrays of floats would find it."""

    def step(self, world, x):
        if is_array(x):
            raise OverflowError("too large")  # here
        return descend(self, world, x)


class FailsOnFractions(Method):
    def step(self, world, x):
        if is_array(x) and x.dtype == object:
            math.exp(10**6)  # here
        return descend(self, world, x)


class ForgetsTheAgents(Method):
    """On arrays it takes a number for a vector of the server."""

    def step(self, world, x):  # here
        return (x[0],) if is_array(x) else descend(self, world, x)


OUTSIDE = "makes it depend on something outside of it"
NOBODY = "which nobody passes; it is called with the world and x"
RUNS = "makes it depend on what else runs"
MISREAD_MEMORY = {
    CountsInAContext: f"VARIABLE {RUNS} (contextvars): {HANDED}",
    CountsInAnUnseenContext: f"{RUNS} (contextvars)",
    CountsInAThread: f"LOCAL {RUNS} (thread)",
    CountsInAText: f"TEXT {OUTSIDE} (io)",
    CountsInTheWidthOfACache: "cached.cache_info makes it depend on what was asked before (cache_info)",
    CountsInTheWidthOfACacheByName: "cache_info makes it depend on what was asked before (cache_info)",
    ReadsAFile: f"pathlib.Path {OUTSIDE} (pathlib)",
    ReadsAFileByItsPath: f"FILE {OUTSIDE} (pathlib)",
    ReadsAFileUnseen: f"open {OUTSIDE} (builtins)",
    AsksForAFile: f"os.path.exists {OUTSIDE} (os)",
    AsksForTheFolder: f"os.getcwd {OUTSIDE} (os)",
    MakesAFile: f"tempfile.mkdtemp {OUTSIDE} (tempfile)",
    AsksForGarbage: f"gc.get_count {RUNS} (gc)",
    AsksForTheMachine: f"platform.node {OUTSIDE} (platform)",
    AsksForReferences: f"sys.getrefcount {RUNS} (sys)",
    CountsInTheNames: f"a name in tests.recording.misread_memory {MEMORY}",
    CountsInAnotherModule: f"a name in tests.recording.misread {MEMORY}",
    CountsInALibrary: f"a name in math {MEMORY}",
    CountsInAClassOfALibrary: f"a name in Counter {MEMORY}",
    CountsInALogger: f"LOG {MEMORY}",
    CountsInAMetaclass: f"Counted {MEMORY}",
    CountsWhatIsWritten: f"sys.__stdout__ {OUTSIDE} (io)",
    EndsTheWatch: "sys.setprofile makes it depend on who calls it (sys)",
    CountsInASlot: f"an attribute of self {MEMORY}",
    CountsInAHiddenSlot: f"an attribute of self {MEMORY}",
    CountsInAKeptProperty: f"an attribute of self {MEMORY}",
    CountsInASmallCache: f"kept {MEMORY}",
    DependsOnTime: f"step has a parameter t, {NOBODY}",
    DependsOnTimeByName: f"step has a parameter t, {NOBODY}",
    DependsOnTimeInside: f"step has a parameter t, {NOBODY}",
    DependsOnSomething: f"step has a parameter **given, {NOBODY}",
    DependsOnSomethingInside: f"step has a parameter **given, {NOBODY}",
    ObservesATime: f"observe has a parameter t, {NOBODY}",
    FailsOnFloats: "fails on arrays of numbers: OverflowError: too large",
    FailsOnFractions: "fails on arrays of numbers: OverflowError: math range error",
    ForgetsTheAgents: "the new x has the shape (), not (3,)",
    ConstantOfAFile: "a constant of it was made by something outside of it (pathlib): write the number itself",
}
"""What the refusal of each must say."""
