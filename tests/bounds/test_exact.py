"""Exactly tight certificates: a gap of zero, not of 10^-19, wherever rationals allow it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import AgentType, certify
from eftheory.check import check_bytes
from eftheory.methods.econtrol import EControl

F = Fraction
BOTH = pytest.mark.parametrize("method", ["ef", "ef21"])
NO_EXACT = "no exactly tight certificate in rationals"


@BOTH
@pytest.mark.parametrize("count", [1, 2, 10**7])
@pytest.mark.parametrize("step", ["law", "optimal", F(2, 15)])
def test_the_example_of_the_format(method: str, count: int, step: Fraction | str) -> None:
    result = certify(method, [AgentType(7, 2, count)], alpha=F(15, 16), step_size=step, exact=True)
    assert result.setting.method.step_size == F(2, 15)
    assert result.gap == 0
    assert result.rate("upper") == F(9, 16)
    assert result.notes == ()
    assert result.data is not None
    assert all(verdict.proved for verdict in check_bytes(result.data))


@given(
    method=st.sampled_from(["ef", "ef21"]),
    share_of_square=st.fractions(F(1, 100), F(99, 100), max_denominator=100),
    p=st.fractions(F(1, 100), F(99, 100), max_denominator=100),
    scale=st.fractions(F(1, 1000), 1000, max_denominator=1000),
    count=st.integers(1, 10**9),
)
@settings(max_examples=40)
def test_rational_roots_give_exactly_tight_certificates(
    method: str, share_of_square: Fraction, p: Fraction, scale: Fraction, count: int
) -> None:
    """k = (p^2 - s) / ((1 - s) p) is the class whose rate at the law's step is p^2; any s below p^2 has one."""
    s = share_of_square * p * p
    k = (p * p - s) / ((1 - s) * p)
    agents = [AgentType(scale * (1 + k), scale * (1 - k), count)]
    result = certify(method, agents, alpha=1 - s * s, exact=True)
    assert result.setting.method.step_size == (1 - s) / (1 + s) / scale
    assert all("the constant is large" in note for note in result.notes)  # 1/s, where s is small
    assert result.rate("upper") == p * p
    assert result.gap == 0


@given(
    method=st.sampled_from(["ef", "ef21"]),
    share_of_square=st.fractions(F(1, 20), F(19, 20), max_denominator=20),
    p=st.fractions(F(1, 20), F(19, 20), max_denominator=20),
    share=st.fractions(F(1, 10), F(9, 10), max_denominator=10),
    longer=st.booleans(),
)
@settings(max_examples=40)
def test_off_the_laws_step_too(
    method: str, share_of_square: Fraction, p: Fraction, share: Fraction, longer: bool
) -> None:
    """A step is the law's of a wider class, with L larger (shorter step) or mu smaller (longer step)."""
    s = share_of_square * p * p
    k = (p * p - s) / ((1 - s) * p)
    L, mu = 1 + k, 1 - k
    narrower = (L, mu + share * (L - mu)) if longer else (L - share * (L - mu), mu)
    step = (1 - s) / (1 + s)
    result = certify(method, [AgentType(*narrower, 3)], alpha=1 - s * s, step_size=step, exact=True)
    assert result.notes == ()
    assert result.rate("upper") == p * p
    assert result.gap == 0


@pytest.mark.parametrize(
    ("method", "agents", "alpha"),
    [
        ("ef21", [AgentType(7, 2)], F(1, 2)),  # s is irrational
        ("ef21", [AgentType(1, F(1, 10))], F(3, 4)),  # p is
        ("ef", [AgentType(1, F(1, 10), 3)], F(3, 4)),
        ("ef21", [AgentType(7, 2), AgentType(8, 1)], F(15, 16)),  # unequal agents
        ("ef21", [AgentType(1, F(1, 10))], F(1)),  # no compression: the least rate is not attained
        ("cgd", [AgentType(7, 2)], F(1, 2)),
    ],
)
def test_where_there_is_none_a_note_says_so(method: str, agents: list[AgentType], alpha: Fraction) -> None:
    result = certify(method, agents, alpha=alpha, exact=True)
    assert any(NO_EXACT in note for note in result.notes)
    assert result.status("upper") == "proved"
    assert result.gap is not None
    assert result.gap > 0


def test_methods_of_ones_own_have_none() -> None:
    agents = [AgentType(7, 2)]
    result = certify(EControl, agents, alpha=F(15, 16), step_size=F(1, 15), exact=True)
    assert any(NO_EXACT in note for note in result.notes)


@pytest.mark.parametrize(
    ("method", "agents", "alpha"),
    [
        ("gd", [AgentType(7, 2, 3)], F(1)),
        ("gd", [AgentType(7, 2, 3), AgentType(1, F(1, 2))], F(1)),
        ("cgd", [AgentType(7, 2)], F(15, 16)),
    ],
)
def test_gradient_methods_without_radicals_are_exact(method: str, agents: list[AgentType], alpha: Fraction) -> None:
    result = certify(method, agents, alpha=alpha, exact=True)
    assert result.gap == 0
    assert result.notes == ()
