"""Does it commute with scaling and with sums?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import CheckFailed, CheckSkipped, Trial, literal
from eftheory.testing.measure import measure_exactly
from eftheory.testing.rationals import Rationals

POWERS = (Fraction(0), Fraction(1, 2), Fraction(2))
FACTORS = (Fraction(2), Fraction(3), Fraction(1, 2), Fraction(1, 3), Fraction(5, 4), Fraction(0))

EXACT_ENTRIES = 15000
"""Entries of all multiples in one dimension that C is given as fractions; what is more, as floats."""


def check_homogeneity(trial: Trial) -> None:
    """C(t v) = t C(v) for t >= 0, with the same seed."""
    _check_or_tell(trial, "homogeneous", _scaling_mismatch)


def check_additivity(trial: Trial) -> None:
    """C(u + v) = C(u) + C(v), with the same seed."""
    _check_or_tell(trial, "additive", _sum_mismatch)


def _check_or_tell(trial: Trial, flag: str, mismatch) -> None:  # type: ignore[no-untyped-def]
    claimed = getattr(trial.subject, flag)
    found = next((m for d in trial.clock.shared(trial.dimensions, "dimensions") for m in mismatch(trial, d)), None)
    if claimed and found is not None:
        raise CheckFailed(f"is called {flag}, but {found[0]}", found[1])
    if claimed is None:
        raise CheckSkipped(f"not claimed; found: {'no counterexample' if found is None else 'not ' + flag}")
    if not claimed:
        raise CheckSkipped("not claimed" + ("; found: no counterexample" if found is None else ""))


def _vectors(trial: Trial, d: int) -> list[np.ndarray]:
    """Small whole numbers, exact in all sums, and some of no special form, where nothing is near a tie."""
    rng = np.random.default_rng([trial.effort.seed, d])
    whole = [rng.integers(-4, 5, d).astype(float) for _ in range(6)] + [np.arange(1.0, d + 1), np.ones(d)]
    return [trial.fit(v) for v in whole if v.any()] + [trial.random_vector(d, salt) for salt in range(1, 6)]


def _scaling_mismatch(trial: Trial, d: int):  # type: ignore[no-untyped-def]
    runs = max(1, EXACT_ENTRIES // (len(FACTORS) * d))
    for run, v in enumerate(trial.clock.shared(_vectors(trial, d), "vectors")):
        here = _in_fractions(trial, Fraction(1), v) if run < runs else None
        for t in FACTORS:
            if not _admits(trial, v * float(t)):
                continue
            surely = t in POWERS or not _is_whole(v)  # else rounding may turn a tie
            if (surely or here is not None) and not _close(trial, t, v, here):
                yield f"C(t v) != t C(v) for t = {t}", v


def _admits(trial: Trial, v: np.ndarray) -> bool:
    """Whether a multiple or a sum is still in the range that C is meant for."""
    return trial.effort.magnitudes is None or trial.admits([Fraction(entry) for entry in v.astype(float).tolist()])


def _is_whole(v: np.ndarray) -> bool:
    return bool((v == np.rint(v)).all())


def _in_fractions(trial: Trial, t: Fraction, v: np.ndarray) -> Rationals | None:
    """C(t v) computed on fractions, if C takes them and is not random."""
    if trial.subject.random:
        return None
    measured = measure_exactly(trial.subject, [t * Fraction(float(x)) for x in v])
    return None if measured is None else measured.law[0][1]


def _close(trial: Trial, t: Fraction, v: np.ndarray, here: Rationals | None) -> bool:
    """Whether C(t v) = t C(v): in fractions where C takes them; in floats up to rounding, unless t is a power of 2."""
    there = None if here is None else _in_fractions(trial, t, v)
    if here is not None and there is not None:
        return there.equals(here.times(t))
    v = v.astype(trial.dtype)
    scaled = message_of(trial, (v * float(t)).astype(trial.dtype)).astype(float)
    return _equal(trial, scaled, message_of(trial, v).astype(float) * float(t))


def _sum_mismatch(trial: Trial, d: int):  # type: ignore[no-untyped-def]
    vectors = _vectors(trial, d)
    for u, v in trial.clock.shared(zip(vectors, [*vectors[1:], vectors[0]]), "sums"):
        u, v = u.astype(trial.dtype), v.astype(trial.dtype)
        if not _admits(trial, u + v):
            continue
        parts = message_of(trial, u).astype(float) + message_of(trial, v).astype(float)
        size = float(np.linalg.norm(u)) + float(np.linalg.norm(v))
        if not _equal(trial, message_of(trial, u + v).astype(float), parts, size):
            yield f"C(u + v) != C(u) + C(v) for u = {literal(u)} and v = {literal(v)}", u + v


def _equal(trial: Trial, a: np.ndarray, b: np.ndarray, size: float = 0.0) -> bool:
    room = 8 * (a.size + 32) * trial.spacing * max(float(np.linalg.norm(b)), float(np.linalg.norm(a)), size)
    return bool(np.linalg.norm(a - b) <= room)
