"""``eftheory plot``: rates, maps, methods side by side and certificates as pictures, with the numbers beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from eftheory.assumptions import AgentType
from eftheory.cli.printing import print_facts
from eftheory.cli.waiting import waiting
from eftheory.numbers import read_number
from eftheory.theory.written import parse_agents

WITHOUT_MU = "say mu: some f_i must be strongly convex"
MOST_POINTS, FEWEST_POINTS = 2000, 11


class Wanted(NamedTuple):
    """What is asked for, as it is written."""

    names: list[str]
    agents: list[str]
    alpha: str | None
    step_size: str
    against: str
    points: int


class Drawn(NamedTuple):
    """A picture of any kind, its table, and what is said of it."""

    draw: Callable[[str], bytes]
    table: str
    rows: list[tuple[str, str, str]]
    title: str
    notes: list[str]


def plot(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="rate, map, compare or certificate.")],
    subjects: Annotated[
        list[str], typer.Argument(metavar="WHAT...", help="gd, cgd, ef or ef21; several for compare; or a certificate.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The picture: svg, png or pdf; a csv file beside it.")],
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ] = [],  # noqa: B006 - typer reads it, nothing changes it
    alpha: Annotated[str | None, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = None,
    step_size: Annotated[str, typer.Option(help="law, or a number: marked, or taken where alpha changes.")] = "law",
    against: Annotated[str, typer.Option(help="step-size or alpha.")] = "step-size",
    points: Annotated[int, typer.Option(help="Places on a curve, or on each side of a map; 0 for the usual.")] = 0,
) -> int:
    """Draw rates against the step size or alpha, maps of them, methods side by side, or a certificate.

    Example: eftheory plot rate ef21 --agents "L=1,mu=1/10,count=1000" --alpha 3/4 -o rate.svg

    What is drawn stands in a csv file beside the picture: proved rates rounded up, bounds from below rounded down.
    """
    from eftheory.cli.runs import check_choice, check_file

    if kind not in KINDS:
        raise ValueError(f"plot {kind[:40]!r}: say what is drawn, {', '.join(KINDS)}")
    check_choice("against", against, ("step-size", "alpha"))
    check_file(output, (".svg", ".png", ".pdf"), "output")
    if points and not FEWEST_POINTS <= points <= MOST_POINTS:
        raise ValueError(f"--points {points}: a number from {FEWEST_POINTS} to {MOST_POINTS}")
    wanted = Wanted(subjects, agents, alpha, step_size, against, points)
    with waiting("computing what is drawn"):
        drawn = KINDS[kind](wanted)
        picture = drawn.draw(output.suffix[1:].lower())
    from eftheory.simulate.files import write_whole

    table = output.with_suffix(".csv")
    write_whole(output, lambda file: file.write(picture))
    write_whole(table, lambda file: file.write(drawn.table.encode()))
    print_facts(drawn.rows, title=drawn.title, notes=[*drawn.notes, f"written: {output}, {table}"])
    return 0


def _read_agents(wanted: Wanted) -> tuple[AgentType, ...]:
    from eftheory.assumptions import group_agents

    types = group_agents(parse_agents(wanted.agents, without_mu=WITHOUT_MU))
    if all(agent.mu == 0 for agent in types):
        raise ValueError("all mu = 0: there is no linear rate to draw; some f_i must be strongly convex")
    return types


def _rate(wanted: Wanted) -> Drawn:
    if len(wanted.names) != 1:
        raise ValueError(f"plot rate {' '.join(wanted.names)[:60]}: one method; for several: eftheory plot compare")
    return _curves(wanted)


def _compare(wanted: Wanted) -> Drawn:
    if len(wanted.names) < 2:
        raise ValueError(f"plot compare {wanted.names[0][:60]}: two methods or more; for one: eftheory plot rate")
    return _curves(wanted)


def _curves(wanted: Wanted) -> Drawn:
    from eftheory.methods import GD
    from eftheory.numbers import about, shown
    from eftheory.pages.lines import count_agents
    from eftheory.pictures.laws import LAWS, is_exact, theorem, value
    from eftheory.pictures.rates import Asked, against_alpha, against_step_size
    from eftheory.theory import StepRule, survey
    from eftheory.theory.named import find_named

    by_alpha = wanted.against == "alpha"
    if wanted.alpha is None and not by_alpha:
        raise ValueError("--alpha is missing: k/d for Top-k, or 1 for no compression; or draw --against alpha")
    if wanted.alpha is not None and by_alpha:
        raise ValueError(f"--alpha {wanted.alpha}: it is what changes with --against alpha; leave it out")
    types = _read_agents(wanted)
    alpha, rule = read_number(wanted.alpha or "1", "alpha"), StepRule.read(wanted.step_size)
    if rule.name == "optimal":
        raise ValueError("--step-size optimal: the best step of the law is called law here; or give a number")
    for name in wanted.names:  # GD, which does not compress, stands beside those that do
        survey(name, types, alpha=1 if find_named(name) is GD else alpha, formulas=False)  # which refuses others
    methods = tuple(dict.fromkeys(map(find_named, wanted.names)))
    if len(methods) < len(wanted.names):
        raise ValueError(f"plot compare {' '.join(wanted.names)[:60]}: a method is named twice")
    asked = Asked(methods, types, alpha, rule, wanted.points or 161)
    on = count_agents(sum(agent.count for agent in types), len(types))
    names = ", ".join(method.name.upper() for method in methods)
    said = "" if by_alpha else f", alpha = {shown(alpha, about)}"
    chart = (against_alpha if by_alpha else against_step_size)(asked, f"{names} on {on}{said}")
    rows = []
    for method in methods:
        law = LAWS[method]
        step = asked.step(method, alpha)
        rate = value(law.upper, types, alpha, step)
        how = "exact" if is_exact(law, types) else "proved"
        at = "without compression" if by_alpha else "marked" if rule.step_size else "the law's"
        rows.append(
            (method.name.upper(), f"rate <= {rate or 'none'}", f"{how}, theorem {theorem(law, types)}, {at} step size")
        )
    notes = [f"{sum(map(bool, curve.ys))} places: {curve.name}" for curve in chart.curves]
    return Drawn(chart.draw, chart.table(), rows, chart.title, notes)


def _map(wanted: Wanted) -> Drawn:
    from eftheory.pages.lines import count_agents
    from eftheory.pictures.laws import LAWS, is_exact, theorem
    from eftheory.pictures.maps import draw_maps, map_rates, table_of_maps
    from eftheory.theory import survey
    from eftheory.theory.named import find_named

    if wanted.alpha is not None or wanted.step_size != "law" or wanted.against != "step-size":
        raise ValueError("plot map: --alpha, --step-size and --against have no place there: both change on a map")
    types = _read_agents(wanted)
    for name in wanted.names:
        survey(name, types, alpha=1, formulas=False)
    methods = tuple(dict.fromkeys(map(find_named, wanted.names)))
    maps = [map_rates(method, types, wanted.points or 41) for method in methods]
    on = count_agents(sum(agent.count for agent in types), len(types))
    title = f"Rate over step size and alpha: {', '.join(each.name for each in maps)} on {on}"
    rows = [
        (
            method.name.upper(),
            "exact" if is_exact(LAWS[method], types) else "proved",
            f"theorem {theorem(LAWS[method], types)}",
        )
        for method in methods
    ]
    places = sum(len(row) for each in maps for row in each.rates)
    notes = [f"{places} places below the stability limit, rates rounded up"]
    return Drawn(lambda kind: draw_maps(maps, title, kind), table_of_maps(maps), rows, title, notes)


def _certificate(wanted: Wanted) -> Drawn:
    from eftheory.certificates.document import CertificateError
    from eftheory.check import check_certificate
    from eftheory.numbers import rate_down, rate_up
    from eftheory.pages.lines import count_agents
    from eftheory.pictures.guarantee import against_guarantee
    from eftheory.reading import read_certificate

    if len(wanted.names) != 1:
        raise ValueError("plot certificate: one file")
    if wanted.agents or wanted.alpha is not None or wanted.step_size != "law" or wanted.against != "step-size":
        raise ValueError("plot certificate: agents, alpha and step size stand in the file; leave the options out")
    file = wanted.names[0]
    try:
        certificate = read_certificate(file)
    except CertificateError as error:
        raise CertificateError(f"{file!r} is not a certificate: {error}") from None
    verdicts = check_certificate(certificate)
    wrong = next((verdict for verdict in verdicts if not verdict.proved), None)
    if wrong is not None:
        raise CertificateError(f"{file!r}: {wrong.claim.kind} is {wrong.status}; only what is proved is drawn")
    entry = certificate.setting
    on = count_agents(sum(agent.count for agent in entry.agents), len(entry.agents))
    chart = against_guarantee(certificate, f"{entry.method.title} on {on}, alpha = {entry.alpha}")
    rows = []
    if certificate.upper is not None:
        rows.append(("rate <=", rate_up(certificate.upper.rate, 12), "proved by the checker"))
    if certificate.lower is not None:
        rows.append(("rate >=", rate_down(certificate.lower.rate, 12), "proved by the checker"))
    return Drawn(chart.draw, chart.table(), rows, chart.title, [f"{len(chart.curves[0].xs)} steps"])


KINDS: Mapping[str, Callable[[Wanted], Drawn]] = {
    "rate": _rate,
    "map": _map,
    "compare": _compare,
    "certificate": _certificate,
}
"""By what is asked for first."""
