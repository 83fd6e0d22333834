"""Choose a step size: the law's, or the best that a search finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from eftheory.certification.propose import LAW, Options
from eftheory.claims import Setting
from eftheory.lyapunov.averages import mean_constants
from eftheory.theory import look_up

SEARCHED_TYPES = 8
"""Up to how many agent types the step size is searched unless it is asked for by hand."""

_SHORTEST = 40  # binary exponent of the shortest first step tried for a method without a law


@dataclass(frozen=True)
class StepReport:
    """How a step size was searched.

    Attributes:
        step_size: what was chosen.
        law_step_size: the law's; None for a method without one.
        moved: step_size / law_step_size, as a float.
        gain: by how much of 1 - rate the least rate fell, by the engine's estimates.
        trials: how many step sizes were tried.
        class_bound_at_law: what is proved at the law's step: no V of the template shows a rate below it; None
            if that was not tried or found.
    """

    step_size: Fraction
    law_step_size: Fraction | None
    moved: float | None
    gain: float | None
    trials: int
    class_bound_at_law: Fraction | None = None


def choose_step(
    at: Callable[[Fraction], Setting], law: Setting | None, options: Options
) -> tuple[Setting | None, StepReport | None, list[str]]:
    """The setting at the best step size that is found, with a report and notes; None if no step converges.

    Equal agents need no search: the law's step is optimal for them.

    Args:
        at: the setting at a step size.
        law: the setting at the law's step; None for a method without a law.
        options: how to look for a Lyapunov function.
    """
    if law is not None:
        reason = _why_the_law(law, options)
        if reason is not None:
            return law, None, [reason] if reason else []
    from eftheory.search import search_step_size, search_upper  # imports numpy

    start = Fraction(law.method.step_size) if law else _first_step(at, options)
    if start is None:
        return None, None, ["no step size with a rate below 1 was found; what is shown is for step size 1"]
    trials = search_step_size(at, start, template=options.template, sparsity=options.sparsity)
    if not trials:
        return law, None, ["the search for a step size found no rate below 1 at the law's step, which is used"]
    best = trials[0]
    if law is None:
        return at(best.step_size), StepReport(best.step_size, None, None, None, len(trials)), []
    at_law = next(trial for trial in trials if trial.step_size == start)
    bound = None
    if best is not at_law:
        from eftheory.search import search_class_bound

        found = search_class_bound(search_upper(law, template=options.template, sparsity=options.sparsity))
        bound = found.rate if found else None
    gain, moved = (at_law.rate - best.rate) / (1 - at_law.rate), float(best.step_size / start)
    return at(best.step_size), StepReport(best.step_size, start, moved, gain, len(trials), bound), []


def _why_the_law(law: Setting, options: Options) -> str | None:
    """Why the law's step is used without a search, "" where it needs no reason; None if it is not."""
    types = len(law.agents)
    if look_up(law.method).law_is_optimal(types):
        return ""
    if options.engine == LAW:
        return "the law's step size is used; for unequal agents it is nearly, not exactly, optimal"
    if types > SEARCHED_TYPES:
        return (
            f"the law's step size is used: for more than {SEARCHED_TYPES} types no better one is searched; "
            "for unequal agents it is nearly, not exactly, optimal"
        )
    return None


def _first_step(at: Callable[[Fraction], Setting], options: Options) -> Fraction | None:
    """A step size with a rate below 1, for a method without a law: 2/L, or the first that serves of its halves."""
    from eftheory.search import search_upper

    setting = at(Fraction(1))
    L, _ = mean_constants(setting.agents)
    for k in range(0, _SHORTEST, 2):
        step = Fraction(2, 2**k) / L
        if search_upper(at(step), slack=Fraction(1, 10), template=options.template, sparsity=options.sparsity).upper:
            return step
    return None
