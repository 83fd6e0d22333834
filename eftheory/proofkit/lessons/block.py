"""The pieces of which a lesson is made, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.proofkit.expression import Relation
from eftheory.proofkit.lessons.why import Part


@dataclass(frozen=True)
class Block:
    """A piece of a lesson.

    Attributes:
        kind: title, source, heading, prose, range, definition, hypothesis, claim, line, reason, survivor, example,
            verdict or failure.
        parts: words and formulas, in order.
        name: of the line.
        relation: of the line.
    """

    kind: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    relation: Relation | None = None
