"""Smooth strongly convex functions with known constants, as hypothesis draws them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

KINDS = ("quadratic", "huber", "log cosh")


@dataclass(frozen=True, eq=False)
class SeparableFunction:
    """f(x) = sum_k phi_k(<q_k, x - centre>): L-smooth, mu-strongly convex, least at the centre, where f = 0.

    phi_k(y) is h_k y^2/2 with mu <= h_k <= L, or mu y^2/2 + (L - mu) times Huber's function or
    log cosh, both of curvature between 0 and 1; the q_k are orthonormal.

    Args:
        L: smoothness constant.
        mu: strong convexity constant, 0 <= mu <= L.
        axes: the q_k, one a row, shape (d, d).
        centre: the minimiser, shape (d,).
        kinds: of each phi_k, from ``KINDS``.
        curvatures: the h_k, used where phi_k is quadratic.
    """

    L: Fraction
    mu: Fraction
    axes: np.ndarray
    centre: np.ndarray
    kinds: tuple[str, ...]
    curvatures: np.ndarray

    def value(self, x: np.ndarray) -> float:
        """f(x)."""
        y = self.axes @ (x - self.centre)
        size, mu, rest = np.abs(y), float(self.mu), float(self.L - self.mu)
        huber = np.where(size <= 1, y * y / 2, size - 0.5)
        log_cosh = np.logaddexp(y, -y) - np.log(2)
        smooth = np.where(np.array(self.kinds) == "huber", huber, log_cosh)
        curved = mu * y * y / 2 + rest * smooth
        return float(np.where(np.array(self.kinds) == "quadratic", self.curvatures * y * y / 2, curved).sum())

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """The gradient of f at x."""
        y = self.axes @ (x - self.centre)
        mu, rest = float(self.mu), float(self.L - self.mu)
        smooth = np.where(np.array(self.kinds) == "huber", np.clip(y, -1, 1), np.tanh(y))
        slopes = np.where(np.array(self.kinds) == "quadratic", self.curvatures * y, mu * y + rest * smooth)
        gradient: np.ndarray = self.axes.T @ slopes
        return gradient
