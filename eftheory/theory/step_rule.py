"""How a step size is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import require
from eftheory.numbers import Readable, read_number


@dataclass(frozen=True)
class StepRule:
    """The law's step size, the best that can be found, or a given one.

    Attributes:
        name: ``law``, ``optimal`` or ``given``.
        step_size: the given one; None for the other two.
    """

    name: str
    step_size: Fraction | None = None

    def __post_init__(self) -> None:
        positive = self.step_size is None or self.step_size > 0
        require(positive, f"step_size={self.step_size}: the step size must be positive")

    @classmethod
    def read(cls, said: StepRule | Readable) -> StepRule:
        """The rule that somebody asks for: ``law``, ``optimal``, or a positive number, as ``read_number`` reads it.

        Raises:
            ValueError: it is none of these; TypeError where it could not be a number.

        >>> StepRule.read("law") == LAW, StepRule.read("0.1")
        (True, StepRule(name='given', step_size=Fraction(1, 10)))
        """
        if isinstance(said, StepRule):
            return said
        if isinstance(said, str) and said in ("law", "optimal"):
            return cls(said)
        try:
            return cls("given", read_number(said, "step_size"))
        except (ValueError, TypeError) as error:
            raise type(error)(f"{error}; or 'law' or 'optimal'") from None


LAW, OPTIMAL = StepRule("law"), StepRule("optimal")
