"""What is followed over time: induction, sums, Bernoulli's inequality; ``sequences`` says what is asked of names."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Geometric, Repeated, Telescoped
from eftheory.proofkit.kernel.rules.proof import Proof, require_same
from eftheory.proofkit.kernel.text import write_relation


def repeated(proof: Proof, reason: Repeated, relation: Relation) -> None:
    """V_T <= rate^T V_0, from V+ <= rate V at every time."""
    require_same(relation, proof.sequences.repeated(proof, reason))


def telescoped(proof: Proof, reason: Telescoped, relation: Relation) -> None:
    """Coefficient average <= V_0/T + noise, from V+ <= V - coefficient Q + noise at every time."""
    require_same(relation, proof.sequences.telescoped(proof, reason))


def geometric(proof: Proof, reason: Geometric, relation: Relation) -> None:
    """It is one of what is known of powers.

    >>> from eftheory.proofkit import Geometric, Theorem, check
    >>> t = Theorem("powers", "Powers of what is below 1 are small")
    >>> r, T = t.parameter("r", at_least=0, at_most=1), t.parameter("T", at_least=0)
    >>> power = t.scalar("p")
    >>> bernoulli = Geometric(power, r, T)
    >>> t.qed(t.geometric("right", t.claim(power * (1 + T * (1 - r)) <= 1), bernoulli))
    >>> check(t).status
    'PROVED'
    >>> t.qed(t.geometric("wrong", t.claim(power * (2 + T * (1 - r)) <= 1), bernoulli))
    >>> check(t).problem
    "wrong: Bernoulli's inequality does not say this, but 0 <= p; 1 + T (r - 1) <= p; p (1 + T (1 - r)) <= 1"
    """
    facts = proof.sequences.geometric(proof, reason)
    if not any(says(fact, relation) for fact in facts):
        raise NotProved(f"Bernoulli's inequality does not say this, but {'; '.join(map(write_relation, facts))}")
