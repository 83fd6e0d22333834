"""What the kernel says of a proof."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.proofkit.kernel.theorem import Step, Theorem

PROVED, UNPROVED, NO_EXAMPLE = "PROVED", "UNPROVED", "NO EXAMPLE"


class NotProved(Exception):  # noqa: N818 -- it reads as what happened
    """A step does not follow; the message says what is missing."""


@dataclass(frozen=True)
class Line:
    """One checked line.

    Attributes:
        step: what was checked.
        problem: why it does not follow; None if it does.
    """

    step: Step
    problem: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What the kernel says of a proof.

    Attributes:
        theorem: what was checked.
        lines: up to the first that does not follow.
        problem: what is wrong with the whole; None if nothing is.
    """

    theorem: Theorem
    lines: tuple[Line, ...]
    problem: str | None

    @property
    def status(self) -> str:
        """PROVED or UNPROVED."""
        return PROVED if self.problem is None else UNPROVED
