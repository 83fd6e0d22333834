"""Closed forms: Theorem A's identity, and Lyapunov functions of the literature."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import CGD, EF, EF21, GD, AgentType, Contractive, Setting, closed_form, law_step_size
from eftheory.assumptions import SmoothStronglyConvex
from eftheory.certificates import Certificate
from eftheory.check import check_certificate
from eftheory.lyapunov.error_feedback import Law


@given(
    s=st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
    p=st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
)
def test_equal_agents_have_the_known_root(s: Fraction, p: Fraction) -> None:
    """k = (p^2 - s) / ((1-s) p) makes rho = p^2 a root of the cubic, exactly."""
    k = (p * p - s) / ((1 - s) * p)
    if not 0 <= k <= 1:
        return
    law = Law((SmoothStronglyConvex(1 + k, 1 - k),), (Fraction(1),), s)
    assert law.cubic()(p * p) == 0
    assert law.cubic()(s * s) == 0


def test_the_lyapunov_function_of_ef21_is_the_published_one() -> None:
    """V = mean ||g_i - d_i||^2 + s ||mean g_i||^2 for equal agents, alpha = 3/4, s = 1/2."""
    setting = Setting((AgentType(1, Fraction(1, 10), 4),), Contractive(Fraction(3, 4)), EF21(Fraction(20, 33)))
    blocks = {block.symbols: block.rows for block in closed_form(setting).lyapunov}
    assert blocks["g - d[0]",] == blocks["g - d[0]'",] == ((1,),)
    assert blocks["mean g",] == ((Fraction(1, 2),),)


def test_the_lyapunov_function_of_ef_is_theorem_bs() -> None:
    """V = mean ||e_i||^2 + s ||x - x* - mean e_i||^2."""
    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(3, 4)), EF(Fraction(20, 33)))
    (block,) = closed_form(setting).lyapunov
    half = Fraction(1, 2)
    assert dict(zip(block.symbols, block.rows)) == {"e[0]": (1 + half,), "x - x*": (-half, half)}


@settings(max_examples=60, deadline=None)
@given(
    types=st.lists(
        st.tuples(
            st.fractions(Fraction(1, 50), 100, max_denominator=50),
            st.fractions(0, 1, max_denominator=50),
            st.integers(1, 10**6),
        ),
        min_size=1,
        max_size=4,
    ),
    alpha=st.fractions(Fraction(1, 100), 1, max_denominator=100),
    stretch=st.fractions(Fraction(1, 10), Fraction(3, 2), max_denominator=20),
    method=st.sampled_from([EF, EF21]),
)
def test_what_a_closed_form_returns_is_proved_at_every_step_size(types, alpha, stretch, method) -> None:
    agents = tuple(AgentType(L, ratio * L, count) for L, ratio, count in types)
    step = stretch * law_step_size(method.name, agents, alpha)
    setting = Setting(agents, Contractive(alpha), method(step))
    upper = closed_form(setting)
    if upper is None:
        return
    (verdict,) = check_certificate(Certificate(setting, upper=upper))
    assert verdict.proved, verdict.failures
    (worse,) = check_certificate(Certificate(setting, upper=replace(upper, rate=upper.rate * Fraction(999, 1000))))
    assert not worse.proved


@pytest.mark.parametrize("step", ["1/10", "1/3", "10/11", "6/5"])
@pytest.mark.parametrize("alpha", ["1/100", "3/4", "1"])
def test_gradient_methods_for_every_step(step: str, alpha: str) -> None:
    agent = AgentType(1, Fraction(1, 10))
    for method, compression in ((GD, Fraction(1)), (CGD, Fraction(alpha))):
        setting = Setting((agent,), Contractive(compression), method(Fraction(step)))
        upper = closed_form(setting)
        if upper is not None:
            assert check_certificate(Certificate(setting, upper=upper))[0].proved
        else:
            assert method is CGD


def test_law_steps_are_rounded_down() -> None:
    agents = (AgentType(1, Fraction(1, 10)),)
    step = law_step_size("ef21", agents, Fraction(1, 3))
    s = Fraction(2, 3) ** Fraction(1, 2)  # a float: the comparison has room for it
    assert 0 < 2 / 1.1 * (1 - s) / (1 + s) - float(step) + 1e-15 < 1e-14
    assert law_step_size("ef21", agents, Fraction(3, 4)) == Fraction(20, 33)
