"""Tiny, huge, and not a number."""

from __future__ import annotations

import numpy as np

from eftheory.testing.checks.calling import message_of
from eftheory.testing.checks.trial import CheckFailed, CheckSkipped, Trial

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
                raise CheckFailed("is not finite on denormal numbers: dividing by a tiny norm overflows", v)
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
            with np.errstate(over="ignore", invalid="ignore"):
                message = message_of(trial, v.astype(trial.dtype))
            if not np.isfinite(message).all():
                raise CheckFailed(
                    "is not finite where squares overflow: divide by the largest entry before taking a norm", v
                )


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
            with np.errstate(invalid="ignore"):
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
