"""Vectors where numbers belong, and reasons that are not made of expressions: whatever they say is refused."""

from fractions import Fraction

import pytest

from eftheory.proofkit import Geometric, mean, square
from eftheory.proofkit.kernel.expression import Number, Relation, Sum, Symbol, wrap
from eftheory.proofkit.kernel.normal import normal
from eftheory.proofkit.kernel.reason import Combination
from eftheory.proofkit.kernel.sign import Signs
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Step
from tests.proofkit.claims import accepted, new, refused


def test_nothing_is_cancelled_that_is_a_vector():
    t = new()
    w, zero = t.vector("w"), wrap(0)
    z = t.identity("z", zero.equals(0))
    with pytest.raises(TypeError, match="a vector stands in a denominator"):
        t.cancel("c", t.claim(wrap(1) <= 0), z, 1 * (w - w))


def test_an_equation_of_vectors_says_nothing_of_numbers():
    t = new()
    x, w = t.scalar("x"), t.vector("w")
    z = t.identity("z", w.equals(w))
    t.qed(t.combine("c", t.claim(x.equals(7)), [(1 * (w - w), z)]))
    refused(t, "left over")


def test_vectors_have_no_sign_and_no_value():
    w = new().vector("w")
    for node in (w, 1 * w, 1 * (w - w), w / 2, mean(w)):
        assert Signs([]).sign(node) is None
        with pytest.raises(TypeError, match="no number"):
            normal(node)


def test_vectors_are_no_weights():
    for change in ({"squares": [(1, None)]}, {"mean_squares": [(1, None)]}):
        t = new()
        w = t.vector("w")
        pairs = {name: [(w, w)] for name in change}
        t.qed(t.combine("a", t.claim(square(w) >= 0), **pairs))
        refused(t)


def test_a_sum_has_terms():
    with pytest.raises(TypeError, match="terms"):
        Sum(())


@pytest.mark.parametrize("hide", [iter, set, lambda pairs: (pair for pair in pairs)])
def test_a_reason_hides_nothing(hide):
    t = new()
    x = t.scalar("x")
    given = t.given("given", x >= 0)
    goal = t.claim(2 * x >= 0)
    t.steps.append(Step("a", goal, Combination(using=hide([(wrap(2), given)]))))
    t.qed("a")
    refused(t, "not made of expressions")


def test_lines_have_names_of_their_own():
    t = new()
    x = t.scalar("x")
    goal = t.claim(x <= x)
    t.combine("a", goal)
    t.steps.append(t.steps[0])
    t.qed("a")
    refused(t, "two lines are called 'a'")


@pytest.mark.parametrize("name", ["a*b", "a b", "x^2", "(r)^Tx", "-x", "x_i", "x_i+", "x_i'", "x_i*", "x_i_after"])
def test_names_are_no_formulas(name):
    t = new()
    x = t.scalar(name)
    t.qed(t.combine("a", t.claim(x**2 >= 0), squares=[(1, x)]))
    refused(t, "no name")


@pytest.mark.parametrize(
    "latex",
    [
        *("x - 1", "2x", r"\frac{x}{y}", "x^2y^2 + 1", "x_i", "x_{i}", "x_{1,i}", r"x_{\mathrm{i}}", "x^{+}_i"),
        *("x^2", "x^{2}", "x^{ 12}", r"x^{\mathrm{3}}", r"x \leq y", r"\text{for all }x", r"\log x", r"\mathbb{E}x"),
    ],
)
def test_names_look_like_names(latex):
    t = new()
    x = t.scalar("x", latex=latex)
    t.qed(t.combine("a", t.claim(x**2 >= 0), squares=[(1, x)]))
    refused(t, "no name in LaTeX")


def test_two_names_do_not_look_the_same():
    t = new()
    x, y = t.scalar("x", latex="x_{0}"), t.scalar("y", latex="{x}_0")
    t.qed(t.combine("a", t.claim(x**2 + y**2 >= 0), squares=[(1, x), (1, y)]))
    refused(t, "looks in LaTeX like")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("gamma", ""), ("g", r"\gamma")),
        (("x1", ""), ("x_1", "")),
        (("eps", ""), ("e", r"\varepsilon")),
        (("x_after", ""), ("x+", "")),
        (("gap", ""), ("g", r"\mathrm{gap}")),
    ],
)
def test_a_name_does_not_look_like_another_ones_latex(first, second):
    t = new()
    x, y = (t.scalar(name, latex=latex) for name, latex in (first, second))
    t.qed(t.combine("a", t.claim(x**2 + y**2 >= 0), squares=[(1, x), (1, y)]))
    refused(t, "looks in LaTeX like")


@pytest.mark.parametrize("latex", ["q^T", "q^{T}"])
def test_what_is_no_power_does_not_look_like_one(latex):
    t = new()
    q, x = t.parameter("q", above=0, below=1), t.scalar("x", latex=latex)
    t.qed(t.combine("a", t.claim(x**2 + q**2 >= 0), squares=[(1, x), (1, q)]))
    refused(t, "looks in LaTeX like q")


def test_a_power_looks_as_it_is_called():
    for latex, fine in ((r"(\mu r)^{T}", True), ("r^{2T}", False)):
        t = new()
        r, mu, T = t.parameter("r", above=0), t.parameter("mu", above=0), t.parameter("T", at_least=0)
        power = t.scalar("(mu r)^T", latex=latex)
        t.qed(t.geometric("a", t.claim(power >= 0), Geometric(power, mu * r, T)))
        accepted(t) if fine else refused(t, "no name in LaTeX")


def test_exponents_and_numbers_stand_apart():
    x, v = Symbol("x"), Symbol("v", vector=True)
    assert write((x**2) ** 3) == "(x^2)^3"
    assert write(square(v) ** 2) == "(||v||^2)^2"
    assert write(2 * (3 * x)) == "2 (3) x"
    assert write(2 * x / 3) == "2 x/3"


class Two(Fraction):
    """It says that it is 1, and is computed with as 2."""

    numerator = 2

    def __eq__(self, other):
        return other == Fraction(1)

    __hash__ = Fraction.__hash__


@pytest.mark.parametrize("place", ["claim", "range"])
def test_what_lies_is_not_remembered_in_the_place_of_what_it_seems(place):
    """1 - 1 is not 2 - 1, also after somebody asked for the latter under the name of the former."""
    liar, honest = new(), new()
    slack = Relation(wrap(1), "<", Number(Two(1))).slack
    assert slack == Relation(wrap(1), "<", wrap(1)).slack
    if place == "range":
        liar.parameter("x", above=0, below=1 / slack)
    liar.qed(liar.positive("a", liar.claim(slack > 0)))
    refused(liar, "no Fraction")
    honest.qed(honest.positive("a", honest.claim(Relation(wrap(1), "<", wrap(1)))))
    refused(honest, "not seen")


@pytest.mark.parametrize("flag", ["vector", "indexed", "random"])
def test_symbols_say_what_they_are_by_truth_values(flag):
    t = new()
    x = Symbol("x", **{flag: 0})
    t.qed(t.combine("a", t.claim(x <= x)))
    refused(t, "neither true nor false")
