"""Settings that seem to say one thing and mean another: refused, or worded as they are meant."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive, Hypothesis
from eftheory.assumptions.assumption import MeanPoint
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.assumptions.mean import (
    BoundedBelow,
    CommonGlobalMinimiser,
    GlobalMinimiser,
    PolyakLojasiewicz,
    Similar,
    SmoothMean,
)
from eftheory.certificates import Block, Certificate, ClassBound, Lower
from eftheory.check import check_certificate
from eftheory.check.coordinates import take_step
from eftheory.check.lower import check_lower
from eftheory.claims import Setting
from eftheory.exact import Form, Vector, inner, square
from eftheory.methods import EF21, GD, Observation, Recorded, Template
from eftheory.methods.method import State
from eftheory.recording import record
from tests.kit.general import GENERAL, NONCONVEX, SGD, STEP, TYPES, Partly, Sometimes

F = Fraction


# Settings that say one thing and mean another


@dataclass(frozen=True)
class Flips(GD):
    """A coin before the first gradient: what the branches know of f has nothing in common but inf f."""

    agent_state = ("d",)
    coordinates = Observation(agents=("d",))
    measure_name = "mean ||d||^2"

    def step(self, world: Any, x: Any, d: Any) -> State:
        away = x if world.coin(F(1, 2)) else F(2) * x
        return x, 0 * d + world.gradient(away)

    def observe(self, world: Any, x: Any, d: Any) -> Observation:
        return Observation(agents=(d,))

    def measure(self, world: Any, x: Any, d: Any) -> Any:
        return world.mean_square(d)


def test_what_branches_know_of_the_infimum_is_not_mixed():
    """The values of each branch are less that at its own first point."""
    setting = Setting(NONCONVEX, Contractive(1), Flips(F(1)), (PolyakLojasiewicz(F(1, 2)),))
    step = take_step(setting)
    pl, below = step.inequalities["pl 0 if 0"][0], step.inequalities["bounded below 0 if 1"][0]
    assert (pl + below).values  # else ||g||^2 at 2 x is at least a share of that at x, which may be anything


@pytest.mark.parametrize("verb", ["compress", "noisy_gradient", "coin"])
@pytest.mark.parametrize("place", ["observe", "measure"])
def test_to_look_draws_nothing(verb, place):
    """Drawn anew before and after a step, V would be two different functions."""

    class Looks(SGD):
        def observe(self, world: Any, x: Any) -> Observation:
            return Observation(server=(world.mean(self.look(world, x, "observe")),))

        def measure(self, world: Any, x: Any) -> Any:
            return world.square(world.mean(self.look(world, x, "measure")))

        def look(self, world: Any, x: Any, here: str) -> Any:
            g = world.gradient(x)
            if here != place:
                return g
            return {
                "compress": lambda: world.compress(g),
                "noisy_gradient": lambda: world.noisy_gradient(x),
                "coin": lambda: g if world.coin(F(1, 2)) else 0 * g,
            }[verb]()

    Looks.compresses = True
    it = GENERAL["sgd"]()
    setting = replace(it.setting, method=Looks(STEP), compressor=Contractive(F(1, 2)))
    with pytest.raises(ValueError, match="to look must draw no messages, noise or coins"):
        take_step(setting)


def test_agents_at_points_of_their_own_are_refused():
    """That f is bounded below says nothing of the mean of values at different points."""

    class Local(EF21):
        def step(self, world: Any, x: Any, d: Any) -> State:
            return x, world.gradient(x + d)

    with pytest.raises(ValueError, match="agents at points of their own"):
        take_step(Setting(NONCONVEX, Contractive(1), Local(STEP), (BoundedBelow(),)))


def test_a_coin_multiplies_one_vector_and_comes_up_as_often_as_it_says():
    class Twice(Partly):
        def step(self, world: Any, x: Any) -> State:
            coins, g = world.coins(self.chance), world.gradient(x)
            return (x - world.mean(coins * g) - world.mean(coins * g),)

    with pytest.raises(ValueError, match="coins multiply one vector"):
        take_step(Setting(NONCONVEX, Contractive(1), Twice(STEP), (BoundedBelow(),)))
    for chance in (F(0), F(1), F(3, 2), F(-1)):
        with pytest.raises(ValueError, match="a coin falls with a probability"):
            take_step(Setting(NONCONVEX, Contractive(1), Sometimes(STEP, chance)))
    for chance in (F(0), F(3, 2), F(-1)):
        with pytest.raises(ValueError, match="agents take part with a probability"):
            Setting(NONCONVEX, Contractive(1), GD(STEP)).world().coins(chance)
    with pytest.raises(ValueError, match="all agents take part with one probability"):
        Setting(NONCONVEX, Contractive(1), GD(STEP)).world().coins((F(1, 2), F(1, 3)))
    with pytest.raises(TypeError, match=r"chance=0\.5"):
        take_step(Setting(NONCONVEX, Contractive(1), Sometimes(STEP, 0.5)))


def test_branches_are_all_there_and_their_chances_add_up():
    class Thrice(GD):
        def step(self, world: Any, x: Any) -> State:
            g = world.mean(world.gradient(x))
            if world.coin(F(1, 3)):
                return (x - g,) if world.coin(F(1, 4)) else (x - 2 * g,)
            return (x - g,) if world.coin(F(2, 3)) and world.coin(F(1, 5)) else (x,)

    step = take_step(Setting(NONCONVEX, Contractive(1), Thrice(STEP)))
    assert sorted(chance for chance, _ in step.branches) == sorted(
        [F(1, 12), F(1, 4), F(2, 3) * F(2, 3) / 5, F(2, 3) * F(2, 3) * F(4, 5), F(2, 9)]
    )
    assert sum(chance for chance, _ in step.branches) == 1


@pytest.mark.parametrize(
    "hypothesis", [Hypothesis("mine", "nothing is assumed", OF_ALL), Hypothesis("mine", "there is a point", "some")]
)
def test_only_known_hypotheses_grant_a_minimiser(hypothesis):
    class Grants(GD):
        hypotheses = (hypothesis,)

        def observe(self, world: Any, x: Any) -> Observation:
            return Observation(server=(x - world.minimiser,))

    with pytest.raises(ValueError, match="declares no common minimiser"):
        take_step(Setting(NONCONVEX, Contractive(1), Grants(STEP)))


def test_two_unknowns_never_share_a_symbol():
    class Clashes(EF21):
        server_state = ("x", "d[0]")

        def step(self, world: Any, x: Any, y: Any, d: Any) -> State:
            return x, y, d

    with pytest.raises(ValueError, match="two unknowns must not share a symbol"):
        take_step(Setting(NONCONVEX, Contractive(1), Clashes(STEP)))


# What a claim may bound


@pytest.mark.parametrize("measure", ["f - inf f", "||x - x*||^2", "mean ||d||^2", "||mean d||^2", "||y||^2"])
def test_a_measure_that_means_nothing_is_refused(measure):
    with pytest.raises(ValueError, match=r"assume 'bounded below'|no common minimiser|is no quantity of gd"):
        Setting(NONCONVEX, Contractive(1), GD(STEP), (), measure)


def test_coordinates_of_a_method_of_ones_own_are_named_by_what_they_are():
    """Its labels are free text, and might be called anything: ||x - x_star||^2, say."""

    class Mine(GD):
        coordinates = Observation(server=("grad f(x)",))

    definition = record(Mine(STEP))
    labelled = replace(
        definition,
        observe=replace(definition.observe, server={"grad f(x)": {"x": F(1)}}),
    )
    method = Recorded(STEP, labelled)
    with pytest.raises(ValueError, match="is no quantity of"):
        Setting(TYPES, Contractive(1), method, (), "||grad f(x)||^2")
    assert Setting(TYPES, Contractive(1), method, (), "||x||^2").measure_name == "||x||^2"


def test_values_are_seen_at_a_vector_that_is_called_x():
    class Elsewhere(GD):
        server_state = ("y",)

    with pytest.raises(ValueError, match="does not begin with a server vector x"):
        take_step(Setting(NONCONVEX, Contractive(1), Elsewhere(STEP), (BoundedBelow(),)), Template(gradients=True))


def test_a_pl_constant_above_the_smoothness_is_refused():
    setting = Setting(TYPES, Contractive(1), GD(STEP), (PolyakLojasiewicz(F(11, 10)),))
    with pytest.raises(ValueError, match="greater than the mean of all L"):
        take_step(setting)


def test_long_constants_are_no_trouble():
    """Their mean is longer than what Python prints."""
    agents = tuple(AgentType(functions=Smooth(L=F(10**390 + t, 10**390 + 7 * t + 1), mu=0)) for t in range(16))
    assert take_step(Setting(agents, Contractive(1), GD(STEP), (PolyakLojasiewicz(F(1, 2)),))).inequalities


# Bounds from below, and against each other


def instance(curvatures: tuple[F, ...]) -> tuple[Setting, Lower]:
    """Gradient descent on sum_i h_i x^2/2, whose gradient at 1 is the mean h."""
    agents = tuple(AgentType(functions=Smooth(L=4 + k, mu=-4 - k)) for k, _ in enumerate(curvatures))
    growth = 1 - F(1, 8) * sum(curvatures) / len(curvatures)
    rows = tuple((h,) for h in curvatures)
    lower = Lower(growth**2, growth, (F(1),), rows, {"x": (F(1),)}, {}, ())
    return Setting(agents, Contractive(1), GD(F(1, 8))), lower


@pytest.mark.parametrize(
    ("assumption", "curvatures", "allowed"),
    [
        (BoundedBelow(), (F(3), F(-1)), True),
        (BoundedBelow(), (F(1), F(-2)), False),
        (GlobalMinimiser(), (F(3), F(-1)), True),
        (GlobalMinimiser(), (F(1), F(-2)), False),
        (CommonGlobalMinimiser(), (F(3), F(0)), True),
        (CommonGlobalMinimiser(), (F(3), F(-1)), False),  # its mean has the minimiser, not each
        (PolyakLojasiewicz(F(1)), (F(3), F(-1)), True),
        (PolyakLojasiewicz(F(11, 10)), (F(3), F(-1)), False),
        (PolyakLojasiewicz(F(1)), (F(3), F(-4)), False),
        (Similar(F(5)), (F(3), F(-1)), True),
        (Similar(F(49, 10)), (F(3), F(-1)), False),
    ],
)
def test_an_instance_meets_what_is_assumed_of_all_and_of_each(assumption, curvatures, allowed):
    setting, lower = instance(curvatures)
    found = [failure.name for failure in check_lower(replace(setting, assumptions=(assumption,)), lower).failures]
    assert found == ([] if allowed else [f"the functions are {assumption.name}"])


def test_a_bound_with_noise_refutes_no_bound_from_below():
    """Noise may keep a measure where it is, whatever the rate at which it is forgotten."""
    it = GENERAL["sgd, pl"]()
    lower = Lower(F(1), F(1), (F(1),), ((F(0),),), {"x": (F(1),)}, {}, ())
    verdicts = check_certificate(Certificate(it.setting, it.upper, lower))
    assert [verdict.status for verdict in verdicts] == ["proved", "inconclusive"]


def test_a_common_minimiser_of_a_method_gives_way_to_what_is_assumed():
    it = GENERAL["convex, global minimiser"]()
    assert COMMON_MINIMISER not in it.setting.hypotheses
    assert COMMON_MINIMISER in replace(it.setting, assumptions=()).hypotheses


def test_what_memory_sees_of_gradients_at_a_minimiser_of_the_mean_is_a_difference():
    for minimiser, name in ((CommonGlobalMinimiser(), "g-"), (GlobalMinimiser(), "g- - g*")):
        setting = Setting(TYPES, Contractive(1), GD(STEP), (minimiser,))
        assert Template(memory=1).names(setting.method).agents[-1] == name


@pytest.mark.parametrize("h", [F(1, 10), F(3, 10)])
def test_bounds_from_both_sides_do_not_contradict_each_other(h):
    it = GENERAL["gd, pl"]()
    growth = 1 - STEP * h
    lower = Lower(growth**2, growth, (F(1),), ((h,), (h,)), {"x": (F(1),)}, {}, ())
    assert [verdict.status for verdict in check_certificate(Certificate(it.setting, it.upper, lower))] == ["proved"] * 2


def test_a_rate_below_that_of_an_instance_is_refuted():
    it = GENERAL["gd, pl"]()
    lower = Lower(F(361, 400), F(19, 20), (F(1),), ((F(1, 10),), (F(1, 10),)), {"x": (F(1),)}, {}, ())
    verdicts = check_certificate(Certificate(it.setting, replace(it.upper, rate=F(9, 10)), lower))
    assert [verdict.status for verdict in verdicts] == ["refuted", "proved"]


def test_bounds_on_classes_know_neither_assumptions_nor_noise():
    for name in ("gd, pl", "sgd", "coin"):
        it = GENERAL[name]()
        bound = ClassBound(F(1, 2), (Block(("g[0]",), ((F(1),),)),))
        (verdict,) = check_certificate(Certificate(it.setting, class_bound=bound))
        assert not verdict.proved
        assert "neither noise, nor coins, nor what is assumed of f" in verdict.failures[0].found


@given(st.lists(st.sampled_from([F(-1), F(-1, 2), F(0), F(1, 2), F(1), F(2)]), min_size=2, max_size=2))
def test_an_allowed_instance_meets_every_recorded_inequality(curvatures):
    """At any x, with inf f = f(0)."""
    mean = Setting(TYPES, Contractive(1), GD(STEP)).world().weights.average
    x, h, squares = Vector.symbol("x"), mean(curvatures), mean(each * each for each in curvatures)
    least, zero = F(-2), Form()
    origin = MeanPoint(0, Vector(), zero, zero, F(2), Vector(), least)
    at = MeanPoint(1, h * x, squares * square(x), h / 2 * square(x), F(2), x, least, (origin,))
    known = (BoundedBelow(), PolyakLojasiewicz(F(1, 2)), GlobalMinimiser(), CommonGlobalMinimiser(), Similar(F(2)))
    known += (SmoothMean(F(1), F(-1, 2)), SmoothMean(F(3, 2), F(1, 4)), SmoothMean(F(2), F(-2)))
    for assumption in known:
        if assumption.allows(curvatures, mean):
            for fact in assumption.facts(at, inner):
                assert fact.slack.negative_part() is None, fact.name
