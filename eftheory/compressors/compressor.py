"""What every compressor says about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

Array = np.ndarray
Exact = Sequence[Any]
"""Entries that Python computes with exactly: ints or Fractions."""


class Compressor(ABC):
    """A contractive compressor, E ||C(v) - v||^2 <= (1 - alpha(d)) ||v||^2 in dimension d.

    ``compressor(v)`` runs on a vector, or on many at once, one a row; a random compressor
    draws anew for each row from the generator it is given. ``naive`` is the definition in
    plain Python, exact on ints and Fractions, against which the fast version is tested.
    """

    random: ClassVar[bool] = False

    @abstractmethod
    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        """C(v) along the last axis."""

    @abstractmethod
    def alpha(self, dimension: int) -> Fraction:
        """The largest alpha for which C is contractive on vectors of ``dimension`` entries."""


def generator(rng: np.random.Generator | None, name: str) -> np.random.Generator:
    """The generator a random compressor draws from.

    Raises:
        ValueError: there is none, so that a run could not be repeated.
    """
    if rng is None:
        raise ValueError(f"{name} is random: pass rng=numpy.random.default_rng(seed)")
    return rng


def check_kept(k: int, dimension: int) -> None:
    """Refuse to keep more entries than there are.

    Raises:
        ValueError: k exceeds the dimension.
    """
    if k > dimension:
        raise ValueError(f"k={k}: a vector of {dimension} entries has no {k} to keep; use k <= {dimension}")


def check_k(k: object) -> None:
    """Refuse a k that is no whole number of entries.

    Raises:
        ValueError: k is no int >= 1.
    """
    if not isinstance(k, (int, np.integer)) or isinstance(k, bool) or k < 1:
        raise ValueError(f"k={k!r}: the number of entries kept is a whole number, at least 1")
