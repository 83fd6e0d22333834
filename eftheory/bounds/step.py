"""Choose a step size: the law's, a given one, or the best that a search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import simplest
from eftheory.bounds.fixed_point import explain_no_fixed_point
from eftheory.bounds.journal import Journal
from eftheory.bounds.options import Options
from eftheory.bounds.settings import method_name
from eftheory.claims import Setting
from eftheory.methods import Method
from eftheory.numbers import digits_for, rate_down, rate_up, scientific_up
from eftheory.theory import LAW, OPTIMAL, StepRule, closed_form, look_up

if TYPE_CHECKING:
    from eftheory.search import Trial

SEARCHED_TYPES, SEARCHED_TYPES_WITH_MEMORY = 12, 8
"""Up to how many agent types the step size is searched on all of them: in some 20 seconds."""

CLUSTERS, CLUSTERS_WITH_MEMORY = 6, 4
"""How many types more than those are joined to for the search."""

_SHORTEST = 40  # binary exponent of the shortest first step tried for a method without a law
_NEGLIGIBLE = Fraction(1, 10**7)  # by how much of 1 - rate the rate may grow for a step of few digits
_ROUGH = Fraction(1, 10**5)  # relative change of a step that joined types suggest, as a share of 1 - rate

At: TypeAlias = "Callable[[StepRule | Fraction], Setting]"


class StepReport(NamedTuple):
    """How a step size was searched.

    Attributes:
        step_size: what was chosen.
        law_step_size: the law's; None for a method without one.
        moved: step_size / law_step_size, as a float.
        gain: by how much of 1 - rate the least rate fell, by the engine's estimates.
        trials: how many step sizes were tried.
        searched_types: on how many types of agents; fewer than there are where they were joined for the search.
        class_bound_at_law: what is proved at the law's step: no V of the template shows a rate below it; None
            if that was not tried or found.
    """

    step_size: Fraction
    law_step_size: Fraction | None
    moved: float | None
    gain: float | None
    trials: int
    class_bound_at_law: Fraction | None = None
    searched_types: int | None = None


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
    if look_up(method, law.agents).law_is_optimal(len(law.agents)):
        return law, None
    if options.closed_forms_only:
        journal.note("the law's step size is used; for unequal agents it is nearly, not exactly, optimal")
        return _shortened(law, at), None
    return _search_around(law, at, options, journal)


def _search_without_law(at: At, options: Options, journal: Journal) -> tuple[Setting, StepReport | None]:
    """The setting at the best step found, from one that converges; at step size 1 where there is none."""
    if all(explain_no_fixed_point(at(step)) for step in (Fraction(1), Fraction(1, 3))):  # some step may hide it
        journal.note("no step size was searched, since the method cannot converge at any; shown is step size 1")
        return at(Fraction(1)), None
    near, types = _with_fewer_types(at, options), len(at(Fraction(1)).agents)
    start, joined = _first_step(near, options), len(near(Fraction(1)).agents)
    trials = _trials(near, start, options) if start else []
    if trials and start and joined < types and options.searches(at(start)):
        journal.note(_joining(joined, types))
        trials = _settled(at, [_roughly(trials[0]), start], options)
    if not trials:
        journal.note("no step size with a rate below 1 was found; what is shown is for step size 1")
        return at(Fraction(1)), None
    best = trials[0]
    return at(best.step_size), StepReport(best.step_size, None, None, None, len(trials), searched_types=joined)


def _search_around(law: Setting, at: At, options: Options, journal: Journal) -> tuple[Setting, StepReport | None]:
    """The setting at the best step found, from the law's; what is proved at the law's step, where that is worse.

    A closed form has its least rate at the law's step: any other is the law's of wider classes. Only a searched V shows
    a better one. Of many types a search is asked for a step on a few clusters, and of all of them for the rate there.
    """
    from eftheory.search import search_class_bound, search_upper  # imports numpy

    start, types, near = law.method.step_size, len(law.agents), _with_fewer_types(at, options)
    trials, joined = _trials(near, start, options), len(near(start).agents)
    tried = len(trials)
    if trials and joined < types:
        if not options.searches(law):
            journal.note(_estimate(trials, start, joined, types))
            return _shortened(law, at), None
        trials = _settled(at, [_roughly(trials[0]), start], options)
        tried += len(trials)
        journal.note(_joining(joined, types))
    at_law = next((trial for trial in trials if trial.step_size == start), None)
    if at_law is None:
        journal.note("the search for a step size found no rate below 1 at the law's step, which is used")
        return law, None
    best, bound = trials[0], None
    if best is not at_law:
        found = search_class_bound(search_upper(law, template=options.template, sparsity=options.sparsity))
        bound = found.rate if found else None
    chosen = at(best.step_size) if best is not at_law else _shortened(law, at)
    step = Fraction(chosen.method.step_size)
    gain = (at_law.rate - best.rate) / (1 - at_law.rate)
    return chosen, StepReport(step, start, float(step / start), gain, tried, bound, joined)


def _trials(at: At, start: Fraction, options: Options) -> list[Trial]:
    from eftheory.search import search_step_size  # imports numpy

    return search_step_size(at, start, template=options.template, sparsity=options.sparsity)


def _settled(at: At, steps: Iterable[Fraction], options: Options) -> list[Trial]:
    """Trials at these steps that show a rate below 1, the best first."""
    from eftheory.search import try_step_size  # imports numpy

    tried = (try_step_size(at, step, template=options.template, sparsity=options.sparsity) for step in steps)
    return sorted((trial for trial in tried if trial.rate < 1), key=lambda trial: trial.rate)


def _roughly(trial: Trial) -> Fraction:
    """A step of few digits next below that of a trial with joined types, which is not exactly the best for all."""
    return simplest(trial.step_size * (1 - _ROUGH * Fraction(1 - trial.rate)), trial.step_size)


def _with_fewer_types(at: At, options: Options) -> At:
    """The setting at a step size with so few types, joined to clusters if need be, that its step can be searched."""
    from eftheory.search import cluster  # imports numpy

    agents, memory = at(Fraction(1)).agents, options.template.memory
    if len(agents) <= (SEARCHED_TYPES_WITH_MEMORY if memory else SEARCHED_TYPES):
        return at
    joined = cluster(agents, CLUSTERS_WITH_MEMORY if memory else CLUSTERS)
    return lambda step: replace(at(step), agents=joined)


def _joining(joined: int, types: int) -> str:
    return f"the step size was searched with the {types} types joined to {joined}; rates are of all types"


def _estimate(trials: list[Trial], start: Fraction, joined: int, types: int) -> str:
    """What the search on clusters suggests where a V of all types is not searched."""
    best, at_law = trials[0], next(trial for trial in trials if trial.step_size == start)
    share = 100 * (at_law.rate - best.rate) / (1 - at_law.rate)
    return (
        f"the law's step size is used; with the {types} types joined to {joined}, a search finds "
        f"{float(best.step_size / start):.6f} times the law's better by about {share:.2g} % of 1 - rate (an estimate)"
    )


def _shortened(law: Setting, at: At) -> Setting:
    """The setting at the simplest step next below the law's whose closed form is as good but for ``_NEGLIGIBLE``.

    Below, since a step too large costs more than one too small.
    """
    known, step = closed_form(law), Fraction(law.method.step_size)
    if known is None:
        return law
    short = at(simplest(step * (1 - _NEGLIGIBLE / 4 * (1 - known.rate)), step))
    found = closed_form(short)
    return short if found and found.rate <= known.rate + _NEGLIGIBLE * (1 - known.rate) else law


def name_theorem(setting: Setting) -> Iterator[str]:
    """A note where no upper bound could be checked: the closed form's, which holds by a theorem."""
    known = look_up(setting.method, setting.agents)
    of_law = known.proofs[0]
    curved = any(agent.mu < agent.L for agent in setting.agents)  # the theorem's m is positive, and so is its s
    if of_law and curved and setting.alpha < 1 and (form := closed_form(setting)):
        rate = rate_up(form.rate, digits_for(1 - form.rate))
        others = known.law is not None and setting.method.step_size != known.law(setting.agents, setting.alpha)
        wider = ", of wider ranges of L_i and mu_i, for which this step is the law's" if others else ""
        yield f"that the rate is at most {rate} is a theorem all the same: eftheory prove {of_law}{wider}"


def bound_all_steps(setting: Setting, rate: Fraction | None) -> Iterator[str]:
    """A note on what another step size could gain at most, where the law's is not the best.

    Args:
        setting: at the step size that was chosen.
        rate: an upper bound that is proved there; None for that of the closed form.
    """
    known = look_up(setting.method, setting.agents)
    if rate is None and (form := closed_form(setting)):
        rate = form.rate
    covered = setting.alpha < 1 and not known.law_is_optimal(len(setting.agents))
    if rate is not None and known.every_step and covered:
        least = known.every_step(setting.agents, setting.alpha)
        gain = scientific_up((rate - least) / (1 - rate))
        yield (
            f"no step size has a rate below {rate_down(least, digits_for(1 - least))} (a theorem: eftheory prove "
            f"{known.proofs[1]}), so a better one gains at most {gain} of 1 - rate"
        )


def _first_step(at: At, options: Options) -> Fraction | None:
    """A step size with a rate below 1, for a method without a law: 2/L, or the first that serves of its halves."""
    from eftheory.search import search_upper

    L, _ = mean_constants(at(Fraction(1)).agents)
    for k in range(0, _SHORTEST, 2):
        step = Fraction(2, 2**k) / L
        if search_upper(at(step), slack=Fraction(1, 10), template=options.template, sparsity=options.sparsity).upper:
            return step
    return None
