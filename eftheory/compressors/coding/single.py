"""Vectors sent without compression, in single precision."""

from __future__ import annotations

from array_api_compat import is_torch_array

from eftheory.compressors.arrays import Array
from eftheory.compressors.deferred import np
from eftheory.compressors.whole import is_whole


def as_single(message: Array) -> np.ndarray:
    """The vector in single precision, if that changes nothing.

    Raises:
        ValueError: it is no single vector with entries, or not of numbers of single precision.

    >>> as_single([0.5, 3.0])
    array([0.5, 3. ], dtype=float32)
    """
    given = np.asarray(message.detach().cpu().double() if is_torch_array(message) else message)
    if given.ndim != 1 or not given.size:
        raise ValueError(f"an array of shape {given.shape}: one vector is encoded at a time, row by row")
    with np.errstate(over="ignore", invalid="ignore"):
        single = given.astype(np.float32)
    same = given == single
    if not np.all(same | (given != given)):
        place = int(np.argmin(same))
        raise ValueError(
            f"entry {place} is {given[place]}, no number of single precision; compress a float32 vector to send it"
        )
    return single


def check_message_dimension(dimension: object) -> None:
    """Refuse a dimension that no message has.

    Raises:
        ValueError: it is no int >= 1.
    """
    if not is_whole(dimension):
        raise ValueError(f"dimension={dimension!r}: the number of entries to decode is a whole number, at least 1")
