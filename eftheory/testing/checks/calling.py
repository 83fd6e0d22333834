"""Does it keep to the form: a vector in, a vector of the same kind out, and nothing else changed?"""

from __future__ import annotations

from typing import Any

import numpy as np

from eftheory.testing.array_library import CAST, COPY
from eftheory.testing.checks.trial import CheckFailed, Trial

REPEATS = 12
"""How often the same question is asked."""


def call(trial: Trial, v: np.ndarray, seed: int = 0) -> Any:
    """C(v).

    Raises:
        CheckFailed: it raises.
    """
    try:
        return trial.subject(v, seed)
    except Exception as error:
        raise CheckFailed(f"raises {type(error).__name__}: {error} for a vector of {v.size} entries", v) from error


def message_of(trial: Trial, v: np.ndarray, seed: int = 0) -> np.ndarray:
    """C(v) as an array of numbers of the shape of v.

    Raises:
        CheckFailed: it is no such array.
    """
    result = call(trial, v, seed)
    if not isinstance(result, np.ndarray):
        kind = type(result).__name__
        raise CheckFailed(f"returns {kind} instead of an array: return an array of the shape of the input", v)
    if result.shape != v.shape:
        raise CheckFailed(f"returns the shape {result.shape} for the shape {v.shape}: C(v) must be like v", v)
    if result.dtype.kind not in "fiub":
        raise CheckFailed(f"returns entries of type {result.dtype}, no real numbers", v)
    return result


def check_shape(trial: Trial) -> None:
    """C(v) is an array of the shape of v, in every dimension, for all kinds of vectors."""
    for d in trial.dimensions:
        for v in (np.ones(d, trial.dtype), np.zeros(d, trial.dtype), trial.random_vector(d)):
            message_of(trial, v)


def check_dtype(trial: Trial) -> None:
    """C(v) has the dtype of v, double or single precision."""
    d = trial.dimensions[0]
    for dtype in dict.fromkeys((trial.dtype, np.float32)):
        v = np.ones(d, dtype)
        found = message_of(trial, v).dtype
        if found != v.dtype:
            raise CheckFailed(
                f"returns {found} for {v.dtype}: cast the result back, "
                f"{CAST.get(trial.subject.library, 'result.astype(x.dtype)')}; a cast to fewer bits and back may be "
                "part of a compressor, a change of type may not",
                v,
            )


def check_purity(trial: Trial) -> None:
    """C leaves its input as it was."""
    for d in trial.dimensions:
        for v in (np.ones(d, trial.dtype), trial.random_vector(d)):
            if not trial.subject.keeps_input(v, np.random.default_rng(trial.effort.seed)):
                copy = COPY.get(trial.subject.library, "x = x.copy()")
                raise CheckFailed(f"changes its input: work on a copy, {copy}", v)


def check_determinism(trial: Trial) -> None:
    """Same vector, same seed, same message; and any seed, if C is not random."""
    subject = trial.subject
    for d in trial.dimensions:
        v = (np.arange(d) % 5 - 2.5).astype(trial.dtype)
        first = message_of(trial, v)
        kept = first.copy()
        message_of(trial, trial.random_vector(d, 1))  # a compressor with a memory shows it
        if not _same(first, kept):
            raise CheckFailed("changes a message that it returned earlier: return a new array each time", v)
        if not all(_same(first, message_of(trial, v)) for _ in trial.clock.within(range(REPEATS), "repeats")):
            hint = (
                "something else than the generator it is given is random, or it remembers earlier calls"
                if subject.random
                else "it is random, or it remembers earlier calls. If it is random, take a numpy Generator as "
                "the second argument, f(x, rng), and draw from that only; or draw from the global generator of its "
                "library, which is seeded for it"
            )
            raise CheckFailed(f"answers the same vector differently: {hint}", v)
        seeds = trial.clock.within(range(1, 6), "seeds")
        if subject.random is False and not all(_same(first, message_of(trial, v, seed)) for seed in seeds):
            raise CheckFailed("is called deterministic, but depends on the seed of the generator", v)


def check_zero(trial: Trial) -> None:
    """C(0) = 0, without which no C is contractive, unbiased or homogeneous."""
    for d in trial.dimensions:
        zero = np.zeros(d, trial.dtype)
        found = message_of(trial, zero)
        if not np.isfinite(found).all():
            raise CheckFailed("C(0) is not finite: a division by a norm or a largest entry needs a guard", zero)
        if found.any():
            raise CheckFailed("C(0) is not 0", zero)


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.array_equal(a, b, equal_nan=True)
