"""Formulas for the time methods need: against the theorems they come from, and against runs."""

from fractions import Fraction

import numpy as np
import pytest

from eftheory.laws.time_complexity import (
    ef21_complexity,
    ef21_p_complexity,
    lower_bound_formula,
    m3_complexity,
    marina_complexity,
    marina_p_complexity,
)
from tests.proofs.bidirectional.problems import Quadratics, square

TASK = {"L": Fraction(3), "delta": Fraction(7), "accuracy": Fraction(1, 50)}


@pytest.mark.parametrize("K", [Fraction(1, 3), 1, 2, 10, 1000])
@pytest.mark.parametrize("share", [54, 60, 81])
@pytest.mark.parametrize("similarity", [0, 1])
def test_minibatch_marina_p_beats_the_formula(K, share, similarity):
    n = int(81 * K)
    d, h = 7 * n, Fraction(5)
    kappa = share * K * h / d
    variance = 81 * K * TASK["accuracy"]
    found = marina_p_complexity(**TASK, L_A=similarity * TASK["L"] / n, d=d, n=n, variance=variance)
    time = found.seconds(h, kappa, kappa_up=kappa / n)
    assert K * time <= lower_bound_formula(h, kappa, **TASK, variance=variance, d=d, n=n)


def test_without_similarity_it_need_not():
    n, h = 810, Fraction(5)
    task = {**TASK, "variance": 810 * TASK["accuracy"], "d": n, "n": n}
    kappa = 600 * h / n
    time = marina_p_complexity(**task, L_A=TASK["L"]).seconds(h, kappa, kappa_up=kappa / n)
    assert time > lower_bound_formula(h, kappa, **task)


@pytest.mark.parametrize("s", [1, 2, 3, 5, 10])
def test_m3_sends_what_is_proved(s):
    n = s**3
    d = 4 * n
    constants = {"L_max": Fraction(4), "L_A": Fraction(1, 3), "L_B": Fraction(2)}
    found = m3_complexity(**TASK, **constants, d=d, n=n)
    per_step = 5 * (constants["L_max"] + constants["L_B"]) / s + 3 * constants["L_A"]
    bound = 4 * TASK["delta"] / TASK["accuracy"] * d * per_step + Fraction(2 * d, n)
    assert found.up == found.down
    assert found.steps * found.up <= bound


def test_few_agents_are_special_cases():
    gd = 2 * TASK["delta"] * TASK["L"] / TASK["accuracy"]
    assert marina_p_complexity(**TASK, L_A=5, d=6, n=1).steps == gd
    assert m3_complexity(**TASK, L_max=3, L_A=5, L_B=5, d=6, n=1).steps == gd
    assert ef21_complexity(**TASK, L_tilde=4, d=6, k=6).steps == gd
    assert ef21_p_complexity(**TASK, d=6, k=6).steps == gd
    assert marina_complexity(**TASK, L_tilde=4, d=6, n=3, k=6).steps == gd


@pytest.mark.parametrize(
    ("complexity", "values", "message"),
    [
        (ef21_complexity, {"L_tilde": 1, "d": 4, "k": 5}, "of d coordinates"),
        (marina_complexity, {"L_tilde": 1, "d": 4, "k": 5, "n": 2}, "of d coordinates"),
        (ef21_p_complexity, {"d": 4, "k": 0}, "must be positive"),
        (marina_p_complexity, {"L_A": -1, "d": 4, "n": 2}, "must not be negative"),
        (marina_p_complexity, {"L_A": 1, "d": 4, "n": 3}, "must divide"),
    ],
)
def test_what_is_refused(complexity, values, message):
    with pytest.raises(ValueError, match=message):
        complexity(**TASK, **values)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("k", [1, 3])
def test_enough_steps_of_ef21_p_reach_the_accuracy(seed, k):
    """With the step of the theorem, 1/(L (1 + xi))."""
    rng = np.random.default_rng(seed)
    d = 4
    functions, x = Quadratics.drawn(rng, 1, d, spread=0), rng.standard_normal(d)
    L, delta = Fraction(functions.L), Fraction(functions.value(x))
    found = ef21_p_complexity(L=L, delta=delta, accuracy=Fraction(1, 10), d=d, k=k)
    s = np.sqrt(1 - k / d)
    gamma, w, total = (1 - s) / functions.L, x, 0.0
    for _ in range(found.steps):
        total += square(functions.gradient(x))
        x = x - gamma * functions.gradient(w)
        w = w + np.where(np.argsort(np.argsort(-np.abs(x - w))) < k, x - w, 0)
    assert total / found.steps <= 0.1
