"""Problems: gradients are gradients, constants hold, minimisers minimise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.exact import negative_direction
from eftheory.simulate import is_smooth, prove_smoothness
from eftheory.simulate.problems import Huber, LeastSquares, LogisticRegression, Problem, Quadratic
from eftheory.simulate.problems.newton import minimise
from eftheory.simulate.smoothness import _is_visibly_semidefinite
from tests.kit.teams import seeds, teams

TEAM = [AgentType(L=2, mu=Fraction(1, 3), count=2), AgentType(L=5, mu=0), AgentType(L=1, mu=1)]


def shards(rng: np.random.Generator, sizes: tuple[int, ...] = (2, 5, 9), d: int = 4) -> list:
    return [(rng.standard_normal((N, d)), np.where(rng.random(N) < 0.5, 1.0, -1.0)) for N in sizes]


FAMILIES: list[Callable[[np.random.Generator], Problem]] = [
    lambda rng: Quadratic.random(TEAM, 4, rng=rng),
    lambda rng: Quadratic.random(TEAM, 4, rng=rng, common_minimiser=True),
    lambda rng: Huber.random(TEAM, 4, rng=rng, width=0.7),
    lambda rng: Huber.random(TEAM, 4, rng=rng, common_minimiser=True),
    lambda rng: LeastSquares(shards(rng), Fraction(1, 5)),
    lambda rng: LogisticRegression(shards(rng), Fraction(1, 5)),
]
families = st.sampled_from(FAMILIES)


@settings(max_examples=60, deadline=None)
@given(families, seeds)
def test_gradients_belong_to_the_value(family: Callable[[np.random.Generator], Problem], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = family(rng)
    x, direction = rng.standard_normal((2, problem.dimension))
    h = 1e-5
    slope = (problem.value(x + h * direction) - problem.value(x - h * direction)) / (2 * h)
    assert problem.gradients(x).shape == (problem.n_agents, problem.dimension)
    assert slope == pytest.approx(float(problem.gradients(x).mean(axis=0) @ direction), rel=1e-4, abs=1e-4)


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_the_constants_hold(family: Callable[[np.random.Generator], Problem], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = family(rng)
    assert len(problem.agents) == problem.n_agents
    assert all(agent.count == 1 for agent in problem.agents)
    x, y = 3 * rng.standard_normal((2, problem.dimension))
    turned = problem.gradients(x) - problem.gradients(y)
    for agent, change in zip(problem.agents, turned):  # <dg - mu dx, dg - L dx> <= 0
        one, other = change - float(agent.mu) * (x - y), change - float(agent.L) * (x - y)
        assert one @ other <= 1e-9 * (change @ change + (x - y) @ (x - y))


@settings(max_examples=60, deadline=None)
@given(families, seeds)
def test_the_minimiser_minimises(family: Callable[[np.random.Generator], Problem], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = family(rng)
    best = problem.minimiser
    assert np.linalg.norm(problem.gradients(best).mean(axis=0)) < 1e-9
    assert problem.value(best + rng.standard_normal(problem.dimension)) >= problem.value(best)


@given(teams, st.sampled_from([Quadratic, Huber]), seeds)
def test_a_common_minimiser_is_every_agents(team: list[AgentType], kind: type, seed: int) -> None:
    problem = kind.random(team, 3, rng=np.random.default_rng(seed), common_minimiser=True)
    assert not problem.gradients(problem.minimiser).any()


@given(teams, seeds, st.integers(1, 5))
def test_quadratics_have_the_spectra_asked_for(team: list[AgentType], seed: int, d: int) -> None:
    problem = Quadratic.random(team, d, rng=np.random.default_rng(seed))
    for agent, hessian in zip(problem.agents, problem.hessians):
        spectrum = np.linalg.eigvalsh(hessian)
        ends = {float(agent.L), float(agent.mu)}
        assert any(np.isclose(spectrum[-1], end, rtol=1e-12) for end in ends)
        if d > 1:
            assert spectrum[[0, -1]] == pytest.approx(sorted([float(agent.mu), float(agent.L)]), rel=1e-11)


def test_labels_must_be_signs() -> None:
    with pytest.raises(ValueError, match="1 and -1"):
        LogisticRegression([(np.ones((2, 1)), np.array([0.0, 1.0]))], Fraction(1))


def test_where_there_is_no_minimiser_newton_says_so() -> None:
    separable = LogisticRegression([(np.array([[1.0], [2.0]]), np.array([1.0, 1.0]))], Fraction(0))
    assert np.linalg.norm(separable.gradients(separable.minimiser)) < 1e-9  # as good as at infinity
    with pytest.raises(ValueError, match="no minimiser"):
        minimise(lambda x: np.ones(1), lambda x: np.eye(1), np.zeros(1))


# ---------------------------------------------------------------------- proved smoothness
whole = st.integers(-40, 40)


@st.composite
def data(draw: st.DrawFn) -> np.ndarray:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    entries = draw(st.lists(whole, min_size=rows * columns, max_size=rows * columns))
    return np.array(entries, dtype=float).reshape(rows, columns) / 8


@settings(max_examples=60, deadline=None)
@given(data(), st.fractions(0, 2, max_denominator=20))
def test_proved_constants_are_just_above_the_eigenvalue(A: np.ndarray, shift: Fraction) -> None:
    if not A.any() and not shift:
        return
    L = prove_smoothness(A, regulariser=shift)
    largest = np.linalg.eigvalsh(A.T @ A / (4 * len(A)))[-1] + float(shift)
    assert largest * (1 - 1e-12) <= float(L) <= largest * (1 + 2e-4) + 1e-12
    assert is_smooth(A, L, regulariser=shift)
    assert prove_smoothness(A, regulariser=shift, L=L) == L
    if A.any():
        with pytest.raises(ValueError, match="too small"):
            prove_smoothness(A, regulariser=shift, L=shift + (L - shift) * Fraction(999, 1000))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5), st.integers(1, 90), st.integers(0, 20), seeds)
def test_the_quick_test_never_says_yes_wrongly(n: int, bits: int, near: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    half = [[int(rng.integers(-9, 10)) for _ in range(n)] for _ in range(n)]
    gram = [[sum(a * b for a, b in zip(row, other)) << bits for other in half] for row in half]
    for i in range(n):  # a Gram matrix, moved a little up or down
        gram[i][i] += int(rng.integers(-1, 2)) * (1 << max(bits - near, 0))
    exact = negative_direction([[Fraction(entry) for entry in row] for row in gram]) is None
    assert exact or not _is_visibly_semidefinite(gram)
    safe = [[entry + (i == j) * (1 << bits) for j, entry in enumerate(row)] for i, row in enumerate(gram)]
    if near > 1:
        assert _is_visibly_semidefinite(safe)


def test_the_exact_boundary_is_known() -> None:
    A = np.array([[3.0, 4.0]])  # largest eigenvalue of A^T A / 4: 25/4
    for rows in (A, A.T, np.repeat(A, 3, axis=0)):
        exact = Fraction(25, 4) / (1 if len(rows) != 2 else 2)
        assert is_smooth(rows, exact, regulariser=0)
        assert not is_smooth(rows, exact - Fraction(1, 10**30), regulariser=0)


@pytest.mark.parametrize("shape", [(3, 40), (40, 3), (30, 30)])
def test_data_with_all_their_digits(shape: tuple[int, int]) -> None:
    A = np.random.default_rng(0).standard_normal(shape)
    L = prove_smoothness(A, regulariser=Fraction(1, 10))
    assert not is_smooth(A, L * Fraction(9995, 10000), regulariser=Fraction(1, 10))


def test_data_must_be_finite() -> None:
    for bad in (np.nan, np.inf):
        with pytest.raises(ValueError, match="finite"):
            prove_smoothness(np.array([[bad]]), regulariser=0)
    with pytest.raises(ValueError, match="orders of magnitude"):
        prove_smoothness(np.array([[1e-300, 1e300]]), regulariser=0)
    for other in (np.array([[Fraction(1, 3)]]), np.array([[2**53 + 1]])):
        with pytest.raises(TypeError, match="astype"):
            prove_smoothness(other, regulariser=0)
    assert prove_smoothness(np.array([[2]]), regulariser=0) == prove_smoothness(np.array([[2.0]]), regulariser=0)
    with pytest.raises(TypeError, match="exact"):
        prove_smoothness(np.eye(2), regulariser=0.1)  # type: ignore[arg-type]
