"""Arithmetic in floating point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.compressors.calling import read_call
from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method, Recorded
from eftheory.simulate.arithmetic import Answer, Arithmetic, Array


class Floats(Arithmetic):
    """Double precision. A compressor runs as it is: a ``Compressor`` on all rows at once, a function on each.

    References:
        [Mezzadri2007], for uniformly distributed orthogonal matrices.
    """

    number = float

    def array(self, values: Any) -> Array:
        return np.array(values, dtype=float)

    def is_zero(self, v: Array) -> bool:
        return np.allclose(v, 0, atol=1e-9)

    def solve(self, matrix: Array, right: Array) -> Array:
        solution: Array = np.linalg.lstsq(matrix, right, rcond=None)[0]
        return solution

    def convert(self, method: Method) -> Method:
        values = {field.name: getattr(method, field.name) for field in fields(method)}
        changes: dict[str, Any] = {name: float(value) for name, value in values.items() if isinstance(value, Fraction)}
        if isinstance(method, Recorded):
            changes["number"] = float
        return replace(method, **changes)

    def rowwise(self, compressor: Callable[..., Any]) -> Answer:
        if isinstance(compressor, Compressor):
            return compressor
        how = read_call(compressor)
        return lambda v, rng: np.stack([how(compressor, row, rng) for row in v])

    def draw_points(self, shape: int | tuple[int, ...], rng: np.random.Generator) -> Array:
        return rng.standard_normal(shape)

    def draw_basis(self, dimension: int, rng: np.random.Generator) -> Array:
        q, r = np.linalg.qr(rng.standard_normal((dimension, dimension)))
        return q * np.sign(np.diag(r))

    def draw_spectrum(self, agent: AgentType, dimension: int, rng: np.random.Generator) -> Array:
        spectrum = rng.uniform(float(agent.mu), float(agent.L), size=dimension)
        ends = rng.permutation([float(agent.L), float(agent.mu)])[:dimension]
        spectrum[: len(ends)] = ends
        return spectrum


FLOATS = Floats()
