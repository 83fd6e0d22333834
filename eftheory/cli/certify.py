"""``eftheory certify``: bounds on a rate from both sides, and the file that proves them."""

from __future__ import annotations

import json as json_format
import shlex
import sys
from contextlib import redirect_stdout
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eftheory.assumptions import AgentType, SmoothStronglyConvex
from eftheory.bounds import Certification, StepReport, compresses, find_method
from eftheory.bounds import certify as prove
from eftheory.bounds.problems import RATE, SUM, find_problem
from eftheory.bounds.request import is_general
from eftheory.bounds.summary import recorded_step, rows, title
from eftheory.check import INCONCLUSIVE, PROVED, REFUTED
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER
from eftheory.cli.printing import print_facts
from eftheory.cli.waiting import waiting
from eftheory.numbers import decimal_down, decimal_up, digits_for, read_number, scientific_up
from eftheory.pages.escape import printable
from eftheory.theory import StepRule
from eftheory.theory.written import parse_agents, parse_mean, parse_parameters

if TYPE_CHECKING:
    from eftheory.report.guarantee import Guarantee

EXIT = {PROVED: 0, REFUTED: 1, INCONCLUSIVE: 3}
FORMAT = "eftheory-certify/2"
"""Of the JSON object; another number where a key changes its meaning or goes, not where one is added."""


def certify(
    method: Annotated[str, typer.Argument(help="One that eftheory methods lists, or your own: file.py:Class.")],
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ],
    alpha: Annotated[str | None, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = None,
    step_size: Annotated[str, typer.Option(help="optimal, law, or a number.")] = "optimal",
    slack: Annotated[str, typer.Option(help="Rounding slack of a search, relative to 1 - rate.")] = "1e-6",
    engine: Annotated[
        str, typer.Option(help="auto, center (analytic centres), cvxpy (programmes), law or theorem (no search).")
    ] = "auto",
    param: Annotated[
        list[str] | None, typer.Option("--param", help="A field of the method, as momentum=1/4; repeat for more.")
    ] = None,
    memory: Annotated[int, typer.Option(help="Steps that V remembers, 0 or 1.")] = 0,
    values: Annotated[
        bool | None,
        typer.Option("--values/--no-values", help="Whether V holds function values; by default with memory."),
    ] = None,
    sparsity: Annotated[
        str, typer.Option(help="Products that V may hold: diagonal, or groups as 'g - d | mean g'.")
    ] = "",
    simple: Annotated[str, typer.Option(help="Make V small within the slack: trace or logdet.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the certificate.")] = None,
    functions: Annotated[
        str,
        typer.Option("--class", help="strongly-convex, convex, weakly-convex, nonconvex or pl; mu may be omitted."),
    ] = "",
    mu: Annotated[str | None, typer.Option(help="Of the PL inequality of f, for --class pl.")] = None,
    minimiser: Annotated[str, typer.Option(help="common or global: x* is least for every f_i, or for f only.")] = "",
    similar: Annotated[
        str | None, typer.Option(help="A with mean ||grad f_i||^2 <= A ||grad f||^2 + zeta2 everywhere, A >= 1.")
    ] = None,
    mean: Annotated[
        str | None, typer.Option(help="Constants of f itself, as L=1/4,mu=0, if they are better than the agents'.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="What is bounded: '||mean g||^2', 'f - inf f', '||x - x*||^2', or the method's.")
    ] = None,
    participation: Annotated[
        str | None, typer.Option(help="Probability with which an agent takes part in a step, in (0, 1].")
    ] = None,
    sigma: Annotated[str | None, typer.Option(help="Standard deviation of the gradient of one sample.")] = None,
    minibatch: Annotated[str | None, typer.Option(help="How many samples each agent draws in a step.")] = None,
    omega: Annotated[
        str | None, typer.Option(help="Of unbiased compressors, instead of alpha; d/k - 1 for Rand-k.")
    ] = None,
    optimise: Annotated[
        str, typer.Option(help="What is searched for the best: step_size and fields of the method, with commas.")
    ] = "",
    exact: Annotated[
        bool, typer.Option("--exact", help="Ask for an exactly tight certificate, and print fractions.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Prove upper and lower bounds on a worst-case rate.

    Example: eftheory certify ef21 --agents "L=1,mu=1/10,count=1000" --alpha 3/4 -o ef21.cert.json

    On functions that are not strongly convex, with noise, chance or unbiased messages the bound is an upper one, and
    says beside it what is known from below: eftheory certify ef21 --class nonconvex --agents "L=1,count=12" --alpha
    1/10
    """
    make = find_problem(functions).functions if functions else None
    with redirect_stdout(sys.stderr):  # what a stranger's code prints is no part of the result, or of the JSON
        kind = find_method(method)
    types, numbers = parse_agents(agents, make=make), parse_parameters(param or [])
    rule = StepRule.read(step_size)
    told = {"mu": mu, "similar": similar, "participation": participation, "sigma": sigma}
    told |= {"minibatch": minibatch, "omega": omega}
    extras: dict[str, Any] = {name: read_number(text, name) for name, text in told.items() if text is not None}
    if alpha is None and omega is None and not is_general(kind, numbers) and compresses(kind, rule.step_size, numbers):
        raise ValueError(f"--alpha is missing: {method} compresses; give k/d for Top-k, or 1 for no compression")
    if output is not None and str(output) in ("-", "."):
        raise ValueError(f"-o {str(output)!r}: name a file; --json prints to standard output")
    with waiting("searching for a proof"), redirect_stdout(sys.stderr):
        result = prove(
            kind,
            types,
            alpha=None if alpha is None else read_number(alpha, "alpha"),
            step_size=rule,
            slack=read_number(slack, "slack"),
            engine=engine,
            memory=memory,
            values=values,
            sparsity=sparsity,
            exact=exact,
            simple=simple,
            path=output,
            parameters=numbers,
            functions=functions,
            minimiser=minimiser,
            mean=None if mean is None else parse_mean(mean),
            measure=measure,
            optimise=optimise,
            **extras,
        )
    written = str(output) if output is not None and result.data is not None else None
    if json:
        typer.echo(json_format.dumps(_as_json(result, written), indent=1))
    else:
        _print(result, written, exact)
    return EXIT[result.verdict]


def _agents_as_json(agents: AgentType) -> dict[str, str | int]:
    usual = type(agents.functions) is SmoothStronglyConvex
    named: dict[str, str | int] = {} if usual else {"class": agents.functions.name}
    return {**named, **{name: str(value) for name, value in vars(agents.functions).items()}, "count": agents.count}


def _as_json(result: Certification, written: str | None) -> dict[str, object]:
    setting, guarantee = result.setting, result.guarantee

    def text(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    return {
        "format": FORMAT,
        "method": setting.method.name,
        "n_agents": setting.n_agents,
        "n_types": len(setting.agents),
        "agents": [_agents_as_json(agent) for agent in setting.agents],
        "alpha": str(setting.alpha),
        "step_size": str(setting.method.step_size),
        "parameters": {name: str(value) for name, value in setting.method.parameters.items()},
        "rate_upper": None if guarantee and guarantee.sums else text(result.rate(UPPER)),
        "rate_lower": text(result.rate(LOWER)),
        "rate_class_bound": text(result.rate(CLASS_BOUND)),
        "gap": text(result.gap),
        "decimals": _decimals(result),
        "measure": setting.measure_name,
        "constant_lower": text(result.rate(DRIFT)),
        "guarantee": guarantee and _guarantee_as_json(guarantee, result.variance),
        "step": recorded_step(setting) or None,
        "functions": "; ".join(setting.functions),
        "hypotheses": [{"name": it.name, "sentence": it.sentence} for it in setting.hypotheses],
        "constant": text(result.constant),
        "slack": text(result.slack),
        "estimated_slack": result.estimated_slack,
        "status_upper": result.status(UPPER),
        "status_lower": result.status(LOWER),
        "certificate": written,
        "engine": result.engine,
        "step_search": _step_as_json(result.step),
        "notes": list(result.notes),
        "seconds": {stage: round(spent, 6) for stage, spent in result.seconds.items()},
    }


def _guarantee_as_json(guarantee: Guarantee, variance: Fraction | None) -> dict[str, object]:
    """The constants of a general bound, exact ones, and the sentence in which they are rounded up."""
    from eftheory.report.digits import Digits  # with all reports, which take their time to load
    from eftheory.report.style import ASCII

    return {
        "sentence": guarantee.sentence(ASCII, Digits()),
        "kind": SUM if guarantee.sums else RATE,
        "rate": None if guarantee.sums else str(guarantee.rate),
        "initial": {name: str(value) for name, value in guarantee.initial},
        "noise": {name: str(value) for name, value in guarantee.noise},
        "sigma2": None if variance is None else str(variance),
        "in_expectation": guarantee.random,
    }


def _decimals(result: Certification) -> dict[str, str]:
    """What exact numbers of hundreds of digits come to: lower bounds rounded down, all else up."""
    above = None if result.guarantee else result.rate(UPPER)
    digits = digits_for(1 - (above or Fraction(0)))
    roundings = {
        "rate_upper": (None if result.guarantee and result.guarantee.sums else result.rate(UPPER), decimal_up),
        "rate_lower": (result.rate(LOWER), decimal_down),
        "rate_class_bound": (result.rate(CLASS_BOUND), decimal_down),
        "gap": (result.gap, scientific_up),
        "relative_gap": (result.relative_gap, scientific_up),
        "constant": (result.constant, decimal_up),
        "slack": (result.slack, scientific_up),
    }
    return {
        name: round_(value, 3 if round_ is scientific_up else digits)
        for name, (value, round_) in roundings.items()
        if value is not None
    }


def _step_as_json(step: StepReport | None) -> dict[str, object] | None:
    """Floats are estimates; fractions are exact, and the class bound is checked."""
    found = {} if step is None else {name: value for name, value in step._asdict().items() if name != "step_size"}
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in found.items()} or None


def _print(result: Certification, written: str | None, exact: bool) -> None:
    print_facts(rows(result, exact=exact, written=written), title=title(result))
    if written:
        typer.echo(f"check it with: python -m eftheory.check {shlex.quote(printable(written))}")
