"""The methods on random problems: all hypotheses, all lines of the proofs and all claims hold in every round.

Expectations are exact: over all ways the draws can fall. Claims about T rounds: for Top-k over many rounds, for random
methods over few, again with all draws.
"""

import math

import numpy as np
import pytest

from eftheory.methods import EF21, ef21_w
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.drawing import NotingWorld, exact_weights
from tests.proofs.reloaded.methods import (
    EF21W,
    EF21WPL,
    EF21WSGD,
    Bidirectional,
    EF21WPartial,
    HeavyBall,
    Partial,
    PartialPL,
    Prox,
    Weighted,
    WeightedPartial,
    WeightedPL,
    WeightedSGD,
)
from tests.proofs.reloaded.problems import (
    logistic,
    nearest_power,
    per_agent,
    quadratics,
    rand_k,
    square,
    top_k,
)
from tests.proofs.reloaded.values import check_claims, check_round, over_draws

EXTENSIONS = [HeavyBall, Prox, Bidirectional]
NOT_CONVEX = [EF21W, EF21WSGD, EF21WPartial, Weighted, WeightedSGD, WeightedPartial, Partial, *EXTENSIONS]
WITH_PL = [EF21WPL, WeightedPL, PartialPL]
DRAWS_ALWAYS = (EF21WSGD, EF21WPartial, WeightedSGD, Partial, WeightedPartial, PartialPL)


def problems(method):
    return [quadratics] if method in WITH_PL else [quadratics, logistic]


CASES = [(method, problem) for method in NOT_CONVEX + WITH_PL for problem in problems(method)]
every_case = pytest.mark.parametrize(("method", "problem"), CASES, ids=lambda case: case.__name__)


@every_case
@pytest.mark.parametrize("seed", range(3))
def test_every_round_with_top_k(method, problem, seed):
    run = method(problem(np.random.default_rng(seed)), top_k, math.sqrt(2 / 3), seed)
    run.check_rounds(5, seed)


@every_case
def test_every_round_with_rand_k(method, problem):
    run = method(problem(np.random.default_rng(9), n=2), rand_k, math.sqrt(2 / 3), 9)
    run.check_rounds(3)


@every_case
def test_all_rounds_together(method, problem):
    draw = np.random.default_rng(4)
    few = 2 if method in DRAWS_ALWAYS else 3
    method(problem(draw, n=2, d=2), rand_k, math.sqrt(1 / 2), 4).check_total(few)
    method(problem(draw, n=2, d=2), top_k, math.sqrt(1 / 2), 4).check_total(3 if method in DRAWS_ALWAYS else 60)


@pytest.mark.parametrize("method", [EF21W, EF21WPL, EF21WSGD, EF21WPartial])
def test_ef21_w_with_a_compressor_that_is_not_homogeneous(method):
    draw = np.random.default_rng(6)
    v = draw.normal(size=3)
    assert not np.allclose(nearest_power(3 * v), 3 * nearest_power(v))
    method(quadratics(draw), nearest_power, 1 / 3, 6).check_rounds(5)
    method(quadratics(draw, n=2, d=2), nearest_power, 1 / 3, 6).check_total(3 if method in DRAWS_ALWAYS else 60)


def rounds_of_both(problem, compress, gamma, one, other):
    """The new point, estimates and messages of EF21, then of EF21-W, from x, estimates and a generator of each."""
    weights = exact_weights(problem.L_i)
    for method, (x, d, rng) in ((EF21(gamma), one), (ef21_w.EF21W(gamma, weights), other)):
        world = NotingWorld(problem, compress, rng=rng)
        yield from method.step(world, x, d)
        yield world.names["c_i"]


@pytest.mark.parametrize("compress", [top_k, rand_k])
def test_ef21_w_is_ef21(compress):
    draw = np.random.default_rng(2)
    problem = quadratics(draw, n=3, d=4)
    w, gamma = (problem.L_i / problem.L_i.mean())[:, None], 0.1 / problem.L
    theorem = packaged_theorem("ef21_w_is_ef21")
    x = y = draw.normal(size=4)
    rng, same = np.random.default_rng(5), np.random.default_rng(5)
    g, D = per_agent(compress, problem.gradients(x), rng), per_agent(compress, problem.gradients(y) / w, same)
    for _ in range(30):
        x_next, g_next, c, y_next, D_next, b = rounds_of_both(problem, compress, gamma, (x, g, rng), (y, D, same))
        H_next = problem.gradients(y_next) / w
        env = {"gamma": gamma, "w_i": w[:, 0], "x": x, "y": y, "g_i": g, "D_i": D, "H+_i": H_next}
        check_round(theorem, {**env, "c_i": c[None], "b_i": b[None]})
        x, y, g, D = x_next, y_next, g_next, D_next
    assert np.allclose(x, y)
    assert np.allclose(g, w * D)


def _apart(x, y, g, wD):
    return square(g - wD).mean() + square(x - y)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("start", ["together", "apart"])
@pytest.mark.parametrize("compress", [top_k, rand_k])
def test_ef21_and_ef21_w_over_time(compress, start, seed):
    """With K so large that it is enough for these rounds; if they start apart, they need not stay near."""
    draw = np.random.default_rng(seed)
    problem = quadratics(draw, n=3, d=4)
    w, gamma = (problem.L_i / problem.L_i.mean())[:, None], 0.1 / problem.L
    theorem = packaged_theorem("ef21_w_is_ef21_over_time")
    constants = {"gamma": gamma, "w_i": w[:, 0], "L_i": problem.L_i, "M": math.sqrt((problem.L_i**2).mean())}
    x = y = draw.normal(size=4)
    g = draw.normal(size=(3, 4))
    D = g / w
    if start == "apart":
        y, D = draw.normal(size=4), draw.normal(size=(3, 4))
    rng, same = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(20):
        x_next, g_next, c, y_next, D_next, b = rounds_of_both(problem, compress, gamma, (x, g, rng), (y, D, same))
        h_next, H_next = problem.gradients(x_next), problem.gradients(y_next) / w
        inputs, messages = square(h_next - g - w * (H_next - D)), square(c - w * b)
        K = 1 if start == "together" else (messages / inputs).max()
        env = {
            **constants,
            "K": K,
            "x": x,
            "y": y,
            "g_i": g,
            "D_i": D,
            "h+_i": h_next,
            "H+_i": H_next,
            "c_i": c,
            "b_i": b,
        }
        env["V"] = _apart(x, y, g, w * D)
        x, y, g, D = x_next, y_next, g_next, D_next
        check_round(theorem, {**env, "V+": _apart(x, y, g, w * D)})
    if start == "together":
        check_claims(theorem, {"VT": _apart(x, y, g, w * D)}, at_least=1)


def test_without_homogeneity_the_two_methods_differ():
    """Rounding to whole numbers is not homogeneous."""
    g, w, v = np.zeros(1), 2.0, np.array([0.8])
    assert not np.allclose(g + np.round(v), w * (g / w + np.round(v / w)))


@pytest.mark.parametrize("seed", range(5))
def test_partial_contraction(seed):
    draw = np.random.default_rng(seed)
    n, d, s = 2, 3, math.sqrt(2 / 3)
    q, p = 0.3, np.array([0.3, 0.8])
    g, h, h_next = draw.normal(size=(3, n, d))

    def outcome(rng):
        return {"b_i": np.array([float(rng.random() < p_i) for p_i in p]), "c_i": per_agent(rand_k, h_next - g, rng)}

    env = {"s": s, "rho": 0.05, "q": q, "p_i": p, "pmax": 0.8, "g_i": g, "h_i": h, "h+_i": h_next}
    check_round(packaged_theorem("partial_contraction"), {**env, **over_draws(outcome)})


@pytest.mark.parametrize("method", [EF21W, EF21WPartial, *EXTENSIONS])
def test_a_step_that_is_too_long_is_noticed(method):
    run = method(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.env[run.longest.rstrip("'")] *= 2
    run.step = run.stepsize()
    with pytest.raises(AssertionError, match="short step"):
        run.check_rounds(1)


@pytest.mark.parametrize("method", [EF21W, EF21WPL, EF21WSGD, EF21WPartial, Partial, *EXTENSIONS])
def test_a_compressor_that_errs_more_than_s_says_is_noticed(method):
    run = method(quadratics(np.random.default_rng(1)), lambda v, rng: 0 * v, math.sqrt(2 / 3), 1)
    with pytest.raises(AssertionError, match="compressor"):
        run.check_rounds(1)
