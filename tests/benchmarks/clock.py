"""Least times of repeated runs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

_T = TypeVar("_T")
_ENOUGH = 2.0  # seconds of runs after which no more are made


def best(action: Callable[[], object], repeats: int = 20) -> float:
    """The least time of several runs, in seconds."""
    return min(_time(action)[0] for _ in range(repeats))


def warm(action: Callable[[], _T], repeats: int = 10) -> tuple[float, _T]:
    """The least time after one untimed run, in seconds, and what that run returned; few runs if they are long."""
    action()
    times: list[tuple[float, _T]] = []
    while not times or (len(times) < repeats and sum(seconds for seconds, _ in times) < _ENOUGH):
        times.append(_time(action))
    return min(times, key=lambda run: run[0])


def alternately(*actions: Callable[[], object], repeats: int) -> list[float]:
    """The least time of each action, run in turn, so that whatever else the machine does strikes all alike."""
    runs = [[_time(action)[0] for action in actions] for _ in range(repeats)]
    return [min(times) for times in zip(*runs)]


def medians(*actions: Callable[[], object], repeats: int) -> list[float]:
    """The median time of each action, run in turn, in seconds."""
    runs = [[_time(action)[0] for action in actions] for _ in range(repeats)]
    return [median(times) for times in zip(*runs)]


def cold(code: str, repeats: int = 5) -> float:
    """The least time of a fresh Python that runs the code, in seconds."""
    return best(lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True), repeats)


def _time(action: Callable[[], _T]) -> tuple[float, _T]:
    started = time.perf_counter()
    returned = action()
    return time.perf_counter() - started, returned
