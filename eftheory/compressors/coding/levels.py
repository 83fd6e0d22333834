"""Messages of QSGD: the distance of the levels, and for each entry a level in the Elias gamma code and a sign."""

from __future__ import annotations

from fractions import Fraction

from eftheory.compressors.arrays import Array
from eftheory.compressors.coding.bits import SINGLE_BITS, BitReader, BitWriter
from eftheory.compressors.coding.elias import gamma_code, read_gamma
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.single import as_single, check_message_dimension
from eftheory.compressors.deferred import np
from eftheory.laws.kinds import Number, settle, sqrt


def expected_bits(dimension: int, levels: int) -> Number:
    """A bound on the mean length of a message of QSGD with s levels, for any vector of d entries.

    Level m takes 2 floor(log2(m + 1)) + 1 bits, and a sign if m > 0. That is at most phi(m), where phi goes straight
    from (0, 1) over (1, 4), (3, 6), (7, 8), ... and is concave and increasing. The levels have means
    y_i whose squares sum to s^2, so the mean length is at most 32 + sum phi(y_i) <= 32 + d phi(s / sqrt(d)).
    Equal entries attain it if s <= sqrt(d), and if s / sqrt(d) is one of 1, 3, 7, ....

    >>> expected_bits(4, 1), expected_bits(100, 10), expected_bits(2, 1)
    (Fraction(42, 1), Fraction(432, 1), 3*sqrt(2) + 34)
    """
    root = sqrt(Fraction(dimension))
    size = levels * root  # d (s / sqrt(d))
    if levels**2 <= dimension:
        return settle(SINGLE_BITS + dimension + 3 * size)
    k = 1
    while levels**2 > (2 ** (k + 1) - 1) ** 2 * dimension:
        k += 1
    return settle(SINGLE_BITS + 2 * k * dimension + 2 * (size + dimension) / 2**k)


def encode_levels(message: Array, levels: int) -> Message:
    """The distance of the levels, and the level and sign of each entry.

    The vector determines them up to a common factor: the largest distance that explains it is sent, which
    makes the shortest message.

    Raises:
        ValueError: the entries are no multiples of a number by 0, 1, ..., levels.
    """
    values = as_single(message)
    unit, level = _explain(np.abs(values), levels)
    words = {int(m): gamma_code(int(m) + 1) for m in np.unique(level)}
    writer = BitWriter()
    writer.write_singles(np.array([unit]))
    signs = np.where(level == 0, "", np.where(values < 0, "1", "0")).tolist()
    writer.write_codes(words[m] + sign for m, sign in zip(level.tolist(), signs))
    return writer.message()


def decode_levels(message: Message, dimension: int, levels: int) -> np.ndarray:
    """The vector of which the distance of the levels, the levels and the signs were sent.

    Raises:
        ValueError: the message is not one of ``encode_levels``.
    """
    check_message_dimension(dimension)
    reader = BitReader(message)
    unit = reader.read_singles(1, "the distance of the levels")[0]
    if not 0 <= unit < np.inf:
        raise ValueError(f"the message says that the levels have the distance {unit}")
    level, negative = np.zeros(dimension, dtype=np.float32), np.zeros(dimension, dtype=bool)
    for j in range(dimension):
        found = read_gamma(reader, f"entry {j}") - 1
        if found > levels:
            raise ValueError(f"the message says that entry {j} is on level {found}; there are {levels}")
        level[j] = found
        negative[j] = bool(found) and bool(reader.read(1, f"entry {j}"))
    reader.finish()
    return _rebuild(unit, np.where(negative, -level, level))


def _rebuild(unit: np.float32, level: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        values: np.ndarray = unit * level.astype(np.float32)
    return values


def _explain(size: np.ndarray, levels: int) -> tuple[np.float32, np.ndarray]:
    """A distance and the least levels with which ``decode_levels`` arrives at just these sizes."""
    if not np.isfinite(size).all():
        raise ValueError("an entry is infinite or not a number, so it is on no level")
    if not size.any():
        return np.float32(0), np.zeros(len(size), dtype=np.int64)
    exact = size.astype(np.float64)
    least, largest = exact[exact > 0].min(), exact.max()
    for m in range(1, levels + 1):  # the level of the least entry
        if m * largest > (levels + 0.5) * least:
            break
        level = np.rint(exact * (m / least)).astype(np.int64)
        unit = np.float32(largest / level.max())
        for near in (unit, np.nextafter(unit, np.float32(0)), np.nextafter(unit, np.float32(np.inf))):
            if np.array_equal(_rebuild(near, level), size):
                return near, level
    raise ValueError(f"the entries are no multiples of one number by 0, 1, ..., {levels}: no message of these levels")
