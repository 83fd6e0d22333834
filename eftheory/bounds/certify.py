"""The orchestration: setting, evidence, file, check."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from eftheory.assumptions import COMMON_MINIMISER
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.validation import require
from eftheory.bounds.advice import advise, name_same_method
from eftheory.bounds.file import is_too_long, require_place, settle, write_what_fits
from eftheory.bounds.fixed_point import explain_no_fixed_point, explain_other_fixed_points
from eftheory.bounds.journal import Journal
from eftheory.bounds.optimise import read_names
from eftheory.bounds.options import LAW, Options
from eftheory.bounds.problems import STRONGLY_CONVEX, find_problem, read_types
from eftheory.bounds.propose import Proposal, propose
from eftheory.bounds.request import Request, is_beyond, is_general, read_request
from eftheory.bounds.result import Certification
from eftheory.bounds.settings import find_method, make_setting, method_name, read_alpha, read_parameters, read_setting
from eftheory.bounds.step import StepReport, bound_all_steps, choose_step, name_theorem
from eftheory.certificates import Certificate, Upper
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting
from eftheory.lyapunov.blind_spots import blind_spots
from eftheory.methods import METHODS, NAMED, Method, Recorded
from eftheory.methods.recorded import Definition
from eftheory.numbers import Readable, decimal_down, read_number, scientific_up
from eftheory.recording import explain_no_limit
from eftheory.theory import OPTIMAL, Agent, StepRule, closed_form, look_up, read_agents, worst_case
from eftheory.theory.smooth import advise_without_convexity

_LARGE = 10**6  # of C/c: worth a note
_MANY = 50  # products in V: nobody reads them
_SUMS = "; certify sums over time instead, with the class convex (--class convex)"

THOROUGH_TYPES = 6
"""Up to how many agent types all growing modes are searched for a worst case, away from the law's step."""


def certify(
    method: Setting | str | type[Method],
    agents: Iterable[Agent] | Agent = (),
    *,
    alpha: Readable | None = None,
    step_size: StepRule | Readable = "optimal",
    parameters: Mapping[str, Readable] | None = None,
    path: str | os.PathLike[str] | None = None,
    options: Options | None = None,
    functions: str = "",
    assumptions: Iterable[Assumption] | None = None,
    measure: str | None = None,
    mu: Readable | None = None,
    minimiser: str = "",
    similar: Readable | None = None,
    mean: Mapping[str, Readable] | None = None,
    participation: Readable | None = None,
    sigma: Readable | None = None,
    minibatch: Readable | None = None,
    omega: Readable | None = None,
    optimise: str | Sequence[str] = (),
    **chosen: Any,
) -> Certification:
    """Prove an upper and a lower bound on the worst-case rate of a method, and write the certificate.

    On other functions than smooth and strongly convex ones, with noise, chance or unbiased compressors, the upper
    bound is a general one, as ``guarantee`` says it; a lower one is known of EF21 on nonconvex functions only.

    The closed forms (Theorem A for EF and EF21) prove every convergent setting without a search,
    tightly for equal agents; for unequal ones a search improves on them, and the better of the
    two is kept. What is returned as proved was checked on the bytes that were written.

    Args:
        method: ``gd``, ``cgd``, ``ef`` or ``ef21``; or a method of your own, a subclass of ``Method`` or
            the place of one, as ``file.py:Class``. Its definition is recorded in the certificate. Or a ``Setting``,
            as ``make_setting`` gives, which says all that agents, alpha, step_size and parameters would.
        agents: agent types, as ``[(L, mu, count), ...]``, as dicts with these keys, or as ``AgentType``; any number
            of agents costs the same. All numbers are read as ``read_number`` reads them: 0.1 and "1/10" are 1/10.
        alpha: contraction of the compressors, in (0, 1]; 1 means no compression. Needed for methods that compress.
        step_size: a positive number; ``law``, which is optimal for equal agents and nearly so for
            others; or ``optimal``, the best that a search finds, for many types by way of a few.
        parameters: values of the other fields of a method of your own.
        path: where to write the certificate; nothing is written unless a bound is proved.
        options: how to look for a Lyapunov function.
        functions: ``nonconvex``, ``weakly-convex``, ``convex``, ``pl`` or ``strongly-convex``, which is the default.
            An agent's mu may be left out: it is -L then, of convex functions 0.
        assumptions: on f = mean f_i and on noise, of ``eftheory.assumptions.mean``, instead of those that follow
            from what stands below.
        measure: what is bounded, as ``||mean g||^2``, ``f - inf f``, ``||x - x*||^2``, or a square that V sees.
        mu: the constant of the inequality of the class ``pl``.
        minimiser: ``common`` or ``global``: whether there is an x* at which every f_i, or only f, is least.
        similar: an A >= 1 with mean ||grad f_i||^2 <= A ||grad f||^2 + zeta2 everywhere, zeta2 being any number.
        mean: the L of f itself, and its mu, as ``{"L": "1/4", "mu": 0}``, where they are better than those of the f_i;
            mu may be left out as those of agents may.
        participation: the probability with which an agent takes part in a step.
        sigma: the standard deviation of the gradient of one sample; ``minibatch`` is how many are drawn.
        minibatch: a whole number, 1 unless it is given.
        omega: of unbiased compressors, independent over agents, E||C(v) - v||^2 <= omega ||v||^2; instead of alpha.
        optimise: what a local search chooses, from what is given or published on: ``step_size`` and fields of the
            method, as ``step_size,momentum``.
        chosen: fields of the options, each by its name, as ``memory=1``; see ``Options``.

    Raises:
        ValueError: a parameter is out of range; the message says what is allowed.
        OSError: the path cannot be written.

    References:
        [ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2; README, "Results of our own".

    >>> result = certify("ef21", [(1, 0.1, 1000)], alpha=0.75)
    >>> result.status("upper"), result.status("lower"), float(result.gap) < 1e-12
    ('proved', 'proved', True)
    """
    if unknown := sorted(chosen.keys() - {each.name for each in fields(Options) if each.init}):
        known = ", ".join(each.name for each in fields(Options) if each.init)
        raise TypeError(f"certify has no option {unknown[0]!r}; there are {known}")
    options, journal = replace(options or Options(), **chosen), Journal()
    place = None if path is None else require_place(Path(path).resolve())  # through links, so that they stay links
    numbers = {"mu": mu, "similar": similar, "participation": participation, "sigma": sigma}
    numbers |= {"minibatch": minibatch, "omega": omega}
    said = {name: read_number(value, name) for name, value in numbers.items() if value is not None}
    names: tuple[str, ...] = ()
    request, rule = None, OPTIMAL
    if not isinstance(method, Setting):
        method, rule = find_method(method), StepRule.read(step_size)
        names = read_names(optimise, method) if optimise else ()
        others = {*names} - {"step_size"} or (names and method in NAMED.values() and method not in METHODS.values())
        wider = functions or minimiser or mean or measure is not None or assumptions is not None or others
        if said or wider or is_general(method, read_parameters(parameters)):
            problem = find_problem(functions) if functions else STRONGLY_CONVEX
            request = read_request(
                method,
                read_types(agents, problem),
                problem,
                alpha=None if alpha is None else read_number(alpha, "alpha"),
                minimiser=minimiser,
                mean=None if mean is None else read_parameters(mean),
                parameters=read_parameters(parameters),
                assumptions=None if assumptions is None else tuple(assumptions),
                measure=measure,
                **said,
            )
        at_best = request or not names or rule == OPTIMAL
        require(bool(at_best), f"step_size={step_size}: it is given, so that there is none to optimise; leave one out")
    elif said or functions or minimiser or mean or measure is not None or assumptions is not None or optimise:
        raise TypeError("the setting says it: give a setting, or a method and what is assumed")
    elif is_beyond(method):
        request, rule = Request.of(method), StepRule("given", Fraction(method.method.step_size))
    if request:
        from eftheory.bounds.general import certify_general  # with what searches: for such claims only

        return certify_general(request, rule, options, place, _provenance(options, Proposal()), names)
    if isinstance(method, Setting):
        step = None if step_size == "optimal" else step_size
        setting, report = read_setting(method, agents, alpha=alpha, step_size=step, parameters=parameters), None
    else:
        setting, report = _choose_setting(method, agents, alpha, step_size, parameters, options, journal)
    proposal = propose(setting, options, journal)
    with journal.timed("search"):
        lower = worst_case(setting, thorough=_is_worth_a_thorough_look(setting, proposal))
    journal.note(*_remarks(setting, options, proposal, report))
    with journal.timed("round"):
        evidence = {UPPER: proposal.upper, LOWER: lower, CLASS_BOUND: proposal.class_bound}
        if proposal.upper and is_too_long(setting, proposal.upper):
            journal.note("upper: the proof in numbers is too long to be checked for so many types, and is left out")
            evidence = {LOWER: lower}
        empty = Certificate(setting, provenance=_provenance(options, proposal))
        certificate, data = write_what_fits(empty, evidence, journal)
    certificate, data, verdicts = settle(certificate, data, place, journal)
    result = Certification(
        setting,
        certificate if data else None,
        data,
        verdicts,
        journal.seconds,
        engine=proposal.engine,
        step=report,
        estimated_slack=proposal.estimated_slack,
    )
    asked = not isinstance(method, Setting) and StepRule.read(step_size) == OPTIMAL
    steps = bound_all_steps(setting, result.rate(UPPER)) if asked else ()
    theorem = name_theorem(setting) if result.rate(UPPER) is None and not options.restricted else ()
    advice = (*advise(result, options), *name_same_method(setting))
    return replace(result, notes=(*journal.notes, *theorem, *steps, *advice))


def _choose_setting(
    method: str | type[Method],
    agents: Iterable[Agent] | Agent,
    alpha: Readable | None,
    step_size: StepRule | Readable,
    parameters: Mapping[str, Readable] | None,
    options: Options,
    journal: Journal,
) -> tuple[Setting, StepReport | None]:
    """What the arguments say, at the step size that is given or found; with a report where it was searched."""
    kind, rule, types = find_method(method), StepRule.read(step_size), read_agents(agents)
    contraction = read_alpha(kind, alpha, rule, parameters)

    def at(step: StepRule | Fraction) -> Setting:
        return make_setting(kind, types, alpha=contraction, step_size=step, parameters=parameters)

    with journal.timed("step"):
        return choose_step(at, kind, rule, options, journal)


def _is_worth_a_thorough_look(setting: Setting, proposal: Proposal) -> bool:
    """Whether the known patterns may not be the worst: away from the law's step, for few different types."""
    return 1 < len(setting.agents) <= THOROUGH_TYPES and proposal.engine != LAW


def _remarks(setting: Setting, options: Options, proposal: Proposal, report: StepReport | None) -> Iterator[str]:
    """What a user should know of the upper bound."""
    upper, at_law = proposal.upper, report and report.class_bound_at_law
    if upper is None:
        yield _explain_failure(setting, options)
    elif at_law and at_law > upper.rate:
        yield (
            "the law's step size is not optimal for this template: there no V shows a rate below "
            f"{decimal_down(at_law, 9)} (checked exactly)"
        )
    if upper and (reason := explain_other_fixed_points(setting)):
        yield f"the measure does not tell all: {reason}"
    if upper and proposal.engine != LAW and not options.sparsity:
        yield from _offer_diagonal(setting, upper)
    if upper and _LARGE * upper.c < upper.C:
        yield f"the constant is large, {scientific_up(upper.C / upper.c)}: the rate shows late"


def _offer_diagonal(setting: Setting, upper: Upper) -> Iterator[str]:
    """A note where V has many products, and a V without any is known to serve: that of the closed form."""
    products = sum(a != b for block in upper.lyapunov for a, b in block.entries())
    known = closed_form(setting)
    if products > _MANY and known and all(len(block.symbols) == 1 for block in known.lyapunov):
        yield f"V has {products} products of coordinates; --sparsity diagonal searches one without any"


def _explain_failure(setting: Setting, options: Options) -> str:
    """Why there is no upper bound."""
    if look_up(setting.method, setting.agents).closed_form is None and not options.searches(setting):
        name = method_name(type(setting.method))
        return f"no closed form is known for {name}; search for a proof with the engine center"
    if all(agent.mu <= 0 for agent in setting.agents):
        kind, known = type(setting.method), look_up(setting.method, setting.agents)
        advice = advise_without_convexity(kind, known, setting.agents, setting.compressor.alpha)
        flat = "all mu = 0" if not any(agent.mu for agent in setting.agents) else "no mu > 0"
        needed = "strong convexity of at least one function is needed"
        return f"{flat}: no linear rate exists; {needed}{_SUMS}; {advice}"
    if isinstance(setting.method, Recorded):
        definition = setting.method.definition
        if reason := (
            explain_no_limit(definition) or explain_no_fixed_point(setting) or explain_other_fixed_points(setting)
        ):
            return f"no rate below 1 was found: {reason}"
    if options.sparsity:
        return "no rate below 1 was found: V may need products that this sparsity leaves out"
    if isinstance(setting.method, Recorded):
        offer = _offer_minimiser(setting, setting.method.definition)
        return (
            f"no rate below 1 was found: the step size may be too large, {offer}or the method may not converge at all"
        )
    return "no rate below 1 was found: the step size is too large for these constants, or close to too large"


def _offer_minimiser(setting: Setting, definition: Definition) -> str:
    """What lets V see the distance to a minimiser, and what that takes; "" if it does."""
    if COMMON_MINIMISER.name in definition.hypotheses:
        return ""
    granted = "which is always so for one agent" if setting.n_agents == 1 else "if all f_i are least at the same x*"
    return f"V may have to see x - x*, as with hypotheses = (COMMON_MINIMISER,), {granted}, "


def _provenance(options: Options, proposal: Proposal) -> dict[str, str]:
    """What found the evidence, and what V leaves out."""
    from eftheory import __version__

    said = {"eftheory": __version__, "engine": proposal.engine, "python": platform.python_version()}
    left_out = blind_spots(options.template) if proposal.engine not in ("", LAW) else "V is that of the closed form"
    restricted = f"; products only within: {options.sparsity}" if options.sparsity else ""
    return {**said, "template": f"{left_out}{restricted}"}
