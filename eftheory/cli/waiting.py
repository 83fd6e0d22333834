"""What a person sees who waits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.status import Status


@contextmanager
def waiting(what: str) -> Iterator[Status]:
    """While it is open, a person at a terminal sees on standard error what takes so long, and what is logged of it;
    nobody else does.
    """
    log = logging.getLogger("eftheory")
    with Console(stderr=True).status(what) as status:
        news, level = _News(status, what), log.level
        log.addHandler(news)
        log.setLevel(min(logging.INFO, log.getEffectiveLevel()))
        try:
            yield status
        finally:
            log.removeHandler(news)
            log.setLevel(level)


class _News(logging.Handler):
    """Shows what is logged beside what is waited for."""

    def __init__(self, status: Status, what: str) -> None:
        super().__init__(logging.INFO)
        self.status, self.what = status, what

    def emit(self, record: logging.LogRecord) -> None:
        """Show the newest line only."""
        self.status.update(f"{self.what}: {escape(record.getMessage().partition(chr(10))[0][:100])}")
