"""What every class of functions says about itself; nothing here runs, it is there for types and readers."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from eftheory.assumptions.fact import Fact, Inner, Point


class FunctionClass(Protocol):
    """Functions whose gradients obey some inequalities: a frozen dataclass, its fields the constants.

    The inequalities should be sufficient for a function of the class to pass through the points
    [TaylorHendrickxGlineur2017]; if they are only valid, bounds hold and are loose.
    """

    name: ClassVar[str]  # in words and in certificates
    sentence: ClassVar[str]  # what is assumed, as a hypothesis

    @property
    def L(self) -> Fraction:
        """The greatest h for which h/2 x^2 is of the class."""

    @property
    def mu(self) -> Fraction:
        """The least h for which h/2 x^2 is of the class."""

    def parametrise(self, move: Any, free: Any) -> Any:
        """By how much the gradient changes on a ``move`` from the first point; linear in both, and ``free`` is free."""

    def facts(self, a: Point, b: Point, inner: Inner, *, values: bool) -> Iterator[Fact]:
        """All that is known of two points, the second one new; with ``values`` what holds of function values too."""

    def interpolate(self, low: Point, high: Point, inner: Inner) -> Any:
        """How far the value at ``high`` exceeds its lower bound from ``low``, zero where they are one point.

        Raises:
            ValueError: the class knows no such bound.
        """

    def contains_curvature(self, h: Fraction) -> bool:
        """Whether h/2 x^2 is of the class, and so are sums of such functions of different coordinates."""

    def __hash__(self) -> int: ...
