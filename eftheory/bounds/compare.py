"""Methods side by side on the same agents, and which of two is proved to be faster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from eftheory.bounds.result import Certification
from eftheory.check import INCONCLUSIVE, PROVED, REFUTED
from eftheory.claims import LOWER, UPPER
from eftheory.laws.iterations import iterations_to_accuracy


@dataclass(frozen=True)
class Compared:
    """A method's proved bounds.

    Attributes:
        name: as it was asked for.
        found: what is proved of it.
    """

    name: str
    found: Certification

    @property
    def upper(self) -> Fraction | None:
        """What its rate is proved to be at most; None of a bound on a sum, of one with noise, or of none."""
        said = self.found.guarantee
        return None if said and (said.sums or said.noise) else self.found.rate(UPPER)

    @property
    def lower(self) -> Fraction | None:
        """What its rate is proved to be at least, in the worst case; or None."""
        return self.found.rate(LOWER)

    @property
    def asks(self) -> frozenset[str]:
        """What its bounds grant of minimisers beyond the agents' constants; one agent has one minimiser anyway."""
        setting = self.found.setting
        return frozenset(each.minimiser for each in setting.hypotheses if each.minimiser and setting.n_agents > 1)

    def rounds(self, accuracy: Fraction) -> int | None:
        """After how many rounds what falls is proved to be at most so much of what it was at the start; or None."""
        constant = self.found.constant  # None of a general bound: it starts from other quantities than what falls
        if self.upper is None or self.upper >= 1 or constant is None:
            return None
        return int(iterations_to_accuracy(self.upper, accuracy, constant=constant))


def is_faster(one: Compared, other: Compared) -> str:
    """Whether one method has a smaller worst-case rate than another, each at its own step size.

    Proved if its upper bound is below the lower bound of the other; refuted if its lower bound is at least the upper
    bound of the other; else nothing is proved. An upper bound that asks more of the functions, as a common minimiser,
    than a lower one decides nothing: the worst functions of the one need not be among those of the other.
    """
    if one.upper is not None and other.lower is not None and one.upper < other.lower and one.asks <= other.asks:
        return PROVED
    if one.lower is not None and other.upper is not None and one.lower >= other.upper and other.asks <= one.asks:
        return REFUTED
    return INCONCLUSIVE


def rank(methods: Sequence[Compared]) -> Iterator[tuple[Compared, Compared]]:
    """The pairs of which the first is proved to be faster than the second."""
    return (pair for pair in permutations(methods, 2) if is_faster(*pair) == PROVED)


def in_groups(methods: Sequence[Compared]) -> Mapping[str, list[str]]:
    """Of each method those that it is proved to be faster than, by their names."""
    found: dict[str, list[str]] = {each.name: [] for each in methods}
    for one, other in rank(methods):
        found[one.name].append(other.name)
    return found
