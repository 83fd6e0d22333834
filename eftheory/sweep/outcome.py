"""What became of a case: it is proved from both sides, or it is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.sweep.case import Case
from eftheory.theory import law_step_size


@dataclass(frozen=True)
class Proved:
    """A case with the rates that the checker accepted, upper and lower.

    Attributes:
        step_size: the one that was proved something about.
        class_bound: None if there is none.
        digest: the first twelve digits of the certificate's.
        data: the certificate.
    """

    case: Case
    step_size: Fraction
    upper: Fraction
    lower: Fraction
    class_bound: Fraction | None
    digest: str
    data: bytes = field(repr=False)

    @property
    def gap(self) -> Fraction:
        """The upper minus the lower rate, as a share of 1 - rate."""
        return (self.upper - self.lower) / (1 - self.upper)

    @property
    def moved(self) -> Fraction:
        """The step size as a multiple of the law's."""
        return self.step_size / law_step_size(self.case.method, self.case.agents, self.case.alpha)


@dataclass(frozen=True)
class Unproved:
    """A case of which one side is not proved, with what certifying it remarked."""

    case: Case
    notes: tuple[str, ...]


Outcome = Proved | Unproved


def require_proved(outcome: Outcome) -> Proved:
    """The outcome, if it is proved from both sides; else ValueError, which names the case and says why."""
    if isinstance(outcome, Unproved):
        raise ValueError(f"{outcome.case.name}: both rates must be proved: {'; '.join(outcome.notes)}")
    return outcome
