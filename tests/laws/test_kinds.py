import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory.laws.enclosure import enclose, largest, smallest, write_count, write_decimal, write_rate
from eftheory.laws.kinds import one_kind, settle, sqrt


def test_sympy_is_loaded_only_when_it_is_needed() -> None:
    program = (
        "import sys; from fractions import Fraction as Q; from eftheory import laws; "
        "laws.tight_rate(25, 11, alpha=Q(15, 16)); laws.tight_rate(1., .1, alpha=.3); laws.xi(Q(3, 4)); "
        "laws.heterogeneous_rate([(1, .1), (2, 1)], alpha=.3); laws.cgd_rate(1, Q(1, 3), alpha=Q(3, 4)); "
        "laws.iterations_to_accuracy(.5, .1); "
        "assert not {'sympy', 'numpy', 'cvxpy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(st.fractions(0, 100))
def test_square_roots_of_squares_are_fractions(x) -> None:
    assert sqrt(x * x) == x
    assert isinstance(sqrt(x * x), Fraction)
    root = sqrt(x)
    assert root * root == x


def test_kinds() -> None:
    assert one_kind(a=1, b=Fraction(1, 2)) == (Fraction(1), Fraction(1, 2))
    assert [type(x) for x in one_kind(a=1, b=0.5)] == [float, float]
    a, b = one_kind(a=np.int64(3), b=np.float64(0.5))
    assert (type(a), type(b)) == (float, float)
    assert type(one_kind(a=np.int64(3))[0]) is Fraction
    x = sympy.Symbol("x")
    assert one_kind(a=x, b=0.5) == (x, 0.5)


def test_extremes() -> None:
    x = sympy.Symbol("x")
    assert largest(Fraction(1, 2), Fraction(1, 3)) == Fraction(1, 2)
    assert smallest(0.5, 0.25) == 0.25
    assert largest(Fraction(3, 2), sympy.sqrt(2)) == Fraction(3, 2)
    assert smallest(x, 1) == sympy.Min(1, x)
    assert largest(1 / (1 + sympy.sqrt(2)), sympy.sqrt(2) - 1) == sympy.sqrt(2) - 1


def test_settle() -> None:
    two = sympy.sqrt(2)
    assert settle(1 / (1 + two)) == two - 1
    assert settle(two * two, Fraction(1)) == 2
    assert isinstance(settle(two * two, Fraction(1)), Fraction)
    assert not isinstance(settle(two * two, two), Fraction)
    assert settle(sympy.Symbol("x") / two) == sympy.Symbol("x") / two


@pytest.mark.parametrize(
    "x",
    [
        sympy.sqrt(2),
        1 - sympy.sqrt(1 - sympy.Rational(1, 10**40)),
        -(sympy.Rational(7, 3) ** sympy.Rational(2, 3)),
        sympy.sqrt(2 + sympy.sqrt(3)) / (1 - sympy.sqrt(5)),
        sympy.Max(sympy.sqrt(2), sympy.sqrt(3) - sympy.Rational(1, 3)),
        sympy.rootof(sympy.Symbol("x") ** 5 - sympy.Symbol("x") - 1, 0),
        sympy.Float("0.1") + sympy.sqrt(2),
    ],
)
def test_enclosures(x) -> None:
    below, above = enclose(x, bits=150)
    value = sympy.Rational(str(x.evalf(80, maxn=2000)))
    error = abs(value) * sympy.Rational(1, 10**78)
    assert below - error <= value <= above + error
    assert (above - below) * 2**150 <= abs(below)


def test_enclosures_of_plain_numbers_are_exact() -> None:
    assert enclose(3) == (3, 3)
    assert enclose(0.1) == (Fraction(0.1), Fraction(0.1))
    assert enclose(sympy.Rational(1, 3)) == (Fraction(1, 3), Fraction(1, 3))


def test_what_has_no_enclosure() -> None:
    with pytest.raises(TypeError, match="needs numbers for x"):
        enclose(sympy.Symbol("x"))
    with pytest.raises(TypeError, match="no enclosure for sin"):
        enclose(sympy.sin(1))


@given(st.fractions(0, 3), st.integers(-200, 200), st.booleans())
def test_decimals_of_any_size_are_short_and_lie_on_the_side_asked_for(x, exponent, up) -> None:
    number = sqrt(2 + x) * Fraction(10) ** exponent
    text = write_decimal(number, up=up)
    assert len(text) < 33
    assert (Fraction(text) >= number) if up else (Fraction(text) <= number)
    if exponent < 0:
        whole, _, less = write_rate(1 - number / 2, up=up).partition(" - ")
        assert len(less) < 33
        rate = Fraction(whole) - Fraction(less or 0)
        assert (rate >= 1 - number / 2) if up else (rate <= 1 - number / 2)


@given(st.integers(0, 10**30))
def test_counts_are_short_and_never_too_low(count) -> None:
    assert Fraction(write_count(count)) >= count
    assert len(write_count(count)) < 19


@given(st.fractions(0, 3), st.integers(0, 80), st.sampled_from((None, 0, 3, 9)))
def test_decimals_lie_on_the_side_asked_for(x, zeros, digits) -> None:
    number = 1 - sqrt(1 + x) / 10**zeros
    below, above = enclose(number, bits=1000) if number != 0 else (0, 0)
    up, down = (Fraction(write_decimal(number, up=side, digits=digits)) for side in (True, False))
    assert down <= below <= above <= up
    assert up - down <= Fraction(2, 10 ** (12 if digits is None else digits))
    if digits is None and 0 < zeros < 50:
        assert up < 1
