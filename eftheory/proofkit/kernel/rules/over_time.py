"""What is followed over time: induction, sums, Bernoulli's inequality; ``sequences`` says what is asked of names."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Node, Relation
from eftheory.proofkit.kernel.normal import normal
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Geometric, Repeated, Telescoped
from eftheory.proofkit.kernel.rules.proof import Proof, require_same
from eftheory.proofkit.kernel.sequences import ONE, ZERO, T
from eftheory.proofkit.kernel.sign import POSITIVE
from eftheory.proofkit.kernel.text import write, write_relation


def repeated(proof: Proof, reason: Repeated, relation: Relation) -> None:
    """V_T <= rate^T V_0, from V+ <= rate V at every time."""
    proof.require_nonnegative(reason.rate, "the rate")
    proof.check_denominators(reason.now)
    needed, follows = proof.sequences.repeated(reason)
    if T in proof.sequences.parameters:
        proof.require_nonnegative(T, "T")
    if not says(proof.step(reason.step), needed):
        raise NotProved(f"the line does not say V+ <= rate V, that is {write_relation(needed)}")
    require_same(relation, follows)


def telescoped(proof: Proof, reason: Telescoped, relation: Relation) -> None:
    """Coefficient average <= V_0/T + noise, from V+ <= V - coefficient Q + noise at every time.

    Where coefficient and noise are 0 this is 0 <= V_0/T, for which 0 <= V at every time is enough.
    """
    proof.check_denominators(reason.now, reason.coefficient, reason.quantity, reason.noise)
    _require_T(reason.times)
    needed, follows = proof.sequences.telescoped(reason)
    nothing = normal(reason.coefficient).is_zero and normal(reason.noise).is_zero
    if not nothing and not says(proof.step(reason.step), needed):
        raise NotProved(f"the line does not say V+ <= V - coefficient Q + noise, that is {write_relation(needed)}")
    if not says(proof.step(reason.nonnegative), Relation(ZERO, "<=", reason.now)):
        raise NotProved(f"the line does not say 0 <= V, that is 0 <= {write(reason.now)}")
    if proof.signs.sign(reason.times) != POSITIVE:
        raise NotProved("T is not seen to be positive")
    require_same(relation, follows)


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
    proof.check_denominators(reason.rate)
    proof.require_nonnegative(reason.rate, "the rate")
    _require_T(reason.times)
    facts = proof.sequences.geometric(reason)
    proof.require_nonnegative(reason.times, "T")
    if proof.signs.sign(ONE - reason.rate) is None:
        facts.pop()
    if not any(says(fact, relation) for fact in facts):
        raise NotProved(f"Bernoulli's inequality does not say this, but {'; '.join(map(write_relation, facts))}")


def _require_T(times: Node) -> None:
    """Only lemmas are told with another number of steps."""
    if times != T:
        raise NotProved("the number of steps is a parameter T, the same for all agents")
