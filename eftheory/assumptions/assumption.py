"""What a claim may assume of f = (1/n) sum_i f_i, beside the agents' classes; nothing here runs, it is for readers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, Protocol

from eftheory.assumptions.fact import Fact, Inner

Mean = Callable[[Iterable[Fraction]], Fraction]  # over agents, of one number for each type


class MeanPoint(NamedTuple):
    """What is known of f at a point."""

    number: int
    gradient: Any  # mean_i grad f_i
    mean_square: Any  # mean_i ||grad f_i||^2
    excess: Any  # f - inf f
    L: Fraction  # f is L-smooth: the mean of the agents' constants, or less where that is assumed
    x: Any
    mu: Fraction  # f has no curvature below it: the mean of the agents' constants
    earlier: tuple["MeanPoint", ...] = ()  # the points before it


class Assumption(Protocol):
    """A hypothesis on f: a frozen dataclass, its fields the constants.

    Its inequalities are valid, and in general not sufficient for functions f_i with these values to exist: bounds hold,
    and may be loose.
    """

    name: ClassVar[str]  # in words and in certificates

    @property
    def sentence(self) -> str:
        """What is assumed."""

    minimiser: ClassVar[str]  # the x* it grants: "" none, of all f_i, or of the mean, see ``Hypothesis``
    bounded: ClassVar[bool]  # whether it says that f is bounded below

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        """What is known at each point; constants that are symbols stand among the function values."""

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        """Whether functions h/2 x^2, with one of these curvatures h for each type, meet it; the sum of two such
        choices, in different coordinates, then does too.
        """
