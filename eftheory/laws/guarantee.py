"""What a contraction constant buys: step sizes, rates, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.laws.contraction import beta, theta, xi
from eftheory.laws.ef21 import ef21_nonconvex_step_size, ef21_pl_rate, ef21_pl_step_size
from eftheory.laws.iterations import iterations_to_accuracy
from eftheory.laws.kinds import Number
from eftheory.laws.tight import optimal_step_size, tight_rate


@dataclass(frozen=True)
class Guarantee:
    """EF21's theorems, put together for one alpha; equal agents, any number of them.

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        L: smoothness constant of every f_i, positive; unit of f over unit of x squared.
        mu: strong convexity constant of every f_i (PL constant of f in the PL theorem), 0 < mu <= L; same unit.
        accuracy: the factor by which what a theorem bounds is to shrink, 0 < accuracy < 1.
        bits: of a message, positive; or None.

    Raises:
        ValueError: a parameter is out of range.

    >>> found = Guarantee(Fraction(3, 4), L=1, mu=Fraction(1, 10))
    >>> found.tight_step_size, found.tight_iterations, found.pl_iterations
    (Fraction(20, 33), 113, 327)
    """

    alpha: Number
    L: Number = Fraction(1)
    mu: Number = Fraction(1, 100)
    accuracy: Number = Fraction(1, 10**6)
    bits: Number | None = None

    def __post_init__(self) -> None:
        if not 0 < self.accuracy < 1:
            raise ValueError(f"accuracy={self.accuracy}: the accuracy is a factor between 0 and 1")
        if self.bits is not None and not self.bits > 0:
            raise ValueError(f"bits={self.bits}: a message takes a positive number of bits")
        ef21_pl_step_size(self.L, self.L, mu=self.mu, alpha=self.alpha)  # refuses the others

    @property
    def theta(self) -> Number:
        """How fast the estimates forget: 1 - sqrt(1 - alpha)."""
        return theta(self.alpha)

    @property
    def beta(self) -> Number:
        """What a move of x adds to their errors: (1 - alpha) / theta."""
        return beta(self.alpha)

    @property
    def xi(self) -> Number:
        """sqrt(beta / theta)."""
        return xi(self.alpha)

    @property
    def nonconvex_step_size(self) -> Number:
        """The step size of EF21's nonconvex theorem."""
        return ef21_nonconvex_step_size(self.L, self.L, alpha=self.alpha)

    @property
    def nonconvex_iterations(self) -> Number:
        """2/(step L): as many times L (f(x0) - inf f)/eps^2 steps reach E ||grad f||^2 <= eps^2 from d_i = grad f_i."""
        return 2 / (self.nonconvex_step_size * self.L)

    @property
    def pl_step_size(self) -> Number:
        """The step size of EF21's PL theorem."""
        return ef21_pl_step_size(self.L, self.L, mu=self.mu, alpha=self.alpha)

    @property
    def pl_rate(self) -> Number:
        """The rate of f - f* + (step/theta) G in EF21's PL theorem."""
        return ef21_pl_rate(self.L, self.L, mu=self.mu, alpha=self.alpha)

    @property
    def pl_iterations(self) -> int:
        """Steps until what the PL theorem bounds has shrunk by ``accuracy``."""
        return int(iterations_to_accuracy(self.pl_rate, self.accuracy))

    @property
    def tight_step_size(self) -> Number:
        """The best for strongly convex f_i."""
        return optimal_step_size(self.L, self.mu, alpha=self.alpha)

    @property
    def tight_rate(self) -> Number:
        """The worst-case rate at that step, exact."""
        return tight_rate(self.L, self.mu, alpha=self.alpha)

    @property
    def tight_iterations(self) -> int:
        """Steps t until tight_rate^t <= ``accuracy``."""
        return int(iterations_to_accuracy(self.tight_rate, self.accuracy))

    @property
    def tight_bits(self) -> Number | None:
        """Bits each agent sends in ``tight_iterations`` steps."""
        return None if self.bits is None else self.tight_iterations * self.bits
