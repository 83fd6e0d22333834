"""Coins and noise of a method of one's own: what is recorded is what the class does, or it is refused."""

from fractions import Fraction

import pytest

from eftheory import Method, Observation
from eftheory.recording import RecordingError, make_method

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def own(change, **more):
    """A method whose agents' vector becomes this function of the world, x and d."""

    def step(self, world, x, d):
        return x - self.step_size * world.mean(d), change(world, x, d)

    return type("Own", (Method,), {"agent_state": ("d",), "step": step, **more})


def refused(change, message, **more):
    with pytest.raises(ValueError, match=message):
        make_method(own(change, **more), HALF)


def either(world, m, v, w):
    return m * v + (1 - m) * w


def calls(change):
    return [call.call for call in make_method(own(change), HALF).definition.step.calls if call.call != "mean"]


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (lambda w, x, d: either(w, w.coin(HALF), d, w.gradient(x)), ["coin", "gradient", "coin", "coin"]),
        (lambda w, x, d: w.coin(HALF) * (w.coin(THIRD) * d), ["coin", "coin", "coin", "coin"]),
        (lambda w, x, d: w.coins(HALF) * w.compress(w.noisy_gradient(x) - d), ["noisy_gradient", "compress", "coins"]),
        (lambda w, x, d: w.noisy_gradient(x) - w.noisy_gradient(x), ["noisy_gradient"] * 2),
    ],
)  # fmt: skip
def test_what_is_drawn_is_recorded(change, asked):
    assert calls(change) == asked


def test_agents_coins_fall_when_they_multiply():
    """Asked for in another order, or in vain, they are the same step."""

    def crossed(world, x, d):
        a, b, _ = world.coins(HALF), world.coins(THIRD), world.coins(HALF)
        return b * d + a * world.gradient(x)

    found = make_method(own(crossed), HALF).definition.step.calls
    assert [call.chance for call in found if call.call == "coins"] == [THIRD, HALF]


def test_two_coins_of_one_chance_are_two():
    found = make_method(own(lambda w, x, d: w.coin(HALF) * d + w.coin(HALF) * d), HALF).definition.step
    assert {name: value for name, value in found.agents["d"].items() if value} == {"coin 2": 1, "coin 4": 1}


@pytest.mark.parametrize("verb", ["coin", "coins"])
def test_a_chance_that_depends_on_what_vectors_are_is_no_record(verb):
    """The outcomes that are replayed do not tell chances apart."""
    refused(lambda w, x, d: getattr(w, verb)(HALF if +x is x else THIRD) * d, "coins have other chances than recorded")


def test_coins_that_are_compared():
    def compare(world, x, d):
        a, b = world.coin(HALF), world.coin(HALF)
        return d if a is b else a * d

    refused(compare, "is not what was recorded")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda w, x, d: d if w.coin(HALF) else 0 * d, "a step branches on a coin"),
        (lambda w, x, d: w.coin(HALF) * w.coin(HALF) * d, "a coin multiplies vectors, but got a coin"),
        (lambda w, x, d: (1 - w.coins(HALF)) * d, "1 - the agents' coins is not known"),
        (lambda w, x, d: 2 * w.coin(HALF) * d, "a coin multiplies vectors, but got 2"),
        (lambda w, x, d: w.coin(0.5) * d, "probability 0.5 is a float"),
        (lambda w, x, d: w.coin(0) * d, "a coin has the probability 0"),
        (lambda w, x, d: w.coins(HALF) * x + d, "coins needs a vector of each agent"),
        (lambda w, x, d: w.mean(w.coins(HALF)) + d, "mean needs a vector of each agent, but got no vector: coins"),
    ],
)
def test_what_cannot_be_said_is_refused(change, message):
    refused(change, message)


def test_to_look_draws_nothing():
    def observe(self, world, x, d):
        return Observation(agents=(world.gradient(x) - world.coin(HALF) * d,))

    refused(lambda w, x, d: d, "observe: calls are gradient, mean", observe=observe)
    with pytest.raises(RecordingError, match="multiply one vector"):
        make_method(own(lambda w, x, d: (lambda b: b * d + b * w.gradient(x))(w.coins(HALF))), HALF)
