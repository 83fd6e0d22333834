"""What a certification proved, in some ten lines: the command prints them, and a session shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from eftheory.assumptions import AgentType
from eftheory.assumptions.validation import constants
from eftheory.bounds.request import is_beyond
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER, Setting
from eftheory.methods import Recorded
from eftheory.numbers import (
    LARGE,
    about,
    decimal_down,
    decimal_up,
    digits_for,
    rate_down,
    rate_up,
    scientific_up,
    shown,
)
from eftheory.pages.escape import printable, shorten_numbers
from eftheory.pages.lines import count_agents, in_columns

if TYPE_CHECKING:
    from eftheory.bounds.result import Certification
    from eftheory.report.formulas import Formulas

Row = tuple[str, str]

SHOWN_TYPES = 8
"""How many types of agents are listed."""


def as_text(result: Certification, *, exact: bool = False, written: str | None = None) -> str:
    """A title, and a line for each row, with the names in one column.

    Args:
        result: what is told.
        exact: whether numbers are printed in full; otherwise upper bounds are rounded up, lower bounds down.
        written: the place of the certificate; None if it was not written.
    """
    return "\n".join([title(result), *in_columns(rows(result, exact=exact, written=written))])


def describe(setting: Setting) -> str:
    """The title of a setting, its constants and what is assumed."""
    found = [
        *_under("agents", _types(setting, False)),
        ("compressors", f"{setting.compressor.name}, {shorten_numbers(constants(setting.compressor))}"),
        *_parameters(setting),
        ("step size", _show_step(Fraction(setting.method.step_size), False)),
        *_under("hypotheses", [*setting.functions, *(hypothesis.sentence for hypothesis in setting.hypotheses)]),
    ]
    return "\n".join([_title(setting), *in_columns(found)])


def title(result: Certification) -> str:
    """The method, and how many agents of how many types."""
    return _title(result.setting)


def _title(setting: Setting) -> str:
    return f"{setting.method.title} on {count_agents(setting.n_agents, len(setting.agents))}"


def rows(result: Certification, *, exact: bool = False, written: str | None = None) -> list[Row]:
    """Names and what they say; see ``as_text``."""
    setting, upper = result.setting, result.rate(UPPER)
    if is_beyond(setting):
        found = [*_general_rows(result, exact), *(("note", note) for note in result.notes)]
        return [*found, ("certificate", printable(written))] if written else found
    digits = 12 if upper is None else digits_for(1 - upper)
    found = [
        *_under("agents", _types(setting, exact)),
        ("alpha", str(setting.alpha) if exact else shown(setting.alpha, about)),
        *_parameters(setting),
        ("step size", _show_step(Fraction(setting.method.step_size), exact)),
        *_step_search(result),
        *_under("step", _with_decimals(recorded_step(setting))),
        *_bounds(result, digits, exact),
        *_distances(result),
        *_guarantee(result, digits, exact),
        *_under("hypotheses", [*setting.functions, *(hypothesis.sentence for hypothesis in setting.hypotheses)]),
        *(("note", note) for note in result.notes),
    ]
    return [*found, ("certificate", printable(written))] if written else found


def _general_rows(result: Certification, exact: bool) -> Iterator[Row]:
    """What is said of a general bound, which has no lower one beside it."""
    from eftheory.report.digits import Digits  # for such bounds only: it takes its time to load
    from eftheory.report.style import ASCII
    from eftheory.wording import completeness

    setting, guarantee, digits = result.setting, result.guarantee, Digits(exact)
    yield from _under("agents", _types(setting, exact))
    if setting.method.compresses:
        yield "compressors", f"{setting.compressor.name}, {shorten_numbers(constants(setting.compressor))}"
    yield from _parameters(setting)
    yield "step size", _show_step(Fraction(setting.method.step_size), exact)
    yield from _under("step", recorded_step(setting))
    yield "upper", result.status(UPPER)
    if guarantee:
        yield "guarantee", guarantee.sentence(ASCII, digits)
        if result.variance is not None and (share := dict(guarantee.noise).get("sigma2")):
            which = "the last term" if guarantee.noise[-1][0] == "sigma2" else "the term of sigma2"
            term = replace(digits, short=14).up(share * result.variance)
            yield "noise", f"with sigma2 = {result.variance} {which} is {term}"
        yield "rounds", guarantee.rounds(ASCII, digits)
    least = result.rate(DRIFT)
    if least is None:
        yield "lower", f"none is known here{': the constants may be loose' if guarantee else ''}"
    else:
        yield (
            "lower",
            f"{digits.down(least)} (f(x_0) - inf f) are needed, whatever else of the start is added: an orbit",
        )
    yield from _under("assumed", [f"{sentence} [{how}]" for sentence, how in completeness(setting)])


def _parameters(setting: Setting) -> list[Row]:
    return [("parameter", f"{name}={value}") for name, value in setting.method.parameters.items()]


def recorded_step(setting: Setting) -> list[str]:
    """What was recorded of a method of one's own, in formulas, so that its author can compare; and their letters."""
    known = _formulas(setting) if _is_own(setting) else None
    return [*(f"{name} = {expression}" for name, expression in known.step), *known.chance] if known else []


def _with_decimals(lines: list[str]) -> list[str]:
    """The formulas, and what the long fractions in them come to."""
    long = (each for each in dict.fromkeys(re.findall(r"[0-9]+/[0-9]+", " ".join(lines))) if len(each) > 12)
    return [*lines, *(f"{each} is {about(Fraction(each), 6)}" for each in long)]


def _types(setting: Setting, exact: bool) -> list[str]:
    """The first types of agents, and how many more there are."""
    told = [_tell(agents) if exact else shorten_numbers(_tell(agents)) for agents in setting.agents[:SHOWN_TYPES]]
    more = len(setting.agents) - len(told)
    return [*told, *([f"and {more} more type{'s' if more > 1 else ''}"] if more else [])]


def _tell(agents: AgentType) -> str:
    return f"{agents.count} with {constants(agents.functions)}"


def _under(name: str, lines: Sequence[str]) -> list[Row]:
    """Rows of one name, which stands before the first."""
    return [("" if k else name, line) for k, line in enumerate(lines)]


def _step_search(result: Certification) -> Iterator[Row]:
    step = result.step
    if step and step.moved is not None and step.gain is not None:
        moved = f"{step.moved:.6f}"
        gained = f"{moved} times the law's, for about {100 * step.gain:.2g} % of 1 - rate"
        yield "", "the law's: none better was found" if Fraction(moved) == 1 else gained


def _bounds(result: Certification, digits: int, exact: bool) -> Iterator[Row]:
    """The rates, on the safe side; a missing class bound is not worth a line."""
    sides = (("rate <=", UPPER, rate_up), ("rate >=", LOWER, rate_down), ("class >=", CLASS_BOUND, rate_down))
    for name, kind, show in sides:
        rate = result.rate(kind)
        if rate is not None:
            yield name, f"{str(rate) if exact else show(rate, digits)}   {result.status(kind)}"
        elif kind != CLASS_BOUND:
            yield name, result.status(kind)


def _distances(result: Certification) -> Iterator[Row]:
    """How far the upper bound lies above what is known not to be possible."""
    if result.relative_gap is not None:
        yield "gap", f"{scientific_up(result.relative_gap)} of 1 - rate"
    if result.slack is not None:
        yield "slack", f"{scientific_up(result.slack)} of 1 - rate above the class bound"
    elif result.estimated_slack is not None:
        yield "slack", f"about {result.estimated_slack:.1e} of 1 - rate above the engine's own optimum"


def _guarantee(result: Certification, digits: int, exact: bool) -> Iterator[Row]:
    setting, rate, constant = result.setting, result.rate(UPPER), result.constant
    if rate is not None and constant is not None:
        factor, base = (str(constant), str(rate)) if exact else (decimal_up(constant, 6), rate_up(rate, digits))
        base = base if base.replace(".", "").isdecimal() else f"({base})"
        yield "guarantee", f"measure_t <= {factor} * {base}^t * measure_0"
        yield "measure", _formulas(setting).measure if _is_own(setting) else setting.method.measure_name


def _is_own(setting: Setting) -> bool:
    """Whether the method is not eftheory's, so that its name says nothing."""
    return isinstance(setting.method, Recorded)


def _formulas(setting: Setting) -> Formulas:
    from eftheory.report.formulas import formulas  # for methods of one's own only: it takes its time to load
    from eftheory.report.style import ASCII

    return formulas(setting, ASCII)


def _show_step(step: Fraction, exact: bool) -> str:
    """The step in full where it is short or asked for; otherwise digits, which are not rounded up."""
    usual = Fraction(1, 10**6) <= step < LARGE
    return str(step) if exact else shown(step, decimal_down if usual else partial(about, figures=7), 20)
