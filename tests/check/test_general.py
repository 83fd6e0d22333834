"""Certificates of the second format: sums, what is assumed of f, noise, coins, unbiased messages."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions import Smooth
from eftheory.certificates import Block
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods.quantities import EXCESS
from tests.kit.covering import slacks
from tests.kit.general import GENERAL

F = Fraction
every = pytest.mark.parametrize("name", GENERAL)
sums = pytest.mark.parametrize("name", [name for name in GENERAL if "pl" not in name])
CHANCY = {"sgd", "sgd, independent", "sgd, pl", "coin", "participation", "unbiased"}


def failures(setting: Setting, upper: Any) -> list[str]:
    return [failure.name for failure in check_upper(setting, upper).failures]


@every
def test_they_are_proved_and_say_in_expectation_where_something_is_random(name):
    it = GENERAL[name]()
    verdict = check_upper(it.setting, it.upper)
    assert verdict.failures == ()
    assert verdict.guarantee.startswith("in expectation, ") == (name in CHANCY)


@every
def test_they_cover_every_instance_with_all_its_chance(name):
    it = GENERAL[name]()
    for seed in range(25):
        assert min(slacks(it.setting, it.upper, seed, draws=it.draws)) >= 0


@every
def test_with_an_improved_constant_they_are_refused_and_cover_not_every_instance(name):
    """So the instances are hostile enough to notice a false claim."""
    it = GENERAL[name]()
    better = replace(it.upper, tau=it.upper.tau * 4, rate=it.upper.rate if it.upper.tau else it.upper.rate / 2)
    assert failures(it.setting, better) != []
    assert any(min(slacks(it.setting, better, seed, draws=it.draws)) < 0 for seed in range(25))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gd", "sum over t < T of (||mean g||^2)_t <= 8/3 * (f - inf f)_0 for all T"),
        ("gd, pl", "(f - inf f)_t <= 1 * (37/40)^t * (f - inf f)_0 for all t"),
        (
            "sgd, pl",
            "in expectation, (f - inf f)_t <= 1 * (37/40)^t * (f - inf f)_0 + 5/6 * sigma2 for all t",
        ),
        (
            "participation",
            "in expectation, sum over t < T of (||mean g||^2)_t <= 32/9 * (f - inf f)_0 + T * 2/9 * zeta2 for all T",
        ),
    ],
)
def test_the_guarantee_says_what_is_proved(name, said):
    it = GENERAL[name]()
    assert check_upper(it.setting, it.upper).guarantee == said


def test_several_quantities_at_the_start_shrink_together():
    it = GENERAL["gd, pl"]()
    initial, below = {EXCESS: F(1), "||mean g||^2": F(3)}, {"bounded below 0": (F(1, 2), F(0))}
    upper = replace(it.upper, C=F(0), c=F(1, 2), initial=initial, below=below)
    said = "(f - inf f)_t <= 2 * (37/40)^t * (f - inf f)_0 + 6 * (37/40)^t * (||mean g||^2)_0 for all t"
    assert check_upper(it.setting, upper).guarantee == said


@every
def test_no_number_that_must_not_be_negative_is(name):
    it = GENERAL[name]()
    for place in ("noise", "initial"):
        for quantity, number in getattr(it.upper, place).items():
            worse = replace(it.upper, **{place: {**getattr(it.upper, place), quantity: -number}})
            assert f"{place} {quantity} >= 0" in failures(it.setting, worse)
    assert failures(it.setting, replace(it.upper, tau=F(-1))) != []
    assert failures(it.setting, replace(it.upper, C=F(-1))) != []
    assert failures(it.setting, replace(it.upper, c=F(-1))) != []


@sums
def test_sums_need_a_v_that_is_nonnegative_by_itself(name):
    """c measure <= V is not enough where the measure may be negative."""
    it = GENERAL[name]()
    assert "c = 0 beside tau" in failures(it.setting, replace(it.upper, c=F(1, 1000)))
    if it.upper.values[0]:
        worse = replace(it.upper, values=(F(-1),), below={})
        assert "V >= c measure: function values cancel" in failures(it.setting, worse)


@sums
@pytest.mark.parametrize("rate", [F(0), F(9, 10), F(11, 10)])
def test_sums_have_the_rate_one(name, rate):
    it = GENERAL[name]()
    assert "rate = 1 with tau > 0" in failures(it.setting, replace(it.upper, rate=rate))


def test_a_rate_with_a_measure_that_is_lost_is_refused():
    """With a negative measure, losing tau of it would be a gain."""
    it = GENERAL["gd, pl"]()
    assert "rate = 1 with tau > 0" in failures(it.setting, replace(it.upper, tau=F(1, 100)))


def test_noise_is_of_constants_that_the_claim_knows():
    it = GENERAL["sgd, pl"]()
    for name in ("zeta2", "inf f", "f0[0]", "anything"):
        worse = replace(it.upper, noise={**it.upper.noise, name: F(1)})
        assert "noise is of the claim's constants" in failures(it.setting, worse)


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("sgd", ("n0[0]", "r1[0]")),  # younger than the noise
        ("sgd", ("n0[0]", "n0[1]")),  # not said to be independent
        ("sgd", ("n0[0]", "n0[0]")),
        ("sgd", ("g[0]", "g[0]")),
        ("sgd", ("n0[0]", "stranger")),
        ("unbiased", ("e0[0]", "r1[0]")),
        ("participation", ("n0[0]", "n0[0]")),
    ],
)
def test_what_does_not_vanish_in_expectation_is_not_said_to(name, pair):
    it = GENERAL[name]()
    a, b = pair
    rows = ((F(1),),) if a == b else ((F(0),), (F(1), F(0)))
    block = Block((a,) if a == b else pair, rows)
    found = failures(it.setting, replace(it.upper, vanishing=(*it.upper.vanishing, block)))
    assert "what is said to vanish does, in expectation" in found


def test_without_what_vanishes_noise_is_not_seen_to_be_orthogonal():
    it = GENERAL["sgd"]()
    assert failures(it.setting, replace(it.upper, vanishing=())) != []


def test_evidence_for_independent_noise_is_none_for_any():
    it, other = GENERAL["sgd, independent"](), GENERAL["sgd"]()
    assert failures(other.setting, it.upper) != []


def test_evidence_for_smooth_functions_is_none_for_larger_classes():
    it = GENERAL["convex"]()
    for functions in (Smooth(L=1, mu=F(-1, 100)), Smooth(L=F(21, 10), mu=0)):
        larger = replace(it.setting, agents=(AgentType(functions=functions),))
        assert failures(larger, it.upper) != []


def test_random_multipliers_prove_nothing_false():
    """Whatever is accepted covers the instances."""
    rng = random.Random(16)
    accepted = 0
    for _ in range(150):
        it = GENERAL[rng.choice([*GENERAL])]()
        names = [name for name, row in it.upper.multipliers.items() if any(row)]
        scaled = {
            name: tuple(rng.choice((F(1), F(1), F(9, 10), F(11, 10))) * x for x in it.upper.multipliers[name])
            for name in names
        }
        tau = it.upper.tau * rng.choice((F(1), F(9, 10), F(101, 100)))
        noise = {name: rng.choice((F(1), F(2), F(9, 10))) * x for name, x in it.upper.noise.items()}
        upper = replace(it.upper, multipliers={**it.upper.multipliers, **scaled}, tau=tau, noise=noise)
        if check_upper(it.setting, upper).proved:
            accepted += 1
            assert all(min(slacks(it.setting, upper, seed, draws=it.draws)) >= 0 for seed in range(3))
    assert accepted > 10
