from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Lower
from eftheory.check.lower import check_lower
from eftheory.claims import Setting
from eftheory.methods import EF, EF21, GD
from tests.kit.examples import EXAMPLES, example

names = pytest.mark.parametrize("name", EXAMPLES)
ONE = Fraction(1)


def failures(setting, evidence) -> list[str]:
    return [failure.name for failure in check_lower(setting, evidence).failures]


def scaled(lower: Lower, factor: Fraction) -> Lower:
    def times(rows):
        return tuple(tuple(factor * value for value in row) for row in rows)

    return replace(
        lower,
        server={name: tuple(factor * value for value in v) for name, v in lower.server.items()},
        agents={name: times(rows) for name, rows in lower.agents.items()},
        messages=tuple(times(call) for call in lower.messages),
    )


@names
def test_every_curvature_counts(name):
    """One coordinate of one type outside is enough, above or below."""
    setting, lower = example(name).setting, example(name).lower
    for t, agent in enumerate(setting.agents):
        for k, _ in enumerate(lower.signs):
            for h in (agent.L + Fraction(1, 10**60), agent.mu - Fraction(1, 10**60)):
                rows = [list(row) for row in lower.curvatures]
                rows[t][k] = h
                found = failures(setting, replace(lower, curvatures=tuple(map(tuple, rows))))
                assert f"curvatures of type {t} lie in [mu, L]" in found


@names
@pytest.mark.parametrize("factor", [Fraction(1, 10**9), Fraction(-3, 7), Fraction(10**9)])
def test_a_multiple_of_the_state_grows_alike(name, factor):
    assert failures(example(name).setting, scaled(example(name).lower, factor)) == []


@names
def test_the_zero_state_is_seen_through(name):
    assert failures(example(name).setting, scaled(example(name).lower, Fraction(0))) == ["the measure sees the mode"]


@names
def test_smaller_rates_are_proved_too(name):
    setting, lower = example(name).setting, example(name).lower
    for rate in (lower.rate / 2, Fraction(0)):
        assert failures(setting, replace(lower, rate=rate)) == []


@names
@pytest.mark.parametrize("rate", [Fraction(-1), Fraction(-100)])
def test_negative_rates_are_no_rates(name, rate):
    """measure_t >= rate^t measure_0 for all t would be false for even t: (-100)^2 is large."""
    assert failures(example(name).setting, replace(example(name).lower, rate=rate)) != []


@names
def test_rates_above_the_growth_are_not(name):
    setting, lower = example(name).setting, example(name).lower
    assert failures(setting, replace(lower, rate=lower.growth**2 + Fraction(1, 10**60))) == ["rate <= growth^2"]


@given(st.sampled_from(list(EXAMPLES)), st.integers(1, 120), st.sampled_from([-1, 1]))
def test_no_other_growth_fits(name, power, sign):
    setting, lower = example(name).setting, example(name).lower
    growth = lower.growth * (1 + sign * Fraction(1, 2**power))
    found = failures(setting, replace(lower, growth=growth, rate=growth * growth))
    assert "the state after one step is growth * signs * state" in found


@given(st.sampled_from([name for name in EXAMPLES if EXAMPLES[name][0] != "gd"]), st.integers(1, 120), st.data())
def test_every_number_of_the_state_matters(name, power, data):
    setting, lower = example(name).setting, example(name).lower
    k = data.draw(st.integers(0, len(lower.signs) - 1))
    x = tuple(value * (1 + Fraction(j == k, 2**power)) for j, value in enumerate(lower.server["x"]))
    found = failures(setting, replace(lower, server={"x": x}))
    assert "the state after one step is growth * signs * state" in found


def test_coordinates_may_be_permuted():
    setting, lower = example("ef21, two types").setting, example("ef21, two types").lower
    assert len(lower.signs) == 2

    def flip(rows):
        return tuple(row[::-1] for row in rows)

    flipped = replace(
        lower,
        signs=lower.signs[::-1],
        curvatures=flip(lower.curvatures),
        server={"x": lower.server["x"][::-1]},
        agents={"d": flip(lower.agents["d"])},
        messages=tuple(map(flip, lower.messages)),
    )
    assert failures(setting, flipped) == []
    assert failures(setting, replace(flipped, signs=lower.signs)) != []


@pytest.mark.parametrize("name", [name for name in EXAMPLES if "two types" in name])
def test_types_are_not_interchangeable(name):
    setting, lower = example(name).setting, example(name).lower
    swapped = Setting(setting.agents[::-1], setting.compressor, setting.method)
    assert failures(swapped, lower) != []
    in_order = replace(
        lower,
        curvatures=lower.curvatures[::-1],
        agents={name: rows[::-1] for name, rows in lower.agents.items()},
        messages=tuple(call[::-1] for call in lower.messages),
    )
    assert failures(swapped, in_order) == []


def motionless(setting: Setting, agents: dict, messages: tuple) -> Lower:
    """A state that stays where it is, in a direction in which all functions are flat."""
    return Lower(ONE, ONE, (ONE,), ((Fraction(0),),), {"x": (ONE,)}, agents, messages)


def test_a_motionless_mode_must_be_seen_by_the_measure():
    """mu = 0: x rests in a flat direction. EF21's and GD's measure is zero there, EF's is not."""
    flat = (AgentType(1, 0),)
    zero = ((Fraction(0),),)
    for setting, agents, messages in [
        (Setting(flat, Contractive(Fraction(1, 2)), EF21(ONE)), {"d": zero}, (zero,)),
        (Setting(flat, Contractive(1), GD(ONE)), {}, ()),
    ]:
        assert failures(setting, motionless(setting, agents, messages)) == ["the measure sees the mode"]
    ef = Setting(flat, Contractive(Fraction(1, 2)), EF(ONE))
    assert failures(ef, motionless(ef, {"e": zero}, (zero,))) == []


def test_a_state_that_dies_at_once():
    """growth = 0 is allowed and proves rate 0 only."""
    setting = Setting((AgentType(1, 1),), Contractive(1), GD(ONE))
    dead = Lower(Fraction(0), Fraction(0), (ONE,), ((ONE,),), {"x": (ONE,)}, {}, ())
    assert failures(setting, dead) == []
    assert failures(setting, replace(dead, rate=Fraction(1, 10**9))) == ["rate <= growth^2"]


def test_a_compressor_may_not_answer_an_input_in_two_ways():
    """growth = 1: the same input is met again, so the message may not change its sign."""
    found = failures(
        Setting((AgentType(27, 0),), Contractive(Fraction(1, 4)), EF21(ONE)),
        Lower(
            ONE,
            ONE,
            (ONE, -ONE),
            ((ONE, ONE),),
            {"x": (ONE, Fraction(0))},
            {"d": ((Fraction(0), Fraction(0)),)},
            (((ONE, Fraction(1, 2)),),),
        ),
    )
    assert "message 0 of type 0 is a function of its input" in found
    assert "message 0 of type 0 is contractive" not in found


def test_long_numbers_are_reported_without_trouble():
    """Python refuses to print integers of more than 4300 digits; the checker must not stumble over that."""
    setting = example("gd").setting
    size = 8
    lower = Lower(
        ONE,
        ONE,
        (ONE,) * size,
        (tuple(Fraction(13) + Fraction(1, 7**400 + k) for k in range(size)),),
        {"x": tuple(Fraction(3**800 + k, 5**500 + k) for k in range(size))},
        {},
        (),
    )
    assert "the state after one step is growth * signs * state" in failures(setting, lower)
