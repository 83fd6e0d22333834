"""Why a method cannot converge to x*, in a note, where the class writes its own coordinates and measure."""

from fractions import Fraction

import pytest

from eftheory import COMMON_MINIMISER, Method, Observation
from eftheory.assumptions import AgentType
from eftheory.bounds import certify
from eftheory.recording import RecordingError, explain_no_limit, make_method
from tests.recording.honest import HONEST

STEP = Fraction(1, 2)


class Decays(Method):
    """Weight decay pulls to the origin."""

    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, x):
        return ((1 - self.step_size / 2) * x - self.step_size * world.mean(world.gradient(x)),)

    def observe(self, world, x):
        return Observation(server=(x - world.minimiser,))

    def measure(self, world, x):
        return world.square(x - world.minimiser)


class FromTheOrigin(Method):
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, x):
        return (x - self.step_size * world.mean(world.gradient(x)),)

    def measure(self, world, x):
        return world.square(x)


class FromTheMinimiser(FromTheOrigin):
    def measure(self, world, x):
        return 2 * world.square(x - world.minimiser)


class WithoutTheHypothesis(FromTheOrigin):
    hypotheses = ()


@pytest.mark.parametrize(
    ("method", "cause"),
    [
        (Decays, "the step does not move with x*: gradients, messages and new state cannot all move with the origin"),
        (FromTheOrigin, "the measure does not vanish at x*, where the method stays if it starts there"),
    ],
)
def test_the_cause_is_in_a_note(method, cause):
    found = certify(method, [AgentType(1, Fraction(1, 10), 3)], alpha=1, step_size=STEP)
    assert found.status("upper") == "inconclusive"
    assert [note for note in found.notes if cause in note]


@pytest.mark.parametrize("method", [FromTheMinimiser, WithoutTheHypothesis, *HONEST])
def test_without_a_cause_nothing_is_said(method):
    assert explain_no_limit(make_method(method, STEP).definition) == ""


def test_what_measures_from_the_minimiser_is_proved():
    found = certify(FromTheMinimiser, [AgentType(1, Fraction(1, 10), 3)], alpha=1, step_size=STEP)
    assert found.status("upper") == "proved"


class AsksElsewhere(Method):
    """Asks at 2x, and takes it back: it stays at x*."""

    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, x):
        there = world.mean(world.gradient(2 * x))
        return (x - self.step_size * world.mean(world.gradient(x)) + there - there,)


class AsksElsewhereWithItsOwnMeasure(AsksElsewhere):
    def observe(self, world, x):
        return Observation(server=(x - world.minimiser,))

    def measure(self, world, x):
        return world.square(x - world.minimiser)


def test_of_gradients_asked_for_elsewhere_nothing_is_said():
    with pytest.raises(RecordingError, match=r"at points that cannot all be x\*.*write observe and measure") as error:
        make_method(AsksElsewhere, STEP)
    assert "fixed point" not in str(error.value)
    assert explain_no_limit(make_method(AsksElsewhereWithItsOwnMeasure, STEP).definition) == ""
