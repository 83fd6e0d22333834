"""Quadratics with tridiagonal matrices, which need no matrix: memory grows with n d."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import pi, sin

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.simulate.arithmetic import Array

ROOM = Fraction(1, 2**40)
"""What sines in floats may be off by, and far more."""


@dataclass(frozen=True, eq=False)
class Tridiagonal:
    """f_i(x) = 1/2 <x, (scales_i/4 T + shift I) x> - scales_i/4 firsts_i x_1, T having 2 in its diagonal, -1 beside it.

    T/4 has the eigenvalues sin^2(k pi / (2 (d + 1))), k = 1, ..., d, all between 0 and 1. Agents differ in scales,
    which make their Hessians differ, and in firsts, which move their minimisers.

    Args:
        scales: one for each agent, not all 0.
        firsts: one for each agent.
        shift: added to all curvatures.
        size: d, at least 1.
        noise: E ||n_i||^2 = noise^2 for Gaussian noise n_i in ``noisy_gradients``.

    Raises:
        ValueError: the numbers do not fit.

    References:
        [SzlendakTyurinRichtarik2022], where MARINA with PermK is compared on such functions.

    >>> Tridiagonal([1.0, 3.0], [1.0, 1.0], shift=0.5, size=2).gradients(np.array([2.0, 0.0]))
    array([[ 1.75, -0.5 ],
           [ 3.25, -1.5 ]])
    """

    scales: Sequence[float] | Array
    firsts: Sequence[float] | Array
    shift: float
    size: int
    noise: float = 0.0

    def __post_init__(self) -> None:
        scales, firsts = np.array(self.scales, dtype=float), np.array(self.firsts, dtype=float)
        if scales.ndim != 1 or not len(scales) or scales.shape != firsts.shape or self.size < 1:
            shown = f"scales of shape {scales.shape}, firsts of shape {firsts.shape}, size={self.size}"
            raise ValueError(f"{shown}: give one of each for every agent, and a size of at least 1")
        if not np.isfinite([*scales, *firsts, self.shift, self.noise]).all() or self.noise < 0:
            raise ValueError("scales, firsts, shift and noise are finite, and noise is not negative")
        object.__setattr__(self, "scales", scales)
        object.__setattr__(self, "firsts", firsts)

    @classmethod
    def random(
        cls, n_agents: int, size: int, *, spread: float, mu: float = 1e-6, rng: np.random.Generator, noise: float = 0.0
    ) -> Tridiagonal:
        """Scales 1 + spread xi_i and firsts spread zeta_i - 1, normal xi_i and zeta_i; f is mu-strongly convex.

        Some f_i may be nonconvex; with spread 0 all are equal.
        """
        scales, firsts = 1 + spread * rng.standard_normal(n_agents), spread * rng.standard_normal(n_agents) - 1
        mean, low = float(scales.mean()), _lowest(size)
        return cls(scales, firsts, mu - min(mean * low, mean * (1 - low)), size, noise)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.scales)

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return self.size

    @cached_property
    def agents(self) -> tuple[AgentType, ...]:
        """L_i, and mu_i, which may be negative."""
        return tuple(AgentType(functions=Smooth(*_range(scale, self.shift, self.size))) for scale in self.scales)

    @cached_property
    def L(self) -> Fraction:
        """A smoothness constant of f."""
        return _range(float(np.mean(self.scales)), self.shift, self.size)[0]

    @cached_property
    def hessian_spread(self) -> float:
        """L_pm, with (1/n) sum_i ||grad f_i(x) - grad f_i(y)||^2 - ||grad f(x) - grad f(y)||^2 <= L_pm^2 ||x - y||^2.

        It is the standard deviation of the scales, times an eigenvalue of T/4, which is below 1.
        """
        return float(np.std(self.scales))

    def gradients(self, x: Array) -> Array:
        """All gradients grad f_i(x), shape (n, d)."""
        gradients: Array = self.gradients_at(x[None])[:, 0]
        return gradients

    def gradients_at(self, x: Array) -> Array:
        """All gradients at many points, shape (n, R, d)."""
        scales, firsts = np.asarray(self.scales)[:, None], np.asarray(self.firsts)[:, None]
        gradients: Array = scales[:, None] * (_second_differences(x) / 4) + self.shift * x
        gradients[:, :, 0] -= scales * firsts / 4
        return gradients

    def local_gradients_at(self, w: Array) -> Array:
        """The gradients grad f_i(w_i), shape (n, R, d)."""
        scales, firsts = np.asarray(self.scales)[:, None], np.asarray(self.firsts)[:, None]
        gradients: Array = scales[:, None] * (_second_differences(w) / 4) + self.shift * w
        gradients[:, :, 0] -= scales * firsts / 4
        return gradients

    def noisy_gradients(self, x: Array, rng: np.random.Generator) -> Array:
        """With Gaussian noise; ValueError if there is none."""
        if self.noise == 0:
            raise ValueError("the method takes gradients with noise, and the problem has none: noise=...")
        drawn = rng.standard_normal((self.n_agents, self.size))
        noisy: Array = self.gradients(x) + self.noise / self.size**0.5 * drawn
        return noisy

    def value(self, x: Array) -> float:
        """f(x)."""
        return float(self.values_at(x[None])[0])

    def values_at(self, x: Array) -> Array:
        """The values of f at many points, one a row."""
        scale, first = np.mean(self.scales), np.mean(np.asarray(self.scales) * self.firsts)
        curved = scale / 4 * _second_differences(x) + self.shift * x
        values: Array = (x * curved).sum(axis=-1) / 2 - first / 4 * x[:, 0]
        return values

    @cached_property
    def minimiser(self) -> Array:
        """The solution of a tridiagonal system.

        Raises:
            NoMinimiserError: f is not strongly convex.
        """
        from scipy.linalg import LinAlgError, solveh_banded

        from eftheory.simulate.problems.newton import NoMinimiserError

        scale, right = float(np.mean(self.scales)), np.zeros(self.size)
        right[0] = np.mean(np.asarray(self.scales) * self.firsts) / 4
        bands = np.array([np.full(self.size, -scale / 4), np.full(self.size, scale / 2 + self.shift)])
        try:
            found: Array = solveh_banded(bands, right)
        except LinAlgError:
            raise NoMinimiserError("f is not strongly convex: it has no minimiser, or many") from None
        return found

    @cached_property
    def least(self) -> float:
        """The least value of f."""
        return self.value(self.minimiser)


def _second_differences(x: Array) -> Array:
    """T x along the last axis."""
    found = 2 * x
    found[..., 1:] -= x[..., :-1]
    found[..., :-1] -= x[..., 1:]
    return found


def _lowest(size: int) -> float:
    """The least eigenvalue of T/4; the greatest is 1 minus it."""
    return sin(pi / (2 * (size + 1))) ** 2


def _range(scale: float, shift: float, size: int) -> tuple[Fraction, Fraction]:
    """L and mu: scale times eigenvalues of T/4, between the least and 1, plus the shift."""
    low = Fraction(_lowest(size)) * (1 - ROOM)
    ends = sorted((Fraction(scale) * low + Fraction(shift), Fraction(scale) + Fraction(shift)))
    return max(abs(ends[0]), abs(ends[1])), ends[0]
