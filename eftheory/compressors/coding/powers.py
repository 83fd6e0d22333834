"""Messages of signed powers of a base: for base two, sign and exponent of single precision."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.bits import BitReader, BitWriter
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.single import as_single, check_message_dimension
from eftheory.compressors.powers import list_powers

NORMAL = (2.0**-126, (2 - 2.0**-23) * 2.0**127)
"""The least and the largest positive normal number of single precision."""


def power_table(base: Fraction) -> np.ndarray:
    """Zero, and the powers of the base that are normal numbers of single precision, in order.

    For base two, the place of a number in the table is the exponent field of its 32 bits.
    """
    return np.concatenate([[0.0], list_powers(Fraction(base), *NORMAL)]).astype(np.float32)


def power_bits(base: Fraction) -> int:
    """How many bits an entry takes.

    >>> power_bits(Fraction(2)), power_bits(Fraction(10))
    (9, 8)
    """
    return 1 + len(list_powers(Fraction(base), *NORMAL)).bit_length()


def encode_powers(message: Array, base: Fraction) -> Message:
    """The message that holds, for each entry, its sign and the number of its power in the table.

    Raises:
        ValueError: an entry is no power, subnormal, infinite or not a number.
    """
    values, table = as_single(message), power_table(base)
    size = np.abs(values)
    place = np.minimum(np.searchsorted(table, size), len(table) - 1)
    if (table[place] != size).any():
        entry = values[np.argmax(table[place] != size)]
        raise ValueError(
            f"an entry is {entry}: only zero and powers of {base} from {table[1]} to {table[-1]} can be sent; "
            "set smaller entries to zero before they are compressed"
        )
    writer, width = BitWriter(), power_bits(base)
    writer.write_array(np.signbit(values) * (1 << (width - 1)) + place, width=width)
    return writer.message()


def decode_powers(message: Message, dimension: int, base: Fraction) -> np.ndarray:
    """The vector of which signs and powers were sent.

    Raises:
        ValueError: the message is not one of ``encode_powers``.
    """
    check_message_dimension(dimension)
    reader, table, width = BitReader(message), power_table(base), power_bits(base)
    codes = reader.read_array(dimension, "the powers", width=width)
    reader.finish()
    place = codes & ((1 << (width - 1)) - 1)
    if (place >= len(table)).any():
        raise ValueError(f"the message names power {place.max()} of {base}; there are {len(table) - 1}")
    values: np.ndarray = np.where(codes >> (width - 1), -table[place], table[place])
    return values
