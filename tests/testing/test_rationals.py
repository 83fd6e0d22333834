"""Whole numbers over one denominator say the same as fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eftheory.testing.rationals import Rationals, mix

FLOATS = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6)
PAIRS = st.lists(st.tuples(st.fractions(max_denominator=50), st.fractions(max_denominator=50)), min_size=1, max_size=6)


@given(FLOATS)
def test_of_floats(entries: list[float]) -> None:
    v = Rationals.of_floats(entries)
    assert list(v) == [Fraction(entry) for entry in entries]
    assert v.square == sum(Fraction(entry) ** 2 for entry in entries)
    assert v.denominator >= 1
    assert list(Rationals.of_floats(np.array([0.1, -3], dtype=np.float32))) == [Fraction(float(np.float32(0.1))), -3]


@given(PAIRS, st.fractions(max_denominator=50))
def test_arithmetic(pairs: list[tuple[Fraction, Fraction]], t: Fraction) -> None:
    u, v = (Rationals.of(entries) for entries in zip(*pairs))
    assert list(u) == [a for a, _ in pairs]
    assert list(u.minus(v)) == [a - b for a, b in pairs]
    assert list(u.times(t)) == [t * a for a, _ in pairs]
    assert u.minus(v).square == sum((a - b) ** 2 for a, b in pairs)
    assert u.equals(v) == all(a == b for a, b in pairs)
    assert mix([(Fraction(1, 3), u), (Fraction(2, 3), v)]) == [(a + 2 * b) / 3 for a, b in pairs]
    assert mix([(Fraction(1), u)], sizes=True) == [abs(a) for a, _ in pairs]
    assert list(u[:1]) == [pairs[0][0]]
