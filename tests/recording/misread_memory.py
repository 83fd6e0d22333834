"""Classes that remember or ask more than their state; the line that a refusal must name ends in ``# here``."""

import builtins
import contextvars
import functools
import gc
import io
import os
import pathlib
import platform
import sys
import tempfile
import threading
from fractions import Fraction
from pathlib import Path

from eftheory import Method
from tests.recording.misread import HANDED, descend

VARIABLE = contextvars.ContextVar("VARIABLE", default=0)
TEXT = io.StringIO()
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


OUTSIDE = "makes it depend on something outside of it"
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
    ConstantOfAFile: "a constant of it was made by something outside of it (pathlib): write the number itself",
}
"""What the refusal of each must say."""
