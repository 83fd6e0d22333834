"""Parameters and the ranges they are assumed to lie in."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.proofkit.kernel.expression import Node, Relation, Symbol


@dataclass(frozen=True)
class Parameter:
    """A scalar with a range, the same for all agents or each agent's own.

    Args:
        symbol: the scalar.
        lower: what it is larger than, an expression in earlier parameters; None for no bound.
        upper: what it is smaller than, likewise.
        lower_closed: it may equal the lower bound.
        upper_closed: it may equal the upper bound.
    """

    symbol: Symbol
    lower: Node | None = None
    upper: Node | None = None
    lower_closed: bool = False
    upper_closed: bool = False

    @property
    def relations(self) -> list[Relation]:
        """The range, as hypotheses."""
        found = []
        if self.lower is not None:
            found.append(Relation(self.lower, "<=" if self.lower_closed else "<", self.symbol))
        if self.upper is not None:
            found.append(Relation(self.symbol, "<=" if self.upper_closed else "<", self.upper))
        return found
