from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.minimiser import GlobalMinimiser
from eftheory.check.drift import check_drift
from eftheory.witnesses.drift import drifting_orbit
from tests.kit.nonconvex import TABLE, setting, smooth


@pytest.mark.parametrize(("s", "step", "constant"), TABLE)
def test_orbits_attain_the_table(s, step, constant):
    claimed = setting(s, step)
    orbit = drifting_orbit(claimed)
    assert check_drift(claimed, orbit).proved
    assert abs(orbit.constant - Fraction(constant)) < Fraction(1, 10**6) * orbit.constant


def test_no_constant_is_finite_at_the_stability_limit():
    s = Fraction(1, 2)
    claimed = setting(s, 2 * (1 - s) / (1 + s))
    orbit = drifting_orbit(claimed)
    assert orbit.constant > 10**6
    assert check_drift(claimed, orbit).proved


def test_units():
    """The constant is proportional to L, at a step in units of 1/L."""
    one, other = setting("1/2", "1/2"), setting("1/2", "1/20", smooth(10, 3))
    assert abs(drifting_orbit(other).constant / drifting_orbit(one).constant - 10) < Fraction(1, 10**12)
    assert check_drift(other, drifting_orbit(other)).proved


def test_only_functions_that_are_smooth_and_nothing_else():
    assert drifting_orbit(setting("1/2", "1/2", (AgentType(functions=Smooth(L=1, mu=-Fraction(1, 2))),))) is None


def test_no_orbit_is_offered_for_other_claims():
    claimed = setting("1/2", "1/2")
    others = {"compressor": Unbiased(Fraction(1, 4))}, {"measure": "f - inf f"}, {"assumptions": (GlobalMinimiser(),)}
    assert [drifting_orbit(replace(claimed, **other)) for other in others] == [None] * 3
