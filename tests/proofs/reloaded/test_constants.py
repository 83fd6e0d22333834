"""Claims about constants: the example, cloning, weights, averages of sparse vectors."""

import math

import numpy as np
import pytest

from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.values import check_claims, check_round

rng = np.random.default_rng


@pytest.mark.parametrize("xi", [20, 100, 1e6])
@pytest.mark.parametrize("L", [1e-6, 10, 25.75])
def test_the_example(xi, L):
    constants = np.array([1, 1, 1, 100])
    clones = np.array([7 / 4] * 3 + [7 * 100 / 16] * 4)
    env = {"L": L, "xi": xi, "Q": math.sqrt((constants**2).mean()), "Q_clones": math.sqrt((clones**2).mean())}
    theorem = packaged_theorem("reloaded_example")
    check_round(theorem, env)
    check_claims(theorem, env, at_least=15)


@pytest.mark.parametrize("seed", range(50))
def test_cloning(seed):
    draw = rng(seed)
    n = draw.integers(1, 9)
    L_i = 10 ** draw.uniform(-3, 3, size=n)
    N = np.ceil(L_i / L_i.mean())
    values = draw.normal(size=n)
    copies = [
        (N.sum() / (n * N[i]) * L_i[i], N.sum() / (n * N[i]) * values[i]) for i in range(n) for _ in range(int(N[i]))
    ]
    constants, clones = np.array(copies).T
    Q, A = math.sqrt((constants**2).mean()), L_i.mean()
    assert n <= len(clones) < 2 * n
    assert math.sqrt(2) * A > Q
    assert clones.mean() == pytest.approx(values.mean())
    env = {"Lf": A, "xi": 10 ** draw.uniform(-2, 2), "A": A, "Q": Q, "r": math.sqrt(2), "m": N.mean(), "K_i": L_i / N}
    env |= {"N_i": N, "F_i": values / N}
    theorem = packaged_theorem("cloning")
    env["gamma"] = 1 / (env["Lf"] + env["r"] * A * env["xi"])
    check_round(theorem, env)
    check_claims(theorem, env, at_least=8)


@pytest.mark.parametrize("seed", range(50))
def test_optimal_weights(seed):
    draw = rng(seed)
    n = draw.integers(1, 9)
    L_i, w = 10 ** draw.uniform(-3, 3, size=n), 10 ** draw.uniform(-2, 2, size=n)
    w = w / w.mean()
    theorem = packaged_theorem("optimal_weights")
    env = {"A": L_i.mean(), "w_i": w, "K_i": L_i / w}
    check_round(theorem, env)
    check_claims(theorem, env, at_least=6)


@pytest.mark.parametrize("seed", range(50))
def test_rare_features(seed):
    draw = rng(seed)
    n, d = draw.integers(1, 6), draw.integers(1, 8)
    owned = draw.random((n, d)) < 0.4
    w = 10 ** draw.uniform(-1, 1, size=n)
    u = owned * draw.normal(size=(n, d))
    kappa = max((w[:, None] * owned).mean(0).max(), 0.01)
    m = (w[:, None] * u).mean(0)
    theorem = packaged_theorem("rare_features")
    for coordinate in range(d):
        env = {"kappa": kappa, "w_i": w, "u_i": u, "r_i": owned * m, "b_i": owned[:, coordinate]}
        env |= {"x": draw.normal(), "y_i": draw.normal(size=n)}
        check_round(theorem, env)
        check_claims(theorem, env, at_least=4)


@pytest.mark.parametrize("seed", range(20))
def test_weighted_jensen(seed):
    draw = rng(seed)
    n, d = draw.integers(1, 6), draw.integers(1, 5)
    L_i = 10 ** draw.uniform(-3, 3, size=n)
    env = {"M": L_i.mean(), "L_i": L_i, "v_i": L_i.mean() / L_i, "e_i": draw.normal(size=(n, d)) * L_i[:, None]}
    check_round(packaged_theorem("weighted_jensen"), env)
    check_claims(packaged_theorem("weighted_jensen"), env, at_least=2)


@pytest.mark.parametrize("seed", range(20))
def test_steps_and_samples_of_ef21_sgd(seed):
    """At the ends of the ranges; more steps than needed, and as many samples, do no harm."""
    draw = rng(seed)
    q, L, L_tilde, M, C, D, Delta, G_0, eps = (draw.uniform(0, 0.95), *10 ** draw.uniform(-2, 2, size=8))
    alpha, theta, noise = 1 - q**4, 1 - q**2, q**3 + 1 / (1 - q)
    z = math.sqrt(q**3 / (1 - q) / theta) * L_tilde
    needed = M * (Delta + G_0 / (2 * theta * (L + z)) + D) + C
    env = {"q": q, "L": L, "Ltilde": L_tilde, "z": z, "M": M, "C": C, "D": D, "Delta": Delta, "G0": G_0, "eps": eps}
    env |= {"T": 2 * (2 * Delta * (L + z) + G_0 / theta) / eps, "tau": 2 * noise / theta * needed / eps}
    env["T'"] = 4 * (Delta * (L + 3 * L_tilde / alpha) + G_0 / alpha) / eps
    env["tau'"] = 16 / alpha**2 * needed / eps
    theorem = packaged_theorem("ef21_sgd_complexity")
    check_round(theorem, env)
    check_claims(theorem, env, at_least=3)
    env["tau'"] /= 20 / theta
    with pytest.raises(AssertionError, match="tau'"):
        check_round(theorem, env)
