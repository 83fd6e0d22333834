"""The expectation of a line."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import weakened
from eftheory.proofkit.kernel.expression import Expectation, Relation
from eftheory.proofkit.kernel.reason import Expected
from eftheory.proofkit.kernel.rules.proof import Proof, require_same


def expected(proof: Proof, reason: Expected, relation: Relation) -> None:
    """It is the expectation of both sides, given all that is not random.

    >>> from eftheory.proofkit import Theorem, check, expectation
    >>> t = Theorem("expectations", "Expectations keep order")
    >>> x, y = t.scalar("x", random=True), t.scalar("y", random=True)
    >>> below = t.given("below", x <= y)
    >>> t.qed(t.expect("right", t.claim(expectation(x) <= expectation(y)), below))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.expect("wrong", t.claim(expectation(x * y) <= expectation(y) ** 2), below))
    >>> check(t).problem
    'wrong: the line says something else than what follows, which is E[x] <= E[y]'
    """
    fact = proof.step(reason.step)
    require_same(relation, Relation(Expectation(fact.left), weakened(fact), Expectation(fact.right)))
