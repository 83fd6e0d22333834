"""What a theorem over time assumes, it assumes at every time: an example goes on for a second round."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.proofkit import Telescoped, check, expectation, square
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.proofkit.loader import theorem_of
from eftheory.proofkit.models.example import NoExample, names_in
from eftheory.proofkit.models.recorded import FILE, read_examples, write_examples
from eftheory.proofkit.models.rounds import next_round, successors
from eftheory.proofkit.models.seek import find
from eftheory.proofkit.models.vouch import example_of
from eftheory.proofkit.told import write_told
from eftheory.proofkit.writer import Writer, write_theorem
from tests.proofkit.claims import new


def run_of(rate, *, level=None):
    """A number that a step multiplies by a rate, over T steps; perhaps it is always at a level."""
    t = new()
    a, T = t.parameter("a", above=0), t.parameter("T", above=0)
    x, after, first, average = t.scalar("x"), t.scalar("x+"), t.scalar("x0"), t.scalar("average")
    t.given("step", after.equals(rate * x))
    if level is not None:
        t.given("level", x.equals(level * a))
    t.given("positive", x >= 0)
    t.given("start", first.equals(a))
    step = t.combine("one step", after <= x - (1 - rate) * x, ["step"])
    nonnegative = t.combine("at least zero", x >= 0, ["positive"])
    small = t.claim((1 - rate) * average <= first / T)
    sums = Telescoped(step, x, {x: after}, 1 - rate + 0 * T, x, nonnegative, average, {x: first}, T)
    t.qed(t.telescope("sum", small, sums))
    return t


def test_a_hypothesis_that_excludes_a_second_round_leaves_no_example():
    half = Fraction(1, 2)
    assert check(run_of(half, level=1)).problem is None
    with pytest.raises(NoExample, match=r"at time 1|one step later"):
        find(run_of(half, level=1))
    assert as_text(tell(check(run_of(half, level=1)), Script())).rstrip().split("\n")[-1].startswith("NO EXAMPLE: ")


def test_an_example_goes_on_where_it_can():
    t = run_of(Fraction(1, 2))
    example = find(t)
    (later,) = example.later
    ((x, after),) = successors(t).items()
    assert later.world.value(x) == example.world.value(after)
    assert later.world.value(after) == example.world.value(x) / 4
    assert example.failing == later.failing == []
    assert len(example.as_json()["one step later"]) == 1
    assert [step.name for step in next_round(example, 0).givens] == ["step", "positive"]
    text = as_text(tell(check(t), Script()))
    assert text.rstrip().endswith("\nPROVED")
    assert "An example in which all hypotheses hold, at one time and at the next: " in " ".join(text.split())


def test_what_fails_one_step_later_is_named():
    t = run_of(Fraction(1, 2))
    example = find(t)
    x, _ = next(iter(successors(t).items()))
    example.later[0].world.values[x, None, None] = Fraction(-1)
    assert example.failing == ["step, one step later", "positive, one step later"]


def chance():
    """V = ||v||^2 falls to ||w||^2 with a random w, over T steps; V, V+ and w."""
    t = new()
    a, T = t.parameter("a", above=0, at_most=1), t.parameter("T", above=0)
    V, after, first, average = t.scalar("V"), t.scalar("V+", random=True), t.scalar("V0"), t.scalar("average")
    v, w = t.vector("v"), t.vector("w", random=True)
    t.given("V", V.equals(square(v)))
    t.given("V next", after.equals(square(w)))
    t.given("shrinks", expectation(square(w)) <= (1 - a) * square(v))
    expected = t.expect("expected", expectation(after).equals(expectation(square(w))), "V next")
    step = t.combine("step", expectation(after) <= V - a * V, ["shrinks", expected], modulo=["V"])
    nonnegative = t.combine("at least zero", V >= 0, squares=[(1, v)], modulo=["V"])
    sums = Telescoped(step, V, {V: after}, a, V, nonnegative, average, {V: first}, T)
    t.qed(t.telescope("sum", t.claim(a * average <= first / T), sums))
    return t, V, after, w


def test_after_chance_there_is_a_second_round_for_each_outcome():
    t, V, after, _ = chance()
    example = find(t)
    assert [later.world.value(V) for later in example.later] == [example.world.value(after, None, w) for w in (0, 1)]
    assert example.failing == []


def test_values_in_the_second_round_are_taken_and_looked_at():
    t, _, after, w = chance()
    t.example(later={w: [[0, 0], [0, 0]]})
    example = find(t)
    assert [later.world.value(after, None, 0) for later in example.later] == [0, 0]
    assert example.failing == []
    t.example(later={w: [[10**9, 0], [0, 0]]})
    with pytest.raises(NoExample, match="one step later"):
        find(t)


def test_expressions_say_where_the_second_round_goes_on():
    """After the first outcome w is halved from there, after the second one from elsewhere."""
    t, _, after, w = chance()
    v = next(name for step in t.givens for name in names_in(step.relation) if name.name == "v")
    t.example(values={v: [4, 0], w: [[2, 0], [0, 1]]}, later={v: w, w: w / 2})
    writer = Writer()
    data = write_theorem(t, writer) | {"told": write_told(t, Script(), writer)}
    example = find(theorem_of(json.loads(json.dumps(data)), Path("t.py")))
    assert [later.world.value(v) for later in example.later] == [[2, 0], [0, 1]]
    assert [later.world.value(after, None, 1) for later in example.later] == [1, Fraction(1, 4)]
    assert example.failing == []


def test_recorded_examples_are_looked_at_and_not_believed(tmp_path):
    t = run_of(Fraction(1, 2))
    example = find(t)
    write_examples(tmp_path, [example])
    t.recorded = read_examples(tmp_path)["t"]
    again = find(t)
    assert again.world == example.world
    assert again.later[0].world == example.later[0].world
    for change in ({"later": []}, {"values": {}}, {"n_agents": "2"}, {"later": [t.recorded]}):
        t.recorded = read_examples(tmp_path)["t"] | change
        assert find(t).failing == []
        assert find(t).world == example.world  # found anew
    contradictory = run_of(Fraction(1, 2), level=1)
    contradictory.recorded = read_examples(tmp_path)["t"]
    with pytest.raises(NoExample):
        find(contradictory)
    assert read_examples(tmp_path / "elsewhere") == {}
    (tmp_path / FILE).write_text("[]", "utf-8")
    with pytest.raises(ValueError, match="object"):
        read_examples(tmp_path)


def test_a_file_may_say_why_no_example_is_found():
    t = new()
    x = t.parameter("x", above=0)
    t.given("cubic", (x**3).equals(x + 1))
    t.qed(t.combine("a", t.claim(x <= x)))
    with pytest.raises(NoExample):
        example_of(t)
    t.example(why_none="x is the root of a cubic")
    assert example_of(t) is None
    text = as_text(tell(check(t), Script()))
    assert "No example in rational numbers and roots; the file says, and nothing checks: x is the root of a" in text
    assert text.rstrip().endswith("\nPROVED")
