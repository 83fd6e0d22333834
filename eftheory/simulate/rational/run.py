"""Run a method in exact arithmetic and keep every state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method
from eftheory.simulate.lyapunov import LyapunovFunction
from eftheory.simulate.rational.quadratic import RationalQuadratic
from eftheory.simulate.rational.rules import Rule
from eftheory.simulate.rational.world import RationalWorld
from eftheory.simulate.start import initial_state


@dataclass(frozen=True, eq=False)
class ExactTrajectory:
    """The run at the times 0, 1, ..., steps, without rounding.

    Attributes:
        states: tuples of arrays of Fractions.
        measures: the method's measure.
        V: the Lyapunov function, where one was asked for; else empty.
    """

    states: tuple[tuple[Any, ...], ...]
    measures: tuple[Fraction, ...]
    V: tuple[Fraction, ...] = ()

    @property
    def points(self) -> list[list[Fraction]]:
        """The iterates x, which are the first vector of the state."""
        return [state[0].tolist() for state in self.states]


def simulate_exactly(
    method: Method,
    problem: RationalQuadratic,
    compressor: Compressor | Rule | Sequence[Compressor | Rule],
    *,
    steps: int,
    start: Any,
    lyapunov: LyapunovFunction | None = None,
) -> ExactTrajectory:
    """Run ``steps`` steps in Fractions, whose digits grow in proportion to the steps taken.

    Args:
        method: with its step size and other numbers, all rational.
        problem: the functions.
        compressor: see ``RationalWorld``.
        steps: how many.
        start: the point x to start from, or a tuple with the whole state. From x alone, the
            other vectors start as in ``simulate``.
        lyapunov: V of a certificate, evaluated in every state.

    Raises:
        TypeError: a number is not rational.
        ValueError: the start has not the shape of the problem.

    >>> from eftheory.compressors import Identity
    >>> from eftheory.methods import GD
    >>> run = simulate_exactly(GD(Fraction(1, 3)), RationalQuadratic.of_spectra([[1]]), Identity(), steps=2, start=[1])
    >>> run.measures
    (Fraction(1, 1), Fraction(4, 9), Fraction(16, 81))
    """
    world = RationalWorld(problem, compressor)
    states = [initial_state(method, world, start)]
    for _ in range(steps):
        states.append(method.step(world, *states[-1]))
    measures = tuple(method.measure(world, *state) for state in states)
    return ExactTrajectory(tuple(states), measures, tuple(lyapunov(world, s) for s in states) if lyapunov else ())
