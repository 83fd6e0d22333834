"""What to say when hypothesis is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs_hypothesis() -> Iterator[None]:
    """Around imports of hypothesis.

    Raises:
        ImportError: it is not there; the message is the line that installs it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "hypothesis":
            raise ImportError("hypothesis is not installed: pip install hypothesis") from None
        raise
