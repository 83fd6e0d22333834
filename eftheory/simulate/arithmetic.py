"""The numbers in which problems, worlds and runs compute."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eftheory.assumptions import AgentType
from eftheory.methods import Method

Array = NDArray[Any]
Answer = Callable[[Array, np.random.Generator], Array]
"""What a compressor says to the rows of an array, with a generator to draw from."""


class Arithmetic(ABC):
    """One kind of number: ``FLOATS`` rounds, ``RATIONALS`` does not, and all else is written once for both.

    Attributes:
        number: makes one number of this kind.
    """

    number: Callable[[Any], Any]

    @abstractmethod
    def array(self, values: Any) -> Array:
        """A fresh array of such numbers."""

    @abstractmethod
    def is_zero(self, v: Array) -> bool:
        """Whether all entries are zero, but for rounding if these numbers round."""

    @abstractmethod
    def solve(self, matrix: Array, right: Array) -> Array:
        """A solution of a linear system that has one."""

    @abstractmethod
    def convert(self, method: Method) -> Method:
        """The method with its step size and its other numbers in this arithmetic."""

    @abstractmethod
    def rowwise(self, compressor: Callable[..., Any]) -> Answer:
        """The compressor as a function of many vectors, one a row."""

    @abstractmethod
    def draw_points(self, shape: int | tuple[int, ...], rng: np.random.Generator) -> Array:
        """Independent entries around zero, all from one distribution."""

    @abstractmethod
    def draw_basis(self, dimension: int, rng: np.random.Generator) -> Array:
        """An orthogonal matrix."""

    @abstractmethod
    def draw_spectrum(self, agent: AgentType, dimension: int, rng: np.random.Generator) -> Array:
        """Curvatures in [mu, L], both ends among them; in one dimension one of them."""

    def draw_centres(self, n: int, dimension: int, rng: np.random.Generator, *, common: bool) -> Array:
        """A point for each of n agents, or one of them n times."""
        points = self.draw_points((1 if common else n, dimension), rng)
        return np.array(np.broadcast_to(points, (n, dimension)))
