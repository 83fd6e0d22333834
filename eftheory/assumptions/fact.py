"""Facts: what the classes of a claim say about the vectors of a step, as inequalities.

They are written for any vectors with + - and rational multiples, and any inner product of two of them, so that the
exact world, proofs, and tests on numbers read the same lines.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

Inner = Callable[[Any, Any], Any]


class Fact(NamedTuple):
    """An inequality that holds on every instance: ``slack`` is never negative."""

    kind: str  # as "interpolation {} above {}"
    about: tuple[int, ...]  # the points, or the message
    slack: Any
    sure: bool = True  # for every outcome; otherwise in expectation, given the past

    @property
    def name(self) -> str:
        """That of its multiplier in a certificate."""
        return self.kind.format(*self.about)


class Point(NamedTuple):
    """What is known of an agent's function at a point."""

    number: int
    x: Any
    gradient: Any
    free: Any  # what is free in the gradient, zero at the first point
    value: Any  # less that at the first point
