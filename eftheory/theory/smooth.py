"""What is left without strong convexity: theorems about smooth functions, convex or not, at the rate 1/T."""

from __future__ import annotations

from fractions import Fraction

from eftheory.assumptions import SmoothStronglyConvex
from eftheory.assumptions.function_class import FunctionClass
from eftheory.theory.known import Agents, Known
from eftheory.theory.named import name_of

_SHOWN_TYPES = 3


def advise_without_convexity(kind: type, known: Known, agents: Agents, alpha: Fraction) -> str:
    """The theorem that says something of a method if no function is strongly convex, its numbers, and the command.

    >>> from eftheory.assumptions import AgentType
    >>> from eftheory.methods import EF
    >>> advise_without_convexity(EF, Known(theorems=("ef_is_ef21",)), (AgentType(1, 0),), Fraction(3, 4))
    'of ef on smooth functions, convex or not, there is no theorem here yet'
    """
    slug = known.on_convex or known.on_smooth
    if not known.theorems:
        return "theorems that need none: eftheory rate --list"
    if not slug:
        return f"of {name_of(kind)} on smooth functions, convex or not, there is no theorem here yet"
    from eftheory.laws.enclosure import write_decimal
    from eftheory.theory.calculators import CALCULATORS

    answer = CALCULATORS[slug].ask({"alpha": alpha}, agents=agents)
    step, bound = write_decimal(answer["step_size"], up=False), write_decimal(answer["bound_times_T"], up=True)
    command = f"eftheory rate {slug} {write_agents(agents)} --alpha {alpha}"
    if known.on_convex:
        return (
            f"at the rate 1/T f - f* gets small, for convex functions, if {CALCULATORS[slug].only_if}: by {slug} with "
            f"the step {step} the mean of E f - f* over T points is at most {bound} ||x0 - x*||^2/T: {command}"
        )
    estimates = ", from exact first estimates" if "G0" in answer.given else ""
    return (
        f"at the rate 1/T gradients get small, for smooth functions, convex or not: by {slug} with the step {step} the "
        f"mean of E ||grad f||^2 over T points is at most {bound} (f(x0) - inf f)/T{estimates}: {command}"
    )


def write_agents(agents: Agents) -> str:
    """The agents as options of a command; dots where they are many.

    >>> from eftheory.assumptions import AgentType
    >>> write_agents((AgentType(1, 0, 5), AgentType(2, 1)))
    '--agents L=1,mu=0,count=5 --agents L=2,mu=1'
    """
    told = [f"--agents {_write(agent.functions)}{f',count={agent.count}' * (agent.count > 1)}" for agent in agents]
    return " ".join(told if len(told) <= _SHOWN_TYPES else [told[0], "--agents ..."])


def _write(functions: FunctionClass) -> str:
    named = [] if type(functions) is SmoothStronglyConvex else [f"class={functions.name}"]
    return ",".join([*named, *(f"{name}={value}" for name, value in vars(functions).items())])
