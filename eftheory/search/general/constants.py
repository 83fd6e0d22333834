"""Where the constants of a certificate are least, and a point nearby that is far inside the cone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.methods.quantities import EXCESS
from eftheory.search.general.matrices import Scaled
from eftheory.search.general.programme import Programme
from eftheory.search.general.solving import Cone, deepest, least

_ROOM, _MORE = 1.2, 0.1  # how much larger than at the optimum loose constants may be: times, and beside the first
_FLOOR = 1e-4  # of scales, as a share of the largest


@dataclass(frozen=True)
class Wanted:
    """What is to be small.

    Attributes:
        weights: of unknowns, the first of weight 1.
        tight: those that must stay nearly as small when the cone's inside is sought; the others may grow a little.
        unit: what one of the first is worth.
    """

    weights: Mapping[int, float]
    tight: Sequence[int]
    unit: float

    @classmethod
    def of(cls, programme: Programme, *, others: float, noise: float) -> Wanted:
        """The first quantity at the start, the noise, and with these weights the others."""
        unit = _unit(programme)
        first, *rest = programme.numbers("initial")
        noises = programme.numbers("noise")
        weights = {first: 1.0, **dict.fromkeys(noises, noise * unit), **dict.fromkeys(rest, others * unit)}
        return cls(weights, (first, *noises), unit)

    def best_point(self, scaled: Scaled) -> np.ndarray | str:
        """The point of the cone with the least weighted sum."""
        objective = np.zeros(scaled.cone.size + 1)
        for number, weight in self.weights.items():
            objective += weight / self.unit * scaled.rows[number]
        return least(scaled.cone, objective)

    def inner_point(self, scaled: Scaled, best: np.ndarray, slack: float) -> np.ndarray | str:
        """A point far inside the cone at which what is wanted is not much larger than at the best one."""
        first, *_ = self.weights
        scale = abs(float(scaled.rows[first] @ best)) or 1.0
        limits = []
        for number in self.weights:
            tight = number in self.tight
            added = 0.0 if number == first else scale / self.unit * (slack if tight else max(_MORE, slack))
            limits.append(-scaled.rows[number])
            limits[-1][0] += (1 + slack if tight else max(_ROOM, 1 + slack)) * float(scaled.rows[number] @ best) + added
        rows = np.array(limits)
        scales, weights = scales_at(scaled.cone, best)
        found = deepest(scaled.cone, scales, weights, rows / np.max(np.abs(rows), axis=1, keepdims=True))
        if isinstance(found, str):
            return found
        point, margin = found
        return point if margin > 0 else f"no certificate lies inside the cone: margin {margin:.3g}"


def scales_at(cone: Cone, point: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """The sizes of the diagonals of the matrices, and of the numbers, at a point."""
    scales = []
    for number in range(len(cone.matrices)):
        diagonal = np.diag(cone.block(number, point))
        scales.append(np.maximum(diagonal, _FLOOR * max(float(np.max(diagonal)), _FLOOR)))
    numbers = cone.numbers @ point
    return scales, np.maximum(numbers, _FLOOR * max(float(np.max(numbers, initial=0.0)), _FLOOR))


def _unit(programme: Programme) -> float:
    """A constant of f - inf f grows with L where those of squared gradients do not."""
    agents = programme.setting.agents
    mean = sum((agent.count * agent.L for agent in agents), Fraction(0)) / programme.setting.n_agents
    return float(mean) if programme.unknowns[programme.numbers("initial")[0]].name == EXCESS else 1.0
