"""What arithmetic costs, and what happens when the budget is spent."""

from fractions import Fraction

import pytest
from hypothesis import given

from eftheory.assumptions import Contractive
from eftheory.check.lower import agree
from eftheory.exact import Form, Vector, inner, negative_direction
from eftheory.exact.budget import MEMORY, OVERHEAD, BudgetError, limited, plus, spend
from eftheory.worlds.agents import AgentVector
from eftheory.worlds.linear import LinearWorld, multiply
from tests.kit.strategies import rationals, vectors

ONE, LONG = Fraction(1), Fraction(2**640 + 1, 2**640)


def cost(action) -> int:
    """The least budget with which an action succeeds."""
    low, high = -1, 2**30
    while high - low > 1:
        middle = (low + high) // 2
        try:
            with limited(middle):
                action()
            high = middle
        except BudgetError:
            low = middle
    return high


def test_a_combination_costs_its_operands_lengths_in_words():
    assert cost(lambda: plus(ONE, ONE)) == 4 * OVERHEAD + 8 * MEMORY + 4
    assert cost(lambda: plus(LONG, ONE)) == 4 * OVERHEAD + (2 * 2 + 2 * 22) * MEMORY + 2 * 22
    assert cost(lambda: spend([1, 2**640], [2**640])) == 2 * OVERHEAD + (12 + 2 * 11) * MEMORY + 12 * 11


def test_each_kind_of_arithmetic_is_paid_for():
    v = Vector({"x": LONG, "y": ONE})
    for action in (
        lambda: v + v,
        lambda: 3 * v,
        lambda: inner(v, v),
        lambda: Form.sum([(LONG, inner(v, v)), (1, inner(v, v))]),
        lambda: negative_direction([[LONG, ONE], [ONE, LONG]]),
    ):
        assert cost(action) > OVERHEAD


def test_reduced_fractions_are_paid_for():
    """A greatest common divisor of long integers takes as long as four products; one number of a sum has it, too."""
    longer = 4 * 10**2  # of eleven words, but for what they have in common
    v = Vector({"x": LONG})
    assert cost(lambda: v["x"]) > longer
    assert cost(lambda: [*v]) > longer
    assert cost(lambda: Vector.over(3**404, {"x": 2**640})) > longer
    assert cost(lambda: negative_direction([[2**640]])) > longer


def test_the_linear_world_and_the_compressor_are_paid_too():
    """One mean of many long numbers, told to all agents, is long; whatever is then done with it costs that much."""
    v = Vector({"0": LONG, "1": LONG})
    world = LinearWorld((1, 2), curvatures=(v, v))
    each = AgentVector.alike((v, v))
    for action in (
        lambda: world.square(v),
        lambda: world.mean_square(each),
        lambda: world.value(v),
        lambda: multiply(v, v),
        lambda: world.gradient(v),
        lambda: Contractive(Fraction(1, 2)).allows(LONG, LONG),
        lambda: agree((v, v), (v, v), Vector({"0": ONE, "1": -ONE}), ONE),
    ):
        assert cost(action) > OVERHEAD + 20 * 20


@given(vectors(), vectors(), rationals())
def test_a_budget_changes_no_result(u, v, a):
    free = inner(u + a * v, v), negative_direction([[a, 1], [1, a]])
    with limited():
        paid = inner(u + a * v, v), negative_direction([[a, 1], [1, a]])
    assert paid == free


def test_the_outer_budget_counts():
    with limited(10 * (4 * OVERHEAD + 8 * MEMORY + 4)), limited(1):
        for _ in range(10):
            plus(ONE, ONE)
        with pytest.raises(BudgetError, match="too expensive to check"):
            plus(ONE, ONE)


def test_without_a_budget_everything_is_free_and_afterwards_it_is_so_again():
    with pytest.raises(BudgetError), limited(0):
        plus(ONE, ONE)
    assert plus(ONE, ONE) == 2


def test_a_common_denominator_is_paid_for():
    """Each number grows as long as that of all."""
    form = {("u", f"v{k}"): Fraction(1, 10**398 + 2 * k + 3) for k in range(200)}
    with pytest.raises(BudgetError), limited(10**7):
        Form(form)


def test_elimination_stops_in_time():
    """A kernel of long numbers is sought in longer and longer ones: the price is asked before the work is done."""
    row = [Fraction(1, 10**400 + i) for i in range(12)]
    matrix = [[a * b for b in row] for a in row]
    with pytest.raises(BudgetError), limited(10**7):
        negative_direction(matrix)
