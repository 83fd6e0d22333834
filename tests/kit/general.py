"""Certificates of every kind that the second format can hold, by hand: descent lemmas, with what is assumed of f."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.compressors import Unbiased
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.mean import (
    BoundedBelow,
    CommonGlobalMinimiser,
    GlobalMinimiser,
    IndependentNoise,
    Noise,
    PolyakLojasiewicz,
    Similar,
    SmoothMean,
)
from eftheory.certificates import Block, Upper
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.methods import CGD, GD
from eftheory.methods.method import State
from eftheory.methods.quantities import EXCESS
from eftheory.methods.template import Template

F = Fraction
STEP, CHANCE = F(1, 2), F(1, 2)
NONCONVEX = (AgentType(functions=Smooth(L=1, mu=-1), count=2),)
TYPES = (AgentType(functions=Smooth(L=2, mu=-2)), AgentType(functions=Smooth(L=F(1, 2), mu=F(-1, 2)), count=2))
L = 1  # the mean of both


@dataclass(frozen=True)
class SGD(GD):
    """x - step_size times the mean of noisy gradients."""

    def step(self, world: Any, x: Any) -> State:
        return (x - self.step_size * world.mean(world.noisy_gradient(x)),)


@dataclass(frozen=True)
class Sometimes(GD):
    """A step with probability ``chance``, else none."""

    chance: Fraction = CHANCE

    def step(self, world: Any, x: Any) -> State:
        return (x - self.step_size * world.mean(world.gradient(x)),) if world.coin(self.chance) else (x,)


@dataclass(frozen=True)
class Partly(GD):
    """Each agent takes part with probability ``chance``."""

    chance: Fraction = CHANCE

    def step(self, world: Any, x: Any) -> State:
        return (x - self.step_size / self.chance * world.mean(world.coins(self.chance) * world.gradient(x)),)


class Sent(GD):
    """Compressed gradients, without feedback."""

    compresses = True

    def step(self, world: Any, x: Any) -> State:
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)


@dataclass(frozen=True)
class General:
    """A setting, evidence, and how often chance is asked in a step."""

    setting: Setting
    upper: Upper
    draws: int = 0


def fill(setting: Setting, multipliers: Mapping[str, Any], template: str = "gradients", **evidence: Any) -> Upper:
    """Evidence with the multipliers of all other inequalities zero; one number is the same for all types."""
    types = len(setting.agents)
    names = take_step(setting, Template.parse(template)).inequalities
    assert multipliers.keys() <= names.keys(), names
    rows = {
        name: value if isinstance(value := multipliers.get(name, F(0)), tuple) else (F(value),) * types
        for name in names
    }
    zero = {"lyapunov": (), "values": (F(1),), "c": F(0), "C": F(0), "rate": F(1)}
    return Upper(**{**zero, **evidence}, multipliers=rows, template=template)


def descent(setting: Setting, tau: Fraction, multipliers: Mapping[str, Any], **evidence: Any) -> Upper:
    """The sum of squared gradients, with V = f - inf f: F+ <= F - tau ||g||^2 + noise."""
    nothing = (F(0),) * (len(setting.agents) - 1)
    common = {"tau": tau, "initial": {EXCESS: F(1)}, "below": {"bounded below 0": (F(1), *nothing)}}
    return fill(setting, multipliers, **{**common, **evidence})


def orthogonal(
    setting: Setting, noise: str, factor: Fraction, own: Mapping[str, Fraction] | None = None
) -> tuple[Block]:
    """factor <mean g, mean noise>, and what ``own`` has on the diagonal; with independent noise, also its types."""
    types = range(len(setting.agents))
    share = [F(agent.count, setting.n_agents) for agent in setting.agents]
    symbols = (
        *[f"g[{t}]" for t in types],
        *[f"{noise}[{t}]" for t in types],
        *(set(own or ()) - {"g[0]", f"{noise}[0]"}),
    )
    apart = any(assumption.name == "independent noise" for assumption in setting.assumptions)
    entries = {(f"{noise}[{u}]", f"g[{t}]"): factor / 2 * share[t] * share[u] for t in types for u in types}
    if apart:
        entries |= {
            (f"{noise}[{t}]", f"{noise}[{u}]"): factor / 2 * share[t] * share[u] for t in types for u in range(t)
        }
    entries |= {(name, name): value for name, value in (own or {}).items()}
    rows = tuple(tuple(entries.get((a, b), F(0)) for b in symbols[: i + 1]) for i, a in enumerate(symbols))
    return (Block(symbols, rows),)


def _gd(agents: Any) -> General:
    setting = Setting(agents, Contractive(1), GD(STEP), (BoundedBelow(),))
    return General(setting, descent(setting, STEP - STEP**2 / 2, {"interpolation 0 above 1": 1}))


def _mean(of_f: SmoothMean) -> General:
    """A step that is too long for the agents, and not for f."""
    step = F(3)
    setting = Setting(TYPES, Contractive(1), GD(step), (BoundedBelow(), of_f))
    tau = step - of_f.L * step**2 / 2
    return General(setting, descent(setting, tau, {"mean interpolation 0 above 1": (1, 0)}))


def _curved() -> General:
    """f is strongly convex, though no agent's function is convex: f - inf f shrinks."""
    of_f, step = SmoothMean(F(1, 2), F(1, 10)), F(1)
    setting = Setting(NONCONVEX, Contractive(1), GD(step), (BoundedBelow(), of_f), EXCESS)
    tau = step - of_f.L * step**2 / 2
    one = {"mean interpolation 0 above 1": (1,), "mean pl 0": (2 * of_f.mu * tau,)}
    return General(setting, fill(setting, one, rate=1 - 2 * of_f.mu * tau, c=F(1), C=F(1)))


def _pl() -> General:
    mu, tau = F(1, 10), STEP - STEP**2 / 2
    setting = Setting(TYPES, Contractive(1), GD(STEP), (PolyakLojasiewicz(mu),), EXCESS)
    one = {"interpolation 0 above 1": 1, "pl 0": (2 * mu * tau, F(0))}
    return General(setting, fill(setting, one, rate=1 - 2 * mu * tau, c=F(1), C=F(1)))


def _sgd(noise: Any, agents: Any) -> General:
    setting = Setting(agents, Contractive(1), SGD(STEP), (BoundedBelow(), noise))
    each = STEP**2 / 2 / (setting.n_agents if noise.independent else 1)
    used = {"interpolation 0 above 1": 1, "noise 0": each}
    evidence = {"noise": {"sigma2": each}, "vanishing": orthogonal(setting, "n0", STEP**2 / 2)}
    return General(setting, descent(setting, STEP - STEP**2 / 2, used, **evidence), 1)


def _sgd_pl() -> General:
    mu, tau = F(1, 10), STEP - STEP**2 / 2
    setting = Setting(NONCONVEX, Contractive(1), SGD(STEP), (PolyakLojasiewicz(mu), IndependentNoise()), EXCESS)
    each = STEP**2 / 2 / setting.n_agents
    used = {"interpolation 0 above 1": 1, "pl 0": 2 * mu * tau, "noise 0": each}
    evidence = {"rate": 1 - 2 * mu * tau, "c": F(1), "initial": {EXCESS: F(1)}, "noise": {"sigma2": each}}
    evidence["vanishing"] = orthogonal(setting, "n0", STEP**2 / 2)
    return General(setting, fill(setting, used, **evidence), 1)


def _coin() -> General:
    setting = Setting(TYPES, Contractive(1), Sometimes(STEP), (BoundedBelow(),))
    return General(setting, descent(setting, CHANCE * (STEP - STEP**2 / 2), {"interpolation 0 above 1 if 1": CHANCE}))


def _partly() -> General:
    """The noise of coins, whose size is known, so that dissimilarity bounds it."""
    A, p = F(3, 2), CHANCE
    setting = Setting(NONCONVEX, Contractive(1), Partly(STEP), (BoundedBelow(), Similar(A)))
    each, kappa = STEP**2 / 2 * (1 - p) / p / 2, (STEP / p) ** 2 / 4
    known = -kappa * p * (1 - p) / 2
    own = {"n0[0]": kappa, "g[0]": known, "g[0]'": known}
    evidence = {"noise": {"zeta2": each}, "vanishing": orthogonal(setting, "n0", STEP**2 / p / 2, own)}
    used = {"interpolation 0 above 1": 1, "similar 0": each}
    return General(setting, descent(setting, STEP - STEP**2 / 2 - A * each, used, **evidence), 1)


def _unbiased() -> General:
    """That of messages, which is at most omega mean ||g_i||^2."""
    A, omega = F(3, 2), F(2)
    setting = Setting(NONCONVEX, Unbiased(omega), Sent(STEP), (BoundedBelow(), Similar(A)))
    each = STEP**2 / 2 / 2
    evidence = {"noise": {"zeta2": omega * each}, "vanishing": orthogonal(setting, "e0", -(STEP**2) / 2)}
    used = {"interpolation 0 above 1": 1, "similar 0": omega * each, "compression 0": each}
    return General(setting, descent(setting, STEP - STEP**2 / 2 - A * omega * each, used, **evidence), 1)


def _convex(minimiser: Any) -> General:
    """||x - x*||^2 falls by 2 step_size (f - f*), with one agent."""
    agents = (AgentType(functions=Smooth(L=1, mu=0)),)
    setting = Setting(agents, Contractive(1), CGD(STEP), minimiser)
    square = Block(("x - x*",), ((F(1),),))
    evidence = {"lyapunov": (square,), "values": (F(0),), "tau": 2 * STEP, "initial": {"||x - x*||^2": F(1)}}
    return General(setting, fill(setting, {"interpolation 0 above 1": 2 * STEP}, "", **evidence))


GENERAL: dict[str, Callable[[], General]] = {
    "gd": lambda: _gd(NONCONVEX),
    "gd, two types": lambda: _gd(TYPES),
    "gd, mean": lambda: _mean(SmoothMean(L / F(4), L / F(-4))),
    "gd, convex mean": lambda: _mean(SmoothMean(L / F(4), F(0))),
    "gd, pl of a strongly convex mean": _curved,
    "gd, pl": _pl,
    "sgd": lambda: _sgd(Noise(), TYPES),
    "sgd, independent": lambda: _sgd(IndependentNoise(), TYPES),
    "sgd, pl": _sgd_pl,
    "coin": _coin,
    "participation": _partly,
    "unbiased": _unbiased,
    "convex": lambda: _convex(()),
    "convex, global minimiser": lambda: _convex((GlobalMinimiser(),)),
    "convex, common global minimiser": lambda: _convex((CommonGlobalMinimiser(),)),
}
"""By name; those whose method is of the tests cannot be written to files."""
