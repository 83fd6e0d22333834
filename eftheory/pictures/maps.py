"""Maps of rates over step size and alpha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods import Method
from eftheory.numbers import decimal_down
from eftheory.pictures.laws import LAWS, Agents, limit, value
from eftheory.pictures.style import BOUND, DASHES, HUES, SHADES, STYLE, as_bytes
from eftheory.theory import law_step_size

BANDS = 12
"""So many colours a map has, from the least rate to 1."""


@dataclass(frozen=True)
class RateMap:
    """The proved rate of one method over step size and alpha.

    Attributes:
        name: of the method.
        alphas: of the rows.
        steps: a row for each alpha, from little to almost the stability limit.
        rates: a row for each alpha, decimals rounded up.
        law: the law's step size for each alpha.
        limit: the stability limit for each alpha.
    """

    name: str
    alphas: tuple[Fraction, ...]
    steps: tuple[tuple[Fraction, ...], ...]
    rates: tuple[tuple[str, ...], ...]
    law: tuple[Fraction, ...]
    limit: tuple[Fraction, ...]


def map_rates(method: type[Method], agents: Agents, points: int = 41) -> RateMap:
    """The map of a method of ``LAWS``, from no step to the largest stability limit."""
    law = LAWS[method]
    alphas = tuple(Fraction(i, points - 1) for i in range(1, points))
    limits = tuple(limit(law, agents, alpha) for alpha in alphas)
    steps = tuple(tuple(most * i / points for i in range(1, points)) for most in limits)
    rates = tuple(tuple(value(law.upper, agents, alpha, step) for step in row) for alpha, row in zip(alphas, steps))
    best = tuple(law_step_size(method, agents, alpha) for alpha in alphas)
    return RateMap(method.name.upper(), alphas, steps, rates, best, limits)


def table_of_maps(maps: Sequence[RateMap]) -> str:
    """What is drawn, as csv: a line for each place of each map."""
    lines = ["method,alpha,step size,rate"]
    for each in maps:
        for alpha, row, rates in zip(each.alphas, each.steps, each.rates):
            at = decimal_down(alpha, 12)
            lines += [f"{each.name},{at},{decimal_down(step, 12)},{rate}" for step, rate in zip(row, rates)]
    return "\n".join(lines) + "\n"


def draw_maps(maps: Sequence[RateMap], title: str, kind: str) -> bytes:
    """The maps side by side, in one scale, as a file of a kind: svg, png or pdf.

    Raises:
        ImportError: matplotlib is not installed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.style import context

    with context(["default", STYLE]):
        figure = Figure(figsize=(1.9 + 3.4 * len(maps), 4.4), facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        frames = figure.subplots(1, len(maps), squeeze=False, sharey=True)[0]
        least = min(float(rate) for each in maps for row in each.rates for rate in row)
        for axes, each in zip(frames, maps):
            drawn = _draw(axes, each, least)
        frames[0].set_ylabel("alpha", color=BOUND)
        frames[-1].legend(loc="lower right", fontsize=8, frameon=True, framealpha=0.9, edgecolor="none")
        figure.colorbar(drawn, ax=list(frames), label="rate per step", shrink=0.9, format="%.3g")
        figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, color=BOUND)
        return as_bytes(figure, kind)


def _draw(axes: Any, each: RateMap, least: float) -> Any:
    levels = [least + (1 - least) * i / BANDS for i in range(BANDS + 1)]
    steps = [[float(x) for x in row] for row in each.steps]
    alphas = [[float(y)] * len(row) for y, row in zip(each.alphas, each.steps)]
    rates = [[min(float(rate), 1.0) for rate in row] for row in each.rates]
    drawn = axes.contourf(steps, alphas, rates, levels=levels, cmap=SHADES)
    axes.contour(steps, alphas, rates, levels=levels, colors="white", linewidths=0.4)
    up = [float(y) for y in each.alphas]
    axes.plot([float(x) for x in each.limit], up, color=BOUND, lw=1.6, ls=DASHES, label="stability limit")
    axes.plot([float(x) for x in each.law], up, color=HUES[1], lw=2.2, label="the law's step size")
    axes.set_xlim(left=0)
    axes.set_ylim(0, 1)
    axes.set_title(each.name, loc="left", fontsize=10.5, color=BOUND)
    axes.set_xlabel("step size", color=BOUND)
    return drawn
