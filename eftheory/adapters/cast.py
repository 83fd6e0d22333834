"""Rounding to a shorter float format and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from eftheory.adapters.needed import needed


class Cast:
    """Round every entry to the nearest number of a float format: numpy's, or one of the package ml_dtypes.

    In the format's normal range an entry changes by at most 2^-(p+1) of itself, p the bits stored of its
    mantissa, so alpha = 1 - 4^-(p+1) there. Below that range small entries vanish, and no alpha > 0 holds.

    Args:
        dtype: as "float16", "bfloat16", "float8_e4m3fn".

    Raises:
        ValueError: there is no such format.
        ImportError: the format is one of ml_dtypes, which is not installed.

    >>> Cast("float16")(np.array([1.0001]))
    array([1.])
    """

    random = False

    def __init__(self, dtype: str) -> None:
        self.dtype = np.dtype(dtype) if dtype in ("float16", "float32") else _of_ml_dtypes(dtype)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):
            return x.astype(self.dtype).astype(x.dtype)

    def __repr__(self) -> str:
        return f"Cast({self.dtype.name})"

    def bits(self, dimension: int) -> int:
        """The bits of the format, for each entry."""
        return 8 * self.dtype.itemsize * dimension


def _of_ml_dtypes(dtype: str) -> Any:
    ml_dtypes = needed("ml_dtypes")
    known = [name for name in dir(ml_dtypes) if "float" in name]
    if dtype not in known:
        raise ValueError(f"dtype={dtype!r}: choose from float16, float32, {', '.join(known)}")
    return np.dtype(getattr(ml_dtypes, dtype))
