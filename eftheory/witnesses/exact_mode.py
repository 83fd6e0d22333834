"""From a mode in floats to an exact worst case."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from eftheory.certificates.certificate import Lower
from eftheory.check.lower import check_lower
from eftheory.exact.number import MAX_DIGITS
from eftheory.lyapunov.rounding import round_down
from eftheory.witnesses.frame import Frame, Steps
from eftheory.witnesses.linear_step import Row
from eftheory.witnesses.modes import Array, Mode

BITS = range(44, 4, -4)
"""Errors are shrunk by 1 - 2^-bits, to leave room for rounding to a few more bits."""
_GUARD_BITS = 10
_FEW = 2000  # denominators tried first, for worst cases that are rational themselves
_FEW_OF_GROWTH = 10**7


def exact_mode(steps: Steps, frame: Frame, angles: Array) -> Lower | None:
    """The first exact instance near a mode that ``check_lower`` proves, from large errors to smaller ones.

    Growth and messages are rounded, and the state follows from growth * signs * state = step(state, messages), which
    is linear. Errors smaller than allowed leave room for that.
    """
    modes = steps.modes([frame])
    witness = _instance(steps, frame, modes.mode(angles, s=steps.s), bits=None)
    for bits in BITS if steps.s else ():
        witness = witness or _instance(steps, frame, modes.mode(angles, s=steps.s * (1 - 2.0**-bits)), bits=bits)
    return witness


def _instance(steps: Steps, frame: Frame, mode: Mode, *, bits: int | None) -> Lower | None:
    if not mode.growth > 0:
        return None
    growth = Fraction(mode.growth)
    growth = growth.limit_denominator(_FEW_OF_GROWTH) if bits is None else round_down(growth, bits + _GUARD_BITS)
    spoken, guesses = _rounded(mode.messages, bits=bits), _rounded(mode.state, bits=bits)
    messages, states = [], []
    for corner, sign, said, guess in zip(frame.corners, frame.signs, spoken, guesses):
        step = steps.at(corner)
        state = step.solve(growth * sign, dict(zip(step.messages, said)), guess)
        if state is None:
            return None
        states.append(state)
        messages.append(said if step.messages else step.answer(state))
    method, types = steps.setting.method, len(steps.setting.agents)
    parts = list(zip(*states))  # one row for each server vector, then for each agent vector and type
    witness = Lower(
        rate=growth * growth,
        growth=growth,
        signs=tuple(map(Fraction, frame.signs)),
        curvatures=tuple(zip(*map(steps.curvatures, frame.corners))),
        server=dict(zip(method.server_state, parts)),
        agents=dict(zip(method.agent_state, _by_type(parts[len(method.server_state) :], types))),
        messages=_by_type(list(zip(*messages)), types),
    )
    values = [value for row in (*states, *messages) for value in row]
    short = all(max(abs(value.numerator), value.denominator) < 10**MAX_DIGITS for value in values)
    return witness if short and check_lower(steps.setting, witness).proved else None


def _rounded(values: Array, *, bits: int | None) -> list[Row]:
    """The rows over their largest entry, as numbers with few digits."""
    scaled = values / (np.max(abs(values), initial=0.0) or 1.0)
    exact = ([Fraction(float(value)) for value in row] for row in scaled)
    if bits is None:
        return [tuple(value.limit_denominator(_FEW) for value in row) for row in exact]
    return [tuple(round_down(value, bits + _GUARD_BITS) for value in row) for row in exact]


def _by_type(rows: Sequence[Row], types: int) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(rows[at : at + types]) for at in range(0, len(rows), types))
