"""What a general search found."""

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.certificates.certificate import Upper

PROVED = "proved"


@dataclass(frozen=True)
class GeneralResult:
    """Evidence, or why there is none.

    Args:
        upper: what ``check_upper`` accepts, or None.
        status: "proved", or "inconclusive: " and why.
        constants: what the claim says, by name: "C(quantity)" for quantities at the start, "c(constant)" for constants
            of noise and similarity, "rate"; each already divided by tau or c.
        seconds: how long it took.
    """

    upper: Upper | None
    status: str
    constants: dict[str, Fraction]
    seconds: float = field(compare=False)

    @property
    def proved(self) -> bool:
        """Whether there is evidence."""
        return self.upper is not None
