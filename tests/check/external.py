"""External methods with proofs to spare, as starting points of mutants: small changes leave their claims proved.

    python tests/check/external.py

writes them anew. The rate claimed lies halfway between what the method reaches and 1, and V is well inside the set of
those that prove it; c and C have room too. A few are tight, for a checker that proves too much. The files are kept, as
a search in floats may differ between machines.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.certificates import Certificate, Lower, read_certificate
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import EF, EF21, GD, Method, Recorded
from eftheory.methods.method import Observation
from eftheory.recording import record
from eftheory.recording.load import make_method
from eftheory.search.rounding import round_upper
from eftheory.search.upper import search_upper
from eftheory.theory import worst_case
from eftheory.writing import write_certificate

FOLDER = Path(__file__).parent / "external"
TIGHT = "tight_"
PAIR = (AgentType(Fraction(1), Fraction(1, 2), 2),)
TYPES = (AgentType(Fraction(1), Fraction(1, 2), 2), AgentType(Fraction(2), Fraction(1, 3), 1))
QUARTER, WEAK, EXACT = Fraction(1, 4), Fraction(3, 4), Fraction(1)


class Descent(Method):
    """Gradient descent to a common minimiser."""

    hypotheses = (COMMON_MINIMISER,)

    def step(self, world: Any, x: Any) -> Any:
        return (x - self.step_size * world.mean(world.gradient(x)),)


class HeavyBall(Method):
    """Gradient descent with momentum."""

    server_state = ("x", "m")
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world: Any, x: Any, m: Any) -> Any:
        m = Fraction(1, 5) * m + world.mean(world.gradient(x))
        return x - self.step_size * m, m


class Anchored(Method):
    """Gradient descent that is pulled to w, and w to x*."""

    server_state = ("x", "w")
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world: Any, x: Any, w: Any) -> Any:
        x = x - self.step_size * world.mean(world.gradient(x)) - Fraction(1, 8) * (x - w)
        return x, Fraction(1, 2) * (w + world.minimiser)


class DCGD(Method):
    """As its user writes it, with a step alone; so are the next two."""

    hypotheses = (COMMON_MINIMISER,)

    def step(self, world: Any, x: Any) -> Any:
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)


@dataclass(frozen=True)
class EControl(Method):
    """EF21 that keeps a share of what was lost."""

    eta: Fraction = Fraction(1, 400)
    agent_state = ("e", "h")

    def step(self, world: Any, x: Any, e: Any, h: Any) -> Any:
        g = world.gradient(x)
        h = h + world.compress(self.eta * e + g - h)
        return x - self.step_size * world.mean(h), e + g - h, h


@dataclass(frozen=True)
class HeavyBallEF21(Method):
    """EF21 with momentum."""

    momentum: Fraction = Fraction(1, 10)
    server_state = ("x", "m")
    agent_state = ("d",)

    def step(self, world: Any, x: Any, m: Any, d: Any) -> Any:
        m = self.momentum * m + world.mean(d)
        x = x - self.step_size * m
        return x, m, d + world.compress(world.gradient(x) - d)


class Idle(Method):
    """The server hears again and again of a vector that stays."""

    server_state = ("w",)
    agent_state = ("a",)

    def step(self, world: Any, w: Any, a: Any) -> Any:
        return world.mean(world.compress(a)), a

    def observe(self, world: Any, w: Any, a: Any) -> Any:
        return Observation((a,), (w,))

    def measure(self, world: Any, w: Any, a: Any) -> Any:
        return world.square(w)


def _as_data(method: Method) -> Recorded:
    return Recorded(method.step_size, record(method))


SETTINGS: dict[str, Callable[[], Setting]] = {
    "gd": lambda: Setting(PAIR, Contractive(EXACT), _as_data(GD(Fraction(1)))),
    "gd_two_types": lambda: Setting(TYPES, Contractive(EXACT), _as_data(GD(Fraction(1, 2)))),
    "descent": lambda: Setting(PAIR, Contractive(EXACT), make_method(Descent, Fraction(1, 2))),
    "heavy_ball": lambda: Setting(PAIR, Contractive(EXACT), make_method(HeavyBall, Fraction(1, 2))),
    "anchored": lambda: Setting(TYPES, Contractive(EXACT), make_method(Anchored, QUARTER)),
    "ef": lambda: Setting(PAIR, Contractive(WEAK), _as_data(EF(QUARTER))),
    "ef_two_types": lambda: Setting(TYPES, Contractive(WEAK), _as_data(EF(QUARTER))),
    "ef_no_compression": lambda: Setting(PAIR, Contractive(EXACT), _as_data(EF(QUARTER))),
    "ef21": lambda: Setting(PAIR, Contractive(WEAK), _as_data(EF21(QUARTER))),
    "ef21_two_types": lambda: Setting(TYPES, Contractive(WEAK), _as_data(EF21(QUARTER))),
    "momentum": lambda: Setting(PAIR, Contractive(WEAK), make_method(HeavyBallEF21, QUARTER)),
    "econtrol": lambda: Setting(PAIR, Contractive(Fraction(9, 10)), make_method(EControl, QUARTER, {"eta": QUARTER})),
    "dcgd": lambda: Setting(PAIR, Contractive(Fraction(9, 10)), make_method(DCGD, Fraction(1, 2))),
    TIGHT + "gd": lambda: SETTINGS["gd"](),
    TIGHT + "ef": lambda: SETTINGS["ef"](),
    TIGHT + "ef_two_types": lambda: SETTINGS["ef_two_types"](),
    TIGHT + "ef21": lambda: SETTINGS["ef21"](),
    TIGHT + "ef21_two_types": lambda: SETTINGS["ef21_two_types"](),
    TIGHT + "momentum": lambda: SETTINGS["momentum"](),
    TIGHT + "econtrol": lambda: SETTINGS["econtrol"](),
    TIGHT + "dcgd": lambda: SETTINGS["dcgd"](),
    "idle": lambda: Setting(PAIR, Contractive(WEAK), make_method(Idle, QUARTER)),
}


@cache
def external(name: str) -> Certificate:
    """A certificate with an upper bound with room to spare, and a lower bound where a worst case is known."""
    return read_certificate((FOLDER / f"{name}.json").read_bytes())


def make(name: str) -> Certificate:
    """The certificate, searched."""
    setting = SETTINGS[name]()
    if name == "idle":
        one, zero = Fraction(1), Fraction(0)
        lower = Lower(
            rate=one, growth=one, signs=(one, one), curvatures=((one, one),), server={"w": (one, QUARTER)},
            agents={"a": ((one, zero),)}, messages=(((one, QUARTER),),),
        )  # fmt: skip
        return Certificate(setting, lower=lower)
    found = search_upper(setting)
    if name.startswith(TIGHT):
        return Certificate(setting, upper=found.upper, lower=worst_case(setting))
    half = (1 + found.upper.rate) / 2
    for position in sorted(found.descent.path, key=lambda each: abs(each.rate - half)):
        upper = round_upper(found.problem, position)
        if upper is None:
            continue
        rate = max(upper.rate, Fraction(round(half * 1000), 1000))
        upper = replace(upper, rate=rate, c=upper.c * Fraction(3, 4), C=upper.C * Fraction(5, 4))
        if check_upper(setting, upper).proved:
            return Certificate(setting, upper=upper, lower=worst_case(setting))
    raise AssertionError(f"no proof with room to spare: {name}")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in SETTINGS:
        (FOLDER / f"{each}.json").write_bytes(write_certificate(make(each)))
