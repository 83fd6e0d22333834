"""Vectors where numbers belong, and reasons that are not made of expressions: whatever they say is refused."""

import pytest

from eftheory.proofkit import mean, square
from eftheory.proofkit.expression import Sum, wrap
from eftheory.proofkit.normal import normal
from eftheory.proofkit.reason import Combination
from eftheory.proofkit.sign import Signs
from eftheory.proofkit.theorem import Step
from tests.proofkit.claims import new, refused


def test_nothing_is_cancelled_that_is_a_vector():
    t = new()
    w, zero = t.vector("w"), wrap(0)
    z = t.identity("z", zero.equals(0))
    t.qed(t.cancel("c", t.claim(wrap(1) <= 0), z, 1 * (w - w)))
    refused(t, "factor")


def test_an_equation_of_vectors_says_nothing_of_numbers():
    t = new()
    x, w = t.scalar("x"), t.vector("w")
    z = t.identity("z", w.equals(w))
    t.qed(t.cancel("c", t.claim(x.equals(7)), z, 1 * (w - w)))
    refused(t, "factor")


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
