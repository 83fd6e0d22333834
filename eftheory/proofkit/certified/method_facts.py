"""What the world of the proof kit answers, and what it knows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.proofkit.kernel.expression import Mean, Node, Relation
from eftheory.proofkit.kernel.substitution import is_indexed
from eftheory.proofkit.tidy import tidy


@dataclass(frozen=True)
class Vectors:
    """A vector of the server, or one of each agent: a single expression with an index, or one for each agent."""

    parts: tuple[Node, ...]
    own: bool

    def __add__(self, other: Vectors) -> Vectors:
        count = max(len(self.parts), len(other.parts))
        pairs = zip(self.parts * (count // len(self.parts)), other.parts * (count // len(other.parts)))
        return Vectors(tuple(tidy(a + b) for a, b in pairs), self.own or other.own)

    def __sub__(self, other: Vectors) -> Vectors:
        return self + -1 * other

    def __rmul__(self, factor: Fraction | int) -> Vectors:
        return Vectors(tuple(tidy(factor * part) for part in self.parts), self.own)


@dataclass(frozen=True)
class Known:
    """A hypothesis.

    Attributes:
        name: of it.
        relation: what it says.
        scale: the checker's inequality of this name is its slack times this, averaged if agents have an index.
    """

    name: str
    relation: Relation
    scale: Fraction

    @property
    def slack(self) -> Node:
        """Right - left, averaged over the agents if each has one."""
        slack = self.relation.slack
        return Mean(slack) if is_indexed(slack) else slack


@dataclass(frozen=True)
class Chance:
    """What is known in expectation only, along a path: ``left - factor * right`` is not positive, in expectation."""

    left: Node
    factor: Fraction | int
    right: Node

    @property
    def excess(self) -> Node:
        """Left - right, averaged over the agents if each has one."""
        left, right = self.left, self.right
        if is_indexed(left):
            left, right = Mean(left), Mean(right) if is_indexed(right) else right
        excess: Node = left - self.factor * right
        return excess


@dataclass(frozen=True)
class Point:
    """What the agents' functions are at a point; its label is for readers."""

    number: int
    label: str
    at: Node
    gradients: Vectors
    values: tuple[Node, ...]

    def value(self, t: int) -> Node | None:
        """The value for type t; None where values are not spoken of."""
        return self.values[t] if self.values else None
