"""Runs whose numbers are all rational."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eftheory.methods import Method
from eftheory.simulate.rational.quadratic import RationalQuadratic
from eftheory.simulate.run import Trajectory, simulate


def simulate_exactly(
    method: Method,
    problem: RationalQuadratic,
    compressor: Callable[..., Any] | Sequence[Callable[..., Any]],
    **options: Any,
) -> Trajectory:
    """``simulate``, with all states kept, on a problem that is given exactly.

    Raises:
        TypeError: it is not, or another number is not rational.

    >>> from fractions import Fraction
    >>> from eftheory.compressors import Identity
    >>> from eftheory.methods import GD
    >>> run = simulate_exactly(GD(Fraction(1, 3)), RationalQuadratic.of_spectra([[1]]), Identity(), steps=1, start=[1])
    >>> run.points
    [[Fraction(1, 1)], [Fraction(2, 3)]]
    """
    if not isinstance(problem, RationalQuadratic):
        raise TypeError(f"problem={problem!r}: a run is exact on a RationalQuadratic; in floats, use simulate")
    return simulate(method, problem, compressor, keep_states=True, **options)
