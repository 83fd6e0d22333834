"""EF21-W needs no certificates of its own: those of EF21 are, in n w_i d_i, whatever the weights are.

If C is contractive, so is n w C(v/(n w)), with the same alpha: EF21-W with compressors C_i is EF21 with these. The
checker says so too, once a world that knows types of agents scales their vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.mean import BoundedBelow, PolyakLojasiewicz
from eftheory.certificates import Upper
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import EF21
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.search.general.general import search_general
from eftheory.worlds import AgentVector, ExactWorld

F = Fraction
TYPES = (AgentType(functions=Smooth(L=1, mu=-1)), AgentType(functions=Smooth(L=F(1, 10), mu=F(-1, 10)), count=2))
CASES: dict[str, tuple[tuple[Assumption, ...], str, str]] = {
    "sum": ((BoundedBelow(),), GRADIENT, "sum"),
    "pl": ((PolyakLojasiewicz(F(1, 20)),), EXCESS, "rate"),
}
WEIGHTS = {
    "proportional": EF21W.proportional(F(1), TYPES).weights,
    "equal": (F(1, 3),) * 3,
    "odd": (F(1, 7), F(3, 7), F(3, 7)),
}


def scaled(world: ExactWorld, v: AgentVector, factors: Sequence[Fraction]) -> AgentVector:
    """Of agents of one type all by one factor."""
    starts = [sum(agent.count for agent in world.types[:t]) for t, _ in enumerate(world.types)]
    return AgentVector.joined(factors[start] * v.of(t) for t, start in enumerate(starts))


def translated(upper: Upper, weights: Sequence[Fraction]) -> Upper:
    """The evidence in the words of EF21-W: messages are n w times shorter, their inequalities its square."""
    n = len(weights)
    factors = [(n * weights[place]) ** 2 for place in (0, 1)]

    def named(text: str) -> str:
        return text.replace("g - d", "g - n w d")

    blocks = tuple(replace(b, symbols=tuple(map(named, b.symbols))) for b in upper.lyapunov)
    row = tuple(value * factor for value, factor in zip(upper.multipliers["compression 0"], factors, strict=True))
    initial = {named(name): value for name, value in upper.initial.items()}
    return replace(upper, lyapunov=blocks, initial=initial, multipliers={**upper.multipliers, "compression 0": row})


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("which", WEIGHTS)
def test_evidence_for_ef21_is_evidence_for_ef21_w(case: str, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assumptions, measure, kind = CASES[case]
    plain = Setting(TYPES, Contractive(F(3, 4)), EF21(F(1, 2)), assumptions, measure)
    upper = search_general(plain, kind=kind).upper
    assert upper is not None
    monkeypatch.setattr(ExactWorld, "scaled", scaled, raising=False)
    method: Any = EF21W(F(1, 2), WEIGHTS[which])
    weighted = replace(plain, method=method)
    assert check_upper(weighted, translated(upper, method.weights)).proved
    if which == "odd":  # the numbers of other weights are others
        assert not check_upper(weighted, translated(upper, WEIGHTS["equal"])).proved
