"""How many coordinates a message has, of theorems whose compressors are known."""

from __future__ import annotations

import pytest

from eftheory import laws
from eftheory.theory.calculators import CALCULATORS
from tests.theory.calculators.test_calculators import F, ask

COMPLEXITIES = {
    "ef21_nonconvex": ({"d": 16, "k": 4, "L_tilde": 2}, laws.ef21_complexity),
    "marina": ({"d": 16, "k": 4, "n": 4, "L_tilde": 2}, laws.marina_complexity),
    "ef21_p": ({"d": 16, "k": 4}, laws.ef21_p_complexity),
    "marina_p": ({"d": 16, "n": 4, "L_A": F(1, 2)}, laws.marina_p_complexity),
    "m3": ({"d": 16, "n": 8, "L_A": F(1, 2), "L_B": 1, "L_max": 2}, laws.m3_complexity),
}


@pytest.mark.parametrize("slug", COMPLEXITIES)
def test_messages_are_those_of_the_laws_of_time_and_no_more_steps_are_needed(slug):
    """The laws take the simpler step 1/(L + M), with which a little more steps are enough."""
    numbers, law = COMPLEXITIES[slug]
    found = CALCULATORS[slug].ask({**numbers, "L": 1, "delta": 3, "accuracy": "1/100"})
    known = law(L=F(1), delta=F(3), accuracy=F(1, 100), **numbers)
    assert (found["up"], found["down"]) == (known.up, known.down)
    assert known.steps / 2 < found["iterations"] <= known.steps


def test_of_other_messages_nothing_is_said():
    found = CALCULATORS["marina_p"].ask({"d": 16, "n": 4, "L_A": 1, "L": 1, "omega": 1})
    assert "down" not in {figure.name for figure in found.figures}


@pytest.mark.parametrize("slug", ["ef21_nonconvex", "ef21_p", "marina"])
def test_no_message_has_more_coordinates_than_there_are(slug):
    with pytest.raises(ValueError, match="k=20, d=10: k must not exceed d"):
        ask(slug, d=10, k=20)


@pytest.mark.parametrize(("slug", "who"), [("marina_p", ["down"]), ("m3", ["up", "down"])])
def test_a_message_has_at_least_one_coordinate(slug, who):
    """As PermK and Rand-k send it where there are fewer coordinates than agents."""
    asks = {quantity.name for quantity in CALCULATORS[slug].quantities}
    point = {"d": 3, "n": 999, "L": 1, "L_A": 1, "L_B": 0, "L_max": 1}
    found = CALCULATORS[slug].ask({name: value for name, value in point.items() if name in asks})
    assert {found[each] for each in who} == {1 + F(2, 999)}
