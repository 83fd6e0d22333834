"""Run a method on a problem and write down what is measured."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.methods import Method
from eftheory.simulate.lyapunov import LyapunovFunction
from eftheory.simulate.problems.newton import NoMinimiserError
from eftheory.simulate.problems.problem import Array, Problem
from eftheory.simulate.start import initial_state
from eftheory.simulate.world import NumericWorld

ROUNDOFF = 1e-20
"""Below this share of V_0 the vectors in V have lost ten of sixteen digits, and ratios are good to six."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What was measured at the times 0, 1, ..., steps, in the numbers of the problem.

    Attributes:
        measures: the method's measure; where it has none, or needs a minimiser that nobody knows, ||grad f(x)||^2.
        lyapunov: V, where one was asked for.
        states: all states, or the last one only.
    """

    measures: Array
    lyapunov: Array | None
    states: tuple[tuple[Any, ...], ...]

    def __repr__(self) -> str:
        first, last = (f"{float(self.measures[t]):.3g}" for t in (0, -1))
        return f"<Trajectory of {len(self.measures) - 1} steps: measure {first} at the start, {last} at the end>"

    @property
    def state(self) -> tuple[Any, ...]:
        """The last state."""
        return self.states[-1]

    @property
    def points(self) -> list[list[Any]]:
        """The iterates x, which are the first vector of the state, of the states that were kept."""
        return [state[0].tolist() for state in self.states]

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
    compressor: Callable[..., Any] | Sequence[Callable[..., Any]],
    *,
    steps: int,
    start: Array | Sequence[Any] | None = None,
    rng: np.random.Generator | None = None,
    lyapunov: LyapunovFunction | None = None,
    tolerance: float | Fraction = 0,
    keep_states: bool = False,
) -> Trajectory:
    """Run ``steps`` steps; the run ends early when the measure is no longer finite.

    Args:
        method: with its step size; in floats it runs with the one nearest to it.
        problem: the functions; a ``RationalQuadratic`` has all of the run in Fractions.
        compressor: see ``NumericWorld``.
        steps: how many.
        start: the point x to start from, or a tuple with the whole state; by default a random x, in
            floats standard normal. From x alone, see ``initial_state``.
        rng: for the start and for random compressors; seed 0 by default.
        lyapunov: V of a certificate, evaluated in every state.
        tolerance: the run also ends when the measure has fallen below this share of its first value.
        keep_states: whether the trajectory holds all states, not the last one only.

    Raises:
        TypeError: in Fractions, a number is not rational.
        ValueError: the start has not the shape of the problem.

    >>> from fractions import Fraction
    >>> from eftheory.compressors import Identity
    >>> from eftheory.methods import GD
    >>> from eftheory.simulate.problems import Quadratic
    >>> run = simulate(GD(Fraction(1, 2)), Quadratic.of_spectra([[1.0]]), Identity(), steps=2, start=np.ones(1))
    >>> run.measures
    array([1.    , 0.25  , 0.0625])
    >>> from eftheory.simulate.rational import RationalQuadratic
    >>> simulate(GD(Fraction(1, 3)), RationalQuadratic.of_spectra([[1]]), Identity(), steps=1, start=[1]).measures
    array([Fraction(1, 1), Fraction(4, 9)], dtype=object)
    """
    rng = np.random.default_rng(0) if rng is None else rng
    world = NumericWorld(problem, compressor, rng=rng)
    arithmetic = world.arithmetic
    method, least = arithmetic.convert(method), arithmetic.number(tolerance)
    first = arithmetic.draw_points(problem.dimension, rng) if start is None else start
    states = deque([initial_state(method, world, first)], maxlen=None if keep_states else 1)
    measures, values, measure = [], [], choose_measure(method, world, states[-1])
    with np.errstate(over="ignore", invalid="ignore"):  # a step size may be too large
        for t in range(steps + 1):
            if t:
                states.append(method.step(world, *states[-1]))
            measures.append(arithmetic.number(measure(states[-1])))
            if lyapunov is not None:
                values.append(lyapunov(world, states[-1]))
            if not least * measures[0] <= measures[-1] < np.inf:
                break
    V = None if lyapunov is None else arithmetic.array(values)
    return Trajectory(arithmetic.array(measures), V, tuple(states))


def choose_measure(method: Method, world: Any, state: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    """The method's measure; ||mean g||^2 where it has none, or needs a minimiser of a problem that has none."""
    try:
        method.measure(world, *state)
    except (NoMinimiserError, NotImplementedError):
        return lambda at: world.square(world.mean(world.gradient(at[0])))
    return lambda at: method.measure(world, *at)
