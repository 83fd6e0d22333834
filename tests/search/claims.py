"""Settings at the law's step size, written in one line."""

from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive
from eftheory.bounds import make_setting
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import law_step_size

F = Fraction
FIRST_PAIR = ((1, F(1, 100)), (F(1, 10), F(9, 100)))
"""Unequal agents for which, at alpha = 8/9, neither the law's rate nor its step size is optimal."""
SECOND_PAIR = ((1, F(99, 100)), (1, F(1, 100)))
"""Unequal agents for which, at alpha = 8/9, the law's step size is too short."""
OWN = ("econtrol:EControl", "heavy_ball:HeavyBallEF21", "dcgd:DCGD")
"""Methods that no certificate names, in ``eftheory.methods``."""


def types_of(*agents: tuple) -> tuple[AgentType, ...]:
    """Agent types (L, mu[, count])."""
    return tuple(AgentType(*map(Fraction, agent[:2]), *agent[2:]) for agent in agents)


def at_law(method: str, alpha: Fraction, *agents: tuple, factor: Fraction = Fraction(1)) -> Setting:
    """The method on agents (L, mu[, count]), with a multiple of the law's step size."""
    types = types_of(*agents)
    return Setting(types, Contractive(alpha), METHODS[method](factor * law_step_size(method, types, alpha)))


def at_step(method: str, alpha: Fraction, step_size: Fraction, *agents: tuple) -> Setting:
    """The method on agents (L, mu[, count]) with a given step size."""
    return Setting(types_of(*agents), Contractive(alpha), METHODS[method](step_size))


def own(place: str, alpha: Fraction, step_size: Fraction, *agents: tuple) -> Setting:
    """A method of ``eftheory.methods`` on agents (L, mu[, count]) with a given step size."""
    return make_setting(f"eftheory.methods.{place}", types_of(*agents), alpha=alpha, step_size=step_size)
