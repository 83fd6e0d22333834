"""Sums of f - inf f with convex functions and a common minimiser."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions.compressors import Contractive
from eftheory.assumptions.mean import CommonGlobalMinimiser
from eftheory.claims import Setting
from eftheory.methods import EF, EF21
from eftheory.methods.template import Template
from eftheory.search.general import search_general
from tests.search.general.settings import found, smooth

F = Fraction
DISTANCE, EXCESS = "C(||x - x*||^2)", "f - inf f"


def ef(s: Any, factor: Any, *types: tuple[Any, int]) -> Setting:
    """EF at a multiple of the step (1-s)/((1+s) L)."""
    step = (1 - F(s)) / (1 + F(s)) * F(factor)
    return Setting(smooth(0, *types), Contractive(1 - F(s) ** 2), EF(step), (CommonGlobalMinimiser(),), EXCESS)


@pytest.mark.parametrize("types", [[(1, 1)], [(1, 5)], [("3/2", 1), ("1/2", 1)], [(2, 1), (1, 1), ("1/2", 2)]])
@pytest.mark.parametrize("s", ["1/4", "1/2", "3/4"])
def test_error_feedback_pays_the_distance_over_twice_the_step(s: str, types: list) -> None:
    """1/(2 step size), and nothing less: gradient descent needs as much; 1/1000 more buys a finite price of e."""
    setting = ef(s, 1, *types)
    constant = found(setting)[DISTANCE]
    least = 1 / (2 * setting.method.step_size)
    assert least < constant < least * F(1002, 1000)


@pytest.mark.parametrize(("s", "factor", "constant"), [("1/4", "7/5", F("0.70963")), ("1/2", "7/5", F("1.25439"))])
def test_memory_pays_beyond_that_step(s: str, factor: str, constant: Fraction) -> None:
    with_memory = found(ef(s, factor, (1, 2)), template=Template(memory=1))[DISTANCE]
    assert abs(with_memory - constant) < F(1, 10**4)
    assert found(ef(s, factor, (1, 2)))[DISTANCE] > F(4, 3) * with_memory


def test_ef21_has_no_such_bound() -> None:
    """None with constant coefficients was found by anybody; the search says why it stops."""
    setting = Setting(smooth(0, (1, 1)), Contractive(F(3, 4)), EF21(F(1, 3)), (CommonGlobalMinimiser(),), EXCESS)
    refused = search_general(setting)
    assert refused.upper is None
    assert refused.status.startswith("inconclusive: no V of this template has enough squares")
