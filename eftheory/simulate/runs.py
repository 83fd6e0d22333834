"""What was measured on runs side by side, and its file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from eftheory.pages.lines import in_columns, in_short
from eftheory.pages.picture import Picture
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.files import read_arrays, write_arrays

FORMAT = "eftheory-runs/1"
"""Another number where an array changes its meaning or goes, not where one is added."""

TOLERANCE = 1e-6
"""Of ``stable``, by default."""

FALLING, BLOCKS, CERTAIN = 0.95, 12, 4.0
"""||grad f||^2 still falls if along a line through the logarithms of ``BLOCKS`` parts of the last three tenths of the
rounds this share, or less, is left of it after a tenth, and the line is ``CERTAIN`` standard errors steep: a run that
goes up and down around a level is at its floor."""

ELSEWHERE = 1e-3
"""A run has converged elsewhere if it ends higher than the lowest by more than this share of what that one gained."""


@dataclass(frozen=True)
class Column:
    """One run.

    Attributes:
        method: its name.
        step_size: the step size.
        multiple: how many units of step size that is, as a text; empty where there is no unit.
        seed: of its generator.
        diverged: the first recorded round in which something was no longer finite; None if there is none.
        measure: what the measure is.
    """

    method: str
    step_size: float
    multiple: str = ""
    seed: int = 0
    diverged: int | None = None
    measure: str = ""


@dataclass(frozen=True, eq=False)
class Runs:
    """Measurements in rounds, one column a run.

    ``runs["f"]`` is an array with a row for each recorded round, a column for each run. There are: ``f``, ``grad2``
    (||grad f||^2), ``measure`` (the method's; NaN where the problem has no minimiser that it needs), ``bits_up`` and
    ``bits_down`` (so far, of one agent, on average over agents), ``samples`` (rows or gradients of an agent so far),
    and, where asked for, ``V`` and ``seconds``. After a run has diverged there is NaN.

    Attributes:
        rounds: those that were recorded, ascending.
        columns: what each run is.
        data: the arrays by name.
        provenance: where the numbers come from.
    """

    rounds: Array
    columns: tuple[Column, ...]
    data: Mapping[str, Array]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """A line for each run: how it ended."""
        return in_short([f"{len(self.columns)} runs, rounds 0 to {self.rounds[-1]}", *in_columns(self._rows())])

    def _repr_html_(self) -> str:
        from eftheory.pages.html import cell, rows_as_html

        head, *rows = self._rows()
        return cell(rows_as_html(rows, head))

    def plot(self, title: str = "", *, shown: str = "grad2", against: str = "bits_up") -> Picture:
        """A curve for each run; see ``plot_runs``.

        Raises:
            ImportError: matplotlib is not installed.
        """
        from eftheory.simulate.plot_runs import plot_runs

        return Picture(lambda path: plot_runs(path, self, title=title, shown=shown, against=against))

    def _rows(self) -> list[tuple[str, ...]]:
        head = ("method", "step size", "seed", "||grad f||^2, last tenth", "")
        ends = zip(self.columns, self.last_tenth(), self.says())
        return [head, *((c.method, f"{c.step_size:.4g}", str(c.seed), f"{end:.3g}", word) for c, end, word in ends)]

    def __getitem__(self, name: str) -> Array:
        if name == "round":
            return self.rounds
        if name not in self.data:
            raise ValueError(f"column={name[:40]!r}: {nearest(name, ['round', *self.data])}")
        return self.data[name]

    def last_tenth(self) -> Array:
        """The geometric mean of ||grad f||^2 over the last tenth of the rounds, as recorded; NaN if diverged."""
        return _geometric_mean(
            self["grad2"][self.rounds > 0.9 * self.rounds[-1]] if len(self.rounds) > 1 else self["grad2"]
        )

    def falling(self) -> Array:
        """Whether ||grad f||^2 visibly falls over the last three tenths of the rounds: more rounds may help."""
        late = self["grad2"][self.rounds > 0.7 * self.rounds[-1]]
        if len(late) < BLOCKS:
            return np.zeros(len(self.columns), dtype=bool)
        with np.errstate(all="ignore"):
            parts = np.array([part.mean(axis=0) for part in np.array_split(np.log(late), BLOCKS)])
            t = np.linspace(-1.5, 1.5, BLOCKS)[:, None]  # in tenths of the rounds
            steep = (t * parts).sum(axis=0) / (t**2).sum()
            rest = ((parts - parts.mean(axis=0) - t * steep) ** 2).sum(axis=0) / (BLOCKS - 2)
            falling: Array = (steep < np.log(FALLING)) & (-steep > CERTAIN * np.sqrt(rest / (t**2).sum()))
        return falling

    def stable(self, tolerance: float = TOLERANCE) -> Array:
        """Whether that mean is at most the tolerance: large steps need not overflow to be useless."""
        stable: Array = self.last_tenth() <= tolerance
        return stable

    def elsewhere(self, tolerance: float = TOLERANCE) -> Array:
        """Whether a run is stable, but ends visibly higher than the lowest stable one: at another stationary point."""
        f, stable = self["f"], self.stable(tolerance)
        if not stable.any():
            return stable
        least = f[-1, stable].min()
        higher: Array = stable & (f[-1] - least > ELSEWHERE * np.maximum(f[0] - least, 1e-300))
        return higher

    def says(self, tolerance: float = TOLERANCE) -> list[str]:
        """A word on how each run ended."""
        words, rose = [], self["f"][-1] > self["f"][0]
        for r, (column, stable, elsewhere) in enumerate(
            zip(self.columns, self.stable(tolerance), self.elsewhere(tolerance))
        ):
            if column.diverged is not None:
                words.append(f"diverged by round {column.diverged}")
            else:
                unstable = "ran away: f is above its start" if rose[r] else "above the tolerance"
                words.append("converged elsewhere" if elsewhere else "stable" if stable else unstable)
        return words

    def largest_stable(self, method: str, tolerance: float = TOLERANCE) -> Column | None:
        """The run of a method with the largest step size at which all its seeds are stable; None if there is none."""
        stable = self.stable(tolerance)
        own = [(column, bool(good)) for column, good in zip(self.columns, stable) if column.method == method]
        bad = {column.step_size for column, good in own if not good}
        found = [column for column, _ in own if column.step_size not in bad]
        return max(found, key=lambda column: column.step_size, default=None)

    def unfinished(self, method: str, tolerance: float = TOLERANCE) -> list[Column]:
        """The runs of a method that still fall, if it is stable at no step size: more rounds may help them."""
        if self.largest_stable(method, tolerance) is not None:
            return []
        useful = self.falling() & (self["f"][-1] <= self["f"][0])
        return [each for each, falls in zip(self.columns, useful) if each.method == method and falls]

    def save(self, path: str | Path) -> None:
        """Write all as one npz file, whole or not at all; OSError if it cannot be written."""
        told = json.dumps([asdict(column) for column in self.columns])
        arrays = {"round": self.rounds, **self.data}
        described = {"format": FORMAT, "columns": told, "provenance": json.dumps(dict(self.provenance))}
        write_arrays(Path(path), arrays | described)


def _geometric_mean(values: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        means: Array = np.exp(np.log(values).mean(axis=0))
    return means


def nearest(name: str, known: Sequence[str]) -> str:
    """What there is instead of a name that is not known.

    >>> nearest("grad", ["f", "grad2"])
    'did you mean grad2? There are f, grad2'
    """
    from difflib import get_close_matches

    if not known:
        return "there are none"
    near = get_close_matches(name, known, n=1)
    return f"{f'did you mean {near[0]}? ' if near else ''}There are {', '.join(known)}"


def read(path: str | Path) -> Runs:
    """The runs that ``Runs.save`` wrote.

    Raises:
        ValueError: the file is no such one.
        OSError: it cannot be read.
    """
    path = Path(path)
    arrays = read_arrays(path)
    if str(arrays.pop("format", "")) != FORMAT:
        raise ValueError(f"{path.name}: no runs of eftheory are in this file (its format is not {FORMAT})")
    try:
        columns = tuple(Column(**each) for each in json.loads(str(arrays.pop("columns"))))
        provenance = json.loads(str(arrays.pop("provenance")))
        return Runs(arrays.pop("round"), columns, arrays, provenance)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: runs of eftheory, but damaged: {error}") from error


def join(parts: Sequence[Runs], provenance: Mapping[str, Any] | None = None) -> Runs:
    """Runs of several methods with the same rounds as one.

    Raises:
        ValueError: there are none, or their rounds differ.
    """
    if not parts or any(not np.array_equal(part.rounds, parts[0].rounds) for part in parts):
        raise ValueError("only runs with the same recorded rounds can be joined, and at least one")
    names = [name for name in parts[0].data if all(name in part.data for part in parts)]
    data = {name: np.concatenate([part.data[name] for part in parts], axis=1) for name in names}
    columns = tuple(column for part in parts for column in part.columns)
    return Runs(parts[0].rounds, columns, data, parts[0].provenance if provenance is None else provenance)
