"""What is measured is exact, rounding is no violation, and little more than rounding is one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import Contractive
from eftheory.compressors import (
    Identity,
    NearestRounding,
    NormSign,
    Overshoot,
    RandK,
    RelativeThreshold,
    Repeated,
    Scaled,
    ScaledSign,
    TopK,
)
from eftheory.testing import Absolute, Unbiased, adapt
from eftheory.testing.branching import NotEnumerableError
from eftheory.testing.measure import measure, measure_best, measure_exactly, measure_twice

DTYPES = st.sampled_from([np.float32, np.float64])
POWERS = st.integers(-60, 60)
FLOATS = st.floats(-1e6, 1e6, allow_subnormal=False)
COMPRESSORS = [
    Identity(),
    Overshoot(Fraction(1, 3)),
    Overshoot(Fraction(99, 100)),
    TopK(1),
    TopK(2),
    ScaledSign(),
    NormSign(),
    NearestRounding(2),
    NearestRounding(10),
    RelativeThreshold(Fraction(1, 2)),
    Repeated(TopK(1), 2),
    Repeated(ScaledSign(), 3),
    Scaled(TopK(1), Fraction(9, 10)),
]


def violates(compressor, v):
    """In floats, whether the compressor's own claim is refuted."""
    subject = adapt(compressor)
    return measure(subject, v, v.dtype).violates(subject.claim(v.size))


@pytest.mark.parametrize("compressor", COMPRESSORS, ids=repr)
@given(st.integers(2, 200), POWERS, DTYPES, st.integers(0, 2**32 - 1))
def test_rounding_is_no_violation_at_the_worst_vector(compressor, d, power, dtype, seed):
    known = compressor.contraction(d)
    if known is None or known.extremal is None:
        return
    rng = np.random.default_rng(seed)
    v = np.array([float(entry) for entry in known.extremal])
    v = rng.permutation(v * rng.choice([-1.0, 1.0], d) / np.abs(v).max())
    assert not violates(compressor, (v * 2.0**power).astype(dtype))


@pytest.mark.parametrize("compressor", COMPRESSORS, ids=repr)
@given(
    st.sampled_from(["one-hot", "equal", "nearly equal", "two sizes", "normal"]),
    st.integers(2, 200),
    POWERS,
    st.floats(1, 2),
    DTYPES,
)
def test_rounding_is_no_violation_elsewhere(compressor, kind, d, power, size, dtype):
    rng = np.random.default_rng(d)
    v = {
        "one-hot": np.eye(d)[d // 2],
        "equal": np.ones(d),
        "nearly equal": 1 + rng.choice([-1.0, 0.0, 1.0], d) * np.finfo(dtype).eps,
        "two sizes": np.where(np.arange(d) < d // 3, 1.0, 1 / 3),
        "normal": rng.standard_normal(d),
    }[kind]
    assert not violates(compressor, (v * size * 2.0**power).astype(dtype))


@given(st.integers(1, 200), POWERS, st.floats(0.01, 1), st.integers(0, 2**32 - 1))
def test_a_millionth_too_much_is_a_violation(d, power, s, seed):
    """||C(v) - v|| = s' ||v|| with s'^2 = (1 + 1e-6) s^2, in double precision."""
    v = np.random.default_rng(seed).standard_normal(d) * 2.0**power
    subject = adapt(lambda x: x * (1 + s * np.sqrt(1 + 1e-6)))
    assert measure(subject, v).violates(Contractive(1 - Fraction(s) ** 2) if s < 1 else Absolute(0))
    assert not measure(adapt(lambda x: x * (1 + s)), v).violates(Unbiased(Fraction(s) ** 2))


@given(st.integers(1, 30), POWERS, st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100))
def test_in_fractions_there_is_no_room_at_all(d, power, s):
    vector = [Fraction(2) ** power * (j + 1) for j in range(d)]
    tiny = Fraction(1, 10**30)
    subject = adapt(Overshoot(s))
    measured = measure_exactly(subject, vector)
    assert measured.ratio == s**2
    assert not measured.violates(subject.claim(d))
    assert measured.violates(Contractive(1 - s**2 + tiny))


@given(st.lists(st.tuples(FLOATS, FLOATS), min_size=1, max_size=20), DTYPES)
def test_ratio_is_that_of_the_floats(pairs, dtype):
    v, message = np.array(pairs).T.astype(dtype)
    if not v.any():
        return
    measured = measure(adapt(lambda x: message), v, dtype)
    error = sum((Fraction(c.item()) - Fraction(x.item())) ** 2 for c, x in zip(message, v))
    assert measured.error == error
    assert measured.ratio == error / sum(Fraction(x.item()) ** 2 for x in v)
    assert measured.mean == [Fraction(c.item()) for c in message]
    assert not measured.exact


@given(st.integers(1, 5), st.data())
def test_ratio_of_rand_k(d, data):
    k = data.draw(st.integers(1, d))
    v = data.draw(st.lists(st.integers(-9, 9), min_size=d, max_size=d).filter(any))
    for scaled, ratio in ((False, 1 - Fraction(k, d)), (True, Fraction(d, k) - 1)):
        for measured in measure_twice(adapt(RandK(k, scaled=scaled)), v):
            assert measured.ratio == pytest.approx(ratio, abs=0 if measured.exact else 1e-12)
            assert sum(p for p, _ in measured.law) == 1
            assert measured.is_biased() == (not scaled and k < d)


def test_both_ways():
    exactly, roughly = measure_twice(adapt(TopK(1)), [3, 4])
    assert (exactly.exact, roughly.exact, exactly.gamma) == (True, False, 0)
    assert exactly.ratio == roughly.ratio == Fraction(9, 25)
    assert [m.exact for m in measure_twice(adapt(lambda x: x * 0.5), [3, 4])] == [False]


@pytest.mark.parametrize(
    "compressor",
    [
        lambda x, rng: x * rng.standard_normal(),
        lambda x, rng: x * np.rint(2 * rng.random(x.size)),
        lambda x, rng: x * np.log(rng.random()),
        lambda x, rng: x * rng.integers(0, np.full(x.size, 2)),
        lambda x, rng: x * (rng.random(x.size).argsort() == 0),
    ],
    ids=["normal", "rint", "log", "integers below an array", "argsort"],
)
def test_draws_that_cannot_be_listed(compressor):
    assert measure_best(adapt(compressor), [1.0, 2.0]) is None


def test_too_many_draws_are_asked_for_once():
    subject = adapt(lambda x, rng: x * (rng.random(x.size) < 0.5).any())
    with pytest.raises(NotEnumerableError, match="more than 1000"):
        measure(subject, np.ones(12))
    with pytest.raises(NotEnumerableError, match="found before"):
        measure(subject, np.ones(12))


def test_not_finite_or_raising():
    with pytest.raises(ValueError, match="not finite"):
        measure(adapt(lambda x: x * np.nan), [1.0])
    with pytest.raises(ValueError, match="raises ZeroDivisionError"):
        measure(adapt(lambda x: x * (1 // 0)), [1.0])
    assert measure_best(adapt(lambda x: x * np.inf), [1.0]) is None
