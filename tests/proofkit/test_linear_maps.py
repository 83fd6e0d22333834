"""Linear maps and equations of vectors: what follows from them, and what does not."""

import pytest

from eftheory.proofkit import expectation, inner, mean, square
from eftheory.proofkit.kernel.expression import Image, Symbol
from tests.proofkit.claims import accepted, new, refused


def test_an_image_is_of_a_vector():
    with pytest.raises(TypeError, match="takes a vector"):
        Image(new().linear("C"), Symbol("x"))


def test_a_linear_map_is_additive_and_homogeneous():
    t = new()
    C, a = t.linear("C", indexed=True), t.scalar("a", indexed=True)
    u, v = t.vector("u", indexed=True), t.vector("v")
    t.qed(t.identity("a", t.claim(C(a * u - v / 2).equals(a * C(u) - C(v) / 2))))
    accepted(t)


@pytest.mark.parametrize("own", [False, True])
def test_a_map_leaves_an_average_if_all_agents_share_it(own):
    t = new()
    C, v, w = t.linear("C", indexed=own), t.vector("v", indexed=True), t.scalar("w", indexed=True)
    t.qed(t.identity("a", t.claim(mean(w * C(v)).equals(C(mean(w * v))))))
    refused(t, "normal form") if own else accepted(t)


@pytest.mark.parametrize("own", [False, True])
def test_a_map_leaves_an_expectation(own):
    t = new()
    C = t.linear("C", indexed=own)
    v, w = t.vector("v", random=True), t.scalar("w", random=True)
    t.qed(t.identity("a", t.claim(expectation(w * C(v)).equals(C(expectation(w * v))))))
    accepted(t)


def test_a_map_of_each_agent_has_an_average_where_its_vector_has_none():
    t = new()
    C, v = t.linear("C", indexed=True), t.vector("v")
    t.qed(t.identity("a", t.claim(mean(C(v)).equals(C(v)))))
    refused(t, "normal form")


def test_maps_are_not_symmetric_and_not_isometries():
    for claim in (
        lambda C, u, v: inner(C(u), v).equals(inner(u, C(v))),
        lambda C, u, v: square(C(u)).equals(square(u)),
        lambda C, u, v: C(C(u)).equals(C(u)),
    ):
        t = new()
        t.qed(t.identity("a", t.claim(claim(t.linear("C"), t.vector("u"), t.vector("v")))))
        refused(t, "normal form")


def test_two_maps_are_two():
    t = new()
    u = t.vector("u")
    t.qed(t.identity("a", t.claim(t.linear("C")(u).equals(t.linear("D")(u)))))
    refused(t, "normal form")


def test_a_map_and_a_number_of_one_name():
    t = new()
    u = t.vector("u")
    t.qed(t.identity("a", t.claim((t.scalar("C") * u + t.linear("C")(u)).equals(t.linear("C")(u) + t.scalar("C") * u))))
    refused(t, "two symbols are called C")


def test_an_equation_of_vectors_enters_by_inner_products():
    t = new()
    c, v, x = t.vector("c", random=True), t.vector("v"), t.vector("x")
    unbiased = t.given("unbiased", expectation(c).equals(v))
    goal = t.claim(expectation(square(x - c)).equals(square(x) - 2 * inner(x, v) + expectation(square(c))))
    t.qed(t.combine("a", goal, [(-2 * x, unbiased)]))
    accepted(t)


def test_a_random_vector_does_not_pass_through_unbiasedness():
    t = new()
    c, v, x = t.vector("c", random=True), t.vector("v"), t.vector("x", random=True)
    unbiased = t.given("unbiased", expectation(c).equals(v))
    t.qed(t.combine("a", t.claim(expectation(inner(x, c)).equals(inner(expectation(x), v))), [(x, unbiased)]))
    refused(t, "normal form")


@pytest.mark.parametrize("number", [True, False])
def test_multipliers_are_of_the_kind_of_the_equation(number):
    t = new()
    u, v, x, y = t.vector("u"), t.vector("v"), t.scalar("x"), t.scalar("y")
    fact = t.given("fact", u.equals(v) if number else x.equals(y))
    t.qed(t.combine("a", t.claim(x.equals(x)), [(1 if number else u, fact)]))
    refused(t, "vector")


def test_an_equation_of_each_agents_vectors_is_averaged_first():
    t = new()
    u, v, w = t.vector("u", indexed=True), t.vector("v", indexed=True), t.vector("w", indexed=True)
    fact = t.given("fact", u.equals(v))
    average = t.average("average", mean(inner(w, u)).equals(mean(inner(w, v))), fact, weight=w)
    t.qed(t.combine("a", t.claim(mean(inner(u + w, u)).equals(mean(inner(u, u)) + mean(inner(w, v)))), [average]))
    accepted(t)
    t = new()
    fact = t.given("fact", u.equals(v))
    t.qed(t.combine("a", t.claim(mean(inner(w, u)).equals(mean(inner(w, v)))), [(w, fact)]))
    refused(t, "average")


def test_a_vector_is_no_weight_of_an_inequality():
    t = new()
    x, w = t.scalar("x", indexed=True), t.vector("w", indexed=True)
    fact = t.given("fact", x.equals(0))
    t.qed(t.average("a", t.claim(mean(square(w)).equals(mean(square(w)))), fact, weight=w))
    refused(t, "vector")


def test_equations_of_vectors_add_up():
    t = new()
    u, v, w, a = t.vector("u"), t.vector("v"), t.vector("w"), t.scalar("a")
    first, second = t.given("first", u.equals(v)), t.given("second", v.equals(a * w))
    t.qed(t.combine("a", t.claim((2 * u - v).equals(a * w)), [(2, first), second]))
    accepted(t)
    t = new()
    first = t.given("first", u.equals(v))
    t.qed(t.combine("a", t.claim((2 * u).equals(v)), [(2, first)]))
    refused(t, "normal form")
