from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eftheory.exact import Form, Vector, inner, square
from tests.kit.strategies import NAMES, rationals, vectors

points = st.fixed_dictionaries({name: st.tuples(rationals(-3, 3), rationals(-3, 3)) for name in NAMES})


def place(v: Vector, point: dict) -> tuple[Fraction, Fraction]:
    """The oracle: symbols become plane vectors, and a combination what it says."""
    pairs = [(coefficient, point[name]) for name, coefficient in v]
    return (
        sum((c * p[0] for c, p in pairs), Fraction(0)),
        sum((c * p[1] for c, p in pairs), Fraction(0)),
    )


def evaluate(form: Form, point: dict) -> Fraction:
    return sum((c * dot(point[a], point[b]) for (a, b), c in form.quadratic.items()), Fraction(0))


def dot(p, q):
    return p[0] * q[0] + p[1] * q[1]


@given(vectors(), vectors(), vectors(), rationals(), rationals())
def test_inner_is_bilinear_and_symmetric(u, v, w, a, b):
    assert inner(a * u + b * v, w) == a * inner(u, w) + b * inner(v, w)
    assert inner(w, a * u + b * v) == a * inner(w, u) + b * inner(w, v)
    assert inner(u, v) == inner(v, u)


@given(vectors(), vectors())
def test_square_of_a_sum(u, v):
    assert square(u + v) == square(u) + 2 * inner(u, v) + square(v)
    assert square(u + v) + square(u - v) == 2 * square(u) + 2 * square(v)


@given(vectors(), vectors(), points)
def test_forms_are_inner_products_of_whatever_the_symbols_stand_for(u, v, point):
    assert evaluate(inner(u, v), point) == dot(place(u, point), place(v, point))


@given(vectors(), vectors(), rationals(), rationals(), points)
def test_combinations_evaluate_linearly(u, v, a, b, point):
    form = Form.sum([(a, square(u)), (b, inner(u, v)), (0, square(v))])
    assert evaluate(form, point) == a * evaluate(square(u), point) + b * evaluate(inner(u, v), point)
    assert evaluate(square(u) - square(v), point) == evaluate(square(u), point) - evaluate(square(v), point)


@given(vectors(), vectors(), rationals())
def test_function_values_enter_linearly(values, u, a):
    form = Form.sum([(a, Form(values=values)), (1, square(u)), (2, Form(values=values))])
    assert form.values == (a + 2) * values
    assert form.quadratic == square(u).quadratic


@given(vectors(), vectors())
def test_a_form_that_cancels_is_zero(u, v):
    nothing = square(u + v) - square(u) - 2 * inner(u, v) - square(v)
    assert nothing == Form()
    assert nothing.quadratic == {}
    assert nothing.quadratic == {}
    assert nothing.blocks() == []


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=9))
def test_blocks_are_the_connected_components(pairs):
    form = Form({(min(p), max(p)): Fraction(1 + k) for k, p in enumerate(pairs)})
    component = {name: {name} for pair in form.quadratic for name in pair}  # merged naively
    for a, b in pairs:
        union = component[a] | component[b]
        for name in union:
            component[name] = union
    assert sorted(map(tuple, form.blocks())) == sorted({tuple(sorted(union)) for union in component.values()})


@given(vectors(), vectors(), rationals(), rationals())
def test_matrix_represents_the_form(u, v, a, b):
    form = Form.sum([(a, square(u)), (b, inner(u, v))])
    symbols = sorted({name for pair in form.quadratic for name in pair})
    matrix = form.matrix(symbols)
    again = Form.sum(
        (matrix[i][j], inner(Vector.symbol(p), Vector.symbol(q)))
        for i, p in enumerate(symbols)
        for j, q in enumerate(symbols)
    )
    assert again == form
    assert all(matrix[i][j] == matrix[j][i] for i in range(len(symbols)) for j in range(i))


@given(st.lists(st.tuples(rationals(1, 9), vectors()), max_size=5), st.sampled_from(NAMES))
def test_sums_of_squares_have_no_negative_part_and_minus_a_square_has(squares, name):
    form = Form.sum((weight, square(v)) for weight, v in squares)
    assert form.negative_part() is None
    free = Vector.symbol("free")  # in no square above: with it the form can be negative
    assert (form - Fraction(1, 10**30) * square(free)).negative_part() == "free"
    assert (form + inner(free, Vector.symbol(name))).negative_part() is not None


def test_the_negative_block_is_named():
    u, v, w = (Vector.symbol(name) for name in "uvw")
    assert (square(u - v) - square(w)).negative_part() == "w"
    assert (square(u) + square(v) - 3 * inner(u, v) + square(w)).negative_part() in ("u", "v")


def test_text():
    u, g = Vector.symbol("u"), Vector.symbol("g")
    assert repr(square(u - g)) == "<g, g> - 2 <g, u> + <u, u>"
    assert repr(Form(values=Vector.symbol("f"))) == "f"
    assert repr(Form()) == "0"
