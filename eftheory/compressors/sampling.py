"""One position, drawn in proportion to the absolute values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.compressors.arrays import Array, like, namespace
from eftheory.compressors.compressor import Exact
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import share_of_largest


def draw_position(v: Array, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """A mask of one position, i with probability |v_i| / ||v||_1; the largest |v_i|; and ||v||_1 over the largest.

    No entry of a zero vector is drawn, nor of one with an entry that is infinite or not a number; of that the
    largest is not a number either.
    """
    xp = namespace(v)
    share, largest = share_of_largest(v)
    reached = xp.cumulative_sum(xp.abs(share), axis=-1)
    total = reached[..., -1:]
    reached = reached / xp.where(total == 0, xp.ones_like(total), total)
    passed = (like(reached, rng.random((*v.shape[:-1], 1))) < reached) | (reached == 1)  # a draw may round to one
    before = xp.concat([xp.zeros_like(passed[..., :1]), passed[..., :-1]], axis=-1)
    return passed & ~before, largest, total


def positions(v: Exact) -> Iterator[tuple[Fraction, int]]:
    """The positions of the entries that are not zero, each with its probability |v_i| / ||v||_1."""
    total = sum((Fraction(abs(entry)) for entry in v), Fraction(0))
    for j, entry in enumerate(v):
        if entry:
            yield abs(entry) / total, j
