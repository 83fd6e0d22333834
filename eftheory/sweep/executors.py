"""Ways to settle many cases: one after the other, or in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

Executor = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
"""Applies a function to all cases; the outcomes come in the order of the cases."""


def in_process(settle: Callable[[Any], Any], cases: Sequence[Any]) -> Iterator[Any]:
    """One case after the other, in this process."""
    return map(settle, cases)


def processes(workers: int) -> Executor:
    """The executor with so many processes, which are started afresh."""

    def execute(settle: Callable[[Any], Any], cases: Sequence[Any]) -> Iterator[Any]:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(settle, cases)

    return execute
