"""One permutation for all agents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Any

import numpy as np

from eftheory.compressors.arrays import Array, mask, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator, is_whole
from eftheory.compressors.constant import Constant
from eftheory.compressors.rand_k import RandK
from eftheory.compressors.vectors import as_vectors


@dataclass(frozen=True)
class PermK(Compressor):
    """Each of n agents sends its own share of the positions, dealt out anew by one permutation for all.

    If n divides the dimension d, each has d/n positions and sends n times what stands there; if d divides n,
    each has one, shared with n/d - 1 others, and sends d times that entry. The mean of C_i(v) is v, without error.
    Alone, C_i is Rand-k with k = max(d/n, 1), scaled: unbiased, and omega = min(n, d) - 1 is exact.

    Args:
        n_agents: how many agents there are, an int >= 1.

    Raises:
        ValueError: n_agents is no such number, neither of n and d divides the other, v has another number of
            rows, or there is no generator.

    References:
        [SzlendakTyurinRichtarik2022].

    >>> PermK(2)(np.ones((2, 4)), np.random.default_rng(0)).mean(axis=0)
    array([1., 1., 1., 1.])
    """

    n_agents: int

    random = unbiased = additive = True

    def __post_init__(self) -> None:
        if not is_whole(self.n_agents) or self.n_agents < 1:
            raise ValueError(f"n_agents={self.n_agents!r}: the number of agents is a whole number, at least 1")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        """C_1(v_1), ..., C_n(v_n) for the rows of v, one an agent; v may hold many such families."""
        v = as_vectors(v)
        if v.ndim < 2 or v.shape[-2] != self.n_agents:
            shape = tuple(v.shape)
            raise ValueError(f"PermK({self.n_agents}): pass {self.n_agents} rows, one an agent, not shape {shape}")
        xp, dimension = namespace(v), v.shape[-1]
        dealt = self._deal(dimension)
        order = np.broadcast_to(np.arange(len(dealt)), (*v.shape[:-2], len(dealt)))
        dealt = dealt[generator(rng, "PermK").permuted(order, axis=-1)]
        if dimension < self.n_agents:
            own = dealt[..., :, None] == np.arange(dimension)
        else:
            own = dealt[..., None, :] == np.arange(self.n_agents)[:, None]
        return self._scale(dimension) * xp.where(mask(v, own), v, xp.zeros_like(v))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        """The messages of one agent alone."""
        dimension = len(v)
        self._deal(dimension)
        return RandK(max(1, dimension // int(self.n_agents)), scaled=True).outcomes(v)

    def outcomes_jointly(self, vectors: Sequence[Exact]) -> Iterator[tuple[Fraction, list[list[Any]]]]:
        """The messages of all agents, one vector each, with the probability of each such family."""
        if len(vectors) != self.n_agents:
            raise ValueError(f"PermK({self.n_agents}): {len(vectors)} vectors for {self.n_agents} agents")
        dimension = len(vectors[0])
        dealt, scale = self._deal(dimension).tolist(), self._scale(dimension)
        for order in permutations(dealt):
            messages = [
                [
                    scale * entry if (order[i] == j if dimension < self.n_agents else order[j] == i) else 0
                    for j, entry in enumerate(vector)
                ]
                for i, vector in enumerate(vectors)
            ]
            yield Fraction(1, factorial(len(dealt))), messages

    def variance(self, dimension: int) -> Constant:
        self._deal(dimension)
        return Constant(Fraction(self._scale(dimension) - 1), extremal=(1,) * dimension)

    def ab(self, dimension: int) -> tuple[Fraction, Fraction]:
        """A and B with E ||mean C_i(a_i) - mean a||^2 = A mean ||a_i||^2 - B ||mean a||^2 for all vectors a_i.

        They are equal: 1 if n <= d, else (d - 1)/(n - 1). Equal vectors give zero.
        """
        self._deal(dimension)
        a = Fraction(1) if self.n_agents <= dimension else Fraction(dimension - 1, int(self.n_agents) - 1)
        return a, a

    def bits(self, dimension: int) -> int:
        """The numbers of one agent; the permutation comes from shared randomness."""
        self._deal(dimension)
        return NUMBER_BITS * max(1, dimension // int(self.n_agents))

    def _scale(self, dimension: int) -> int:
        return min(int(self.n_agents), dimension)

    def _deal(self, dimension: int) -> np.ndarray:
        """The agent of each position, or if there are more agents the position of each agent, not yet permuted."""
        few, many = sorted((int(self.n_agents), dimension))
        if few < 1 or many % few:
            raise ValueError(
                f"PermK({self.n_agents}): of {dimension} entries and {self.n_agents} agents, one number "
                "must divide the other; pad the vectors with zeros"
            )
        return np.arange(many) // (many // few)
