"""Charts of rates: against the step size, and against alpha."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.methods import Method
from eftheory.numbers import decimal_down
from eftheory.pictures.chart import Chart, Curve
from eftheory.pictures.laws import LAWS, Agents, Law, Rate, is_exact, limit, theorem, value
from eftheory.theory import StepRule, law_step_size

BEYOND = Fraction(21, 20)
"""Steps are drawn so far beyond the largest stability limit."""


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see.

    Attributes:
        methods: of ``LAWS``.
        agents: which all of them have.
        alpha: contraction of the compressors.
        rule: whose step sizes are marked, or taken where alpha changes.
        points: how many places are drawn.
    """

    methods: tuple[type[Method], ...]
    agents: Agents
    alpha: Fraction
    rule: StepRule
    points: int = 161

    def step(self, method: type[Method], alpha: Fraction) -> Fraction:
        """The step size that the rule says."""
        return self.rule.step_size or law_step_size(method, self.agents, alpha)


def against_step_size(asked: Asked, title: str) -> Chart:
    """Rates against the step size, up to a little beyond the largest stability limit."""
    limits = {method: limit(LAWS[method], asked.agents, asked.alpha) for method in asked.methods}
    marked = {asked.step(method, asked.alpha) for method in asked.methods}
    top = BEYOND * max([*limits.values(), *marked])
    grid = sorted({top * i / (asked.points - 1) for i in range(1, asked.points)} | marked)
    curves = _curves(asked, grid, lambda method, x: (asked.alpha, x))
    names = [method.name.upper() for method in asked.methods]
    marks = [(float(each), f"stability limit, {name}") for name, each in zip(names, limits.values())]
    return Chart(title, "step size", "rate", curves, tuple(_distinct(marks)), top=_top(curves))


def against_alpha(asked: Asked, title: str) -> Chart:
    """Rates against alpha, each at the step size that the rule says for it."""
    grid = [Fraction(i, asked.points - 1) for i in range(1, asked.points)]
    curves = _curves(asked, grid, lambda method, x: (x, asked.step(method, x)))
    return Chart(title, "alpha", "rate", curves, top=_top(curves))


def _curves(
    asked: Asked, grid: Sequence[Fraction], place: Callable[[type[Method], Fraction], tuple[Fraction, Fraction]]
) -> tuple[Curve, ...]:
    xs, drawn = tuple(decimal_down(x, 15) for x in grid), []
    for hue, method in enumerate(asked.methods):
        law = LAWS[method]
        for name, rate, up, stroke in _lines(law, method.name.upper(), asked.agents):
            ys = tuple(value(rate, asked.agents, *place(method, x), up=up) for x in grid)
            if any(ys):
                drawn.append(Curve(name, xs, ys, hue, stroke))
    return tuple(drawn)


def _lines(law: Law, name: str, agents: Agents) -> list[tuple[str, Rate, bool, str]]:
    """Name, rate, direction of rounding, and stroke."""
    by = theorem(law, agents)
    if is_exact(law, agents):
        lines = [(f"{name}: exact rate ({by})", law.upper, True, "law")]
    else:
        lines = [
            (f"{name}: proved rate ({by})", law.upper, True, "law"),
            (f"{name}: no proof goes below (averaged_constants_bound)", law.lower, False, "bound"),
        ]
    if law.published is not None:
        lines.append((f"{name}: published theorem ({law.published_theorem})", law.published, True, "theorem"))
    return lines


def _distinct(marks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """One mark for each place."""
    places: dict[float, str] = {}
    for at, label in marks:
        places[at] = f"{places[at]}, {label.rpartition(', ')[2]}" if at in places else label
    return list(places.items())


def _top(curves: Sequence[Curve]) -> float:
    """A little above 1: where rates are close to 1, what lies above would take all the room."""
    least = min((float(y) for curve in curves for y in curve.ys if y), default=0.0)
    return 1 + max(0.0, 1 - least) / 10
