"""What the signs of parts say of the whole."""

from __future__ import annotations

from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Positivity
from eftheory.proofkit.kernel.rules.proof import Proof
from eftheory.proofkit.kernel.sign import POSITIVE


def positivity(proof: Proof, reason: Positivity, relation: Relation) -> None:
    """The sign of right - left is seen.

    >>> from eftheory.proofkit import Theorem, check
    >>> t = Theorem("signs", "x (1 - x) is positive in between")
    >>> x = t.parameter("x", above=0, below=1)
    >>> t.qed(t.positive("right", t.claim(x * (1 - x) > 0)))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.positive("wrong", t.claim(x * (1 - x) > x)))
    >>> check(t).problem
    'wrong: the sign of right - left is not seen'
    """
    if relation.sign == "=":
        raise NotProved("signs prove no equation")
    found = proof.signs.sign(relation.slack)
    if found is None or (relation.sign == "<" and found != POSITIVE):
        raise NotProved(f"the sign of right - left is not seen{'' if found is None else ' to be strict'}")
