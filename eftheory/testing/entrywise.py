"""C(v) where each entry has a draw of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from eftheory.testing.measure import Measured
from eftheory.testing.rationals import Rationals


@dataclass(frozen=True)
class Entrywise(Measured):
    """C(v) for all draws, where each entry depends on one of its own: there is no list of messages, ``law`` is empty.

    Attributes:
        entries: of each, the probabilities and the values.
    """

    entries: list[list[tuple[Fraction, Fraction]]] = field(default_factory=list)

    @cached_property
    def error(self) -> Fraction:
        """E ||C(v) - v||^2, the sum over the entries."""
        return self._total(lambda c, x: (c - x) ** 2)

    @cached_property
    def sent(self) -> Fraction:
        """E ||C(v)||^2."""
        return self._total(lambda c, x: c * c)

    @property
    def mean(self) -> list[Fraction]:
        """E C(v)."""
        return [sum((p * c for p, c in entry), Fraction(0)) for entry in self.entries]

    @property
    def sizes(self) -> list[Fraction]:
        """E |C(v)_j|."""
        return [sum((p * abs(c) for p, c in entry), Fraction(0)) for entry in self.entries]

    @property
    def listed(self) -> str:
        """What was listed, in words."""
        return "the outcomes of each entry listed"

    def _total(self, of: Callable[[Fraction, Fraction], Fraction]) -> Fraction:
        parts = [sum((p * of(c, x) for p, c in entry), Fraction(0)) for entry, x in zip(self.entries, self.vector)]
        total = Rationals.of(parts)
        return Fraction(sum(total.numerators), total.denominator)
