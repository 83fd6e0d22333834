"""Times of actions that are run in turn in one process: medians of CPU time, for which busy machines matter least."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

Seconds = Callable[[], float]


@dataclass(frozen=True)
class Timed:
    """Runs of one action.

    Attributes:
        times: CPU seconds, in the order of the rounds.
        returned: what each run returned.
    """

    times: tuple[float, ...]
    returned: tuple[Any, ...] = ()

    @property
    def seconds(self) -> float:
        """The median."""
        return median(self.times)

    def over(self, other: Timed) -> float:
        """The median of the ratios of both, round by round.

        >>> Timed((1.0, 9.0, 3.0)).over(Timed((1.0, 3.0, 1.5)))
        2.0
        """
        return median(mine / theirs for mine, theirs in zip(self.times, other.times))


def in_turn(
    *actions: Callable[[], object], rounds: int = 25, enough: float = 10.0, clock: Seconds = time.process_time
) -> list[Timed]:
    """Run the actions one after the other, round by round, after one round that is not timed.

    Args:
        actions: what is timed.
        rounds: how many are made.
        enough: seconds of runs after which no more are made, but three are.
        clock: which seconds count.
    """
    for action in actions:
        action()
    runs: list[list[tuple[float, object]]] = []
    while len(runs) < rounds and (len(runs) < 3 or sum(seconds for row in runs for seconds, _ in row) < enough):
        runs.append([_time(action, clock) for action in actions])
    return [Timed(*zip(*column)) for column in zip(*runs)]


def pythons(*calls: list[str], rounds: int) -> list[Timed]:
    """A fresh Python for each call, in turn; with compiled files, which the round that is not timed writes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory() as folder:
        environment = {**kept, "PYTHONPYCACHEPREFIX": folder}
        run = partial(subprocess.run, check=True, capture_output=True, env=environment)
        return in_turn(
            *(partial(run, [sys.executable, *call]) for call in calls), rounds=rounds, enough=1e9, clock=_of_children
        )


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _time(action: Callable[[], object], clock: Seconds) -> tuple[float, object]:
    started = clock()
    returned = action()
    return clock() - started, returned
