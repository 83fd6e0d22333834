"""The statement says what names over time stand for."""

from fractions import Fraction

from eftheory.pages.fragments import Table
from eftheory.proofkit import Geometric, Repeated, Telescoped, Theorem, check, expectation, mean
from eftheory.proofkit.kernel.expression import Number
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.proofkit.lessons.notation import in_the_literature
from tests.proofkit.claims import new


def told(theorem):
    return as_text(tell(check(theorem), Script()))


def test_a_sum_over_time():
    t = new()
    T = t.parameter("T", above=0)
    x, q, average, x0 = map(t.scalar, ("x", "q", "average", "x0"))
    y = t.scalar("x+", random=True)
    step, floor = t.given("step", expectation(y) <= x - q), t.given("floor", x >= 0)
    reason = Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: x0}, T)
    t.qed(t.telescope("sum", t.claim(average <= x0 / T), reason))
    text = told(t)
    assert "0 < T, a whole number" in text
    assert "x0: x at time 0" in text
    assert "average: the mean over the times 0, ..., T - 1 of q, in total expectation" in text


def test_induction_and_powers():
    t = new()
    T = t.parameter("T", at_least=0)
    x, y, x0, xT, p = map(t.scalar, ("x", "x+", "x0", "xT", "(2)^T"))
    step, two = t.given("step", y <= 2 * x), Number(Fraction(2))
    t.claim(xT <= p * x0, p >= 1 + T)
    t.qed(
        t.repeat("repeat", xT <= p * x0, Repeated(step, x, {x: y}, two, p, {x: x0}, {x: xT})),
        t.geometric("power", p >= 1 + T, Geometric(p, two, T)),
    )
    text = told(t)
    assert "xT: x at time T\n" in text
    assert "(2)^T: 2 to the power T" in text
    assert "0 ≤ T, a whole number" in text


def test_the_constants_of_papers_beside_the_root():
    theorem = Theorem("small", "Small")
    s, y = theorem.parameter("s", at_least=0, below=1), theorem.scalar("y")
    names = {"beta": (3, s**2 / (1 - s)), "alpha": (1, 1 - s**2), "theta": (2, y), "L": (4, 2 * s)}
    (block,) = in_the_literature(theorem, names)
    assert block.relation == Table(("theirs", "ours"), (("alpha", "1 - s^2"), ("beta", "s^2/(1 - s)")))
    assert in_the_literature(theorem, {"beta": names["beta"]}) == []
    assert in_the_literature(theorem, {"alpha": (1, s)}) == []


def test_a_usual_name_of_something_else_is_given_no_words():
    t = new()
    b, c = t.vector("b", indexed=True), t.vector("c", indexed=True)
    g, h, p = t.vector("g"), t.vector("h"), t.vector("p")
    t.qed(t.identity("line", t.claim((mean(b + c) + g + h + p).equals(p + h + g + mean(c + b)))))
    text = told(t)
    assert "compressor" not in text
    assert "message" not in text
    assert "the move" not in text
    assert "g: the gradient" not in text
