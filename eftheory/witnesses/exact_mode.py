"""From a mode in floats to an exact worst case."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from eftheory.algebra.rounding import round_down
from eftheory.certificates.certificate import Lower
from eftheory.check.lower import check_lower
from eftheory.claims import Setting
from eftheory.exact.number import MAX_DIGITS
from eftheory.witnesses.frame import Corner, Frame, Steps
from eftheory.witnesses.linear_step import LinearStep, Row
from eftheory.witnesses.modes import Array, Mode

BITS = range(44, 4, -4)
"""Errors are shrunk by 1 - 2^-bits, to leave room for rounding to a few more bits."""
_GUARD_BITS = 10
_GROWTH_BITS = 120  # where floats do not resolve the growth
_FEW, _FEW_OF_GROWTH = 2000, 10**7  # denominators tried first, for worst cases that are rational themselves


def exact_mode(steps: Steps, frame: Frame, angles: Array) -> Lower | None:
    """The first exact instance near a mode that ``check_lower`` proves, from large errors to smaller ones.

    Growth and messages are rounded, and the state follows from growth * signs * state = step(state, messages), which
    is linear. Errors smaller than allowed leave room for that; with alpha = 1, curvatures do.
    """
    setting, signs = steps.setting, frame.signs
    modes, lines = steps.modes([frame]), [steps.at(corner) for corner in frame.corners]
    mode = modes.mode(angles, s=steps.s)
    witness = _Rounding(setting, signs, lines, mode, bits=None).simple() if mode.growth > 0 else None
    for bits in BITS if mode.growth > 0 else ():
        if witness is None and steps.s:
            shrunk = modes.mode(angles, s=steps.s * (1 - 2.0**-bits))
            rounding = _Rounding(setting, signs, lines, shrunk, bits=bits + _GUARD_BITS)
            witness = (rounding.plain() or rounding.settled()) if shrunk.growth > 0 else None
        elif witness is None:
            growth = round_down(Fraction(mode.growth), bits)
            between = _between(steps, frame.corners[0], growth * signs[0])
            witness = _Rounding(setting, signs, [between], mode, bits=None).instance(growth) if between else None
    return witness


def _between(steps: Steps, corner: Corner, factor: Fraction) -> LinearStep | None:
    """A step with eigenvalue ``factor``, between a corner of the curvatures and the opposite one.

    The determinant is affine in between if gradients are asked for at one point only; else the check will fail.
    """
    near, far = steps.at(corner), steps.at(tuple(not high for high in corner))
    here, there = near.determinant(factor), far.determinant(factor)
    share = here / (here - there) if here != there else Fraction(-1)
    blend = tuple((1 - share) * a + share * b for a, b in zip(near.curvatures, far.curvatures))
    return LinearStep.of(steps.setting, blend) if 0 <= share <= 1 else None


class _Rounding:
    """A mode whose vectors are rounded to ``bits`` binary digits; None stands for small denominators."""

    def __init__(
        self, setting: Setting, signs: Sequence[int], steps: list[LinearStep], mode: Mode, *, bits: int | None
    ) -> None:
        self.setting, self.signs, self.steps = setting, signs, steps
        self.bits, self.growth = bits, Fraction(mode.growth)
        scale = np.max(abs(mode.messages), initial=0.0) or np.max(abs(mode.state)) or 1.0
        self.messages, self.state, self.inputs = (
            [tuple(map(self._rounded, row)) for row in part / scale]
            for part in (mode.messages, mode.state, mode.inputs)
        )

    def simple(self) -> Lower | None:
        """The instance of a rational growth; without messages it is an eigenvalue over a known denominator."""
        if self.steps[0].messages:
            return self.instance(self.growth.limit_denominator(_FEW_OF_GROWTH))
        common = lcm(*(step.denominator for step in self.steps))
        return self.instance(Fraction(round(self.growth * common), common))

    def plain(self) -> Lower | None:
        """The instance with the growth that the floats propose."""
        return self.instance(round_down(self.growth, self.bits or _GROWTH_BITS))

    def settled(self) -> Lower | None:
        """The instance with the growth at which the inputs agree best with those of the floats, by secants.

        Where inputs are small differences of a large state, floats do not resolve the growth.
        """
        last, growth = self.growth, self.growth * (1 - Fraction(1, 2**40))
        before, gap = self._gap(last), self._gap(growth)
        for _ in range(4):
            if before is None or gap is None or gap == before:
                return None
            secant = growth - gap * (growth - last) / (gap - before)
            last, growth, before = growth, round_down(secant, _GROWTH_BITS), gap
            gap = self._gap(growth)
        return self.instance(growth)

    def _gap(self, growth: Fraction) -> Fraction | None:
        """How far the inputs are from those of the floats, in the direction of these."""
        states = self._states(growth)
        if states is None:
            return None
        asked = (step.ask(*row) for step, *row in zip(self.steps, states, self.messages))
        pairs = ((v, w) for row, wanted in zip(asked, self.inputs) for v, w in zip(row, wanted))
        return sum((w * (v - w) for v, w in pairs), Fraction(0))

    def _states(self, growth: Fraction) -> list[Row] | None:
        rows = zip(self.steps, self.signs, self.messages, self.state)
        states = [step.solve(growth * sign, said, guess) for step, sign, said, guess in rows]
        known = [state for state in states if state is not None]
        return known if len(known) == len(states) else None

    def instance(self, growth: Fraction) -> Lower | None:
        """The instance with this growth, if it is proved."""
        states = self._states(growth)
        if growth <= 0 or states is None:
            return None
        rows = zip(self.steps, states, self.messages)
        messages = [said if step.messages else step.ask(state, ()) for step, state, said in rows]
        values = (value for row in (*states, *messages) for value in row)
        if any(max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS for value in values):
            return None
        method, types = self.setting.method, len(self.setting.agents)
        parts = list(zip(*states))  # a row for each server vector, then for each agent vector and type
        witness = Lower(
            rate=growth * growth,
            growth=growth,
            signs=tuple(map(Fraction, self.signs)),
            curvatures=tuple(zip(*(step.curvatures for step in self.steps))),
            server=dict(zip(method.server_state, parts)),
            agents=dict(zip(method.agent_state, _by_type(parts[len(method.server_state) :], types))),
            messages=_by_type(list(zip(*messages)), types),
        )
        return witness if check_lower(self.setting, witness).proved else None

    def _rounded(self, value: float) -> Fraction:
        exact = Fraction(float(value))
        return exact.limit_denominator(_FEW) if self.bits is None else round_down(exact, self.bits)


def _by_type(rows: Sequence[Row], types: int) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(rows[at : at + types]) for at in range(0, len(rows), types))
