"""Claims: the sentences that certificates prove."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.assumptions.agent_type import AgentType, group_agents
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.hypothesis import (
    COMMON_MINIMISER,
    EXACT_MESSAGES,
    IN_EXPECTATION,
    INDEPENDENT,
    MINIMISER_OF_MEAN,
    ONE_AGENT,
    Hypothesis,
)
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.assumptions.validation import constants, exact, require, require_class
from eftheory.methods.method import Method
from eftheory.methods.quantities import quantity
from eftheory.methods.template import PLAIN, Template
from eftheory.worlds.exact import ExactWorld

if TYPE_CHECKING:
    from eftheory.assumptions.compressor_class import CompressorClass

UPPER, LOWER, CLASS_BOUND, DRIFT = "upper", "lower", "class_bound", "drift"


@dataclass(frozen=True)
class Setting:
    """A method, with its step size, on a class of problems; agents with equal constants are joined to one type.

    Where anything is assumed of f = mean f_i, an x* is granted only by one of these ``assumptions``, whatever the
    method says by itself; its hypotheses become these. ``measure`` is what the claim bounds, a name of
    ``quantity``, or empty for the method's own.

    ValueError: the method does not allow these agents or this compressor.
    """

    agents: tuple[AgentType, ...]
    compressor: CompressorClass
    method: Method
    assumptions: tuple[Assumption, ...] = ()
    measure: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "agents", group_agents(self.agents))
        exact("step_size", self.method.step_size)
        require_class(COMPRESSORS, self.compressor)
        for agent in self.agents:
            require_class(FUNCTIONS, agent.functions)
        for assumption in self.assumptions:
            require_class(ASSUMPTIONS, assumption)
        names = [assumption.name for assumption in self.assumptions]
        require(len({*names}) == len(names), f"assumptions: {', '.join(names)}: one stands twice")
        stars = [assumption.name for assumption in self.assumptions if assumption.minimiser]
        require(len(stars) < 2, f"assumptions: {' and '.join(stars)}: only one x* can be granted")
        granted = tuple(Hypothesis(each.name, each.sentence, each.minimiser) for each in self.assumptions)
        if granted or self.method.hypotheses != self.method.own_hypotheses:
            object.__setattr__(self, "method", self.method.under(granted))
        if self.measure and self.measure == self.method.measure_name:
            object.__setattr__(self, "measure", "")
        if self.measure:
            quantity(self.measure, self.method, world := self.world(), PLAIN.unknown_state(self.method, world))
        name = self.method.title
        require(
            ONE_AGENT not in self.method.hypotheses or self.n_agents == 1,
            f"n_agents={self.n_agents}: {name} is covered for one agent only, since with several it may "
            "diverge at every step size; use ef or ef21",
        )
        required = f"{constants(self.compressor)}: {name} does not compress; leave alpha out or set it to 1"
        require(self.method.compresses or self.compressor.exact, required)

    @property
    def measure_name(self) -> str:
        """What the claim bounds."""
        return self.measure or self.method.measure_name

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return sum(agent.count for agent in self.agents)

    @property
    def alpha(self) -> Fraction:
        """The contraction of the compressors."""
        return self.compressor.alpha

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """All hypotheses beyond the constants: the method's, and how compression is meant."""
        messages = INDEPENDENT if self.compressor.unbiased else IN_EXPECTATION
        return (*self.method.hypotheses, messages if self.method.compresses else EXACT_MESSAGES)

    def world(self, template: Template = PLAIN, outcomes: tuple[int, ...] = ()) -> ExactWorld:
        """A fresh exact world that grants just these hypotheses, with function values if V may see some."""
        values = template.values or bool(self.method.coordinates.values) or bool(self.assumptions)
        own = [each for each in (COMMON_MINIMISER, MINIMISER_OF_MEAN) if each in self.method.hypotheses]
        star = "".join([each.minimiser for each in self.assumptions] + [each.minimiser for each in own])
        known = self.assumptions
        return ExactWorld(
            self.agents, self.compressor, values=values, minimiser=star, assumptions=known, outcomes=outcomes
        )

    @property
    def functions(self) -> tuple[str, ...]:
        """What is assumed of the agents' functions, a sentence for each class."""
        said = {agent.functions.name: agent.functions.sentence for agent in self.agents}
        return tuple(said.values()) if len(said) == 1 else tuple(map("of {} agents, {}".format, said, said.values()))

    def sentence(self) -> str:
        """The setting in words."""
        said = [constants(agent.functions) for agent in self.agents]
        if len(self.functions) > 1:
            said = [f"{text} ({agent.functions.name})" for text, agent in zip(said, self.agents)]
        agents = "; ".join(f"{agent.count} with {text}" for text, agent in zip(said, self.agents))
        hypotheses = "; ".join([*self.functions, *(hypothesis.sentence for hypothesis in self.hypotheses)])
        numbers = [f"step size {self.method.step_size}", *map("{0[0]}={0[1]}".format, self.method.parameters.items())]
        return (
            f"{self.method.title} (version {self.method.version}) with {', '.join(numbers)} "
            f"and {constants(self.compressor)}, on agents: {agents}. Hypotheses: {hypotheses}"
        )


@dataclass(frozen=True)
class Claim:
    """One bound on the worst-case rate of a setting, or on a sum.

    * ``upper``: on every instance, measure_t <= (C/c) rate^t measure_0 for all t; or, in general, what
      ``check_upper`` says of other quantities at the start, of noise, and of sums, which is where the rate is 1.
    * ``lower``: some instance has measure_t >= rate^t measure_0 and measure_0 > 0, for all t, so that no smaller
      rate holds, whatever the constant before it.
    * ``class_bound``: no Lyapunov function that is quadratic in the coordinates of ``template``, bounded below by
      a positive multiple of the measure whatever the coordinates are (without help of inequalities), is shown by
      nonnegative multiples of the recorded inequalities to shrink by a factor below ``rate`` in every step.
    * ``drift``: ``rate`` is a constant. Whatever C < rate and B are, on some instance and for some T the sum of
      measure_t over t < T is more than C (f(x_0) - inf f) + B, although all vectors of the start, and what is
      known of f there, are the same for all C and B; so that no sum bound has a smaller constant before f - inf f.
    """

    setting: Setting
    kind: str
    rate: Fraction
    template: Template = PLAIN  # of a class bound; the others hold whatever proves them

    def __post_init__(self) -> None:
        require(self.kind in (UPPER, LOWER, CLASS_BOUND, DRIFT), f"kind={self.kind!r}: no such kind of claim")
        exact("rate", self.rate)

    def sentence(self) -> str:
        """The bound in words."""
        measure, rate, which = self.setting.measure_name, self.rate, str(self.template) or "plain"
        return {
            UPPER: f"the sum of ({measure})_t over t < T is at most a constant of the start, plus T times the noise's, "
            "on every instance"
            if rate == 1
            else f"({measure})_t <= (C/c) ({rate})^t times the start, plus the noise's if any, on every instance",
            LOWER: f"({measure})_t >= ({rate})^t ({measure})_0, not zero, on the instance given",
            CLASS_BOUND: f"no quadratic V of the {which} template, bounded below without help of inequalities, is "
            f"shown to shrink by a factor below {rate} a step",
            DRIFT: f"no constant below {rate} before f(x_0) - inf f bounds the sum of ({measure})_t over t < T "
            "for all T, whatever else of the start is added",
        }[self.kind]
