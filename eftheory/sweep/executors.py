"""Ways to settle many cases: one after the other, or in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from eftheory.sweep.case import Case
from eftheory.sweep.outcome import Outcome

Executor = Callable[[Callable[[Case], Outcome], Sequence[Case]], Iterator[Outcome]]
"""Applies a function to all cases; the outcomes come in the order of the cases."""


def in_process(settle: Callable[[Case], Outcome], cases: Sequence[Case]) -> Iterator[Outcome]:
    """One case after the other, in this process."""
    return map(settle, cases)


def processes(workers: int) -> Executor:
    """The executor with so many processes, which are started afresh."""

    def execute(settle: Callable[[Case], Outcome], cases: Sequence[Case]) -> Iterator[Outcome]:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(settle, cases)

    return execute
