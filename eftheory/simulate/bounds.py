"""What theorems say of the runs: the mean of ||grad f||^2 over the first t rounds is at most K/t."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from eftheory.methods import EF21, GD, Method
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.runs import Runs
from eftheory.simulate.step_sizes import contraction, unit_step_size


class Granted(NamedTuple):
    """What is known of a run before it starts.

    Attributes:
        step_size: of the run.
        unit: the largest step size of the theorem.
        gap: f(x^0) - inf f, or more.
        error: what is wrong at the start with what the server knows, mean ||grad f_i(x^0) - d_i^0||^2.
        alpha: of the compressor.
    """

    step_size: float
    unit: float
    gap: float
    error: float
    alpha: float


Bound = Callable[[Granted], float | None]
"""K, or None where the theorem says nothing, as of a step size that is too large."""


def gd_bound(run: Granted) -> float | None:
    """2 gap/step_size, for step sizes up to 1/L.

    References:
        [Polyak1963].

    >>> gd_bound(Granted(0.5, 1.0, 1.0, 0.0, 1.0)), gd_bound(Granted(2.0, 1.0, 1.0, 0.0, 1.0))
    (4.0, None)
    """
    return 2 * run.gap / run.step_size if run.step_size <= run.unit else None


def ef21_bound(run: Granted) -> float | None:
    """2 gap/step_size + error/theta with theta = 1 - sqrt(1 - alpha).

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 1; here ``ef21`` in proofs/.
    """
    if run.step_size > run.unit:
        return None
    return 2 * run.gap / run.step_size + run.error / (1 - sqrt(1 - run.alpha))


BOUNDS: dict[type[Method], Bound] = {GD: gd_bound, EF21: ef21_bound, EF21Plus: ef21_bound}
"""By the class itself: what is derived from one may be another method."""


def bound_of(kind: type[Method], runs: Runs, problem: Problem, compressor: Any) -> Array:
    """K/t for the rounds and columns of the runs of one method; NaN where no theorem says so.

    Args:
        kind: the method.
        runs: its runs.
        problem: of which a lower bound on f is known, its ``least``.
        compressor: with a known alpha.
    """
    bound, rounds, least = BOUNDS.get(kind), runs.rounds.astype(float), getattr(problem, "least", None)
    found = np.full((len(rounds), len(runs.columns)), np.nan)
    if bound is None or least is None:
        return found
    try:
        unit = float(unit_step_size(kind, problem, compressor))
        alpha = contraction(compressor, problem.dimension) if kind.compresses else 1.0
    except ValueError:  # nothing is known of the compressor
        return found
    for r, column in enumerate(runs.columns):
        gap, error = runs["f"][0, r] - least, runs["measure"][0, r] - runs["grad2"][0, r]
        K = bound(Granted(column.step_size, unit, gap, max(error, 0.0), alpha))
        if K is not None:
            with np.errstate(divide="ignore"):
                found[:, r] = K / rounds
    found[rounds == 0] = np.nan
    return found
