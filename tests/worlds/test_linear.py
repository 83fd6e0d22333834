"""The linear world agrees with naive loops over all agents, exactly."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.exact import Vector
from eftheory.methods import METHODS
from eftheory.worlds import AgentVector, LinearWorld
from tests.kit.strategies import problem_settings, rationals

ENTRIES = st.lists(rationals(-5, 5), min_size=3, max_size=3)


def vector(entries) -> Vector:
    return Vector({str(k): entry for k, entry in enumerate(entries)})


def same_for_each(means) -> AgentVector:
    means = tuple(means)
    return AgentVector(means, (Vector(),) * len(means))


def entries(v: Vector) -> list[Fraction]:
    return [v[str(k)] for k in range(3)]


class Loops:
    """The naive world: lists of Fractions, one row for every agent."""

    def __init__(self, counts, curvatures, messages):
        self.h = self.each(counts, curvatures)
        self.messages = iter([self.each(counts, rows) for rows in messages])
        self.minimiser = np.array([Fraction(0)] * 3)

    @staticmethod
    def each(counts, rows):
        return np.array([row for row, count in zip(rows, counts) for _ in range(count)])

    def mean(self, v):
        return sum(v) / len(v)

    def square(self, v):
        return sum(entry * entry for entry in v)

    def mean_square(self, v):
        return sum(self.square(row) for row in v) / len(v)

    def gradient(self, x):
        return self.h * x

    def value(self, x):
        return sum(entry / 2 for row in self.h for entry in row * x * x) / len(self.h)

    def compress(self, v):
        return next(self.messages)


@given(problem_settings(), st.data())
def test_one_step_equals_loops_over_agents(setting, data):
    counts = tuple(agent.count for agent in setting.agents)
    rows = st.lists(ENTRIES, min_size=len(counts), max_size=len(counts))
    curvatures, message = data.draw(rows), data.draw(rows)
    server, agents = data.draw(ENTRIES), [data.draw(rows) for _ in setting.method.agent_state]
    world = LinearWorld(counts, curvatures=tuple(map(vector, curvatures)), messages=[tuple(map(vector, message))])
    loops = Loops(counts, curvatures, [message])
    state = (vector(server), *(same_for_each(map(vector, v)) for v in agents))
    naive = (np.array(server), *(Loops.each(counts, v) for v in agents))
    method = setting.method
    assert method.measure(world, *state) == method.measure(loops, *naive)
    after, naive_after = method.step(world, *state), method.step(loops, *naive)
    assert entries(after[0]) == list(naive_after[0])
    for v, explicit in zip(after[1:], naive_after[1:]):
        assert Loops.each(counts, [entries(mean) for mean in v.means]).tolist() == explicit.tolist()
        assert not any(v.deviations)
    assert method.measure(world, *after) == method.measure(loops, *naive_after)


def test_a_compressor_that_falls_silent():
    world = LinearWorld((1,), curvatures=(vector([1, 1, 1]),), messages=())
    with pytest.raises(ValueError, match="too few messages"):
        METHODS["ef"](Fraction(1)).step(world, vector([1, 0, 0]), same_for_each([Vector()]))


def test_what_was_asked_and_said_is_kept():
    world = LinearWorld((2,), curvatures=(vector([2, 3, 5]),), messages=[(vector([7, 0, 0]),)])
    METHODS["cgd"](Fraction(1)).step(world, vector([1, 1, 0]))
    ((asked, said),) = world.compressions
    assert asked.means == (vector([2, 3, 0]),)
    assert said.means == (vector([7, 0, 0]),)
