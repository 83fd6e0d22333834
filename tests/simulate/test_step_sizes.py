"""Units of step size are those of theorems, and what theorems grant at one unit holds on runs."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings

from eftheory.compressors import Identity, PermK, RandK, TopK
from eftheory.methods import EF21, GD, Marina, Method
from eftheory.methods.dasha import Dasha
from eftheory.methods.diana import Diana
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.simulate.bounds import BOUNDS
from eftheory.simulate.problems import FiniteSum, Quadratic, Tridiagonal
from eftheory.simulate.problems.loss import Logistic
from eftheory.simulate.problems.regulariser import Nonconvex
from eftheory.simulate.side_by_side import Entry, Plan, run_methods, share
from eftheory.simulate.step_sizes import contraction, unit_step_size, variance
from eftheory.theory.calculators import CALCULATORS
from tests.kit.teams import seeds

F = Quadratic.of_spectra([[1.0, 0.5, 0.5, 0.5], [3.0, 0.5, 0.5, 0.5]])
L, ROOT, MEAN = 2.0, sqrt(5.0), 2.0


@pytest.mark.parametrize(
    ("kind", "compressor", "parameters", "unit"),
    [
        (GD, TopK(1), {}, 1 / L),
        (EF21, Identity(), {}, 1 / L),
        (EF21, TopK(3), {}, 1 / (L + ROOT)),
        (EF21, RandK(1, scaled=True), {}, 1 / (L + ROOT * sqrt(3 / 4) / (1 - sqrt(3 / 4)))),
        (EF21W, TopK(3), {}, 1 / (L + MEAN)),
        (Marina, RandK(1, scaled=True), {"full": Fraction(1, 4)}, 1 / (L + ROOT * sqrt(3 / 4 * 3 / (1 / 4 * 2)))),
        (Marina, RandK(1, scaled=True), {}, 1 / (L + ROOT * sqrt(3 / 2))),
        (MarinaPermK, PermK(2), {"full": Fraction(1, 4)}, 1 / (L + ROOT * sqrt(3))),
        (Dasha, RandK(1, scaled=True), {}, 1 / (L + ROOT * sqrt(6 * 7 / 2))),
    ],
)
def test_units(kind: type[Method], compressor: object, parameters: dict, unit: float) -> None:
    found = unit_step_size(kind, F, compressor, parameters)
    assert 0 < 1 - float(found) / unit < 1e-9, "rounded down, a little"


@pytest.mark.parametrize(
    ("kind", "parameters", "slug", "given"),
    [
        (EF21PP, {}, "ef21_partial", {"p": Fraction(1, 2)}),
        (EF21PP, {"chance": (Fraction(1, 4), Fraction(1, 2))}, "ef21_partial", {"p": Fraction(1, 4)}),
        (HeavyBallEF21, {}, "ef21_heavy_ball", {"momentum": Fraction(1, 10)}),
        (EF21SGD, {}, "stochastic_ef21", {"sigma": Fraction(7)}),
        (EF21SGDM, {}, "ef21_sgdm", {"sigma": Fraction(7), "eta": Fraction(1, 2), "n": Fraction(2)}),
    ],
)
def test_units_of_calculators_whatever_the_noise_is(
    kind: type[Method], parameters: dict, slug: str, given: dict
) -> None:
    known = {"alpha": Fraction(3, 4), "L": Fraction(L), "L_tilde": Fraction(ROOT), "delta": Fraction(1), **given}
    found = unit_step_size(kind, F, TopK(3), parameters)
    assert float(found) == pytest.approx(float(Fraction(CALCULATORS[slug].ask(known)["step_size"])), rel=1e-9)
    assert found < _sharper(), "chance, noise and momentum cost something"


def _sharper() -> Fraction:
    """EF21's step by the sharper theorem, `ef21_nonconvex`, rather than by the paper's."""
    known = {"alpha": Fraction(3, 4), "L": Fraction(L), "L_tilde": Fraction(ROOT), "delta": Fraction(1)}
    return Fraction(CALCULATORS["ef21_nonconvex"].ask(known)["step_size"])


def test_agents_that_always_take_part_have_the_step_of_ef21() -> None:
    found = unit_step_size(EF21PP, F, TopK(3), {"chance": Fraction(1)})
    assert float(found) == pytest.approx(float(_sharper()), rel=1e-9)


@pytest.mark.parametrize(("kind", "parameters"), [(EF21PP, {"chance": 0}), (HeavyBallEF21, {"momentum": 2})])
def test_numbers_that_no_theorem_allows_have_the_unit_of_ef21(kind: type[Method], parameters: dict) -> None:
    assert unit_step_size(kind, F, TopK(3), parameters) == unit_step_size(EF21, F, TopK(3))


def test_a_problem_may_know_how_agents_differ() -> None:
    f = Tridiagonal([1.0, 1.0], [1.0, 1.0], shift=0.0, size=4)
    assert float(unit_step_size(MarinaPermK, f, PermK(2))) == pytest.approx(1.0), "agents are alike: GD's step"


def test_what_is_known_of_compressors() -> None:
    assert contraction([TopK(1), TopK(2)], 4) == 0.25
    assert variance([RandK(1, scaled=True), RandK(2, scaled=True)], 4) == 3
    with pytest.raises(ValueError, match="give one, --step-size 1/8"):
        contraction(lambda v: v, 4)
    with pytest.raises(ValueError, match="Marina needs an unbiased compressor"):
        unit_step_size(Marina, F, TopK(1))


@pytest.mark.parametrize("kind", BOUNDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15)
@given(seed=seeds)
def test_what_is_granted_holds(kind: type[Method], seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, labels = rng.standard_normal((12, 4)), np.where(rng.random(12) < 0.5, 1.0, -1.0)
    f = FiniteSum(rows, labels, (3, 5, 4), Logistic(), Nonconvex(Fraction(1, 10)))
    plan = Plan(rounds=60, multiples=(("1", Fraction(1)), ("2", Fraction(2))), start=rng.standard_normal(4))
    for rule in ("gradient", "compressed", "zero"):
        runs = run_methods([Entry(kind)], f, TopK(1), Plan(**{**vars(plan), "rule": rule}))
        mean = np.cumsum(runs["grad2"][:-1, 0]) / np.arange(1, len(runs.rounds))
        assert (mean <= runs["bound"][1:, 0] * (1 + 1e-12)).all()
        assert np.isnan(runs["bound"][:, 1]).all(), "of longer steps the theorem says nothing"


def test_nothing_is_granted_where_nothing_is_known() -> None:
    assert np.isnan(run_methods([Entry(EF21)], F, TopK(1), Plan(rounds=3))["bound"]).all(), "no lower bound on f"
    assert EF21Plus in BOUNDS


@pytest.mark.parametrize("kind", [Diana, Dasha, EFBV])
def test_shares_of_theory_are_taken_so_that_the_unit_is_stable(kind: type[Method]) -> None:
    problem = Quadratic.of_spectra([np.linspace(0.5, 2, 30), np.linspace(0.1, 1, 30)])
    runs = run_methods([Entry(kind)], problem, RandK(1, scaled=True), Plan(rounds=400))
    assert runs["grad2"][-1, 0] < runs["grad2"][0, 0]


def test_a_share_that_is_given_stays() -> None:
    problem = Quadratic.of_spectra([[1.0, 2.0]])
    given = share(Entry(Diana, {"beta": Fraction(1, 7)}), problem, RandK(1, scaled=True))
    assert given.parameters == {"beta": Fraction(1, 7)}
    assert share(Entry(Diana), problem, TopK(1)).parameters == {}  # of its omega nothing is known


def test_ef_bv_with_the_shares_of_theory_is_ef21() -> None:
    problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
    one, other = run_methods([Entry(EFBV), Entry(EF21)], problem, TopK(1), Plan(rounds=50)).says()
    assert one == other
