"""Examples of theorems: found where there are some, refused where a hypothesis fails."""

import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from eftheory.cli.commands import app
from eftheory.proofkit import Repeated, Telescoped, check, expectation, inner, mean, square
from eftheory.proofkit.kernel.expression import wrap
from eftheory.proofkit.kernel.reader import DataError
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.proofkit.models.example import Example, NoExample, is_dull
from eftheory.proofkit.models.recorded import read_value
from eftheory.proofkit.models.seek import find
from eftheory.proofkit.models.surd import Surd, square_root
from eftheory.proofkit.models.world import World
from tests.proofkit.claims import new

HALVES = [Fraction(1, 2)] * 2


def found(t):
    example = find(t)
    assert example.failing == []
    return example


def compressed(t):
    """A compressor with its constant, for agents that differ."""
    s = t.parameter("s", above=0, below=1)
    v, c = t.vector("v", indexed=True), t.vector("c", indexed=True, random=True)
    t.given("compressor", expectation(square(c - v)) <= s**2 * square(v))
    return s, v, c


def test_a_compressor():
    t = new()
    s, v, c = compressed(t)
    t.claim(expectation(square(c - v)) <= square(v), expectation(square(c - v)) <= s**3 * square(v) / 100)
    example = found(t)
    assert example.dull == []
    assert example.refuted == [2]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_unbiased(seed):
    t = new(f"t{seed}")
    v, q, omega = t.vector("v"), t.vector("q", random=True), t.parameter("omega", above=0, below=1)
    t.given("unbiased", expectation(q).equals(v))
    t.given("variance", expectation(square(q - v)) <= omega * square(v))
    assert found(t).dull == []


def test_contradictory_hypotheses_have_none():
    t = new()
    _, v, c = compressed(t)
    t.given("far", expectation(square(c - v)) >= square(v) + 1)
    with pytest.raises(NoExample, match=r"in the way: .*(far|compressor)"):
        find(t, attempts=20)
    t = new()
    x = t.parameter("x", above=0)
    t.given("negative", x**2 + 1 <= 0)
    with pytest.raises(NoExample, match="negative"):
        find(t, attempts=20)
    t = new()
    t.parameter("x", above=1, below=0)
    with pytest.raises(NoExample, match="range of x"):
        find(t, attempts=20)


def test_contradictory_numbers_are_named():
    t = new()
    t.given("false", (0 * t.scalar("x") + 1).equals(0))
    with pytest.raises(NoExample, match="false"):
        find(t, attempts=5)


def test_wrong_values_are_refused_with_the_hypothesis():
    t = new()
    x, y = t.parameter("x", above=0), t.scalar("y")
    t.given("below", y < x)
    t.given("square", y.equals(x**2))
    world = World(1, [Fraction(1)], 1, {(x, None, None): Fraction(2), (y, None, None): Fraction(4)})
    assert Example(t, world).failing == ["below"]
    world.values[x, None, None] = Fraction(-2)
    assert Example(t, world).failing == ["range of x", "below"]
    t.example(values={x: 2, y: 4})
    with pytest.raises(NoExample, match="'below' does not hold with the values given"):
        find(t)
    t.example(values={x: Fraction(1, 2)})
    assert found(t).parameters[x] == Fraction(1, 2)
    t.example(values={y: [1, 2]})
    with pytest.raises(ValueError, match=r"y=.*it needs numbers"):
        find(t)
    t.example(values={y: 0.5})
    with pytest.raises(TypeError, match="no exact number"):
        find(t)


def test_given_sizes_and_values_are_kept():
    t = new()
    s, v, c = compressed(t)
    t.example(n_agents=3, dimension=1, outcomes=3, values={v: [[1], [2], [3]], s: Fraction(1, 3)})
    world = found(t).world
    assert (world.n, world.dimension, world.outcomes) == (3, 1, 3)
    assert [world.value(v, i) for i in range(3)] == [[1], [2], [3]]
    assert len(world.keys(c)) == 9


def test_equations_are_solved():
    t = new()
    w, k, m, r = (
        t.parameter("w", above=0, indexed=True),
        t.parameter("k", at_least=0, indexed=True),
        t.parameter("m", above=0),
        t.parameter("r", above=0),
    )
    t.given("weights", mean(w).equals(1))
    t.given("moment", mean(w * k**2).equals(m**2))
    t.given("root", (r - 1 / r).equals(m))
    assert found(t).dull == []


def test_a_root_that_is_not_rational():
    t = new()
    x = t.parameter("x", above=0)
    t.given("two", (x**2).equals(2))
    example = found(t)
    assert example.parameters[x] == square_root(Fraction(2))
    assert str(example.as_json()["values"]["x"]) == "sqrt(2)"


def test_linear_maps():
    t = new()
    C, s, v = t.linear("C", indexed=True), t.parameter("s", above=0, below=1), t.vector("v", indexed=True)
    t.given("contraction", square(C(v) - v) <= s**2 * square(v))
    t.given("symmetric", inner(C(v), v).equals(square(v) / 2 * (1 + s)))
    assert found(t).dull == []


def test_names_over_time_are_those_of_one_step():
    t = new()
    rate = t.parameter("rate", at_least=0, below=1)
    V, after = t.scalar("V"), t.scalar("V+", random=True)
    first, last, power = t.scalar("V0"), t.scalar("VT"), t.scalar("rate^T")
    step = t.given("step", expectation(after) <= rate * V)
    t.given("start", first.equals(1))
    t.repeat("T steps", last <= power * first, Repeated(step, V, {V: after}, rate, power, {V: first}, {V: last}))
    t.claim(last <= power * first, last <= power * first / 2)
    example = found(t)
    assert example.refuted == ([] if example.world.value(expectation(after)) <= example.parameters[rate] / 2 else [2])
    assert example.world.value(V) == 1


def test_an_average_over_one_time():
    t = new()
    T, c = t.parameter("T", above=0), t.parameter("c", above=0)
    V, after, Q = t.scalar("V"), t.scalar("V+"), t.scalar("Q")
    average, first = t.scalar("average"), t.scalar("V0")
    step, positive = t.given("step", after <= V - c * Q), t.given("V", 0 * V <= V)
    t.telescope(
        "sum", c * average <= first / T, Telescoped(step, V, {V: after}, c, Q, positive, average, {V: first}, T)
    )
    t.claim(c * average <= first / T, c * Q <= V)
    example = found(t)
    assert example.refuted == []
    assert example.parameters[T] == 1
    example.world.values[after, None, None] = Fraction(-1)
    assert example.failing == ["V, at time 1"]


def test_dull():
    t = new()
    u, e = t.vector("u", indexed=True), t.scalar("e", random=True)
    world = World(2, HALVES, 2, {(u, 0, None): [1, 0], (u, 1, None): [1, 0], (e, None, 0): 0, (e, None, 1): 1})
    assert is_dull(world, u)
    assert not is_dull(world, e)
    world.values[u, 1, None] = [0, 1]
    world.values[e, None, 1] = 0
    assert not is_dull(world, u)
    assert is_dull(world, e)


def test_sums_of_roots():
    two, three = square_root(Fraction(2)), square_root(Fraction(3))
    number = 1 + two - three / 2
    assert number * number.inverse() == 1
    assert (two + three) ** 2 - 5 == 2 * square_root(Fraction(6))
    assert Fraction(549, 1000) + 1 - Fraction(1, 1000) < number < Fraction(1549, 1000)
    assert -number < 0 < number
    assert -two < three
    assert 3 - two > Fraction(3, 2)
    assert str(-two / 3 - 1) == "-1 - 1/3 sqrt(2)"
    assert isinstance(two * three, Surd)
    assert square_root(Fraction(-1)) is None
    assert square_root(Fraction(8)) == 2 * two
    assert number != number + 1


def test_json_and_lessons_show_it():
    answer = CliRunner().invoke(app, ["prove", "initial_estimates", "--json"])
    (told,) = json.loads(answer.stdout)
    assert told["example"]["agents"] == 2
    assert set(told["example"]["values"]) == {"alpha", "h_i", "c_i"}
    assert Fraction(told["example"]["values"]["alpha"]) <= 1
    assert len(told["example"]["values"]["c_i"][0][0]) == told["example"]["dimension"]
    t = new()
    x = t.parameter("x", above=0, below=1)
    t.example(values={x: Fraction(1, 3)})
    t.qed(t.positive("less", t.claim(x / 2 < x)))
    text = as_text(tell(check(t), Script()))
    assert "An example in which all hypotheses hold: x = 1/3." in text
    t.claim(x < x / 2)
    assert "An example" not in as_text(tell(check(t), Script()))


@pytest.mark.parametrize("terms", [{"4": "1"}, {"8": "1", "2": "-2"}, {"18": "1"}, {"0": "1"}, {str(10**12 + 39): "1"}])
def test_roots_that_depend_on_others_are_not_read(terms):
    """sqrt(8) - 2 sqrt(2) is zero, and a search for its sign would never end."""
    with pytest.raises(DataError, match="sum of square roots"):
        read_value(terms)


def test_nothing_holds_where_a_denominator_is_zero():
    t = new()
    x, y = t.scalar("x"), t.scalar("y")
    t.given("a", y < x + y)
    b = t.given("b", 1 / x <= 5)
    t.qed(t.combine("c", t.claim(1 / x <= 5), [b]))
    t.example(values={x: 0})
    assert check(t).problem is None
    with pytest.raises(NoExample, match="'b' does not hold"):
        find(t)
    t.example(values={x: 1})
    assert find(t).failing == []


def test_a_later_time_at_which_a_denominator_is_zero_is_none():
    t = new()
    x, y, first, last, power = map(t.scalar, ("x", "x+", "x0", "xT", "p"))
    t.given("positive", x > 0)
    t.given("inverse", 1 / x <= 5)
    t.given("step", y.equals(0 * x))
    half = wrap(Fraction(1, 2))
    line = t.combine("half", y <= x / 2, ["step", (half, "positive")])
    reason = Repeated(line, x, {x: y}, half, power, {x: first}, {x: last})
    t.qed(t.repeat("a", t.claim(last <= power * first), reason))
    assert check(t).problem is None
    with pytest.raises(NoExample):
        find(t)


def test_averages_that_lie_in_each_other_are_taken_once():
    """Each agent by each agent by each agent would never end."""
    x = new().scalar("x", indexed=True)
    deep = x
    for _ in range(60):
        deep = mean(deep * x)
    world = World(2, [Fraction(1)], 1, {(x, 0, None): Fraction(1), (x, 1, None): Fraction(3)})
    assert world.value(deep) == 2**59 * Fraction(1 + 9, 2)
    both = expectation(mean(expectation(deep)))
    assert world.value(both - deep) == 0
