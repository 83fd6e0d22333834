"""The square roots of a line."""

from __future__ import annotations

from eftheory.proofkit.kernel.expression import Relation, square
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Root
from eftheory.proofkit.kernel.rules.proof import Proof, require_same


def root(proof: Proof, reason: Root, relation: Relation) -> None:
    """The squares compare so, and the right side is not negative.

    >>> from eftheory.proofkit import Theorem, check
    >>> t = Theorem("roots", "Roots keep order")
    >>> x, a = t.scalar("x"), t.parameter("a", at_least=0)
    >>> below = t.given("below", x**2 <= a**2)
    >>> t.qed(t.root("right", t.claim(x <= a), below))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.root("wrong", t.claim(x <= -a), below))
    >>> check(t).problem
    'wrong: the right side is not seen to be nonnegative: prove that first'
    """
    fact = proof.step(reason.step)
    if relation.sign == "=" or relation.left.is_vector:
        raise NotProved("roots are taken of inequalities between numbers")
    proof.require_nonnegative(relation.right, "the right side")
    require_same(Relation(square(relation.left), relation.sign, square(relation.right)), fact)
