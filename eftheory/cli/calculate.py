"""``eftheory rate THEOREM``: a theorem as a calculator, with an option for each number that it asks for."""

from __future__ import annotations

import inspect
import json as json_format
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Any

import typer

from eftheory.assumptions import SmoothStronglyConvex
from eftheory.assumptions.function_class import FunctionClass
from eftheory.cli.printing import print_facts
from eftheory.laws.enclosure import write_decimal, write_rate
from eftheory.numbers import LARGE, about, digits_for, read_number, shown
from eftheory.proofkit.kernel.text import write_relation
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.calculators.calculator import Answer, Calculator, Figure
from eftheory.theory.calculators.find import see_also
from eftheory.theory.calculators.instance import packaged_theorem
from eftheory.theory.calculators.quantity import MissingNumberError, Quantity
from eftheory.theory.named import nearest
from eftheory.theory.written import parse_agents

FORMAT = "eftheory-theorem-rate/1"
"""Of the JSON object; another number where a key changes its meaning or goes, not where one is added."""

_AGENTS = (
    "A type of agents, as L=1,mu=1/10,count=1000; repeat for more types. What is not given is taken from them; mu may "
    "be left out where it is not asked for."
)
_STEP = "A step size that the theorem covers; by default the largest, or the theorem's own."


def calculator_command(asked: str, calculators: Sequence[Calculator]) -> Callable[..., int]:
    """A command with the options of these calculators; of several those answer that have all numbers they ask for."""
    quantities = {quantity.name: quantity for calculator in calculators for quantity in calculator.quantities}

    def calculate(name: str, agents: list[str], step_size: str, exact: bool, json: bool, **said: str | None) -> int:
        given = {name: read_number(text, name) for name, text in said.items() if text is not None}
        types = parse_agents(agents, make=_with_any_mu) if agents else ()
        step = read_number(step_size, "step_size") if step_size else None
        answers, missing = [], []
        for calculator in calculators:
            known = {each.name for each in calculator.quantities}
            mine = {name: value for name, value in given.items() if name in known}
            try:
                answers.append(calculator.ask(mine, agents=types, step_size=step))
            except MissingNumberError as error:
                missing.append(str(error))
        if not answers:
            raise ValueError(missing[0])
        if json:
            told = [*map(_as_json, answers)]
            typer.echo(json_format.dumps(told[0] if len(calculators) == 1 else told, indent=1))
        else:
            others = see_also(calculators[0].slug) if len(calculators) == 1 else []
            _print(answers, [*missing, *([f"see also eftheory rate {', '.join(others)}"] if others else [])], exact)
        return 0

    calculate.__doc__ = _explain(asked, calculators)
    _give_options(calculate, quantities.values())
    return calculate


def _with_any_mu(L: Fraction, mu: Fraction | None) -> FunctionClass:
    """Functions that need not be convex are told by L alone: what a theorem does not ask for plays no part."""
    return SmoothStronglyConvex(L, Fraction(0) if mu is None else mu)


def print_calculators() -> None:
    """A row for each theorem: of which functions, with which noise, and what it must be told."""
    rows = []
    for slug, each in CALCULATORS.items():
        asks = [quantity.option for quantity in each.quantities if quantity.must_be_given]
        functions = each.functions + "*" * bool(each.only_if)
        rows.append((slug, functions, each.noise, " ".join(["--agents"] * each.needs_agents + asks)))
    told = "--agents stands for the constants of functions: --L, --L-tilde, --L-mean, --L-max, --mu, --n"
    marked = "*: if something holds of the agents' functions together, which the theorem's --help says"
    print_facts(rows, columns=("theorem", "functions", "noise", "asks for"), notes=(told, marked))


def refuse_other_options(asked: str, calculators: Sequence[Calculator], arguments: Sequence[str]) -> None:
    """Say which options there are, if there is another one among the arguments.

    Raises:
        ValueError: there is.
    """
    takes = {quantity.option: None for calculator in calculators for quantity in calculator.quantities}
    there = [*takes, "--agents", "--step-size", "--exact", "--json", "--help"]
    for argument in arguments:
        option = argument.partition("=")[0]
        if option.startswith("--") and option not in there:
            near = nearest(option, there)
            hint = f"; did you mean {near}?" if near else ""
            raise ValueError(f"{option[:60]}: {asked} has no such option; it takes {', '.join(there)}{hint}")


def _explain(asked: str, calculators: Sequence[Calculator]) -> str:
    lines = []
    for calculator in calculators:
        title = packaged_theorem(calculator.slug).title
        lines.append(
            f"{calculator.slug}: {title}. Functions: {calculator.about}; noise: {calculator.noise}. "
            f"The bound is on {calculator.measure}."
        )
    asks = " ".join(
        f"{quantity.option} {'1' if quantity.name != 'p' else '1/2'}"
        for quantity in calculators[0].quantities
        if quantity.must_be_given and not quantity.of_agents
    )
    return "\n\n".join([*lines, f'Example: eftheory rate {asked} --agents "L=1,mu=1/10" {asks}'.rstrip()])


def _give_options(function: Any, quantities: Any) -> None:
    """The signature from which options are made."""

    def parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)

    def option(quantity: Quantity) -> inspect.Parameter:
        told = quantity.told[0].upper() + quantity.told[1:] + "."
        kind = Annotated[str | None, typer.Option(quantity.option, help=told, metavar="NUMBER", show_default=False)]
        return parameter(quantity.name, kind, None)

    fixed = [
        parameter(
            "name",
            Annotated[str, typer.Argument(metavar="NAME", help="Of a method or a theorem.")],
            inspect.Parameter.empty,
        ),
        *map(option, quantities),
        parameter("agents", Annotated[list[str], typer.Option("--agents", help=_AGENTS, show_default=False)], []),
        parameter("step_size", Annotated[str, typer.Option(help=_STEP, metavar="NUMBER", show_default=False)], ""),
        parameter("exact", Annotated[bool, typer.Option("--exact", help="Print exact numbers.")], False),
        parameter("json", Annotated[bool, typer.Option("--json", help="Print JSON.")], False),
    ]
    function.__signature__ = inspect.Signature(fixed)
    function.__annotations__ = {each.name: each.annotation for each in fixed}


def _told(figure: Figure) -> str:
    """The decimal; of a rate that is hardly below 1, how far below it is."""
    return write_rate(figure.value, up=figure.up) if figure.name == "rate_upper" else _decimal(figure)


def _decimal(figure: Figure) -> str:
    """A count, or a number rounded to the safe side: a rate so that it is told from 1, anything else to 12 figures."""
    exact = Fraction(figure.value)
    if exact.denominator == 1 and exact < LARGE:
        return str(exact)
    usual = figure.name != "rate_upper" and Fraction(1, LARGE) < exact < LARGE
    return write_decimal(exact, up=figure.up, digits=digits_for(exact, 11) if usual else None)


def _as_json(answer: Answer) -> dict[str, Any]:
    """Exact numbers as strings, whole numbers as numbers; ``decimals`` repeats them rounded to the safe side."""
    calculator, theorem = answer.calculator, answer.instance.theorem
    return {
        "format": FORMAT,
        "theorem": calculator.slug,
        "title": theorem.title,
        "source": theorem.source,
        "functions": calculator.functions,
        "only_if": calculator.only_if,
        "noise": calculator.noise,
        "measure": calculator.measure,
        "hypotheses": {name: write_relation(relation) for name, relation in answer.instance.hypotheses()},
        "given": {name: str(value) for name, value in answer.given.items()},
        **{each.name: each.value if isinstance(each.value, int) else str(each.value) for each in answer.figures},
        "decimals": {each.name: _decimal(each) for each in answer.figures if not isinstance(each.value, int)},
        "notes": list(answer.notes),
    }


def _print(answers: Sequence[Answer], missing: Sequence[str], exact: bool) -> None:
    for number, answer in enumerate(answers):
        rows = [
            (each.label, (str(each.value) if exact else _told(each)) + each.after, each.remark)
            for each in answer.figures
        ]
        notes = [*_words(answer), *(f"note: {line}" for line in missing if answer is answers[-1])]
        if number:
            typer.echo()
        print_facts(rows, title=answer.instance.theorem.title, notes=notes)


def _words(answer: Answer) -> Iterator[str]:
    calculator = answer.calculator
    yield f"functions: {calculator.about}; noise: {calculator.noise}"
    yield f"the bound is on {calculator.measure}"
    yield f"assumes: {'; '.join(name for name, _ in answer.instance.hypotheses())}"
    at = (f"{name} = {shown(value, about)}" for name, value in answer.given.items())
    yield f"at {', '.join(at)}"
    yield from (f"note: {note}" for note in answer.notes)
    yield f"theorem: eftheory prove {calculator.slug}; source: {answer.instance.theorem.source}"
