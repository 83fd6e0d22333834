"""The best step size for given agents: where the least rate of the template is least.

The least rate falls towards the optimum from both sides, which is often a kink, where two worst
cases meet. So both sides are approached by tangents: the next step tried is where the tangents at the
nearest steps on both sides meet. The slope comes with the centre (the envelope theorem): as the step
changes by a factor, the residual at the centre changes, and the rate must make up for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import exp, inf, log

from eftheory.claims import Setting
from eftheory.methods.template import PLAIN, Template
from eftheory.search.centre import recentre
from eftheory.search.cone import Cone
from eftheory.search.data import Problem, read_problem
from eftheory.search.descent import Position
from eftheory.search.floats import floats_guarded
from eftheory.search.matrix import dyadic_above
from eftheory.search.upper import CENTER, guarded_descent
from eftheory.threads import one_blas_thread

_log = logging.getLogger("eftheory")

_SLACK = Fraction(1, 10**7)  # of the rates compared, relative to 1 - rate
_NUDGE = Fraction(1, 2**20)  # relative change of the step by which slopes are measured
_SHIFT = Fraction(1, 2**12)  # relative change of the step where slopes fail
_STEEP = 4.0  # no rate changes faster with the logarithm of the step
_WIDTH, _WIDEST = 0.02, 8  # first distance tried on the other side, and how often it is doubled
_LEAST_WIDTH = 1e-9
_EVALUATIONS = 32
_DIGITS = 5  # of the step size in the end, if it is as good as any
_INSIDE = 0.02  # share of a bracket next to its ends that is not tried


@dataclass(frozen=True)
class Trial:
    """The least rate at one step size.

    Attributes:
        step_size: the step.
        rate: as a float, inf where none below 1 was found.
        slope: of the rate in the logarithm of the step.
    """

    step_size: Fraction
    rate: float
    slope: float

    def tangent(self, place: float) -> float:
        """The tangent's height at another logarithm of the step."""
        return self.rate + self.slope * (place - log(self.step_size))


@one_blas_thread
def search_step_size(
    at: Callable[[Fraction], Setting], start: Fraction, *, template: Template = PLAIN, sparsity: str = ""
) -> list[Trial]:
    """Search the step size with the least rate, from a step that converges.

    Args:
        at: the setting at a step size.
        start: where to begin.
        template, sparsity: as for ``read_problem``.

    Returns:
        All trials, the best first; a step is rounded down to 32 binary digits before it is tried, since
        one too large costs more than one too small. A step of a few decimal digits comes first where it is as good
        as any. Empty if the first step shows no rate below 1.
    """

    def attempt(place: float | Fraction) -> Trial:
        step = place if isinstance(place, Fraction) else _short_below(exp(place))
        trials.append(try_step_size(at, step, template=template, sparsity=sparsity))
        return trials[-1]

    trials: list[Trial] = []
    first = attempt(start)
    if first.rate == inf:
        return []
    left, right = _bracket(first, attempt)
    while left and right and len(trials) < _EVALUATIONS:
        low, high = log(left.step_size), log(right.step_size)
        best = min(trials, key=lambda trial: trial.rate)
        place = _meeting(left, right) if right.rate < inf else (low + high) / 2
        if high - low < _LEAST_WIDTH or best.rate - left.tangent(place) < float(_SLACK) * (1 - best.rate):
            break
        margin = _INSIDE * (high - low)
        trial = attempt(min(max(place, low + margin), high - margin))
        left, right = (trial, right) if trial.slope < 0 else (left, trial)
    if left and right and len(trials) < _EVALUATIONS:
        settled = _settle(min(trials, key=lambda trial: trial.rate), attempt)
        if settled and settled.rate <= min(trial.rate for trial in trials) + float(_SLACK) * (1 - settled.rate):
            trials.remove(settled)
            return [settled, *sorted(trials, key=lambda trial: trial.rate)]
    return sorted(trials, key=lambda trial: trial.rate)


def _settle(best: Trial, attempt: Callable[[float | Fraction], Trial]) -> Trial | None:
    """A trial at the vertex of a parabola, at a step of few digits: where the optimum is flat, slopes are too rough to
    find it, and what they find differs from machine to machine.
    """
    place = log(best.step_size)
    below, above = (attempt(place + sign * float(_SHIFT)) for sign in (-1, 1))
    bend = below.rate + above.rate - 2 * best.rate
    if not 0 < bend < inf:
        return None
    vertex = place + float(_SHIFT) * min(max((below.rate - above.rate) / (2 * bend), -1.0), 1.0)
    return attempt(Fraction(f"{exp(vertex):.{_DIGITS - 1}e}"))


def _bracket(first: Trial, attempt: Callable[[float | Fraction], Trial]) -> tuple[Trial | None, Trial | None]:
    """Two trials with the optimum between them; None where there is no end to it."""
    near, place = first, log(first.step_size)
    direction = 1.0 if first.slope < 0 else -1.0
    for k in range(_WIDEST):
        far = attempt(place + direction * _WIDTH * 2**k)
        if (far.slope < 0) != (near.slope < 0):
            return (near, far) if direction > 0 else (far, near)
        near = far
    return None, None


def _meeting(left: Trial, right: Trial) -> float:
    """The logarithm of the step at which the tangents of two trials meet."""
    low, high = log(left.step_size), log(right.step_size)
    return (right.rate - left.rate + left.slope * low - right.slope * high) / (left.slope - right.slope)


@one_blas_thread
def try_step_size(
    at: Callable[[Fraction], Setting], step: Fraction, *, template: Template = PLAIN, sparsity: str = ""
) -> Trial:
    """The least rate at one step size, and its slope; the arguments are those of ``search_step_size``."""
    trial = _trial(lambda step: read_problem(at(step), template=template, sparsity=sparsity), step)
    _log.info("step %.9g with %d types: rate %.9g", step, len(at(step).agents), trial.rate)
    _log.debug("slope %.3g", trial.slope)
    return trial


def _trial(problem_at: Callable[[Fraction], Problem], step: Fraction) -> Trial:
    problem = problem_at(step)
    found = _centre(problem)
    if not found:
        return Trial(step, inf, inf)
    nudged = problem_at(step * (1 + _NUDGE))
    slope = floats_guarded(lambda: _slope(Cone(problem, found), Cone(nudged, found)))
    if slope is None or not abs(slope) < _STEEP:
        # V is made for just this step, as with coordinates that one step makes dependent: compare two optima instead.
        other = _centre(problem_at(step * (1 + _SHIFT)))
        slope = (_optimum(other) - _optimum(found)) / float(_SHIFT) if other else inf
    return Trial(step, _optimum(found), slope)


def _centre(problem: Problem) -> Position | None:
    """The analytic centre closest to the least rate, if that is below 1."""
    descent = guarded_descent(problem, _SLACK / 4, CENTER)
    last = next((position for position in reversed(descent.path) if position.rate < 1), None)
    found = last and floats_guarded(recentre, problem, last)
    return found[0] if found else last


def _optimum(centre: Position) -> float:
    return float(centre.rate) - centre.gap


def _slope(cone: Cone, nudged: Cone) -> float:
    """How much the rate must grow, per unit of the logarithm of the step, for the sum of slacks to stay."""
    centre, units = cone.centre(), cone.units()
    lost = float((cone.slacks() @ centre - nudged.slacks() @ centre) @ units)
    return lost / (float(_NUDGE) * float(cone.slope_of_entries() @ centre))


def _short_below(x: float) -> Fraction:
    return -dyadic_above(Fraction(-x), x / 2**32)
