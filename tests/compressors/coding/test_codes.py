"""Bits, Elias gamma and sets of positions."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.compressors.coding import Message, subset
from eftheory.compressors.coding.bits import BitReader, BitWriter
from eftheory.compressors.coding.elias import gamma_code, read_gamma
from eftheory.compressors.coding.subset import rank, read_subset, subset_bits, unrank, write_subset

widths = st.integers(0, 70).flatmap(lambda width: st.tuples(st.integers(0, 2**width - 1), st.just(width)))


@given(st.lists(widths))
def test_what_is_written_is_read(written: list[tuple[int, int]]) -> None:
    writer = BitWriter()
    for number, width in written:
        writer.write(number, width=width)
    message = writer.message()
    assert message.length == sum(width for _, width in written)
    reader = BitReader(message)
    assert [reader.read(width, "a test") for _, width in written] == [number for number, _ in written]
    reader.finish()


@given(st.lists(st.integers(0, 2**20 - 1), max_size=30), st.lists(st.floats(width=32), max_size=9))
def test_arrays_are_read(numbers: list[int], singles: list[float]) -> None:
    writer = BitWriter()
    writer.write(1, width=3)
    writer.write_array(np.array(numbers, dtype=np.int64), width=20)
    writer.write_singles(np.array(singles, dtype=np.float32))
    reader = BitReader(writer.message())
    reader.read(3, "a test")
    assert reader.read_array(len(numbers), "a test", width=20).tolist() == numbers
    assert np.array_equal(reader.read_singles(len(singles), "a test"), np.float32(singles), equal_nan=True)
    reader.finish()


@given(st.lists(st.integers(1, 10**9)))
def test_gamma_codes_are_read_one_after_the_other(numbers: list[int]) -> None:
    codes = [gamma_code(number) for number in numbers]
    assert [len(code) for code in codes] == [2 * (number.bit_length() - 1) + 1 for number in numbers]
    writer = BitWriter()
    writer.write_codes(codes)
    reader = BitReader(writer.message())
    assert [read_gamma(reader, "a test") for _ in numbers] == numbers
    reader.finish()


@pytest.mark.parametrize("dimension", range(1, 9))
def test_sets_are_numbered_without_gaps(dimension: int) -> None:
    for k in range(1, dimension + 1):
        sets = [list(positions) for positions in combinations(range(dimension), k)]
        assert sorted(map(rank, sets)) == list(range(comb(dimension, k)))
        assert all(unrank(rank(positions), dimension, k) == positions for positions in sets)


sets = st.integers(1, 3000).flatmap(
    lambda d: st.tuples(st.just(d), st.sets(st.integers(0, d - 1), min_size=1, max_size=60))
)


@given(sets)
def test_large_sets_are_read(case: tuple[int, set[int]]) -> None:
    dimension, positions = case
    check_set(dimension, sorted(positions))


def check_set(dimension: int, positions: list[int]) -> None:
    writer = BitWriter()
    write_subset(writer, np.array(positions), dimension)
    message = writer.message()
    assert message.length == subset_bits(dimension, len(positions))
    reader = BitReader(message)
    assert read_subset(reader, dimension, len(positions)).tolist() == positions
    reader.finish()


@given(sets)
def test_beyond_the_enumerated_dimensions_positions_are_sent(case: tuple[int, set[int]]) -> None:
    dimension, positions = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subset, "MAX_ENUMERATED", 0)
        check_set(dimension, sorted(positions))


def test_the_longest_enumeration() -> None:
    dimension = subset.MAX_ENUMERATED
    assert subset_bits(dimension, 132) < 132 * 17
    assert subset_bits(dimension + 1, 132) == 132 * 18
    check_set(dimension, list(range(5, dimension, 1000)))
    check_set(dimension + 1, list(range(5, dimension, 1000)))


def test_a_set_beyond_the_last_is_refused() -> None:
    with pytest.raises(ValueError, match="2 positions below 5 beyond the last"):
        unrank(10, 5, 2)


@pytest.mark.parametrize(("bits", "length"), [(b"", 1), (b"\0", 0), (b"\0\0", 8), (b"\0", -1), (b"\0", 9)])
def test_lengths_belong_to_the_bytes(bits: bytes, length: int) -> None:
    with pytest.raises(ValueError, match="length="):
        Message(bits, length)


def test_unused_bits_are_zero_and_bits_are_bytes() -> None:
    with pytest.raises(ValueError, match="filled up with zeros"):
        Message(b"\x01", 7)
    with pytest.raises(TypeError, match="bytes"):
        Message("0", 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"encode\(...\) makes one"):
        BitReader(b"0")  # type: ignore[arg-type]
