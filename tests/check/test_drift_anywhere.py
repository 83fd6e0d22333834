"""No drifting orbit is accepted above what is proved, however it was found."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.certificates.certificate import Drift
from eftheory.check.drift import check_drift
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex
from eftheory.witnesses.drift import drifting_orbit
from tests.check.test_drift import HALF, STEPS, failures, setting


def orbit_of(step, c, k, y, e):
    """Any orbit of EF21 in units in which the gradient is (c, -1): what moves and turns leaves no other freedom."""
    fall = step * c * k - e
    return Drift(
        constant=(c * c + 1) / fall, fall=fall, drift=-step * k, gradient=(c, Fraction(-1)),
        server={"x": (Fraction(0), -step * y / 2)}, agents={"d": (k, -y)}, messages=((Fraction(0), 2 * y),),
    )  # fmt: skip


@settings(max_examples=60)
@given(STEPS, st.sampled_from([Fraction(1), Fraction(3, 4), Fraction(1, 5)]), st.randoms(use_true_random=False))
def test_no_orbit_is_accepted_above_the_proved_upper_constant(step, alpha, random):
    """However the strongest orbit that is known is changed, by little or much."""
    claimed = setting(step=step, alpha=alpha)
    upper, orbit = error_feedback_nonconvex(claimed), drifting_orbit(claimed)
    if upper is None or orbit is None:
        return
    (c, _), ((k, y),) = orbit.gradient, orbit.agents.values()
    best = (c, k, -y, step * c * k - orbit.fall)
    for size in (0, 2**-40, 2**-20, 2**-10, 2**-3):
        near = [x * Fraction(1 + size * random.uniform(-1, 1)) for x in best]
        if step * near[0] * near[1] > near[3] and check_drift(claimed, found := orbit_of(step, *near)).proved:
            assert found.constant <= upper.initial["f - inf f"] / upper.tau


def test_weakly_convex_functions_have_orbits_too():
    """Found by a search; the best upper constant that is known at this step is 2.656627."""
    orbit = orbit_of(HALF, *(Fraction(entry, 100) for entry in (569, 444, 213, 3)))
    claimed = replace(setting(), agents=(AgentType(functions=Smooth(L=1, mu=-HALF)),))
    assert failures(claimed, orbit) == []
    assert Fraction("2.648") < orbit.constant < Fraction("2.656627")
    milder = replace(claimed, agents=(AgentType(functions=Smooth(L=1, mu=-HALF / 2)),))
    assert any("interpolation" in name for name in failures(milder, orbit))
