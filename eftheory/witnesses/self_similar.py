"""Worst cases of EF and EF21: self-similar trajectories in one or two coordinates.

Coordinate by coordinate, with curvatures h_i, sign z and growth factor lambda, an EF21 state
with x = p / (z lambda - 1) moves by p = -step mean d_i and is multiplied by z lambda, if

    mean u_i = mean h_i x + p / step,           u_i = g_i - d_i,                       (sum)
    lambda^2 ||u_i||^2 <= (1 - alpha) ||u_i + h_i p||^2   for every agent.             (contraction)

For a given p the second line leaves u_i a ball: with rho = lambda^2, eps = 1 - alpha, its
centre is eps h_i p / (rho - eps), its radius sqrt(eps) lambda ||h_i p|| / (rho - eps). Balls
add, so the first line can be met if and only if

    || mean h_i x + p/step - eps/(rho - eps) mean h_i p || <= mean radius_i.

EF is the same dynamics: x_EF = -p/step and e_i = -u_i, up to one common factor.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import round_down, sqrt_below

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Lower
    from eftheory.claims import Setting

Row = tuple[Fraction, ...]
Rows = tuple[Row, ...]
State = tuple[Row, dict[str, Rows], int]
"""The server's x, the agents' vectors, and the sign of the messages, at the start of a trajectory."""
StateOf = Callable[[Fraction, Row, Row, Rows, Rows], State]
"""The state of a method from its step, the push p, x, the errors and the curvatures."""


def error_feedback_witness(setting: Setting, *, state: StateOf) -> Lower | None:
    """The strongest instance known: curvatures L_i with z = -1 and mu_i with z = +1, mixed as fits best.

    Equal agents need one coordinate only, and the bound is tight for every step size; for
    unequal agents the direction is proposed by floats and the instance made exact.

    References:
        [ThomsenTaylorDieuleveut2026] for equal agents; README, "Results of our own", for unequal ones.
    """
    return max(
        (witness for witness in (_one_coordinate(setting, state), _two_coordinates(setting, state)) if witness),
        key=lambda witness: witness.rate,
        default=None,
    )


@dataclass(frozen=True)
class _Frame:
    """Curvatures and signs of a trajectory; everything but its growth and direction."""

    setting: Setting
    state: StateOf
    curvatures: Rows  # per type, per coordinate
    signs: Row

    def witness(self, growth: Fraction, p: Row, bits: int) -> Lower | None:
        """The instance with this growth and direction, if rounding down the balls leaves room for it."""
        setting, rate = self.setting, growth * growth
        step, eps, n = Fraction(setting.method.step_size), 1 - setting.alpha, setting.n_agents
        if rate <= eps < rate + eps or any(growth * z == 1 for z in self.signs):
            return None
        shares = [Fraction(agent.count, n) for agent in setting.agents]
        x = tuple(pk / (z * growth - 1) for pk, z in zip(p, self.signs))
        pushes = [tuple(h * pk for h, pk in zip(row, p)) for row in self.curvatures]
        pull = eps / (rate - eps) if eps else eps
        radii = [sqrt_below(eps * rate * _square(push), bits=bits) / (rate - eps) if eps else eps for push in pushes]
        total = sum((share * radius for share, radius in zip(shares, radii)), Fraction(0))
        gap = tuple(
            pk / step + sum((w * row[k] for w, row in zip(shares, self.curvatures)), Fraction(0)) * (x[k] - pull * pk)
            for k, pk in enumerate(p)
        )
        if _square(gap) > total * total:
            return None
        errors = tuple(
            tuple(pull * a + (b * radius / total if total else 0) for a, b in zip(push, gap))
            for push, radius in zip(pushes, radii)
        )
        compressed = [tuple(a + b for a, b in zip(u, push)) for u, push in zip(errors, pushes)]
        message = tuple(
            tuple(v - growth * z * u for v, u, z in zip(inputs, error, self.signs))
            for inputs, error in zip(compressed, errors)
        )
        server, agents, sign = self.state(step, p, x, errors, self.curvatures)
        message = tuple(tuple(sign * c for c in row) for row in message)
        from eftheory.certificates.certificate import Lower  # loaded where one is made: rates need none

        return Lower(rate, growth, self.signs, self.curvatures, {"x": server}, agents, (message,))


def ef_state(step: Fraction, p: Row, x: Row, errors: Rows, curvatures: Rows) -> State:
    """EF: what its compressors dropped is the error with the other sign, in units of the step."""
    return tuple(-pk / step for pk in p), {"e": tuple(tuple(-u for u in row) for row in errors)}, -1


def ef21_state(step: Fraction, p: Row, x: Row, errors: Rows, curvatures: Rows) -> State:
    """EF21: the estimates are the gradients less the errors."""
    rows = zip(curvatures, errors)
    return x, {"d": tuple(tuple(h * xk - u for h, xk, u in zip(row, x, error)) for row, error in rows)}, 1


def _one_coordinate(setting: Setting, state: StateOf) -> Lower | None:
    """C(v) = (1+s) v on the averaged problem: the growth is the larger root of z^2 - T z - s."""
    step, bits = Fraction(setting.method.step_size), _bits(setting)
    s = sqrt_below(1 - setting.alpha, bits=bits)
    L, mu = mean_constants(setting.agents)
    slow, fast = 1 - s - (1 + s) * step * mu, 1 - s - (1 + s) * step * L
    trace = slow if abs(slow) >= abs(fast) else fast
    sign = Fraction(1 if trace >= 0 else -1)
    curvatures = tuple((agent.mu if trace == slow else agent.L,) for agent in setting.agents)
    root = (abs(trace) + sqrt_below(trace * trace + 4 * s, bits=bits)) / 2
    exact = s * s == 1 - setting.alpha and root * root == abs(trace) * root + s
    growth = root if exact else round_down(root - Fraction(4, 2**bits), bits)
    return _Frame(setting, state, curvatures, (sign,)).witness(growth, (Fraction(1),), 2 * bits)


def _two_coordinates(setting: Setting, state: StateOf) -> Lower | None:
    """Curvatures (L_i, mu_i) with signs (-1, +1); direction and growth proposed by floats."""
    if len({agent.mu / agent.L for agent in setting.agents}) == 1 or setting.alpha == 1:
        return None  # one coordinate attains the law already
    frame = _Frame(setting, state, tuple((agent.L, agent.mu) for agent in setting.agents), (Fraction(-1), Fraction(1)))
    growth, p1, p2 = _propose(setting)
    p, bits = (round_down(Fraction(p1), 40), round_down(Fraction(p2), 40)), _bits(setting)
    for back in range(50, 8, -3):
        witness = frame.witness(round_down(Fraction(growth) * (1 - Fraction(1, 2**back)), bits), p, 2 * bits)
        if witness:
            return witness
    return None


def _propose(setting: Setting) -> tuple[float, float, float]:
    """The largest growth for which the balls reach in some direction, in floats, and that direction."""
    step, eps, n = float(setting.method.step_size), float(1 - setting.alpha), setting.n_agents
    agents = [(agent.count / n, float(agent.L), float(agent.mu)) for agent in setting.agents]
    L, mu = (float(constant) for constant in mean_constants(setting.agents))

    def best_direction(growth: float) -> tuple[float, float]:
        inverse = 1 / (growth * growth - eps)
        gap1 = 1 / step - L / (1 + growth) - eps * L * inverse
        gap2 = 1 / step - mu / (1 - growth) - eps * mu * inverse
        radius = math.sqrt(eps) * growth * inverse

        def room(tangent: float) -> float:
            reach = sum(w * math.hypot(a, b * 10**tangent) for w, a, b in agents)
            return (radius * reach - math.hypot(gap1, gap2 * 10**tangent)) / (1 + 10**tangent)

        start = max((k / 4 for k in range(-24, 25)), key=room)
        low, high = start - 0.25, start + 0.25
        for _ in range(40):
            a, b = low + 0.382 * (high - low), low + 0.618 * (high - low)
            low, high = (a, high) if room(a) < room(b) else (low, b)
        return room(low), low

    low, high = math.sqrt(eps) * (1 + 1e-9), 1 - 1e-15
    for _ in range(52):
        middle = (low + high) / 2
        low, high = (middle, high) if best_direction(middle)[0] >= 0 else (low, middle)
    tangent = 10 ** best_direction(low)[1]
    return low, 1 / math.hypot(1, tangent), tangent / math.hypot(1, tangent)


def _bits(setting: Setting) -> int:
    """Enough binary digits to resolve 1e-20 of 1 - rate."""
    L, mu = mean_constants(setting.agents)
    step = Fraction(setting.method.step_size)
    ratio = (max(L / mu, 1 / (step * mu)) if mu else Fraction(1)) / setting.alpha
    return 80 + 2 * max(0, ratio.numerator.bit_length() - ratio.denominator.bit_length())


def _square(v: Row) -> Fraction:
    return sum((a * a for a in v), Fraction(0))
