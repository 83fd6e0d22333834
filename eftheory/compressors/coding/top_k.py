"""The message of Top-k: which entries, and their values."""

from __future__ import annotations

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.bits import BitReader, BitWriter
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.single import as_single, check_message_dimension
from eftheory.compressors.coding.subset import read_subset, write_subset
from eftheory.compressors.deferred import np


def encode_entries(message: Array, k: int) -> Message:
    """The set of k positions that holds all entries that are not zero, and the entries there.

    Raises:
        ValueError: more than k entries are not zero, or they are not of single precision.
    """
    values = as_single(message)
    kept = np.flatnonzero(values)
    if len(kept) > k or k > len(values):
        raise ValueError(f"{len(kept)} of {len(values)} entries are not zero, so this is no message of k={k} entries")
    zeros = np.flatnonzero(values == 0)
    kept = np.sort(np.concatenate([kept, zeros[: k - len(kept)]]))
    writer = BitWriter()
    write_subset(writer, kept, len(values))
    writer.write_singles(values[kept])
    return writer.message()


def decode_entries(message: Message, dimension: int, k: int) -> np.ndarray:
    """The vector of which k entries were sent.

    Raises:
        ValueError: the message is not one of ``encode_entries``.
    """
    check_message_dimension(dimension)
    if k > dimension:
        raise ValueError(f"k={k}: a vector of {dimension} entries has no {k} to keep; use k <= {dimension}")
    reader = BitReader(message)
    values = np.zeros(dimension, dtype=np.float32)
    kept = read_subset(reader, dimension, k)
    values[kept] = reader.read_singles(k, "the entries")
    reader.finish()
    return values
