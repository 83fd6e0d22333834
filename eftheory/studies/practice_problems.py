"""Random quadratics whose constants are known, some of them not convex, for runs beside theorems."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.simulate.arithmetic import Array

SAFE = 1 + 1e-9
"""Constants are eigenvalues in floats, and rounded up by this."""
SHARE = Fraction(1, 10)
"""Of Young's inequality, in the constants of the functional inequality."""


@dataclass(frozen=True, eq=False)
class Functions:
    """f_i(x) = <x, A_i x>/2 - <b_i, x>, with a convex mean f, noise in samples, and psi a multiple of the 1-norm.

    Args:
        hessians: the symmetric A_i, shape (n, d, d).
        slopes: the b_i, shape (n, d).
        deviation: root of E ||noise||^2 of every sample; the noise of agent i is one of two opposite vectors.
        weight: of the 1-norm in psi.
        wave: how fast the noise of a sample changes with x, at most; at 0 it is the same at all x.
    """

    hessians: Array
    slopes: Array
    deviation: float = 0.0
    weight: float = 0.3
    wave: float = 0.0

    @property
    def n_agents(self) -> int:
        """How many agents there are."""
        return len(self.slopes)

    @property
    def dimension(self) -> int:
        """How many variables there are."""
        return int(self.slopes.shape[1])

    @cached_property
    def L_i(self) -> Array:
        """Smoothness constants of the agents."""
        constants: Array = SAFE * np.array([np.linalg.norm(A, 2) for A in self.hessians])
        return constants

    @property
    def agents(self) -> tuple[AgentType, ...]:
        """Smooth ones."""
        return tuple(AgentType(functions=Smooth(Fraction(L), -Fraction(L))) for L in self.L_i)

    @cached_property
    def minimiser(self) -> Array:
        """Of f."""
        best: Array = np.linalg.solve(self.hessians.mean(axis=0), self.slopes.mean(axis=0))
        return best

    def gradients(self, x: Array) -> Array:
        """A_i x - b_i."""
        gradients: Array = self.hessians @ x - self.slopes
        return gradients

    def noisy_gradients(self, x: Array, rng: np.random.Generator) -> Array:
        """With noise that is independent of agent to agent."""
        signs = rng.choice([-1.0, 1.0], size=(self.n_agents, 1))
        if self.wave:
            height = self.deviation / self.dimension**0.5
            direction = height * np.sin(self.wave / height * x)
        else:
            direction = np.linspace(1, 2, self.dimension)
            direction *= self.deviation / np.linalg.norm(direction)
        noisy: Array = self.gradients(x) + signs * direction
        return noisy

    def prox(self, v: Array, step_size: float) -> Array:
        """Of psi."""
        nearest: Array = np.sign(v) * np.maximum(np.abs(v) - step_size * self.weight, 0)
        return nearest

    def value(self, x: Array) -> float:
        """f(x)."""
        return float(x @ self.hessians.mean(axis=0) @ x / 2 - self.slopes.mean(axis=0) @ x)

    def constants(self, x: Array) -> dict[str, Fraction]:
        """What theorems ask for, by the names of their calculators, at a start x."""
        mean = self.hessians.mean(axis=0)
        differ = self.hessians - mean
        L, spread = np.linalg.norm(mean, 2), np.linalg.norm((differ @ differ).mean(axis=0), 2) ** 0.5
        gap = np.linalg.norm(self.slopes - self.slopes.mean(axis=0)) / self.n_agents**0.5
        owned = (np.abs(self.hessians).sum(axis=2) > 0).mean(axis=0).max()
        moved = self.deviation**2 * (self.L_i.mean() / self.L_i).mean()
        found = {
            "L": L,
            "L_tilde": (self.L_i**2).mean() ** 0.5,
            "L_mean": self.L_i.mean(),
            "L_max": self.L_i.max(),
            "L_pm": spread,
            "L_sample": (self.L_i.max() ** 2 + self.wave**2) ** 0.5,
            "L_A": (1 + SHARE) ** 0.5 * spread,
            "L_B": (1 + 1 / SHARE) ** 0.5 * L,
            "zeta": gap,
            "sigma": self.deviation,
            "sigma_weighted": moved**0.5,
            "delta": self.value(x) - self.value(self.minimiser),
        }
        exact = {"n": Fraction(self.n_agents), "a": Fraction(1), "kappa": Fraction(owned).limit_denominator(1000)}
        return exact | {name: Fraction(float(number) * SAFE) for name, number in found.items()}


def _mean_hessian(rng: np.random.Generator, d: int) -> Array:
    """Curvatures from 1/2 to 2 in a random basis."""
    basis = np.linalg.qr(rng.standard_normal((d, d)))[0]
    curved: Array = (basis * np.linspace(0.5, 2, d)) @ basis.T
    symmetric: Array = (curved + curved.T) / 2
    return symmetric


def differing(rng: np.random.Generator, n: int = 4, d: int = 8, **more: Any) -> Functions:
    """Hessians and minima that differ; single agents need not be convex."""
    turns = rng.standard_normal((n, d, d)) / d**0.5
    turns = (turns + turns.transpose(0, 2, 1)) * np.linspace(0.2, 0.6, n)[:, None, None]
    hessians = _mean_hessian(rng, d) + turns - turns.mean(axis=0)
    return Functions(hessians, rng.standard_normal((n, d)), **more)


def noisy(rng: np.random.Generator) -> Functions:
    """The same, of which samples are drawn."""
    return differing(rng, deviation=0.5)


def sampled(rng: np.random.Generator) -> Functions:
    """The same, of samples whose functions are not quadratic."""
    return differing(rng, deviation=0.5, wave=1.0)


def shifted(rng: np.random.Generator, n: int = 4, d: int = 8, **more: Any) -> Functions:
    """One Hessian, and minima that differ."""
    return Functions(np.repeat(_mean_hessian(rng, d)[None], n, axis=0), rng.standard_normal((n, d)) / 4, **more)


def alone(rng: np.random.Generator) -> Functions:
    """One agent."""
    return shifted(rng, n=1)


def equal(rng: np.random.Generator) -> Functions:
    """One function, of which all agents draw samples."""
    same = shifted(rng, n=1)
    return Functions(np.repeat(same.hessians, 4, axis=0), np.repeat(same.slopes, 4, axis=0), deviation=0.5)


def rare(rng: np.random.Generator, n: int = 4, d: int = 8) -> Functions:
    """Agent i knows four coordinates, each of which two agents know."""
    owned = np.array([[(j - 2 * i) % d < 4 for j in range(d)] for i in range(n)], dtype=float)
    roots = rng.standard_normal((n, d, d)) * owned[:, None] * np.linspace(0.5, 1, n)[:, None, None]
    hessians = roots.transpose(0, 2, 1) @ roots / 2 + np.stack([np.diag(own) for own in owned])
    return Functions(hessians, owned * rng.standard_normal((n, d)))
