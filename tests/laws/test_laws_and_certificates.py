"""The laws against the exact checker: certified bounds enclose every law, and do so closely."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import laws
from eftheory.assumptions import AgentType, Contractive, group_agents
from eftheory.certificates import Certificate
from eftheory.check import check_certificate
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import closed_form, worst_case
from tests.laws.strategies import agents, alphas, constants, ratios

CLOSE = Fraction(1, 10**9)
compressing = alphas.filter(lambda alpha: alpha < 1)


def certified(method, types, alpha, step):
    """The proved upper and lower rates of the closed form and the worst case."""
    setting = Setting(group_agents(types), Contractive(alpha), METHODS[method](step))
    certificate = Certificate(setting, closed_form(setting), worst_case(setting))
    upper, lower = check_certificate(certificate)
    assert upper.proved
    assert lower.proved
    return upper.claim.rate, lower.claim.rate


def assert_enclosed(upper, law, lower):
    """lower <= law <= upper exactly, upper within 1e-9 of 1 - law."""
    below, above = laws.enclose(law, bits=300)
    assert lower <= above
    assert upper >= below if below < above else upper >= law
    assert upper - below <= CLOSE * (1 - above)


def step_below(limit, part):
    """A short rational step, the given part of just below the limit."""
    below, _ = laws.enclose(limit, bits=64)
    return part * Fraction(int(below * 2**40 * 999 // 1000), 2**40)


@settings(max_examples=40)
@given(constants(), st.integers(1, 10**6), compressing, ratios, st.sampled_from(["ef", "ef21"]))
def test_equal_agents(pair, count, alpha, part, method) -> None:
    L, mu = pair
    step = step_below(laws.stability_limit(L, alpha=alpha), part)
    upper, lower = certified(method, [AgentType(L, mu, count)], alpha, step)
    rate = laws.tight_rate(L, mu, alpha=alpha, step_size=step)
    assert_enclosed(upper, rate, lower)
    assert laws.enclose(rate, bits=300)[1] - lower <= CLOSE * (1 - upper)


@settings(max_examples=30)
@given(agents, compressing, ratios, st.sampled_from(["ef", "ef21"]))
def test_different_agents(types, alpha, part, method) -> None:
    mean = sum(L * count for L, _, count in types) / sum(count for *_, count in types)
    step = step_below(laws.stability_limit(mean, alpha=alpha), part)
    upper, lower = certified(method, [AgentType(*agent) for agent in types], alpha, step)
    rate = laws.heterogeneous_rate(types, alpha=alpha, step_size=step)
    below, above = laws.enclose(rate, bits=300)
    assert below <= upper
    assert upper - below <= CLOSE * (1 - above)
    assert lower <= upper
    bound = laws.enclose(laws.averaged_constants_bound(types, alpha=alpha, step_size=step), bits=300)
    assert bound[0] - lower <= CLOSE * (1 - bound[1])


@settings(max_examples=40)
@given(constants(), compressing, ratios)
def test_compressed_gradient_descent(pair, alpha, part) -> None:
    L, mu = pair
    step = step_below(laws.cgd_stability_limit(L, alpha=alpha), part)
    upper, lower = certified("cgd", [AgentType(L, mu)], alpha, step)
    rate = laws.cgd_rate(L, mu, alpha=alpha, step_size=step)
    assert_enclosed(upper, rate, lower)
    assert laws.enclose(rate, bits=300)[1] - lower <= CLOSE


@given(agents, ratios)
def test_gradient_descent(types, part) -> None:
    n = sum(count for *_, count in types)
    L, mu = sum(L * k for L, _, k in types) / n, sum(mu * k for _, mu, k in types) / n
    step = part * laws.gd_stability_limit(L) * Fraction(999, 1000)
    upper, lower = certified("gd", [AgentType(*agent) for agent in types], Fraction(1), step)
    assert upper == lower == laws.gd_rate(L, mu, step_size=step)


@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize("factor", [Fraction(1), Fraction(11, 10), Fraction(3)])
def test_from_the_stability_limit_on_an_instance_does_not_converge(method, factor) -> None:
    alpha, types = Fraction(3, 4), [AgentType(1, Fraction(1, 10), 5), AgentType(3, 0, 2)]
    step = factor * laws.stability_limit(Fraction(11, 7), alpha=alpha)
    setting = Setting(group_agents(types), Contractive(alpha), METHODS[method](step))
    assert closed_form(setting) is None
    (lower,) = check_certificate(Certificate(setting, None, worst_case(setting)))
    assert lower.proved
    below, _ = laws.enclose(laws.averaged_constants_bound(types, alpha=alpha, step_size=step), bits=100)
    assert below >= 1
    assert below - lower.claim.rate <= CLOSE
