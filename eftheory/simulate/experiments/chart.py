"""Curves that come from laws, not from runs: a frame for each regime."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eftheory.pictures.style import BOUND, DASHES, HUES, STYLE
from eftheory.simulate.files import write_whole
from eftheory.simulate.plot_runs import STROKES


@dataclass(frozen=True)
class Chart:
    """One picture of curves, on logarithmic axes, and what is to be said of it.

    Attributes:
        name: of its files, without suffix.
        title: above it.
        x: what is drawn to the right, and its values.
        y: what the curves show.
        frames: by the title of each frame, its curves by their names, with a value for each x; NaN where there is none.
        dashed: the curves that are bounds.
        notes: sentences below it.
    """

    name: str
    title: str
    x: tuple[str, Sequence[float]]
    y: str
    frames: Mapping[str, Mapping[str, Sequence[float]]]
    dashed: Sequence[str] = ()
    notes: Sequence[str] = ()

    def write(self, path: Path) -> None:
        """Draw it, and write its numbers to a csv file beside it; OSError if one cannot be written."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.style import context

        names = list(dict.fromkeys(name for curves in self.frames.values() for name in curves))
        with context(["default", STYLE]):
            figure = Figure(figsize=(4.0 * len(self.frames), 4.8), facecolor="white", layout="constrained")
            FigureCanvasAgg(figure)
            figure.suptitle(self.title, x=0.01, ha="left", fontsize=12.5, fontweight="bold", color=BOUND)
            places = figure.subplots(1, len(self.frames), squeeze=False)[0]
            for frame, (title, curves) in zip(places, self.frames.items()):
                for name, values in curves.items():
                    hue = names.index(name)
                    bound = name in self.dashed
                    colour = BOUND if bound else HUES[hue % len(HUES)]
                    stroke = DASHES if bound else STROKES[hue % len(STROKES)]
                    frame.loglog(self.x[1], values, color=colour, ls=stroke, lw=1.2 if bound else 2.0, label=name)
                frame.set_title(title.replace(": ", "\n"), loc="left", fontsize=10.5, color=BOUND)
                frame.set_xlabel(self.x[0], color=BOUND)
                frame.grid(axis="y", color="#e6e8eb", lw=0.8)
            places[0].set_ylabel(self.y, color=BOUND)
            handles, labels = places[0].get_legend_handles_labels()
            figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
            drawn, kind = io.BytesIO(), path.suffix[1:].lower()
            stamp = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
            figure.savefig(drawn, format=kind, metadata=stamp, dpi=160)
        write_whole(path, lambda file: file.write(drawn.getvalue()))
        write_whole(path.with_suffix(".csv"), lambda file: file.write(self._table().encode("ascii")))

    def _table(self) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["frame", "curve", self.x[0], self.y])
        for title, curves in self.frames.items():
            for name, values in curves.items():
                writer.writerows([title, name, f"{x:g}", f"{value:.6e}"] for x, value in zip(self.x[1], values))
        return text.getvalue()
