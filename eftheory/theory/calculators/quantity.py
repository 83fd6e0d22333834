"""A number that a theorem asks for: its range, its unit, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from eftheory.assumptions.validation import require
from eftheory.theory.known import Agents


class MissingNumberError(ValueError):
    """A number that a theorem asks for is not given."""


Given: TypeAlias = Mapping[str, Fraction]
"""Numbers by the names of quantities."""


class Quantity(NamedTuple):
    """A number with a name, and what is to be known of it.

    Args:
        name: as in Python; the option at the command line has hyphens.
        meaning: in words.
        unit: of it; empty where it has none.
        above, at_least, below, at_most: ends of its range.
        default: if it is not given; None: it must be; a function of the numbers before it, which may say None.
        usually: the default in words, where it is a function.
        sometimes: whether the function may say None.
        whole: whether it is a whole number.
        of_agents: what it is for given agents; None if they do not say, or have none.
        may_be_missing: whether the theorem says something without it.
        without: what to do where there is none.
    """

    name: str
    meaning: str
    unit: str = ""
    above: Fraction | int | None = None
    at_least: Fraction | int | None = None
    below: Fraction | int | None = None
    at_most: Fraction | int | None = None
    default: Fraction | int | Callable[[Given], Fraction | None] | None = None
    usually: str = ""
    sometimes: bool = False
    whole: bool = False
    of_agents: Callable[[Agents], Fraction | None] | None = None
    may_be_missing: bool = False
    without: str = ""

    @property
    def option(self) -> str:
        """Its name at the command line.

        >>> Quantity("L_tilde", "").option
        '--L-tilde'
        """
        return f"--{self.name.replace('_', '-')}"

    @property
    def range(self) -> str:
        """The numbers that are allowed.

        >>> Quantity("alpha", "", above=0, at_most=1).range, Quantity("sigma", "", at_least=0).range
        ('in (0, 1]', '>= 0')
        """
        low, high = self.above if self.at_least is None else self.at_least, self.below
        high = self.at_most if high is None else high
        left, right = "(" if self.at_least is None else "[", ")" if self.at_most is None else "]"
        if high is None:
            return f"{'>' if self.at_least is None else '>='} {low}"
        return f"in {left}{low}, {high}{right}"

    @property
    def must_be_given(self) -> bool:
        """Whether nothing else than agents stands for it."""
        return (self.default is None or self.sometimes) and not self.may_be_missing

    @property
    def told(self) -> str:
        """Meaning, range, unit and default, in one line."""
        default = self.usually or ("" if self.default is None else str(self.default))
        parts = [self.range + (", whole" if self.whole else ""), self.unit, default and f"default {default}"]
        return f"{self.meaning}: {'; '.join(part for part in parts if part)}"

    @property
    def instead(self) -> str:
        """What to do without it, to end a message with."""
        return self.without and f"; {self.without}"

    def check(self, value: Fraction) -> Fraction:
        """The number itself, if it is allowed.

        Raises:
            ValueError: it is not.
        """
        inside = (
            (self.above is None or value > self.above)
            and (self.at_least is None or value >= self.at_least)
            and (self.below is None or value < self.below)
            and (self.at_most is None or value <= self.at_most)
            and not (self.whole and value.denominator != 1)
        )
        require(inside, f"{self.name}={value}: {self.told}{self.instead}")
        return value

    def find(self, before: Given, agents: Agents) -> Fraction | None:
        """Its value where none is given: that of the agents, or the default."""
        if agents and self.of_agents:
            return self.of_agents(agents)
        return (
            self.default(before) if callable(self.default) else None if self.default is None else Fraction(self.default)
        )

    def but(self, **changes: Any) -> Quantity:
        """The same with another range, default or meaning."""
        return self._replace(**changes)
