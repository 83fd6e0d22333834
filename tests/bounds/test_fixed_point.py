"""A method that cannot stay at a minimiser is told so, with what is missing; verdicts are as before."""

from fractions import Fraction

import pytest

from eftheory import COMMON_MINIMISER, Method, Observation
from eftheory.bounds import certify, compresses, make_setting
from eftheory.bounds.fixed_point import explain_no_fixed_point, explain_other_fixed_points
from eftheory.methods import EF, EF21, GD
from tests.kit.own_methods import Averaged, Copies, OwnEF, OwnEF21, OwnGD, TwoPoints
from tests.recording.honest import HONEST, CachesALot, CompressesTwice

NO_STATE, MISSING = (
    "it has no fixed point: at a minimiser x* of f",
    "What is missing is hypotheses = (COMMON_MINIMISER,)",
)
STEP = Fraction(1, 3)
NO_MEASURE = "the measure does not vanish where the method stays"


STUCK = {CachesALot, CompressesTwice}
"""Which are honest, and measure or compress gradients that do not vanish."""


def small_gradient(self, world, x, *_):
    return world.square(world.mean(world.gradient(x)))


class Plain(OwnEF):
    """Error feedback, of which nothing is assumed."""

    hypotheses = ()


class Decayed(Plain):
    def step(self, world, x, e):
        v = e + self.step_size * world.gradient(x)
        c = world.compress(v)
        return x - world.mean(c), Fraction(9, 10) * (v - c)


class Direct(Method):
    """Compressed gradients without feedback."""

    def step(self, world, x):
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)


class Sums(Method):
    """Sums up all gradients, one agent as the other: each sum grows for ever, their mean does not."""

    agent_state = ("s",)

    def step(self, world, x, s):
        return x - self.step_size * world.mean(world.gradient(x)), s + world.gradient(x)


class SumsTwice(Method):
    """Two sums that grow for ever, of which only the difference counts."""

    agent_state = ("s", "t")
    measure = small_gradient

    def step(self, world, x, s, t):
        g = world.gradient(x)
        return x - self.step_size * world.mean(g + s - t), s + g, t + g


class Decays(OwnGD):
    def step(self, world, x):
        return ((1 - self.step_size / 2) * x - self.step_size * world.mean(world.gradient(x)),)

    def observe(self, world, x):
        return Observation(server=(world.mean(world.gradient(x)),))


class MeasuresTheEstimates(OwnEF21):
    def measure(self, world, x, d):
        return world.mean_square(d)


class MeasuresThePlace(OwnGD):
    def measure(self, world, x):
        return world.square(x)


class Anchored(OwnEF21):
    """EF21 with d_i + grad f_i(0) in place of d_i: it stays at x*, where d_i is grad f_i(x*) - grad f_i(0)."""

    def step(self, world, x, d):
        fixed = world.gradient(0 * x)
        x = x - self.step_size * world.mean(d + fixed)
        return x, d + world.compress(world.gradient(x) - fixed - d)

    def observe(self, world, x, d):
        g = world.gradient(x)
        return Observation((g - d - world.gradient(0 * x),), (world.mean(g),))

    measure = small_gradient


class TakenBack(OwnEF21):
    """What it asks for at 2 x, it takes back."""

    measure = small_gradient

    def observe(self, world, x, d):
        g = world.gradient(x)
        return Observation((g - d,), (world.mean(g),))

    def step(self, world, x, d):
        before, x = world.gradient(2 * x), x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d + before - world.gradient(2 * x))


def explain(method, *, alpha=Fraction(3, 4), count=4, of=explain_no_fixed_point):
    alpha = alpha if compresses(method, STEP, None) else 1
    return of(make_setting(method, [(1, Fraction(1, 10), count)], alpha=alpha, step_size=STEP))


@pytest.mark.parametrize("method", [Plain, Decayed, Direct, type("Seen", (Decayed,), {"measure": small_gradient})])
def test_without_a_fixed_point_the_hypothesis_that_is_missing_is_named(method):
    said = explain(method)
    assert NO_STATE in said
    assert MISSING in said
    assert "as EF21 does" in said
    assert explain(method, count=1) == ""  # the sum is zero, and so is its only term
    common = type("Common", (method,), {"hypotheses": (COMMON_MINIMISER,)})
    assert explain(common) == ""


def test_a_minimiser_that_V_does_not_see_is_offered():
    said = certify(Decayed, (1, 0.1), alpha=0.75, step_size=0.1).notes[-1]
    assert (
        "V may have to see x - x*, as with hypotheses = (COMMON_MINIMISER,), which is always so for one agent" in said
    )
    seen = type("Seen", (Decayed,), {"hypotheses": (COMMON_MINIMISER,)})
    assert certify(seen, (1, 0.1), alpha=0.75, step_size=0.1).rate("upper") < Fraction(982, 1000)
    assert "COMMON_MINIMISER" not in str(certify(seen, (1, 0.1), alpha=0.75, step_size=9).notes)


def test_what_errs_without_messages_is_not_helped_by_other_messages():
    summed = type("Summed", (Sums,), {"observe": lambda self, world, x, s: Observation((s,))})
    said = explain(summed, alpha=1)
    assert NO_STATE in said
    assert "EF21" not in said


@pytest.mark.parametrize("method", [Plain, Direct])
def test_without_compression_a_measure_of_gradients_is_the_cause(method):
    assert explain(method, alpha=1).startswith(NO_MEASURE)
    assert explain(type("Small", (method,), {"measure": small_gradient}), alpha=1) == ""


@pytest.mark.parametrize("method", [Decays, type("Common", (Decays,), {"hypotheses": (COMMON_MINIMISER,)})])
def test_what_has_none_even_at_a_common_minimiser_is_told_so(method):
    said = explain(method)
    assert said.startswith("it has no fixed point, with a common minimiser or without: the step does not move with x*")
    assert "COMMON_MINIMISER" not in said


@pytest.mark.parametrize(
    ("method", "advice"),
    [(MeasuresTheEstimates, "Measure differences to them"), (MeasuresThePlace, "zero at every minimiser x*")],
)
def test_a_measure_that_does_not_vanish_is_the_cause(method, advice):
    said = explain(method)
    assert said.startswith(NO_MEASURE)
    assert advice in said


@pytest.mark.parametrize(
    "method", [OwnGD, OwnEF, OwnEF21, TwoPoints, Copies, Averaged, *(it for it in HONEST if it not in STUCK)]
)
@pytest.mark.parametrize("alpha", [1, Fraction(3, 4)])
def test_of_what_converges_nothing_is_said(method, alpha):
    assert explain(method, alpha=alpha) == ""


@pytest.mark.parametrize("method", [Anchored, TakenBack])
def test_of_gradients_at_points_that_cannot_be_the_minimiser_nothing_is_said(method):
    assert explain(method) == ""


@pytest.mark.parametrize("method", [SumsTwice, type("Unseen", (Sums,), {"measure": small_gradient})])
def test_what_the_measure_never_sees_may_move(method):
    assert explain(method) == ""


@pytest.mark.parametrize("method", [GD, EF, EF21])
def test_of_methods_of_eftheory_nothing_is_said(method):
    assert explain(method, alpha=1) == ""


def test_the_cause_is_a_note_and_nothing_else_changes():
    found = certify(Decayed, (1, 0.1, 20), alpha=0.75, step_size=0.1)
    assert found.status("upper") == "inconclusive"
    assert [note for note in found.notes if note.startswith(f"no rate below 1 was found: {NO_STATE}")]
    assert "too large" not in repr(found)


class SumsUp(Method):
    """EF21 as papers write it: the server sums up what the agents send."""

    server_state, agent_state = ("x", "g"), ("d",)

    def step(self, world, x, g, d):
        x = x - self.step_size * g
        c = world.compress(world.gradient(x) - d)
        return x, g + world.mean(c), d + c


class Rests(Decays):
    def step(self, world, x):
        return (x + 0 * world.mean(world.gradient(x)),)


@pytest.mark.parametrize(("method", "kept"), [(SumsUp, "g - mean d_i"), (Rests, "x")])
def test_what_can_stay_elsewhere_is_told_so(method, kept):
    common = type("Common", (method,), {"hypotheses": (COMMON_MINIMISER,)})
    for each in (method, common):
        said = explain(each, of=explain_other_fixed_points)
        assert said.startswith(f"the method can stay where the gradient of f is not zero: {kept} never changes")


def test_without_anything_that_is_kept_nothing_is_named():
    assert explain(Decays, of=explain_other_fixed_points) == "the method can stay where the gradient of f is not zero"


@pytest.mark.parametrize("method", [GD, OwnGD, OwnEF, OwnEF21, TwoPoints, Copies, Averaged, Decayed, Sums, SumsTwice])
def test_what_stays_at_minimisers_only_needs_no_word(method):
    assert explain(method, of=explain_other_fixed_points) == ""


def test_the_cause_goes_before_what_options_leave_out():
    (*_, note) = certify(Direct, (1, 0.1, 20), alpha=0.75, step_size=0.1, sparsity="diagonal").notes
    assert MISSING in note


def test_a_proof_of_a_measure_that_does_not_see_the_gradient_has_a_note():
    found = certify(SumsUp, (1, 0.1, 20), alpha=0.75, step_size=0.25)
    assert found.status("upper") == "proved"
    assert [note for note in found.notes if note.startswith("the measure does not tell all: the method can stay")]
    seen = type("Seen", (SumsUp,), {"measure": small_gradient})
    assert any(
        "g - mean d_i never changes" in it for it in certify(seen, (1, 0.1, 20), alpha=0.75, step_size=0.25).notes
    )


def test_no_step_size_is_searched_where_none_serves():
    found = certify(Direct, (1, 0.1, 20), alpha=0.75)
    assert found.setting.method.step_size == 1
    assert found.notes[0].startswith("no step size was searched, since the method cannot converge at any")
    assert any(MISSING in note for note in found.notes)
