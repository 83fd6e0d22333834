"""What every experiment says about itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eftheory.simulate.experiments.chart import Chart
from eftheory.simulate.problems.finite_sum import FiniteSum
from eftheory.simulate.runs import TOLERANCE, Runs

Show = Callable[[str], None]
"""Says how far it is."""


def say_nothing(text: str) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Source:
    """Data on which an experiment runs, split over agents.

    Attributes:
        name: as pictures show it; files are named after it.
        problem: the functions.
    """

    name: str
    problem: FiniteSum


@dataclass(frozen=True)
class Figure:
    """One picture and what is to be said of it.

    Attributes:
        name: of its files, without suffix.
        runs: what is drawn, and kept.
        title: above it.
        notes: sentences below it; of what is measured only.
        tolerance: below which a run is stable.
        shown, against: the columns that are drawn, as in ``plot_runs``.
    """

    name: str
    runs: Runs
    title: str
    notes: Sequence[str] = ()
    tolerance: float = TOLERANCE
    shown: str = "grad2"
    against: str = "bits_up"


@dataclass(frozen=True)
class Request:
    """What somebody wants of an experiment.

    Attributes:
        data: paths or names of data; empty for those that scikit-learn bundles.
        rounds: how many; the experiment's own number by default.
        show: is told how far it is.
    """

    data: Sequence[str] = ()
    rounds: int | None = None
    show: Show = say_nothing


@dataclass(frozen=True)
class Experiment:
    """One experiment.

    Attributes:
        name: as it is typed.
        says: in one sentence, what is compared with what.
        source: where it was published; a key of references.bib, and a place in it.
        run: makes its figures.
        takes_data: whether it runs on data that are asked for.
    """

    name: str
    says: str
    source: str
    run: Callable[[Request], Sequence[Figure | Chart]]
    takes_data: bool = False
