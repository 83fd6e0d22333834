"""What a user says of the functions in a word, as classes and assumptions of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from eftheory.assumptions import COMMON_MINIMISER, AgentType, SmoothStronglyConvex
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.function_class import FunctionClass
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser, GlobalMinimiser
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.validation import require
from eftheory.methods import Method
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.theory import classes

SUM, RATE = "sum", "rate"
"""What is bounded: a sum over time, or each term."""

MINIMISERS: Mapping[str, type[BoundedBelow]] = {"common": CommonGlobalMinimiser, "global": GlobalMinimiser}
"""Whose the minimiser x* is: of every f_i, or of their mean only."""


class Problem(NamedTuple):
    """A class of problems that has a name.

    Args:
        name: what a user says.
        kind: of what bounds are known to exist, SUM or RATE.
        functions: the class of an agent's functions, from its L and its mu, which is None where it is not said.
        bounded: what is said of f unless a minimiser is asked for; None: nothing.
        theorems: what theorems about it say they are about.
    """

    name: str
    kind: str
    functions: Callable[[Fraction, Fraction | None], FunctionClass]
    bounded: Callable[[Fraction | None], Assumption] | None
    theorems: str

    def assume(
        self, method: type[Method], *, mu: Fraction | None, minimiser: str, agents: Iterable[AgentType]
    ) -> tuple[Assumption, ...]:
        """What is assumed of f.

        Raises:
            ValueError: mu is missing, out of range or has no place here; or there is no such minimiser.
        """
        require(
            minimiser in ("", *MINIMISERS), f"minimiser={str(minimiser)[:40]!r}: choose one of {', '.join(MINIMISERS)}"
        )
        if self is not PL:
            require(mu is None, f"mu={mu}: it is for the class pl; an agent's stands with the agent, as L=1,mu=0")
        if self is PL:
            types = tuple(agents)
            if mu is None:
                raise ValueError("mu is missing: the class pl needs the constant of its inequality, as mu=1/100")
            L = sum((it.L * it.count for it in types), Fraction(0)) / sum(it.count for it in types)
            require(mu <= L, f"mu={mu}: f is L-smooth with L={L}, so no mu above it is possible")
            require(not minimiser, f"minimiser={minimiser!r}: the class pl speaks of inf f; leave it out")
        elif minimiser or (self is CONVEX and sees_minimiser(method)):
            return (MINIMISERS[minimiser or ("common" if COMMON_MINIMISER in method.hypotheses else "global")](),)
        return (self.bounded(mu),) if self.bounded else ()

    def measure(self, method: type[Method]) -> str:
        """What is bounded unless something else is asked for; empty: the method's own."""
        if self is STRONGLY_CONVEX:
            return ""
        return EXCESS if self is PL or (self is CONVEX and sees_minimiser(method)) else GRADIENT


def sees_minimiser(method: type[Method]) -> bool:
    """Whether a method's coordinates need an x*."""
    return any(hypothesis.minimiser for hypothesis in method.hypotheses)


def _weakly(L: Fraction, mu: Fraction | None) -> FunctionClass:
    how = "weakly convex functions have a mu < 0, as L=1,mu=-1/10; the class nonconvex takes -L where none is given"
    if mu is None:
        raise ValueError(f"mu missing: {how}")
    require(mu < 0, f"mu={mu}: {how}")
    return Smooth(L=L, mu=mu)


def _smooth(L: Fraction, mu: Fraction | None) -> FunctionClass:
    return Smooth(L=L, mu=-L if mu is None else mu)


def _convex(L: Fraction, mu: Fraction | None) -> FunctionClass:
    return SmoothStronglyConvex(L=L, mu=Fraction(0) if mu is None else mu)


def _strongly(L: Fraction, mu: Fraction | None) -> FunctionClass:
    if mu is None:
        raise ValueError("mu missing; write L=1,mu=1/10,count=1000")
    return SmoothStronglyConvex(L=L, mu=mu)


def _below(_: Any) -> Assumption:
    return BoundedBelow()


NONCONVEX = Problem("nonconvex", SUM, _smooth, _below, classes.NONCONVEX)
WEAKLY_CONVEX = Problem("weakly-convex", SUM, _weakly, _below, classes.NONCONVEX)
CONVEX = Problem("convex", SUM, _convex, _below, classes.CONVEX)
PL = Problem("pl", RATE, _smooth, lambda mu: PolyakLojasiewicz(mu or Fraction(0)), classes.PL)
STRONGLY_CONVEX = Problem("strongly-convex", RATE, _strongly, None, classes.STRONGLY_CONVEX)

PROBLEMS: Mapping[str, Problem] = {each.name: each for each in (STRONGLY_CONVEX, CONVEX, WEAKLY_CONVEX, NONCONVEX, PL)}
"""By the word for them."""


def find_problem(name: str) -> Problem:
    """The class of problems of this name.

    Raises:
        ValueError: there is none.

    >>> find_problem("pl").kind
    'rate'
    """
    require(name in PROBLEMS, f"class={str(name)[:40]!r}: choose one of {', '.join(PROBLEMS)}")
    return PROBLEMS[name]


def read_types(said: Any, problem: Problem) -> tuple[AgentType, ...]:
    """Agents as ``read_agents`` reads them, where mu may be left out or None, and L and mu mean what the class says.

    >>> read_types({"L": 1, "count": 12}, NONCONVEX)[0].functions
    Smooth(L=Fraction(1, 1), mu=Fraction(-1, 1))
    """
    from eftheory.theory.agents import read_agents

    return read_agents(said, make=problem.functions)
