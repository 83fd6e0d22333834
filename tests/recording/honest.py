"""Classes that do the same at every call, in all the ways in which people write such things."""

import collections
import datetime
import enum
import functools
import itertools
import logging
import math
import operator
import os
import random
import sys
import time
import warnings
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

import numpy as np

from eftheory import COMMON_MINIMISER, Method, Observation

MOMENTUM = Fraction(1, 4)
WEIGHTS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
TABLE = {"damping": Fraction(1, 2), "power": [1, 2, 3]}
GENERATOR = np.random.default_rng(0)  # for a demonstration, not for the step
START, NOW, HOME = random.random(), time.time(), os.environ.get("HOME", "")
log = logging.getLogger(__name__)
try:
    import a_module_that_is_not_there
except ImportError:
    a_module_that_is_not_there = None
for _power in (1, 2):
    TABLE[f"half to the {_power}"] = Fraction(1, 2**_power)


log.debug("loaded with %s at %s", MOMENTUM, NOW)
print("momentum", MOMENTUM, end="")
if __name__ == "__main__":
    MOMENTUM = Fraction(random.randint(1, 3), 4)


def demonstrate():
    """Nobody calls this from a step."""
    print(GENERATOR.normal(), random.random(), datetime.datetime.now(), START, NOW, HOME)


def average_gradient(world, x):
    return world.mean(world.gradient(x))


def descend(world, x, size):
    """A helper that calls a helper."""
    return x - size * average_gradient(world, x)


class Helped(Method):
    def step(self, world, x):
        return (descend(world, x, self.step_size),)


class Inherits(Helped):
    def step(self, world, x):
        (y,) = super().step(world, x)
        return (y + MOMENTUM * (y - x),)


class InheritsAll(Inherits):
    hypotheses = (COMMON_MINIMISER,)


@dataclass(frozen=True)
class Parameters(Method):
    momentum: Fraction = Fraction(1, 10)
    rounds: int = 2
    sizes: tuple[Fraction, ...] = field(default_factory=lambda: (Fraction(1), Fraction(1, 2)))
    server_state = ("x", "m")

    def __post_init__(self):
        super().__post_init__()
        if not isinstance(self.momentum, (int, Fraction)) or self.momentum >= 1:
            raise ValueError("the momentum must lie below 1")
        object.__setattr__(self, "damping", 1 - self.momentum)

    def step(self, world, x, m):
        for k in range(self.rounds):
            m = self.momentum * m + self.sizes[k] * average_gradient(world, x)
            x = x - self.damping * self.step_size * m
        return x, m


class Sums(Method):
    agent_state = ("d", "e")

    def step(self, world, x, d, e):
        total = sum(w * v for w, v in zip(WEIGHTS, (d, e, world.gradient(x))))
        also = reduce(operator.add, [w * v for w, v in zip(WEIGHTS, (d, e))])
        last = functools.reduce(lambda a, b: a + b, (d, e), 0 * d)
        return x - self.step_size * world.mean(total), d / 2 + also / 8, (e - last / 5) / 3


class Walrus(Method):
    def step(self, world, x):
        return ((y := x - self.step_size * (g := average_gradient(world, x))) + (g - g) + 0 * y,)


class Globals(Method):
    def step(self, world, x):
        size = TABLE["damping"] * TABLE["power"][1] * TABLE["half to the 2"]
        return (descend(world, x, size * self.step_size),)


class Size(enum.Enum):
    SMALL = Fraction(1, 8)


class Options(NamedTuple):
    size: Fraction = Fraction(1, 2)


@dataclass
class Schedule:
    size: Fraction

    def __call__(self, k):
        return self.size / (k + 1)


OPTIONS, SCHEDULE = Options(), Schedule(Fraction(1, 3))


class ReadsObjects(Method):
    def step(self, world, x):
        if OPTIONS.size > 0 and a_module_that_is_not_there is None:
            x = descend(world, x, SCHEDULE(2) * self.step_size)
        return (descend(world, x, Size.SMALL.value * self.step_size),)


class Decorated(Method):
    factor = Fraction(1, 2)

    @functools.cached_property
    def size(self):
        return self.factor * self.step_size

    @property
    def twice(self):
        return 2 * self.size

    @staticmethod
    def halve(v):
        return v / 2

    @classmethod
    def scale(cls, v):
        return cls.factor * v

    @functools.cache  # noqa: B019
    def power(self, k):
        return Fraction(1, 2**k)

    def step(self, world, x):
        y = self.halve(x) + self.scale(x)
        return (descend(world, y, self.twice * type(self).factor * self.power(3)),)


class BuildsTypes(Method):
    agent_state = ("d",)

    def step(self, world, x, d):
        pair = collections.namedtuple("Pair", "x d")(x, d)
        kept = collections.defaultdict(list)
        kept["d"].append(pair.d)
        return descend(world, pair.x, self.step_size), kept["d"][0] / 2


class Nests(Method):
    def step(self, world, x):
        count, points = 0, [x]

        def move(size):
            nonlocal count
            count += 1
            points.append(descend(world, points[-1], size))

        for k in itertools.count(1):
            move(self.step_size / k)
            if k == 3:
                break
        return (points[count] / 2 + points[-1] / 2,)


class Unpacks(Method):
    server_state = ("x", "y", "z")

    def step(self, world, *state, **_):
        x, *others = state
        named = {name: 1 * vector for name, vector in zip("yz", others)}
        y, z = (named[name] for name in sorted(named))
        g = average_gradient(world, x)
        return tuple(v - c * self.step_size * g for v, c in ((x, 1), (y, Fraction(1, 2)), (z, max(0, -1))))


class Numbers(Method):
    def step(self, world, x):
        """Numbers may be computed as one likes, as long as they are exact."""
        size = min(self.step_size, abs(-self.step_size), 2 * self.step_size)
        size = size * Fraction(math.comb(4, 2), 6) * Fraction("0.5") * pow(Fraction(1, 2), 2)
        log.warning("the size is %s", size)
        assert size != 0
        return (descend(world, -1 * -x, +size),)


class NumpyIntegers(Method):
    def step(self, world, x):
        size = self.step_size / np.int64(2)
        x = np.int64(3) * x / np.int32(3) * np.uint8(1)
        return (descend(world, x, size),)


class Prints(Method):
    """To look is no part of a step."""

    def step(self, world, x):
        log.info("the point is %s in %s", x, world)
        print("the point is", x, "in", world)
        print(self.step_size, file=sys.stderr)
        sys.stderr.write("a step\n")
        with np.errstate(all="ignore"):
            return (descend(world, x, self.step_size),)


def logged(step):
    @functools.wraps(step)
    def wrapper(self, *args, **kwargs):
        log.info("%s with %s", step.__name__, kwargs)
        return step(self, *args, **kwargs)

    return wrapper


class Wrapped(Method):
    agent_state = ("d",)

    @logged
    def step(self, world, x, d=None, **_):
        return descend(self, world, x, self.step_size) if d is None else (descend(world, x, self.step_size), d / 2)


@dataclass(frozen=True, slots=True)
class Slotted(Method):
    momentum: Fraction = Fraction(1, 3)

    def step(self, world, x):
        return (descend(world, x, self.momentum * self.step_size),)


@functools.lru_cache
def rounded(number, digits):
    """Used in another order when something is measured."""
    return Fraction(round(number * 10**digits), 10**digits)


class CachesALot(Method):
    def step(self, world, x):
        size = sum(rounded(MOMENTUM, k) for k in range(5)) * HALVES.size
        return (descend(world, x, size * self.step_size),)

    def observe(self, world, x):
        return Observation(server=(rounded(MOMENTUM, 3) * x,))

    def measure(self, world, x):
        return rounded(MOMENTUM, 2) * world.mean_square(world.gradient(x))


@functools.singledispatch
def as_fraction(number):
    return Fraction(number)


@as_fraction.register
def _(number: str):
    return Fraction(number) / 2


class Dispatches(Method):
    def step(self, world, x):
        return (descend(world, x, as_fraction("1/2") * as_fraction(self.step_size)),)


class Imports(Method):
    """A module that is loaded for the first time may ask for files and clocks."""

    def step(self, world, x):
        import wave

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.warn("of no interest", UserWarning, stacklevel=1)
        return (descend(world, x, self.step_size * (wave.WAVE_FORMAT_PCM > 0)),)


class Halves:
    @functools.cached_property
    def size(self):
        return Fraction(1, 2)


HALVES = Halves()


class TriesSomethingElse(Method):
    def step(self, world, x):
        try:
            factor = TABLE["nothing"]
        except KeyError:
            factor = Fraction(1, 3)
        return (descend(world, x, factor * self.step_size),)


class Observed(Method):
    agent_state = ("d",)
    coordinates = Observation(("g - d",), ("mean g",))
    measure_name = "my own"

    def step(self, world, x, d):
        x = x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d)

    def observe(self, world, x, d):
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g),))

    def measure(self, world, x, d):
        g = world.gradient(x)
        return self.step_size * world.mean_square(g - d) + world.square(world.mean(g)) / self.step_size


class CompressesTwice(Method):
    """Its two messages may differ, and the certificate speaks about that; as numbers they are the same."""

    def step(self, world, x):
        g = world.gradient(x)
        first, second = world.compress(g), world.compress(g)
        return (x - self.step_size * world.mean(first / 2 + second / 2),)


class Cancels(Method):
    """Rounding is all that is left of large numbers."""

    def step(self, world, x):
        g = average_gradient(world, x)
        far = x - self.step_size * g
        return (far + self.step_size * g - MOMENTUM * self.step_size / (1 + self.step_size) * g,)


class Sticks(Method):
    """A server's vector is told to all agents; one of them keeps what it had."""

    agent_state = ("w", "v")

    def step(self, world, x, w, v):
        return x - self.step_size * average_gradient(world, x), x, v + world.compress(w - x - v)


def make_with(size, powers=(1, 2)):
    rest = Fraction(1, 2)

    class Enclosed(Method):
        def step(self, world, x):
            return (descend(world, x, size * rest * self.step_size ** powers[0]),)

    return Enclosed


Enclosed = make_with(Fraction(1, 4))
Partial = type("Partial", (Method,), {"step": lambda self, world, x: (functools.partial(descend, world, x)(MOMENTUM),)})
HONEST = [
    value for value in vars().values() if isinstance(value, type) and issubclass(value, Method) and value is not Method
]
