"""Quadratics with prescribed L_A and L_B: the functional inequality holds exactly, and is tight."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.simulate.problems import Quadratic
from eftheory.simulate.problems.functional_quadratic import functional_quadratic, satisfies_functional
from eftheory.simulate.rational import RationalQuadratic

F = Fraction
CASES = [(2, F(3), F(4), F(1)), (3, F(1, 2), F(2), F(1, 7)), (4, F(2), F(0), F(1, 3)), (5, F(1), F(1), F(1, 10**6))]


def make(kind: type[Quadratic], n: int, L_A: Fraction, L_B: Fraction, mu: Fraction, spread: int = 1, d: int = 3):
    rng = np.random.default_rng(n)
    return functional_quadratic(kind, n, d, L_A=L_A, L_B=L_B, mu=mu, spread=F(spread), rng=rng)


@pytest.mark.parametrize(("n", "L_A", "L_B", "mu"), CASES)
def test_the_inequality_holds_exactly_and_with_no_smaller_numbers(
    n: int, L_A: Fraction, L_B: Fraction, mu: Fraction
) -> None:
    hessians = make(RationalQuadratic, n, L_A, L_B, mu).hessians
    assert satisfies_functional(hessians, L_A, L_B)
    less = 1 - F(1, 10**6)
    assert not satisfies_functional(hessians, less * L_A, less * L_B), "the mean's largest curvature"
    assert not satisfies_functional(hessians, less * L_A, L_B), "where agents differ most"


@pytest.mark.parametrize(("n", "L_A", "L_B", "mu"), CASES)
def test_gradients_move_as_the_inequality_says(n: int, L_A: Fraction, L_B: Fraction, mu: Fraction) -> None:
    f, rng = make(Quadratic, n, L_A, L_B, mu, d=6), np.random.default_rng(0)
    for _ in range(50):
        u = rng.standard_normal((n, 6)) * rng.choice([1e-2, 1.0], size=(n, 1))
        moved = np.einsum("ijk,ik->j", f.hessians, u) / n
        bound = float(L_A) ** 2 * (u**2).sum() / n + float(L_B) ** 2 * (u.mean(axis=0) ** 2).sum()
        assert moved @ moved <= bound * (1 + 1e-9)
    curvatures = np.linalg.eigvalsh(f.hessians)
    assert (np.abs(curvatures).max(axis=1) <= [float(agent.L) * (1 + 1e-9) for agent in f.agents]).all()
    assert np.linalg.eigvalsh(f.hessians.mean(axis=0))[[0, -1]] == pytest.approx(
        [float(mu), float(L_A**2 + L_B**2) ** 0.5]
    )


def test_agents_are_equal_where_L_A_is_zero_and_share_a_minimiser_without_spread() -> None:
    f = make(RationalQuadratic, 3, F(0), F(2), F(1), spread=0)
    assert (f.hessians == f.hessians[0]).all()
    assert (f.centres == f.centres[0]).all()


@pytest.mark.parametrize(
    ("n", "L_A", "L_B", "mu", "message"),
    [
        (1, F(1), F(1), F(1), "L_A = 0 for one agent"),
        (2, F(-1), F(1), F(1), "not negative"),
        (2, F(0), F(0), F(1), "not both zero"),
        (2, F(3), F(4), F(6), "mu=6: positive, and at most the root of L_A^2 + L_B^2, 5"),
        (2, F(3), F(4), F(0), "mu=0: positive"),
    ],
)
def test_what_is_refused(n: int, L_A: Fraction, L_B: Fraction, mu: Fraction, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("^", r"\^").replace("+", r"\+")):
        make(Quadratic, n, L_A, L_B, mu)
