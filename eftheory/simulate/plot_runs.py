"""The picture of runs side by side: ||grad f||^2 against bits, and what theory grants."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from eftheory.pictures.style import BOUND, DASHES, HUES, QUIET, STYLE, as_bytes
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.files import write_whole
from eftheory.simulate.runs import TOLERANCE, Runs

STROKES: tuple[Any, ...] = ("-", (0, (6, 1.5)), (0, (3, 1, 1, 1)), (0, (1.2, 1.2)))

MOST = 300
"""Points of a curve that are drawn, and written beside the picture."""

SHOWN = {"grad2": "||grad f||$^2$", "measure": "measure"}
AGAINST = {
    "bits_up": "bits that an agent has sent",
    "bits_down": "bits that an agent has received",
    "samples": "samples that an agent has looked at",
}
"""What axes are called, where it is not the name of the column."""

Curve = tuple[Array, Array, Array, Array]
"""Bits, and the median, least and greatest value over seeds."""


def plot_runs(
    path: Path,
    runs: Runs,
    *,
    title: str = "",
    tolerance: float = TOLERANCE,
    shown: str = "grad2",
    against: str = "bits_up",
) -> None:
    """Draw ||grad f||^2 against the bits that an agent has sent, and write what is drawn to a csv file beside it.

    With up to two step sizes of each method all are in one frame, a colour for each method; with more, each method has
    a frame of its own, darker for larger steps, the largest stable one thick. Dashed: what a theorem grants for the
    running mean of ||grad f||^2 at its step size.

    Args:
        path: where to write; the suffix (.svg, .png, .pdf) decides the format.
        runs: what was measured.
        title: above the picture; by default the data and the compressor.
        tolerance: of ``Runs.stable``.
        shown: which column is drawn, grad2, f, measure or V.
        against: what it is drawn against, bits_up, bits_down, samples, seconds or round.

    Raises:
        ValueError: the runs have no such column.
        ImportError: matplotlib is not installed.
        OSError: a file cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.style import context

    methods = list(dict.fromkeys(column.method for column in runs.columns))
    steps = list(dict.fromkeys((column.multiple or f"{column.step_size:g}") for column in runs.columns))
    apart = max(sum(bool(_places(runs, method, step)) for step in steps) for method in methods) > 2
    with context(["default", STYLE]):
        across = min(len(methods), 4) if apart else 1
        down = -(-len(methods) // across) if apart else 1
        figure = Figure(figsize=(max(7.0, 3.6 * across), 1.6 + 3.4 * down), facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        frames = figure.subplots(down, across, sharey=True, squeeze=False).ravel()
        for frame in frames[len(methods) if apart else 1 :]:
            frame.set_visible(False)
        for place, method in enumerate(methods):
            frame = frames[place if apart else 0]
            _draw_method(frame, runs, method, steps, None if apart else place, tolerance, shown, against)
        _dress(figure, frames[: len(methods) if apart else 1], runs, apart, title, tolerance, shown, against)
        drawn = as_bytes(figure, path.suffix[1:].lower())
    write_whole(path, lambda file: file.write(drawn))
    write_whole(path.with_suffix(".csv"), lambda file: file.write(_table(runs).encode("ascii")))


def _draw_method(
    frame: Any,
    runs: Runs,
    method: str,
    steps: list[str],
    hue: int | None,
    tolerance: float,
    shown: str,
    against: str,
) -> None:
    best = runs.largest_stable(method, tolerance)
    drawn = [step for step in steps if _places(runs, method, step)]
    for position, step in enumerate(drawn):
        where = _places(runs, method, step)
        bits, middle, least, most = _curve(runs, where, shown, against)
        thick = hue is None and best is not None and runs.columns[where[0]].step_size == best.step_size
        width = (2.6 if thick else 1.3) if hue is None else max(1.2, 3.2 - 0.5 * hue)  # what lies below shows beside
        colour = _shade(steps.index(step), len(steps)) if hue is None else HUES[hue % len(HUES)]
        stroke = "-" if hue is None else STROKES[(hue // len(HUES) + position) % len(STROKES)]
        label = f"{step} x" if hue is None else method + (f", {step} x" if len(drawn) > 1 else "")
        frame.plot(bits, middle, color=colour, lw=width, ls=stroke, label=label, zorder=3 if thick else 2)
        if len(where) > 1:
            frame.fill_between(bits, least, most, color=colour, alpha=0.2, lw=0)
        if _has_bound(runs, shown) and np.isfinite(runs["bound"][:, where[0]]).any():
            grants = runs["bound"][:, where[0]]
            dark = BOUND if hue is None else colour
            frame.plot(_spent(runs, against)[:, where[0]], grants, color=dark, lw=1.1, ls=DASHES, zorder=4)
    if hue is None:
        stable = f"stable up to {best.multiple} x" if best is not None else "stable at none of these"
        frame.set_title(f"{method}: {stable}", loc="left", fontsize=10.5, color=BOUND)


def _dress(
    figure: Any, frames: Any, runs: Runs, apart: bool, title: str, tolerance: float, shown: str, against: str
) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.ticker import EngFormatter, MaxNLocator

    origin = runs.provenance
    data = ", ".join(origin.get("data", {})) or "runs"
    told = f"{data}: {origin.get('agents', '?')} agents, d = {origin.get('dimension', '?')}, {origin.get('compressor')}"
    figure.suptitle(title or told, x=0.01, ha="left", fontsize=12.5, fontweight="bold", color=BOUND)
    low, high = _limits(runs, tolerance, shown)
    spent = _spent(runs, against)[-1]
    spent = spent[np.isfinite(spent)]
    spread = spent.max() / max(spent.min(), 1) if len(spent) else 1
    for frame in frames:
        frame.set_yscale("log")
        frame.set_ylim(low, high)
        if not apart and spread > 5:
            frame.set_xscale("log", nonpositive="mask")
        else:
            frame.xaxis.set_major_locator(MaxNLocator(5))
        frame.xaxis.set_major_formatter(EngFormatter(sep=""))
        frame.set_xlabel(AGAINST.get(against, against), color=BOUND)
        frame.grid(axis="y", color="#e6e8eb", lw=0.8)
        frame.set_axisbelow(True)
    for frame in frames[:: 4 if apart else 1]:
        frame.set_ylabel(SHOWN.get(shown, shown), color=BOUND)
    known = {label: line for frame in frames for line, label in zip(*frame.get_legend_handles_labels())}
    labels, handles = [*known], [*known.values()]
    if _has_bound(runs, shown):
        handles.append(Line2D([], [], color=BOUND if apart else QUIET, ls=DASHES))
        labels.append("what a theorem grants\nfor the running mean")
    name = "step size, in units of theory; thick: the largest stable" if apart else None
    lines = -(-len(labels) // (3 * len(frames) + 1 if apart else 3))
    columns = -(-len(labels) // lines)
    if not apart:  # labels are names, and may be long
        longest = max(len(line) for label in labels for line in label.split("\n"))
        columns = max(1, min(columns, int(12 * figure.get_figwidth() / (8 + longest))))
    legend = figure.legend(handles, labels, loc="outside lower center", ncols=columns, frameon=False, title=name)
    for line in legend.get_lines():
        line.set_linewidth(1.6)


def _limits(runs: Runs, tolerance: float, shown: str) -> tuple[float, float]:
    """From far below the tolerance, or the least value, to a little above the start and the last bounds."""
    values = runs[shown][np.isfinite(runs[shown]) & (runs[shown] > 0)]
    if not len(values):
        return tolerance, 1.0
    tops = [values.max(initial=0.0, where=values < 1e3 * np.nanmax(runs[shown][0]))]
    if _has_bound(runs, shown) and np.isfinite(runs["bound"][-1]).any():
        tops.append(np.nanmax(runs["bound"][-1]))
    room = 2 if shown == "grad2" else 1.1
    return max(float(values.min()), tolerance * 1e-9) / room, room * float(max(tops))


def _has_bound(runs: Runs, shown: str) -> bool:
    return shown == "grad2" and "bound" in runs.data and bool(np.isfinite(runs["bound"]).any())


def _spent(runs: Runs, against: str) -> Array:
    """What is drawn to the right, one column a run."""
    if against == "round":
        return np.repeat(runs.rounds[:, None], len(runs.columns), axis=1)
    return runs[against]


def _places(runs: Runs, method: str, step: str) -> list[int]:
    """The columns of a method at one step size, one a seed."""
    return [
        r
        for r, column in enumerate(runs.columns)
        if column.method == method and (column.multiple or f"{column.step_size:g}") == step
    ]


def _rows(runs: Runs) -> Array:
    """The rows that are drawn, more of them early."""
    last, half = len(runs.rounds) - 1, MOST // 2
    early = np.geomspace(1, max(last, 1), half) if last else [0]
    return np.unique(np.concatenate([[0], early, np.linspace(0, last, half)]).round().astype(int))


def _curve(runs: Runs, where: list[int], shown: str, against: str) -> Curve:
    rows = _rows(runs)
    values, bits = runs[shown][rows][:, where], _spent(runs, against)[rows][:, where]
    values = np.where(values < 1e8 * np.nanmax(runs[shown][0]), values, np.nan)  # far beyond the frame
    return np.median(bits, axis=1), np.median(values, axis=1), values.min(axis=1), values.max(axis=1)


def _shade(position: int, many: int) -> Any:
    """From light to dark along a map of colours whose lightness falls steadily."""
    from matplotlib import colormaps

    return colormaps["viridis"](0.9 * (1 - position / max(many - 1, 1)))


def _table(runs: Runs) -> str:
    """What is drawn, one line a point."""
    return "".join(_lines(runs))


def _lines(runs: Runs) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    names = [name for name in ("bits_up", "seconds", "grad2", "f", "bound") if name in runs.data]
    writer.writerow(["method", "multiple", "seed", "step_size", "round", *names])
    for r, column in enumerate(runs.columns):
        for row in _rows(runs):
            values = [f"{runs[name][row, r]:.6e}" for name in names]
            writer.writerow([column.method, column.multiple, column.seed, column.step_size, runs.rounds[row], *values])
    yield line.getvalue()
