"""Ways to settle many cases: one after the other, in several processes, or on a Dask cluster."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

Executor = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[tuple[int, Any]]]
"""Applies a function to all cases; yields each outcome when it is there, after the place of its case."""


def in_process(settle: Callable[[Any], Any], cases: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """One case after the other, in this process."""
    return enumerate(map(settle, cases))


def processes(workers: int) -> Executor:
    """The executor with so many processes, which are started afresh; what nobody waits for any more is not begun."""

    def execute(settle: Callable[[Any], Any], cases: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)
        try:
            places = {pool.submit(settle, case): place for place, case in enumerate(cases)}
            for done in as_completed(places):
                yield places[done], done.result()
        finally:
            pool.shutdown(cancel_futures=True)

    return execute


def _follow_parent() -> None:
    """End with the process that was started by hand, even if it is killed; Ctrl-C is for that one, which tells us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def on_dask(address: str) -> Executor:
    """The executor on a Dask cluster that runs already, by the address of its scheduler.

    Raises:
        ImportError: dask is not installed.
        ValueError: nobody answers there.
    """
    try:
        from dask.distributed import Client
        from dask.distributed import as_completed as completed
    except ImportError as error:
        raise ImportError("--dask needs dask: pip install 'eftheory[sweep]'") from error

    def execute(settle: Callable[[Any], Any], cases: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        try:
            client = Client(address, timeout=10)
        except (OSError, ValueError) as error:
            raise ValueError(f"dask={address[:80]!r}: no scheduler answers there: {error}") from None
        with client:
            futures = client.map(settle, cases, pure=False)  # what is asked again is computed again, as everywhere
            places = {future.key: place for place, future in enumerate(futures)}
            for future in completed(futures):
                yield places[future.key], future.result()

    return execute
