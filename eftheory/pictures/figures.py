"""The figures of the papers on tight rates drawn anew, and ours: python -m eftheory.pictures.figures FOLDER."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from eftheory import laws
from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import CGD, EF, EF21
from eftheory.numbers import decimal_down
from eftheory.pictures.chart import Chart, Curve, figure_of, table_of
from eftheory.pictures.laws import DIGITS, LAWS, Agents, value
from eftheory.pictures.maps import draw_maps, map_rates, table_of_maps
from eftheory.pictures.rates import Asked, against_alpha
from eftheory.pictures.style import as_bytes
from eftheory.theory import LAW, law_step_size, worst_case

GRID = tuple(Fraction(i, 60) for i in range(1, 61))
ONE: Agents = (AgentType(L=1, mu=Fraction(1, 10)),)
EASY_AND_HARD: Agents = (AgentType(L=1, mu=Fraction(99, 100)), AgentType(L=1, mu=Fraction(1, 100)))


@dataclass(frozen=True)
class Figure:
    """A picture in files.

    Attributes:
        name: of its files, without their endings.
        title: of its page.
        says: what is seen, in words.
        draw: the picture as a file of a kind, svg or pdf.
        table: what is drawn, as csv.
    """

    name: str
    title: str
    says: str
    draw: Callable[[str], bytes]
    table: str


def rate_maps() -> Figure:
    """Rates of CGD, EF and EF21 over step size and alpha."""
    maps = [map_rates(method, ONE, 33) for method in (CGD, EF, EF21)]
    title = "Rates over step size and alpha, L = 1, mu = 1/10"
    same = "the same" if maps[1].rates == maps[2].rates else "not the same"
    says = (
        "Three maps side by side, of CGD, EF and EF21 with one agent. Rates fall from 1 at small steps to their least "
        "on the curve of the law's step size, and rise steeply to 1 at the stability limit just beyond it. For small "
        f"alpha CGD allows far larger steps. The numbers of EF and EF21 are {same} at all places."
    )
    return Figure("rate_maps", title, says, lambda kind: draw_maps(maps, title, kind), table_of_maps(maps))


def cgd_against_ef() -> Figure:
    """The best rates of CGD and EF against alpha, with one agent."""
    charts = [
        against_alpha(Asked((CGD, EF), (AgentType(L=1, mu=mu),), Fraction(1), LAW, 61), f"L = 1, mu = {mu}")
        for mu in (Fraction(1, 2), Fraction(1, 10))
    ]
    places = [pair for chart in charts for pair in zip(chart.curves[0].ys, chart.curves[1].ys)]
    slower = sum(Fraction(cgd) > Fraction(ef) for cgd, ef in places)
    says = (
        "Two charts of best rates against alpha, with one agent. CGD is slower than error feedback at "
        f"{slower} of {len(places)} places drawn. At alpha = 1 both are gradient descent. With several agents CGD "
        "may diverge at every step size, and error feedback keeps its rate."
    )
    return _charts("cgd_against_ef", "CGD against error feedback, each at its best step", says, charts, "alpha")


def published() -> Figure:
    """How many times as many steps EF21's PL theorem asks for as the law."""
    curves = []
    for hue, (L, mu) in enumerate([(1, Fraction(1, 2)), (5, Fraction(1, 2)), (500, Fraction(1, 2))]):
        agents = [(1.0, float(mu)), (float(L), float(mu))]
        ratios = []
        for alpha in map(float, GRID[:-1]):
            mean_L, root = (1 + L) / 2, ((1 + L * L) / 2) ** 0.5
            theorem = laws.ef21_pl_rate(mean_L, root, mu=float(mu), alpha=alpha)
            ratios.append(_logarithm(laws.heterogeneous_rate(agents, alpha=alpha)) / _logarithm(theorem))
        xs = tuple(decimal_down(x, DIGITS) for x in GRID[:-1])
        curves.append(Curve(f"L = 1 and {L}", xs, tuple(f"{ratio:.9g}" for ratio in ratios), hue))
    least = min(float(y) for curve in curves for y in curve.ys)
    most = max(float(y) for curve in curves for y in curve.ys)
    chart = Chart("Two agents, mu = 1/2", "alpha", "steps of the theorem / steps of the law", tuple(curves))
    says = (
        "Three curves against alpha, for two agents with L = 1 and 1, 5 or 500. The published theorem asks for "
        f"{least:.3g} to {most:.3g} times as many steps as the proved law, each at its own step size. Numbers of this "
        "figure are computed in floating point and rounded to nearest."
    )
    return _charts("published", "The law against EF21's published PL theorem", says, [chart], "alpha")


def cubic() -> Figure:
    """The law of two agents against the tight rate of their averaged constants."""
    curves, gap = [], Fraction(0)
    xs = tuple(decimal_down(x, DIGITS) for x in GRID)
    for hue, mu in enumerate([Fraction(1), Fraction(1, 10), Fraction(1, 1000)]):
        agents = (AgentType(L=1, mu=1), AgentType(L=1, mu=mu))
        steps = [law_step_size(EF21, agents, alpha) for alpha in GRID]
        for said, rate, up, stroke in (
            ("law", LAWS[EF21].upper, True, "law"),
            ("averaged constants", LAWS[EF21].lower, False, "bound"),
        ):
            ys = tuple(value(rate, agents, alpha, step, up=up) for alpha, step in zip(GRID, steps))
            curves.append(Curve(f"second mu = {mu}: {said}", xs, ys, hue, stroke))
        gap = max(gap, *(Fraction(a) - Fraction(b) for a, b in zip(curves[-2].ys, curves[-1].ys)))
    chart = Chart("Two agents, L = 1, first mu = 1", "alpha", "rate at the law's step", tuple(curves), top=1.02)
    says = (
        "Rates against alpha for two agents, the first with mu = 1, the second with mu = 1, 1/10 or 1/1000. The law, a "
        "root of a cubic, lies above the rate of the averaged constants, below which no proof goes; the two differ by "
        f"{float(gap):.3f} at most. For equal agents they are one curve."
    )
    return _charts("cubic", "The cubic against averaged parameters", says, [chart], "alpha")


def bracket() -> Figure:
    """The law against the worst case known, around the law's step, and what certificates with memory prove."""
    alpha = Fraction(8, 9)
    unit = law_step_size(EF21, EASY_AND_HARD, alpha)
    multiples = [Fraction(94 * 5 + i, 500) for i in range(0, 61, 2)]
    xs = tuple(decimal_down(x, DIGITS) for x in multiples)
    law = tuple(value(LAWS[EF21].upper, EASY_AND_HARD, alpha, x * unit) for x in multiples)
    mean = tuple(value(LAWS[EF21].lower, EASY_AND_HARD, alpha, x * unit, up=False) for x in multiples)
    worst = []
    for x in multiples:
        known = worst_case(Setting(EASY_AND_HARD, Contractive(alpha), EF21(x * unit)))
        worst.append(decimal_down(known.rate, DIGITS) if known else "")
    found = [*_certified("free", unit), *_certified("memory", unit)]
    curves = (
        Curve("the law (proved)", xs, law, 0),
        Curve("worst case known (no proof goes below)", xs, tuple(worst), 1, "bound"),
        Curve("averaged constants (no proof goes below)", xs, mean, 2, "theorem"),
        *found,
    )
    middle = multiples.index(Fraction(1))
    says = (
        "EF21 on two agents with L = 1, mu = 99/100 and 1/100, alpha = 8/9, around the law's step size. There the law "
        f"proves {law[middle]}, and an instance has at least {worst[middle]}. "
        + " ".join(f"{curve.name}: {', '.join(curve.ys)} at {', '.join(curve.xs)} times that step." for curve in found)
    )
    chart = Chart("EF21, mu = 99/100 and 1/100", "step size / the law's step size", "rate", curves)
    return _charts("bracket", "The law against the optimum, and the bracket with memory", says, [chart], "step / law's")


FIGURES: tuple[Callable[[], Figure], ...] = (rate_maps, cgd_against_ef, published, cubic, bracket)


def write_figures(folder: Path) -> list[Path]:
    """Write svg, pdf and csv of all figures, and an index that says what is seen; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, written = ["# Figures", "", "Generated by `make figures`; do not edit."], []
    for make in FIGURES:
        figure = make()
        contents = {"svg": figure.draw("svg"), "pdf": figure.draw("pdf"), "csv": figure.table.encode()}
        for kind, content in contents.items():
            path = folder / f"{figure.name}.{kind}"
            path.write_bytes(content)
            written.append(path)
        lines += ["", f"## {figure.title}", "", figure.says, ""]
        lines += [f"![{figure.title}]({figure.name}.svg)", "", f"[pdf]({figure.name}.pdf), [csv]({figure.name}.csv)"]
    index = folder / "index.md"
    index.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*written, index]


def _certified(template: str, unit: Fraction) -> list[Curve]:
    """What kept certificates prove with a V of a template, if the checker accepts them; none outside a checkout."""
    from eftheory.check import check_certificate
    from eftheory.numbers import decimal_up
    from eftheory.reading import read_certificate

    places = []
    for path in sorted(FINDINGS.glob(f"ef21-one-easy-one-hard-{template}*.cert.json")):
        certificate = read_certificate(path)
        if certificate.upper and all(verdict.proved for verdict in check_certificate(certificate)):
            step = Fraction(certificate.setting.method.step_size) / unit
            places.append((f"{float(step):.7g}", decimal_up(certificate.upper.rate, 11)))
    name = {"free": "Certified with any V", "memory": "Certified with a V that remembers a step"}[template]
    hue = {"free": 3, "memory": 4}[template]
    return [Curve(name, tuple(x for x, _ in places), tuple(y for _, y in places), hue, "points")] if places else []


FINDINGS = Path(__file__).parents[2] / "reports" / "findings"
"""Certificates for two agents, in a checkout."""


def _logarithm(x: float) -> float:
    from math import log

    return log(x)


def _charts(name: str, title: str, says: str, charts: Sequence[Chart], across: str) -> Figure:
    several = len(charts) > 1
    named = [
        Curve(f"{chart.title}: {curve.name}" if several else curve.name, curve.xs, curve.ys)
        for chart in charts
        for curve in chart.curves
    ]
    return Figure(name, title, says, lambda kind: as_bytes(figure_of(charts), kind), table_of(across, named))


if __name__ == "__main__":
    for file in write_figures(Path(sys.argv[1])):
        print(file)
