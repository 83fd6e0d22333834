"""Lemmas and sequences: what the kernel must refuse."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.proofkit import Repeated, Telescoped, expectation, mean, square
from eftheory.proofkit.catalogue import prove
from eftheory.proofkit.kernel.expression import Number, Symbol
from tests.proofkit.claims import accepted, new, refused


def halves(slug="halves"):
    t = new(slug)
    x = t.parameter("x", above=0)
    t.qed(t.positive("less", t.claim(x / 2 < x)))
    return t


def instance(value, relation, **options):
    t = new()
    lemma = halves()
    (x,) = (p.symbol for p in lemma.parameters)
    t.qed(t.lemma("a", t.claim(relation), "halves", {x: value}, **options))
    return t, {"halves": lemma}


def test_a_lemma_holds_in_its_range_only():
    y = Symbol("y")
    t, library = instance(y, y / 2 < y)
    refused(t, "range", library)
    t, library = instance(Number(Fraction(-1)), Number(Fraction(-1, 2)) < Number(Fraction(-1)))
    refused(t, "range", library)


def test_a_lemma_says_what_it_says():
    t, library = instance(Number(Fraction(2)), Number(Fraction(3)) < Number(Fraction(2)))
    refused(t, "does not say", library)
    accepted(*instance(Number(Fraction(2)), Number(Fraction(1)) < Number(Fraction(2))))


@pytest.mark.parametrize("own", ["indexed", "random"])
def test_a_lemma_takes_no_value_of_another_kind(own):
    lemma = new("lemma")
    over = mean if own == "indexed" else expectation
    x, y = lemma.scalar("x"), lemma.scalar("y", indexed=own == "indexed", random=own == "random")
    lemma.qed(lemma.identity("a", lemma.claim(over(x * y).equals(x * over(y)))))
    t = new()
    z = t.scalar("z", indexed=own == "indexed", random=own == "random")
    t.qed(t.lemma("b", t.claim(over(z * y).equals(z * over(y))), "lemma", {x: z}))
    accepted(lemma)
    refused(t, "not", {"lemma": lemma})


def test_a_lemma_needs_its_hypotheses():
    lemma = new("lemma")
    x = lemma.scalar("x")
    lemma.claim(x <= 2)
    t = new()
    y = t.scalar("y")
    a = t.given("a", y <= 3)
    t.qed(t.lemma("b", t.claim(y <= 2), "lemma", {x: y}, given=[a]))
    lemma.given("h", x <= 1)
    refused(t, "the line 'a' is not the hypothesis 'h': y <= 1", {"lemma": lemma})
    t.steps[0] = replace(t.steps[0], relation=y <= 3)
    t.givens[0] = replace(t.givens[0], relation=y <= 1)
    refused(t, "'lemma' does not say this, but y <= 2", {"lemma": lemma})
    t.steps.clear()
    t.qed(t.lemma("b", t.claim(y <= 2), "lemma", {x: y}))
    refused(t, "hypotheses", {"lemma": lemma})


def test_lemmas_in_a_circle_and_lemmas_that_are_not_proved():
    a, b = new("a"), new("b")
    x = Symbol("x")
    a.qed(a.lemma("s", a.claim(x <= 1), "b"))
    b.qed(b.lemma("s", b.claim(x <= 1), "a"))
    with pytest.raises(ValueError, match="circle"):
        prove({"a": a, "b": b})
    wrong = new("b")
    wrong.qed(wrong.identity("s", wrong.claim(x <= 1)))
    assert [entry.status for entry in prove({"a": a, "b": wrong}).values()] == ["UNPROVED", "UNPROVED"]
    assert "uses b" in (prove({"a": a, "b": wrong})["a"].problem or "")


def contraction(rate=None, random=False, now=lambda x: x, **names):
    t = new("contraction")
    q = t.parameter("q", above=0, below=1)
    x, after = t.scalar("x"), t.scalar("x_after", random=random)
    rate = q if rate is None else rate(q, x)
    later = expectation(now(after)) if random else now(after)
    a = t.given("a", later <= rate * now(x))
    power, first, last = Symbol("power"), names.get("first", Symbol("x0")), names.get("last", Symbol("xT"))
    goal = t.claim(now(last) <= power * now(first))
    t.qed(t.repeat("b", goal, Repeated(a, now(x), {x: after}, rate, power, {x: first}, {x: last})))
    return t


def test_induction():
    accepted(contraction())
    accepted(contraction(random=True))
    accepted(contraction(now=lambda x: x**2))
    refused(contraction(rate=lambda q, x: x**2), "parameters")
    refused(contraction(rate=lambda q, x: -q), "rate")
    refused(contraction(random=True, now=lambda x: 1 - x**2), "linear")
    refused(contraction(first=Symbol("y"), last=Symbol("y")), "something else")
    refused(contraction(last=Symbol("x_after")))
    refused(contraction(last=Symbol("x")))
    refused(contraction(last=Symbol("q")))


def test_it_is_told_what_follows_instead():
    t = contraction()
    t.claim(Symbol("xT") <= Symbol("x0"))
    t.steps[0] = replace(t.steps[0], relation=t.conclusions[0])
    refused(t, "the line says something else than what follows, which is xT <= power x0")
    t.givens[0] = replace(t.givens[0], relation=Symbol("x_after") <= Symbol("x"))
    refused(t, "the line does not say V+ <= rate V, that is x_after <= q x")


def test_what_is_followed_over_time_is_no_lemma_about_other_numbers():
    lemma = contraction()
    t = new()
    t.parameter("q", above=0, below=1)
    values = {Symbol("xT"): 1, Symbol("x0"): 0, Symbol("power"): 0}
    t.given("a", Number(Fraction(0)) <= 0)
    t.qed(t.lemma("b", t.claim(Number(Fraction(1)) <= 0), "contraction", values, given=["a"]))
    refused(t, "hypothesis 'a'", {"contraction": lemma})
    t.givens[0] = replace(t.givens[0], relation=Symbol("x_after") <= Symbol("q") * Symbol("x"))
    refused(t, "a name is asked for", {"contraction": lemma})


def test_a_state_has_one_successor():
    t = new()
    x, y, z = (t.scalar(name) for name in "xyz")
    down, up = t.given("down", y <= x / 2), t.given("up", -z <= -3 * x)
    half, three, first, last = (Symbol(name) for name in ("half", "three", "x0", "xT"))
    h = Number(Fraction(1, 2))
    t.repeat("a", last <= half * first, Repeated(down, x, {x: y}, h, half, {x: first}, {x: last}))
    goal = t.claim(-last <= three * -first)
    t.qed(t.repeat("b", goal, Repeated(up, -x, {x: z}, Number(Fraction(3)), three, {x: first}, {x: last})))
    refused(t, "another successor")


def sum_over_time(nonnegative=True, times=None):
    t = new()
    T = t.parameter("T", above=0) if times is None else t.parameter("T")
    x, after, grad = t.scalar("x"), t.scalar("x_after"), t.vector("grad")
    a = t.given("a", after <= x - 2 * square(grad))
    b = t.given("b", x >= 0) if nonnegative else t.positive("b", square(grad) >= 0)
    first, average = Symbol("x0"), Symbol("average")
    reason = Telescoped(a, x, {x: after}, Number(Fraction(2)), square(grad), b, average, {x: first}, T)
    t.qed(t.telescope("c", t.claim(2 * average <= first / T), reason))
    return t


def test_sums_over_time():
    accepted(sum_over_time())
    refused(sum_over_time(nonnegative=False), "0 <= V")
    refused(sum_over_time(times="any"))


def test_a_lemma_has_no_value_for_what_it_does_not_speak_of():
    """It would be ignored: whoever gives it believes that the lemma says something of it."""
    lemma = halves()
    (x,) = (p.symbol for p in lemma.parameters)
    for stranger in (Symbol("y"), Symbol("x", indexed=True)):
        t = new()
        a = t.parameter("a", above=0)
        values = {x: a, stranger: a}
        t.qed(t.lemma("a", t.claim(a / 2 < a), "halves", values))
        refused(t, f"does not speak of {stranger.name}", {"halves": lemma})
