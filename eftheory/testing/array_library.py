"""Vectors of other array libraries, given and taken as numpy's."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

LIBRARIES = ("numpy", "torch", "jax")

CAST = {"torch": "result.to(x.dtype)"}
"""How a result is brought back to the type of x, where not as ``result.astype(x.dtype)``."""

COPY = {"torch": "x = x.clone()"}
"""How a vector is copied, where not as ``x = x.copy()``."""


def check_library(library: str) -> str:
    """The name of a library that is known and installed.

    Raises:
        ValueError: it is not.

    >>> check_library("numpy")
    'numpy'
    """
    if library not in LIBRARIES:
        raise ValueError(f"library={library!r}: choose one of {', '.join(LIBRARIES)}")
    try:
        importlib.import_module(library)
    except ImportError:
        raise ValueError(f"library={library!r} is not installed: pip install {library}") from None
    return library


def from_numpy(v: np.ndarray, library: str) -> Any:
    """The vector as an array of the library; a copy, so that nobody writes into the original.

    Raises:
        TypeError: the library has no such entries (exact fractions, say).
    """
    if library == "numpy":
        return np.array(v)
    if v.dtype == object:
        raise TypeError(f"{library} has no exact numbers")
    if library == "torch":
        import torch

        return torch.tensor(v)
    import jax.numpy

    array = jax.numpy.asarray(v)
    if array.dtype != v.dtype:
        raise TypeError(f"jax turns {v.dtype} into {array.dtype} unless jax_enable_x64 is set")
    return array


def to_numpy(result: Any, library: str) -> Any:
    """What the compressor returned, as a numpy array if it is one of the library's; else unchanged."""
    if library == "torch":
        import torch

        return result.detach().cpu().numpy() if isinstance(result, torch.Tensor) else result
    if library == "jax":
        import jax

        return np.asarray(result) if isinstance(result, jax.Array) else result
    return result
