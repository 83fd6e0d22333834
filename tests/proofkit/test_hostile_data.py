"""What is too large, or cannot be decided: it is refused soon, and is in nobody's way."""

from fractions import Fraction

from eftheory.proofkit import mean, square
from eftheory.proofkit.kernel.expression import Number, Power, Sum, Symbol
from eftheory.proofkit.kernel.normal import normal
from eftheory.proofkit.kernel.polynomial import PRIME
from eftheory.proofkit.kernel.sign import same
from tests.proofkit.claims import accepted, new, refused


def test_a_range_that_cannot_be_decided_is_in_nobodys_way():
    t = new()
    a = t.parameter("a", above=0)
    b = t.parameter("b", above=1 / (1 / (a - a)))
    t.qed(t.positive("s", t.claim(b > 0)))
    refused(t, "zero")
    t = new()
    w = t.parameter("w", above=0, below=1, indexed=True)
    a = t.parameter("a", above=mean(w))
    b = t.parameter("b", above=1 / a)
    t.qed(t.positive("s", t.claim(b > 0)))
    refused(t, "differs from agent to agent")


def test_what_is_too_large_is_not_multiplied_out():
    t = new()
    x, y = t.scalar("x"), t.scalar("y")
    two = Number(Fraction(2))
    powers = [Power(two, 10**9), Power(x, 10**9), Power(Power(Power(x, 1000), 1000), 1000)]
    wide = Sum(tuple(t.scalar(f"z{j}") for j in range(1500)))
    for large in (*powers, Power(x + y, 10**6), wide * (wide + y)):
        t.steps.clear()
        t.qed(t.combine("s", t.claim(large <= large + x)))
        refused(t, "too large")


def test_not_all_corners_of_many_ranges_are_looked_at():
    for many in (2, 40):
        t = new()
        total = sum(
            t.parameter(f"a{j}", at_least=1, at_most=2) * (3 - t.parameter(f"b{j}", below=2)) for j in range(many)
        )
        t.qed(t.positive("s", t.claim(total - Fraction(1, 2) >= 0)))
        accepted(t) if many == 2 else refused(t, "not seen")


def test_equations_can_be_read_from_both_sides():
    t = new()
    u, v, x = t.vector("u"), t.vector("v"), t.scalar("x")
    t.given("vectors", u.equals(v))
    t.given("numbers", x.equals(square(u)))
    t.claim(v.equals(u), square(u).equals(x))
    t.qed("vectors", "numbers")
    accepted(t)


def test_numbers_in_which_the_prime_stands_are_compared():
    x, y = Symbol("x"), Symbol("y")
    a, b = x / (PRIME * y), (x * x) / (PRIME * x * y)
    assert same(normal(a), normal(b))
    assert not same(normal(a), normal(2 * b))
