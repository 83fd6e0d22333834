"""The orchestration: setting, evidence, file, check."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from eftheory.assumptions import AgentType
from eftheory.certificates import Certificate
from eftheory.certification.file import check, require_place, without_failures, writable, write, write_and_check
from eftheory.certification.propose import LAW, Options, Proposal, propose
from eftheory.certification.result import Certification
from eftheory.certification.settings import OPTIMAL, find_method, make_setting, method_name
from eftheory.certification.step import choose_step
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting
from eftheory.lyapunov.blind_spots import blind_spots
from eftheory.methods import METHODS, Method, Recorded, Template
from eftheory.numbers import decimal_down, scientific_up
from eftheory.recording import explain_no_limit
from eftheory.theory import look_up, worst_case

_LARGE = 10**6  # of C/c: worth a note

THOROUGH_TYPES = 6
"""Up to how many agent types all growing modes are searched for a worst case, away from the law's step."""


def certify(
    method: str | type[Method],
    agents: Iterable[AgentType] | AgentType,
    *,
    alpha: Fraction | int | None = None,
    step_size: Fraction | int | str = "optimal",
    engine: str = "auto",
    slack: Fraction = Fraction(1, 10**6),
    memory: int = 0,
    values: bool | None = None,
    sparsity: str = "",
    exact: bool = False,
    simple: str = "",
    path: str | os.PathLike[str] | None = None,
    parameters: Mapping[str, Fraction | int] | None = None,
) -> Certification:
    """Prove an upper and a lower bound on the worst-case rate of a method, and write the certificate.

    The closed forms (Theorem A for EF and EF21) prove every convergent setting without a search,
    tightly for equal agents; for unequal ones a search improves on them, and the better of the
    two is kept. What is returned as proved was checked on the bytes that were written.

    Args:
        method: ``gd``, ``cgd``, ``ef`` or ``ef21``; or a method of your own, a subclass of ``Method`` or
            the place of one, as ``file.py:Class``. Its definition is recorded in the certificate.
        agents: agent types; any number of agents costs the same.
        alpha: contraction of the compressors, in (0, 1]; 1 means no compression. Needed for methods that compress.
        step_size: a positive rational; ``law``, which is optimal for equal agents and nearly so for
            others; or ``optimal``, the best that a search finds for two to eight types.
        engine: ``center`` follows analytic centres, ``cvxpy`` solves semidefinite programmes, ``auto`` is
            ``center``, then ``cvxpy`` where that does not reach the slack (a search for up to 20
            different types); ``law`` uses closed forms only.
        slack: how far above its optimum a search may round, relative to 1 - rate; 1e-9 is tried first.
        memory: 1 lets V see one step back: previous x and gradients.
        values: lets V hold function values (interpolation slacks) of two known points; by default with memory.
        sparsity: which products V may hold: ``diagonal``, or groups of coordinates as ``g - d | mean g``.
        exact: asks for an exactly tight certificate, where there is one in rationals.
        simple: ``trace`` or ``logdet``: among the V within the slack, one with a small trace or determinant.
        path: where to write the certificate; nothing is written unless a bound is proved.
        parameters: values of the other fields of a method of your own.

    Raises:
        ValueError: a parameter is out of range; the message says what is allowed.
        OSError: the path cannot be written.

    References:
        [ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2; README, "Results of our own".

    >>> result = certify("ef21", [AgentType(L=1, mu=Fraction(1, 10), count=1000)], alpha=Fraction(3, 4))
    >>> result.status("upper"), result.status("lower"), float(result.gap) < 1e-12
    ('proved', 'proved', True)
    """
    options = Options(engine, slack, _template(memory, values), sparsity, exact, simple)
    kind, types = find_method(method), (agents,) if isinstance(agents, AgentType) else tuple(agents)
    if alpha is None:
        if kind not in METHODS.values() or kind.compresses:
            raise ValueError("alpha is missing: the method compresses; give k/d for Top-k, or 1 for no compression")
        alpha = 1
    place = None if path is None else Path(path).resolve()  # through links, so that they stay links
    if place is not None:
        require_place(place)

    def at(step: Fraction | int | str) -> Setting:
        return make_setting(kind, types, alpha=alpha, step_size=step, parameters=parameters)

    started = time.perf_counter()
    setting, report, notes = None, None, list[str]()
    law = look_up(kind).law
    if step_size == OPTIMAL and engine == LAW and law is None:
        raise ValueError(
            f"step_size='optimal': engine law searches no step size for {method_name(kind)}; give a number"
        )
    if step_size == OPTIMAL:
        setting, report, notes = choose_step(at, at(LAW) if law else None, options)
    if setting is None:
        setting = at(1 if step_size == OPTIMAL else step_size)  # any step: nothing is known of a better one
    seconds = {"step": time.perf_counter() - started, "search": 0.0, "round": 0.0, "check": 0.0}

    proposal = propose(setting, options)
    notes += proposal.notes
    for stage, spent in proposal.seconds.items():
        seconds[stage] = seconds.get(stage, 0.0) + spent
    started = time.perf_counter()
    lower = worst_case(setting, thorough=_is_worth_a_thorough_look(setting, proposal))
    seconds["search"] += time.perf_counter() - started
    if proposal.upper is None:
        unsearched = look_up(setting.method).closed_form is None and not options.searches(setting)
        nothing = f"no closed form is known for {method_name(kind)}; search for a proof with the engine center"
        notes.append(nothing if unsearched else _explain_failure(setting, options))
    if report and report.class_bound_at_law and proposal.upper and report.class_bound_at_law > proposal.upper.rate:
        notes.append(_explain_law(report.class_bound_at_law))

    upper = proposal.upper
    if upper and _LARGE * upper.c < upper.C:
        notes.append(f"the constant is large, {scientific_up(upper.C / upper.c)}: the rate shows late")
    started = time.perf_counter()
    evidence = {UPPER: proposal.upper, LOWER: lower, CLASS_BOUND: proposal.class_bound}
    certificate = writable(Certificate(setting, provenance=_provenance(options, proposal)), evidence, notes)
    data = write(certificate)
    seconds["round"] += time.perf_counter() - started
    started = time.perf_counter()
    verdicts = check(data)
    if any(not verdict.proved for verdict in verdicts.values()):
        certificate = without_failures(certificate, verdicts, notes)
        data = write(certificate)
        verdicts = check(data)
    if data is not None and place is not None:
        verdicts = write_and_check(data, place)
    seconds["check"] += time.perf_counter() - started
    proved = certificate if data else None
    return Certification(
        setting,
        proved,
        data,
        verdicts,
        seconds,
        notes=tuple(notes),
        engine=proposal.engine,
        step=report,
        estimated_slack=proposal.estimated_slack,
    )


def _template(memory: int, values: bool | None) -> Template:
    return Template(memory=memory, values=bool(memory) if values is None else values)


def _is_worth_a_thorough_look(setting: Setting, proposal: Proposal) -> bool:
    """Whether the known patterns may not be the worst: away from the law's step, for few different types."""
    return 1 < len(setting.agents) <= THOROUGH_TYPES and proposal.engine != LAW


def _explain_law(bound: Fraction) -> str:
    return (
        f"the law's step size is not optimal for this template: there no V shows a rate below {decimal_down(bound, 9)} "
        "(checked exactly)"
    )


def _explain_failure(setting: Setting, options: Options) -> str:
    if all(agent.mu == 0 for agent in setting.agents):
        return "all mu = 0: no linear rate exists; strong convexity of at least one function is needed"
    if options.sparsity:
        return "no rate below 1 was found: V may need products that this sparsity leaves out"
    if isinstance(setting.method, Recorded):
        if reason := explain_no_limit(setting.method.definition):
            return f"no rate below 1 was found: {reason}"
        return "no rate below 1 was found: the step size may be too large, or the method may not converge at all"
    return "no rate below 1 was found: the step size is too large for these constants, or close to too large"


def _provenance(options: Options, proposal: Proposal) -> dict[str, str]:
    from eftheory import __version__

    said = {"eftheory": __version__, "engine": proposal.engine, "python": platform.python_version()}
    left_out = blind_spots(options.template) if proposal.engine not in ("", LAW) else "V is that of the closed form"
    restricted = f"; products only within: {options.sparsity}" if options.sparsity else ""
    return {**said, "template": f"{left_out}{restricted}"}
