"""Arrays of numpy, torch, jax and whoever else follows the array API standard."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from array_api_compat import array_namespace, device, is_array_api_obj

from eftheory.compressors.deferred import np

Array = Any
"""An array of any library that ``array_api_compat`` knows; entries along the last axis are one vector."""


def as_array(v: Any) -> Array:
    """The array itself, or a numpy array of a list."""
    return v if is_array_api_obj(v) else np.asarray(v)


def namespace(v: Array) -> Any:
    """The functions of the library that made the array, under the names of the array API standard."""
    return array_namespace(v)


def like(v: Array, values: Any) -> Array:
    """Values of numpy as an array of the library, dtype and device of v; entries of object arrays stay as they are.

    >>> like(np.zeros(2, dtype="float32"), [0.5, 1.5]).dtype
    dtype('float32')
    """
    if isinstance(v, np.ndarray):
        values = np.asarray(values)
        return values if object in (v.dtype, values.dtype) else values.astype(v.dtype, copy=False)
    return namespace(v).asarray(np.asarray(values), dtype=v.dtype, device=device(v))


def uniform(v: Array, rng: np.random.Generator) -> Array:
    """Independent numbers, uniform in [0, 1), one for each entry of v and like it.

    They are drawn by numpy whatever the library, so that a seed means the same everywhere. A draw that rounds
    to one in a short format becomes the number below one: ``uniform(v, rng) < 1`` always holds.
    """
    drawn = like(v, rng.random(tuple(v.shape)))
    if isinstance(drawn, np.ndarray) and drawn.dtype.kind != "f":
        return drawn
    xp = namespace(drawn)
    below_one = xp.full_like(drawn, 1 - float(xp.finfo(drawn.dtype).eps) / 2)
    return xp.where(drawn < 1, drawn, below_one)


def mask(v: Array, booleans: Any) -> Array:
    """Booleans of numpy as an array of the library and device of v."""
    return booleans if isinstance(v, np.ndarray) else namespace(v).asarray(np.asarray(booleans), device=device(v))


def factor(v: Array, number: Fraction) -> Fraction | float:
    """A number by which v can be multiplied: as it is for object arrays, which are exact, else the nearest float."""
    return number if isinstance(v, np.ndarray) and v.dtype == object else float(number)
