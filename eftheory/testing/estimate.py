"""How contractive is a compressor really? An adversarial search, and what it does and does not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors import Compressor
from eftheory.compressors.constant import Constant
from eftheory.numbers import decimal_down, decimal_up, shown
from eftheory.testing.checks.trial import Trial, literal, show
from eftheory.testing.effort import Effort
from eftheory.testing.measure import measure_best
from eftheory.testing.shrink import Vector, shrink
from eftheory.testing.subject import adapt
from eftheory.testing.suite import prepare
from eftheory.testing.worst import score_of, worst_vectors

NOT_FINITE = Fraction(10**30)
"""Stands for the ratio where C(v) is not finite."""

FRESH = 10**6
"""The first seed of draws that the search has not seen."""

WIDTH = 4.0
"""Half the width, in standard errors, of the interval for an average of draws."""


@dataclass(frozen=True)
class Estimate:
    """What a search found out about alpha in one dimension; never a proof that some alpha holds.

    Attributes:
        dimension: of the vectors.
        refuted_above: every alpha larger than this is refuted by ``vector``: exactly if ``exact``, where room
            is left for rounding inside C; else as far as an average of draws can (four standard errors).
        consistent_below: no vector that was tried contradicts an alpha up to this.
        vector: the worst one found.
        exact: E ||C(v) - v||^2 at the vector was computed exactly, over all draws.
        known: the constant the compressor states, if it does.
    """

    dimension: int
    refuted_above: Fraction
    consistent_below: Fraction
    vector: tuple[float, ...]
    exact: bool
    known: Constant | None = None

    @property
    def sampled(self) -> bool:
        """Whether it rests on an average of draws."""
        return not self.exact

    @property
    def largest(self) -> str:
        """The largest E ||C(v) - v||^2 found, in words; for unbiased compressors, whose omega it is at most."""
        low, high = 1 - self.refuted_above, 1 - self.consistent_below
        between = _down(low) if low == high else f"between {_down(low)} and {_up(high)}"
        return f"largest E ||C(v) - v||^2 found in dimension {self.dimension}: {between} ||v||^2"

    def __str__(self) -> str:
        found = f"refuted above {_up(self.refuted_above)}, consistent below {_down(self.consistent_below)}"
        lines = [f"alpha in dimension {self.dimension}: {found if self.refuted_above > 0 else 'no alpha > 0 holds'}"]
        if self.refuted_above == 1 - NOT_FINITE:
            lines[0] += ": C(v) is not finite, or C raises"
        elif self.refuted_above <= 0:
            lines[0] += f": E ||C(v) - v||^2 = {show(1 - self.refuted_above, places=4)} ||v||^2"
        lines.append(f"  worst vector found: {literal(self.vector)}" + ("" if self.exact else " (average over draws)"))
        if self.known is not None:
            lines.append(f"  stated: {self.known}")
        return "\n".join(lines)


def estimate_alpha(
    compressor: Any,
    dim: int,
    *,
    library: str = "numpy",
    steps: int = 400,
    also: Sequence[Sequence[Any]] = (),
    effort: Effort | None = None,
    **chosen: Any,
) -> Estimate:
    """Look for the vector on which E ||C(v) - v||^2 / ||v||^2 is largest; alpha is at most one minus that.

    Structured vectors (equal sizes, one-hot, geometric, ...), random ones, those that hypothesis aims
    at large ratios, and local steps from the worst of them.

    Args:
        compressor: see ``check_compressor``; nothing need be claimed.
        dim: the dimension.
        library: "numpy", "torch" or "jax".
        steps: local steps from each of the three worst.
        also: vectors to try besides, known to be bad.
        effort: how hard it is tried, and on which vectors; 4000 samples are averaged unless it says otherwise.
        chosen: fields of the effort, each by its name, as ``seed=1``; see ``Effort``.

    Raises:
        ValueError: C raises in this dimension.
        ImportError: hypothesis is not installed.

    >>> from eftheory.compressors import TopK
    >>> print(estimate_alpha(TopK(1), 3))
    alpha in dimension 3: refuted above 1/3, consistent below 1/3
      worst vector found: np.array([1.0] * 3)
      stated: 1/3 (exact, attained)
    """
    effort = replace(effort or Effort(samples=4000), **chosen)
    trial, _ = prepare(adapt(compressor, library=library), [dim], effort)
    known = compressor.contraction(dim) if isinstance(compressor, Compressor) else None
    return replace(estimate_on(trial, dim, steps=steps, also=also), known=known)


def estimate_on(trial: Trial, dim: int, *, steps: int = 400, also: Sequence[Sequence[Any]] = ()) -> Estimate:
    """The same of a compressor that is under test, in one of its dimensions; what it states is left out."""
    subject, effort = trial.subject, trial.effort
    found = worst_vectors(subject, dim, fit=trial.fit, seed=effort.seed, examples=effort.examples, steps=steps)
    found += [np.array([float(entry) for entry in vector], dtype=trial.dtype) for vector in also if any(vector)]
    if not found:
        raise ValueError(f"{subject.name} answers no vector of {dim} entries with finite numbers")
    below, above, vector, exact = max((_ratio(trial, v) for v in found), key=lambda ratio: ratio[:2])
    if exact and not subject.random:
        vector = _simplest(trial, vector, below)
        below, above, vector, exact = _ratio(trial, vector)
    return Estimate(dim, min(1 - below, Fraction(1)), 1 - above, tuple(map(float, vector)), exact)


def _up(number: Fraction) -> str:
    return shown(number, decimal_up)


def _down(number: Fraction) -> str:
    return shown(number, decimal_down)


def _simplest(trial: Trial, v: np.ndarray, ratio: Fraction) -> np.ndarray:
    """A simpler vector that is no better."""

    def fails(vector: Vector) -> bool:
        if ratio == NOT_FINITE:
            w = np.array([float(entry) for entry in vector], dtype=v.dtype)
            return trial.admits(vector) and _is_broken(trial, w)
        measured = measure_best(trial.subject, vector, v.dtype) if any(vector) and trial.admits(vector) else None
        return measured is not None and measured.ratio >= ratio

    simplest = shrink([Fraction(float(entry)) for entry in v], fails, tries=min(300, 1 + 50000 // v.size))
    return np.array([float(entry) for entry in simplest], dtype=v.dtype)


def _is_broken(trial: Trial, v: np.ndarray) -> bool:
    try:
        return not np.isfinite(np.asarray(trial.subject(v), dtype=float)).all()
    except Exception:  # a stranger's code
        return True


def _ratio(trial: Trial, v: np.ndarray) -> tuple[Fraction, Fraction, np.ndarray, bool]:
    """An interval for the ratio, the vector, and whether the interval is a number."""
    measured = None if _is_broken(trial, v) else measure_best(trial.subject, v, v.dtype)
    if measured is not None:
        return measured.ratio - measured.rounding, measured.ratio + measured.rounding, v, True
    samples, score = trial.effort.samples, score_of(trial.subject, fit=trial.fit, seed=trial.effort.seed, samples=1)
    ratios = np.array([score(v, FRESH + draw) for draw in range(samples)])
    if not np.isfinite(ratios).all():
        return NOT_FINITE, NOT_FINITE, v, True
    mean, error = float(ratios.mean()), WIDTH * float(ratios.std()) / samples**0.5
    error += 4 * (v.size + 32) * trial.spacing * (mean + 2)  # rounding
    return Fraction(max(mean - error, 0.0)), Fraction(mean + error), v, False
