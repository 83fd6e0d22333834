"""The picture of a certificate that meets data."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from eftheory.pictures.style import BOUND, DASHES, DATA, QUIET, STYLE, WORST
from eftheory.simulate.problems.problem import Array


def plot_contraction(path: Path, *, V: Array, worst: Array, rate: float, name: str, title: str, subtitle: str) -> None:
    """Draw V_t against rate^t V_0, and the share of V that a step removes against 1 - rate.

    Args:
        path: where to write; the suffix (.svg, .png, .pdf) decides the format.
        V: Lyapunov values on the data, at least three.
        worst: those of a slow instance of the same class; they are drawn as long as V goes.
        rate: the certified factor.
        name: of the data.
        title, subtitle: lines above the picture.

    Raises:
        ImportError: matplotlib is not installed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.style import context

    with context(["default", STYLE]):
        figure = Figure(figsize=(11, 5.2), facecolor="white")
        FigureCanvasAgg(figure)
        left, right = figure.subplots(1, 2)
        figure.subplots_adjust(left=0.07, right=0.98, bottom=0.11, top=0.79, wspace=0.2)
        figure.text(0.015, 0.945, title, fontsize=15, fontweight="bold", color=BOUND, va="center")
        figure.text(0.015, 0.888, subtitle, fontsize=10.5, color=QUIET, va="center")
        _draw_values(left, V / V[0], worst[: len(V)] / worst[0], rate, name)
        _draw_steps(right, 1 - V[1:] / V[:-1], (1 - worst[1:] / worst[:-1])[: len(V) - 1], rate, name)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _draw_values(axes: Any, V: Array, worst: Array, rate: float, name: str) -> None:
    steps = np.arange(len(V))
    bound = rate ** steps.astype(float)
    thin, early = _thin(len(V)), _thin(len(worst))
    axes.semilogy(early, worst[early], color=WORST, lw=5, solid_capstyle="butt")
    axes.semilogy(thin, bound[thin], color=BOUND, lw=1.4, ls=DASHES, zorder=3)
    axes.semilogy(thin, V[thin], color=DATA, lw=2.2)
    axes.fill_between(thin, V[thin], bound[thin], color=DATA, alpha=0.07, lw=0)
    axes.set_xlim(0, len(V) - 1)
    axes.set_ylim(V.min(), 10)
    _dress(axes, "The Lyapunov function, V$_t$ / V$_0$", "step t")
    at = int(0.36 * len(V))
    label = "certified bound, rate$^t$ (dashed),\nand a worst case (orange)"
    axes.annotate(label, (at, bound[at]), (10, 8), textcoords="offset points", color=BOUND, va="bottom")
    label, place = f"measured on the\n{name} data", {"textcoords": "offset points", "ha": "right", "va": "top"}
    axes.annotate(label, (at, V[at]), (-8, -6), color=DATA, **place)


def _draw_steps(axes: Any, gains: Array, worst: Array, rate: float, name: str) -> None:
    middle, least, median, most = _bands(gains)
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = (1 - rate) / 2, 1.4 * max(float(gains.max()), 1 - rate)
    axes.axhspan(low, 1 - rate, color="#f1f2f4", lw=0, zorder=0)
    early = np.unique(np.geomspace(1, len(worst), 200).astype(int))
    axes.plot(early, worst[early - 1], color=WORST, lw=5, zorder=1, solid_capstyle="butt")
    axes.axhline(1 - rate, color=BOUND, lw=1.4, ls=DASHES, zorder=3)
    axes.fill_between(middle, least, most, color=DATA, alpha=0.25, lw=0)
    axes.plot(middle, median, color=DATA, lw=2.2)
    axes.set_xlim(1, len(gains))
    axes.set_ylim(low, high)
    _dress(axes, "What one step removes: 1 \u2212 V$_t$ / V$_{t-1}$", "step t, logarithmic")
    axes.set_yticks(_round_numbers(low, high))
    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}%")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_minor_formatter(lambda value, _: "")
    certified = f"certified: never less than {100 * (1 - rate) * 0.999:.3g}%; a worst case (orange)"
    axes.text(1.15, (1 - rate) / 1.12, certified, color=BOUND, va="top")
    at = len(median) // 3
    label, place = f"measured on the\n{name} data", {"textcoords": "offset points", "va": "bottom"}
    axes.annotate(label, (middle[at], most[at]), (8, 6), color=DATA, **place)


def _dress(axes: Any, title: str, below: str) -> None:
    axes.set_title(title, loc="left", fontsize=11, color=BOUND, pad=9)
    axes.set_xlabel(below, color=BOUND)
    axes.grid(axis="y", color="#e6e8eb", lw=0.8)
    axes.set_axisbelow(True)


def _thin(length: int, most: int = 800) -> Array:
    """At most about ``most`` positions of 0, ..., length - 1, with both ends."""
    return np.unique(np.linspace(0, length - 1, min(length, most)).round().astype(int))


def _round_numbers(low: float, high: float) -> list[float]:
    """The numbers 1, 2, 5, 10, 20, ... and 0.5, 0.2, 0.1, ... between two positive ones.

    >>> _round_numbers(0.03, 0.3)
    [0.05, 0.1, 0.2]
    """
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    numbers = [float(f"{digit}e{exponent}") for exponent in exponents for digit in (1, 2, 5)]
    return [number for number in numbers if low < number < high]


def _bands(values: Array, most: int = 120) -> tuple[Array, Array, Array, Array]:
    """Middle, minimum, median and maximum over groups of steps 1, 2, ..., longer and longer."""
    edges = np.unique(np.geomspace(1, len(values) + 1, most).astype(int))
    parts = np.split(values, edges[1:-1] - 1)
    middle = np.sqrt(edges[:-1] * (edges[1:] - 1.0))
    return (
        middle,
        np.array([part.min() for part in parts]),
        np.array([np.median(part) for part in parts]),
        np.array([part.max() for part in parts]),
    )
