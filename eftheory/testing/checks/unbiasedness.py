"""Is it right on average?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import CheckFailed, CheckSkipped, Trial, show
from eftheory.testing.claim import Unbiased
from eftheory.testing.measure import NotFiniteError, measure_best, measure_twice
from eftheory.testing.sequential import is_off_centre
from eftheory.testing.shrink import shrink


def check_unbiasedness(trial: Trial) -> None:
    """E C(v) = v: by listing the draws, or by a sequential test that uses the claimed variance."""
    subject = trial.subject
    claims = {d: subject.claim(d) for d in trial.dimensions}
    if not subject.unbiased and not any(isinstance(claim, Unbiased) for claim in claims.values()):
        raise CheckSkipped("not claimed")
    for d, claim in claims.items():
        for v in (np.ones(d), trial.random_vector(d), np.where(np.arange(d) == 0, 3.0, 1.0), 1 + np.arange(d) / 4):
            _check_vector(trial, claim, trial.fit(v))


def _check_vector(trial: Trial, claim: Any, v: np.ndarray) -> None:
    try:
        listed = measure_twice(trial.subject, v, trial.dtype)
    except NotFiniteError:
        raise CheckFailed("C(v) is not finite for some draws", v) from None
    found = next((measured for measured in listed if measured.is_biased()), None)
    if listed and found is None:
        return
    if found is not None:
        exactly = found.exact

        def biased(vector: Any) -> bool:
            measured = measure_best(trial.subject, vector, trial.dtype, exactly=exactly)
            return trial.admits(vector) and measured is not None and measured.is_biased()

        simplest = measure_best(trial.subject, shrink(found.vector, biased, tries=200), trial.dtype, exactly=exactly)
        shown = simplest or found
        j = max(range(v.size), key=lambda j: abs(shown.mean[j] - shown.vector[j]))
        raise CheckFailed(
            f"not unbiased: E C(v)_{j} = {show(shown.mean[j])}, but v_{j} = {show(shown.vector[j])} "
            f"({len(shown.law)} outcomes listed)",
            shown.vector,
        )
    if not isinstance(claim, Unbiased):
        raise CheckSkipped("the draws cannot be listed, and a test from draws needs the variance: claim an omega")
    _check_draws(trial, claim, v)


def _check_draws(trial: Trial, claim: Unbiased, v: np.ndarray) -> None:
    seed, samples = trial.effort.seed, trial.effort.samples
    rng = np.random.default_rng(seed)
    directions = {"v": v / np.linalg.norm(v), "the largest entry": (np.arange(v.size) == np.abs(v).argmax()) * 1.0}
    sign = rng.choice([-1.0, 1.0], v.size)
    directions["a random direction"] = sign / np.linalg.norm(sign)
    deviation = float(claim.omega) ** 0.5 * float(np.linalg.norm(v)) * (1 + (v.size + 32) * trial.spacing)
    deviation += (v.size + 32) * trial.spacing * float(np.linalg.norm(v))
    errors = [np.asarray(message_of(trial, v, seed + 5000 + draw), dtype=float) - v for draw in range(samples)]

    def along(direction: np.ndarray) -> Iterable[float]:
        return (float(error @ direction) for error in errors)

    for name, direction in directions.items():
        count = is_off_centre(along(direction), deviation)
        if count is not None:
            mean = float(np.mean(list(along(direction))))
            raise CheckFailed(
                f"not both unbiased and of variance omega = {claim.omega}: along {name}, C(v) - v is {mean:.4g} on "
                f"average over {samples} draws, where ||v|| = {np.linalg.norm(v):.4g}; clear after {count} draws "
                "(false alarm: 1e-9)",
                v,
            )
