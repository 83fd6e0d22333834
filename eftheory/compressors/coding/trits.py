"""Messages of one size and -1, 0 or 1 for each entry: five entries a byte, since 3^5 <= 2^8."""

from __future__ import annotations

import numpy as np

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.bits import SINGLE_BITS, BitReader, BitWriter
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.single import as_single, check_message_dimension

WEIGHTS = (1, 3, 9, 27, 81)


def trit_bits(dimension: int) -> int:
    """The size, and a byte for every five entries.

    >>> trit_bits(11)
    56
    """
    return SINGLE_BITS + 8 * -(-dimension // 5)


def encode_trits(message: Array) -> Message:
    """The common absolute value of the entries that are not zero, and the signs.

    Raises:
        ValueError: there are several absolute values, or they are not of single precision.
    """
    values = as_single(message)
    size = np.max(np.abs(values))
    trits = np.where(values == 0, 0, np.where(values < 0, 2, 1))
    if not np.array_equal(np.where(trits == 0, 0, size), np.abs(values), equal_nan=True):
        raise ValueError("the entries that are not zero differ in absolute value, so this is no ternary message")
    writer = BitWriter()
    writer.write_singles(np.array([size]))
    writer.write_array(np.pad(trits, (0, -len(trits) % 5)).reshape(-1, 5) @ WEIGHTS, width=8)
    return writer.message()


def decode_trits(message: Message, dimension: int) -> np.ndarray:
    """The vector of which the size and the signs were sent.

    Raises:
        ValueError: the message is not one of ``encode_trits``.
    """
    check_message_dimension(dimension)
    reader = BitReader(message)
    size = reader.read_singles(1, "the size")[0]
    codes = reader.read_array(-(-dimension // 5), "the signs", width=8)
    reader.finish()
    trits = (codes[:, None] // WEIGHTS % 3).reshape(-1)
    if np.signbit(size) or (codes >= 3**5).any() or trits[dimension:].any():
        raise ValueError("the message is not ternary: its size is negative, or a byte means no five signs")
    return np.select([trits[:dimension] == 1, trits[:dimension] == 2], [size, -size], np.float32(0))
