"""For every reason, what it must refuse: false statements that a careless kernel would accept."""

from fractions import Fraction

import pytest

from eftheory.proofkit import check, expectation, inner, mean, square
from eftheory.proofkit.attack import attack
from eftheory.proofkit.kernel.expression import Number, Power, Relation
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import Repeated, Telescoped
from tests.proofkit.claims import accepted, new, refused


def multiplier(sign):
    t = new()
    x = t.scalar("x")
    a = t.given("a", x <= 1)
    t.qed(t.combine("b", t.claim(sign * x <= sign), [(sign, a)]))
    return t


def test_a_multiplier_of_an_inequality_is_not_negative():
    accepted(multiplier(2))
    refused(multiplier(-1), "multiplier")


def test_a_square_has_no_negative_coefficient():
    t = new()
    v = t.vector("v")
    t.qed(t.combine("a", t.claim(square(v) <= 0), squares=[(-1, v)]))
    refused(t, "coefficient")


def test_a_mean_of_squares_has_no_weight_of_unknown_sign():
    t = new()
    v, w = t.vector("v", indexed=True), t.scalar("w", indexed=True)
    t.qed(t.combine("a", t.claim(mean(w * square(v)) >= 0), mean_squares=[(w, v)]))
    refused(t, "weight")


def test_a_fact_about_each_agent_is_averaged_before_it_is_used():
    t = new()
    x, y = t.scalar("x", indexed=True), t.scalar("y")
    a = t.given("a", x <= y)
    t.qed(t.combine("b", t.claim(mean(x) <= y), [a]))
    refused(t, "average")


def test_weights_of_an_average_are_not_negative():
    t = new()
    x, w = t.scalar("x", indexed=True), t.scalar("w", indexed=True)
    a = t.given("a", x <= 1)
    t.qed(t.average("b", t.claim(mean(w * x) <= mean(w)), a, weight=w))
    refused(t, "weight")


def test_a_random_weight_does_not_leave_the_expectation():
    t = new()
    w, v = t.scalar("w", random=True), t.vector("v", random=True)
    c = t.vector("c")
    a = t.given("a", square(v) <= square(c))
    t.given("w", w >= 0)
    b = t.combine("b", w * square(v) <= w * square(c), [(w, a)])
    t.qed(t.expect("c", t.claim(expectation(w * square(v)) <= expectation(w) * expectation(square(v))), b))
    refused(t, "something else")


def test_random_factors_are_not_independent():
    t = new()
    x, y = t.scalar("x", random=True), t.scalar("y", random=True)
    t.qed(t.identity("a", t.claim(expectation(x * y).equals(expectation(x) * expectation(y)))))
    refused(t, "normal form")


def test_agents_are_not_uncorrelated():
    t = new()
    x, y = t.scalar("x", indexed=True), t.scalar("y", indexed=True)
    t.qed(t.identity("a", t.claim(mean(x * y).equals(mean(x) * mean(y)))))
    refused(t, "normal form")


@pytest.mark.parametrize("how", ["average", "expect"])
def test_averages_lose_strictness(how):
    t = new()
    x = t.scalar("x", indexed=how == "average", random=how == "expect")
    a = t.given("a", x < 1)
    over = mean if how == "average" else expectation
    t.qed(getattr(t, how)("b", t.claim(over(x) < 1), a))
    refused(t, "something else")


def test_it_is_told_what_follows_instead():
    t = new()
    x, y = t.scalar("x", indexed=True), t.scalar("y", indexed=True)
    a = t.given("a", x <= 2 * y)
    t.qed(t.average("b", t.claim(mean(x) <= mean(y)), a))
    refused(t, "b: the line says something else than what follows, which is mean[x_i] <= mean[2 y_i]")
    t = new()
    x, b = t.scalar("x"), t.parameter("b", above=0)
    t.qed(t.cancel("c", t.claim(x <= 1), t.given("a", b * x <= 2 * b), b))
    refused(t, "left over: -1")
    t.qed("a")
    t.steps.clear()
    refused(t, "qed: the line 'a' is not the conclusion: x <= 1")


def test_strictness_does_not_come_from_nothing():
    t = new()
    x = t.scalar("x")
    a = t.given("a", x <= 1)
    t.qed(t.combine("b", t.claim(x < 1), [a]))
    refused(t, "strict")


def test_a_multiplier_that_may_vanish_makes_nothing_strict():
    t = new()
    x, y = t.scalar("x"), t.parameter("y", at_least=0)
    a = t.given("a", x < 1)
    t.qed(t.combine("b", t.claim(x * y < y), [(y, a)]))
    refused(t, "strict")


def test_nothing_is_divided_by_what_may_vanish():
    t = new()
    x = t.parameter("x", at_least=0)
    t.qed(t.identity("a", t.claim((x / x).equals(1))))
    refused(t, "denominator")


def test_nothing_is_cancelled_that_may_vanish():
    t = new()
    x, y = t.parameter("x", at_least=0), t.scalar("y")
    a = t.given("a", x * y <= x)
    t.qed(t.cancel("b", t.claim(y <= 1), a, x))
    refused(t, "denominator")


def test_an_equation_does_not_follow_from_inequalities():
    t = new()
    x = t.scalar("x")
    a = t.given("a", x <= 1)
    t.qed(t.combine("b", t.claim(x.equals(1)), [a]))
    refused(t, "equation")


@pytest.mark.parametrize("sign", ["=", "<="])
def test_a_root_has_a_sign(sign):
    t = new()
    x, y = t.scalar("x"), t.parameter("y", above=0)
    if sign == "=":
        a = t.given("a", (x**2).equals(y**2))
        goal = t.claim(x.equals(y))
    else:
        a = t.given("a", y**2 <= x**2)
        goal = t.claim(y <= x)
    t.qed(t.root("b", goal, a))
    refused(t)


def test_a_root_of_vectors_is_refused():
    t = new()
    a, b = t.vector("a"), t.vector("b")
    given = t.given("given", square(a).equals(square(b)))
    with pytest.raises(TypeError, match="vector"):
        t.root("root", t.claim((2 * a).equals(2 * b)), given)


def test_signs_are_not_guessed():
    t = new()
    x = t.parameter("x", above=0, below=2)
    t.qed(t.positive("a", t.claim(x**2 <= x)))
    refused(t, "sign")


@pytest.mark.parametrize(("closed", "claim"), [("at_least", "low"), ("at_most", "high")])
def test_an_end_that_belongs_to_the_range_is_not_excluded(closed, claim):
    t = new()
    x = t.parameter(
        "x", **{"above" if claim == "high" else "below": 1 if claim == "low" else 0, closed: int(claim == "high")}
    )
    t.qed(t.positive("a", t.claim(x > 0 if claim == "low" else x < 1)))
    refused(t, "strict")


def test_a_range_with_both_ends():
    for goal, well in ((lambda x: 1 + x > 0, True), (lambda x: x < 1, False), (lambda x: x * (1 - x) <= 1, True)):
        t = new()
        x = t.parameter("x", at_least=0, at_most=1)
        t.qed(t.positive("a", t.claim(goal(x))))
        assert (check(t).problem is None) == well


def test_strictness_is_not_borrowed_from_a_namesake():
    t = new()
    t.parameter("x", above=0)
    own = t.parameter("x", at_least=0, indexed=True)
    t.qed(t.positive("a", t.claim(own / 2 > 0)))
    refused(t, "strict")


def test_names_that_the_kernel_uses_are_refused():
    t = new()
    x = t.parameter("\0x")
    t.qed(t.positive("a", t.claim(x >= 0)))
    refused(t, "taken")
    t = new()
    x = t.parameter("t(x)")
    t.qed(t.positive("a", t.claim(x >= 0)))
    refused(t, "read as something else")


def test_a_parameter_is_declared_once():
    t = new()
    x = t.parameter("x", above=-1)
    t.parameters.append(Parameter(x, Number(Fraction(0)), None, True))
    t.qed(t.positive("a", t.claim(x > 0)))
    refused(t, "twice")


def test_a_range_is_in_terms_of_earlier_parameters():
    t = new()
    free = t.scalar("free")
    x = t.parameter("x", above=free)
    t.qed(t.positive("a", t.claim(free < x)))
    refused(t, "earlier")


def test_floats_and_negative_exponents_are_refused():
    t = new()
    x = t.parameter("x", above=0)
    t.qed(t.identity("a", t.claim(Power(x, -1).equals(1))))
    refused(t, "exponent")
    t = new()
    x = t.parameter("x", above=0)
    t.qed(t.identity("a", t.claim((x * Number(0.5)).equals(x * Number(0.5)))))  # type: ignore[arg-type]
    refused(t, "Fraction")


def test_an_equation_that_rewrites_has_an_atom_on_its_left():
    t = new()
    x, y = t.scalar("x"), t.scalar("y")
    a = t.given("a", (x * y).equals(1))
    t.qed(t.combine("b", t.claim(x.equals(1)), modulo=[a]))
    refused(t, "no atom")


def test_a_step_is_not_a_hypothesis_in_disguise():
    t = new()
    x = t.scalar("x")
    name = t.given("a", t.claim(x <= 1))
    t.steps.append(t.givens.pop())
    t.qed(name)
    refused(t, "hypothesis")


def test_a_later_line_is_not_used():
    t = new()
    x = t.scalar("x")
    goal = t.claim(x <= 1)
    t.combine("a", goal, ["b"])
    t.combine("b", goal, ["a"])
    t.qed("a")
    refused(t, "no line")


def test_the_last_line_is_the_conclusion():
    t = new()
    x = t.parameter("x", above=0)
    t.claim(x <= 1)
    t.qed(t.positive("a", x > 0))
    refused(t, "not the conclusion")
    t.qed()
    refused(t, "equally many")


def test_vectors_are_equal_in_normal_form_only():
    t = new()
    a, b = t.vector("a"), t.vector("b")
    t.qed(t.identity("x", t.claim((a + b).equals(b - a))))
    refused(t, "normal form")
    t = new()
    a, b = t.vector("a"), t.vector("b")
    t.qed(t.identity("x", t.claim((2 * (a + b)).equals(2 * b + a + a))))
    accepted(t)


def test_cauchy_schwarz_the_wrong_way_round():
    t = new()
    a, b = t.vector("a"), t.vector("b")
    t.qed(t.combine("x", t.claim(square(a) + square(b) <= 2 * inner(a, b)), squares=[(1, a - b)]))
    refused(t, "normal form")


def test_attacks_find_what_is_not_needed():
    t = new()
    x, y = t.parameter("x", above=0, below=1), t.scalar("y")
    needed = t.given("needed", y <= x)
    t.given("unneeded", y >= -1)
    t.qed(t.combine("a", t.claim(y <= x), [needed]))
    report = attack(t)
    assert "hypothesis 'unneeded' dropped" in report.survivors
    assert "hypothesis 'needed' dropped" not in report.survivors
    t.survivors = {"hypothesis 'unneeded'*": "it is not", "nothing": "of the kind"}
    report = attack(t)
    assert not any("unneeded" in what for what in report.unexplained)
    assert report.stale == ("nothing",)


def test_relations_have_one_of_three_signs():
    with pytest.raises(ValueError, match="a relation is =, <= or <"):
        Relation(Number(Fraction(0)), ">=", Number(Fraction(1)))


@pytest.mark.parametrize("name", ["2", "x_i", "mean[x]", "a - b", "a=b"])
def test_names_that_read_as_something_else(name):
    t = new()
    x = t.parameter(name, below=1)
    t.qed(t.positive("a", t.claim(x < 1)))
    refused(t, "read as something else")


def test_two_symbols_of_one_name():
    t = new()
    x, y = t.scalar("x"), t.scalar("x", random=True)
    t.qed(t.combine("a", t.claim(expectation(x * y).equals(x * expectation(y)))))
    refused(t, "two symbols are called x")


def test_one_average_over_two_stretches_of_time():
    t = new()
    S, T = t.parameter("S", at_least=1), t.parameter("T", at_least=1)
    x, y, q, average, x0 = map(t.scalar, ("x", "y", "q", "average", "x0"))
    step = t.given("step", y <= x - q)
    floor = t.given("floor", x >= 0)

    def over(times):
        return Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: x0}, times)

    t.claim(average <= x0 / S, average <= x0 / T)
    t.qed(t.telescope("S", average <= x0 / S, over(S)), t.telescope("T", average <= x0 / T, over(T)))
    refused(t, "a parameter T")


def test_a_state_and_its_expectation_under_one_name():
    t = new()
    x, y, x0, y0, xT, yT, one, half = map(t.scalar, ("x", "y", "x0", "y0", "xT", "yT", "one", "half"))
    x_next, y_next = t.scalar("x+"), t.scalar("y+", random=True)
    square_ = t.given("square", -(x_next**2) <= -(x**2))
    linear = t.given("linear", expectation(x_next + y_next) <= Fraction(1, 2) * (x + y))
    path = Repeated(square_, -(x**2), {x: x_next}, Number(Fraction(1)), one, {x: x0}, {x: xT})
    rate = Number(Fraction(1, 2))
    average = Repeated(linear, x + y, {x: x_next, y: y_next}, rate, half, {x: x0, y: y0}, {x: xT, y: yT})
    t.claim(-(xT**2) <= -one * x0**2, xT + yT <= half * (x0 + y0))
    t.qed(t.repeat("path", t.conclusions[0], path), t.repeat("average", t.conclusions[1], average))
    refused(t, "along a path, or all in expectation")
