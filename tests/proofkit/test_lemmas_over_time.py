"""Theorems over time as lemmas: at a number of steps, of names that stand for the same; and what must be refused."""

from fractions import Fraction

import pytest

from eftheory.proofkit import Geometric, Repeated, Telescoped, expectation
from eftheory.proofkit.catalogue import prove
from eftheory.proofkit.kernel.expression import Number, Symbol, wrap
from eftheory.proofkit.kernel.sequences import reasons_over_time
from tests.proofkit.claims import accepted, new, refused

ONE = Number(Fraction(1))
q, T, N = map(Symbol, ("q", "T", "N"))
x, z, x_0, x_end, power, other = map(Symbol, ("x", "z", "x0", "xT", "power", "other"))
x_next, x_random = Symbol("x+"), Symbol("x+", random=True)


def shrinks(*, chance=False, name="power"):
    """X at time T is at most its first value over 1 + T (1 - q), if each step multiplies it by q."""
    t = new("shrinks")
    t.parameter("q", at_least=0, at_most=1)
    t.parameter("T", at_least=0)
    after = x_random if chance else x_next
    step = t.given("step", (expectation(after) if chance else after) <= q * x)
    t.given("first", x_0 >= 0)
    growth, p = 1 + T * (1 - q), Symbol(name)
    repeated = t.repeat("T steps", x_end <= p * x_0, Repeated(step, x, {x: after}, q, p, {x: x_0}, {x: x_end}))
    small = t.geometric("small", p * growth <= 1, Geometric(p, q, T))
    claims = t.claim(x_end <= x_0 / growth, p >= 0)
    t.qed(
        t.combine("limit", claims[0], [repeated, (x_0 / growth, small)]),
        t.geometric("positive", claims[1], Geometric(p, q, T)),
    )
    accepted(t)
    return t


def sums():
    """The mean of y over the times is at most x0/T, if each step takes y away."""
    t = new("sums")
    t.parameter("T", above=0)
    y, average = Symbol("y"), Symbol("average")
    step, floor = t.given("step", x_next <= x - y), t.given("floor", x >= 0)
    reason = Telescoped(step, x, {x: x_next}, ONE, y, floor, average, {x: x_0}, T)
    t.qed(t.telescope("sum", t.claim(average <= x_0 / T), reason))
    accepted(t)
    return t


LIBRARY = {"shrinks": shrinks(), "sums": sums()}


def at_N(values=None, *, lower=None, given=(), says=None, library=LIBRARY):
    """A theorem that uses ``shrinks`` at N steps."""
    t = new("user")
    t.parameter("q", at_least=0, below=1)
    t.parameter("eps", above=0)
    t.parameter("N", **({"at_least": 1 / Symbol("eps")} if lower is None else lower))
    step, first = t.given("step", x_next <= q * x), t.given("first", x_0 >= 0)
    for j, relation in enumerate(given):
        t.given(f"more {j}", relation)
    says = x_end <= x_0 / (1 + N * (1 - q)) if says is None else says
    t.qed(t.lemma("use", t.claim(says), "shrinks", {T: N, **(values or {})}, given=[step, first]))
    return t, library


def refused_at_N(word, *arguments, **options):
    t, library = at_N(*arguments, says=power >= 0, **options)
    refused(t, word, library)


def test_at_a_number_of_steps_that_may_lie_above_what_one_likes():
    t, library = at_N()
    accepted(t, library)
    accepted(*at_N(says=power >= 0))


def test_it_holds_at_one_time_too():
    t = new("user")
    t.parameter("q", at_least=0, at_most=1)
    t.parameter("T", at_least=1)
    step, first = t.given("step", x_next <= q * x), t.given("first", x_0 >= 0)
    t.qed(t.lemma("use", t.claim(x_end <= x_0 / (1 + T * (1 - q))), "shrinks", given=[step, first]))
    accepted(t, LIBRARY)


def test_a_lemma_of_a_lemma():
    middle, library = at_N(lower={"at_least": 0})
    shelf = {**library, "user": middle}
    t = new("last")
    t.parameter("N", at_least=0)
    step, first = t.given("step", z <= other / 2), t.given("first", x_0 >= 0)
    half = wrap(Fraction(1, 2))
    values = {q: half, x: other, x_next: z, x_end: Symbol("end"), Symbol("eps"): ONE}
    t.qed(t.lemma("use", t.claim(Symbol("end") <= x_0 / (1 + N / 2)), "user", values, given=[step, first]))
    refused(t, "N is not seen to lie in its range", shelf | {"user": at_N()[0]})
    accepted(t, shelf)
    t.given("nothing is known of it", Symbol("end") >= 3)
    refused(t, "a hypothesis speaks of it", shelf)


@pytest.mark.parametrize(
    ("ranges", "word"),
    [
        ({"at_least": 0, "below": 2}, "upper bound"),
        ({}, "range"),
        ({"at_least": -1}, "range"),
    ],
)
def test_the_number_of_steps_is_a_whole_number_from_a_bound_on(ranges, word):
    refused_at_N(word, lower=ranges)


def test_nothing_else_is_said_of_the_number_of_steps():
    refused_at_N("upper bound", given=[2 * N <= 1])
    for value in (wrap(2), N + 1, q):
        refused_at_N("", {T: value})
    t, library = at_N()
    t.parameter("c", above=N, below=1)
    refused(t, "upper bound", library)


def test_the_number_of_steps_is_not_negative():
    def growth(lower):
        t = new("growth")
        t.parameter("T", at_least=lower)
        step = t.given("step", x_next <= x / 2)
        reason = Repeated(step, x, {x: x_next}, wrap(Fraction(1, 2)), power, {x: x_0}, {x: x_end})
        t.qed(t.repeat("T steps", t.claim(x_end <= power * x_0), reason))
        return t

    accepted(growth(0))
    refused(growth(-1), "T is not seen to be nonnegative")
    free = growth(0)
    free.parameters.clear()
    accepted(free)
    user = new("user")
    user.parameter("T", at_least=-1)
    fact = user.given("step", x_next <= x / 2)
    user.qed(user.lemma("use", user.claim(x_end <= power * x_0), "growth", given=[fact]))
    refused(user, "the number of steps is not seen to be nonnegative", {"growth": free})
    user.parameters.clear()
    accepted(user, {"growth": free})


def test_names_over_time_are_new_names():
    for name in (x_end, power):
        refused_at_N("a hypothesis speaks of it", given=[name <= -1])
        refused_at_N("a name is asked for", {name: wrap(-1)})
        refused_at_N("no new name", {name: q})
    accepted(*at_N(given=[x_0 <= 3]))
    refused_at_N("a hypothesis speaks of it", given=[x <= x_0])


def test_what_is_constant_there_is_constant_here():
    t = new("user")
    t.parameter("N", at_least=0)
    t.given("low", z >= 0)
    t.given("high", z <= 1)
    step, first = t.given("step", x_next <= z * x), t.given("first", x_0 >= 0)
    t.qed(t.lemma("use", t.claim(x_end <= x_0 / (1 + N * (1 - z))), "shrinks", {T: N, q: z}, given=[step, first]))
    refused(t, "made of parameters", LIBRARY)


def test_the_state_is_followed_by_its_own_successor():
    two = new("two")
    y, y_next, y_0, y_end = map(Symbol, ("y", "y+", "y0", "yT"))
    step = two.given("step", x_next + y_next <= (x + y) / 2)
    half = wrap(Fraction(1, 2))
    first, last = {x: x_0, y: y_0}, {x: x_end, y: y_end}
    reason = Repeated(step, x + y, {x: x_next, y: y_next}, half, power, first, last)
    two.qed(two.repeat("T steps", two.claim(x_end + y_end <= power * (x_0 + y_0)), reason))
    accepted(two)
    t = new("user")
    line = t.given("line", x_next + y_next <= x)
    t.qed(t.lemma("use", t.claim(x_end + y_end <= power * (x_0 + y_0)), "two", {y: x}, given=[line]))
    refused(t, "state", {"two": two})


def test_a_state_has_one_successor_and_a_name_one_meaning():
    t, library = at_N()
    more = t.given("down", other <= x / 2)
    values = {T: N, x_next: other, q: wrap(Fraction(1, 2)), power: Symbol("p"), x_end: Symbol("y")}
    t.lemma("another", Symbol("y") <= x_0 / (1 + N / 2), "shrinks", values, given=[more, "first"])
    refused(t, "another successor", library)
    t, library = at_N()
    half = wrap(Fraction(1, 2))
    line = t.given("down", z <= other / 2)
    values = {T: N, x: other, x_next: z, q: half, x_end: Symbol("y")}
    t.lemma("another", Symbol("y") <= x_0 / (1 + N / 2), "shrinks", values, given=[line, "first"])
    refused(t, "stands for something else", library)


def test_one_follows_a_path_or_all_are_expected():
    library = LIBRARY | {"shrinks": shrinks(chance=True)}
    t = new("user")
    for name in ("T", "N"):
        t.parameter(name, above=0)
    y, average = Symbol("y"), Symbol("average")
    down, floor = t.given("down", z <= other - y), t.given("floor", other >= 0)
    step, first = t.given("step", expectation(x_random) <= x / 2), t.given("first", x_0 >= 0)
    values = {x: other, x_next: z, x_0: Symbol("z0")}
    t.lemma("sum", average <= Symbol("z0") / T, "sums", values, given=[down, floor])
    half = wrap(Fraction(1, 2))
    t.qed(
        t.lemma("use", t.claim(x_end <= x_0 / (1 + N / 2)), "shrinks", {T: N, q: half}, given=[step, first]),
    )
    refused(t, "some so and some so", library)
    t.steps[:] = t.steps[1:]
    accepted(t, library)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, None),
        ({Symbol("y"): 2 * Symbol("y")}, "stands for something else"),
        ({Symbol("y"): Symbol("average")}, "speaks of times"),
        ({T: N}, "stands for something else"),
    ],
)
def test_an_average_is_of_one_thing_over_one_time(changes, word):
    t = new("user")
    for name in ("T", "N"):
        t.parameter(name, above=0)
    y, average = Symbol("y"), Symbol("average")
    down, floor = t.given("down", x_next <= x - y), t.given("floor", x >= 0)
    if word != "speaks of times":
        t.lemma("once", average <= x_0 / T, "sums", given=[down, floor])
    down = t.given("line", x_next <= x - changes.get(y, y))
    t.qed(t.lemma("twice", t.claim(average <= x_0 / changes.get(T, T)), "sums", changes, given=[down, floor]))
    accepted(t, LIBRARY) if word is None else refused(t, word, LIBRARY)


def test_the_name_of_a_power_says_after_how_many_steps():
    named = LIBRARY | {"shrinks": shrinks(name="q^T")}
    accepted(named["shrinks"])
    t, _ = at_N()
    refused(t, "the name of another power: this one is q^N", named)
    accepted(*at_N({Symbol("q^T"): power}, library=named))
    t, _ = at_N({Symbol("q^T"): power}, given=[Symbol("q^T") <= 3], library=named)
    refused(t, "no line says that it is one", named)


def test_a_circle_ends():
    a = new("a")
    a.qed(a.lemma("s", a.claim(x <= 1), "a"))
    accepted(a, {"a": a})  # by itself: that theorems use each other in no circle is for the catalogue to see
    with pytest.raises(ValueError, match="circle"):
        prove({"a": a})


def test_a_lemma_has_values_for_its_names_over_time_and_for_no_other_ones():
    accepted(*at_N({x_end: Symbol("end"), power: other}, says=Symbol("end") <= x_0 / (1 + N * (1 - q))))
    refused_at_N("does not speak of stranger", {Symbol("stranger"): q})
    free = new("free")
    step = free.given("step", x_next <= x / 2)
    reason = Repeated(step, x, {x: x_next}, wrap(Fraction(1, 2)), power, {x: x_0}, {x: x_end})
    free.qed(free.repeat("T steps", free.claim(x_end <= power * x_0), reason))
    t = new("user")
    t.parameter("N", at_least=0)
    fact = t.given("step", x_next <= x / 2)
    t.qed(t.lemma("use", t.claim(x_end <= power * x_0), "free", {T: N}, given=[fact]))
    accepted(t, {"free": free})


def chain(length, *values):
    """Theorems of which each uses the one before as often as there are values."""
    shelf = {"use 0": shrinks()}
    for j in range(length):
        t = new(f"use {j + 1}")
        t.parameter("q", at_least=0, at_most=1)
        t.parameter("T", at_least=0)
        step, first = t.given("step", x_next <= q * x), t.given("first", x_0 >= 0)
        for k, each in enumerate(values):
            t.lemma(f"use {k}", power >= 0, f"use {j}", each, given=[step, first])
        t.claim(power >= 0)
        t.qed("use 0")
        shelf[t.slug] = t
    return shelf


def test_lemmas_of_lemmas_are_gone_through_once():
    """Twice at each of 60 levels would never end."""
    shelf = chain(60, {}, {})
    accepted(shelf["use 60"], shelf)
    assert len(reasons_over_time(shelf["use 60"], shelf)) == 3
    shelf = chain(60, {q: q / 2}, {q: q * q})
    refused(shelf["use 60"], "more than 100 ways", shelf)


def test_a_lemma_that_cannot_be_read_with_its_values_is_in_nobodys_way():
    t, library = at_N({q: Symbol("v", vector=True)})
    refused(t, "", library)
    refused(t, "", chain(1, {}) | library)
