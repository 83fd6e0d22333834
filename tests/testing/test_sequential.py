"""Sequential tests are wrong no more often than they say, and notice what they should."""

from __future__ import annotations

import math
from itertools import repeat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.testing.sequential import SIGNIFICANT, drift, exceeds, is_off_centre

RUNS, DRAWS, OFTEN = 250, 120, 0.05
ALLOWED = OFTEN + 3 * math.sqrt(OFTEN * (1 - OFTEN) / RUNS)

NONNEGATIVE = {
    "constant": lambda rng: np.ones(DRAWS),
    "exponential": lambda rng: rng.exponential(size=DRAWS),
    "fair coin": lambda rng: 2.0 * rng.integers(0, 2, DRAWS),
    "rare and large": lambda rng: 50.0 * (rng.random(DRAWS) < 1 / 50),
    "Pareto without variance": lambda rng: (rng.pareto(1.5, DRAWS) + 1) / 3,
    "log-normal": lambda rng: np.exp(2 * rng.standard_normal(DRAWS) - 2),
    "chi-square of one": lambda rng: rng.standard_normal(DRAWS) ** 2,
    "nearly the limit": lambda rng: 1 + 0.01 * rng.choice([-1.0, 1.0], DRAWS),
}
"""Of mean one, the largest that the claim allows."""

CENTRED = {
    "signs": lambda rng: rng.choice([-1.0, 1.0], DRAWS),
    "normal": lambda rng: rng.standard_normal(DRAWS),
    "rare and large": lambda rng: np.where(rng.random(DRAWS) < 1 / 50, 7.0, -1 / 7),
    "rare and low": lambda rng: np.where(rng.random(DRAWS) < 1 / 50, -7.0, 1 / 7),
    "Student of three": lambda rng: rng.standard_t(3, DRAWS) / math.sqrt(3),
    "zero": lambda rng: np.zeros(DRAWS),
}
"""Of mean zero and variance at most one."""


@pytest.mark.parametrize("null", NONNEGATIVE)
def test_exceeds_is_rarely_wrong(null):
    alarms = [exceeds(NONNEGATIVE[null](np.random.default_rng([1, j])), 1.0, false_alarm=OFTEN) for j in range(RUNS)]
    assert sum(alarm is not None for alarm in alarms) / RUNS <= ALLOWED


@pytest.mark.parametrize("null", CENTRED)
def test_off_centre_is_rarely_wrong(null):
    alarms = [is_off_centre(CENTRED[null](np.random.default_rng([2, j])), 1.0, false_alarm=OFTEN) for j in range(RUNS)]
    assert sum(alarm is not None for alarm in alarms) / RUNS <= ALLOWED


@pytest.mark.parametrize("gain", [-1.0, -0.5, 0.0, 0.1, 3.0, 1e6])
def test_no_wealth_from_a_claim_that_just_holds(gain):
    """Constant samples at the limit or below never raise an alarm, however many."""
    assert exceeds(repeat(min(1 + gain, 1.0), 3000), 1.0) is None


def test_exceeds_sees_a_tenth_too_much():
    """Of mean 1.1: a fixed, a little noisy and a noisy one."""
    rng = np.random.default_rng(4)
    assert exceeds(repeat(1.1), 1.0) <= 300
    assert exceeds(1.1 + 0.3 * rng.choice([-1.0, 1.0], 2000), 1.0) <= 1000
    assert exceeds(1.1 * rng.exponential(size=20000), 1.0) <= 12000


def test_off_centre_sees_a_shift():
    rng = np.random.default_rng(5)
    assert is_off_centre(0.3 + rng.standard_normal(3000), 1.0) <= 1500
    assert is_off_centre(-0.3 + rng.standard_normal(3000), 1.0) <= 1500


@given(st.floats(1e-100, 1e100))
def test_exceeds_does_not_depend_on_the_unit(unit):
    samples = 1.2 * np.random.default_rng(6).exponential(size=3000)
    assert exceeds(samples, 1.0, false_alarm=1e-3) is not None
    unit = 2.0 ** round(math.log2(unit))
    assert exceeds(samples * unit, unit, false_alarm=1e-3) == exceeds(samples, 1.0, false_alarm=1e-3)


def test_nothing_is_allowed():
    assert exceeds([0.0, 0.0, 1e-300], 0.0) == 3
    assert exceeds([0.0] * 10, 0.0) is None
    assert is_off_centre([0.0, -1e-300], 0.0) == 2
    assert is_off_centre([0.0] * 10, 0.0) is None


def test_fewer_false_alarms_take_longer():
    found = [exceeds(repeat(1.5, 2000), 1.0, false_alarm=p) for p in (1e-1, 1e-3, 1e-9)]
    assert found == sorted(found)


@given(st.floats(0, 0.999), st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_a_bet_of_mean_one(bet, samples):
    """The mean of 1 + bet (x / limit - 1) over equally likely x whose mean is the limit is one."""
    limit = float(np.mean(samples))
    if limit > 0:
        factors = [1 + bet * (x / limit - 1) for x in samples]
        assert min(factors) > 0
        assert np.mean(factors) == pytest.approx(1)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.01, 100))
def test_catoni_factor_has_mean_at_most_one(stake, share, large):
    """On a law of two points of mean zero and variance one."""
    share = min(max(share, 1e-3), 1 - 1e-3)
    up, down = math.sqrt((1 - share) / share), -math.sqrt(share / (1 - share))
    factors = [(1 + stake * x + (stake * x) ** 2 / 2) * math.exp(-(stake**2) / 2) for x in (up, down)]
    assert share * factors[0] + (1 - share) * factors[1] <= 1 + 1e-12


@pytest.mark.parametrize("sample", [math.inf, math.nan, -math.inf])
def test_a_sample_that_is_not_finite_settles_it(sample):
    assert exceeds([0.0, sample], 1.0) == 2
    assert is_off_centre([0.0, sample], 1.0) == 2


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 0.1, 0.02, 0.005, 0.001]))
def test_rare_draws_are_no_drift(seed: int, p: float) -> None:
    sent = np.random.default_rng(seed).random(4000) < p
    off = drift(np.where(sent, 1 / p, 0.0) - 1)
    assert off is None or abs(off) < SIGNIFICANT


def test_a_small_bias_drifts() -> None:
    normal = np.random.default_rng(0).standard_normal(4000)
    assert abs(drift(normal)) < SIGNIFICANT < drift(normal + 0.2)
    assert drift(np.zeros(1000)) is drift(np.ones(1000)) is drift(np.full(1000, np.inf)) is None
    assert drift(np.full(1000, -0.8314403194383428)) is None
