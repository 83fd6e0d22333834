"""f itself is smoother, or more convex, than its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from eftheory.assumptions.assumption import Mean, MeanPoint
from eftheory.assumptions.fact import Fact, Inner
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class SmoothMean:
    """f has curvatures between mu and L, whatever those of the f_i are: f - mu/2 ||x||^2 is convex and (L-mu)-smooth.

    With dx = x - x' and dg = grad f(x) - grad f(x'), for all x, x',

        f(x) - f(x') - <grad f(x'), dx> >= (||dg||^2 + mu L ||dx||^2 - 2 mu <dg, dx>) / (2 (L - mu)).

    L > 0, -L <= mu < L. L may be far below the mean of the L_i, and mu above that of the mu_i. With mu > 0 a minimiser
    x* exists, and x' = x*, the best case of x, gives ||grad f(x)||^2 >= 2 mu (f(x) - inf f).

    References:
        [TaylorHendrickxGlineur2017], Theorem 4, and Remark 1 on curvatures of both signs.
    """

    L: Fraction
    mu: Fraction

    name: ClassVar[str] = "smooth mean"
    minimiser: ClassVar[str] = ""
    bounded: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for name in ("L", "mu"):
            object.__setattr__(self, name, exact(f"smooth mean {name}", getattr(self, name)))
        fits = self.L > 0 and -self.L <= self.mu < self.L
        require(fits, f"smooth mean L={self.L}, mu={self.mu}: curvatures of f lie between them, -L <= mu < L, L > 0")

    @property
    def sentence(self) -> str:
        """What is assumed, with its constants."""
        return f"f = mean f_i has curvatures between {self.mu} and {self.L}, whatever those of the f_i are"

    def facts(self, at: MeanPoint, inner: Inner) -> Iterator[Fact]:
        meet = self.mu <= at.L and at.mu <= self.L
        require(
            meet, f"smooth mean L={self.L}, mu={self.mu}: curvatures of f lie between {at.mu} and {at.L}, so none fits"
        )
        if self.mu > 0:  # then f is least somewhere
            yield Fact("mean pl {}", (at.number,), 1 / (2 * self.mu) * inner(at.gradient, at.gradient) - at.excess)
        for other in at.earlier:
            for low, high in ((other, at), (at, other)):
                yield Fact("mean interpolation {} above {}", (high.number, low.number), self._above(low, high, inner))

    def _above(self, low: MeanPoint, high: MeanPoint, inner: Inner) -> Any:
        """By how much f at ``high`` exceeds its lower bound from ``low``."""
        move, turn = high.x - low.x, high.gradient - low.gradient
        bend = inner(turn, turn - 2 * self.mu * move) + self.mu * self.L * inner(move, move)
        return high.excess - low.excess - inner(low.gradient, move) - 1 / (2 * (self.L - self.mu)) * bend

    def allows(self, curvatures: Sequence[Fraction], mean: Mean) -> bool:
        return self.mu <= mean(curvatures) <= self.L
