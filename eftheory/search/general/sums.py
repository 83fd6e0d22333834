"""Bounds on sums: the least constant of the first quantity at the start."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.methods.quantities import EXCESS
from eftheory.search.general.matrices import Scaled
from eftheory.search.general.programme import Programme
from eftheory.search.general.solving import Cone, deepest, least

OTHERS = 1e-6  # the weight of the other quantities at the start
_ROOM = 1.2  # how much larger than at the optimum they may be
_FLOOR = 1e-4  # of scales, as a share of the largest


def best_point(programme: Programme, scaled: Scaled, noise_weight: float) -> np.ndarray | str:
    """Where the constant of the first quantity, plus small multiples of the others, is least."""
    cone = scaled.cone
    objective, weight = np.zeros(cone.size + 1), unit_of_weights(programme)
    first, *others = programme.numbers("initial")
    for number in programme.numbers("noise"):
        objective += noise_weight * weight * scaled.rows[number]
    for number in others:
        objective += OTHERS * weight * scaled.rows[number]
    return least(cone, (objective + scaled.rows[first]) / weight)


def inner_point(programme: Programme, scaled: Scaled, best: np.ndarray, slack: float) -> np.ndarray | str:
    """A point far inside the cone at which the constants are not much larger than at the best one."""
    limits = []
    first, *others = programme.numbers("initial")
    noise = programme.numbers("noise")
    cone, weight = scaled.cone, unit_of_weights(programme)
    scale = abs(float(scaled.rows[first] @ best)) or 1.0
    for number in (first, *noise, *others):
        room = _ROOM if number in others else 1 + slack
        added = 0.0 if number == first else scale / weight * (0.1 if number in others else slack)
        limits.append(-scaled.rows[number])
        limits[-1][0] += room * float(scaled.rows[number] @ best) + added
    rows = np.array(limits)
    scales, weights = scales_at(cone, best)
    found = deepest(cone, scales, weights, rows / np.max(np.abs(rows), axis=1, keepdims=True))
    if isinstance(found, str):
        return found
    point, margin = found
    return point if margin > 0 else f"no certificate lies inside the cone: margin {margin:.3g}"


def unit_of_weights(programme: Programme) -> float:
    """What a constant of f - inf f is worth: it grows with L where those of squared gradients do not."""
    shares, types = programme.setting.n_agents, programme.setting.agents
    mean = sum((agent.count * agent.L for agent in types), Fraction(0)) / shares
    return float(mean) if programme.unknowns[programme.numbers("initial")[0]].name == EXCESS else 1.0


def scales_at(cone: Cone, point: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """The sizes of the diagonals of the matrices, and of the numbers, at a point."""
    scales = []
    for number in range(len(cone.matrices)):
        diagonal = np.diag(cone.block(number, point))
        scales.append(np.maximum(diagonal, _FLOOR * max(float(np.max(diagonal)), _FLOOR)))
    numbers = cone.numbers @ point
    return scales, np.maximum(numbers, _FLOOR * max(float(np.max(numbers, initial=0.0)), _FLOOR))
