"""What is to be told of a certification besides its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Journal:
    """Remarks in the order in which they came up, and the time spent, by stage.

    >>> journal = Journal()
    >>> with journal.timed("check"):
    ...     journal.note("done")
    >>> journal.notes, journal.seconds["check"] > 0
    (['done'], True)
    """

    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("step", "search", "round", "check"), 0.0))

    def note(self, *remarks: str) -> None:
        """Add remarks; an empty one says nothing."""
        self.notes += filter(None, remarks)

    def spend(self, seconds: dict[str, float]) -> None:
        """Add times that others took."""
        for stage, spent in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the block takes."""
        started = perf_counter()
        yield
        self.spend({stage: perf_counter() - started})
