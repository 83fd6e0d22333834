"""Of f itself: what is recorded holds, is attained, and no claim is proved without it."""

import json
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.assumption import MeanPoint
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.mean import BoundedBelow, SmoothMean
from eftheory.check import check_bytes
from eftheory.worlds import ExactWorld
from eftheory.writing import seal
from tests.kit.second import changed, document, second

F = Fraction
number = st.fractions(-3, 3, max_denominator=8)


def point(k: int, x: Fraction, slope: Fraction, bent: Fraction, *earlier: MeanPoint) -> MeanPoint:
    """Of f with curvature slope where x < 0, bent where x > 0, and the least value 0 at 0 if both are positive."""
    h = slope if x < 0 else bent
    return MeanPoint(k, h * x, h * h * x * x, h * x * x / 2, F(9), x, F(-9), earlier)


def slacks(of: SmoothMean, x: Fraction, y: Fraction, slope: Fraction, bent: Fraction) -> dict[str, Fraction]:
    first = point(0, x, slope, bent)
    facts = of.facts(point(1, y, slope, bent, first), lambda a, b: a * b)
    return {fact.name: fact.slack for fact in facts}


@given(number, number, st.fractions(0, 1), st.fractions(0, 1))
def test_functions_of_the_class_meet_what_is_recorded(x, y, a, b):
    for L, mu in ((F(1), F(-1)), (F(2), F(1, 3)), (F(1, 4), F(0))):
        slope, bent = (mu + (L - mu) * share for share in (a, b))
        assert min(slacks(SmoothMean(L, mu), x, y, slope, bent).values()) >= 0


@given(number.filter(bool), number)
def test_quadratics_at_the_ends_attain_it(x, y):
    of = SmoothMean(F(2), F(1, 2))
    for h in (of.L, of.mu):
        found = slacks(of, x, y, h, h)
        assert {found[name] for name in ("mean interpolation 0 above 1", "mean interpolation 1 above 0")} == {0}
    assert slacks(of, x, y, of.mu, of.mu)["mean pl 1"] == 0


def test_functions_outside_of_the_class_break_it():
    of = SmoothMean(F(1), F(-1, 2))
    for h in (F(11, 10), F(-6, 10)):
        found = [value for x, y in product((F(-1), F(1), F(2)), repeat=2) for value in slacks(of, x, y, h, h).values()]
        assert min(found) < 0


def test_only_a_positive_mu_speaks_of_the_infimum():
    for mu in (F(-1), F(0)):
        assert [*slacks(SmoothMean(F(1), mu), F(1), F(2), F(0), F(0))] == [
            "mean interpolation 1 above 0",
            "mean interpolation 0 above 1",
        ]


NAMES = ("ef21_mean", "ef21_curved_mean")


@pytest.mark.parametrize("name", NAMES)
def test_no_claim_is_proved_without_it(name):
    assumed = document(name)["setting"]["assumptions"]
    content = document(name)
    content["setting"]["assumptions"] = [each for each in assumed if each["class"] != "smooth mean"]
    content["setting"]["hypotheses"].remove("smooth mean")
    (verdict,) = check_bytes(json.dumps(seal(content)).encode())
    assert not verdict.proved


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("constants", [{"L": "1/2"}, {"L": "1"}, {"mu": "-1/8"}, {"L": "1/2", "mu": "-1/2"}])
def test_of_a_wider_class_the_same_numbers_prove_nothing(name, constants):
    places = document(name)["setting"]["assumptions"]
    new = [{**each, **constants} if each["class"] == "smooth mean" else each for each in places]
    if new == places or (name == "ef21_mean" and constants == {"mu": "-1/8"}):  # which is no wider
        return
    (verdict,) = check_bytes(changed(name, setting__assumptions=new))
    assert not verdict.proved


@pytest.mark.parametrize("name", NAMES)
def test_the_hypothesis_is_in_the_claim(name):
    it = second(name)
    said = [hypothesis.sentence for hypothesis in it.setting.hypotheses]
    assert any("has curvatures between" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("of", "L"), [(None, F(2, 3)), (SmoothMean(F(1, 4), F(0)), F(1, 4)), (SmoothMean(F(1), F(0)), F(2, 3))]
)
def test_f_is_as_smooth_as_the_mean_of_its_parts_or_as_is_assumed(of, L):
    """f may attain it: then f - inf f = ||grad f||^2 / (2 L), and no smaller L is true."""
    types = (AgentType(functions=Smooth(L=1, mu=-1)), AgentType(functions=Smooth(L=F(1, 2), mu=0), count=2))
    world = ExactWorld(types, Contractive(1), values=True, assumptions=(BoundedBelow(), *([of] if of else [])))
    g = world.mean(world.gradient(world.server("x")))
    assert world.inequalities["bounded below 0"][0].quadratic == (-1 / (2 * L) * world.square(g)).quadratic
