"""Linear rates on smooth and strongly convex functions: of gradient descent, compressed or not, and of EF and EF21."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eftheory.algebra.rounding import round_down
from eftheory.assumptions.validation import require
from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.calculators.conclusions import factor
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, MissingNumberError
from eftheory.theory.calculators.vocabulary import contraction
from eftheory.theory.classes import NONE, STRONGLY_CONVEX
from eftheory.theory.known import Agents


def _of_equal(name: str) -> Callable[[Agents], Fraction]:
    """The constant that all agents have."""

    def of_agents(agents: Agents) -> Fraction:
        if len({(agent.L, agent.mu) for agent in agents}) > 1:
            raise MissingNumberError("it is about equal agents; for others: eftheory rate heterogeneous_law")
        constant: Fraction = getattr(agents[0], name)
        return constant

    return of_agents


_BOTH = (
    of.L.but(meaning="smoothness constant of every f_i"),
    of.CONVEXITY.but(meaning="their strong convexity constant"),
)
_COMPRESSED = (
    of.ALPHA_BELOW_ONE,
    *(quantity.but(of_agents=_of_equal(quantity.name)) for quantity in _BOTH),
    of.RELATIVE,
)
_V = "V of EF21, and of EF, as the theorem has it; for equal agents"


def _plain(given: Given) -> Values:
    return {name: given[name] for name in ("L", "mu")}


def _compressed(given: Given) -> Values:
    return {**_plain(given), "s": contraction(given["alpha"])}


def _law(given: Given, agents: Agents) -> Fraction:
    """(2/(L+mu)) (1-s)/(1+s)."""
    s = contraction(given["alpha"])
    return round_down(2 * (1 - s) / ((1 + s) * (given["L"] + given["mu"])), 64)


def _between(given: Given, agents: Agents) -> Fraction:
    """2/((1+s) L + (1-s) mu)."""
    s = contraction(given["alpha"])
    return round_down(2 / ((1 + s) * given["L"] + (1 - s) * given["mu"]), 64)


def _equal(given: Given) -> Values:
    """The law's step, and gradients that move as far from that of the middle curvature as `two_point` allows.

    That is the hypothesis 'two points' at its hardest, whatever the agents' functions are, in one dimension.
    """
    s, S = contraction(given["alpha"]), given["L"] + given["mu"]
    step = 2 * (1 - s) / ((1 + s) * S)
    zero, one = [Fraction(0)], [Fraction(1)]
    moves: dict[str, Any] = {"g_i": (zero,), "d_i": (one,), "g+_i": ([-given["L"] * step],)}
    return {"s": s, "S": S, **moves}


def _equal_ef(given: Given) -> Values:
    s, S = contraction(given["alpha"]), given["L"] + given["mu"]
    return {"s": s, "S": S, "y": [Fraction(1)], "g_i": ([given["L"]],)}


def _types(agents: Agents, given: Given) -> Values:
    """sigma_i = L_i + mu_i, and k_i the ratio of their difference to it."""
    require(any(agent.mu > 0 for agent in agents), f"all mu = 0: there is no linear rate; {of.MU.without}")
    total = sum(agent.count for agent in agents)
    S = sum((agent.count * (agent.L + agent.mu) for agent in agents), Fraction(0)) / total
    spread = sum((agent.count * (agent.L - agent.mu) for agent in agents), Fraction(0)) / total
    return {
        "s": contraction(given["alpha"]),
        "S": S,
        "m": spread / S,
        "sigma_i": tuple(agent.L + agent.mu for agent in agents),
        "k_i": tuple((agent.L - agent.mu) / (agent.L + agent.mu) for agent in agents),
    }


def _law_of_types(given: Given, agents: Agents) -> Fraction:
    total = sum(agent.count for agent in agents)
    L, mu = (sum((each.count * getattr(each, name) for each in agents), Fraction(0)) / total for name in ("L", "mu"))
    return _law({**given, "L": L, "mu": mu}, agents)


def _tight(slug: str, symbols: Any = _compressed, **more: Any) -> Calculator:
    more = {"steps": _law, **more}
    return Calculator(slug, STRONGLY_CONVEX, NONE, _V, _COMPRESSED, symbols, factor("r", 2), **more)


def _one_agent(slug: str) -> Calculator:
    return Calculator(
        slug,
        STRONGLY_CONVEX,
        NONE,
        "E of f - f*; for one agent",
        (of.ALPHA_BELOW_ONE, *(quantity.but(of_agents=of.of_one(quantity.name)) for quantity in _BOTH), of.RELATIVE),
        _compressed,
        factor("rho", 2),
        steps=_between,
    )


def _different(slug: str, name: str) -> Calculator:
    return Calculator(
        slug,
        STRONGLY_CONVEX,
        NONE,
        f"V of {name}, as the theorem has it; for any agents",
        (of.ALPHA_BELOW_ONE, of.RELATIVE),
        lambda given: {},
        factor("rho", 1),
        steps=_law_of_types,
        by_agents=_types,
    )


CALCULATORS = (
    Calculator(
        "gd",
        STRONGLY_CONVEX,
        NONE,
        "||grad f||^2",
        (*_BOTH, of.RELATIVE),
        _plain,
        factor("rho", 2),
        steps=lambda given, agents: round_down(2 / (given["L"] + given["mu"]), 64),
    ),
    *map(_one_agent, ("cgd", "cgd_over_time")),
    _tight("tight_rate"),
    _tight("tight_rate_over_time"),
    _tight("ef21_equal_agents", _equal),
    _tight("ef_equal_agents", _equal_ef),
    _different("heterogeneous_law", "EF21"),
    _different("heterogeneous_law_ef", "EF"),
    _different("heterogeneous_law_over_time", "EF21, and of EF"),
)
"""One for each theorem."""
