from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eftheory.exact import Form, Vector, square
from eftheory.report.squares import MOST_SYMBOLS, sum_of_squares

SMALL = st.fractions(-3, 3, max_denominator=4)
VECTORS = st.dictionaries(st.sampled_from("abcde"), SMALL, max_size=4).map(Vector)
COMBINATIONS = st.lists(st.tuples(SMALL, VECTORS.map(square)), max_size=5).map(Form.sum)


@given(COMBINATIONS, st.permutations("abcde"))
def test_squares_add_up_to_the_form_and_exist_if_it_is_nonnegative(form, order) -> None:
    squares = sum_of_squares(form, list(order))
    assert (squares is None) == (form.negative_part() is not None)
    if squares is not None:
        assert all(weight > 0 for weight, _ in squares)
        assert Form.sum((weight, square(v)) for weight, v in squares) == form


def test_the_first_symbol_in_the_order_leads() -> None:
    e, x = Vector.symbol("e"), Vector.symbol("x")
    half = Fraction(1, 2)
    assert sum_of_squares(half * square(x - e) + square(e), ["x", "e"]) == [(half, x - e), (Fraction(1), e)]


def test_large_blocks_are_not_written_as_squares_unless_nearly_diagonal() -> None:
    names = [f"v{k:02}" for k in range(MOST_SYMBOLS + 1)]
    symbols = [Vector.symbol(name) for name in names]
    total = sum(symbols, Vector())
    arrow = Form.sum([(Fraction(1), square(total)), *((Fraction(1), square(v)) for v in symbols[1:])])
    assert len(sum_of_squares(arrow, names) or []) == len(names)
    dense = Form.sum((Fraction(1), square(total - k * v)) for k, v in enumerate(symbols))
    assert sum_of_squares(dense, names) is None
