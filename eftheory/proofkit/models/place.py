"""Give one name, in a world that has values for others, values with which some conditions hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.algebra.elimination import dot, reduce_rows, solve
from eftheory.proofkit.kernel.expression import Linear, Node, Relation, Symbol
from eftheory.proofkit.models.linear import Row, roots
from eftheory.proofkit.models.surd import Real
from eftheory.proofkit.models.world import Name, World, agrees

SHRINK = [Fraction(n, d) for n, d in ((3, 4), (1, 2), (1, 4), (1, 8), (1, 32), (1, 128), (0, 1))]
GROW = [Fraction(n, d) for n, d in ((5, 4), (1, 1), (3, 2), (2, 1), (4, 1), (16, 1))]
SCALES = [Fraction(n, d) for n, d in ((1, 2), (2, 1), (1, 4), (4, 1), (1, 16), (16, 1), (1, 64), (64, 1))]
LARGEST = 16


@dataclass(frozen=True)
class Condition:
    """A range or hypothesis.

    Attributes:
        name: of it.
        relation: at T = 1.
        slack: right - left.
        names: that occur.
        of: whose range it is.
    """

    name: str
    relation: Relation
    slack: Node
    names: frozenset[Name]
    of: Symbol | None = None


@dataclass
class SoFar:
    """A search that is under way.

    Attributes:
        world: with values for some names.
        rng: for what is drawn.
        rational: whether square roots that are not rational are avoided.
        effort: how many evaluations there were.
    """

    world: World
    rng: random.Random
    rational: bool = True
    effort: int = 0


class Place:
    """A name, the conditions that its values must meet, and its coordinates.

    Args:
        so_far: the world, and how it is searched.
        name: that is placed.
        mine: its conditions.
    """

    def __init__(self, so_far: SoFar, name: Name, mine: list[Condition]) -> None:
        self.so_far, self.world, self.rng = so_far, so_far.world, so_far.rng
        self.keys = self.world.keys(name)
        size = self.world.dimension
        self.paths: list[tuple[int, ...]] = [()]
        if isinstance(name, Linear):
            self.paths = [(j, k) for j in range(size) for k in range(size)]
        elif name.vector:
            self.paths = [(j,) for j in range(size)]
        self.size = len(self.keys) * len(self.paths)
        self.equations = [
            (c, i, w, j)
            for c in mine
            if c.relation.sign == "="
            for i, w in self.world.places(c.slack)
            for j in range(size if c.slack.is_vector else 1)
        ]
        self.others = [(c, i, w) for c in mine if c.relation.sign != "=" for i, w in self.world.places(c.slack)]

    def get(self) -> Row:
        """All coordinates."""
        found = []
        for key in self.keys:
            for path in self.paths:
                value = self.world.values[key]
                for j in path:
                    value = value[j]
                found.append(value)
        return found

    def put(self, x: Sequence[Real]) -> None:
        """Set all coordinates."""
        values = iter(x)
        for key in self.keys:
            if self.paths == [()]:
                self.world.values[key] = next(values)
            elif len(self.paths[0]) == 1:
                self.world.values[key] = [next(values) for _ in self.paths]
            else:
                self.world.values[key] = [[next(values) for _ in range(self.world.dimension)] for _ in
                                          range(self.world.dimension)]  # fmt: skip

    def fit(self) -> bool:
        """Move the coordinates until all conditions hold; whether they do."""
        x, rows = self.get(), list[Row]()
        if self.equations:
            solved = self._solved(x)
            if solved is None:
                return False
            x, rows = solved
        self.put(x)
        return not self._bad() or self._improved(x, rows) or (not rows and self._scaled(x))

    def _residuals(self, x: Sequence[Real]) -> Row:
        self.put(x)
        return [self._residual(*equation) for equation in self.equations]

    def _residual(self, condition: Condition, i: int, w: int, j: int) -> Real:
        self.so_far.effort += 1
        value = self.world.value(condition.slack, i, w)
        found: Real = value[j] if condition.slack.is_vector else value
        return found

    def _solved(self, x: Row) -> tuple[Row, list[Row]] | None:
        """Coordinates with which all equations hold, and the rows of the linear ones."""
        base = self._residuals(x)
        columns = [[a - b for a, b in zip(self._residuals(_moved(x, j)), base)] for j in range(self.size)]
        rows = [list(row) for row in zip(*columns)]
        away = [Fraction(self.rng.randint(-5, 5), 3) for _ in x]
        there = self._residuals([a + b for a, b in zip(x, away)])
        linear = [value == b + dot(row, away) for value, b, row in zip(there, base, rows)]
        order = self.rng.sample(range(self.size), self.size)
        straight = [row for row, is_linear in zip(rows, linear) if is_linear]
        right = [dot(row, x) - b for row, b, is_linear in zip(rows, base, linear) if is_linear]
        found = solve(straight, right, order, x)
        if found is None:
            return None
        for j, is_linear in enumerate(linear):
            if not is_linear and self._residuals(found)[j]:
                along = [found] * (not straight and self.rng.random() < 1 / 2)
                along += reduce_rows(straight, order).null_space()
                found = self._on_curve(found, j, along)
                if found is None:
                    return None
        return None if any(self._residuals(found)) else (found, straight)

    def _on_curve(self, x: Row, j: int, directions: list[Row]) -> Row | None:
        """A point where the j-th equation holds: along one of the directions, or where both sides touch.

        Along itself, it keeps its sign where it can.
        """
        now = self._residuals(x)[:j]

        def along(direction: Row) -> Callable[[Real], Real]:
            def residual(t: Real) -> Real:
                self.put([a + t * b for a, b in zip(x, direction)])
                return self._residual(*self.equations[j])

            return residual

        for direction in directions:
            if any(a != b for a, b in zip(now, self._residuals([a + b for a, b in zip(x, direction)]))):
                continue
            found = roots(along(direction), self.so_far.rational)
            if found:
                t = max(found) if direction is x else self.rng.choice(found)
                return [a + t * b for a, b in zip(x, direction)]
        return self._touching(x, j)

    def _touching(self, x: Row, j: int) -> Row | None:
        """A point where the residual of an equation, as a sum of squares, is stationary."""

        def residual(y: Sequence[Real]) -> Real:
            self.put(y)
            return self._residual(*self.equations[j])

        model = _model(residual, x, self.rng) if self.size <= LARGEST else None
        if model is None:
            return None
        _, slope, curvature = model
        step = _stationary(curvature, [-a for a in slope], [], range(self.size))
        return None if step is None else [a + b for a, b in zip(x, step)]

    def _bad(self) -> list[tuple[Condition, int, int]]:
        """The inequalities that do not hold, and where."""
        return [entry for entry in self.others if not self._holds(*entry)]

    def _holds(self, condition: Condition, i: int, w: int) -> bool:
        self.so_far.effort += 1
        return agrees(condition.relation.sign, self.world.value(condition.slack, i, w))

    def _total(self, bad: list[tuple[Condition, int, int]]) -> Callable[[Sequence[Real]], Real]:
        def total(x: Sequence[Real]) -> Real:
            self.put(x)
            self.so_far.effort += len(bad)
            return sum((self.world.value(c.slack, i, w) for c, i, w in bad), Fraction(0))

        return total

    def _improved(self, x: Row, rows: list[Row]) -> bool:
        """Along slopes, or towards the top of the slacks of what does not hold, while the equations stay."""
        for _ in range(3):
            self.put(x)
            bad = self._bad()
            if not bad:
                return True
            moved = self._towards(x, rows, bad) if self.size <= LARGEST else None
            if moved is None:
                return False
            x = moved
        return False

    def _towards(self, x: Row, rows: list[Row], bad: list[tuple[Condition, int, int]]) -> Row | None:
        total = self._total(bad)
        model = _model(total, x, self.rng)
        if model is None:
            return None
        value, slope, curvature = model
        zero: Row = [Fraction(0)] * self.size
        size = self.size + len(rows)
        if any(map(any, curvature)):
            top = _stationary(curvature, [-a for a in slope], rows, self.rng.sample(range(size), size))
            if top is not None:
                return self._first(self._between(x, top), bad)
        flat: list[Row] = [[Fraction(int(j == k)) for k in range(self.size)] for j in range(self.size)]
        along = _stationary(flat, slope, rows, range(size))
        gain = dot(slope, along) if along is not None else Fraction(0)
        if along is None or along == zero or not gain:
            return None
        return self._first(([a - f * value / gain * b for a, b in zip(x, along)] for f in GROW), bad)

    @staticmethod
    def _between(x: Row, step: Row) -> Iterator[Row]:
        for share in SHRINK:
            yield [a + (1 - share) * b for a, b in zip(x, step)]

    def _first(self, candidates: Iterator[Row], bad: list[tuple[Condition, int, int]]) -> Row | None:
        """The first with which all hold, else one with which those hold that did not."""
        fallback = None
        for candidate in candidates:
            self.put(candidate)
            if all(self._holds(*entry) for entry in bad):
                if all(self._holds(*entry) for entry in self.others if entry not in bad):
                    return candidate
                fallback = fallback or candidate
        return fallback

    def _scaled(self, x: Row) -> bool:
        for scale in SCALES:
            self.put([scale * a for a in x])
            if all(self._holds(*entry) for entry in self.others):
                return True
        return False


def _moved(x: Row, *where: int) -> Row:
    found = [*x]
    for j in where:
        found[j] = found[j] + 1
    return found


def _model(
    function: Callable[[Sequence[Real]], Real], x: Row, rng: random.Random
) -> tuple[Real, Row, list[Row]] | None:
    """Value, slope and second derivatives at x of a quadratic polynomial; None if it is none."""
    size = len(x)
    value = function(x)
    once = [function(_moved(x, j)) for j in range(size)]
    curvature: list[Row] = [[Fraction(0)] * size for _ in x]
    for j in range(size):
        for k in range(j + 1):
            curvature[j][k] = curvature[k][j] = function(_moved(x, j, k)) - once[j] - once[k] + value
    slope = [once[j] - value - curvature[j][j] / 2 for j in range(size)]
    away: Row = [Fraction(rng.randint(-5, 5), 3) for _ in x]
    expected = value + dot(slope, away) + dot(away, [dot(row, away) for row in curvature]) / 2
    return (value, slope, curvature) if function([a + b for a, b in zip(x, away)]) == expected else None


def _stationary(curvature: list[Row], right: Row, rows: list[Row], order: Sequence[int]) -> Row | None:
    """The step with curvature step = right up to normals of the rows, which it keeps."""
    size, zero = len(right), Fraction(0)
    matrix: list[Row] = [[*row, *(normal[j] for normal in rows)] for j, row in enumerate(curvature)]
    matrix += [[*normal, *[zero] * len(rows)] for normal in rows]
    found = solve(matrix, [*right, *[zero] * len(rows)], order)
    return None if found is None else found[:size]
