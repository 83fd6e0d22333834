"""Random claims over the whole range that the search is meant for."""

from __future__ import annotations

import random
from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive, group_agents
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import law_step_size

MOST_TYPES = 6
LARGEST_KAPPA = 10**6
MOST_AGENTS = 10**6


def draw_claim(seed: object, number: int) -> Setting:
    """EF or EF21 on one to six types at the law's step; the same claim for the same seed and number.

    kappa = L/mu from 1 to 10^6 and L from 0.1 to 10 on a logarithmic scale; alpha = k/1000, a third of
    the claims uniform and a third on a logarithmic scale at each end; types of 1, 2, or up to 10^6 agents.

    ``draw_claim("0", 30)`` is claim 30 of ``python -m tests.completeness --seed 0``.
    """
    rng = random.Random(f"completeness {seed} {number}")
    types = group_agents(_draw_type(rng) for _ in range(rng.randint(1, MOST_TYPES)))
    alpha, method = _draw_alpha(rng), rng.choice(("ef", "ef21"))
    return Setting(types, Contractive(alpha), METHODS[method](law_step_size(method, types, alpha)))


def command(setting: Setting) -> str:
    """What to type to search this claim again."""
    agents = " ".join(f'--agents "L={a.L},mu={a.mu},count={a.count}"' for a in setting.agents)
    alpha = setting.alpha
    return f"eftheory certify {setting.method.name} {agents} --alpha {alpha} --step-size law --engine center"


def largest_kappa(setting: Setting) -> Fraction:
    """The largest condition number of the agents."""
    return max(agent.L / agent.mu for agent in setting.agents)


def _draw_type(rng: random.Random) -> AgentType:
    L = Fraction(f"{10 ** rng.uniform(-1, 1):.4g}")
    mu = Fraction(f"{float(L) / LARGEST_KAPPA ** rng.random():.4g}")
    mu = min(max(mu, L / LARGEST_KAPPA), L)  # four digits may have left the range
    return AgentType(L, mu, rng.choice((1, 2, int(MOST_AGENTS ** rng.random()))))


def _draw_alpha(rng: random.Random) -> Fraction:
    near_an_end = round(1000 * 1000 ** -rng.random())
    k = rng.choice((rng.randint(1, 999), near_an_end, 1000 - near_an_end))
    return Fraction(min(max(k, 1), 999), 1000)
