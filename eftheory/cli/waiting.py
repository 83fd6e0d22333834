"""What a person sees who waits."""

from __future__ import annotations

from rich.console import Console
from rich.status import Status


def waiting(what: str) -> Status:
    """While it is open, a person at a terminal sees on standard error what takes so long; nobody else does."""
    return Console(stderr=True).status(what)
