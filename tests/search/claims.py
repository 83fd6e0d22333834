"""Settings at the law's step size, written in one line."""

from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.lyapunov import law_step_size
from eftheory.methods import METHODS


def at_law(method: str, alpha: Fraction, *agents: tuple, factor: Fraction = Fraction(1)) -> Setting:
    """The method on agents (L, mu[, count]), with a multiple of the law's step size."""
    types = tuple(AgentType(*map(Fraction, agent[:2]), *agent[2:]) for agent in agents)
    return Setting(types, Contractive(alpha), METHODS[method](factor * law_step_size(method, types, alpha)))


def at_step(method: str, alpha: Fraction, step_size: Fraction, *agents: tuple) -> Setting:
    """The method on agents (L, mu[, count]) with a given step size."""
    types = tuple(AgentType(*map(Fraction, agent[:2]), *agent[2:]) for agent in agents)
    return Setting(types, Contractive(alpha), METHODS[method](step_size))
