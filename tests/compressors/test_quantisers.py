"""What is special of quantisers: worst magnitudes, levels, closed forms and the limits of floats."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import (
    QSGD,
    Compressor,
    NaturalCompression,
    NaturalDithering,
    NearestRounding,
    RandomRounding,
    Ternary,
)
from eftheory.compressors.norm import square
from eftheory.laws.kinds import settle
from tests.compressors.exactly import Vector, collect, law_of, mean_error, numbers, vectors_of_rational_length

few = settings(max_examples=25)
ENTRYWISE = [NaturalCompression(), NearestRounding(2), RandomRounding(10), NearestRounding(Fraction(3, 2))]
SENDING_A_NORM = [Ternary(), QSGD(4), NaturalDithering(3), NaturalDithering(2, norm="inf", base=3)]
ALL = [*ENTRYWISE, *SENDING_A_NORM]
sizes = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)
exact_vectors = st.lists(numbers, min_size=1, max_size=5)


def relative_variance(compressor: Compressor, v: list[Fraction]) -> Fraction:
    return mean_error(v, law_of(compressor, v)) / square(v)


# Equal laws


@given(exact_vectors)
def test_natural_compression_is_random_rounding_in_base_two(v: Vector) -> None:
    assert law_of(NaturalCompression(), v) == law_of(RandomRounding(2), v)


@given(exact_vectors)
def test_ternary_is_dithering_with_one_level(v: Vector) -> None:
    assert law_of(Ternary(), v) == law_of(NaturalDithering(1, norm="inf", base=7), v)
    assert Ternary().omega(len(v)) == NaturalDithering(1, norm="inf").omega(len(v))


@given(st.integers(1, 5).flatmap(vectors_of_rational_length))
def test_qsgd_with_one_level_is_dithering_with_one_level(v: Vector) -> None:
    assert law_of(QSGD(1), v) == law_of(NaturalDithering(1), v)
    assert QSGD(1).omega(len(v)) == NaturalDithering(1).omega(len(v))


@pytest.mark.parametrize("seed", range(3))
def test_equal_laws_and_seeds_give_equal_messages(seed: int) -> None:
    v = np.random.default_rng(seed).normal(size=(20, 30))
    pairs = [(NaturalCompression(), RandomRounding(2)), (Ternary(), NaturalDithering(1, norm="inf"))]
    for one, other in pairs:
        drawn = [compressor(v, np.random.default_rng(seed)) for compressor in (one, other)]
        np.testing.assert_array_equal(*drawn)


# Worst magnitudes


@given(sizes, st.sampled_from([Fraction(2), Fraction(10), Fraction(9, 8), Fraction(7, 3)]))
def test_random_rounding_has_its_variance_formula(y: Fraction, b: Fraction) -> None:
    compressor = RandomRounding(b)
    power = max(message[0] for message in law_of(compressor, [y])) / b if y not in levels_of(b) else y
    scaled = y / power
    gap = ((1 + b) * scaled - 2 * b) ** 2 / (4 * b) / scaled**2
    expected = compressor.omega(1) - gap if y not in levels_of(b) else 0
    assert relative_variance(compressor, [y]) == expected


def levels_of(b: Fraction) -> set[Fraction]:
    return {b**k for k in range(-40, 41)}


@pytest.mark.parametrize("k", [-30, -1, 0, 5])
def test_the_worst_sizes_are_four_and_three_over_two_and_three(k: int) -> None:
    assert relative_variance(NaturalCompression(), [Fraction(4, 3) * Fraction(2) ** k]) == Fraction(1, 8)
    assert relative_variance(NaturalCompression(), [Fraction(3, 2) * Fraction(2) ** k]) == Fraction(1, 9)
    assert relative_variance(NearestRounding(2), [Fraction(3, 2) * Fraction(2) ** k]) == Fraction(1, 9)


def test_halfway_goes_to_the_smaller_power() -> None:
    assert NearestRounding(2).naive([3, -6, Fraction(3, 8)]) == [2, -4, Fraction(1, 4)]
    assert NearestRounding(2)(np.array([3, -6, 0.375])).tolist() == [2, -4, 0.25]


@pytest.mark.parametrize("d", range(1, 40))
def test_the_worst_ternary_vector_has_the_variance(d: int) -> None:
    a = 1 / (sympy.sqrt(d) + 1)
    second_moment = (1 + (d - 1) * a) / (1 + (d - 1) * a**2)
    known = Ternary().variance(d)
    assert settle(second_moment - 1 - known.value) == 0
    assert known.attained == (isqrt(d) ** 2 == d)


@given(st.lists(numbers, min_size=1, max_size=4))
def test_ternary_second_moment(v: Vector) -> None:
    largest, total = max(map(abs, v)), sum(map(abs, v))
    assert mean_error(v, law_of(Ternary(), v)) == largest * total - square(v)


# QSGD


@given(st.integers(1, 4).flatmap(vectors_of_rational_length).filter(any), st.integers(1, 6))
def test_qsgd_has_its_variance_formula(v: Vector, s: int) -> None:
    unit = Fraction(isqrt_exact(square(v)), s)
    parts = [abs(entry) / unit % 1 for entry in v]
    assert mean_error(v, law_of(QSGD(s), v)) == unit**2 * sum(f * (1 - f) for f in parts)


def isqrt_exact(x: Fraction) -> Fraction:
    return Fraction(isqrt(x.numerator), isqrt(x.denominator))


def qsgd_variance(s: int, y: np.ndarray) -> np.ndarray:
    """Of vectors along the last axis, whose lengths are one."""
    parts = s * np.abs(y) % 1
    return (parts * (1 - parts)).sum(axis=-1) / s**2


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5, 8, 16, 37])
@pytest.mark.parametrize("s", [1, 2, 3, 4, 7])
def test_no_vector_exceeds_the_constant_of_qsgd(d: int, s: int) -> None:
    known = QSGD(s).variance(d)
    rng = np.random.default_rng(s)
    y = rng.normal(size=(20000, d)) * rng.random((20000, d)) ** rng.integers(0, 4, size=(20000, 1))
    y /= np.linalg.norm(y, axis=-1, keepdims=True)
    found = qsgd_variance(s, y).max()
    assert found <= float(known.value) + 1e-12
    if known.exact:
        extremal = np.array(known.extremal, dtype=float)
        at_extremal = qsgd_variance(s, extremal / np.linalg.norm(extremal))
        assert d == 1 or at_extremal == pytest.approx(float(known.value), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("s", "d"), [(s, d) for s in range(2, 6) for d in range(2, 10) if 4 * s**2 > d])
def test_all_parts_may_be_halves_just_where_the_bound_is_called_exact(s: int, d: int) -> None:
    """Odd numbers whose squares sum to (2 s)^2: all are tried."""
    odd = range(1, 2 * s, 2)
    there_are = any(
        sum(n * n for n in choice) == 4 * s**2 for choice in itertools.combinations_with_replacement(odd, d)
    )
    known = QSGD(s).variance(d)
    assert known.value == Fraction(d, 4 * s**2)
    assert known.exact == there_are
    if known.exact:
        assert square(known.extremal) == 4 * s**2
        assert all(entry % 2 == 1 for entry in known.extremal)


@pytest.mark.parametrize(("s", "d"), [(255, 4), (255, 1000), (2**16 - 1, 44), (10**6, 8)])
def test_the_halves_are_found_for_many_levels(s: int, d: int) -> None:
    extremal = QSGD(s).variance(d).extremal
    assert (extremal is not None) == (d % 4 == 0 and (s - d // 4) % 2 == 0)
    assert extremal is None or square(extremal) == 4 * s**2


@pytest.mark.parametrize("d", [1, 2, 3, 4, 10, 64, 100])
@pytest.mark.parametrize("s", [1, 2, 3, 5, 16])
def test_the_constants_are_never_above_those_quoted(d: int, s: int) -> None:
    assert float(QSGD(s).omega(d)) <= min(d / s**2, d**0.5 / s)
    for norm, r in ((2, 2), ("inf", 2)):
        t = d ** (1 / r) * 2.0 ** (1 - s)
        assert float(NaturalDithering(s, norm=norm).omega(d)) <= 1 / 8 + t * min(1, t)


# Natural dithering


def dithering_variance(s: int, b: float, y: np.ndarray) -> np.ndarray:
    """Of shares of the norm: each entry's."""
    levels = np.array([0.0, *(b**k for k in range(1 - s, 1))])
    place = np.minimum(np.searchsorted(levels, y, side="right"), s)
    return (levels[place] - y) * (y - levels[place - 1])


@pytest.mark.parametrize("d", [2, 3, 4, 7, 33, 1000])
@pytest.mark.parametrize("s", [1, 2, 3, 5])
@pytest.mark.parametrize("b", [2, Fraction(5, 4), 7])
def test_dithering_by_the_largest_entry_has_its_exact_constant(d: int, s: int, b: Fraction) -> None:
    """The others are best alike, so a fine grid of one number finds the worst vector."""
    known = NaturalDithering(s, norm="inf", base=b).variance(d)
    y = np.linspace(0, 1, 400001)
    found = ((d - 1) * dithering_variance(s, float(b), y) / (1 + (d - 1) * y**2)).max()
    assert known.exact
    assert found == pytest.approx(float(known.value), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("d", [2, 3, 4, 7, 33, 80])
@pytest.mark.parametrize("s", [1, 2, 3, 5])
@pytest.mark.parametrize("b", [2, Fraction(5, 4), 7])
def test_dithering_by_the_length_stays_below_its_constant(d: int, s: int, b: Fraction) -> None:
    """Equal entries, of two sizes, and random ones."""
    known = NaturalDithering(s, base=b).variance(d)
    rng = np.random.default_rng(d)
    y = rng.random((20000, d)) ** rng.integers(0, 5, size=(20000, 1))
    large = rng.integers(1, d, size=(20000, 1)) > np.arange(d)
    y[:10000] = np.where(large, rng.random((20000, 1)), rng.random((20000, 1)))[:10000] + 1e-9
    y[0] = 1
    y /= np.linalg.norm(y, axis=-1, keepdims=True)
    found = dithering_variance(s, float(b), y).sum(axis=-1)
    assert found.max() <= float(known.value) + 1e-12
    if known.exact:
        assert found[0] == pytest.approx(float(known.value), rel=1e-9)


@few
@given(st.integers(1, 3).flatmap(vectors_of_rational_length), st.integers(1, 4))
def test_dithering_rounds_shares_to_levels(v: Vector, s: int) -> None:
    compressor = NaturalDithering(s, base=Fraction(5, 2))
    size = isqrt_exact(square(v))
    for message in law_of(compressor, v):
        assert all(abs(entry) in [size * share for share in compressor.shares] for entry in message)


# Floats


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_powers_of_two_and_their_neighbours_are_told_apart(dtype: type) -> None:
    """Powers, subnormal ones too, and the floats next to them, against the exact definition."""
    limits = np.finfo(dtype)
    low, high = int(np.log2(limits.smallest_subnormal)), limits.maxexp
    exponents = np.concatenate([np.arange(low, high, 5), np.arange(low, low + 60), np.arange(-9, 9), [high - 1]])
    powers = np.ldexp(dtype(1), exponents)
    near = np.concatenate([powers, np.nextafter(powers, dtype(0)), np.nextafter(powers, dtype(np.inf))])
    near = np.concatenate([near, near * dtype(1.5)])
    near = near[(near <= powers.max()) & (near > 0)]
    near = np.concatenate([near, -near])
    exact = [Fraction(float(x)) for x in near]
    assert [Fraction(x) for x in NearestRounding(2)(near).tolist()] == NearestRounding(2).naive(exact)
    for seed in range(3):
        drawn = NaturalCompression()(near, np.random.default_rng(seed)).tolist()
        for x, found in zip(exact, drawn):
            assert (found,) in collect(NaturalCompression().outcomes([x]))


@pytest.mark.parametrize("base", [3, 10, Fraction(9, 8)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_powers_of_other_bases_are_the_nearest_floats(base: Fraction, dtype: type) -> None:
    powers = np.array([float(Fraction(base) ** k) for k in range(-30, 31)]).astype(dtype)
    for compressor in (NearestRounding(base), RandomRounding(base)):
        assert np.array_equal(compressor(powers, np.random.default_rng(0)), powers)
    for side in (0, np.inf):
        near = np.nextafter(powers, dtype(side))
        assert np.array_equal(NearestRounding(base)(near), powers)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_beyond_the_largest_power_floats_are_rounded_down(dtype: type) -> None:
    largest = np.finfo(dtype).max
    power = np.ldexp(dtype(1), np.finfo(dtype).maxexp - 1)
    for compressor in (NaturalCompression(), NearestRounding(2)):
        found = compressor(np.array([largest, -largest, power]), np.random.default_rng(0))
        assert found.tolist() == [power, -power, power]


@pytest.mark.parametrize("compressor", ALL, ids=repr)
@pytest.mark.parametrize("dtype", [np.float16, np.longdouble])
def test_other_floats_are_compressed(compressor: Compressor, dtype: type) -> None:
    v = np.array([3, -4, 0, 12, 0.3], dtype=dtype)
    found = compressor(v, np.random.default_rng(1))
    assert found.dtype == dtype
    assert (np.sign(found) * np.sign(v) >= 0).all()


@pytest.mark.parametrize("compressor", ENTRYWISE, ids=repr)
def test_what_is_no_finite_number_stays(compressor: Compressor) -> None:
    v = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert np.array_equal(compressor(v, np.random.default_rng(0)), v, equal_nan=True)


@pytest.mark.parametrize("compressor", SENDING_A_NORM, ids=repr)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_without_a_finite_norm_the_message_is_no_number(compressor: Compressor, bad: float) -> None:
    v = np.array([[1.0, bad, 0.0], [1.0, 2.0, 2.0]])
    found = compressor(v, np.random.default_rng(0))
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1]).all()


@pytest.mark.parametrize("compressor", ALL, ids=repr)
@pytest.mark.parametrize("scale", [1e-300, 1e-310, 1.0, 1e300])
def test_tiny_and_huge_vectors_are_compressed(compressor: Compressor, scale: float) -> None:
    v = scale * np.array([3.0, -4.0, 0.0, 12.0])
    found = compressor(v, np.random.default_rng(1))
    assert np.isfinite(found).all()
    assert (np.sign(found) * np.sign(v) >= 0).all()
    assert np.abs(found).max() <= 10 * 13 * scale


@pytest.mark.parametrize("compressor", ALL, ids=repr)
def test_whole_numbers_become_floats(compressor: Compressor) -> None:
    found = compressor(np.array([3, -4, 0]), np.random.default_rng(0))
    assert np.array_equal(found, compressor(np.array([3.0, -4.0, 0.0]), np.random.default_rng(0)))


@pytest.mark.parametrize("compressor", [c for c in ALL if c.unbiased], ids=repr)
def test_the_mean_of_many_draws_is_the_vector(compressor: Compressor) -> None:
    v = np.array([0.3, -1.7, 0.0, 2.5, 0.011])
    drawn = compressor(np.tile(v, (40000, 1)), np.random.default_rng(5))
    width = drawn.std(axis=0) / 200
    assert (np.abs(drawn.mean(axis=0) - v) <= 5 * width + 1e-12).all()


# Bad input


@pytest.mark.parametrize("kind", [QSGD, NaturalDithering])
@pytest.mark.parametrize("levels", [0, -1, 1.5, True, "2"])
def test_levels_are_counted(kind: type, levels: object) -> None:
    with pytest.raises(ValueError, match=r"levels=.*at least 1"):
        kind(levels)


@pytest.mark.parametrize("kind", [RandomRounding, NearestRounding, lambda base: NaturalDithering(2, base=base)])
def test_bases_are_exact_and_not_too_small(kind: type) -> None:
    with pytest.raises(TypeError, match="int or a Fraction"):
        kind(2.0)
    with pytest.raises(ValueError, match="at least 9/8"):
        kind(1)


def test_norms_are_named() -> None:
    with pytest.raises(ValueError, match='norm=1: the norm that is sent is 2 or "inf"'):
        NaturalDithering(2, norm=1)
