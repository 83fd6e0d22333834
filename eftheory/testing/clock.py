"""The time that a test of a compressor may take, shared out fairly."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")

SCHEDULED = Path("/proc/thread-self/schedstat")
"""Nanoseconds in which this thread ran, and was ready to."""

REFRESHED = 0.05
"""Seconds for which what stands there is remembered, since to read it takes longer than many a compressor."""


class Waited:
    """Seconds in which this thread ran or slept: what a person waits for, and others on the machine do not change.

    That is the time that passes, without that in which the thread was ready and others had the processor; Linux tells
    how long that was. Elsewhere it is the time that passes.
    """

    def __init__(self) -> None:
        self._read, self._queued = -math.inf, 0.0

    def __call__(self) -> float:
        now = monotonic()
        if now - self._read > REFRESHED:
            self._read = now
            with suppress(OSError, ValueError, IndexError):
                self._queued = int(SCHEDULED.read_bytes().split()[1]) / 10**9
        return now - self._queued


class Clock:
    """Ends loops when the time is up, and remembers what they left out.

    Args:
        seconds: that everything may take, about; None: no limit.
        now: reads the time; see ``Waited``.

    >>> clock = Clock(None)
    >>> list(clock.within([1, 2], "draws")), clock.left_out
    ([1, 2], '')
    """

    def __init__(self, seconds: float | None = None, now: Callable[[], float] | None = None) -> None:
        self._now = Waited() if now is None else now
        self._end = math.inf if seconds is None else self._now() + seconds
        self._missed: Counter[str] = Counter()
        self._done: Counter[str] = Counter()

    def is_up(self) -> bool:
        """Whether the time of the task at hand is over."""
        return self._end < math.inf and self._now() >= self._end

    def within(self, items: Iterable[Item], what: str, *, least: int = 1) -> Iterator[Item]:
        """The items, as many as there is time for, and at least so many.

        Args:
            items: of a loop.
            what: they are, as in "12 of 40 vectors".
            least: how many are taken although the time is up.
        """
        listed = items if isinstance(items, Sequence) else list(items)
        for place, item in enumerate(listed):
            if place >= least and self.is_up():
                self._missed[what] += len(listed) - place
                return
            self._done[what] += 1
            yield item

    def shared(self, items: Iterable[Item], what: str, *, least: int = 1) -> Iterator[Item]:
        """The items as by ``within``; none may take more than its share of the time that is left."""
        listed = list(items)
        end = self._end
        try:
            for place, item in enumerate(self.within(listed, what, least=least)):
                self._end = self._after(end, 1 / (len(listed) - place))
                yield item
                self._end = end
        finally:
            self._end = end

    @contextmanager
    def part(self, part: float) -> Iterator[None]:
        """Give what happens inside only a part of the time that is left."""
        end = self._end
        self._end = self._after(end, part)
        try:
            yield
        finally:
            self._end = end

    def _after(self, end: float, part: float) -> float:
        return end if end == math.inf else self._now() + part * max(end - self._now(), 0.0)

    def start(self) -> None:
        """Forget what was left out before."""
        self._missed.clear()
        self._done.clear()

    @property
    def left_out(self) -> str:
        """What there was time for since the start, as "12 of 40 vectors", or nothing if for all."""
        each = [f"{self._done[what]} of {self._done[what] + missed} {what}" for what, missed in self._missed.items()]
        return " and ".join(each)
