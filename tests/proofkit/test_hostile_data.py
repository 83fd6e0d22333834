"""What is too large, or cannot be decided: it is refused soon, and is in nobody's way."""

from fractions import Fraction

import pytest

from eftheory.proofkit import Geometric, mean, square
from eftheory.proofkit.catalogue import prove
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


CHAIN = 30
"""So long that 2^CHAIN of anything is not gone through."""


@pytest.mark.parametrize("after", [lambda a: a + a, lambda a: 1 / (1 + a)])
@pytest.mark.parametrize("long", [5, CHAIN])
def test_ranges_that_double_are_not_followed_to_the_end(after, long):
    t = new()
    high, last = 1, t.parameter("a0", above=0, below=1)
    for j in range(1, long):
        high = after(last)
        last = t.parameter(f"a{j}", above=0, below=high)
    t.qed(t.positive("s", t.claim(last < 2 * high)))
    accepted(t) if long < CHAIN else refused(t, "too large")


def test_values_of_lemmas_that_double_are_not_followed_to_the_end():
    """Each theorem says of q what the one before says of q^2, and what these are over time."""
    library = {}
    for j in range(CHAIN):
        t = library[f"t{j}"] = new(f"t{j}")
        q, p = t.parameter("q", above=0), t.scalar("p")
        goal, power = t.claim(p >= 0), Geometric(p, q, t.parameter("T", at_least=1))
        t.qed(t.geometric("g", goal, power) if j == 0 else t.lemma("g", goal, f"t{j - 1}", {q: q * q}))
    entries = prove(library)
    assert entries["t4"].status == "PROVED"
    assert "too large" in entries[f"t{CHAIN - 1}"].told.problem
