"""Does it err no more than is claimed?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import RANGE, CheckFailed, CheckSkipped, Trial, is_ordinary, show
from eftheory.testing.claim import describe, limit
from eftheory.testing.measure import Measured, NotFiniteError, measure_best, measure_twice
from eftheory.testing.rationals import Rationals
from eftheory.testing.sequential import FALSE_ALARM, exceeds
from eftheory.testing.shrink import Vector, shrink
from eftheory.testing.worst import worst_in

LEAST_DRAWS = 16
"""Draws that are taken although the time is up."""

SHRINKING = 60
"""How many simpler vectors are tried where each takes a test from draws."""


def check_contraction(trial: Trial) -> None:
    """E ||C(v) - v||^2 stays within the claim on the worst vectors that can be found."""
    claims = {d: trial.subject.claim(d) for d in trial.dimensions}
    if not any(claims.values()):
        raise CheckSkipped("nothing is claimed: give alpha, omega, or attributes of these names")
    for d, claim in trial.clock.shared(claims.items(), "dimensions"):
        if claim is not None:
            with trial.clock.part(2 / 3):
                vectors = worst_in(trial, d)
            check_vectors(trial, claim, vectors)


def check_ties(trial: Trial) -> None:
    """The claim holds where all entries, or many, have the same size."""
    for d in trial.clock.shared(trial.dimensions, "dimensions"):
        places = np.arange(d)
        signs = np.where(trial.random_vector(d) < 0, -1.0, 1.0)
        tied = [np.where(places < count, 1.0, 0.5) for count in {1, d // 2, d - 1, d} if count]
        _check_family(trial, d, [signs, np.full(d, 1.5), *tied])
    _skip_without_claim(trial)


def check_zeros(trial: Trial) -> None:
    """The claim holds where many entries are zero, of either sign."""
    for d in trial.clock.shared(trial.dimensions, "dimensions"):
        places = np.arange(d)
        family = [np.where(places == j, 1.0, zero) for j in {0, d // 2, d - 1} for zero in (0.0, -0.0)]
        _check_family(trial, d, [*family, np.where(places % 2 == 0, 1.0, 0.0)])
    _skip_without_claim(trial)


def check_scale(trial: Trial) -> None:
    """The claim holds for the same vectors, larger and smaller by up to 2^60 (2^20 in single precision)."""
    top = 60 if trial.dtype == np.float64 else 20
    for d in trial.clock.shared(trial.dimensions, "dimensions"):
        v = [np.ones(d), trial.random_vector(d), np.where(np.arange(d) == 0, 1.0, 1 / 16)]
        powers = [
            (top, 1),
            (top // 2, 7),
            (top // 4, 4),
        ]  # different ones, so that few sizes are left out
        signed = [(w, sign * power) for w, each in zip(v, powers) for power in each for sign in (-1, 1)]
        _check_family(trial, d, [w * 2.0**power for w, power in signed])
    _skip_without_claim(trial)


def _check_family(trial: Trial, dimension: int, vectors: Iterable[np.ndarray]) -> None:
    claim = trial.subject.claim(dimension)
    if claim is not None:
        check_vectors(trial, claim, vectors, samples=trial.effort.samples // 4)
        return
    for v in sorted((trial.fit(v) for v in vectors), key=is_ordinary, reverse=True):
        _check_finite(trial, v)


def _skip_without_claim(trial: Trial) -> None:
    """Say that more than finite numbers was not asked for.

    Raises:
        CheckSkipped: nothing is claimed.
    """
    if not any(map(trial.subject.claim, trial.dimensions)):
        raise CheckSkipped("nothing is claimed; found: all messages are finite")


def check_vectors(trial: Trial, claim: Any, vectors: Iterable[np.ndarray], *, samples: int | None = None) -> None:
    """The claim on some vectors, exactly where the draws can be listed, else by a sequential test.

    Raises:
        CheckFailed: with a vector that refutes the claim, shrunk.
    """
    given_ones = sorted((trial.fit(v) for v in vectors), key=is_ordinary, reverse=True)
    for given in trial.clock.shared(given_ones, "vectors"):
        if not given.any():
            continue
        _check_finite(trial, given)
        try:
            found = measure_twice(trial.subject, given, trial.dtype)
        except NotFiniteError:
            raise CheckFailed("C(v) is not finite for some draws" + hint(given), given) from None
        if not found:
            _check_draws(trial, claim, given, samples or trial.effort.samples)
        for measured in found:
            if measured.violates(claim):
                raise _refuted(trial, claim, measured, given)


def _check_finite(trial: Trial, v: np.ndarray) -> None:
    for seed in range(3 if trial.subject.random else 1):
        if not np.isfinite(message_of(trial, v, seed)).all():
            raise CheckFailed("C(v) is not finite" + hint(v), v)


def hint(v: np.ndarray) -> str:
    """What to do about a defect at sizes that the compressor may not be meant for."""
    if is_ordinary(v) and 1e-4 <= np.abs(v).max() <= 1e4:
        return ""
    return f", where entries are up to {np.abs(v).max():.2g} in size; {RANGE}"


def _refuted(trial: Trial, claim: Any, found: Measured, given: np.ndarray) -> CheckFailed:
    def violating(vector: Vector) -> Measured | None:
        if not any(vector) or not trial.admits(vector):
            return None
        measured = measure_best(trial.subject, vector, trial.dtype, exactly=found.exact)
        return measured if measured is not None and measured.violates(claim) else None

    tries = min(1500, 1 + 300000 // len(found.vector))
    simplest = shrink(
        list(found.vector), lambda vector: violating(vector) is not None, tries=tries, is_late=trial.clock.is_up
    )
    shown = violating(simplest)
    words = f"not {describe(claim)} in dimension {len(simplest)}: {_sentence(claim, shown or found)}"
    words += hint(given if shown is None else np.array([float(entry) for entry in shown.vector]))
    return CheckFailed(words, given if shown is None else shown.vector)  # as given: it may be a matter of -0.0


def _sentence(claim: Any, found: Measured) -> str:
    expectation = "" if len(found.law) == 1 else "E "
    allowed = limit(claim, found.square)
    if isinstance(claim, Contractive) or allowed:
        per = allowed / found.square
        words = f"{expectation}||C(v) - v||^2 = {show(found.ratio)} ||v||^2, and {show(per)} is allowed"
    else:
        words = f"{expectation}||C(v) - v||^2 = {show(found.error)}, and nothing is allowed"
    if len(found.law) == 1 and len(found.vector) <= 8:
        words += f"; C(v) = [{', '.join(map(show, found.law[0][1]))}]"
    return f"{words} ({'computed in fractions' if found.exact else 'floats, taken as the rationals they are'})"


def _check_draws(trial: Trial, claim: Any, v: np.ndarray, samples: int) -> None:
    count = _refuting_draws(trial, claim, v, samples)
    if count is None:
        return

    def fails(vector: Vector) -> bool:
        w = np.array([float(entry) for entry in vector], dtype=trial.dtype)
        return bool(w.any()) and trial.admits(vector) and _refuting_draws(trial, claim, w, samples) is not None

    simplest = shrink([Fraction(float(entry)) for entry in v], fails, tries=SHRINKING, is_late=trial.clock.is_up)
    v = np.array([float(entry) for entry in simplest], dtype=trial.dtype)
    errors = list(_errors(trial, v, samples))
    mean, samples = float(np.mean(errors)), len(errors)
    if mean == math.inf:
        raise CheckFailed(f"C(v) is not finite, at least once in {samples} draws", v)
    square = Rationals.of_floats(v).square
    allowed = limit(claim, square) / square
    raise CheckFailed(
        f"not {describe(claim)} in dimension {v.size}: over {samples} draws ||C(v) - v||^2 is {mean:.6g} ||v||^2 on "
        f"average, and {float(allowed):.6g} is allowed (such a test is wrong with probability {FALSE_ALARM:.0e})",
        v,
    )


def _refuting_draws(trial: Trial, claim: Any, v: np.ndarray, samples: int) -> int | None:
    """The number of draws after which the claim is refuted, if it is; ``measure`` says how much rounding may take."""
    size = float(Rationals.of_floats(v).square)
    allowed = float(limit(claim, Fraction(size)))
    gamma = (v.size + 32) * trial.spacing
    room = (allowed**0.5 + 2 * gamma * (size**0.5 + (allowed + size) ** 0.5)) ** 2
    return exceeds(_errors(trial, v, samples), room / size)


def _errors(trial: Trial, v: np.ndarray, samples: int) -> Iterable[float]:
    """||C(v) - v||^2 / ||v||^2, draw after draw."""
    size = float(Rationals.of_floats(v).square)
    for draw in trial.clock.within(range(samples), "draws", least=LEAST_DRAWS):
        message = message_of(trial, v, trial.effort.seed + 1000 + draw).astype(float)
        yield float(np.sum((message - v.astype(float)) ** 2)) / size if np.isfinite(message).all() else math.inf
