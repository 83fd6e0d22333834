"""Coordinates read off the step are those that a person would choose."""

from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.bounds import certify
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.methods import EF, EF21, GD, Method, Observation
from eftheory.recording import RecordingError, make_method
from tests.kit.own_methods import (
    Averaged,
    Copies,
    OwnChances,
    OwnDCGD,
    OwnEControl,
    OwnEF,
    OwnEF21,
    OwnGD,
    OwnHeavyBall,
    OwnMarina,
    TwoPoints,
)

FOUND = {
    OwnGD: Observation(server=("mean g",)),
    OwnEF: Observation(("e",), ("x - x*",)),
    OwnEF21: Observation(("g - d",), ("mean g",)),
    TwoPoints: Observation(server=("last - x", "mean g")),
    Copies: Observation(("w - x",), ("mean g",)),
    Averaged: Observation(server=("y - x*", "z")),
    OwnEControl: Observation(("e", "g - h"), ("mean g",)),
    OwnHeavyBall: Observation(("g - d",), ("m", "mean g")),
    OwnDCGD: Observation(server=("x - x*",)),
    OwnMarina: Observation(server=("mean g", "v")),
    OwnChances: Observation(("g - d",), ("m", "mean g")),
}


@pytest.mark.parametrize("method", FOUND)
def test_coordinates_that_are_found(method):
    assert make_method(method, Fraction(1, 3)).coordinates == FOUND[method]


@pytest.mark.parametrize(("own", "built_in"), [(OwnGD, GD), (OwnEF, EF), (OwnEF21, EF21)])
def test_coordinates_and_measure_of_known_methods_are_those_of_eftheory(own, built_in):
    agents, alpha, step = (AgentType(1, Fraction(1, 10), 3), AgentType(2, 1)), Fraction(2, 3), Fraction(1, 5)
    alpha = alpha if built_in.compresses else Fraction(1)
    mine, theirs = (take_step(Setting(agents, Contractive(alpha), m)) for m in (make_method(own, step), built_in(step)))
    assert (mine.before, mine.after, mine.measure) == (theirs.before, theirs.after, theirs.measure)
    assert mine.inequalities == theirs.inequalities


@pytest.mark.parametrize(("own", "built_in"), [(OwnEF, EF), (OwnEF21, EF21)])
def test_the_search_proves_the_same_rate(own, built_in):
    agents, alpha, step = (
        [AgentType(1, Fraction(1, 10), 2), AgentType(1, Fraction(1, 5))],
        Fraction(3, 4),
        Fraction(1, 2),
    )
    mine, theirs = (certify(m, agents, alpha=alpha, step_size=step, engine="cvxpy") for m in (own, built_in.name))
    assert mine.status("upper") == theirs.status("upper") == "proved"
    assert abs(mine.rate("upper") - theirs.rate("upper")) <= Fraction(1, 10**6) * (1 - theirs.rate("upper"))


def test_without_eta_the_memory_of_econtrol_is_invisible():
    made = make_method(OwnEControl, Fraction(1, 3), {"eta": Fraction(0)})
    assert made.coordinates == Observation(("g - h",), ("mean g",))


def test_a_step_that_shows_nothing_needs_coordinates_by_hand():
    class Still(Method):
        def step(self, world, x):
            return (x,)

    with pytest.raises(RecordingError, match="no coordinates follow from the step: write observe"):
        make_method(Still, Fraction(1))
