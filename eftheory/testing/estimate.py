"""How contractive is a compressor really? An adversarial search, and what it does and does not show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors import Compressor
from eftheory.compressors.constant import Constant
from eftheory.numbers import decimal_down, decimal_up, shown
from eftheory.pages.lines import in_short
from eftheory.testing.checks.trial import Trial, is_ordinary, literal, show
from eftheory.testing.effort import Effort
from eftheory.testing.measure import measure_best
from eftheory.testing.shrink import Vector, shrink
from eftheory.testing.subject import adapt
from eftheory.testing.suite import prepare
from eftheory.testing.worst import STEPS, score_of, worst_in

Ratio = tuple[Fraction, Fraction]
"""Ends of an interval that holds E ||C(v) - v||^2 / ||v||^2."""

FRESH = 10**6
"""The first seed of draws that the search has not seen."""

FAR = 8
"""Powers of two off one from which on it is tried whether a vector near one is as bad."""

FIRST = 4
"""The share of the draws, one in so many, after which the worst vectors are told from the others."""

LEAST_DRAWS = 32
"""Draws that are averaged although the time is up."""

WIDTH = 4.0
"""Half the width, in standard errors, of the interval for an average of draws."""

RARE = 8.0
"""So many draws as far off as the farthest one seen may be missing: of a rare kind that is seen k times, k + 4 sqrt(k)
+ 8 are about the most that were to be expected, as the standard error alone tells of large k only."""


@dataclass(frozen=True)
class Estimate:
    """What a search found out about alpha in one dimension; never a proof that some alpha holds.

    Attributes:
        dimension: of the vectors.
        ratio: ends of an interval that holds E ||C(v) - v||^2 / ||v||^2 at ``vector``: exactly if ``exact``, where
            room is left for rounding inside C; else as far as an average of draws can tell (four standard
            errors, and eight draws like the farthest one). None where C(v) is not finite, or C raises.
        vector: the worst one found.
        exact: E ||C(v) - v||^2 at the vector was computed exactly, over all draws.
        known: the constant the compressor states, if it does.
        draws: how many were averaged, if they were not listed.
    """

    dimension: int
    ratio: Ratio | None
    vector: tuple[float, ...]
    exact: bool
    known: Constant | None = None
    draws: int = 0

    @property
    def refuted_above(self) -> Fraction:
        """Every alpha larger than this is refuted by the vector; zero: no alpha > 0 holds."""
        return Fraction(0) if self.ratio is None else min(max(1 - self.ratio[0], Fraction(0)), Fraction(1))

    @property
    def consistent_below(self) -> Fraction:
        """No vector that was tried contradicts an alpha up to this; zero: there is no such alpha > 0."""
        return Fraction(0) if self.ratio is None else max(1 - self.ratio[1], Fraction(0))

    @property
    def sampled(self) -> bool:
        """Whether it rests on an average of draws."""
        return not self.exact

    @property
    def wanted_draws(self) -> int | None:
        """How many draws bring the ends for alpha within a tenth of it, if they are further apart; to two digits."""
        width, middle = self.refuted_above - self.consistent_below, (self.refuted_above + self.consistent_below) / 2
        if self.exact or 10 * width <= middle:
            return None
        wanted = math.ceil(self.draws * (10 * width / middle) ** 2)
        unit = int(10 ** max(len(str(wanted)) - 2, 0))
        return -(-wanted // unit) * unit

    @property
    def largest(self) -> str:
        """The largest E ||C(v) - v||^2 found, in words; for unbiased compressors, whose omega it is at most."""
        if self.ratio is None:
            return f"in dimension {self.dimension} C(v) is not finite, or C raises, for v = {literal(self.vector)}"
        low, high = self.ratio
        between = _down(low) if low == high else f"between {_down(low)} and {_up(high)}"
        return f"largest E ||C(v) - v||^2 found in dimension {self.dimension}: {between} ||v||^2"

    def __repr__(self) -> str:
        """What is printed, long vectors cut."""
        return in_short(str(self).splitlines())

    def __str__(self) -> str:
        lines = [f"alpha in dimension {self.dimension}: {self._found}"]
        lines.append(
            f"  worst vector found: {literal(self.vector)}"
            + ("" if self.exact else f" (average over draws: {self.draws})")
        )
        if self.known is not None:
            lines.append(f"  stated: {self.known}")
        return "\n".join(lines)

    @property
    def _found(self) -> str:
        if self.ratio is None:
            return "no alpha > 0 holds: C(v) is not finite, or C raises"
        if self.refuted_above == 0:
            return f"no alpha > 0 holds: E ||C(v) - v||^2 = {show(self.ratio[0], places=4)} ||v||^2"
        left = self.consistent_below
        return (
            f"refuted above {_up(self.refuted_above)}, {f'consistent below {_down(left)}' if left else 'none is sure'}"
        )


def estimate_alpha(
    compressor: Any,
    dim: int,
    *,
    library: str = "numpy",
    steps: int = STEPS,
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


@np.errstate(all="ignore")  # what overflows inside C is judged by what C sends
def estimate_on(trial: Trial, dim: int, *, steps: int = STEPS, also: Sequence[Sequence[Any]] = ()) -> Estimate:
    """The estimate of alpha of a compressor under test, in one of its dimensions, without what it states."""
    subject, effort = trial.subject, trial.effort
    with trial.clock.part(1 / 2):
        found = list(worst_in(trial, dim, steps))
    found += [np.array([float(entry) for entry in vector], dtype=trial.dtype) for vector in also if any(vector)]
    if not found:
        raise ValueError(f"{subject.name} answers no vector of {dim} entries with finite numbers")
    few = -(-effort.samples // FIRST)
    measured = [_at(trial, v, few) for v in trial.clock.shared(found, "vectors")]
    sampled = sorted((each for each in measured if not each.exact), key=_badness)
    again = [_at(trial, np.array(each.vector, dtype=trial.dtype), effort.samples) for each in sampled[-2:]]
    measured = [*(each for each in measured if each.exact), *again]
    worst = max([each for each in measured if is_ordinary(each.vector)], key=_badness, default=None)
    if worst is None or worst.refuted_above:  # else no vector of another size says more
        worst = max(measured, key=_badness)
    if worst.exact and not subject.random:
        worst = _at(trial, _simplest(trial, worst), 1)
    exponent = int(np.frexp(np.abs(worst.vector).max())[1])
    if abs(exponent) > FAR:
        near = trial.fit(np.ldexp(worst.vector, -exponent))
        return max(_at(trial, near, effort.samples), worst, key=_badness)
    return worst


def _badness(found: Estimate) -> tuple[bool, Ratio]:
    """Largest where C fails altogether, then by the ratio."""
    return found.ratio is None, found.ratio or (Fraction(0), Fraction(0))


def _up(number: Fraction) -> str:
    return shown(number, decimal_up)


def _down(number: Fraction) -> str:
    return shown(number, decimal_down)


def _simplest(trial: Trial, worst: Estimate) -> np.ndarray:
    """A simpler vector that is no better."""
    ratio, v = worst.ratio, np.array(worst.vector, dtype=trial.dtype)

    def fails(vector: Vector) -> bool:
        if ratio is None:
            w = np.array([float(entry) for entry in vector], dtype=v.dtype)
            return trial.admits(vector) and _is_broken(trial, w)
        measured = measure_best(trial.subject, vector, v.dtype) if any(vector) and trial.admits(vector) else None
        return measured is not None and measured.ratio >= ratio[0]

    simplest = shrink(
        [Fraction(float(entry)) for entry in v], fails, tries=min(300, 1 + 30000 // v.size), is_late=trial.clock.is_up
    )
    return np.array([float(entry) for entry in simplest], dtype=v.dtype)


def _is_broken(trial: Trial, v: np.ndarray) -> bool:
    try:
        return not np.isfinite(np.asarray(trial.subject(v), dtype=float)).all()
    except Exception:  # a stranger's code
        return True


def _at(trial: Trial, v: np.ndarray, samples: int) -> Estimate:
    """What one vector says; from so many draws, where they cannot be listed."""
    vector = tuple(map(float, v))
    broken = Estimate(v.size, None, vector, exact=True)
    if _is_broken(trial, v):
        return broken
    measured = measure_best(trial.subject, v, v.dtype)
    if measured is not None:
        ratio = measured.ratio - measured.rounding, measured.ratio + measured.rounding
        return Estimate(v.size, ratio, vector, exact=True)
    score = score_of(trial.subject, fit=trial.fit, seed=trial.effort.seed, samples=1)
    draws = trial.clock.within(range(samples), "draws", least=LEAST_DRAWS)
    ratios = np.array([score(v, FRESH * samples + draw) for draw in draws])  # new ones for each number of them
    if not np.isfinite(ratios).all():
        return broken
    mean, error = average(ratios)
    error += 4 * (v.size + 32) * trial.spacing * (mean + 2)  # rounding
    ends = Fraction(max(mean - error, 0.0)), Fraction(mean + error)
    return Estimate(v.size, ends, vector, exact=False, draws=len(ratios))


def average(draws: np.ndarray) -> tuple[float, float]:
    """The mean of draws, and how far off it may be, if nothing is rarer than what is seen.

    >>> [round(end, 9) for end in average(np.array([1.0, 3.0] * 200))]
    [2.0, 0.24]
    """
    spread = float(draws.std()) / len(draws) ** 0.5
    return float(draws.mean()), WIDTH * spread + RARE * float(np.ptp(draws)) / len(draws)
