"""What a person sees who waits."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

FIRST, LONGEST = 2.0, 60.0
"""Seconds until the first line where nobody watches a terminal, and between two lines at most."""

Show = Callable[[str], None]
"""Says how far it is."""


@contextmanager
def waiting(what: str) -> Iterator[Show]:
    """While it is open, standard error tells what takes so long, and the newest of what is logged of it.

    A terminal shows it at once, in one line that changes; elsewhere there is a line after two seconds, and then every
    so often.
    """
    log = logging.getLogger("eftheory")
    with (_at_terminal if sys.stderr.isatty() else _in_lines)(what) as show:
        news, level = _News(show, what), log.level
        log.addHandler(news)
        log.setLevel(min(logging.INFO, log.getEffectiveLevel()))
        try:
            yield show
        finally:
            log.removeHandler(news)
            log.setLevel(level)


@contextmanager
def _at_terminal(what: str) -> Iterator[Show]:
    from rich.console import Console  # here, since pipes need not wait for it
    from rich.markup import escape

    with Console(stderr=True).status(escape(what)) as status:
        yield lambda text: status.update(escape(text))


@contextmanager
def _in_lines(what: str) -> Iterator[Show]:
    newest, ended, began = [what], Event(), monotonic()

    def tell() -> None:
        pause = FIRST
        while not ended.wait(pause):
            print(f"eftheory: {newest[-1]} ({monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
            pause = min(2 * pause, LONGEST)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield lambda text: newest.__setitem__(0, text)
    finally:
        ended.set()
        teller.join()


class _News(logging.Handler):
    """Shows what is logged beside what is waited for."""

    def __init__(self, show: Show, what: str) -> None:
        super().__init__(logging.INFO)
        self.show, self.what = show, what

    def emit(self, record: logging.LogRecord) -> None:
        """Show the newest line only."""
        self.show(f"{self.what}: {record.getMessage().partition(chr(10))[0][:100]}")
