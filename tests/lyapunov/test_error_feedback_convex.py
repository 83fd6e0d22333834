"""EF on convex functions with a common minimiser: the certificate of `ef_convex`, and runs that obey it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import CommonGlobalMinimiser, GlobalMinimiser
from eftheory.certificates import Certificate, read_certificate
from eftheory.check.checker import check_bytes
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact import Vector
from eftheory.lyapunov.error_feedback_convex import START, error_feedback_convex
from eftheory.methods import EF
from eftheory.methods.quantities import quantity
from eftheory.theory.look_up import closed_form
from eftheory.worlds.linear import LinearWorld
from eftheory.writing import write_certificate

TYPES = [((1, 1),), ((1, 10**6),), ((1, 1), ("1/10", 1)), ((1, 5), ("1/10", 3), (7, 10**4))]


def setting(s, share, types, mu=0):
    agents = tuple(AgentType(L=Fraction(L), mu=Fraction(mu), count=n) for L, n in types)
    L = sum(agent.count * agent.L for agent in agents) / sum(agent.count for agent in agents)
    s, share = Fraction(s), Fraction(share)
    step = share * (1 - s) / ((1 + s) * L)
    return Setting(agents, Contractive(1 - s * s), EF(step), (CommonGlobalMinimiser(),), "f - inf f")


@pytest.mark.parametrize("types", TYPES)
@pytest.mark.parametrize(("s", "share"), [("1/2", 1), ("9/10", 1), ("1/10", "1/2"), (0, "9/10"), ("999/1000", 1)])
def test_it_is_certified_with_half_over_the_step(s, share, types):
    claimed = setting(s, share, types)
    upper = error_feedback_convex(claimed)
    assert upper.initial[START] / upper.tau == 1 / (2 * claimed.method.step_size)
    data = write_certificate(Certificate(claimed, upper=upper))
    (verdict,) = check_bytes(data)
    assert verdict.proved
    assert read_certificate(data).upper == upper == closed_form(claimed)


@settings(max_examples=25)
@given(st.fractions(Fraction(1, 50), 1, max_denominator=60), st.fractions(Fraction(1, 50), Fraction(99, 100)))
def test_any_alpha_and_any_short_step(alpha, share):
    root = Fraction(int(float(1 - alpha) ** 0.5 * 10**9) + 1, 10**9)
    claimed = replace(setting(min(root, 1 - Fraction(1, 10**9)), share, TYPES[2]), compressor=Contractive(alpha))
    assert check_upper(claimed, error_feedback_convex(claimed)).proved


def test_strongly_convex_functions_are_convex():
    claimed = setting("1/2", 1, TYPES[2], mu="1/20")
    assert check_upper(claimed, error_feedback_convex(claimed)).proved


def test_at_the_start_without_errors_it_is_the_distance():
    """So the constant is exactly that of gradient descent."""
    method, world = EF(Fraction(1)), LinearWorld([2], curvatures=(Vector({"0": Fraction(1)}),))
    x, e = Vector({"0": Fraction(3)}), Vector({"0": Fraction(1)})
    for error, distance in ((Vector(), 9), (e, 4)):
        assert quantity(START, method, world, (x, world.agent_vector([error]))) == distance


def test_other_claims():
    claimed = setting("1/2", 1, TYPES[0])
    assert error_feedback_convex(setting("1/2", "1001/1000", TYPES[0])) is None
    assert error_feedback_convex(replace(claimed, measure="")) is None
    assert error_feedback_convex(replace(claimed, assumptions=(GlobalMinimiser(),))) is None
    assert error_feedback_convex(replace(claimed, assumptions=(), measure="")) is None
    assert error_feedback_convex(replace(claimed, agents=(AgentType(functions=Smooth(L=1, mu=-1)),))) is None


@pytest.mark.parametrize("field", ["tau", "initial"])
def test_more_is_not_proved(field):
    claimed = setting("1/2", 1, TYPES[0])
    upper = error_feedback_convex(claimed)
    more = {"tau": upper.tau * Fraction(1001, 1000), "initial": {**upper.initial, START: upper.initial[START] / 2}}
    assert not check_upper(claimed, replace(upper, **{field: more[field]})).proved


def test_gradient_descent_on_a_flat_function_needs_nearly_all_of_it():
    """f(x) = |x| less 1/2 beyond 1 and x^2/2 within, times a small slope: x falls by step slope until it is near 0."""
    step, slope, x, total = Fraction(1, 3), Fraction(1, 300), Fraction(10), Fraction(0)
    start = x
    while x > 0:
        total += slope * x
        x -= step * slope
    assert Fraction(99, 100) * start**2 / (2 * step) < total < Fraction(101, 100) * start**2 / (2 * step)
