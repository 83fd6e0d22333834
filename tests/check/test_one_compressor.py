"""A compressor is one function: equal inputs get equal messages, at all times and in all calls of a step."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Lower
from eftheory.check.lower import agree, check_lower
from eftheory.claims import Setting
from eftheory.exact import Vector
from eftheory.methods import Definition, Recorded
from eftheory.methods.recorded import Call, Program

ONE, HALF = Fraction(1), Fraction(1, 2)


def twice(second: Fraction, weight: Fraction) -> Setting:
    """x+ = x - 1/2 mean (g + weight (C(g) - C(second g))), one agent with f(x) = x^2/2, messages up to half off."""
    calls = (
        Call("gradient", {"x": ONE}),
        Call("compress", {"gradient 0": ONE}),
        Call("compress", {"gradient 0": second}),
        Call("mean", {"gradient 0": ONE, "compress 1": weight, "compress 2": -weight}),
    )
    step = Program(calls, {}, {"x": {"x": ONE, "mean 3": -HALF}})
    look = Program(server={"x - x*": {"x": ONE, "x*": -ONE}})
    method = Recorded(HALF, Definition("Twice", ("x",), step, look, look, {"x - x*": ONE}, (), ("common minimiser",)))
    return Setting((AgentType(1, 1),), Contractive(Fraction(3, 4)), method)


def instance(first: Fraction, second: Fraction, weight: Fraction) -> Lower:
    """From x = 1 with these two messages."""
    factor = 1 - HALF * (1 + weight * (first - second))
    sign = ONE if factor >= 0 else -ONE
    messages = (((first,),), ((second,),))
    return Lower(factor**2, abs(factor), (sign,), ((ONE,),), {"x": (ONE,)}, {}, messages)


def failures(setting: Setting, lower: Lower) -> list[str]:
    return [failure.name for failure in check_lower(setting, lower).failures]


def test_equal_inputs_with_two_messages_are_refused():
    """It would make gradient descent plus zero diverge."""
    lower = instance(HALF, 3 * HALF, Fraction(4))
    assert lower.growth == Fraction(5, 2)
    assert failures(twice(ONE, Fraction(4)), lower) == ["message 1 of type 0 is a function of its input"]


@pytest.mark.parametrize("message", [HALF, ONE, 3 * HALF])
def test_equal_inputs_with_one_message_are_accepted(message):
    assert failures(twice(ONE, Fraction(4)), instance(message, message, Fraction(4))) == []


def test_inputs_that_are_equal_at_different_times_are_found():
    """The state halves in each step, so that C meets 1/2 g of today as g of tomorrow."""
    honest, growth = instance(ONE, HALF, Fraction(0)), HALF
    assert honest.growth == growth
    assert failures(twice(growth, Fraction(0)), honest) == []
    assert failures(twice(growth, Fraction(0)), instance(ONE, HALF / 2, Fraction(0))) == [
        "message 1 of type 0 is a function of its input"
    ]


small = st.sampled_from([Fraction(k, 2) for k in range(-2, 3)])
pairs = st.builds(lambda x, y: Vector({"0": x, "1": y}), small, small)
signs = st.builds(lambda x, y: Vector({"0": x, "1": y}), *[st.sampled_from([ONE, -ONE])] * 2)


def turned(Z: Vector, growth: Fraction, t: int, v: Vector) -> Vector:
    return Vector({k: (growth * Z[k]) ** t * value for k, value in v})


@given(pairs, pairs, pairs, pairs, signs, st.sampled_from([HALF, ONE, 2 * ONE, 3 * ONE]))
def test_what_agrees_agrees_at_all_times(v, c, w, d, Z, growth):
    clash = any(
        turned(Z, growth, t, v) == turned(Z, growth, s, w) and turned(Z, growth, t, c) != turned(Z, growth, s, d)
        for t, s in product(range(5), repeat=2)
        if v and w  # contraction makes messages of zero zero
    )
    agrees = agree((v, c), (w, d), Z, growth)
    assert not (agrees and clash)
    if growth == 1:
        assert agrees is not clash
