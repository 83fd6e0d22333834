"""Is it right on average?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import CheckFailed, CheckSkipped, Trial, show
from eftheory.testing.claim import Unbiased
from eftheory.testing.measure import NotFiniteError, measure_best, measure_twice
from eftheory.testing.sequential import SIGNIFICANT, drift, is_off_centre
from eftheory.testing.shrink import shrink

LEAST_DRAWS = 16
"""Draws that are taken although the time is up."""

SMALL = (1, 2, 3)
"""Dimensions in which draws can often be listed."""

SUSPICIOUS = 3.0
"""Standard errors from which on more draws are taken."""


def check_unbiasedness(trial: Trial) -> None:
    """E C(v) = v: by listing the draws, in small dimensions if not in all, and by tests from draws."""
    subject = trial.subject
    claims = {d: subject.claim(d) for d in trial.dimensions}
    if not subject.unbiased and not any(isinstance(claim, Unbiased) for claim in claims.values()):
        raise CheckSkipped("not claimed")
    elsewhere = _small_mismatch(trial)
    if elsewhere is not None and _shows(trial, elsewhere):
        raise elsewhere
    undecided = False
    for d, claim in trial.clock.shared(claims.items(), "dimensions"):
        for v in trial.clock.shared(_family(trial, d), "vectors"):
            undecided |= not _check_vector(trial, claim, trial.fit(v))
    if elsewhere is not None:
        raise CheckSkipped(f"{elsewhere.message}; found in dimension {trial.dimensions[0]}: nothing against it")
    if undecided:
        raise CheckSkipped("the draws are too rare or too uneven to tell: claim an omega, or take more --samples")


def _family(trial: Trial, d: int) -> list[np.ndarray]:
    return [np.ones(d), trial.random_vector(d), np.where(np.arange(d) == 0, 3.0, 1.0), 1 + np.arange(d) / 4]


def _small_mismatch(trial: Trial) -> CheckFailed | None:
    """A bias in a smaller dimension than those asked for, found by listing the draws."""
    for d in _small(trial):
        for v in _family(trial, d):
            try:
                _check_vector(trial, None, trial.fit(v))
            except CheckFailed as failure:
                return failure
    return None


def _shows(trial: Trial, elsewhere: CheckFailed) -> bool:
    """Whether the same vector, with zeros, shows a bias where it was asked for: C may be meant for that dimension."""
    small, d = np.array(elsewhere.floats, dtype=trial.dtype), trial.dimensions[0]
    v = np.concatenate([small, np.zeros(d - small.size, trial.dtype)])
    try:
        _check_vector(trial, None, v)
        _check_spread(trial, v, [(f"entry {j}", np.eye(1, d, j)[0]) for j in range(small.size)])
    except CheckFailed:
        return True
    return False


def _small(trial: Trial) -> list[int]:
    """Dimensions below those asked for in which C runs and its draws can be listed.

    Only where the compressor itself is called unbiased: an omega given for one dimension says nothing of others.
    """
    return [d for d in SMALL if trial.subject.unbiased and d < trial.dimensions[0] and _lists(trial, d)]


def _lists(trial: Trial, d: int) -> bool:
    try:
        message_of(trial, np.ones(d, trial.dtype))
        return bool(measure_twice(trial.subject, np.ones(d), trial.dtype))
    except (CheckFailed, NotFiniteError):
        return False


def _check_vector(trial: Trial, claim: Any, v: np.ndarray) -> bool:
    """Whether it could be decided that nothing speaks against E C(v) = v.

    Raises:
        CheckFailed: something does.
    """
    try:
        listed = measure_twice(trial.subject, v, trial.dtype)
    except NotFiniteError:
        raise CheckFailed("C(v) is not finite for some draws", v) from None
    found = next((measured for measured in listed if measured.is_biased()), None)
    if listed and found is None:
        return True
    if found is not None:
        exactly = found.exact

        def biased(vector: Any) -> bool:
            measured = measure_best(trial.subject, vector, trial.dtype, exactly=exactly)
            return trial.admits(vector) and measured is not None and measured.is_biased()

        simplest = measure_best(
            trial.subject,
            shrink(list(found.vector), biased, tries=200, is_late=trial.clock.is_up),
            trial.dtype,
            exactly=exactly,
        )
        shown = simplest or found
        mean = shown.mean
        j = max(range(v.size), key=lambda j: abs(mean[j] - shown.vector[j]))
        raise CheckFailed(
            f"not unbiased: E C(v)_{j} = {show(mean[j])}, but "
            f"v_{j} = {show(shown.vector[j])}, in dimension {v.size} ({shown.listed})",
            shown.vector,
        )
    if isinstance(claim, Unbiased):
        _check_draws(trial, claim, v)
    return _check_spread(trial, v) or isinstance(claim, Unbiased)


def _check_spread(trial: Trial, v: np.ndarray, more: Sequence[tuple[str, np.ndarray]] = ()) -> bool:
    """The mean error along some directions against the spread seen; where it looks off, with more draws.

    One direction is that of the first draws' own mean error, tried on later ones.

    Returns:
        Whether the draws tell anything.

    Raises:
        CheckFailed: E C(v) = v is refuted.
    """
    samples, first = trial.effort.samples, 5000
    bias = sum(_errors(trial, v, first, samples), np.zeros(v.size))
    directions = [*_directions(trial, v), *more, ("the error seen before", bias / (np.linalg.norm(bias) or 1.0))]
    told = False
    for count in (samples, 4 * samples, 16 * samples):
        first += samples if count == samples else count // 4
        along = _along(directions, _errors(trial, v, first, count))
        found = [(name, errors, drift(errors)) for name, errors in along.items()]
        told = told or any(off is not None for _, _, off in found)
        for name, errors, off in found:
            if off is not None and abs(off) > SIGNIFICANT and _is_more_than_rounding(trial, v, errors):
                mean = float(errors.mean())
                raise CheckFailed(
                    f"not unbiased in dimension {v.size}: along {name}, C(v) - v is {mean:.4g} on average over "
                    f"{errors.size} draws, {abs(off):.1f} standard errors from 0, "
                    f"where ||v|| = {np.linalg.norm(v):.4g}",
                    v,
                )
        if not any(off is not None and abs(off) > SUSPICIOUS for _, _, off in found):
            break
    return told


def _is_more_than_rounding(trial: Trial, v: np.ndarray, along: np.ndarray) -> bool:
    size = float(np.linalg.norm(v)) + float(np.abs(along).max())
    return abs(float(along.mean())) > (v.size + 32) * trial.spacing * size


def _errors(trial: Trial, v: np.ndarray, first: int, count: int) -> Iterator[np.ndarray]:
    """C(v) - v, draw after draw."""
    seed = trial.effort.seed + first
    draws = trial.clock.within(range(count), "draws", least=LEAST_DRAWS)
    return (np.asarray(message_of(trial, v, seed + draw), dtype=float) - v for draw in draws)


def _along(directions: list[tuple[str, np.ndarray]], errors: Iterable[np.ndarray]) -> dict[str, np.ndarray]:
    """The errors' components along each direction."""
    axes = np.array([direction for _, direction in directions])
    components = np.array([axes @ error for error in errors])
    return {name: components[:, j] for j, (name, _) in enumerate(directions)}


def _directions(trial: Trial, v: np.ndarray) -> list[tuple[str, np.ndarray]]:
    sign = np.random.default_rng(trial.effort.seed).choice([-1.0, 1.0], v.size)
    return [
        ("v", v / np.linalg.norm(v)),
        ("the largest entry", (np.arange(v.size) == np.abs(v).argmax()) * 1.0),
        ("a random direction", sign / np.linalg.norm(sign)),
    ]


def _check_draws(trial: Trial, claim: Unbiased, v: np.ndarray) -> None:
    samples = trial.effort.samples
    deviation = float(claim.omega) ** 0.5 * float(np.linalg.norm(v)) * (1 + (v.size + 32) * trial.spacing)
    deviation += (v.size + 32) * trial.spacing * float(np.linalg.norm(v))
    for name, errors in _along(_directions(trial, v), _errors(trial, v, 5000, samples)).items():
        count = is_off_centre(map(float, errors), deviation)
        if count is not None:
            mean = float(errors.mean())
            raise CheckFailed(
                f"not both unbiased and of variance omega = {claim.omega}: along {name}, C(v) - v is {mean:.4g} on "
                f"average over {errors.size} draws, where ||v|| = {np.linalg.norm(v):.4g}; clear after {count} draws "
                "(false alarm: 1e-9)",
                v,
            )
