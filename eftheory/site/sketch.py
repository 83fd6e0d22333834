"""A small picture of curves on a logarithmic scale, as SVG inside a page: its colours are those of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 520, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 118, 12, 46
APART = 16
"""Names stand at least so far from one another."""


@dataclass(frozen=True)
class Curve:
    """A name, and a positive value for each round."""

    name: str
    values: Sequence[float]


def logarithmic(curves: Sequence[Curve], across: str, up: str, says: str) -> str:
    """The curves against their rounds, each with its name at its end.

    Args:
        curves: at most four.
        across: what is counted on the axis across.
        up: what the axis upwards measures.
        says: what is seen, in words, for who cannot see it.
    """
    logs = [[math.log10(max(value, 1e-12)) for value in curve.values] for curve in curves]
    low, high = math.floor(min(map(min, logs))), math.ceil(max(map(max, logs)))
    rounds = max(map(len, logs)) - 1

    def x(at: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * at / rounds

    def y(log: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - log) / (high - low)

    drawn = [f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(says)}">']
    every = max(1, (high - low) // 6)
    for power in range(low, high + 1, every):
        drawn.append(f'<path class="grid" d="M{LEFT} {y(power):.1f}H{WIDTH - RIGHT}"/>')
        sign = "−" if power < 0 else ""
        drawn.append(
            f'<text class="end" x="{LEFT - 8}" y="{y(power) + 4:.1f}">10<tspan class="power" dy="-6">'
            f"{sign}{abs(power)}</tspan></text>"
        )
    for at in range(0, rounds + 1, max(1, rounds // 4)):
        drawn.append(f'<text class="middle" x="{x(at):.1f}" y="{HEIGHT - BOTTOM + 20}">{at}</text>')
    drawn.append(f'<text class="middle" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}">{escape(across)}</text>')
    middle = (TOP + HEIGHT - BOTTOM) / 2
    drawn.append(f'<text class="middle" transform="translate(16 {middle}) rotate(-90)">{escape(up)}</text>')
    ends = _apart([y(log[-1]) for log in logs])
    for number, (curve, log) in enumerate(zip(curves, logs), 1):
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in enumerate(log))
        drawn.append(f'<polyline class="curve data-{number}" points="{points}"/>')
        end = f'x="{WIDTH - RIGHT + 8}" y="{ends[number - 1] + 4:.1f}"'
        drawn.append(f'<text class="name-{number}" {end}>{escape(curve.name)}</text>')
    return "\n".join([*drawn, "</svg>"])


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights, moved so far that no two names lie upon each other.

    >>> _apart([100.0, 20.0, 104.0])
    [94.0, 20.0, 110.0]
    """
    moved = list(heights)
    order = sorted(range(len(moved)), key=lambda at: moved[at])
    for above, below in pairwise(order):
        lack = APART - (moved[below] - moved[above])
        if lack > 0:
            moved[above] -= lack / 2
            moved[below] += lack / 2
    return moved
