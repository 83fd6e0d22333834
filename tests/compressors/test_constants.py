"""alpha, omega and D of every compressor, by exact enumeration; and what the one implies of the other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import Scaled
from eftheory.compressors.constant import Constant
from eftheory.compressors.norm import square
from tests.compressors.case import Case
from tests.compressors.exactly import law_of, laws_of, mean, mean_error, mean_square, samples, vectors
from tests.kit.compressor_cases import CASES, name

few = settings(max_examples=12)
UNBIASED = [case for case in CASES if case.compressor.unbiased]


@pytest.mark.parametrize("case", CASES, ids=name)
@few
@given(st.data())
def test_no_vector_exceeds_the_constants(case: Case, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(case.dimensions))
    alpha, omega = case.compressor.contraction(dimension), case.compressor.variance(dimension)
    absolute = case.compressor.absolute(dimension)
    for v, law in laws_of(case.compressor, data.draw(vectors(dimension))):
        if alpha is not None:
            assert mean_error(v, law) <= (1 - alpha.value) * square(v)
        if omega is not None:
            assert mean_error(v, law) <= omega.value * square(v)
        if absolute is not None:
            assert mean_error(v, law) <= absolute.value


@pytest.mark.parametrize("case", UNBIASED, ids=name)
@few
@given(st.data())
def test_the_mean_of_an_unbiased_one_is_the_vector(case: Case, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(case.dimensions))
    for v, law in laws_of(case.compressor, data.draw(vectors(dimension))):
        assert mean(law) == v


@pytest.mark.parametrize("case", [case for case in CASES if not case.compressor.unbiased], ids=name)
def test_a_biased_one_is_biased(case: Case) -> None:
    assert case.compressor.variance(case.dimensions[-1]) is None
    dimension = case.dimensions[-1]
    known = case.compressor.contraction(dimension)
    if known is None or known.value < 1:  # else it is the identity in all but name
        assert any(mean(law) != v for v, law in laws_of(case.compressor, list(samples(dimension))))


@pytest.mark.parametrize("case", CASES, ids=name)
def test_extremal_vectors_show_the_constants(case: Case) -> None:
    for dimension in case.dimensions:
        alpha, omega = case.compressor.contraction(dimension), case.compressor.variance(dimension)
        absolute = case.compressor.absolute(dimension)
        if alpha is not None:
            check_extremal(case, alpha, 1 - alpha.value, relative=True)
        if omega is not None:
            check_extremal(case, omega, omega.value, relative=True)
        if absolute is not None:
            check_extremal(case, absolute, absolute.value, relative=False)


def check_extremal(case: Case, known: Constant, worst: Any, *, relative: bool) -> None:
    if known.extremal is None:
        return
    found = mean_error(known.extremal, law_of(case.compressor, known.extremal))
    if relative:
        found /= square(known.extremal)
    if known.attained:
        assert found == worst
    else:
        assert Fraction(99, 100) * worst <= found < worst


@pytest.mark.parametrize("case", CASES, ids=name)
@few
@given(st.data())
def test_the_classes_imply_each_other(case: Case, data: st.DataObject) -> None:
    """Contractive and unbiased compressors are in the classes B1 and B2 of [BeznosikovEtAl2020]."""
    dimension = data.draw(st.sampled_from(case.dimensions))
    alpha, omega = case.compressor.contraction(dimension), case.compressor.variance(dimension)
    for v, law in laws_of(case.compressor, data.draw(vectors(dimension))):
        product = sum((a * b for a, b in zip(mean(law), v)), Fraction(0))
        if alpha is not None:
            assert 2 * product >= alpha.value * square(v)
            assert alpha.value**2 * square(v) <= 4 * mean_square(law) <= 8 * product
        if omega is not None:
            assert product == square(v)
            assert mean_square(law) <= (1 + omega.value) * product


@pytest.mark.parametrize("case", UNBIASED, ids=name)
def test_scaling_makes_an_unbiased_one_contract(case: Case) -> None:
    for dimension in case.dimensions:
        known = case.compressor.variance(dimension)
        if known is None:
            continue
        scaled = Scaled(case.compressor).contraction(dimension)
        assert scaled is not None
        assert abs(float(scaled.value - 1 / (1 + known.value))) < 1e-15
        assert scaled.exact == known.exact
        if known.exact and isinstance(scaled.value, Fraction):  # else the factor, and so its messages, are irrational
            check_extremal(Case(Scaled(case.compressor)), scaled, 1 - scaled.value, relative=True)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_constants_lie_where_they_must(case: Case) -> None:
    for dimension in case.dimensions:
        alpha, omega = case.compressor.contraction(dimension), case.compressor.variance(dimension)
        assert alpha is None or 0 < alpha.value <= 1
        assert omega is None or omega.value >= 0
        for known in (alpha, omega):
            assert known is None or known.extremal is None or len(known.extremal) == dimension
        bits = case.compressor.bits(dimension)
        assert bits is None or bits > 0
