"""What is left over is named by expressions that have it as their normal form."""

import random

import pytest

from eftheory.proofkit import check, inner, mean, square
from eftheory.proofkit.kernel.expression import Inner, Symbol
from eftheory.proofkit.kernel.normal import normal, normal_vector
from eftheory.proofkit.kernel.remainder import left_over, node_of
from eftheory.proofkit.kernel.sign import same
from tests.proofkit.claims import new
from tests.proofkit.test_normal import scalar, vector


@pytest.mark.parametrize("seed", range(60))
def test_atoms_have_their_expressions(seed):
    rng = random.Random(seed)
    form = normal(scalar(rng, 3))
    for atom in form.numerator.atoms() | form.denominator.atoms():
        assert normal(node_of(atom)).numerator.atoms() == {atom}
    for atom in normal_vector(vector(rng, 3)):
        assert list(normal_vector(node_of(atom))) == [atom]
        other = Symbol("other", vector=True)
        assert same(normal(Inner(node_of(atom), other)), normal(Inner(other, node_of(atom))))


def test_an_author_sees_the_missing_term():
    t = new()
    s, a, b = t.parameter("t", above=0), t.vector("a", indexed=True), t.vector("b")
    goal = t.claim(mean(square(a + b)) <= (1 + s) * mean(square(a)) + (1 + 1 / s) * square(b))
    t.qed(t.combine("young", goal, mean_squares=[(s, a + b / s)]))
    assert check(t).problem.endswith("left over: -4 <mean[a_i], b>")
    t = new()
    u, v = t.vector("u"), t.vector("v", indexed=True)
    t.qed(t.identity("equal", t.claim((2 * u).equals(u + mean(v)))))
    assert "left over: multiples of" in check(t).problem


def test_long_remainders_are_cut():
    t = new()
    a, *more = [t.vector(name) for name in "abcdef"]
    assert left_over(normal(sum((inner(a, v) for v in more), 0 * inner(a, a)))).endswith("...")
