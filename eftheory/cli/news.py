"""What is logged, shown beside what a person waits for."""

from __future__ import annotations

import logging

from rich.markup import escape
from rich.status import Status


class News(logging.Handler):
    """Shows what is logged beside what is waited for."""

    def __init__(self, status: Status, what: str) -> None:
        super().__init__(logging.INFO)
        self.status, self.what = status, what

    def emit(self, record: logging.LogRecord) -> None:
        """Show the newest line only."""
        self.status.update(f"{self.what}: {escape(record.getMessage().partition(chr(10))[0][:100])}")
