"""Three agents on whom Top-1 without feedback diverges at every step size, and with it converges."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory import AgentType, certify
from eftheory.compressors import TopK
from eftheory.methods.dcgd import DCGD
from eftheory.recording.load import make_method
from eftheory.simulate import LyapunovFunction, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RationalQuadratic, simulate_exactly
from eftheory.simulate.rational.arrays import as_fractions

A = as_fractions([[-3, 2, 2], [2, -3, 2], [2, 2, -3]])
AGENT = AgentType(L=Fraction(69, 2), mu=Fraction(1, 2), count=3)
ALPHA = Fraction(1, 3)
HALF = as_fractions(np.eye(3, dtype=int)) / 2
PROBLEM = RationalQuadratic(
    as_fractions([2 * np.outer(a, a) + HALF for a in A]),
    as_fractions([[0] * 3] * 3),
    (AgentType(AGENT.L, AGENT.mu),) * 3,
)
"""f_i(x) = <a_i, x>^2 + ||x||^2/4, as in [BeznosikovEtAl2020], Example 1; minimised by x = 0."""


@given(st.fractions(Fraction(1, 10**6), 10**6), st.fractions(-9, 9).filter(bool))
def test_without_feedback_each_step_multiplies_x_by_the_same_factor(step: Fraction, t: Fraction) -> None:
    """At t (1, 1, 1) the gradients are t/2 (-11, 9, 9) and its like; Top-1 keeps the -11."""
    run = simulate_exactly(make_method(DCGD, step), PROBLEM, TopK(1), steps=3, start=[t] * 3)
    growth = 1 + 11 * step / 6
    assert run.points == [[growth**k * t] * 3 for k in range(4)]


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_with_feedback_it_converges(method: str) -> None:
    found = certify(method, AGENT, alpha=ALPHA, engine="law")
    assert found.certificate is not None
    upper = found.certificate.upper
    assert upper is not None
    assert upper.rate < 1
    V = LyapunovFunction(found.setting, upper, agents=PROBLEM.agents)
    run = simulate_exactly(found.setting.method, PROBLEM, TopK(1), steps=12, start=[1, 1, 1], lyapunov=V)
    assert all(later <= upper.rate * now for now, later in pairwise(run.V))
    floats = Quadratic(PROBLEM.hessians.astype(float), np.zeros((3, 3)), PROBLEM.agents)
    long = simulate(found.setting.method, floats, TopK(1), steps=20_000, start=np.ones(3), tolerance=1e-30)
    assert long.measures[-1] <= 1e-30 * long.measures[0]


def test_the_constants_of_the_instance() -> None:
    """L_i = 69/2, and the mean of the f_i has the curvatures 103/6, twice, and 7/6."""
    for a, hessian in zip(A, PROBLEM.hessians):
        assert (hessian @ a == AGENT.L * a).all()
    mean = PROBLEM.hessians.sum(axis=0) / 3
    for eigenvector, curvature in (([1, -1, 0], 103), ([1, 1, -2], 103), ([1, 1, 1], 7)):
        v = as_fractions(eigenvector)
        assert (6 * mean @ v == curvature * v).all()
