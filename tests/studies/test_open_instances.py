"""What is said to have no instance has none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.algebra.rounding import sqrt_below
from eftheory.assumptions import AgentType
from eftheory.studies.open_instances import N_GROWTHS, count_ruled_out, is_ruled_out
from eftheory.sweep import Case, Proved, Question, Store, require_proved, settle

PAIRS = [((1, "1/100"), ("1/10", "9/100")), ((1, "99/100"), (1, "1/100")), ((5, "1/3"), ("1/2", "1/20"))]


@pytest.fixture(scope="module", params=PAIRS, ids=str)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Proved:
    agents = tuple(AgentType(Fraction(L), Fraction(mu)) for L, mu in request.param)
    store = Store(tmp_path_factory.mktemp("store") / "store.db")
    return require_proved(settle(Case("pair", "ef21", agents, Fraction(1, 10), Question("auto")), store))


@pytest.mark.parametrize("below", [0, Fraction(1, 10**9), Fraction(1, 100), Fraction(1, 2)])
def test_a_growth_that_has_an_instance_is_not_ruled_out(outcome: Proved, below: Fraction) -> None:
    square = outcome.lower - below * (1 - outcome.lower)
    if square > 1 - outcome.case.alpha:
        assert not is_ruled_out(outcome, sqrt_below(square, bits=200))


def test_growths_above_the_lower_bound_are_ruled_out(outcome: Proved) -> None:
    assert count_ruled_out(outcome) == N_GROWTHS


@pytest.mark.parametrize("step", [Fraction(k, 12) for k in range(13)])
def test_no_mixture_of_coordinates_has_a_growth_that_is_ruled_out(outcome: Proved, step: Fraction) -> None:
    """The condition itself, in floats, for three coordinates whose curvatures are anywhere between."""
    growth = sqrt_below(outcome.lower + (1 - outcome.lower) / 1000, bits=200)
    assert is_ruled_out(outcome, growth)
    rho, eps, inverse = float(growth**2), float(1 - outcome.case.alpha), float(1 / outcome.step_size)
    curvatures = [tuple(float(a.mu + t * (a.L - a.mu)) for a in outcome.case.agents) for t in (0, step, 1)]
    curvatures.append(tuple(float(c) for c in (outcome.case.agents[0].L, outcome.case.agents[1].mu)))
    for signs in ((1, 1, -1, 1), (1, -1, -1, -1), (-1, 1, 1, 1)):
        for squares in ((1, 1, 1, 0), (1e3, 0, 1, 1), (1e-2, 1, 1, 0), (1, 0, 1e-4, 0), (1, 1e-2, 0, 1)):
            radii = [sum(q * h[i] ** 2 for q, h in zip(squares, curvatures)) ** 0.5 for i in (0, 1)]
            pulls = [1 / (z * float(growth) - 1) - eps / (rho - eps) for z in signs]
            gap = sum(q * (inverse + sum(h) / 2 * k) ** 2 for q, h, k in zip(squares, curvatures, pulls)) ** 0.5
            assert (eps * rho) ** 0.5 / (rho - eps) * sum(radii) / 2 < gap
