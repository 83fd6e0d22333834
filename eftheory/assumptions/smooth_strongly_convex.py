"""L-smooth and mu-strongly convex functions."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import exact, require
from eftheory.exact.form import Form


@dataclass(frozen=True)
class SmoothStronglyConvex:
    """Functions f for which f - mu/2 ||x||^2 is convex and (L-mu)-smooth; 0 <= mu <= L, L > 0.

    Equivalently grad f(x) = (L+mu)/2 x + (L-mu)/2 r(x), where for all x, x', with dx = x - x' and
    dr = r(x) - r(x'),

        ||dr||^2 <= ||dx||^2,                                                          (two-point)
        f(x) - f(x') - <grad f(x'), dx> >= (L+3mu)/8 ||dx||^2 + (L-mu)/4 <dx, dr> + (L-mu)/8 ||dr||^2.

    The second line is the interpolation inequality of the class; the first is the sum of two of
    them, divided by (L-mu)/4. Written so, nothing is divided by L - mu.

    References:
        [TaylorHendrickxGlineur2017], Theorem 4.
    """

    L: Fraction
    mu: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "L", exact("L", self.L))
        object.__setattr__(self, "mu", exact("mu", self.mu))
        require(self.L > 0, f"L={self.L}: the smoothness constant must be positive")
        require(self.mu >= 0, f"mu={self.mu}: the strong convexity constant must not be negative; mu=0 means convex")
        require(self.mu <= self.L, f"mu={self.mu}, L={self.L}: mu must not exceed L; swap the two?")

    @property
    def centre(self) -> Fraction:
        """(L + mu) / 2."""
        return (self.L + self.mu) / 2

    @property
    def radius(self) -> Fraction:
        """(L - mu) / 2."""
        return (self.L - self.mu) / 2

    def two_point_slack(self, moved: Form, turned: Form) -> Form:
        """||dx||^2 - ||dr||^2, nonnegative for every pair of points."""
        return moved - turned

    def one_sided_slack(self, excess: Form, moved: Form, aligned: Form, turned: Form) -> Form:
        """How much f(x) - f(x') - <grad f(x'), dx> (``excess``) exceeds its lower bound."""
        bound = [((self.L + 3 * self.mu) / 8, moved), (self.radius / 2, aligned), (self.radius / 4, turned)]
        return excess - Form.sum(bound)

    def contains_curvature(self, h: Fraction) -> bool:
        """Whether h/2 x^2 is of the class: mu <= h <= L."""
        return self.mu <= h <= self.L
