"""What rules ask of a proof: what is established so far."""

from __future__ import annotations

from typing import Protocol

from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Node, Relation
from eftheory.proofkit.kernel.outcome import NotProved
from eftheory.proofkit.kernel.sequences import Library, Sequences
from eftheory.proofkit.kernel.sign import Signs
from eftheory.proofkit.kernel.text import write_relation


class Proof(Protocol):
    """A proof of which some lines are established, as ``checker.Checker`` holds it."""

    library: Library
    signs: Signs
    sequences: Sequences

    def step(self, name: str) -> Relation:
        """An established line."""

    def check_denominators(self, *nodes: Node) -> None:
        """Require that every denominator is positive."""

    def require_nonnegative(self, node: Node, what: str) -> None:
        """Require that an expression is seen not to be negative."""


def require_same(relation: Relation, fact: Relation) -> None:
    """The line says what was derived."""
    if not says(fact, relation):
        raise NotProved(f"the line says something else than what follows, which is {write_relation(fact)}")
