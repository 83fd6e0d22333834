"""Classes whose step does something else on other calls; the line that a refusal must name ends in ``# here``."""

import datetime
import functools
import itertools
import os
import random
import secrets
import sys
import time
import uuid
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

import numpy as np

from eftheory import Method

COUNT = [0]
CALLS = 0
NUMBERS = itertools.count()
GENERATOR = np.random.default_rng(1)
DRAWN = Fraction(random.randint(1, 3), 4)  # here
SHUFFLED = [Fraction(1, 2), Fraction(1, 3)]
random.shuffle(SHUFFLED)  # here
SETTINGS: dict[str, Fraction] = {}
SETTINGS["size"] = Fraction(secrets.choice((1, 2)), 2)  # here
HALF = Fraction(1, 2)


class Constants:
    size = Fraction(random.randint(1, 3), 4)  # here


CONSTANTS = Constants()


def descend(method, world, x, factor=1):
    return (x - factor * method.step_size * world.mean(world.gradient(x)),)


def draw() -> Fraction:
    return Fraction(1 + int(time.time()) % 2, 2)  # here


MADE = draw()


class CountsInTheModule(Method):
    def step(self, world, x):
        COUNT[0] += 1  # here
        return descend(self, world, x, 1 if COUNT[0] <= 1 else -1)


class CountsToAThousand(Method):
    def step(self, world, x):  # here
        object.__setattr__(self, "calls", getattr(self, "calls", 0) + 1)
        return descend(self, world, x, 1 if self.calls <= 1000 else -1)


class CountsInTheClass(Method):
    calls = 0

    def step(self, world, x):  # here
        type(self).calls += 1
        return descend(self, world, x, 1 if self.calls <= 1000 else -1)


class CountsInAGlobalName(Method):
    def step(self, world, x):
        global CALLS
        CALLS += 1  # here
        return descend(self, world, x, 1 if CALLS <= 1000 else -1)


def make_counting():
    calls = 0

    class CountsInAClosure(Method):
        def step(self, world, x):
            nonlocal calls
            calls += 1  # here
            return descend(self, world, x, 1 if calls <= 1000 else -1)

    return CountsInAClosure


def counted(calls=[]):  # noqa: B006 # here
    calls.append(1)
    return 1 if len(calls) <= 1000 else -1


class CountsInADefault(Method):
    def step(self, world, x):
        return descend(self, world, x, counted())


def counting(world, x):
    counting.calls = getattr(counting, "calls", 0) + 1
    return 1 if counting.calls <= 1000 else -1


class CountsInAFunction(Method):
    def step(self, world, x):
        return descend(self, world, x, counting(world, x))  # here


def bump(counts):
    counts[0] += 1
    return 1 if counts[0] <= 1000 else -1


BUMP = functools.partial(bump, [0])


class CountsInAPartial(Method):
    def step(self, world, x):
        return descend(self, world, x, BUMP())  # here


class Meter:
    def __init__(self):
        self.calls = 0

    def read(self):
        self.calls += 1
        return 1 if self.calls <= 1000 else -1


READ = Meter().read


class CountsInAnObject(Method):
    def step(self, world, x):
        return descend(self, world, x, READ())  # here


class CountsByAnIterator(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if next(NUMBERS) < 1000 else -1)  # here


class KeepsAVector(Method):
    last: list = []

    def step(self, world, x):
        self.last.append(x)  # here
        return descend(self, world, x)


class Lazy(Method):
    """Partial participation."""

    def step(self, world, x):
        if random.random() < 0.5:  # here
            return (x,)
        return descend(self, world, x)


class HardlyEver(Method):
    def step(self, world, x):
        return descend(self, world, x, 2 if Random().random() < 1e-12 else 1)  # here


class DrawsByName(Method):
    def step(self, world, x):
        return descend(self, world, x, getattr(random, "rand" + "int")(1, 1))  # here


class DrawsInNumpy(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 + int(np.random.rand() < 1e-12))  # here


class DrawsFromAGenerator(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 + int(GENERATOR.random() < 1e-12))  # here


class DrawsInAProperty(Method):
    @property
    def size(self):
        return random.choice((1, 1, 1))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


class DrawsAfterAnImport(Method):
    def step(self, world, x):
        from random import choice  # here

        return descend(self, world, x, choice((1, 1)))


class DrawsWhenMade(Method):
    def __post_init__(self):
        object.__setattr__(self, "size", random.choice((1, 2)))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


class DrawsWhenDefined(Method):
    size = random.choice((1, 2))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


@dataclass(frozen=True)
class DrawsADefault(Method):
    size: Fraction = field(default_factory=lambda: Fraction(random.choice((1, 2))))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


class DrawsInADefault(Method):
    def step(self, world, x, size=Fraction(random.choice((1, 2)))):  # noqa: B008 # here
        return descend(self, world, x, size)


class DrawnBefore(Method):
    def step(self, world, x):
        return descend(self, world, x, DRAWN)


class DrawnIntoADictionary(Method):
    def step(self, world, x):
        return descend(self, world, x, SETTINGS["size"])


class Shuffled(Method):
    def step(self, world, x):
        return descend(self, world, x, SHUFFLED[0])


class DrawnInAnotherClass(Method):
    def step(self, world, x):
        return descend(self, world, x, Constants.size)


class DrawnInAnObject(Method):
    def step(self, world, x):
        return descend(self, world, x, CONSTANTS.size)


class MadeByAFunction(Method):
    def step(self, world, x):
        return descend(self, world, x, MADE)


def make_drawn():
    size = random.choice((1, 2))  # here

    class DrawnInAClosure(Method):
        def step(self, world, x):
            return descend(self, world, x, size)

    return DrawnInAClosure


class Secret(Method):
    def step(self, world, x):
        return descend(self, world, x, secrets.randbelow(1) + 1)  # here


class Clock(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if time.time() < 1e12 else 2)  # here


class Calendar(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if datetime.datetime.now().year < 9000 else 2)  # here


class Unique(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 + (uuid.uuid4().int == 0))  # here


class Noise(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 + (os.urandom(8) == bytes(8)))  # here


class Environment(Method):
    size = Fraction(os.environ.get("SIZE", "1"))  # here

    def step(self, world, x):
        return descend(self, world, x, self.size)


class Address(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 + (id(self) == 7))  # here


class AsksWhoCalls(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if "record" in sys._getframe(1).f_code.co_filename else -1)  # here


@functools.lru_cache
def remembered() -> list[int]:
    return [0]


class CountsInACache(Method):
    def step(self, world, x):
        remembered().append(0)  # here
        return descend(self, world, x, 1 if len(remembered()) <= 1000 else -1)


HANDED = "a step must do the same at every call; chance belongs into the compressors"
MEMORY = "changes while the step runs: what a step remembers must be a vector of its state"
CONSTANT = "a constant of it was made by"
MISREAD = {
    CountsInTheModule: f"COUNT {MEMORY}",
    CountsToAThousand: f"an attribute of self {MEMORY}",
    CountsInTheClass: f"an attribute of CountsInTheClass {MEMORY}",
    CountsInAGlobalName: "CALLS is changed, which is not part of the state",
    make_counting(): "calls is changed, which is not part of the state",
    CountsInADefault: f"a default of counted {MEMORY}",
    CountsInAFunction: f"counting {MEMORY}",
    CountsInAPartial: f"BUMP {MEMORY}",
    CountsInAnObject: f"READ {MEMORY}",
    CountsByAnIterator: "NUMBERS makes it depend on how often it was called",
    KeepsAVector: MEMORY,
    Lazy: f"random.random makes it depend on chance (random): {HANDED}",
    HardlyEver: f"chance (random): {HANDED}",
    DrawsByName: f"chance (random): {HANDED}",
    DrawsInNumpy: f"np.random.rand makes it depend on chance (numpy.random): {HANDED}",
    DrawsFromAGenerator: f"GENERATOR makes it depend on chance (numpy.random): {HANDED}",
    DrawsInAProperty: f"chance (random): {HANDED}",
    DrawsAfterAnImport: "importing random makes it depend on chance (random)",
    DrawsWhenMade: f"chance (random): {HANDED}",
    DrawsWhenDefined: f"{CONSTANT} chance (random): write the number itself",
    DrawsADefault: "chance (random)",
    DrawsInADefault: f"{CONSTANT} chance (random)",
    DrawnBefore: f"{CONSTANT} chance (random)",
    DrawnIntoADictionary: f"{CONSTANT} chance (random)",
    Shuffled: f"{CONSTANT} chance (random)",
    DrawnInAnotherClass: f"{CONSTANT} chance (random)",
    DrawnInAnObject: f"{CONSTANT} chance (random)",
    MadeByAFunction: "the clock (time)",
    make_drawn(): f"{CONSTANT} chance (random)",
    Secret: f"secrets.randbelow makes it depend on chance (secrets): {HANDED}",
    Clock: f"time.time makes it depend on the clock (time): {HANDED}",
    Calendar: f"datetime.datetime.now makes it depend on the clock (datetime): {HANDED}",
    Unique: f"uuid.uuid4 makes it depend on chance (uuid): {HANDED}",
    Noise: f"os.urandom makes it depend on something outside of it (os): {HANDED}",
    Environment: f"{CONSTANT} something outside of it (os)",
    Address: "id makes it depend on addresses in memory",
    AsksWhoCalls: "who calls it (sys)",
    CountsInACache: f"remembered {MEMORY}",
}
"""What the refusal of each must say."""
