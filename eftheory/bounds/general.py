"""Certify what goes beyond strongly convex functions and exact gradients: search, write, check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from eftheory.algebra.rounding import simplest
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.assumptions.validation import require
from eftheory.bounds.file import settle, write_what_fits
from eftheory.bounds.journal import Journal
from eftheory.bounds.optimise import STEP, optimise
from eftheory.bounds.options import AUTO, CVXPY, THEOREM, Options
from eftheory.bounds.problems import NONCONVEX, SUM
from eftheory.bounds.published import published_step
from eftheory.bounds.request import SHARES, Request
from eftheory.bounds.result import Certification
from eftheory.certificates import Certificate, Upper
from eftheory.certificates.certificate import Drift
from eftheory.check import PROVED
from eftheory.check.drift import check_drift
from eftheory.check.upper import check_upper
from eftheory.claims import DRIFT, UPPER, Setting
from eftheory.lyapunov.blind_spots import blind_spots
from eftheory.lyapunov.default_template import default_template
from eftheory.methods.quantities import GRADIENT
from eftheory.numbers import decimal_down
from eftheory.theory import LAW, OPTIMAL, StepRule, closed_form, drifting_orbit, look_up
from eftheory.theory.by_theorem import find_source

GENERAL = "general"
"""The engine, as a result names it."""
NOISE_WEIGHT = Fraction(1, 10)
"""Of the constant of noise, beside that of the first quantity at the start."""

_LONGER = tuple(Fraction(each) for each in ("5/4", "3/2", "2", "5/2", "3"))
_SEARCHED_TYPES = 4  # with more, the step size is not searched
_HALVINGS = 6
_BELOW_LONGEST = Fraction(1, 1000)  # the same of the step that a theorem allows
_BELOW_LAW = Fraction(1, 10**6)  # how much a law's step may be shortened to be a simple number


def certify_general(
    request: Request,
    rule: StepRule,
    options: Options,
    place: Path | None,
    provenance: dict[str, str],
    names: tuple[str, ...] = (),
) -> Certification:
    """The bound that a search finds at a step size that is given, published, or the best of a few longer ones.

    The step size and parameters of these ``names`` are the best that a local search finds.

    Raises:
        ValueError: the setting is not possible.
        OSError: the place cannot be written.
    """
    said = {name: value for name, value in vars(options).items() if name not in ("slack", "template") and value}
    refused = " and ".join(name for name, value in said.items() if value not in (AUTO, CVXPY, THEOREM))
    require(
        not refused, f"{refused}: for the rates of strongly convex functions and exact gradients only; leave that out"
    )
    journal = Journal()
    with journal.timed("search"):
        setting, upper, status = _optimise(request, rule, options, journal, names)
    engine = GENERAL
    if options.engine == THEOREM and upper is not None:
        engine, slug = THEOREM, find_source(setting).slug
        journal.note(f"V and multipliers are read from a theorem's proof: eftheory prove {slug}")
    if upper is None:
        journal.note(f"no bound was found: {status.removeprefix('inconclusive: ')}", *_explain(request))
    with journal.timed("round"):
        origin = {**provenance, "engine": engine, "template": blind_spots(default_template(setting))}
        empty = Certificate(setting, provenance=origin)
        certificate, data = write_what_fits(empty, {UPPER: upper, DRIFT: _orbit(setting)}, journal)
    certificate, data, verdicts = settle(certificate, data, place, journal)
    return Certification(
        setting,
        certificate if data else None,
        data,
        verdicts,
        journal.seconds,
        notes=tuple(journal.notes),
        engine=engine if upper else "",
        variance=request.variance,
    )


def _orbit(setting: Setting) -> Drift | None:
    """The orbit that is known, if it is about this claim."""
    orbit = drifting_orbit(setting)
    return orbit if orbit is not None and check_drift(setting, orbit).proved else None


def _optimise(
    request: Request, rule: StepRule, options: Options, journal: Journal, names: tuple[str, ...]
) -> tuple[Setting, Upper | None, str]:
    """What is found where ``names`` are best; without any, at a step size."""
    start = _choose(request, LAW if STEP in names and rule == OPTIMAL else rule, options, first := Journal())
    if not names:
        journal.note(*first.notes)
        return start
    found, told = optimise(request, names, start, _search, _worth, options)
    journal.note(told)
    return found


def _choose(request: Request, rule: StepRule, options: Options, journal: Journal) -> tuple[Setting, Upper | None, str]:
    """A step size, and what is found there."""
    if rule.step_size is not None:
        return _search(request, rule.step_size, options)
    law = look_up(request.method, request.agents).law
    plain = request.problem is NONCONVEX and not any(isinstance(it, SmoothMean) for it in request.assumptions)
    if law is not None and plain and request.compressor.alpha > 0:
        step = law(request.agents, request.compressor.alpha)
        step = simplest(step * (1 - _BELOW_LAW), step)
        found = _search(request, step, options)
        if found[1] is not None:
            least = found[1] == closed_form(found[0]) and not request.compressor.unbiased
            least_there = ", with the least constant before f(x_0) - inf f that is known"
            journal.note(f"the step size is the law's{least_there if least else '; another may be better'}")
            return found
    step, slug = _of_source(request) if options.engine == THEOREM else published_step(request)
    found = _search(request, step, options)
    tried = step
    for _ in range(_HALVINGS):
        if found[1] is not None:
            break
        tried = tried / 2
        found = _search(request, tried, options)
    origin = f"of the theorem {slug}" if slug else "with which the search began"
    if found[1] is None:
        journal.note(f"steps from {step}{f' {origin}' if slug else ''} down to {tried} were tried")
        return _search(request, step, options)
    if tried == step and rule == OPTIMAL and len(request.agents) <= _SEARCHED_TYPES:
        found, tried = _lengthen(request, step, found, options)
    how = f"{decimal_down(tried / step, 3)} times that {origin}" if tried != step else f"that {origin}"
    journal.note(f"the step size is {how}; another may be better")
    return found


def _of_source(request: Request) -> tuple[Fraction, str]:
    """The longest step of a theorem whose V is taken, as a short fraction just below, and its name."""
    setting = request.at(Fraction(1))
    source = find_source(setting)
    step = source.step(setting)
    return simplest(step * (1 - _BELOW_LONGEST), step), source.slug


def _lengthen(
    request: Request, step: Fraction, found: tuple[Setting, Upper | None, str], options: Options
) -> tuple[tuple[Setting, Upper | None, str], Fraction]:
    """The best of a few longer steps, as long as they get better."""
    best = step
    for factor in _LONGER[: None if request.kind == SUM else 2]:  # a rate takes longer than a sum
        longer = simplest(step * factor * Fraction(99, 100), step * factor)
        trial = _search(request, longer, options)
        if _worth(trial[1]) >= _worth(found[1]):
            break
        found, best = trial, longer
    return found, best


def _worth(upper: Upper | None) -> tuple[Fraction, Fraction]:
    """Less is better: the rate, then the constant of the first quantity at the start with some of the noise's."""
    if upper is None:
        return Fraction(2), Fraction(0)
    least = upper.tau or upper.c
    first = next(iter(upper.initial.values()), upper.C)
    return upper.rate, (first + NOISE_WEIGHT * sum(upper.noise.values())) / least


def _search(request: Request, step: Fraction, options: Options) -> tuple[Setting, Upper | None, str]:
    from eftheory.search.general import search_general  # imports numpy

    setting = request.at(step)
    known = closed_form(setting)
    if known is not None and check_upper(setting, known).proved:  # some are about other claims
        return setting, known, PROVED
    if options.engine == THEOREM:
        source = find_source(setting)
        read = source.form(setting)
        fits = read is not None and check_upper(setting, read).proved
        return setting, read if fits else None, f"the step is longer than the theorem {source.slug} allows"
    found = search_general(setting, kind=request.kind, slack=options.slack)
    return setting, found.upper, found.status


def _explain(request: Request) -> Iterator[str]:
    """What else might be tried."""
    if request.method in SHARES and not request.compressor.unbiased:
        yield f"{request.method.name} is made for unbiased messages: say omega instead of alpha; d/k - 1 for Rand-k"
    elif not request.compressor.alpha:
        shrunk = "messages times 1/(1 + omega) do, with alpha = 1/(1 + omega)"
        yield f"messages with omega >= 1 do not contract; {shrunk}. Methods for unbiased messages are diana and marina"
    elif request.kind == SUM and request.measure != GRADIENT:
        yield f"a shorter step (--step-size), or another measure (--measure '{GRADIENT}') may have one"
    else:
        yield "a shorter step (--step-size) may have one"
