"""Classes that count where nobody looks; the line that a refusal must name ends in ``# here``."""

import contextlib
import ctypes
import functools
import itertools
import queue
import random
import re
import sys
import weakref

from eftheory import Method
from tests.recording.misread import CONSTANT, HANDED, MEMORY, descend

COUNTS = {"calls": itertools.count()}
LISTED = [iter(range(10**6))]
MAPPED = (map(abs, itertools.count()),)
NEXT = functools.partial(next, itertools.count())
BOUND = itertools.count().__next__
QUEUE = queue.SimpleQueue()
NUMBER = ctypes.c_int(0)
SCANNER = re.compile("x").scanner("x" * 10**6)
KNOWN = weakref.WeakSet()


def generate():
    yield from itertools.count()


async def wait():
    """Over when it is asked for the first time."""


SEND = generate().send
SEND(None)
WAITING = [wait()]
with contextlib.suppress(StopIteration):
    WAITING[0].send(None)


class CountsInADict(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if next(COUNTS["calls"]) <= 1000 else -1)  # here


class CountsInAList(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if next(LISTED[0]) <= 1000 else -1)  # here


class CountsInAMap(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if next(MAPPED[0]) <= 1000 else -1)  # here


class CountsInAPartial(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if NEXT() <= 1000 else -1)  # here


class CountsInABoundNext(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if BOUND() <= 1000 else -1)  # here


class CountsInAGenerator(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if SEND(None) <= 1000 else -1)  # here


class CountsInACoroutine(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if WAITING else -1)  # here


class CountsInAQueue(Method):
    def step(self, world, x):
        QUEUE.put(1)  # here
        return descend(self, world, x, 1 if QUEUE.qsize() <= 1000 else -1)


class CountsInMemoryOfC(Method):
    def step(self, world, x):
        NUMBER.value += 1  # here
        return descend(self, world, x, 1 if NUMBER.value <= 1000 else -1)


class CountsInAScanner(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if SCANNER.search().start() <= 1000 else -1)  # here


class CountsInAWeakSet(Method):
    def step(self, world, x):
        KNOWN.add(x)  # here
        return descend(self, world, x, 1 if len(KNOWN) <= 1000 else -1)


class KeepsACount(Method):
    @functools.cached_property
    def calls(self):
        return (itertools.count(),)

    def step(self, world, x):  # here
        return descend(self, world, x, 1 if next(self.calls[0]) <= 1000 else -1)


class ShowsNothing(dict):
    def __iter__(self):
        return iter(())

    def items(self):
        return ()


class ListsNothing(list):
    def __iter__(self):
        return iter(())


SHOWS, LISTS = ShowsNothing(calls=0), ListsNothing([0])


class CountsInADictOfItsOwn(Method):
    def step(self, world, x):
        SHOWS["calls"] += 1  # here
        return descend(self, world, x, 1 if SHOWS["calls"] <= 1000 else -1)


class CountsInAListOfItsOwn(Method):
    def step(self, world, x):
        LISTS[0] += 1  # here
        return descend(self, world, x, 1 if LISTS[0] <= 1000 else -1)


class ShowsNoAttributes:
    calls = 0

    @property
    def __dict__(self):
        return {}


BARE = ShowsNoAttributes()


class CountsInAnObjectThatShowsNothing(Method):
    def step(self, world, x):
        BARE.calls += 1  # here
        return descend(self, world, x, 1 if BARE.calls <= 1000 else -1)


ASKED = [0]


class CountsWhereAttributesAreMissing(Method):
    def __getattr__(self, name):
        if name != "calls":
            raise AttributeError(name)
        ASKED[0] += 1  # here
        return ASKED[0]

    def step(self, world, x):
        return descend(self, world, x, 1 if self.calls <= 1000 else -1)


READ = [0]


class CountsWhereAttributesAreRead(Method):
    def __getattribute__(self, name):
        if name == "step_size":
            READ[0] += 1  # here
        return object.__getattribute__(self, name)

    def step(self, world, x):
        return descend(self, world, x)


class Measured(type(Method)):
    calls = 0

    @property
    def factor(cls):
        Measured.calls += 1  # here
        return 1 if Measured.calls <= 1000 else -1


class CountsInItsMetaclass(Method, metaclass=Measured):
    def step(self, world, x):
        return descend(self, world, x, type(self).factor)


class AsksAnErrorForItsFrame(Method):
    def step(self, world, x):
        try:
            raise KeyError
        except KeyError as error:
            frame = error.__traceback__.tb_frame  # here
        return descend(self, world, x, 1 if frame else -1)


class AsksAGeneratorForItsFrame(Method):
    def step(self, world, x):
        numbers = (number for number in (1, 2))
        return descend(self, world, x, 1 if numbers.gi_frame else -1)  # here


class AsksForAllFrames(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if sys._current_frames() else -1)  # here


class AsksForTheCommand(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if sys.orig_argv else -1)  # here


class Tallies:
    calls: list = []

    def read(self):
        self.calls.append(1)
        return 1 if len(self.calls) <= 1000 else -1


TALLIES = Tallies()


class CountsInTheClassOfAnObject(Method):
    def step(self, world, x):  # here
        return descend(self, world, x, TALLIES.read())


TIMES = [0]


@contextlib.contextmanager
def count():
    TIMES[0] += 1  # here
    yield 1 if TIMES[0] <= 1000 else -1


class CountsInAContextManager(Method):
    def step(self, world, x):
        with count() as factor:
            return descend(self, world, x, factor)


def make_drawn_around():
    size = random.choice((1, 2))  # here

    def make():
        factor = size

        class DrawnAroundAFunction(Method):
            def step(self, world, x):
                return descend(self, world, x, factor)

        return DrawnAroundAFunction

    return make()


SIZES = [random.choice((1, 2))]  # here


def make_changed_around():
    SIZES.append(1)
    factor = SIZES[0]

    class DrawnIntoWhatIsChangedAround(Method):
        def step(self, world, x):
            return descend(self, world, x, factor)

    return DrawnIntoWhatIsChangedAround


class DrawnInAnotherFile(Method):
    def step(self, world, x):
        from tests.recording.misread import DRAWN

        return descend(self, world, x, DRAWN)


DrawsInADefaultOfALambda = type(
    "DrawsInADefaultOfALambda",
    (Method,),
    {
        "size": lambda self, size=random.choice((1, 2)): size,  # noqa: B008 # here
        "step": lambda self, world, x: descend(self, world, x, self.size()),
    },
)
"""No statement of a class, and no name, leads to its code."""


class AsksForTheTypeByAnotherName(Method):
    def step(self, world, x):
        kind = type
        return descend(self, world, x, -1 if kind(x) is int else 1)  # here


AGAIN = "which is another one after each use: write a tuple"
OPAQUE = "an object whose state cannot be read"

MISREAD_HIDDEN = {
    CountsInADict: f"COUNTS is or holds an iterator (count), {AGAIN}",
    CountsInAList: f"LISTED is or holds an iterator (range_iterator), {AGAIN}",
    CountsInAMap: f"MAPPED is or holds an iterator (map), {AGAIN}",
    CountsInAPartial: f"NEXT is or holds an iterator (count), {AGAIN}",
    CountsInABoundNext: f"BOUND is or holds an iterator (count), {AGAIN}",
    CountsInAGenerator: f"SEND is or holds an iterator (generator), {AGAIN}",
    CountsInACoroutine: f"WAITING is or holds an iterator (coroutine), {AGAIN}",
    CountsInAQueue: f"{OPAQUE} (SimpleQueue)",
    CountsInMemoryOfC: f"{OPAQUE} (c_int)",
    CountsInAScanner: f"{OPAQUE} (SRE_Scanner)",
    CountsInAWeakSet: f"{OPAQUE} (ReferenceType)",
    KeepsACount: f"an attribute of self is or holds an iterator (count), {AGAIN}",
    CountsInADictOfItsOwn: f"SHOWS {MEMORY}",
    CountsInAListOfItsOwn: f"LISTS {MEMORY}",
    CountsInAnObjectThatShowsNothing: f"{OPAQUE} (ShowsNoAttributes)",
    CountsWhereAttributesAreMissing: f"ASKED {MEMORY}",
    CountsWhereAttributesAreRead: f"READ {MEMORY}",
    CountsInItsMetaclass: f"Measured {MEMORY}",
    AsksAnErrorForItsFrame: f"tb_frame makes it depend on who calls it: {HANDED}",
    AsksAGeneratorForItsFrame: f"gi_frame makes it depend on who calls it: {HANDED}",
    AsksForAllFrames: f"sys._current_frames makes it depend on who calls it (sys): {HANDED}",
    CountsInTheClassOfAnObject: f"an attribute of Tallies {MEMORY}",
    CountsInAContextManager: f"TIMES {MEMORY}",
    make_drawn_around(): f"{CONSTANT} chance (random)",
    make_changed_around(): f"{CONSTANT} chance (random)",
    DrawnInAnotherFile: f"{CONSTANT} chance (random)",
    DrawsInADefaultOfALambda: f"{CONSTANT} chance (random)",
    AsksForTheTypeByAnotherName: "type(x) is asked for: a step must do the same in every world",
    AsksForTheCommand: f"sys.orig_argv makes it depend on who calls it (sys): {HANDED}",
}
"""What the refusal of each must say."""
