"""Rates: under PL, with a minimiser of the mean alone, and with unbiased messages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions.compressors import Contractive, Unbiased
from eftheory.assumptions.mean import (
    CommonGlobalMinimiser,
    GlobalMinimiser,
    IndependentNoise,
    PolyakLojasiewicz,
    Similar,
)
from eftheory.claims import Setting
from eftheory.methods import DCGD, EF, EF21, Diana
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.marina import Marina
from eftheory.methods.template import Template
from eftheory.search.general import search_general
from tests.search.general.settings import GRADIENT, found, nonconvex, smooth

F = Fraction
HALF, TENTH = Contractive(F(3, 4)), F(1, 10)
PLAIN, GRADIENTS = Template(), Template(gradients=True)


def pl(step_size: Any, s: Any, *types: tuple[Any, int], mu: Fraction = TENTH, measure: str = GRADIENT) -> Setting:
    return Setting(nonconvex(*types), Contractive(1 - F(s) ** 2), EF21(F(step_size)), (PolyakLojasiewicz(mu),), measure)


@pytest.mark.parametrize(
    ("setting", "gap"),
    [
        (pl("0.57", "1/2", (1, 1)), F("0.070731")),
        (pl("0.57", "1/2", (1, 5), measure="f - inf f"), F("0.070731")),
        (pl("1/4", "3/4", (1, 4)), F("0.032281")),
        (pl("0.57", "1/2", (1, 2), ("1/10", 3)), F("0.093590")),
        (pl("0.57", "1/2", (1, 1), mu=F(1, 100)), F("0.0073648")),
    ],
)
def test_rates_under_pl_beat_the_theorem(setting: Setting, gap: Fraction) -> None:
    """Of mu = L/10 the theorem has 1 - rate = .0414 for s = 1/2 and .0191 for s = 3/4."""
    rate = found(setting, kind="rate")["rate"]
    assert 0 <= 1 - rate - gap < gap / 10**4


@pytest.mark.parametrize(
    ("mu", "assumed", "rate"),
    [
        (TENTH, (), F("0.885902")),
        (0, (PolyakLojasiewicz(TENTH),), F("0.907900")),
        (F(-1, 4), (PolyakLojasiewicz(TENTH),), F("0.922517")),
        (-1, (PolyakLojasiewicz(TENTH),), F("0.935276")),
    ],
)
def test_where_gradients_differ_at_the_minimiser(mu: Any, assumed: tuple, rate: Fraction) -> None:
    """EF21 with strongly convex functions keeps its law's rate; the less is known of each agent the slower."""
    setting = Setting(smooth(mu, (1, 5)), HALF, EF21(F(3, 5)), (GlobalMinimiser(), *assumed))
    assert abs(found(setting, kind="rate", template=GRADIENTS)["rate"] - rate) < F(1, 10**5)


@pytest.mark.parametrize(
    ("n_agents", "omega", "factor", "gap"),
    [(1, 1, 1, F("0.0284")), (10, 1, 1, F("0.1211")), (10, 1, 2, F("0.2340")), (10, 9, 1, F("0.0310"))],
)
def test_shifts_that_learn_the_gradients_at_the_minimiser(
    n_agents: int, omega: int, factor: int, gap: Fraction
) -> None:
    """DIANA at multiples of 1/(L (1 + 6 omega/n))."""
    step = factor / (1 + F(6 * omega, n_agents))
    method = Diana(step, beta=F(1, 1 + omega))
    setting = Setting(smooth(TENTH, (1, n_agents)), Unbiased(F(omega)), method, (GlobalMinimiser(),))
    assert abs(1 - found(setting, kind="rate")["rate"] - gap) < F(1, 10**4)


def test_messages_without_memory_converge_only_where_gradients_vanish() -> None:
    agents, method = smooth(TENTH, (1, 10)), DCGD(F(1, 2))
    at = {"kind": "rate", "template": PLAIN}
    rate = found(Setting(agents, Unbiased(F(1)), method, (CommonGlobalMinimiser(),), "||x - x*||^2"), **at)["rate"]
    assert rate < F("0.90276")
    refused = search_general(Setting(agents, Unbiased(F(1)), method, (GlobalMinimiser(),), "||x - x*||^2"), **at)
    assert refused.upper is None
    assert "worth a multiple of the measure" in refused.status


def test_without_assumptions_the_rate_is_that_of_the_law() -> None:
    """The tight rate of EF and EF21 for strongly convex functions, at one step size."""
    rate = found(Setting(smooth(TENTH, (1, 5)), HALF, EF(F(3, 5))), kind="rate")["rate"]
    assert abs(rate - F("0.885902")) < F(1, 10**5)


def test_noise_makes_a_rate_slower_than_the_least_and_leaves_a_neighbourhood() -> None:
    """At the least rate itself noise would cost without bound."""
    method, assumed = EF21SGD(F(1, 2)), (PolyakLojasiewicz(TENTH), IndependentNoise())
    constants = found(Setting(nonconvex((1, 100)), HALF, method, assumed, "f - inf f"), kind="rate")
    exact = found(pl("1/2", "1/2", (1, 100), measure="f - inf f"), kind="rate")["rate"]
    assert exact < constants["rate"] < 1 - F(85, 100) * (1 - exact)
    assert constants["c(sigma2)"] < 10


def test_other_methods_have_rates_under_pl() -> None:
    """Partial participation, MARINA, and error feedback with similar gradients."""
    agents, assumed, at = nonconvex((1, 5)), (PolyakLojasiewicz(TENTH),), {"kind": "rate"}
    assert found(Setting(agents, HALF, EF21PP(F(1, 4)), assumed, "f - inf f"), **at)["rate"] < F("0.97109")
    marina = Setting(agents, Unbiased(F(3)), Marina(F(1, 4), full=F(1, 4)), assumed, "f - inf f")
    assert found(marina, **at)["rate"] < F("0.96099")
    similar = found(Setting(agents, HALF, EF(F(1, 20)), (*assumed, Similar(F(2))), "f - inf f"), **at)
    assert similar["rate"] < F("0.99130")
    assert similar["c(zeta2)"] < F(1, 2)
