"""A picture of curves, and the table of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eftheory.pictures.style import BOUND, DASHES, HUES, QUIET, STYLE, as_bytes

DOTS = (0, (1.2, 1.4))


@dataclass(frozen=True)
class Curve:
    """Points of a curve, as they stand in the table.

    Attributes:
        name: in the legend, and above the column.
        xs: where it is, decimals.
        ys: its height there, decimals; empty where there is none.
        hue: which of ``HUES``.
        stroke: "law", "bound" (dashed), "theorem" (dotted) or "points".
    """

    name: str
    xs: tuple[str, ...]
    ys: tuple[str, ...]
    hue: int = 0
    stroke: str = "law"


STROKES: dict[str, tuple[Any, float]] = {
    "law": ("-", 2.2),
    "bound": (DASHES, 1.4),
    "theorem": (DOTS, 1.8),
    "points": ("", 0.0),
}


@dataclass(frozen=True)
class Chart:
    """Curves in a frame.

    Attributes:
        title: above.
        across, up: what the axes are.
        curves: what is drawn.
        marks: thin vertical lines: where, and what is written beside.
        log_x, log_y: whether an axis is logarithmic.
        top: the greatest height that is shown; all if None.
    """

    title: str
    across: str
    up: str
    curves: tuple[Curve, ...]
    marks: tuple[tuple[float, str], ...] = field(default=())
    log_x: bool = False
    log_y: bool = False
    top: float | None = None

    def draw(self, kind: str) -> bytes:
        """The picture as a file of a kind: svg, png or pdf.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return as_bytes(figure_of([self]), kind)

    def table(self) -> str:
        """What is drawn, as csv: a line for each place, a column for each curve."""
        return table_of(self.across, self.curves)


def table_of(across: str, curves: Sequence[Curve]) -> str:
    """The curves as csv: a line for each place in order, a column for each curve.

    >>> print(table_of("step", [Curve("a, b", ("1", "2"), ("0.5", ""))]), end="")
    step,"a, b"
    1,0.5
    2,
    """
    import csv
    import io

    columns = [dict(zip(curve.xs, curve.ys)) for curve in curves]
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow([across, *(curve.name for curve in curves)])
    for x in sorted({x for curve in curves for x in curve.xs}, key=lambda x: (float(x), x)):
        lines.writerow([x, *(column.get(x, "") for column in columns)])
    return written.getvalue()


def figure_of(charts: Sequence[Chart]) -> Any:
    """The charts side by side, as a figure of matplotlib."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.style import context

    with context(["default", STYLE]):
        width = 6.8 if len(charts) == 1 else 4.6 * len(charts)
        figure = Figure(figsize=(width, 4.5), facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        for axes, chart in zip(figure.subplots(1, len(charts), squeeze=False)[0], charts):
            _draw(axes, chart)
    return figure


def _draw(axes: Any, chart: Chart) -> None:
    for curve in chart.curves:
        stroke, width = STROKES[curve.stroke]
        pairs = [(float(x), float(y) if y else float("nan")) for x, y in zip(curve.xs, curve.ys)]
        axes.plot(
            *zip(*pairs),
            color=HUES[curve.hue % len(HUES)],
            ls=stroke,
            lw=width,
            label=curve.name,
            marker="o" * (not stroke),
        )
    if chart.log_x:
        axes.set_xscale("log")
    top = float("inf") if chart.top is None else chart.top
    if chart.log_y:
        axes.set_yscale("log")
    else:
        low, high = (
            fit(y for c in chart.curves for y in map(float, filter(None, c.ys)) if y <= top) for fit in (min, max)
        )
        axes.set_ylim(low - (min(high, top) - low) / 20, chart.top)
    for at, label in chart.marks:
        axes.axvline(at, color=QUIET, lw=0.9, ls=DASHES, zorder=0)
        axes.annotate(
            label,
            (at, 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            rotation=90,
            fontsize=8,
            color=QUIET,
            va="bottom",
        )
    axes.set_title(chart.title, loc="left", fontsize=11, color=BOUND, pad=9)
    axes.set_xlabel(chart.across, color=BOUND)
    axes.set_ylabel(chart.up, color=BOUND)
    axes.grid(axis="y", color="#e6e8eb", lw=0.8)
    axes.set_axisbelow(True)
    axes.legend(frameon=True, framealpha=0.85, edgecolor="none", fontsize=8.5)
