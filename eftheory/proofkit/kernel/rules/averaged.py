"""The mean of a line over the agents."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import weakened
from eftheory.proofkit.kernel.expression import Inner, Mean, Relation
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Averaged
from eftheory.proofkit.kernel.rules.proof import Proof, require_same


def averaged(proof: Proof, reason: Averaged, relation: Relation) -> None:
    """It is the mean of a line, times a weight that is not negative, or any if it is an equation.

    >>> from eftheory.proofkit import Theorem, check, mean
    >>> t = Theorem("means", "Means keep order")
    >>> x, y = t.scalar("x", indexed=True), t.scalar("y", indexed=True)
    >>> below = t.given("below", x <= y)
    >>> t.qed(t.average("right", t.claim(mean(x) <= mean(y)), below))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.average("wrong", t.claim(mean(-x) <= mean(-y)), below, weight=-1))
    >>> check(t).problem
    'wrong: the weight is not seen to be nonnegative: prove that first'
    """
    fact, weight = proof.step(reason.step), reason.weight
    proof.check_denominators(weight)
    if fact.sign != "=":
        proof.require_nonnegative(weight, "the weight")
    if weight.is_vector and not fact.left.is_vector:
        raise NotProved("the weight is a vector, and the line is no equation of vectors")
    left, right = (Inner(weight, side) if weight.is_vector else weight * side for side in (fact.left, fact.right))
    require_same(relation, Relation(Mean(left), weakened(fact), Mean(right)))
