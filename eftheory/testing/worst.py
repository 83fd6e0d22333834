"""The search for the vector on which a compressor errs most."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import islice

import numpy as np

from eftheory.testing.candidates import climb, random_vectors, structured
from eftheory.testing.checks.trial import Trial
from eftheory.testing.clock import Clock
from eftheory.testing.hypothesis_needed import needs_hypothesis
from eftheory.testing.subject import Subject

Fit = Callable[[np.ndarray], np.ndarray]


STEPS = 300
"""Local steps from each of the three worst vectors."""


def _double(v: np.ndarray) -> np.ndarray:
    return v.astype(np.float64)


SAMPLES = 50
"""Draws over which a score is averaged where the draws cannot be listed."""


LEAST = 2
"""Vectors that are looked at although the time is up."""


def score_of(subject: Subject, *, fit: Fit = _double, seed: int = 0, samples: int = SAMPLES) -> Callable[..., float]:
    """||C(v) - v||^2 / ||v||^2 in floats, averaged over draws: a guide for the search, not a measurement."""

    def score(v: np.ndarray, first: int = 0) -> float:
        v = fit(v)
        size = float(np.sum(v.astype(float) ** 2))
        if not 0 < size < math.inf:
            return -math.inf
        total, draws = 0.0, samples if subject.random else 1
        for draw in range(first, first + draws):
            try:
                message = np.asarray(subject(np.array(v), seed + draw), dtype=float)
            except Exception:  # a stranger's code; the checks say what is wrong
                return math.inf
            if message.shape != v.shape:
                return -math.inf
            total += float(np.sum((message - v) ** 2))
        return total / draws / size if math.isfinite(total) else math.inf

    return score


def worst_vectors(
    subject: Subject,
    dimension: int,
    *,
    fit: Fit = _double,
    seed: int = 0,
    examples: int = 200,
    steps: int = STEPS,
    keep: int = 6,
    clock: Clock | None = None,
) -> list[np.ndarray]:
    """The worst vectors found, worst first: structured ones, random ones, hypothesis's, and climbs from the best.

    Args:
        subject: what is searched; see ``adapt``.
        dimension: how many entries.
        fit: brings a vector into the dtype and range that are searched.
        seed: of the search.
        examples: how many random vectors, and how many of hypothesis's.
        steps: local steps from each of the best.
        keep: how many are returned.
        clock: ends the search when its time is up.

    Raises:
        ImportError: hypothesis is not installed.
    """
    draws = 8 if subject.random else 1
    score, rng = score_of(subject, fit=fit, seed=seed, samples=draws), np.random.default_rng(seed)
    budget = max(examples // draws, 10)
    clock = clock or Clock()
    found = [*structured(dimension), *islice(random_vectors(dimension, rng), budget)]
    with clock.part(1 / 2):
        scored = [(v, score(v)) for v in clock.within(found, "vectors", least=LEAST)]
        scored += _targeted(score, dimension, max(budget // 4, 10), clock)
    ranked = sorted(scored, key=lambda each: each[1])[::-1]
    best = [each for each in ranked[: 2 * keep] if each[1] > -math.inf]
    ahead = [] if clock.is_up() else best[:3]
    best += [climb(v, score, rng, clock.within(range(steps // draws), "steps")) for v, _ in ahead]
    if subject.random and not clock.is_up():
        final = score_of(subject, fit=fit, seed=seed)
        best = [(v, final(v)) for v, _ in best]
    return [fit(v) for v, _ in sorted(best, key=lambda each: -each[1])[:keep]]


def worst_in(trial: Trial, dimension: int, steps: int = STEPS) -> list[np.ndarray]:
    """The worst vectors of a trial in one of its dimensions, looked for once.

    Raises:
        ImportError: hypothesis is not installed.
    """
    key = dimension, steps, trial.effort
    if key not in trial.searched:
        seed, examples = trial.effort.seed, trial.effort.examples
        trial.searched[key] = worst_vectors(
            trial.subject, dimension, fit=trial.fit, seed=seed, examples=examples, steps=steps, clock=trial.clock
        )
    return trial.searched[key]


def _targeted(
    score: Callable[[np.ndarray], float], dimension: int, examples: int, clock: Clock
) -> list[tuple[np.ndarray, float]]:
    """Vectors that hypothesis finds when it is told to aim at high scores, with these."""
    with needs_hypothesis():
        from hypothesis import HealthCheck, Phase, given, settings, target

        from eftheory.testing.strategies import vectors

    seen: list[tuple[np.ndarray, float]] = []

    @settings(
        max_examples=examples, database=None, deadline=None, derandomize=True,
        phases=[Phase.generate, Phase.target], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(vectors(dimension))
    def aim(v: np.ndarray) -> None:
        if clock.is_up():
            return
        height = score(v)
        seen.append((v, height))
        if math.isfinite(height):
            target(height)

    aim()
    return seen
