"""Sums of squared gradients of other methods, without convexity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.assumptions.compressors import Contractive, Unbiased
from eftheory.assumptions.mean import BoundedBelow, Similar
from eftheory.claims import Setting
from eftheory.methods import CGD, DCGD, EF, GD
from eftheory.search.general import search_general
from tests.search.general.settings import GRADIENT, found, nonconvex

F = Fraction
HALF, EXACT = Contractive(F(3, 4)), Contractive(F(1))
ABOVE = (BoundedBelow(),)
CONSTANT = "C(f - inf f)"


def test_gradient_descent_has_the_known_constant() -> None:
    """4/3 at the step 1/L."""
    constants = found(Setting(nonconvex((1, 3)), EXACT, GD(F(1)), ABOVE, GRADIENT))
    assert 0 < constants[CONSTANT] - F(4, 3) < F(1, 10**5)


@pytest.mark.parametrize(
    ("step_size", "constant"),
    [("1/3", F("3.93965")), ("2/5", F("3.59956")), ("0.467", F("3.51678")), ("0.533", F("3.80446"))],
)
def test_error_feedback_of_one_agent(step_size: str, constant: Fraction) -> None:
    constants = found(Setting(nonconvex((1, 1)), HALF, EF(F(step_size)), ABOVE, GRADIENT))
    assert abs(constants[CONSTANT] - constant) < F(1, 10**4)


def test_error_feedback_of_several_agents_needs_similar_gradients() -> None:
    """With mean ||g_i||^2 <= 2 ||g||^2 + zeta2; without it nothing is found."""
    method, agents = EF(F(1, 20)), nonconvex((1, 5))
    constants = found(Setting(agents, HALF, method, (*ABOVE, Similar(F(2))), GRADIENT))
    assert abs(constants[CONSTANT] - F("20.963")) < F(1, 1000)
    assert abs(constants["c(zeta2)"] - F("0.0122")) < F(1, 10**4)
    assert not search_general(Setting(agents, HALF, method, ABOVE, GRADIENT)).proved


def test_compression_without_feedback() -> None:
    """One agent may do it; unbiased messages of several need similar gradients."""
    assert found(Setting(nonconvex((1, 1)), HALF, CGD(F(1)), ABOVE, GRADIENT))[CONSTANT] < F("2.2858")
    agents, method, messages = nonconvex((1, 10)), DCGD(F(1, 2)), Unbiased(F(1))
    constants = found(Setting(agents, messages, method, (*ABOVE, Similar(F(2))), GRADIENT))
    assert constants[CONSTANT] < F("2.4930")
    assert not search_general(Setting(agents, messages, method, ABOVE, GRADIENT)).proved
