"""L-smooth and mu-strongly convex functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from eftheory.assumptions.fact import Fact, Inner, Point
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class SmoothStronglyConvex:
    """Functions f for which f - mu/2 ||x||^2 is convex and (L-mu)-smooth; 0 <= mu <= L, L > 0.

    Equivalently grad f(x) = (L+mu)/2 x + (L-mu)/2 r(x), where for all x, x', with dx = x - x' and
    dr = r(x) - r(x'),

        ||dr||^2 <= ||dx||^2,                                                          (two-point)
        f(x) - f(x') - <grad f(x'), dx> >= (L+3mu)/8 ||dx||^2 + (L-mu)/4 <dx, dr> + (L-mu)/8 ||dr||^2.

    The second one is the interpolation inequality of the class; the first is the sum of two of
    them, divided by (L-mu)/4. Written so, nothing is divided by L - mu.

    References:
        [TaylorHendrickxGlineur2017], Theorem 4.
    """

    L: Fraction
    mu: Fraction

    name: ClassVar[str] = "smooth strongly convex"
    sentence: ClassVar[str] = "every f_i is L-smooth and mu-strongly convex with its agent's constants"

    def __post_init__(self) -> None:
        object.__setattr__(self, "L", exact("L", self.L))
        object.__setattr__(self, "mu", exact("mu", self.mu))
        require(self.L > 0, f"L={self.L}: the smoothness constant must be positive")
        require(*self._enough())
        require(self.mu <= self.L, f"mu={self.mu}, L={self.L}: mu must not exceed L; swap the two?")

    def _enough(self) -> tuple[bool, str]:
        """Whether mu is large enough, and what to say if it is not."""
        told = f"mu={self.mu}: the strong convexity constant must not be negative; mu=0 means convex"
        return self.mu >= 0, f"{told}; negative curvature is for nonconvex or weakly convex functions, class smooth"

    @property
    def centre(self) -> Fraction:
        """(L + mu) / 2."""
        return (self.L + self.mu) / 2

    @property
    def radius(self) -> Fraction:
        """(L - mu) / 2."""
        return (self.L - self.mu) / 2

    def parametrise(self, move: Any, free: Any) -> Any:
        return self.centre * move + self.radius * free

    def facts(self, a: Point, b: Point, inner: Inner, *, values: bool) -> Iterator[Fact]:
        if values:
            yield Fact("interpolation {} above {}", (b.number, a.number), self.interpolate(a, b, inner))
            yield Fact("interpolation {} above {}", (a.number, b.number), self.interpolate(b, a, inner))
        else:
            move, turn = b.x - a.x, b.free - a.free
            yield Fact("interpolation {} {}", (a.number, b.number), inner(move, move) - inner(turn, turn))

    def interpolate(self, low: Point, high: Point, inner: Inner) -> Any:
        move, turn = high.x - low.x, high.free - low.free
        slope = low.gradient + (self.L + 3 * self.mu) / 8 * move + self.radius / 2 * turn  # one product is fast
        return high.value - low.value - inner(slope, move) - self.radius / 4 * inner(turn, turn)

    def contains_curvature(self, h: Fraction) -> bool:
        """Whether mu <= h <= L."""
        return self.mu <= h <= self.L
