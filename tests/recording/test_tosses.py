"""Coins and noise in a method of one's own: what is recorded of them, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory import Method
from eftheory.recording import RecordingError, make_method
from tests.kit.own_methods import OwnChances, OwnMarina

HALF = Fraction(1, 2)


def test_a_coin_falls_where_it_is_asked_for_and_is_the_same_afterwards():
    calls = make_method(OwnMarina, HALF).definition.step.calls
    coins = [(k, call) for k, call in enumerate(calls) if call.call == "coin"]
    (first, fell), *again = coins
    assert fell.chance == Fraction(3, 4)
    assert {call.same for _, call in again} == {f"coin {first}"}
    assert all(not call.chance for _, call in again)
    assert [call.call for call in calls].index("compress") > first  # compressors may know how it fell


def test_coins_of_agents_and_noise_are_recorded():
    calls = [call.call for call in make_method(OwnChances, HALF).definition.step.calls]
    assert calls.index("noisy_gradient") < calls.index("compress") < calls.index("coins")
    assert make_method(OwnChances, HALF).newer
    assert make_method(OwnMarina, HALF).newer


def make(line: str) -> type[Method]:
    def step(self, world, x, d):
        return TRIED[line](world, x, d), d

    return type("Tried", (Method,), {"agent_state": ("d",), "step": step})


TRIED = {
    "if": lambda world, x, d: x if world.coin(HALF) else 2 * x,
    "added": lambda world, x, d: (world.coin(HALF) + 1) * x,
    "less": lambda world, x, d: (2 - world.coin(HALF)) * x,
    "twice less": lambda world, x, d: (1 - (1 - world.coin(HALF))) * x,
    "product": lambda world, x, d: world.coin(HALF) * world.coin(HALF) * x,
    "number": lambda world, x, d: x if world.coin(HALF) == 1 else 2 * x,
    "float": lambda world, x, d: world.coin(0.5) * x,
    "too much": lambda world, x, d: world.coin(Fraction(3, 2)) * x,
    "never": lambda world, x, d: world.coin(Fraction(0)) * x,
    "server": lambda world, x, d: world.coins(HALF) * x,
    "scaled": lambda world, x, d: world.mean(2 * world.coins(HALF) * d),
    "returned": lambda world, x, d: world.coin(HALF),
    "of agents": lambda world, x, d: world.mean(world.noisy_gradient(d)),
}


@pytest.mark.parametrize("line", TRIED)
def test_a_coin_only_multiplies_vectors(line):
    with pytest.raises(RecordingError):
        make_method(make(line), HALF)


def test_the_coins_of_agents_multiply_one_vector():
    class Twice(Method):
        agent_state = ("d",)

        def step(self, world, x, d):
            b = world.coins(HALF)
            return x - world.mean(b * world.gradient(x)), b * d

    with pytest.raises(RecordingError, match="the agents' coins multiply one vector"):
        make_method(Twice, HALF)


def test_chance_of_the_machine_is_refused_as_before():
    import random

    class Random(Method):
        def step(self, world, x):
            return (world.coin(Fraction(random.choice((1, 2)), 3)) * x,)

    with pytest.raises(RecordingError, match="chance"):
        make_method(Random, HALF)
