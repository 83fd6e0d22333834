"""A theorem as a calculator: numbers in, the numbers that it proves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from eftheory.assumptions.validation import require
from eftheory.laws.enclosure import write_decimal
from eftheory.numbers import Readable, read_number
from eftheory.theory.agents import Agent, read_agents
from eftheory.theory.calculators.instance import Instance, Values, packaged_theorem
from eftheory.theory.calculators.largest import largest
from eftheory.theory.calculators.quantity import Given, MissingNumberError, Quantity
from eftheory.theory.known import Agents


class Figure(NamedTuple):
    """A number that a theorem proves, exact at the given numbers or on the safe side of them.

    Args:
        name: as in JSON.
        label: as in a table.
        value: a whole number is a count.
        up: whether more is worse, so that it is rounded up.
        remark: what it means.
        after: what is printed behind the number.
    """

    name: str
    label: str
    value: Fraction | int
    up: bool
    remark: str = ""
    after: str = ""


@dataclass(frozen=True)
class Answer:
    """What a theorem says at given numbers.

    Args:
        calculator: that was asked.
        given: all numbers that were used, also by default.
        instance: the theorem, with the values of its symbols.
        figures: that it proves, in order.
        notes: what else is to be said.
    """

    calculator: Calculator
    given: Mapping[str, Fraction]
    instance: Instance
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Fraction | int:
        return next(figure.value for figure in self.figures if figure.name == name)


Said: TypeAlias = tuple[list[Figure], list[str]]
"""Figures and notes."""


class Calculator(NamedTuple):
    """A theorem whose numbers can be asked for; its own file says all that is computed from them.

    Hypotheses about numbers alone are tried on the theorem itself, and figures are the values of its claims, so that
    a calculator cannot say anything else than what is proved.

    Args:
        slug: of the theorem.
        functions: of which class.
        noise: of the gradients.
        measure: of what the figures are bounds.
        quantities: that it asks for, in order; a default may depend on those before.
        symbols: the values of the theorem's symbols. A root is rounded to the side on which the hypotheses are the
            harder: a compressor is taken to be a little worse, a constant to be a little larger.
        conclude: what is read from its claims, at the largest step, or the given one.
        step: its symbol for the step size, which is searched where ``steps`` gives none.
        steps: a step size that is a formula.
        share: what the method calls its step size, over that symbol's value; None: 1.
        choices: values of symbols that are free; the one with the largest step is taken.
        rounded: see ``Instance``.
        sends: how many coordinates an agent sends in a step, and the server to it, in expectation; None: unknown.
        by_agents: values of the symbols that need all types of agents.
        only_if: what it assumes of the agents' functions together, where that is not so for all functions of the class.
        notes: what else is to be said.
    """

    slug: str
    functions: str
    noise: str
    measure: str
    quantities: tuple[Quantity, ...]
    symbols: Callable[[Given], Values]
    conclude: Callable[[Instance, Given], Said]
    step: str = "gamma"
    steps: Callable[[Given, Agents], Fraction] | None = None
    share: Callable[[Given], Fraction] | None = None
    choices: Callable[[Values], Iterable[Values]] | None = None
    rounded: frozenset[str] = frozenset()
    sends: Callable[[Given], tuple[Fraction, Fraction] | None] | None = None
    by_agents: Callable[[Agents, Given], Values] | None = None
    only_if: str = ""
    notes: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The functions, and what is assumed of them together."""
        return f"{self.functions}, if {self.only_if}" if self.only_if else self.functions

    @property
    def needs_agents(self) -> bool:
        """Whether numbers alone do not say enough of agents that differ."""
        return self.by_agents is not None

    def ask(
        self, given: Mapping[str, Readable], *, agents: Iterable[Agent] | Agent = (), step_size: Readable | None = None
    ) -> Answer:
        """What the theorem says.

        Args:
            given: values of its quantities by name, as ``read_number`` reads them.
            agents: from whom quantities that are not given are taken, as ``read_agents`` reads them.
            step_size: positive; by default the largest that the theorem covers, or that of its formula.

        Raises:
            MissingNumberError: a number is not given, and neither agents nor a default say it.
            ValueError: a number is out of range, or a hypothesis does not hold.

        >>> from eftheory.theory.calculators import CALCULATORS
        >>> CALCULATORS["ef21_pl"].ask({"alpha": 0.75}, agents=(1, 0.1))["rate_upper"]
        Fraction(19, 20)
        """
        types = read_agents(agents)
        asked = None if step_size is None else read_number(step_size, "step_size")
        require(asked is None or asked > 0, f"step_size={step_size}: the step size must be positive")
        return self._answer(self._fill({name: read_number(given[name], name) for name in given}, types), types, asked)

    def _answer(self, numbers: Given, agents: Agents, step_size: Fraction | None) -> Answer:
        instance = Instance(packaged_theorem(self.slug), self.symbols(numbers), rounded=self.rounded)
        if self.by_agents is not None:
            total = sum(agent.count for agent in agents)
            weights = tuple(Fraction(agent.count, total) for agent in agents)
            instance = replace(instance, values=self.by_agents(agents, numbers), weights=weights)
        if problem := instance.failing():
            raise ValueError(f"{self.slug} does not cover these numbers; it assumes {problem}")
        share = Fraction(1) if self.share is None else self.share(numbers)
        tried = " for the values tried of its free constants" if self.choices else ""  # others may allow longer ones
        wanted = None if step_size is None else step_size / share
        if self.steps is not None:
            fixed = self.step not in {parameter.symbol.name for parameter in instance.theorem.parameters}
            require(wanted is None or not fixed, f"step_size={step_size}: {self.slug} is about one step size only")
            step = self.steps(numbers, agents) if wanted is None else wanted
        else:
            step, instance = self._longest(instance)
            if wanted is not None and (problem := instance.at(**{self.step: wanted}).failing()):
                shown = write_decimal(step * share, up=False)
                upto = f"{self.slug} covers steps up to {shown}{tried}"
                raise ValueError(f"step_size={step_size}: {upto}; it assumes {problem}")
            step = step if wanted is None else wanted
        instance = instance.at(**{self.step: step})
        figures, notes = self.conclude(instance, numbers)
        longest = f"the largest it covers{tried}"
        remark = "as given" if step_size is not None else "the theorem's" if self.steps else longest
        first = Figure("step_size", "step size", step * share, False, remark)
        return Answer(self, numbers, instance, (first, *figures, *self._messages(numbers)), (*notes, *self.notes))

    def _messages(self, numbers: Given) -> Iterator[Figure]:
        """What a step sends, if the number of coordinates is given."""
        if self.sends is not None and "d" in numbers and (sent := self.sends(numbers)):
            for name, value, who in zip(("up", "down"), sent, ("an agent sends", "the server sends to an agent")):
                yield Figure(name, f"sent {name}", value, True, f"coordinates that {who} in a step, in expectation")

    def _fill(self, given: Mapping[str, Fraction], agents: Agents) -> dict[str, Fraction]:
        """All numbers: those that are given, then what agents say, then defaults."""
        names = [quantity.name for quantity in self.quantities]
        if unknown := [name for name in given if name not in names]:
            raise ValueError(f"{unknown[0]}: {self.slug} asks for {', '.join(names)}")
        if self.needs_agents and not agents:
            raise MissingNumberError(f"{self.slug} is about agents that differ: give --agents, once for each type")
        numbers: dict[str, Fraction] = {}
        for quantity in self.quantities:
            value = given.get(quantity.name)
            try:
                value = quantity.find(numbers, agents) if value is None else value
            except MissingNumberError as error:
                raise MissingNumberError(f"{self.slug}: {error}") from None
            if value is not None:
                numbers[quantity.name] = quantity.check(value)
            elif not quantity.may_be_missing:
                by_agents = "" if not quantity.of_agents else "; these agents have none" if agents else "; or --agents"
                asks = f"{self.slug} asks for {quantity.option}, {quantity.told}"
                raise MissingNumberError(f"{asks}{by_agents}{quantity.instead}")
        if numbers.get("mu", 0) > numbers.get("L", numbers.get("mu", 0)):
            raise ValueError(f"mu={numbers['mu']}, L={numbers['L']}: mu must not exceed L; swap the two?")
        if numbers.get("k", 0) > numbers.get("d", numbers.get("k", 0)):
            raise ValueError(f"k={numbers['k']}, d={numbers['d']}: k must not exceed d; swap the two?")
        return numbers

    def _longest(self, instance: Instance) -> tuple[Fraction, Instance]:
        """The largest step, and the instance with the choice that allows it."""
        best, of = Fraction(0), instance
        for choice in self.choices(instance.values) if self.choices else ({},):
            chosen = instance.at(**choice)
            allowed = chosen.allows(self.step)
            if chosen.failing() or (best and not allowed(best)):
                continue
            found = largest(allowed)
            if found is not None and found > best:
                best, of = found, chosen
        none = "it covers none at these numbers, or all, or only some beyond these ends; to ask for one: --step-size"
        require(best > 0, f"{self.slug}: no largest step size was found between 1e-331 and 1e331: {none}")
        return best, of
