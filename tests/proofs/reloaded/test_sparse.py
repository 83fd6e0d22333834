"""EF21 with agents that own few coordinates, and averages of sparse vectors, against hypotheses about coordinates."""

import math

import numpy as np
import pytest

from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.methods import Sparse
from tests.proofs.reloaded.problems import Quadratics, square, top_k
from tests.proofs.reloaded.values import check_claims, check_round, over_draws

OWNED = np.array([[1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]])


def sparse_quadratics(seed):
    """Four agents that own two of five coordinates each; Top-1 has alpha = 1/2 on what they compress."""
    draw = np.random.default_rng(seed)
    roots = draw.normal(size=(4, 5, 5)) * OWNED[:, None] * 10 ** draw.uniform(-1, 1, size=(4, 1, 1))
    problem = Quadratics(roots.transpose(0, 2, 1) @ roots, OWNED * draw.normal(size=(4, 5)))
    problem.owned = OWNED
    return problem


@pytest.mark.parametrize("seed", range(5))
def test_ef21(seed):
    run = Sparse(sparse_quadratics(seed), top_k, math.sqrt(1 / 2), seed)
    assert run.kappa < run.w.mean()
    run.check_rounds(10)
    run.check_total(60)


def test_an_owner_of_more_is_noticed():
    run = Sparse(sparse_quadratics(0), top_k, math.sqrt(1 / 2))
    run.problem.owned = OWNED * [1, 0, 1, 1, 1]
    with pytest.raises(AssertionError, match="zero elsewhere"):
        run.check_rounds(1)


@pytest.mark.parametrize("seed", range(20))
def test_averages(seed):
    draw = np.random.default_rng(seed)
    n, d = draw.integers(1, 6), draw.integers(1, 6)
    owned = draw.integers(0, 2, size=(n, d))
    u, w = owned * draw.normal(size=(n, d)), 10 ** draw.uniform(-1, 1, size=n)

    def outcome(rng):
        drawn = int(rng.integers(int(d)))
        return {"b_i": 1.0 * owned[:, drawn], "y_i": u[:, drawn]}

    kappa = max((w[:, None] * owned).mean(0).max(), 1e-3)
    env = {"kappa": kappa, "d": float(d), "w_i": w, "u_i": u, **over_draws(outcome)}
    theorem = packaged_theorem("sparse_averages")
    check_round(theorem, env)
    check_claims(theorem, env, at_least=2)
    assert square((w[:, None] * u).mean(0)) <= kappa * (w * square(u)).mean() * (1 + 1e-9)
