"""The seconds of runs are those of the clock, for what was really sent."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.methods import EF21, Marina
from eftheory.methods.ef21_partial import EF21PP
from eftheory.simulate import run_columns
from eftheory.simulate.clock import Compute, Receive, Send, Speeds, ends_of_rounds
from eftheory.simulate.problems import FiniteSum
from eftheory.simulate.problems.loss import Squares
from eftheory.simulate.timed import keep_time

N, D, ROUNDS, SIZES = 3, 4, 20, (2, 5, 3)
F = FiniteSum(np.random.default_rng(0).random((10, D)), np.ones(10), SIZES, Squares())
SPEEDS = Speeds(sample=[1.0, 0.5, 2.0], up=0.25, down=[0.1, 0.2, 0.3], latency_up=1.0)


def test_what_does_not_depend_on_chance_takes_what_the_closed_form_says() -> None:
    runs = run_columns([EF21(Fraction(1, 8))] * 2, F, TopK(1), rounds=ROUNDS, bits="32k", clock=keep_time(SPEEDS, F))
    ends = ends_of_rounds([Receive(D), Compute(SIZES), Send(1)], SPEEDS, rounds=ROUNDS, n_agents=N)
    np.testing.assert_allclose(runs["seconds"], np.stack([[0, *ends]] * 2, axis=1))


def test_who_takes_no_part_sends_nothing() -> None:
    speeds = Speeds(sample=0.0, up=[1.0, 2.0, 4.0])
    method = EF21PP(Fraction(1, 8), chance=Fraction(1, 3))
    runs = run_columns([method], F, TopK(1), rounds=200, bits="32k", clock=keep_time(speeds, F))
    waited = set(np.round(np.diff(runs["seconds"][:, 0]) - 4 * D, 9))  # the slowest receives in 4 D seconds
    assert {0.0, 4.0} <= waited <= {0.0, 1.0, 2.0, 4.0}


@pytest.mark.parametrize("seed", range(3))
def test_what_is_sent_in_full_takes_longer(seed: int) -> None:
    speeds = Speeds(sample=0.0, up=1.0, down=0.0)
    method = Marina(Fraction(1, 8), full=Fraction(1, 4))
    runs = run_columns([method], F, TopK(1), rounds=60, bits="32k", seeds=[seed], clock=keep_time(speeds, F))
    assert set(np.diff(runs["seconds"][:, 0])) == {1.0, float(D)}
    np.testing.assert_allclose(np.diff(runs["seconds"], axis=0), np.diff(runs["bits_up"], axis=0) / 32)
