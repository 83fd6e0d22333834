"""What a check is given, and how it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.numbers import about, shown
from eftheory.testing.clock import Clock
from eftheory.testing.effort import Effort
from eftheory.testing.subject import Subject


@dataclass(frozen=True)
class Trial:
    """A compressor under test and how hard it is tried.

    Args:
        subject: see ``adapt``.
        dimensions: those in which it is tried, ascending; C runs in all of them.
        effort: how hard, and on which vectors.
        clock: the time that is left.
        searched: the worst vectors that were found, so that nobody looks for them twice.
    """

    subject: Subject
    dimensions: tuple[int, ...]
    effort: Effort = field(default_factory=Effort)
    clock: Clock = field(default_factory=Clock, compare=False)
    searched: dict[Any, list[np.ndarray]] = field(default_factory=dict, compare=False)

    @property
    def dtype(self) -> Any:
        """The dtype of the vectors."""
        return self.effort.dtype

    def fit(self, v: np.ndarray) -> np.ndarray:
        """The vector with its entries brought into the range of ``magnitudes``."""
        v = v.astype(self.dtype)
        if self.effort.magnitudes is None:
            return v
        sizes = np.clip(np.abs(v), *self.effort.magnitudes)
        fitted: np.ndarray = np.where(v == 0, v, np.copysign(sizes, v)).astype(self.dtype)
        return fitted

    def admits(self, vector: Sequence[Fraction]) -> bool:
        """Whether the entries that are not zero lie in the range."""
        if self.effort.magnitudes is None:
            return True
        low, high = map(Fraction, self.effort.magnitudes)
        return all(low <= abs(entry) <= high for entry in vector if entry)

    def random_vector(self, dimension: int, salt: int = 0) -> np.ndarray:
        """A normal vector, the same each time."""
        rng = np.random.default_rng([self.effort.seed, dimension, salt])
        vector: np.ndarray = rng.standard_normal(dimension).astype(self.dtype)
        return vector

    @property
    def spacing(self) -> float:
        """The relative spacing of the floats."""
        return float(np.finfo(self.dtype).eps)


RANGE = "--magnitudes 1e-4,1e4 asks about entries of such sizes only"
"""What to do about a defect at sizes that the compressor may not be meant for."""


def is_ordinary(v: Any) -> bool:
    """Whether the entries that are not zero have sizes from 1e-9 to 1e9, whose squares no float loses."""
    sizes = np.abs(np.asarray(v, dtype=float))
    return bool(((sizes == 0) | ((sizes >= 1e-9) & (sizes <= 1e9))).all())


class CheckFailed(Exception):  # noqa: N818 -- it reads as what happened
    """A check failed.

    Args:
        message: what is wrong.
        vector: one on which it shows, as simple as could be found.
    """

    def __init__(self, message: str, vector: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.vector = None if vector is None else [Fraction(float(entry)) for entry in vector]
        self.floats = None if vector is None else tuple(map(float, vector))  # zeros with their signs


class CheckSkipped(Exception):  # noqa: N818 -- it reads as what happened
    """A check does not apply; the message says why, or what was found instead."""


def literal(vector: Any) -> str:
    """The vector as Python, equal neighbours gathered.

    >>> literal([0, 0, 0, 1, Fraction(1, 2)])
    'np.array([0.0] * 3 + [1.0, 0.5])'
    """
    values = [float(entry) for entry in vector]
    pieces: list[str] = []
    single: list[str] = []
    j = 0
    while j < len(values):
        run = 1
        while j + run < len(values) and repr(values[j + run]) == repr(values[j]):
            run += 1
        if run >= 3:
            pieces += [f"[{', '.join(single)}]"] if single else []
            single = []
            pieces.append(f"[{values[j]!r}] * {run}")
        else:
            single += [repr(values[j])] * run
        j += run
    pieces += [f"[{', '.join(single)}]"] if single else []
    return f"np.array({' + '.join(pieces) or '[]'})"


def show(number: Fraction, *, places: int = 9) -> str:
    """A fraction as it is if it is short, else rounded to nearest.

    >>> show(Fraction(2, 3)), show(Fraction(10**30, 3 * 10**30 + 1))
    ('2/3', 'about 0.333333333')
    """
    return shown(number, lambda x: about(x, places))
