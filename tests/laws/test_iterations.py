import math
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory import laws
from eftheory.laws import iterations_to_accuracy

inside = st.fractions(Fraction(1, 200), Fraction(199, 200), max_denominator=200)


@given(inside, st.fractions(Fraction(1, 10**6), 2, max_denominator=10**6), st.fractions(Fraction(1, 9), 9))
def test_it_is_the_least_number_of_steps(rate, accuracy, constant) -> None:
    t = iterations_to_accuracy(rate, accuracy, constant=constant)
    assert constant * rate**t <= accuracy
    assert t == 0 or constant * rate ** (t - 1) > accuracy


@given(inside, st.integers(1, 300))
def test_equality_counts(rate, t) -> None:
    assert iterations_to_accuracy(rate, rate**t) == t
    assert iterations_to_accuracy(rate, rate**t * (1 - Fraction(1, 10**400))) == t + 1
    assert iterations_to_accuracy(rate, rate**t * (1 + Fraction(1, 10**400))) == t


@given(st.floats(0.01, 0.99), st.floats(1e-12, 0.5))
def test_floats_are_their_binary_values(rate, accuracy) -> None:
    t = iterations_to_accuracy(rate, accuracy)
    assert t == iterations_to_accuracy(Fraction(rate), Fraction(accuracy))
    assert t == pytest.approx(math.log(accuracy) / math.log(rate), abs=1.001)


def test_algebraic_rates() -> None:
    half_root = sympy.sqrt(2) / 2
    assert iterations_to_accuracy(half_root, Fraction(1, 2**10)) == 20
    assert iterations_to_accuracy(half_root, Fraction(1, 2**10 + 1)) == 21
    assert iterations_to_accuracy(half_root, Fraction(1, 2**10 - 1)) == 20
    golden = (3 - sympy.sqrt(5)) / 2
    assert iterations_to_accuracy(golden, Fraction(1, 10**6)) == 15
    root = laws.heterogeneous_rate([(1, Fraction(1, 10)), (2, 1)], alpha=Fraction(3, 5))
    t = iterations_to_accuracy(root, Fraction(1, 10**6))
    assert root.evalf(50) ** t <= Fraction(1, 10**6) < root.evalf(50) ** (t - 1)


def test_many_steps_cost_nothing() -> None:
    t = iterations_to_accuracy(1 - Fraction(1, 10**30), Fraction(1, 10**6))
    assert t == 13815510557964274104107948728100


def test_ends() -> None:
    assert iterations_to_accuracy(Fraction(1, 2), 1) == 0
    assert iterations_to_accuracy(0, 1e-9) == 1
    assert iterations_to_accuracy(0.0, 3) == 0
    assert isinstance(iterations_to_accuracy(0.5, 0.25), int)


def test_symbols() -> None:
    rate = sympy.Symbol("rate", positive=True)
    steps = iterations_to_accuracy(rate, Fraction(1, 1000))
    assert steps.subs(rate, sympy.Rational(1, 2)) == 10


@pytest.mark.parametrize(
    ("rate", "accuracy", "message"),
    [
        (1, 0.1, "rate=1: a rate of 1 or more reaches no accuracy"),
        (1.5, 0.1, "rate=1.5: "),
        (-1, 0.1, "rate=-1: a rate must not be negative"),
        (0.5, 0, "accuracy=0: the accuracy must be positive"),
        (sympy.sqrt(2), 0.1, "rate=sqrt\\(2\\): "),
    ],
)
def test_range(rate, accuracy, message) -> None:
    with pytest.raises(ValueError, match=message):
        iterations_to_accuracy(rate, accuracy)
