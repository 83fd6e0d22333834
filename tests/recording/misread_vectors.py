"""Classes that do with vectors what no record holds; the line that a refusal must name ends in ``# here``."""

import numpy as np

from eftheory import Method, Observation
from tests.recording.misread import descend


class ChangedInPlace(Method):
    """What ``old`` is on arrays is the new x."""

    def step(self, world, x):
        old = x
        x -= self.step_size * world.mean(world.gradient(x))  # here
        return (x + 2 * (x - old),)


class AnswerChangedInPlace(Method):
    def step(self, world, x):
        g = world.mean(world.gradient(x))
        g *= self.step_size  # here
        return (x - g,)


class EntrySet(Method):
    def step(self, world, x):
        x[0] = 0  # here
        return descend(self, world, x)


class Swallows(Method):
    """Clipping behind a try, as defensive code has it."""

    def step(self, world, x):
        g = world.mean(world.gradient(x))
        try:
            if np.linalg.norm(g) > 1e-3:  # here
                g = g / 1000
        except Exception:
            pass
        return (x - self.step_size * g,)


class SwallowsAProduct(Method):
    def step(self, world, x):
        try:
            return (x * x,)  # here
        except ValueError:
            return descend(self, world, x)


class SwallowsWhatNumpySays(Method):
    def step(self, world, x):
        try:
            return (np.sin(x),)  # here
        except Exception:
            return descend(self, world, x)


class SwallowsTheWorld(Method):
    def step(self, world, x):
        try:
            d = len(world.dimension)  # here
        except Exception:
            d = 1
        return descend(self, world, x, d)


class SwallowsInTheMeasure(Method):
    def observe(self, world, x):
        return Observation(server=(x,))

    def measure(self, world, x):
        try:
            return world.square(abs(x))  # here
        except ValueError:
            return world.square(x)

    def step(self, world, x):
        return descend(self, world, x)


class AsksForTheType(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if isinstance(x, np.ndarray) else 1)  # here


class AsksForTheTypeByName(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if type(x) is np.ndarray else 1)  # here


class AsksForTheClass(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if x.__class__ is np.ndarray else 1)  # here


class AsksForTheWorld(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if isinstance(world, dict) else 1)  # here


class AsksForAnAttribute(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if hasattr(x, "shape") else 1)  # here


class AsksForAnAttributeOrNone(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if getattr(x, "shape", None) is None else -1)  # here


class AsksForAnAttributeOfTheWorld(Method):
    def step(self, world, x):
        return descend(self, world, x, -1 if hasattr(world, "problem") else 1)  # here


class KeepsInTheWorld(Method):
    def step(self, world, x):
        world.last = 1  # here
        return descend(self, world, x)


class Branches(Method):
    def step(self, world, x):
        return descend(self, world, x) if x == 0 else (x,)  # here


class Rolls(Method):
    def step(self, world, x):
        return (x - self.step_size * np.roll(world.mean(world.gradient(x)), 1),)  # here


class Measures(Method):
    def step(self, world, x):
        return (x / np.linalg.norm(x),)  # here


class Flips(Method):
    def step(self, world, x):
        return (x - self.step_size * np.flip(world.mean(world.gradient(x))),)  # here


class Accumulates(Method):
    def step(self, world, x):
        return (x - self.step_size * np.cumsum(world.mean(world.gradient(x))),)  # here


class Sorts(Method):
    def step(self, world, x):
        return (x - self.step_size * np.sort(world.mean(world.gradient(x))),)  # here


class Traces(Method):
    def step(self, world, x):
        return (x - self.step_size * np.trace(world.mean(world.gradient(x))),)  # here


class Converts(Method):
    def step(self, world, x):
        return (x - self.step_size * np.asarray(world.mean(world.gradient(x))),)  # here


class Copies(Method):
    def step(self, world, x):
        return (np.array([x]) @ np.ones(1),)  # here


class AsksForTheTypeUnseen(Method):
    """Only a run on arrays finds it."""

    def step(self, world, x):  # here
        kind = [type][0](x)
        return descend(self, world, x, -1 if kind is np.ndarray else 1)


def is_array(v):
    """Nothing that reads code, or watches calls, sees that it asks for a type."""
    return [type][0](v) is np.ndarray


class AsksForTheText(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if "[" in repr(x) else -1)  # here


class AsksForTheTextByFormat(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if f"{x}"[0] == "x" else -1)  # here


class AsksForTheTextOfSquares(Method):
    def observe(self, world, x):
        return Observation(server=(x,))

    def measure(self, world, x):
        return world.square(x) * (1 if str(world.square(x))[0] == "|" else 2)  # here

    def step(self, world, x):
        return descend(self, world, x)


class AsksForTheTextOfTheWorld(Method):
    def step(self, world, x):
        return descend(self, world, x, 1 if "Replay" in str(world) else -1)  # here


class AsksForTheTypeToMeasure(Method):
    def observe(self, world, x):
        return Observation(server=(x,))

    def measure(self, world, x):  # here
        return world.square(2 * x if is_array(x) else x)

    def step(self, world, x):
        return descend(self, world, x)


class AsksForTheTypeToObserve(Method):
    def observe(self, world, x):  # here
        return Observation(server=(2 * x if is_array(x) else x,))

    def step(self, world, x):
        return descend(self, world, x)


class ReadsTheRecorder(Method):
    def step(self, world, x):
        return descend(self, world, x, len(x.terms))  # here


class AnotherArity(Method):
    def step(self, world, x):  # here
        return (x, x) if is_array(x) else descend(self, world, x)


class AnotherKind(Method):
    def step(self, world, x):  # here
        return (world.gradient(x),) if is_array(x) else descend(self, world, x)


TYPE = "the type of a vector is asked for"
TEXT = "the text of a vector is asked for (str, repr, format)"
NUMPY = "is applied to a vector: a step is written with + - and multiples only"
CAUGHT = "this was caught by an except"
NUMBERS_DIFFER = "of a run on numbers"
MISREAD_VECTORS = {
    ChangedInPlace: "in place with -=, and with it whatever else is this vector: write x = x - ...",
    AnswerChangedInPlace: "in place with *=",
    EntrySet: "entries of a vector are changed in place",
    Swallows: CAUGHT,
    SwallowsAProduct: CAUGHT,
    SwallowsWhatNumpySays: CAUGHT,
    SwallowsTheWorld: CAUGHT,
    SwallowsInTheMeasure: CAUGHT,
    AsksForTheType: TYPE,
    AsksForTheTypeByName: "type(x) is asked for",
    AsksForTheClass: TYPE,
    AsksForTheWorld: "the type of the world is asked for",
    AsksForAnAttribute: ".shape of a vector is asked for",
    AsksForAnAttributeOrNone: ".shape of a vector is asked for",
    AsksForAnAttributeOfTheWorld: "the world has no 'problem'",
    KeepsInTheWorld: "world.last is changed",
    Branches: "the same for all data",
    Rolls: f"numpy.roll {NUMPY}",
    Measures: f"numpy.linalg.norm {NUMPY}",
    Flips: f"numpy.flip {NUMPY}",
    Accumulates: f"numpy.cumsum {NUMPY}",
    Sorts: f"numpy.sort {NUMPY}",
    Traces: f"numpy.trace {NUMPY}",
    Converts: "a vector is made into an array",
    Copies: "a vector is made into an array",
    AsksForTheTypeUnseen: f"at step 1 {NUMBERS_DIFFER} the new x is not what was recorded",
    AsksForTheText: TEXT,
    AsksForTheTextByFormat: TEXT,
    AsksForTheTextOfSquares: TEXT,
    AsksForTheTextOfTheWorld: TEXT,
    AsksForTheTypeToMeasure: f"at step 1 {NUMBERS_DIFFER} the measure is not what was recorded",
    AsksForTheTypeToObserve: f"at step 1 {NUMBERS_DIFFER} server 0 is not what was recorded",
    ReadsTheRecorder: "what was recorded fails on arrays of numbers: AttributeError",
    AnotherArity: "it returns no tuple of the new x",
    AnotherKind: f"{NUMBERS_DIFFER} the new x has the shape (2, 3), not (3,)",
}
"""What the refusal of each must say."""
