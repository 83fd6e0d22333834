"""Drawings in proof pages, by the names that proof files give them: SVG of exact runs, in the colours of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from math import ceil, floor, log10

Vector = tuple[Fraction, ...]
A = ((-3, 2, 2), (2, -3, 2), (2, 2, -3))
"""The vectors of the three functions <a_i, x>^2 + ||x||^2/4."""
STEP, ROUNDS = Fraction(1, 40), 120
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 560, 300, 52, 16, 262


def gradient(i: int, x: Vector) -> Vector:
    """That of function i, 2 <a_i, x> a_i + x/2.

    >>> [str(entry) for entry in gradient(0, (Fraction(1),) * 3)]
    ['-11/2', '9/2', '9/2']
    """
    along = sum((a * entry for a, entry in zip(A[i], x)), Fraction(0))
    return tuple(2 * along * a + entry / 2 for a, entry in zip(A[i], x))


def top_1(v: Vector) -> Vector:
    """The largest entry, and zeros."""
    kept = max(range(3), key=lambda j: abs(v[j]))
    return tuple(entry if j == kept else Fraction(0) for j, entry in enumerate(v))


def run(feedback: bool) -> list[Vector]:
    """The points of compressed gradient descent from (1, 1, 1), or of EF21, in exact numbers.

    >>> [str(entry) for entry in run(False)[1]] == [str(1 + Fraction(11, 6) * STEP)] * 3
    True
    """
    x: Vector = (Fraction(1),) * 3
    points = [x]
    estimates = [top_1(gradient(i, x)) for i in range(3)]
    for _ in range(ROUNDS):
        x = tuple(entry - STEP * sum(g[j] for g in estimates) / 3 for j, entry in enumerate(x))
        points.append(x)
        for i, old in enumerate(estimates):
            new = gradient(i, x)
            sent = top_1(tuple(a - b for a, b in zip(new, old))) if feedback else top_1(new)
            estimates[i] = tuple(a + b for a, b in zip(old, sent)) if feedback else sent
    return points


def sizes(feedback: bool) -> list[float]:
    """The decimal logarithm of the largest entry of each point, only now rounded."""
    largest = (max(map(abs, x)) for x in run(feedback))
    return [log10(entry.numerator) - log10(entry.denominator) for entry in largest]


def dcgd_run() -> str:
    """How far from the minimum two methods are, round by round."""
    curves = [("d2", "", "without feedback", sizes(False)), ("d1", "7 4", "EF21", sizes(True))]
    values = [value for *_, ys in curves for value in ys]
    low, high = floor(min(values)), ceil(max(values))
    ticks = "".join(
        _line(LEFT, _y(k, low, high), WIDTH - 120, _y(k, low, high), 'class="grid"')
        + _text(LEFT - 8, _y(k, low, high) + 4, _power(k), "end")
        for k in range(low, high + 1)
    )
    ticks += "".join(_text(_x(t), BOTTOM + 18, str(t), "middle") for t in range(0, ROUNDS + 1, 40))
    drawn = "".join(
        f'<polyline class="{stroke}" fill="none" stroke-width="2.5" stroke-dasharray="{dash or "none"}" '
        f'points="{" ".join(f"{_x(t):.1f},{_y(y, low, high):.1f}" for t, y in enumerate(ys))}"/>'
        + _text(WIDTH - 112, _y(ys[-1], low, high) + 4, name, "start")
        for stroke, dash, name, ys in curves
    )
    said = "Largest entry of x against the round: without feedback it grows on a straight line, with EF21 it shrinks."
    return _svg(said, ticks + drawn + _text((LEFT + WIDTH - 120) / 2, BOTTOM + 36, "round", "middle"))


def _x(t: float) -> float:
    return LEFT + (WIDTH - 120 - LEFT) * t / ROUNDS


def _y(value: float, low: int, high: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def _power(k: int) -> str:
    raised = str(k).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}" if k else "1"


def _line(x1: float, y1: float, x2: float, y2: float, how: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {how}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="13">{words}</text>'


def _svg(said: str, inside: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">{inside}</svg>'


def lyapunov_levels() -> str:
    """Two nested ellipses in the plane of error and gradient, and a path from the outer into the inner one."""
    arrow = '<polyline class="d2" fill="none" stroke-width="2.5" points="389,78 322,98"/>'
    arrow += "".join(f'<circle class="f2" cx="{x}" cy="{y}" r="4"/>' for x, y in ((389, 78), (322, 98)))
    ellipses = "".join(
        f'<ellipse cx="240" cy="140" rx="{r}" ry="{r * 0.55}" class="d1" fill="none" stroke-width="2" {dash}/>'
        for r, dash in ((187, ""), (112, 'stroke-dasharray="7 4"'))
    )
    axes = _line(30, 140, 450, 140, 'class="grid"') + _line(240, 20, 240, 262, 'class="grid"')
    words = _text(458, 144, "error", "start") + _text(248, 24, "gradient", "start") + _text(398, 76, "now", "start")
    words += _text(240, 285, "next round: V is at most r² times as large", "middle")
    return _svg("A state on a level of V moves to a smaller level in one round.", axes + ellipses + arrow + words)


PICTURES: Mapping[str, Callable[[], str]] = {"dcgd_run": dcgd_run, "lyapunov_levels": lyapunov_levels}


@cache
def picture(name: str) -> str:
    """The drawing of a name; nothing if there is none."""
    return PICTURES[name]() if name in PICTURES else ""
