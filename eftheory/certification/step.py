"""Choose a step size: the law's, a given one, or the best that a search finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from eftheory.certification.fixed_point import explain_no_fixed_point
from eftheory.certification.journal import Journal
from eftheory.certification.options import Options
from eftheory.certification.settings import method_name
from eftheory.claims import Setting
from eftheory.lyapunov.averages import mean_constants
from eftheory.methods import Method
from eftheory.theory import LAW, OPTIMAL, StepRule, look_up

SEARCHED_TYPES = 8
"""Up to how many agent types the step size is searched unless it is asked for by hand."""

_SHORTEST = 40  # binary exponent of the shortest first step tried for a method without a law

At: TypeAlias = "Callable[[StepRule | Fraction], Setting]"


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
    at: At, method: type[Method], rule: StepRule, options: Options, journal: Journal
) -> tuple[Setting, StepReport | None]:
    """The setting at the step size that a rule asks for, with a report where it was searched.

    Equal agents need no search: the law's step is optimal for them.

    Raises:
        ValueError: there is no law, and no search is allowed.
    """
    if rule != OPTIMAL:
        return at(rule), None
    if look_up(method, at(Fraction(1)).agents).law is None:
        if options.closed_forms_only:
            name = method_name(method)
            raise ValueError(f"step_size='optimal': engine law searches no step size for {name}; give a number")
        return _search_without_law(at, options, journal)
    law = at(LAW)
    reason = _why_the_law(law, options)
    if reason is None:
        return _search_around(law, at, options, journal)
    journal.note(reason)
    return law, None


def _search_without_law(at: At, options: Options, journal: Journal) -> tuple[Setting, StepReport | None]:
    """The setting at the best step found, from one that converges; at step size 1 where there is none."""
    from eftheory.search import search_step_size  # imports numpy

    if all(explain_no_fixed_point(at(step)) for step in (Fraction(1), Fraction(1, 3))):  # some step may hide it
        journal.note("no step size was searched, since the method cannot converge at any; shown is step size 1")
        return at(Fraction(1)), None
    start = _first_step(at, options)
    trials = search_step_size(at, start, template=options.template, sparsity=options.sparsity) if start else []
    if not trials:
        journal.note("no step size with a rate below 1 was found; what is shown is for step size 1")
        return at(Fraction(1)), None
    best = trials[0]
    return at(best.step_size), StepReport(best.step_size, None, None, None, len(trials))


def _search_around(law: Setting, at: At, options: Options, journal: Journal) -> tuple[Setting, StepReport | None]:
    """The setting at the best step found, from the law's; what is proved at the law's step, where that is worse."""
    from eftheory.search import search_class_bound, search_step_size, search_upper  # imports numpy

    start = law.method.step_size
    trials = search_step_size(at, start, template=options.template, sparsity=options.sparsity)
    if not trials:
        journal.note("the search for a step size found no rate below 1 at the law's step, which is used")
        return law, None
    best, at_law = trials[0], next(trial for trial in trials if trial.step_size == start)
    bound = None
    if best is not at_law:
        found = search_class_bound(search_upper(law, template=options.template, sparsity=options.sparsity))
        bound = found.rate if found else None
    gain, moved = (at_law.rate - best.rate) / (1 - at_law.rate), float(best.step_size / start)
    return at(best.step_size), StepReport(best.step_size, start, moved, gain, len(trials), bound)


def _why_the_law(law: Setting, options: Options) -> str | None:
    """Why the law's step is used without a search, "" where it needs no reason; None if it is not."""
    types = len(law.agents)
    if look_up(law.method, law.agents).law_is_optimal(types):
        return ""
    if options.closed_forms_only:
        return "the law's step size is used; for unequal agents it is nearly, not exactly, optimal"
    if types > SEARCHED_TYPES:
        return (
            f"the law's step size is used: for more than {SEARCHED_TYPES} types no better one is searched; "
            "for unequal agents it is nearly, not exactly, optimal"
        )
    return None


def _first_step(at: At, options: Options) -> Fraction | None:
    """A step size with a rate below 1, for a method without a law: 2/L, or the first that serves of its halves."""
    from eftheory.search import search_upper

    L, _ = mean_constants(at(Fraction(1)).agents)
    for k in range(0, _SHORTEST, 2):
        step = Fraction(2, 2**k) / L
        if search_upper(at(step), slack=Fraction(1, 10), template=options.template, sparsity=options.sparsity).upper:
            return step
    return None
