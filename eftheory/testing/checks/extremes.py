"""Tiny, huge, and not a number."""

from __future__ import annotations

import numpy as np

from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import RANGE, CheckFailed, CheckSkipped, Trial

SEEDS = 64
"""Draws in which a random compressor may drop all entries."""


def check_denormals(trial: Trial) -> None:
    """Numbers below the normal range come out finite and no larger than the smallest normal ones."""
    _skip_outside(trial)
    smallest, normal = np.finfo(trial.dtype).smallest_subnormal, np.finfo(trial.dtype).smallest_normal
    for d in trial.dimensions:
        tiny = trial.random_vector(d) * normal
        for v in (np.full(d, smallest), tiny.astype(trial.dtype)):
            message = message_of(trial, v.astype(trial.dtype))
            if not np.isfinite(message).all():
                raise CheckFailed(
                    f"is not finite on denormal numbers: dividing by a tiny norm overflows; {RANGE}",
                    v,
                )
            bound = 16 * d * _gain(trial, d) * float(max(normal, np.abs(v).max()))
            if np.abs(message.astype(float)).max() > bound:
                raise CheckFailed("turns denormal numbers into far larger ones", v)


def check_huge(trial: Trial) -> None:
    """Vectors whose squares overflow, though they and their norm do not, come out finite."""
    _skip_outside(trial)
    top = float(np.finfo(trial.dtype).max)
    for d in trial.dimensions:
        huge = top / (8 * d * _gain(trial, d))
        for v in (np.full(d, huge), np.where(np.arange(d) == 0, huge, 1.0)):
            if not _is_finite(trial, v):
                raise CheckFailed(_overflow(trial, v), v)


def _is_finite(trial: Trial, v: np.ndarray) -> bool:
    return bool(np.isfinite(message_of(trial, v.astype(trial.dtype))).all())


def _overflow(trial: Trial, v: np.ndarray) -> str:
    """What overflows, told by the size from which on it does."""
    size = float(np.abs(v).max())
    while size > 1 and not _is_finite(trial, v * (size / 2 / float(np.abs(v).max()))):
        size /= 2
    of_squares, top = float(np.finfo(trial.dtype).max) ** 0.5, float(np.abs(v).max())
    if size <= 1:
        return "is not finite, whatever the size of the entries"
    if size > of_squares * 16:
        why = "sums or products of entries overflow: scale by the largest entry first"
    elif size * v.size * 16 > of_squares:
        why = "squares overflow: divide by the largest entry before taking a norm"
    else:
        why = f"it overflows long before squares do ({of_squares:.1g}): a narrower type, or higher powers"
    return f"is not finite for entries of {top:.1g}, and from about {size:.1g} on; {why}; {RANGE}"


def _gain(trial: Trial, dimension: int) -> float:
    """The factor by which an unbiased compressor may enlarge an entry that it seldom sends."""
    return 1 + float(getattr(trial.subject.claim(dimension), "omega", 0))


def _skip_outside(trial: Trial) -> None:
    if trial.effort.magnitudes is not None:
        raise CheckSkipped("outside the range it is meant for")


def check_nan(trial: Trial) -> None:
    """NaN does not turn into numbers: where all entries are NaN, C raises a ValueError or its message shows NaN."""
    d = trial.dimensions[-1]
    vector, sent = np.full(d, np.nan, trial.dtype), False
    for seed in range(SEEDS if trial.subject.random else 1):
        try:
            message = trial.subject(vector, seed)
        except ValueError:
            return
        except Exception as error:
            kind = type(error).__name__
            raise CheckFailed(f"raises {kind} for NaN, where a ValueError would do: {error}") from None
        if not np.isfinite(np.asarray(message, dtype=float)).all():
            return
        sent = sent or bool(np.any(message))
    if trial.subject.random and not sent:
        raise CheckSkipped(f"in {SEEDS} draws nothing was sent")
    raise CheckFailed("turns a vector of NaN into numbers without a word: a diverging run would go unnoticed")
