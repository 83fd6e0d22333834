"""How hard a compressor is tried, and on which vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Effort:
    """How hard a compressor is tried, and on which vectors.

    Args:
        seed: of everything random; two runs do the same.
        examples: how many random vectors a search looks at.
        samples: how many draws a sequential test takes of one of the worst vectors found; of others, a quarter.
        dtype: of the vectors, float64 or float32.
        magnitudes: the least and the largest size of an entry that is not zero, for compressors that are
            meant for a range only; None: no limit.
        seconds: that all may take, about, without those in which others have the processor; some dozen messages are
            asked for however long each takes. What there was no time for is said. None: no limit, so that two runs
            do the same on any machine.

    Raises:
        ValueError: one is out of range.
    """

    seed: int = 0
    examples: int = 200
    samples: int = 2000
    dtype: Any = np.float64
    magnitudes: tuple[float, float] | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        for name, least in (("seed", 0), ("examples", 1), ("samples", 1)):
            number = getattr(self, name)
            if not isinstance(number, (int, np.integer)) or number < least:
                raise ValueError(f"{name}={number!r}: a whole number, at least {least}")
        try:
            dtype = np.dtype(self.dtype).type
        except TypeError:
            dtype = None
        if dtype not in (np.float64, np.float32):
            raise ValueError(f"dtype={self.dtype!r}: choose float64 or float32")
        object.__setattr__(self, "dtype", dtype)
        if self.magnitudes is not None and not 0 < self.magnitudes[0] <= 1 <= self.magnitudes[1]:
            raise ValueError(f"magnitudes={self.magnitudes}: give two positive sizes with 1 between them")
        if self.seconds is not None and not self.seconds > 0:
            raise ValueError(f"seconds={self.seconds}: a test takes more than no time")
