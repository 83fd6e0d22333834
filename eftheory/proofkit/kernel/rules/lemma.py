"""An instance of another theorem."""

from __future__ import annotations

from eftheory.proofkit.kernel.entailment import listed, says
from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.reason import Lemma
from eftheory.proofkit.kernel.rules.proof import Proof
from eftheory.proofkit.kernel.sequences import names_over_time
from eftheory.proofkit.kernel.sign import POSITIVE
from eftheory.proofkit.kernel.substitution import is_indexed, is_random, substitute_relation, symbols
from eftheory.proofkit.kernel.text import write_relation


def lemma(proof: Proof, reason: Lemma, relation: Relation) -> None:
    """Its hypotheses are established lines, and its ranges are kept.

    >>> from eftheory.proofkit import Theorem, check
    >>> half = Theorem("half", "Half of a positive number is less")
    >>> x = half.parameter("x", above=0)
    >>> half.qed(half.positive("less", half.claim(x / 2 < x)))
    >>> t = Theorem("quarter", "So it is for its half")
    >>> a, b = t.parameter("a", above=0), t.scalar("b")
    >>> t.qed(t.lemma("right", t.claim(a / 4 < a / 2), "half", {x: a / 2}))
    >>> check(t, {"half": half}).status
    'PROVED'
    >>> t.qed(t.lemma("wrong", t.claim(b / 2 < b), "half", {x: b}))
    >>> check(t, {"half": half}).problem
    'wrong: x is not seen to lie in its range'
    """
    name, values, given = reason.slug, reason.values, reason.given
    if name not in proof.library:
        raise NotProved(f"there is no {name!r}")
    theorem = proof.library[name]
    stated = [*(step.relation for step in theorem.givens), *theorem.conclusions]
    theirs = {parameter.symbol for parameter in theorem.parameters}.union(*(symbols(said.slack) for said in stated))
    if strange := values.keys() - theirs - names_over_time(theorem, proof.library):
        raise NotProved(f"{name!r} does not speak of {listed(strange)}, which is given a value")
    for symbol, value in values.items():
        proof.check_denominators(value)
        if value.is_vector != symbol.is_vector:
            raise NotProved(f"{symbol.name} stands for a {'vector' if symbol.is_vector else 'scalar'}")
        if (is_indexed(value) and not symbol.indexed) or (is_random(value) and not symbol.random):
            raise NotProved(f"{symbol.name} is the same for all agents, or not random; its value is not")
    for parameter in theorem.parameters:
        for bound in parameter.relations:
            wanted = substitute_relation(bound, values)
            proof.check_denominators(wanted.left, wanted.right)
            found = proof.signs.sign(wanted.slack)
            if found is None or (bound.sign == "<" and found != POSITIVE):
                raise NotProved(f"{parameter.symbol.name} is not seen to lie in its range")
    if len(given) != len(theorem.givens):
        raise NotProved(f"{name!r} has {len(theorem.givens)} hypotheses, and {len(given)} lines are given for them")
    for step, line in zip(theorem.givens, given):
        wanted = substitute_relation(step.relation, values)
        if not says(proof.step(line), wanted):
            raise NotProved(f"the line {line!r} is not the hypothesis {step.name!r}: {write_relation(wanted)}")
    for times in proof.sequences.borrow(reason, proof.library):
        proof.require_nonnegative(times, "the number of steps")
    claims = [substitute_relation(goal, values) for goal in theorem.conclusions]
    if not any(says(claim, relation) for claim in claims):
        raise NotProved(f"{name!r} does not say this, but {'; '.join(map(write_relation, claims))}")
