"""What a compressor is given: vectors of at least one entry, along the last axis."""

from __future__ import annotations

from typing import Any

from eftheory.compressors.arrays import Array, as_array, namespace
from eftheory.compressors.deferred import np
from eftheory.compressors.norm import norm


def as_vectors(v: Any) -> Array:
    """The array, if it holds vectors.

    Raises:
        ValueError: it is a single number, or its vectors have no entries.
    """
    v = as_array(v)
    if v.ndim == 0:
        raise ValueError("C(v) of a single number: pass an array; a vector of one entry is [x]")
    check_dimension(v.shape[-1])
    return v


def as_real(v: Any) -> Array:
    """The array as vectors of floats, for compressors that answer whole numbers with fractions.

    Object arrays, which are exact, stay as they are.

    >>> as_real(np.array([1, 2]))
    array([1., 2.])
    """
    v = as_vectors(v)
    if is_floating(v) or v.dtype == object:
        return v
    xp = namespace(v)
    return xp.astype(v, xp.asarray(0.0).dtype)


def is_floating(v: Array) -> bool:
    """Whether the entries are floats, so that some may be infinite or not a number."""
    return v.dtype != object and bool(namespace(v).isdtype(v.dtype, "real floating"))


def share_of_largest(v: Array) -> tuple[Array, Array]:
    """Each vector divided by the largest of its absolute values, and that; so squares neither overflow nor vanish.

    A zero vector stays what it is; one with an infinite entry has shares that are not numbers.

    >>> share, largest = share_of_largest(np.array([2e200, -1e200]))
    >>> share.tolist(), largest.tolist()
    ([1.0, -0.5], [2e+200])
    """
    xp = namespace(v)
    largest = xp.max(xp.abs(v), axis=-1, keepdims=True)
    if is_floating(v):
        largest = xp.where(xp.isinf(largest), xp.nan * xp.ones_like(largest), largest)
    return v / xp.where(largest == 0, xp.ones_like(largest), largest), largest


def check_dimension(dimension: int) -> None:
    """Refuse vectors without entries.

    Raises:
        ValueError: the dimension is less than one.
    """
    if dimension < 1:
        raise ValueError(f"dimension {dimension}: a vector has at least one entry")


def length(v: Array) -> Array:
    """||v|| along the last axis, which stays with length one; exact for exact entries.

    Raises:
        IrrationalError: the length of a vector of exact entries is no rational number.

    >>> length(np.array([[3e-200, 4e-200], [0.0, 0.0]])).tolist()
    [[5e-200], [0.0]]
    """
    if v.dtype == object:
        rows = [[norm(row)] for row in v.reshape(-1, v.shape[-1])]
        return np.array(rows, dtype=object).reshape(*v.shape[:-1], 1)
    xp = namespace(v)
    share, largest = share_of_largest(v)
    return largest * xp.sqrt(xp.sum(share * share, axis=-1, keepdims=True))
