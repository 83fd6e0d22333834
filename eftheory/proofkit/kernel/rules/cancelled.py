"""A line divided by what is positive."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import implies
from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.normal import normal
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Cancelled
from eftheory.proofkit.kernel.rules.proof import Proof
from eftheory.proofkit.kernel.sign import POSITIVE, same
from eftheory.proofkit.kernel.text import write


def cancelled(proof: Proof, reason: Cancelled, relation: Relation) -> None:
    """Right - left times a positive factor is that of a line.

    >>> from eftheory.proofkit import Theorem, check
    >>> t = Theorem("factors", "Positive factors cancel")
    >>> x, y, a = t.scalar("x"), t.scalar("y"), t.parameter("a", above=0)
    >>> below = t.given("below", a * x <= a * y)
    >>> t.qed(t.cancel("right", t.claim(x <= y), below, a))
    >>> check(t).status
    'PROVED'
    >>> b = t.parameter("b", at_least=0)
    >>> t.qed(t.cancel("wrong", t.claim(x <= y), t.given("zero", b * x <= b * y), b))
    >>> check(t).problem
    'wrong: the factor is not seen to be positive'
    """
    fact = proof.step(reason.step)
    proof.check_denominators(reason.factor)
    if reason.factor.is_vector or proof.signs.sign(reason.factor) != POSITIVE:
        raise NotProved("the factor is not seen to be positive")
    if not implies(fact.sign, relation.sign) or not same(normal(reason.factor * relation.slack), normal(fact.slack)):
        raise NotProved(f"the line is not the claim times the factor, {write(reason.factor)}")
