"""Seconds that methods with teams need, at whole numbers of messages, samples and rounds."""

import math

import numpy as np
import pytest

from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.values import check_claims, check_round

seeds = pytest.mark.parametrize("seed", range(50))


def constants(draw):
    L_max = 10 ** draw.uniform(-2, 2)
    shared = {"L": L_max * draw.random(), "L_A": L_max * 10 ** draw.uniform(-4, 0), "Delta": 10 ** draw.uniform(-2, 2)}
    return {**shared, "L_max": L_max, "eps": 10 ** draw.uniform(-3, 0), "S": 10 ** draw.uniform(-2, 4)}


def check(slug, env):
    theorem = packaged_theorem(slug)
    check_round(theorem, env)
    check_claims(theorem, env, at_least=len(theorem.conclusions))


@seeds
def test_marina_p_repeated_time(seed):
    draw = np.random.default_rng(seed)
    env = constants(draw) | {"Q": draw.integers(1, 100), "n": draw.integers(1, 1000), "omega": draw.integers(0, 1000)}
    env |= {"h": draw.random(), "tau": draw.random()}
    Q, n, S, omega = (env[name] for name in ("Q", "n", "S", "omega"))
    J = math.ceil(4 * Q**2 * omega / n) + 1
    B = math.ceil(max(8 * S / n, 8 * omega * S / (n * J))) + 1
    T = math.ceil(8 * env["Delta"] * (2 * env["L"] + Q * env["L_A"]) / env["eps"])
    check("marina_p_repeated_time", env | {"J": J, "B": B, "T": T, "t": max(J * env["tau"], B * env["h"])})


@seeds
def test_m3_minibatch_time(seed):
    draw = np.random.default_rng(seed)
    Q = draw.integers(1, 100)
    n, h, env = Q * draw.integers(1, 100), draw.random(), constants(draw)
    B, r = math.ceil(24 * env["S"] / Q) + 1, math.sqrt(Q / n)
    T = math.ceil(4 * env["Delta"] * (4 * env["L_max"] + 2 * Q * env["L_A"]) / env["eps"])
    t = B * h
    if r * Q > 1:  # what goes up would take longer than t
        n, r = Q**3, 1 / Q
    check("m3_minibatch_time", env | {"Q": Q, "n": n, "h": h, "B": B, "r": r, "T": T, "t": t})


@seeds
def test_m3_variance_reduced_time(seed):
    draw = np.random.default_rng(seed)
    Q, h, env = draw.integers(1, 100), draw.random(), constants(draw)
    n = Q**3 * draw.integers(1, 100)
    L_s = env["L_max"] * draw.uniform(0.1, 3)
    b, B, r = math.ceil((L_s / env["L_max"]) ** 2), math.ceil(4 * env["S"] / n) + 1, math.sqrt(Q / n)
    T = math.ceil(4 * env["Delta"] * (4 * env["L_max"] + 2 * Q * env["L_A"]) / env["eps"])
    t = h * (2 * b + r * B) * (1 + 1e-12)
    check(
        "m3_variance_reduced_time", env | {"Q": Q, "n": n, "h": h, "b": b, "B": B, "r": r, "T": T, "t": t, "L_s": L_s}
    )


def in_the_regime(draw, K, Q, L):
    """What both theorems about the lower bound ask of functions and of the task."""
    t, Delta = 10 ** draw.uniform(-2, 2), 10 ** draw.uniform(-2, 2)
    env = {
        "K": K,
        "Q": Q,
        "t": t,
        "L": L,
        "L_A": L / Q * draw.random(),
        "Delta": Delta,
        "eps": L * Delta * draw.random(),
    }
    d = draw.integers(Q, Q**2 + 1)
    return env | {"d": d, "kappa": Q * t / d * (1 + draw.random())}


@seeds
def test_marina_p_repeated_beats(seed):
    draw = np.random.default_rng(seed)
    K = draw.uniform(0.01, 10)
    Q = math.ceil(100 * K) + draw.integers(100)
    env = in_the_regime(draw, K, Q, 10 ** draw.uniform(-2, 2))
    d, t = env["d"], env["t"]
    J = max(1, math.floor(t / env["kappa"]))
    if J * env["kappa"] > t:
        env["kappa"] = t
    B = draw.integers(1, 10)
    h = t / B
    S = 100 * K * B * (1 + draw.random())
    n = math.ceil(max(4 * Q**2 * (d - 1) / J, 8 * S / B, 8 * (d - 1) * S / (J * B))) + 1
    T = math.ceil(8 * env["Delta"] * (2 * env["L"] + Q * env["L_A"]) / env["eps"])
    check("marina_p_repeated_beats", env | {"J": J, "B": B, "h": h * (1 - 1e-12), "S": S, "n": n, "T": T})


@seeds
def test_m3_minibatch_beats(seed):
    draw = np.random.default_rng(seed)
    K = draw.uniform(0.01, 1)
    Q = math.ceil(4920 * K) + draw.integers(1, 100)
    L = 10 ** draw.uniform(-2, 2)
    env = in_the_regime(draw, K, Q, L) | {"L_max": L * (1 + draw.random()), "n": Q**3, "r": 1 / Q, "B": 1}
    env |= {"h": env["t"] * (1 - 1e-12), "S": Q / 24 * (1 - 1e-12)}
    T = math.ceil(4 * env["Delta"] * (4 * env["L_max"] + 2 * Q * env["L_A"]) / env["eps"])
    check("m3_minibatch_beats", env | {"T": T})
