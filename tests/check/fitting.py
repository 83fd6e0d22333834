"""Evidence is fitted to a changed setting, so that a mutant fails, if it does, for what its claim says.

Names of inequalities and coordinates come from the checked code: they make mutants, and judge none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eftheory.certificates import Block, Lower, Upper
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.methods import Recorded, Template

Row = tuple[Fraction, ...]


def fit(rng: random.Random, setting: Setting, evidence: Any) -> Any:
    """The evidence with the names, and mostly with the shape, that the setting asks for."""
    if isinstance(evidence, Upper):
        return _upper(rng, setting, evidence)
    return _lower(rng, setting, evidence) if isinstance(evidence, Lower) else evidence


def _upper(rng: random.Random, setting: Setting, evidence: Upper) -> Upper:
    step, types = take_step(setting, Template.parse(evidence.template)), len(setting.agents)
    zero = (Fraction(0),) * types
    old = dict(evidence.multipliers)
    fitting = {name: row for name, row in old.items() if len(row) == types}
    multipliers = {name: fitting.get(name, zero) for name in step.inequalities}
    fresh = [name for name in multipliers if name not in old]
    if fresh and fitting and rng.random() < 0.8:
        multipliers |= _shared(rng, multipliers, fresh, fitting)
    blocks = tuple(_known(block, step.before.vectors) for block in evidence.lyapunov)
    blocks = tuple(block for block in blocks if block)
    used = {symbol for block in blocks for symbol in block.symbols}
    if rng.random() < 0.9:
        weight = Fraction(1, 2 ** rng.randrange(0, 12))
        blocks += tuple(Block((name,), ((weight,),)) for name in step.before.vectors if name not in used)
    return replace(evidence, multipliers=multipliers, lyapunov=blocks)


def _shared(rng: random.Random, known: Mapping[str, Row], fresh: list[str], old: Mapping[str, Row]) -> dict[str, Row]:
    """New inequalities take half of the multipliers of an old one of their kind, or a little."""
    result: dict[str, Row] = {}
    for name in fresh:
        alike = [other for other in old if other.split()[0] == name.split()[0] and other in known]
        share = rng.choice((Fraction(1, 2), Fraction(1, 2), Fraction(1), Fraction(1, 2 ** rng.randrange(2, 20))))
        if alike:
            giver = rng.choice(alike)
            result[name] = tuple(share * value for value in old[giver])
            if share == Fraction(1, 2):
                result[giver] = result[name]
    return result


def _known(block: Block, names: Mapping[str, Any]) -> Block | None:
    """The block without rows of unknown symbols."""
    kept = [i for i, symbol in enumerate(block.symbols) if symbol in names]
    rows = tuple(tuple(block.rows[i][j] for j in kept if j <= i) for i in kept)
    return Block(tuple(block.symbols[i] for i in kept), rows) if kept else None


def _lower(rng: random.Random, setting: Setting, evidence: Lower) -> Lower:
    method, zero = setting.method, (Fraction(0),) * len(evidence.signs)
    server = {name: evidence.server.get(name, zero) for name in method.server_state}
    alike = (zero,) * len(setting.agents)
    agents = {name: evidence.agents.get(name, alike) for name in method.agent_state}
    wanted = _compressions(method) if isinstance(method, Recorded) else len(evidence.messages)
    messages = list(evidence.messages[:wanted])
    while messages and len(messages) < wanted:
        messages.insert(*_split(rng, messages))
    return replace(evidence, server=server, agents=agents, messages=tuple(messages))


def _compressions(method: Recorded) -> int:
    return sum(call.call == "compress" for call in method.definition.step.calls)


def _split(rng: random.Random, messages: list[Any]) -> tuple[int, Any]:
    """A second message like one of the first, or with what the first now lacks: their mean stays."""
    k = rng.randrange(len(messages))
    if rng.random() < 0.5:
        return k + 1, messages[k]
    share = Fraction(1, 2 ** rng.randrange(3, 12))
    less, more = (tuple(tuple(x * f for x in row) for row in messages[k]) for f in (1 - share, 1 + share))
    messages[k] = less
    return k + 1, more


def turned(rng: random.Random, evidence: Lower) -> Lower:
    """One coordinate changes its sign in every step, and in every message."""
    if not evidence.signs:
        return evidence
    k = rng.randrange(len(evidence.signs))

    def turn(row: Row) -> Row:
        return tuple(-value if i == k else value for i, value in enumerate(row))

    messages = tuple(tuple(turn(row) for row in call) for call in evidence.messages)
    return replace(evidence, signs=turn(evidence.signs), messages=messages)


def rescaled(evidence: Any, name: str, factor: Fraction) -> Any:
    """V where the coordinate of this name has been multiplied by the factor."""
    if not isinstance(evidence, Upper):
        return evidence

    def scale(symbol: str) -> Fraction:
        return 1 / factor if re.sub(r"\[[0-9]+\]'?$", "", symbol) == name else Fraction(1)

    blocks = []
    for block in evidence.lyapunov:
        rows = tuple(
            tuple(value * scale(a) * scale(b) for value, b in zip(row, block.symbols))
            for row, a in zip(block.rows, block.symbols)
        )
        blocks.append(replace(block, rows=rows))
    return replace(evidence, lyapunov=tuple(blocks))
