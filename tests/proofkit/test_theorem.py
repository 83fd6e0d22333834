"""The verbs in which theorems are written."""

import pytest

from eftheory.proofkit import Geometric, Repeated, Telescoped, expectation, mean, square
from eftheory.proofkit.catalogue import load_named
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.kernel.outcome import PROVED
from eftheory.proofkit.kernel.verdict import prove
from eftheory.proofkit.lessons.lesson import as_text, tell
from eftheory.proofkit.loader import load_one
from tests.proofkit.claims import accepted, new, refused

X, X_NEXT, X_0, X_T, AVERAGE, POWER = map(Symbol, ("x", "x+", "x0", "xT", "average", "power"))


def test_reasons_take_plain_numbers():
    t = new()
    T = t.parameter("T", at_least=1)
    sign = t.given("sign", X >= 0)
    falls = t.given("falls", X_NEXT <= X - 1 * X**2 + 0)
    small, last, grows = t.claim(AVERAGE <= X_0 / T, -X_T <= POWER * -X_0, 1 + T * (2 - 1) <= POWER)
    more = t.given("more", -X_NEXT <= 2 * -X)
    t.qed(
        t.telescope("a", small, Telescoped(falls, X, {X: X_NEXT}, 1, X**2, sign, AVERAGE, {X: X_0}, T, noise=0)),
        t.repeat("b", last, Repeated(more, -X, {X: X_NEXT}, 2, POWER, {X: X_0}, {X: X_T})),
        t.geometric("c", grows, Geometric(POWER, 2, T)),
    )
    accepted(t)
    with pytest.raises(TypeError, match=r"'d': rate: 0.5 is no exact number: write a Fraction"):
        t.geometric("d", grows, Geometric(POWER, 0.5, T))


def test_a_keyword_that_a_verb_does_not_know():
    t = new()
    with pytest.raises(TypeError, match=r"^combine has no 'square'; it takes name, relation, using, squares, mean_sq"):
        t.combine("a", X**2 >= 0, square=[(1, X)])
    with pytest.raises(TypeError, match=r"^parameter has no 'min'; it takes name, above, below, at_least, at_most"):
        t.parameter("a", min=0)


@pytest.mark.parametrize("strict", [False, True])
def test_roots_are_lines_divided_by_a_sum(strict):
    """Of numbers whose sum is positive; or by twice the larger one, if only that is."""
    t = new()
    a, b = t.parameter("a", at_least=0), t.parameter("b", above=0)
    squares = t.given("squares", a**2 < b**2 if strict else a**2 <= b**2)
    goal = t.claim(a < b if strict else a <= b)
    t.qed(t.root("root", goal, squares))
    accepted(t)
    t = new()
    a, b = t.scalar("a"), t.parameter("b", above=0)
    squares = t.given("squares", a**2 < b**2 if strict else a**2 <= b**2)
    t.claim(goal)
    t.qed(t.root("root", goal, squares))
    refused(t, "denominator")
    t.steps.clear()
    t.qed(t.combine("root", goal, [(1 / (2 * b), squares)], squares=[(1 / (2 * b), b - a)]))
    accepted(t)


def test_squares_in_an_expectation():
    t = new()
    v, c = t.vector("v"), t.vector("c", random=True)
    unbiased = t.given("unbiased", expectation(c).equals(v))
    t.qed(
        t.combine(
            "a", t.claim(square(v) <= expectation(square(c))), [(-2 * v, unbiased)], expected_squares=[(1, c - v)]
        )
    )
    accepted(t)
    assert [step.name for step in t.steps] == ["a, square 1", "a, square 1, expected", "a"]
    t.steps.clear()
    t.qed(t.combine("a", t.conclusions[0], [(-2 * v, unbiased)], expected_squares=[(-1, c - v)]))
    refused(t, "multiplier of 'a, square 1, expected' is not seen to be nonnegative")


@pytest.mark.parametrize("own", [False, True])
def test_squares_in_an_expectation_of_each_agents_own(own):
    t = new()
    w = t.parameter("w", at_least=0, indexed=True)
    c = t.vector("c", indexed=True, random=True)
    second = expectation(square(c))
    goal = t.claim(0 * w <= w * second if own else mean(w * second) >= 0)
    t.qed(t.combine("a", goal, expected_squares=[(w, c)]))
    accepted(t)
    assert ("a, square 1, averaged" in [step.name for step in t.steps]) == (not own)


LEMMA = """
from eftheory.proofkit import Theorem, mean
theorem = Theorem("{slug}", "Means of positive numbers")
L, x = theorem.parameter("L", above=0), theorem.parameter("x", above=0, indexed=True)
{more}
theorem.qed(theorem.positive("less", theorem.claim(mean(x) > 0)))
"""
USE = """
from eftheory.proofkit import Theorem, mean
theorem = Theorem("use", "So it is of their halves")
y = theorem.parameter("y", above=0, indexed=True)
theorem.qed(theorem.lemma("less", theorem.claim(mean(y / 2) > 0), "means", {values}))
"""


@pytest.fixture
def write(tmp_path):
    def written(slug, text):
        (tmp_path / f"{slug}.py").write_text(text, "utf-8")
        return tmp_path / f"{slug}.py"

    return written


@pytest.mark.parametrize("name", ["x", "x_i"])
def test_values_by_the_names_of_the_lemma(write, name):
    write("means", LEMMA.format(slug="means", more=""))
    use = write("use", USE.format(values=f"{{'{name}': y / 2, 'L': 1}}"))
    assert list(load_one(use).steps[0].reason.values) == [Symbol("x", indexed=True), Symbol("L")]
    assert prove(load_named(["use"], use.parent), ["use"])["use"].status == PROVED


def test_a_name_that_the_lemma_does_not_have(write):
    write("means", LEMMA.format(slug="means", more=""))
    use = write("use", USE.format(values="{'X': y / 2}"))
    with pytest.raises(ValueError, match=r"'X' is no symbol of the theorem 'means'; it speaks of L, x"):
        load_one(use)
    use = write("use", USE.format(values="{'x': y / 2}").replace('"means"', '"mean"'))
    with pytest.raises(ValueError, match=r"'mean'.*near it are means"):
        load_one(use)


def test_lemmas_that_ask_for_each_others_names(write):
    circle = "theorem.lemma('a', L > 0, 'use', {'y': L})"
    write("means", LEMMA.format(slug="means", more=circle))
    use = write("use", USE.format(values="{'x': y / 2, 'L': 1}"))
    with pytest.raises(ValueError, match=r"a circle: use -> means -> use"):
        load_one(use)


OVER_TIME = """
from fractions import Fraction
from eftheory.proofkit import Repeated, Theorem
theorem = Theorem("falls", "What is halved")
x, y, x_0, x_T, p = map(theorem.scalar, ("x", "x+", "x0", "xT", "p"))
step, start = theorem.given("step", y <= x / 2), theorem.given("start", x_0 <= 3)
reason = Repeated(step, x, {x: y}, Fraction(1, 2), p, {x: x_0}, {x: x_T})
theorem.qed(theorem.repeat("T steps", theorem.claim(x_T <= p * x_0), reason))
"""
FALLS_TOO = """
from eftheory.proofkit import Theorem
theorem = Theorem("falls_too", "What is halved, too")
z, end, p = map(theorem.scalar, ("z", "end", "p"))
lines = theorem.given_as_in("falls", {"x": z}, without=["start"])
again = theorem.given("start", theorem.scalar("x0") <= 3)
claim = theorem.claim(end <= p * theorem.scalar("x0"))
theorem.qed(theorem.lemma("T steps", claim, "falls", {"x": z, "xT": end}, given=[*lines, again]))
"""


def test_hypotheses_of_another_theorem_are_taken_over_and_its_names_are_told(write):
    write("falls", OVER_TIME)
    use = write("falls_too", FALLS_TOO)
    theorems = load_named(["falls_too"], use.parent)
    assert [(step.name, step.relation) for step in theorems["falls_too"].givens] == [
        ("step", Symbol("z") / 2 >= X_NEXT),
        ("start", X_0 <= 3),
    ]
    outcome = prove(theorems, ["falls_too"])["falls_too"].told
    assert outcome.status == PROVED
    lesson = as_text(tell(outcome))
    assert "end: z at time T" in lesson
    assert "x0: z at time 0" in lesson
