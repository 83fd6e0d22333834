"""Every encoder: what is decoded is what was compressed, in as many bits as ``bits`` says."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from eftheory.compressors import (
    QSGD,
    Compressor,
    Identity,
    NaturalCompression,
    NearestRounding,
    NormSign,
    RandomRounding,
    ScaledSign,
    Ternary,
    TopK,
)
from eftheory.compressors.coding import Message
from eftheory.compressors.coding.elias import gamma_code
from eftheory.compressors.coding.levels import expected_bits
from eftheory.compressors.norm import norm
from tests.compressors.exactly import Vector, law_of, vectors_of_rational_length

FIXED = [
    TopK(1), TopK(3), ScaledSign(), NormSign(), NaturalCompression(), NearestRounding(2), RandomRounding(10),
    NearestRounding(Fraction(9, 8)), Ternary(),
]  # fmt: skip
ALL = [*FIXED, QSGD(1), QSGD(4), QSGD(255)]
singles = st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=False).filter(
    lambda x: x == 0 or abs(x) > 2.0**-90
)
vectors = st.lists(singles, min_size=3, max_size=40) | st.lists(st.integers(-4, 4).map(float), min_size=3, max_size=40)
seeds = st.integers(0, 2**32 - 1)


def compress(compressor: Compressor, v: list[float], seed: int) -> np.ndarray:
    return compressor(np.array(v, dtype=np.float32), np.random.default_rng(seed))


@pytest.mark.parametrize("compressor", ALL, ids=repr)
@given(vectors, seeds)
@example([0.0, 0.0, 0.0], 0)
@example([2.0**-60, -(2.0**60), 1.0], 1)
def test_what_is_decoded_is_what_was_compressed(compressor: Compressor, v: list[float], seed: int) -> None:
    message = compress(compressor, v, seed)
    coded = compressor.encode(message)
    decoded = compressor.decode(coded, len(v))
    assert decoded.dtype == np.float32
    assert np.array_equal(decoded, message)
    if compressor in FIXED:
        assert coded.length == compressor.bits(len(v))


@pytest.mark.parametrize("compressor", ALL, ids=repr)
def test_a_hundred_thousand_entries_take_about_a_second(compressor: Compressor) -> None:
    d = 10**5
    message = compress(compressor, np.random.default_rng(0).normal(size=d).tolist(), 1)
    start = time.perf_counter()
    coded = compressor.encode(message)
    assert np.array_equal(compressor.decode(coded, d), message)
    assert time.perf_counter() - start < 10
    assert coded.length <= compressor.bits(d)


def test_top_k_with_many_entries() -> None:
    d, k = 20000, 7000
    message = compress(TopK(k), np.random.default_rng(0).normal(size=d).tolist(), 0)
    coded = TopK(k).encode(message)
    assert coded.length == TopK(k).bits(d)
    assert np.array_equal(TopK(k).decode(coded, d), message)


def test_fewer_entries_than_k() -> None:
    v = np.array([0, 0, 5, 0], dtype=np.float32)
    coded = TopK(3).encode(TopK(3)(v))
    assert coded.length == TopK(3).bits(4)
    assert np.array_equal(TopK(3).decode(coded, 4), v)


@pytest.mark.parametrize("compressor", [TopK(2), ScaledSign(), NormSign(), Ternary()], ids=repr)
def test_what_is_no_number_is_sent(compressor: Compressor) -> None:
    message = compress(compressor, [1.0, float("nan"), 3.0], 0)
    assert np.isnan(message).any()
    decoded = compressor.decode(compressor.encode(message), 3)
    assert np.array_equal(decoded, message, equal_nan=True)


def test_the_nine_bits_of_natural_compression_are_sign_and_exponent() -> None:
    for x in (1.0, -2.0, 2.0**-126, -(2.0**127), 0.0):
        (bits,) = np.float32([x]).view(np.uint32)
        coded = NaturalCompression().encode(np.float32([x]))
        assert int.from_bytes(coded.bits, "big") >> 7 == int(bits) >> 23


# QSGD


def length_of(level: list[int]) -> int:
    return 32 + sum(len(gamma_code(m + 1)) + (m > 0) for m in level)


@settings(max_examples=60)
@given(st.integers(1, 4).flatmap(vectors_of_rational_length).filter(any), st.integers(1, 12))
def test_the_mean_length_of_qsgd_is_at_most_what_bits_says(v: Vector, s: int) -> None:
    unit = norm(v) / s
    mean = sum(
        p * length_of([abs(int(entry / unit)) for entry in message]) for message, p in law_of(QSGD(s), v).items()
    )
    assert mean <= expected_bits(len(v), s)


@pytest.mark.parametrize("s", [1, 2, 6, 14])
def test_equal_entries_have_the_longest_mean_length(s: int) -> None:
    law = law_of(QSGD(s), [Fraction(1)] * 4)
    mean = sum(p * length_of([int(entry * s / 2) for entry in message]) for message, p in law.items())
    assert mean == QSGD(s).bits(4) == expected_bits(4, s)


@pytest.mark.parametrize("d", [1, 2, 5, 100])
def test_the_bits_of_qsgd_grow_with_the_levels(d: int) -> None:
    counts = [float(QSGD(s).bits(d)) for s in range(1, 60)]
    assert counts == sorted(counts)
    assert all(a - b < 1e-9 for a, b in zip(np.diff(counts)[1:], np.diff(counts)))


@given(st.floats(2.0**-60, 2.0**60, width=32), st.lists(st.integers(-15, 15), min_size=1, max_size=20))
def test_levels_are_read_off_the_entries(unit: float, level: list[int]) -> None:
    assume(any(level))
    message = np.float32(unit) * np.array(level, dtype=np.float32)
    coded = QSGD(15).encode(message)
    assert coded.length <= length_of(list(map(abs, level)))
    assert np.array_equal(QSGD(15).decode(coded, len(level)), message)


@given(st.integers(1, 2**23), st.lists(st.integers(-15, 15), min_size=1, max_size=20))
def test_levels_are_read_off_subnormal_entries(multiple: int, level: list[int]) -> None:
    message = np.float32(multiple * 2.0**-149) * np.array(level, dtype=np.float32)
    assert np.array_equal(QSGD(15).decode(QSGD(15).encode(message), len(level)), message)


# Vectors that are no messages


@pytest.mark.parametrize(
    ("compressor", "vector", "why"),
    [
        (TopK(1), [1, 2], "2 of 2 entries are not zero"),
        (TopK(3), [1, 2], "no message of k=3"),
        (ScaledSign(), [1, 2], "differ in absolute value"),
        (NormSign(), [1, 0], "differ in absolute value"),
        (Ternary(), [1, 2, 0], "differ in absolute value"),
        (QSGD(2), [1, 1.25], "no multiples of one number"),
        (QSGD(2), [1, 3], "no multiples of one number"),
        (QSGD(2), [1, np.nan], "not a number"),
        (QSGD(2), [1, np.inf], "not a number"),
        (NaturalCompression(), [1, 3], "an entry is 3.0: only zero and powers of 2"),
        (NaturalCompression(), [1, np.nan], "an entry is nan"),
        (NaturalCompression(), [np.inf], "an entry is inf"),
        (NaturalCompression(), [2.0**-130], "set smaller entries to zero"),
        (TopK(1), [0.1], "float32 vector"),
        (TopK(1), [1e300], "float32 vector"),
        (TopK(1), [[1.0]], "row by row"),
        (TopK(1), [], "row by row"),
    ],
)
def test_other_vectors_are_refused(compressor: Compressor, vector: list, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compressor.encode(np.array(vector, dtype=float))


def test_a_compressor_without_an_encoder_says_so() -> None:
    with pytest.raises(NotImplementedError, match=r"Identity\(\) has no encoder"):
        Identity().encode(np.ones(1))
    with pytest.raises(NotImplementedError, match=r"Identity\(\) has no decoder"):
        Identity().decode(Message(b"", 0), 1)


# Bits that are no messages


def bits_of(text: str) -> Message:
    padded = text.ljust(-(-len(text) // 8) * 8, "0")
    return Message(int(padded, 2).to_bytes(len(padded) // 8, "big"), len(text))


ONE, NEGATIVE, NAN, INF = (f"{int(np.float32(x).view(np.uint32)):032b}" for x in (1, -1, np.nan, np.inf))


@pytest.mark.parametrize(
    ("compressor", "text", "why"),
    [
        (TopK(1), "111" + ONE, "beyond the last"),
        (TopK(1), "000" + ONE[1:], "34 bits ends within the entries"),
        (TopK(1), "00", "ends within the set of positions"),
        (TopK(1), "000" + ONE + "0", "goes on for 1 bits"),
        (TopK(6), "0" * 300, "use k <= 5"),
        (ScaledSign(), NEGATIVE + "00000", "absolute value -1.0"),
        (ScaledSign(), ONE + "0000", "ends within the signs"),
        (NormSign(), ONE + "0" * 6, "goes on for 1 bits"),
        (Ternary(), ONE + "11111111", "no five signs"),
        (Ternary(), NEGATIVE + "0" * 8, "negative"),
        (QSGD(2), NEGATIVE + "1" * 5, "distance -1.0"),
        (QSGD(2), NAN + "1" * 5, "distance nan"),
        (QSGD(2), INF + "1" * 5, "distance inf"),
        (QSGD(2), ONE + "00100" + "1" * 4, "entry 0 is on level 3; there are 2"),
        (QSGD(2), ONE + "0" * 400, "ends within entry 0"),
        (QSGD(2), ONE + "1111", "ends within entry 4"),
        (QSGD(2), ONE + "1" * 6, "goes on for 1 bits"),
        (NaturalCompression(), "0" + "1" * 8 + "0" * 36, "power 255 of 2; there are 254"),
        (NaturalCompression(), "0" * 44, "ends within the powers"),
    ],
)
def test_other_bits_are_refused(compressor: Compressor, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compressor.decode(bits_of(text), 5)


def test_positions_out_of_order_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eftheory.compressors.coding.subset.MAX_ENUMERATED", 4)
    for positions in ("00110010", "00110011", "00111011"):  # 3 and 2, 3 and 3, 3 and 11
        with pytest.raises(ValueError, match="no 2 increasing positions below 11"):
            TopK(2).decode(bits_of(positions + ONE + ONE), 11)
    with pytest.raises(ValueError, match="no 2 increasing positions below 5"):
        TopK(2).decode(bits_of("01101" + ONE + ONE), 5)


@pytest.mark.parametrize("compressor", ALL, ids=repr)
@pytest.mark.parametrize("dimension", [0, -1, 1.5, True])
def test_dimensions_are_counted(compressor: Compressor, dimension: object) -> None:
    with pytest.raises(ValueError, match="number of entries to decode"):
        compressor.decode(Message(b"", 0), dimension)  # type: ignore[arg-type]


@pytest.mark.parametrize("compressor", ALL, ids=repr)
@given(st.text("01", max_size=90), st.integers(1, 12))
def test_any_bits_are_a_message_or_refused(compressor: Compressor, text: str, dimension: int) -> None:
    try:
        found = compressor.decode(bits_of(text) if text else Message(b"", 0), dimension)
    except ValueError:
        return
    assert found.shape == (dimension,)
    assert found.dtype == np.float32


@pytest.mark.parametrize("compressor", FIXED, ids=repr)
@settings(max_examples=30)
@given(vectors, seeds, st.data())
def test_a_flipped_bit_is_another_message_or_refused(
    compressor: Compressor, v: list[float], seed: int, data: st.DataObject
) -> None:
    coded = compressor.encode(compress(compressor, v, seed))
    flipped = data.draw(st.integers(0, coded.length - 1))
    bits = bytearray(coded.bits)
    bits[flipped // 8] ^= 128 >> flipped % 8
    try:
        found = compressor.decode(Message(bytes(bits), coded.length), len(v))
    except ValueError:
        return
    assert found.shape == (len(v),)
