"""Both sides of every line at the example: in exact numbers, where there is least room, and rounded only if long."""

from fractions import Fraction

from eftheory.pages.fragments import Table
from eftheory.pages.latex import PER_PAGE, tabular
from eftheory.proofkit import Theorem, expectation, mean, square
from eftheory.proofkit.lessons.at_example import COLUMNS, lines_at
from eftheory.proofkit.models.example import Example
from eftheory.proofkit.models.surd import square_root
from eftheory.proofkit.models.world import World


def in_numbers(write, values, n=1, probabilities=(1,)):
    """The rows of a theorem that ``write`` fills, with values for its symbols."""
    theorem = Theorem("small", "A small theorem", source="own")
    names = write(theorem)
    world = World(n, probabilities, 1)
    for name in names:
        world.values |= dict(zip(world.keys(name), values[name.name]))
    table = lines_at(Example(theorem, world))
    assert table.columns == COLUMNS
    return table.rows


def test_the_agent_with_least_room_is_shown():
    def write(theorem):
        a, b = theorem.scalar("a", indexed=True), theorem.scalar("b", indexed=True)
        theorem.given("smaller", a <= b)
        theorem.given("mean", mean(a) <= 10)
        return a, b

    rows = in_numbers(write, {"a": [1, 5], "b": [4, 6]}, n=2)
    assert rows == (("smaller", "5", "6", "1"), ("mean", "3", "10", "7"))


def test_a_line_that_does_not_hold_is_seen():
    def write(theorem):
        a = theorem.scalar("a", random=True)
        theorem.given("in expectation", expectation(a) <= 2)
        theorem.given("always", a <= 2)
        return (a,)

    rows = in_numbers(write, {"a": [1, 3]}, probabilities=(Fraction(1, 2),) * 2)
    assert rows == (("in expectation", "2", "2", "0"), ("always", "3", "2", "-1"))


def test_long_numbers_are_rounded_and_say_so():
    def write(theorem):
        a, u = theorem.scalar("a"), theorem.vector("u")
        theorem.given("root", a <= 10**9 + square(u))
        theorem.given("vectors", u.equals(a * u))
        return a, u

    root = square_root(Fraction(2))
    (_, left, right, room), vectors = in_numbers(write, {"a": [root], "u": [[0 * root + 1]]})
    assert (left, right, room) == ("sqrt(2)", "about 1e+09", "about 1e+09")
    assert vectors == ("vectors", "1", "sqrt(2)", "about 0.41421")


def test_a_table_of_many_rows_is_written_in_pieces():
    table = Table(("line", "left"), (("a_b", "1"),) * (PER_PAGE + 1))
    lines = list(tabular(table))
    assert sum("begin" in line for line in lines) == 2
    assert sum(r"a\_b & 1" in line for line in lines) == PER_PAGE + 1
