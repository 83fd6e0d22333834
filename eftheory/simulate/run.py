"""Run a method on a problem and write down what is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eftheory.methods import Method
from eftheory.simulate.lyapunov import LyapunovFunction
from eftheory.simulate.problems.problem import Array, Problem
from eftheory.simulate.start import initial_state
from eftheory.simulate.world import NumericWorld, with_floats

ROUNDOFF = 1e-20
"""Below this share of V_0 the vectors in V have lost ten of sixteen digits, and ratios are good to six."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What was measured at the times 0, 1, ..., steps.

    Attributes:
        measures: the method's measure.
        lyapunov: V, where one was asked for.
        state: the last state.
    """

    measures: Array
    lyapunov: Array | None
    state: tuple[Any, ...]

    @property
    def V(self) -> Array:
        """The values of V.

        Raises:
            ValueError: no Lyapunov function was given.
        """
        if self.lyapunov is None:
            raise ValueError("the run has no V: pass lyapunov=LyapunovFunction(...) to simulate")
        return self.lyapunov

    def ratios(self, *, floor: float = ROUNDOFF) -> Array:
        """V_{t+1} / V_t for t = 0, 1, ... until V_{t+1} first falls below ``floor`` times V_0.

        Raises:
            ValueError: no Lyapunov function was given.
        """
        low = np.flatnonzero(~(floor * self.V[0] < self.V))
        V = self.V[: low[0]] if len(low) else self.V
        return V[1:] / V[:-1]


def simulate(
    method: Method,
    problem: Problem,
    compressor: Callable[..., Array],
    *,
    steps: int,
    start: Array | Sequence[Any] | None = None,
    rng: np.random.Generator | None = None,
    lyapunov: LyapunovFunction | None = None,
    tolerance: float = 0.0,
) -> Trajectory:
    """Run ``steps`` steps; the run ends early when the measure is no longer finite.

    Args:
        method: with its step size; it runs with the float nearest to it.
        problem: the functions.
        compressor: see ``NumericWorld``.
        steps: how many.
        start: the point x to start from, or a tuple with the whole state; by default a standard
            normal x. From x alone, d starts as the compressed gradient, all other vectors as zero.
        rng: for the start and for random compressors; seed 0 by default.
        lyapunov: V of a certificate, evaluated in every state.
        tolerance: the run also ends when the measure has fallen below this share of its first value.

    Raises:
        ValueError: the start has not the shape of the problem.

    >>> from fractions import Fraction
    >>> from eftheory.compressors import Identity
    >>> from eftheory.methods import GD
    >>> from eftheory.simulate.problems import Quadratic
    >>> run = simulate(GD(Fraction(1, 2)), Quadratic.of_spectra([[1.0]]), Identity(), steps=2, start=np.ones(1))
    >>> run.measures
    array([1.    , 0.25  , 0.0625])
    """
    rng = np.random.default_rng(0) if rng is None else rng
    world = NumericWorld(problem, compressor, rng=rng)
    floating = with_floats(method)
    state = initial_state(floating, world, rng.standard_normal(problem.dimension) if start is None else start)
    measures, values = [], []
    with np.errstate(over="ignore", invalid="ignore"):  # a step size may be too large
        for t in range(steps + 1):
            if t:
                state = floating.step(world, *state)
            measures.append(float(floating.measure(world, *state)))
            if lyapunov is not None:
                values.append(lyapunov(world, state))
            if not tolerance * measures[0] <= measures[-1] < np.inf:
                break
    return Trajectory(np.array(measures), np.array(values) if lyapunov is not None else None, state)
