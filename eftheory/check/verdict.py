"""Verdicts: proved, refuted or inconclusive, with the obligations that say why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from eftheory.claims import Claim

PROVED, REFUTED, INCONCLUSIVE = "proved", "refuted", "inconclusive"


@dataclass(frozen=True)
class Obligation:
    """One thing that must hold, whether it does, and what was found."""

    name: str
    holds: bool
    found: str = ""


@dataclass(frozen=True)
class Verdict:
    """What exact arithmetic says about one claim.

    ``proved`` if every obligation holds; ``refuted`` if another proved bound of the same setting contradicts the
    claim; otherwise ``inconclusive``, which refutes nothing.
    """

    claim: Claim
    status: str
    obligations: tuple[Obligation, ...]
    guarantee: str = ""

    @classmethod
    def of(cls, claim: Claim, obligations: list[Obligation], guarantee: str = "") -> Verdict:
        """The verdict that follows from the obligations; there must be at least one."""
        if not obligations:
            raise ValueError("a verdict needs obligations")
        proved = all(obligation.holds for obligation in obligations)
        return cls(claim, PROVED if proved else INCONCLUSIVE, tuple(obligations), guarantee if proved else "")

    @property
    def proved(self) -> bool:
        """Whether the claim is proved."""
        return self.status == PROVED

    @property
    def failures(self) -> tuple[Obligation, ...]:
        """The obligations that do not hold."""
        return tuple(obligation for obligation in self.obligations if not obligation.holds)

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has three values; ask for .proved or .status")

    def __repr__(self) -> str:
        met, all_ = len(self.obligations) - len(self.failures), len(self.obligations)
        return f"<Verdict {self.status}: {self.claim.kind}, {met}/{all_} obligations>"


def overall(verdicts: tuple[Verdict, ...]) -> str:
    """Proved if every bound is, refuted if one is, otherwise inconclusive."""
    statuses = {verdict.status for verdict in verdicts}
    return PROVED if statuses == {PROVED} else REFUTED if REFUTED in statuses else INCONCLUSIVE


def shown(value: Fraction) -> str:
    """The number in full, or only its size where that is long; Python may refuse to print long integers."""
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return str(value) if bits <= 2048 else f"a {'negative' if value < 0 else 'positive'} fraction of {bits} bits"
