"""The functional inequality and its constants, on random functions and displacements."""

import numpy as np
import pytest

from tests.proofs.bidirectional.problems import Quadratics, mean_square, square

SEEDS = range(20)
ROUNDING = 1e-9


def moved(functions, displacements):
    return square(np.mean(np.einsum("ijk,ik->ij", functions.A, displacements), axis=0))


def worst_displacements(functions, L_A, L_B):
    """The eigenvector of the largest ratio, and that ratio."""
    n, d = functions.b.shape
    rows = functions.A.transpose(1, 0, 2).reshape(d, n * d) / n
    left = rows.T @ rows
    right = L_A**2 * np.eye(n * d) / n + L_B**2 * np.kron(np.ones((n, n)), np.eye(d)) / n**2
    root = np.linalg.inv(np.linalg.cholesky(right))
    values, vectors = np.linalg.eigh(root @ left @ root.T)
    return (root.T @ vectors[:, -1]).reshape(n, d), values[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_functional_inequality_of_smooth_functions(seed):
    """Gradients sqrt(1 + (c_i x)^2)' of L_i = c_i^2, coordinate by coordinate."""
    rng = np.random.default_rng(seed)
    n, d = 5, 3
    c = rng.uniform(0.1, 3, (n, 1))

    def gradients(x):
        return c**2 * x / np.sqrt(1 + (c * x) ** 2)

    L_i = c[:, 0] ** 2
    for scale in (0.01, 1, 100):
        x, u = rng.standard_normal(d) * scale, rng.standard_normal((n, d)) * scale
        left = square(np.mean(gradients(x + u) - gradients(x), axis=0))
        assert left <= np.mean(L_i**2) * mean_square(u) * (1 + ROUNDING)
        assert np.mean(L_i**2) <= max(L_i) ** 2


def test_functional_inequality_counterexample():
    """f_1 = 5 x^2 and f_2 = 0 at u = (1, 0); and functions of sum zero."""
    u = np.array([[1.0], [0.0]])
    convex = Quadratics(np.array([[[10.0]], [[0.0]]]), np.zeros((2, 1)))
    assert convex.L == 5
    assert moved(convex, u) == 25 > 5**2 * mean_square(u)
    A, B = 7.0, 1000.0
    v = np.array([[1.0], [-1.0]])
    free = Quadratics((1 + A) * v[:, :, None], np.zeros((2, 1)))
    assert free.L == 0
    assert moved(free, v) > A**2 * mean_square(v) + B**2 * square(v.mean(axis=0))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("t", [0.1, 1, 3])
def test_functional_quadratics_at_the_worst_displacements(seed, t):
    functions = Quadratics.drawn(np.random.default_rng(seed), 4, 3)
    L_A, L_B = functions.functional(t)
    assert worst_displacements(functions, L_A, L_B)[1] <= 1 + ROUNDING
    if L_B > L_A:
        assert worst_displacements(functions, L_A, np.sqrt(L_B**2 - L_A**2))[1] <= 1 + ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_functional_quadratics_exact_is_the_test_of_all_displacements(seed):
    """The largest ratio over n d coordinates is that of the matrix of d rows; equality, so both directions."""
    rng = np.random.default_rng(seed)
    functions = Quadratics.drawn(rng, 4, 3)
    L_A, L_B = rng.uniform(0.1, 3, 2)
    mean = functions.A.mean(axis=0)
    differ = functions.A - mean
    matrix = np.mean(differ @ differ, axis=0) / L_A**2 + mean @ mean / (L_A**2 + L_B**2)
    u, ratio = worst_displacements(functions, L_A, L_B)
    assert ratio == pytest.approx(np.linalg.eigvalsh(matrix)[-1])
    bound = L_A**2 * mean_square(u) + L_B**2 * square(u.mean(axis=0))
    assert moved(functions, u) == pytest.approx(ratio * bound)


@pytest.mark.parametrize("seed", SEEDS)
def test_functional_implies_smooth(seed):
    functions = Quadratics.drawn(np.random.default_rng(seed), 4, 3)
    L_A, L_B = functions.functional()
    _, ratio = worst_displacements(functions, L_A, L_B)
    assert ratio * (L_A**2 + L_B**2) * (1 + ROUNDING) >= functions.L**2
