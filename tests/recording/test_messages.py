"""Messages of the server and unbiased ones in a method of one's own: what is recorded, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from eftheory import Method
from eftheory.recording import RecordingError, make_method

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


class Both(Method):
    """Everything twice: messages are drawn anew, whatever was asked before."""

    agent_state = ("d",)

    def step(self, world: Any, x: Any, d: Any) -> Any:
        sent = world.compress_server(x, alpha=HALF) + world.compress_server(x, HALF)
        more = world.unbiased(d, omega=3) + world.unbiased(d, 3, independent=True)
        return x - sent / 4, d / 2 + more / 8


def test_each_message_is_a_call_with_its_constants():
    calls = make_method(Both, HALF).definition.step.calls
    assert [(each.call, each.alpha, each.omega, each.independent) for each in calls] == [
        ("compress_server", HALF, 0, 0),
        ("compress_server", HALF, 0, 0),
        ("unbiased", 0, 3, 0),
        ("unbiased", 0, 3, 1),
    ]
    assert make_method(Both, HALF).newer


TRIED: dict[str, tuple[Any, str]] = {
    "float": (lambda world, x, d: world.compress_server(x, 0.5), "is a float"),
    "none": (lambda world, x, d: world.compress_server(x), "alpha"),
    "zero": (lambda world, x, d: world.compress_server(x, 0), r"alpha = 0: it must lie in \(0, 1\]"),
    "too much": (lambda world, x, d: world.compress_server(x, Fraction(3, 2)), "must lie in"),
    "negative": (lambda world, x, d: world.compress_server(x, -1), "must lie in"),
    "vector": (lambda world, x, d: world.compress_server(x, x), "two vectors are multiplied"),
    "of agents": (lambda world, x, d: world.mean(world.compress_server(d, HALF)), "needs a vector of the server"),
    "no omega": (lambda world, x, d: world.mean(world.unbiased(d)), "omega"),
    "omega zero": (lambda world, x, d: world.mean(world.unbiased(d, 0)), "omega = 0: it must be positive"),
    "omega negative": (lambda world, x, d: world.mean(world.unbiased(d, -1)), "omega = -1"),
    "omega float": (lambda world, x, d: world.mean(world.unbiased(d, 1.5)), "is a float"),
    "of the server": (lambda world, x, d: world.unbiased(x, 1), "needs a vector of each agent"),
    "perhaps": (lambda world, x, d: world.mean(world.unbiased(d, 1, independent=1)), "True or False"),
    "vaguely": (lambda world, x, d: world.mean(world.unbiased(d, 1, independent="yes")), "True or False"),
}


@pytest.mark.parametrize("line", TRIED)
def test_what_is_no_message_is_refused(line: str) -> None:
    asked, said = TRIED[line]

    def step(self: Any, world: Any, x: Any, d: Any) -> Any:
        return x - asked(world, x, d), d

    with pytest.raises(RecordingError, match=said):
        make_method(type("Tried", (Method,), {"agent_state": ("d",), "step": step}), HALF)


class Fickle(Method):
    """On numbers it sends with another alpha than when it is recorded."""

    def step(self, world: Any, x: Any) -> Any:
        return (x - world.compress_server(x, HALF if hasattr(x, "terms") else THIRD),)


def test_constants_are_those_that_were_recorded() -> None:
    with pytest.raises(RecordingError):
        make_method(Fickle, HALF)
