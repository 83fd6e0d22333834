"""Induction, sums over time and powers: what is followed, and what must be refused."""

from fractions import Fraction

import pytest

from eftheory.proofkit import Geometric, Repeated, Telescoped, expectation
from eftheory.proofkit.kernel.expression import Number, Symbol
from tests.proofkit.claims import accepted, new, refused


def growth(claim, rate=2, **ranges):
    """A theorem that claims something of rate^T."""
    t = new()
    times = t.parameter("T", **(ranges or {"at_least": 0}))
    power = t.scalar("p")
    number = Number(Fraction(rate))
    t.qed(t.geometric("a", t.claim(claim(power, number, times)), Geometric(power, number, times)))
    return t


def bernoulli(p, rate, times):
    return 1 + times * (rate - 1) <= p


def vanishes(p, rate, times):
    return p * (1 + times * (1 - rate)) <= 1


def test_powers_grow_and_vanish():
    accepted(growth(bernoulli))
    accepted(growth(bernoulli, Fraction(1, 2)))
    accepted(growth(vanishes, Fraction(1, 2)))
    accepted(growth(lambda p, rate, times: p >= 0, Fraction(1, 2)))


def test_a_rate_above_one_does_not_vanish():
    refused(growth(vanishes, 2), "Bernoulli")


def test_rates_are_not_negative():
    refused(growth(bernoulli, -1), "rate")


def test_powers_are_not_what_one_likes():
    refused(growth(lambda p, rate, times: p <= 1 + times * (rate - 1)), "Bernoulli")
    refused(growth(lambda p, rate, times: 1 + 2 * times * (rate - 1) <= p), "Bernoulli")
    refused(growth(lambda p, rate, times: p > 0), "Bernoulli")


def test_T_is_not_negative():
    refused(growth(bernoulli, above=-1), "T")


def test_no_sequence_has_less_than_no_steps():
    for least in (-5, 0):
        t = new()
        t.parameter("T", at_least=least)
        x, y, x0, xT, p = map(t.scalar, ("x", "y", "x0", "xT", "p"))
        step, half = t.given("step", y <= x / 2), Number(Fraction(1, 2))
        t.qed(t.repeat("a", t.claim(xT <= p * x0), Repeated(step, x, {x: y}, half, p, {x: x0}, {x: xT})))
        refused(t, "T is not seen to be nonnegative") if least else accepted(t)


def test_T_is_a_parameter():
    t = new()
    p, times = t.scalar("p"), t.scalar("T")
    t.given("T", times >= 0)
    t.qed(t.geometric("a", t.claim(p >= 0), Geometric(p, Number(Fraction(2)), times)))
    refused(t, "T is a parameter")


@pytest.mark.parametrize("misnamed", ["power", "first", "last"])
def test_nothing_else_is_called_T(misnamed):
    t = new()
    x, y = t.scalar("x"), t.scalar("y")
    names = {"power": "p", "first": "x0", "last": "xT"} | {misnamed: "T"}
    p, x0, xT = map(t.scalar, names.values())
    step, half = t.given("step", y <= x / 2), Number(Fraction(1, 2))
    t.qed(t.repeat("a", t.claim(xT <= p * x0), Repeated(step, x, {x: y}, half, p, {x: x0}, {x: xT})))
    refused(t, "T is no new name")


def test_T_is_one_number():
    t = new()
    S, T = t.parameter("S", at_least=0), t.parameter("T", at_least=0)
    p, rate = t.scalar("(2)^T"), Number(Fraction(2))
    t.qed(t.geometric("a", t.claim(p >= 1 + S), Geometric(p, rate, S)))
    refused(t, "parameter T")
    t = new()
    y, z, q, average, y0 = map(t.scalar, ("y", "z", "q", "average", "y0"))
    step, floor = t.given("step", z <= y - q), t.given("floor", y >= 0)
    N = t.parameter("N", above=0)
    reason = Telescoped(step, y, {y: z}, Number(Fraction(1)), q, floor, average, {y: y0}, N)
    t.qed(t.telescope("sum", t.claim(average <= y0 / N), reason))
    refused(t, "parameter T")
    assert T.name == "T"


def test_T_has_no_range_but_from_a_number_on():
    for build in (
        lambda t: (t.parameter("T", at_least=0), t.given("T", 2 * Symbol("T") <= 1)),
        lambda t: (t.parameter("T"), t.given("T", Symbol("T") >= 0)),
        lambda t: (t.parameter("T", above=0), t.parameter("q", above=Symbol("T"), below=1)),
        lambda t: (t.parameter("a", above=0), t.parameter("T", at_least=Symbol("a"))),
    ):
        t = new()
        build(t)
        T, p = Symbol("T"), t.scalar("p")
        t.qed(t.geometric("a", t.claim(p >= 0), Geometric(p, Number(Fraction(4)), T)))
        refused(t, "lower bound")


def test_a_rate_is_not_T():
    t = new()
    T = t.parameter("T", above=0, below=1)
    x, y, x0, xT = map(t.scalar, ("x", "y", "x0", "xT"))
    step, power = t.given("step", y <= T * x), t.scalar("T^T")
    t.qed(t.repeat("a", t.claim(xT <= power * x0), Repeated(step, x, {x: y}, T, power, {x: x0}, {x: xT})))
    refused(t, "lower bound")


def test_only_powers_are_called_so():
    t = new()
    T = t.parameter("T", above=0)
    y, z, q, y0 = map(t.scalar, ("y", "z", "q", "y0"))
    step, floor, average = t.given("step", z <= y - q), t.given("floor", y >= 0), t.scalar("(2)^T")
    reason = Telescoped(step, y, {y: z}, Number(Fraction(1)), q, floor, average, {y: y0}, T)
    t.qed(t.telescope("sum", t.claim(average <= y0 / T), reason))
    refused(t, "name of a power")


def test_the_power_of_another_rate():
    t = new()
    T, x, y, x0, xT, p = t.parameter("T", at_least=0), *map(t.scalar, ("x", "y", "x0", "xT", "p"))
    step = t.given("step", y <= x / 2)
    two, half = Number(Fraction(2)), Number(Fraction(1, 2))
    t.claim(xT <= p * x0, p >= 1 + T)
    t.qed(
        t.repeat("repeat", xT <= p * x0, Repeated(step, x, {x: y}, half, p, {x: x0}, {x: xT})),
        t.geometric("power", p >= 1 + T, Geometric(p, two, T)),
    )
    refused(t, "stands for something else")


def test_nothing_is_assumed_of_a_power():
    t = new()
    T, p = t.parameter("T", at_least=0), t.scalar("p")
    t.given("p", p <= 0)
    t.qed(t.geometric("power", t.claim(p >= 1 + T), Geometric(p, Number(Fraction(2)), T)))
    refused(t, "no new name")


def summed(noise, claimed, given_noise=1):
    """x+ <= x - q + given_noise, and what is said of the mean of q."""
    t = new()
    T = t.parameter("T", above=0)
    x, y, q, average, x0 = map(t.scalar, ("x", "y", "q", "average", "x0"))
    step = t.given("step", y <= x - q + given_noise)
    floor = t.given("floor", x >= 0)
    reason = Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: x0}, T, Number(Fraction(noise)))
    t.qed(t.telescope("sum", t.claim(average <= x0 / T + claimed), reason))
    return t


def test_noise_stays_in_the_mean():
    accepted(summed(1, 1))
    refused(summed(1, Fraction(1, 2)), "something else")
    refused(summed(0, 0), "V+ <= V - coefficient Q + noise")


def test_noise_is_the_same_at_all_times():
    t = new()
    T = t.parameter("T", above=0)
    x, y, q, n, average, x0 = map(t.scalar, ("x", "y", "q", "n", "average", "x0"))
    step, floor = t.given("step", y <= x - q + n), t.given("floor", x >= 0)
    reason = Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: x0}, T, n)
    t.qed(t.telescope("sum", t.claim(average <= x0 / T + n), reason))
    refused(t, "parameters")


@pytest.mark.parametrize("final", [False, True])
def test_hypotheses_speak_of_the_start_only(final):
    t = new()
    x, y, x0, xT, p = map(t.scalar, ("x", "y", "x0", "xT", "p"))
    step = t.given("step", y <= 2 * x)
    start = t.given("start", (xT if final else x0).equals(0))
    line = t.repeat("repeat", xT <= p * x0, Repeated(step, x, {x: y}, Number(Fraction(2)), p, {x: x0}, {x: xT}))
    t.qed(t.combine("a", t.claim(xT <= 0), [line], modulo=[] if final else [start]))
    refused(t, "no new name") if final else accepted(t)


def test_what_speaks_of_sequences_is_a_lemma_where_its_names_are_new():
    t = new()
    x, y, x0, xT, p = map(t.scalar, ("x", "y", "x0", "xT", "p"))
    step = t.given("step", y <= 2 * x)
    t.repeat("repeat", xT <= p * x0, Repeated(step, x, {x: y}, Number(Fraction(2)), p, {x: x0}, {x: xT}))
    t.qed(t.combine("a", t.claim(y <= 2 * x), [step]))
    accepted(t)
    user = new("user")
    fact = user.given("fact", y <= 2 * x)
    user.qed(user.lemma("use", user.claim(y <= 2 * x), "t", given=[fact]))
    accepted(user, {"t": t})
    user.given("last", xT >= 1)
    refused(user, "a hypothesis speaks of it", {"t": t})


def test_the_expectation_of_the_next_state_is_followed():
    t = new()
    x, x0, xT, p = map(t.scalar, ("x", "x0", "xT", "p"))
    y = t.scalar("y", random=True)
    step = t.given("step", expectation(y) <= 2 * x)
    reason = Repeated(step, x, {x: y}, Number(Fraction(2)), p, {x: x0}, {x: xT})
    t.qed(t.repeat("repeat", t.claim(xT <= p * x0), reason))
    accepted(t)


def test_a_power_is_not_called_by_another_rate():
    for name, fine in (("(3)^T", False), ("2^T", False), ("(2)^T", True), ("power", True)):
        t = new()
        times, power, rate = t.parameter("T", at_least=0), t.scalar("p"), Number(Fraction(2))
        power = Symbol(name)
        t.qed(t.geometric("a", t.claim(power >= 0), Geometric(power, rate, times)))
        if name == "2^T":
            refused(t)
        elif fine:
            accepted(t)
        else:
            refused(t, "name of another power")


def test_there_are_whole_numbers_in_the_range_of_T():
    for ranges in ({"above": 0, "below": 1}, {"at_least": Fraction(1, 2), "at_most": Fraction(1, 2)}):
        refused(growth(bernoulli, 4, **ranges), "upper bound")
    t = new()
    x, y, q, average, x0 = map(t.scalar, ("x", "y", "q", "average", "x0"))
    step, floor = t.given("step", y <= x - q), t.given("floor", x >= 0)
    half = Number(Fraction(5, 2))
    reason = Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: x0}, half)
    t.qed(t.telescope("sum", t.claim(average <= x0 / half), reason))
    refused(t, "a parameter T")


def test_an_average_is_not_of_itself():
    t = new()
    T = t.parameter("T", above=0)
    x, y, average, x0 = map(t.scalar, ("x", "y", "average", "x0"))
    q = average**2 + 1
    step, floor = t.given("step", y <= x - 1), t.given("floor", x >= 0)
    t.combine("of q", y <= x - q + q - 1, [step])
    reason = Telescoped(
        "of q", x, {x: y}, Number(Fraction(1)), 1 + 0 * q, floor, average, {x: x0}, T, Number(Fraction(0))
    )
    t.qed(t.telescope("sum", t.claim(average <= x0 / T), reason))
    refused(t, "itself")


def test_the_start_is_not_called_by_what_changes():
    t = new()
    T = t.parameter("T", above=0)
    x, y, q, average = map(t.scalar, ("x", "y", "q", "average"))
    step, floor = t.given("step", y <= x - q), t.given("floor", x >= 0)
    reason = Telescoped(step, x, {x: y}, Number(Fraction(1)), q, floor, average, {x: q}, T)
    t.qed(t.telescope("sum", t.claim(average <= q / T), reason))
    refused(t)


def test_a_hypothesis_about_the_start_speaks_of_nothing_that_changes():
    t = new()
    x, y, x0, xT, p = map(t.scalar, ("x", "y", "x0", "xT", "p"))
    step = t.given("step", y <= 2 * x)
    t.given("start", x <= x0)
    t.qed(t.repeat("a", t.claim(xT <= p * x0), Repeated(step, x, {x: y}, Number(Fraction(2)), p, {x: x0}, {x: xT})))
    refused(t, "a hypothesis speaks of it")


@pytest.mark.parametrize(
    ("now", "coefficient", "noise", "chance", "word"),
    [
        (lambda x: x, 0, 0, False, ""),
        (lambda x: x, 0, 0, True, ""),
        (lambda x: x * x, 0, 0, False, ""),
        (lambda x: x * x, 0, 0, True, "linear"),
        (lambda x: x - 1, 0, 0, False, "0 <= V"),
        (lambda x: x, 0, -1, False, "V+ <= V"),
        (lambda x: x, 1, 0, False, "V+ <= V"),
    ],
)
def test_what_holds_at_every_time_holds_at_first(now, coefficient, noise, chance, word):
    """Nothing is asked of steps, if nothing is said of them."""
    t = new()
    T, x, y, x0 = t.parameter("T", above=0), t.scalar("x"), t.scalar("y", random=chance), t.scalar("x0")
    floor = t.given("floor", x >= 0)
    if now(x) == x * x:
        floor = t.positive("floor of V", now(x) >= 0)
    coefficient, noise, average = Number(Fraction(coefficient)), Number(Fraction(noise)), t.scalar("average")
    reason = Telescoped(floor, now(x), {x: y}, coefficient, Number(Fraction(1)), floor, average, {x: x0}, T, noise)
    t.qed(t.telescope("sum", t.claim(coefficient * average <= now(x0) / T + noise), reason))
    refused(t, word) if word else accepted(t)
