"""``eftheory rate``: what the closed forms say, without a search."""

from __future__ import annotations

import json as json_format
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eftheory import laws
from eftheory.assumptions import AgentType, Contractive, group_agents
from eftheory.assumptions.hypothesis import ONE_AGENT
from eftheory.assumptions.validation import require
from eftheory.cli.agents import parse_agents
from eftheory.laws.enclosure import sign
from eftheory.laws.kinds import Number, sqrt
from eftheory.methods import METHODS
from eftheory.numbers import decimal_down, decimal_up, read_number

ROUNDED_UP = ("rate_upper", "beta", "xi", "ef21_pl_rate")
"""The figures for which more is worse; the others are rounded down."""

MAX_LENGTH = 2000
"""Longest exact number that is printed, in characters."""

LABELS = {
    "step_size": "step size",
    "rate_upper": "rate <=",
    "rate_lower": "rate >=",
    "iterations": "iterations",
    "stability_limit": "stability limit",
    "theta": "theta",
    "beta": "beta",
    "xi": "xi",
    "ef21_pl_step_size": "EF21 PL step size",
    "ef21_pl_rate": "EF21 PL rate <=",
    "ef21_pl_iterations": "EF21 PL iterations",
}


@dataclass
class Overview:
    """Everything the command prints: exact figures by name, in order, and remarks."""

    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    accuracy: Fraction
    rule: str
    figures: dict[str, Number] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tight: bool = False

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return sum(agent.count for agent in self.agents)

    def mean(self, name: str, power: int = 1) -> Fraction:
        """The mean over agents of a power of L or of mu."""
        total = sum((agent.count * getattr(agent, name) ** power for agent in self.agents), Fraction(0))
        return total / self.n_agents


def rate(
    method: Annotated[str, typer.Argument(help="gd, cgd, ef or ef21.")],
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ],
    alpha: Annotated[str, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = "1",
    step_size: Annotated[str, typer.Option(help="law, optimal, or a number.")] = "law",
    accuracy: Annotated[str, typer.Option(help="Count the steps to this accuracy, relative to the start.")] = "1e-6",
    exact: Annotated[bool, typer.Option("--exact", help="Print exact numbers.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Print the closed-form rate, step size and stability limit of a method.

    Example: eftheory rate ef21 --agents "L=1,mu=1/10,count=1000" --alpha 3/4
    """
    overview = look_up(
        method.lower(),
        parse_agents(agents),
        alpha=read_number(alpha),
        step_size=step_size if step_size in ("law", "optimal") else read_number(step_size),
        accuracy=read_number(accuracy),
    )
    if json:
        typer.echo(json_format.dumps(_as_json(overview), indent=1))
    else:
        _print(overview, exact)
    return 0


def look_up(
    method: str,
    agents: tuple[AgentType, ...],
    *,
    alpha: Fraction,
    step_size: Fraction | str = "law",
    accuracy: Fraction = Fraction(1, 10**6),
) -> Overview:
    """All laws that apply to a method on these agents.

    Raises:
        ValueError: a parameter is out of range, or the method does not allow it.

    >>> look_up("ef21", (AgentType(L=25, mu=11),), alpha=Fraction(15, 16)).figures["rate_upper"]
    Fraction(4, 9)
    """
    require(method in METHODS, f"method={method!r}: choose one of {', '.join(METHODS)}")
    types, alpha = group_agents(agents), Contractive(alpha).alpha
    rule = step_size if isinstance(step_size, str) else "given"
    require(rule in ("law", "optimal", "given"), f"step_size={step_size!r}: give a positive number, 'law' or 'optimal'")
    overview = Overview(method, types, alpha, accuracy, rule)
    kind = METHODS[method]
    require(
        ONE_AGENT not in kind.hypotheses or overview.n_agents == 1,
        f"n_agents={overview.n_agents}: {method.upper()} is covered for one agent only, since with several it may "
        "diverge at every step size; use ef or ef21",
    )
    require(
        kind.compresses or alpha == 1,
        f"alpha={alpha}: {method.upper()} does not compress; leave alpha out or set it to 1",
    )
    require(accuracy > 0, f"accuracy={accuracy}: the accuracy must be positive")
    given = None if isinstance(step_size, str) else step_size
    require(given is None or given > 0, f"step_size={step_size}: the step size must be positive")
    enter = {"gd": _gradient_descent, "cgd": _compressed, "ef": _error_feedback, "ef21": _error_feedback}[method]
    try:
        enter(overview, given)
    except ArithmeticError:  # sympy's limits, some hundred digits away from what anybody means
        raise ValueError("the numbers given are too large, too small or too long for exact closed forms") from None
    return overview


def _gradient_descent(overview: Overview, given: Fraction | None) -> None:
    L, mu = overview.mean("L"), overview.mean("mu")
    step = laws.gd_step_size(L, mu) if given is None else given
    value = laws.gd_rate(L, mu, step_size=given)
    _set_rates(overview, step, laws.gd_stability_limit(L), value, value)


def _compressed(overview: Overview, given: Fraction | None) -> None:
    L, mu, alpha = overview.mean("L"), overview.mean("mu"), overview.alpha
    step = laws.cgd_step_size(L, mu, alpha=alpha) if given is None else given
    limit = laws.cgd_stability_limit(L, alpha=alpha)
    value = laws.cgd_rate(L, mu, alpha=alpha, step_size=given)
    covered = sign(step - limit) < (1 if mu == 0 else 0)
    _set_rates(overview, step, limit, value if covered else None, value)
    _set_contraction(overview)


def _error_feedback(overview: Overview, given: Fraction | None) -> None:
    agents, alpha = overview.agents, overview.alpha
    L, mu = overview.mean("L"), overview.mean("mu")
    step = laws.heterogeneous_step_size(agents, alpha=alpha) if given is None else given
    limit = laws.stability_limit(L, alpha=alpha)
    lower = laws.averaged_constants_bound(agents, alpha=alpha, step_size=given)
    m, K = laws.heterogeneous_moments(agents)
    if len(agents) == 1 or m * m == K or alpha == 1:
        upper = lower
    elif sign(step - limit) < 0:
        upper = laws.heterogeneous_rate(agents, alpha=alpha, step_size=given)
    else:
        upper = None
    _set_rates(overview, step, limit, upper, lower)
    if len(agents) > 1 and overview.rule == "optimal" and upper is not lower:
        overview.notes.append("the law's step size is used; for unequal agents it is nearly, not exactly, optimal")
    _set_contraction(overview)
    if mu > 0:
        L_tilde = sqrt(overview.mean("L", 2))
        published = laws.ef21_pl_rate(L, L_tilde, mu=mu, alpha=alpha)
        overview.figures["ef21_pl_step_size"] = laws.ef21_pl_step_size(L, L_tilde, mu=mu, alpha=alpha)
        overview.figures["ef21_pl_rate"] = published
        overview.figures["ef21_pl_iterations"] = laws.iterations_to_accuracy(published, overview.accuracy)
        overview.remarks["ef21_pl_rate"] = "of f - f* + (step/theta) G, EF21's Theorem 3"


def _set_rates(overview: Overview, step: Number, limit: Number, upper: Number | None, lower: Number) -> None:
    """Enter step, rates, steps to accuracy and limit, and say what they mean."""
    figures, remarks = overview.figures, overview.remarks
    overview.tight = upper is lower
    figures |= {"step_size": step, "rate_upper": upper, "rate_lower": lower}
    remarks["step_size"] = {"law": "the law's", "optimal": "the best", "given": "as given"}[overview.rule]
    if overview.tight:
        remarks["rate_upper"] = "exact"
    else:
        remarks["rate_upper"] = "the law for unequal agents" if upper is not None else "none"
        remarks["rate_lower"] = "averaged constants" if len(overview.agents) > 1 else "a quadratic"
    if overview.rule == "optimal" and not overview.tight:
        remarks["step_size"] = "the law's"
    flat = all(agent.mu == 0 for agent in overview.agents)
    beyond = sign(step - limit) >= (1 if flat else 0)
    figures["iterations"] = None
    if flat:
        overview.notes.append("all mu = 0: there is no linear rate; some f_i must be strongly convex")
    if beyond:
        overview.notes.append(
            "the step size is at or beyond the stability limit: the worst case does not converge (rate >= 1)"
        )
    if not flat and not beyond:
        figures["iterations"] = laws.iterations_to_accuracy(upper, overview.accuracy)
        remarks["iterations"] = f"until rate^t <= {overview.accuracy}"
    figures["stability_limit"] = limit


def _set_contraction(overview: Overview) -> None:
    for name in ("theta", "beta", "xi"):
        overview.figures[name] = getattr(laws, name)(overview.alpha)
    overview.remarks["xi"] = "sqrt(beta/theta)"


def _as_json(overview: Overview) -> dict[str, object]:
    """Exact numbers as strings, whole numbers as numbers; ``decimals`` repeats them rounded to the safe side.

    An exact number of more than ``MAX_LENGTH`` characters is left to its decimals.
    """
    figures = {name: value if isinstance(value, int) else _exact(value) for name, value in overview.figures.items()}
    rounded = {name: _decimal(name, value) for name, value in overview.figures.items() if value is not None}
    return {
        "method": overview.method,
        "n_agents": overview.n_agents,
        "n_types": len(overview.agents),
        "alpha": str(overview.alpha),
        "accuracy": str(overview.accuracy),
        "step_size_rule": overview.rule,
        "tight": overview.tight,
        **figures,
        "decimals": {name: text for name, text in rounded.items() if not isinstance(overview.figures[name], int)},
        "notes": overview.notes,
    }


def _print(overview: Overview, exact: bool) -> None:
    console = Console(highlight=False)
    n, types = overview.n_agents, len(overview.agents)
    title = f"{overview.method.upper()} on {n} agent{'s' * (n > 1)} of {types} type{'s' * (types > 1)}"
    console.print(Text(f"{title}, alpha = {overview.alpha}", style="bold"))
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in overview.figures.items():
        if value is None or (name == "rate_lower" and overview.tight):
            continue
        label = "rate" if name == "rate_upper" and overview.tight else LABELS[name]
        text = str(value) if isinstance(value, int) else _exact(value) if exact else None
        shown = _decimal(name, value) if text is None else text
        table.add_row(Text(label, style="bold"), Text(shown, overflow="fold"), Text(overview.remarks.get(name, "")))
    console.print(table)
    for note in overview.notes:
        console.print(Text(f"note: {note}"))


def _exact(value: Number | None) -> str | None:
    """The exact number as text, or None if it is too long to be of use."""
    try:
        text = None if value is None else str(value)
    except ValueError:  # integers of more digits than Python prints
        return None
    return text if text is None or len(text) <= MAX_LENGTH else None


def _decimal(name: str, value: Number) -> str:
    """The value rounded to the safe side, with digits enough to tell it from 0 and from 1."""
    below, above = laws.enclose(value, bits=256)
    if below < 1 < above:
        below, above = laws.enclose(value, bits=4096)
    digits = min(60, 12 + max(_zeros(abs(above)), _zeros(abs(1 - above))))
    return decimal_up(above, digits) if name in ROUNDED_UP else decimal_down(below, digits)


def _zeros(x: Fraction) -> int:
    """How many zeros follow the decimal point; none for zero."""
    return max(0, len(str(int(1 / x))) - 1) if x else 0
