"""Claims: the sentences that certificates prove."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.assumptions.agent_type import AgentType, group_agents
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.hypothesis import COMMON_MINIMISER, EXACT_MESSAGES, IN_EXPECTATION, ONE_AGENT, Hypothesis
from eftheory.assumptions.validation import constants, exact, require, require_class
from eftheory.methods.method import Method
from eftheory.methods.template import PLAIN, Template
from eftheory.worlds.exact import ExactWorld

if TYPE_CHECKING:
    from eftheory.assumptions.compressor_class import CompressorClass

UPPER, LOWER, CLASS_BOUND = "upper", "lower", "class_bound"


@dataclass(frozen=True)
class Setting:
    """A method, with its step size, on a class of problems; agents with equal constants are joined to one type.

    ValueError: the method does not allow these agents or this compressor.
    """

    agents: tuple[AgentType, ...]
    compressor: CompressorClass
    method: Method

    def __post_init__(self) -> None:
        object.__setattr__(self, "agents", group_agents(self.agents))
        exact("step_size", self.method.step_size)
        require_class(COMPRESSORS, self.compressor)
        for agent in self.agents:
            require_class(FUNCTIONS, agent.functions)
        name = self.method.title
        require(
            ONE_AGENT not in self.method.hypotheses or self.n_agents == 1,
            f"n_agents={self.n_agents}: {name} is covered for one agent only, since with several it may "
            "diverge at every step size; use ef or ef21",
        )
        required = f"{constants(self.compressor)}: {name} does not compress; leave alpha out or set it to 1"
        require(self.method.compresses or self.compressor.exact, required)

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
        return (*self.method.hypotheses, IN_EXPECTATION if self.method.compresses else EXACT_MESSAGES)

    def world(self, template: Template = PLAIN) -> ExactWorld:
        """A fresh exact world that grants just these hypotheses, with function values if V may see some."""
        granted = COMMON_MINIMISER in self.method.hypotheses
        values = template.values or bool(self.method.coordinates.values)
        return ExactWorld(self.agents, self.compressor, common_minimiser=granted, values=values)

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
        return (
            f"{self.method.title} (version {self.method.version}) with step size "
            f"{self.method.step_size} and {constants(self.compressor)}, on agents: {agents}. Hypotheses: {hypotheses}"
        )


@dataclass(frozen=True)
class Claim:
    """One bound on the worst-case rate of a setting.

    * ``upper``: on every instance, measure_t <= (C/c) rate^t measure_0 for all t.
    * ``lower``: some instance has measure_t >= rate^t measure_0 and measure_0 > 0, for all t, so that no smaller
      rate holds, whatever the constant before it.
    * ``class_bound``: no Lyapunov function that is quadratic in the coordinates of ``template``, bounded below by
      a positive multiple of the measure whatever the coordinates are (without help of inequalities), is shown by
      nonnegative multiples of the recorded inequalities to shrink by a factor below ``rate`` in every step.
    """

    setting: Setting
    kind: str
    rate: Fraction
    template: Template = PLAIN  # of a class bound; the others hold whatever proves them

    def __post_init__(self) -> None:
        require(self.kind in (UPPER, LOWER, CLASS_BOUND), f"kind={self.kind!r}: no such kind of claim")
        exact("rate", self.rate)

    def sentence(self) -> str:
        """The bound in words."""
        measure, rate, which = self.setting.method.measure_name, self.rate, str(self.template) or "plain"
        return {
            UPPER: f"({measure})_t <= (C/c) ({rate})^t ({measure})_0 on every instance",
            LOWER: f"({measure})_t >= ({rate})^t ({measure})_0, not zero, on the instance given",
            CLASS_BOUND: f"no quadratic V of the {which} template, bounded below without help of inequalities, is "
            f"shown to shrink by a factor below {rate} a step",
        }[self.kind]
