"""Messages of one size and a sign for each entry."""

from __future__ import annotations

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.bits import BitReader, BitWriter
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.single import as_single, check_message_dimension
from eftheory.compressors.deferred import np


def encode_signs(message: Array) -> Message:
    """The common absolute value, and a one for each entry that is negative.

    Raises:
        ValueError: the absolute values differ, or are not of single precision.
    """
    values = as_single(message)
    size = np.abs(values)
    if not np.array_equal(size, np.full_like(size, size[0]), equal_nan=True):
        raise ValueError("the entries differ in absolute value, so this is no message of signs")
    writer = BitWriter()
    writer.write_singles(size[:1])
    writer.write_array(np.signbit(values), width=1)
    return writer.message()


def decode_signs(message: Message, dimension: int) -> np.ndarray:
    """The vector of which the absolute value and the signs were sent.

    Raises:
        ValueError: the message is not one of ``encode_signs``.
    """
    check_message_dimension(dimension)
    reader = BitReader(message)
    size = reader.read_singles(1, "the size")[0]
    if np.signbit(size):
        raise ValueError(f"the message says that the entries have the absolute value {size}")
    negative = reader.read_array(dimension, "the signs", width=1).astype(bool)
    reader.finish()
    values: np.ndarray = np.where(negative, -size, size)
    return values
