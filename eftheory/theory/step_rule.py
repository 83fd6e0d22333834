"""How a step size is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import require
from eftheory.numbers import read_number


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
    def read(cls, said: StepRule | Fraction | int | str) -> StepRule:
        """The rule that somebody asks for: ``law``, ``optimal``, or a positive number, which may be text.

        Raises:
            ValueError: it is none of these.

        >>> StepRule.read("law") == LAW, StepRule.read("0.1")
        (True, StepRule(name='given', step_size=Fraction(1, 10)))
        """
        if isinstance(said, StepRule):
            return said
        if said in ("law", "optimal"):
            return cls(str(said))
        try:
            number = read_number(said) if isinstance(said, str) else Fraction(said)
        except ValueError as error:
            raise ValueError(f"step_size: {error}; or 'law' or 'optimal'") from None
        return cls("given", number)


LAW, OPTIMAL = StepRule("law"), StepRule("optimal")
