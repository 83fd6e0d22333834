"""All Lyapunov functions of a template as a cone: residual, V, coefficients and multipliers are nonnegative.

A point y lists the entries of V's matrices, the coefficients of value coordinates, and the net
multipliers in a basis of those that balance function values. Its slacks are the residual blocks,
V's matrices, the coefficients and the multipliers, all linear in y. The cone is always seen in the
scale of one strictly feasible point, its *centre of sight*, whose slacks are all one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from eftheory.algebra.elimination import reduce_rows
from eftheory.search.cell import Cell
from eftheory.search.data import Problem
from eftheory.search.descent import Position, plain_position
from eftheory.search.matrix import ExactMatrix
from eftheory.search.residual import owed_multipliers

_UNBALANCED = 1e-6


class Cone:
    """The cone at a rate, in the scale of a strictly feasible point.

    Attributes:
        rate: of the decrease.
        values, multipliers: the scales of value coefficients and multipliers.
        order: the parameter of the barrier, the number of slacks counted with their sizes.
        normal: the linear function of y that is held fixed, since V may be scaled.
    """

    def __init__(self, problem: Problem, position: Position) -> None:
        self.problem = problem
        self.null_space: ExactMatrix | None = None
        if problem.balance:
            self.null_space = ExactMatrix.of(reduce_rows(problem.balance).null_space(), columns=problem.size).T
        self.load(position)
        self.order = sum(cell.n + cell.d for cell in self.cells) + problem.n_values + problem.size
        self.entries = sum(cell.entries for cell in self.cells)
        self.normal = self.slope_of_entries()

    def load(self, position: Position) -> None:
        """See the cone from a position.

        Raises:
            numpy.linalg.LinAlgError: its multipliers do not balance function values.
        """
        problem, self.rate = self.problem, position.rate
        self.cells = _cells(problem, position)
        self.values, self.multipliers = np.ones(problem.n_values), np.ones(problem.size)
        shape = (problem.n_values, problem.size)
        self._before = np.array([[float(x) for x in row] for row in problem.before]).reshape(shape).T
        self._after = np.array([[float(x) for x in row] for row in problem.after]).reshape(shape).T
        self._scale_numbers(np.array(position.values, dtype=float), np.array(position.multipliers, dtype=float))
        self.basis, self.net = np.eye(problem.size), np.ones(problem.size)
        self._orient()

    @classmethod
    def start(cls, problem: Problem) -> Cone | None:
        """The cone seen from a strictly feasible V, however large its rate; None if there is none of this kind.

        Each inequality bounds symbols that are new in it by symbols known before. So if the
        multipliers grow fast enough from the last inequality to the first, and the rate beats
        them all, the residual is positive definite. V's value coordinates are small enough for them.
        """
        plain = _with_natural_coordinates(problem, plain_position(problem))
        sizes = _natural_sizes(problem, plain)
        has_squares = any(component.coordinates for component in problem.components)
        ranks = {group: rank for rank, group in enumerate(sorted(set(problem.groups)))}
        for k in range(1, 60):
            rate = Fraction(4**k) ** (len(ranks) + 1)
            net = [size * Fraction(4**k) ** (len(ranks) - ranks[group]) for size, group in zip(sizes, problem.groups)]
            values = [
                _room(net, rate, before, after, small=has_squares)
                for before, after in zip(problem.before, problem.after)
            ]
            owed = owed_multipliers(problem, rate, values)
            multipliers = tuple(a + b for a, b in zip(net, owed))
            cone = cls(problem, replace(plain, rate=rate, values=tuple(values), multipliers=multipliers))
            if cone.move_to(cone.centre(), rate):
                while not problem.n_values and cone.move_to(cone.centre(), cone.rate / 2):
                    pass
                return cone
        return None

    # ---------------------------------------------------------------- slacks as linear functions of y
    def slacks(self, rate: Fraction | None = None) -> np.ndarray:
        """The matrix that takes y to its slacks at a rate: residuals, V's matrices, coefficients, multipliers."""
        rate = self.rate if rate is None else rate
        to_one, n_values = float(1 - rate), self.problem.n_values
        blocks, lyapunov, position = [], [], 0
        for cell in self.cells:
            block = np.zeros((self.size, len(cell.unit)))
            block[position : position + cell.entries] = cell.columns(to_one)
            if n_values:
                held, gained = cell.forms(cell.held, n_values), cell.forms(cell.gained, n_values)
                block[self.entries : self.entries + n_values] = -to_one * held - gained
            block[self.entries + n_values :] = -self.basis.T @ cell.forms(cell.inequalities, self.problem.size)
            blocks.append(block)
            lyapunov.append(np.zeros((self.size, cell.places.shape[1])))
            lyapunov[-1][position : position + cell.entries] = cell.places
            position += cell.entries
        values = np.eye(self.size)[:, self.entries : self.entries + n_values]
        multipliers = np.zeros((self.size, self.problem.size))
        multipliers[self.entries : self.entries + n_values] = (float(rate) * self._before - self._after).T
        multipliers[self.entries + n_values :] = self.basis.T
        slacks: np.ndarray = np.concatenate([*blocks, *lyapunov, values, multipliers], axis=1).T
        return slacks

    @property
    def size(self) -> int:
        """The number of entries of y."""
        return self.entries + self.problem.n_values + self.basis.shape[1]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the residual blocks and of V's matrices."""
        return (*(cell.n for cell in self.cells), *(cell.d for cell in self.cells))

    def centre(self) -> np.ndarray:
        """The y whose slacks are all one."""
        lyapunov = [cell.unit_lyapunov for cell in self.cells]
        return np.concatenate([*lyapunov, np.ones(self.problem.n_values), self.net])

    def units(self) -> np.ndarray:
        """The slacks of the centre: identity matrices, flattened, and ones."""
        lyapunov = [cell.unit_lyapunov @ cell.places for cell in self.cells]
        rest = np.ones(self.problem.n_values + self.problem.size)
        return np.concatenate([*(cell.unit for cell in self.cells), *lyapunov, rest])

    def rate_slope(self) -> np.ndarray:
        """How fast the slacks of the centre grow with the rate."""
        n_values = self.problem.n_values
        growth = [cell.lyapunov_value() + cell.forms(cell.held, n_values).sum(axis=0) for cell in self.cells]
        fixed = sum(cell.places.shape[1] for cell in self.cells) + n_values
        return np.concatenate([*growth, np.zeros(fixed), self._before.sum(axis=1)])

    def slope_of_entries(self) -> np.ndarray:
        """Per entry of y, how fast the sum of the slacks it contributes grows with the rate."""
        held = self._before.sum(axis=0)
        for cell in self.cells:
            held = held + cell.forms(cell.held, self.problem.n_values) @ cell.unit
        lyapunov = [cell.gram() for cell in self.cells]
        return np.concatenate([*lyapunov, held, np.zeros(self.basis.shape[1])])

    def eigenvalues(self, slack: np.ndarray) -> np.ndarray:
        """The eigenvalues of all blocks, and the numbers."""
        found, position = [], 0
        for cell in self.cells:
            found.append(np.linalg.eigvalsh(cell.matrix(slack[position : position + len(cell.unit)])))
            position += len(cell.unit)
        for cell in self.cells:
            length = cell.places.shape[1]
            found.append(np.linalg.eigvalsh(cell.full_lyapunov(slack[position : position + length])))
            position += length
        return np.concatenate([*found, slack[position:]])

    # ---------------------------------------------------------------- changes of scale
    def position(self, gap: float) -> Position:
        """The centre of sight, with an estimate of its distance to the least rate."""
        return Position(
            rate=self.rate,
            coordinates=tuple(ExactMatrix.of_floats(cell.coordinates) for cell in self.cells),
            symbols=tuple(ExactMatrix.of_floats(cell.symbols) for cell in self.cells),
            values=tuple(Fraction(float(x)) for x in self.values),
            multipliers=tuple(Fraction(float(x)) for x in self.multipliers),
            gap=min(gap, float(self.rate)),
        )

    def move_to(self, y: np.ndarray, rate: Fraction) -> bool:
        """Take y at this rate as the new centre of sight; False, and nothing changed, if it is not inside."""
        n_values = self.problem.n_values
        values, free = y[self.entries : self.entries + n_values], y[self.entries + n_values :]
        net = self.basis @ free
        multipliers = net + (float(rate) * self._before - self._after) @ values
        if min([*values, *multipliers], default=1.0) <= 0:
            return False
        roots, whitenings, position = [], [], 0
        try:
            for cell in self.cells:
                root = np.linalg.cholesky(cell.lyapunov(y[position : position + cell.entries]))
                residual = cell.residual(root, float(1 - rate), net, values)
                roots.append(root)
                whitenings.append(np.linalg.inv(np.linalg.cholesky((residual + residual.T) / 2)).T)
                position += cell.entries
        except np.linalg.LinAlgError:
            return False
        self.rate = rate
        self._turn_normal(roots, values)
        self._change_scale(roots, whitenings, values, multipliers)
        return True

    def _turn_normal(self, roots: list[np.ndarray], values: np.ndarray) -> None:
        position = 0
        for cell, root in zip(self.cells, roots):
            part = slice(position, position + cell.entries)
            self.normal[part] = cell.flat_lyapunov(root.T @ cell.lyapunov(self.normal[part]) @ root)
            position += cell.entries
        self.normal[position : position + len(values)] *= values

    def _change_scale(
        self,
        roots: list[np.ndarray],
        whitenings: list[np.ndarray],
        values: np.ndarray,
        multipliers: np.ndarray,
    ) -> None:
        for cell, root, whitening in zip(self.cells, roots, whitenings):
            cell.change_scale(root, whitening)
        self._scale_numbers(values, multipliers)
        self._orient()

    def _orient(self) -> None:
        """Take an orthonormal basis of the balanced net multipliers, and the present ones in it."""
        if self.null_space is None:
            return
        net = 1 - (float(self.rate) * self._before - self._after).sum(axis=1)
        self.basis, self.triangle = np.linalg.qr(self.null_space.floats() / self.multipliers[:, None])
        self.net = self.basis.T @ net
        if np.max(np.abs(self.basis @ self.net - net)) > _UNBALANCED * max(1.0, float(np.max(np.abs(net)))):
            raise np.linalg.LinAlgError("the multipliers do not balance the function values")

    def _scale_numbers(self, values: np.ndarray, multipliers: np.ndarray) -> None:
        for cell in self.cells:
            cell.inequalities.weights = cell.inequalities.weights * multipliers[cell.inequalities.owner]
            for squares in (cell.held, cell.gained):
                squares.weights = squares.weights * values[squares.owner]
        self.values, self.multipliers = self.values * values, self.multipliers * multipliers
        self._before = self._before * values / multipliers[:, None]
        self._after = self._after * values / multipliers[:, None]


def _room(
    net: list[Fraction], rate: Fraction, before: Sequence[Fraction], after: Sequence[Fraction], *, small: bool
) -> Fraction:
    """A coefficient of a value coordinate for which multipliers stay positive; ``small`` if V has other coordinates."""
    shares = [
        n / abs(c - rate * b) for n, b, c in zip(net, before, after) if (c != rate * b if small else c > rate * b)
    ]
    return min(shares, default=Fraction(1)) / (2 * len(net))


def _natural_sizes(problem: Problem, plain: Position) -> list[Fraction]:
    """Per inequality, how strongly V sees the symbols that those of its group bound: a scale for its multiplier."""
    sizes = np.zeros(problem.size)
    for cell in _cells(problem, plain):
        seen = np.sum(cell.z**2 + (cell.z + cell.move) ** 2, axis=0)
        forms = np.zeros((problem.size, cell.n))
        squares = cell.inequalities
        np.add.at(forms, squares.owner, squares.vectors**2 * squares.weights[:, None])
        known = (forms < 0) & (seen > 0)
        ratios = np.where(known, seen / np.where(known, -forms, 1.0), np.inf).min(axis=1, initial=np.inf)
        sizes = np.maximum(sizes, np.where(np.isfinite(ratios), ratios, 0.0))
    groups = np.array(problem.groups)
    logarithms = np.log(np.where(sizes > 0, sizes, 1.0))
    return [Fraction(float(np.exp(np.mean(logarithms[groups == group])))) for group in groups]


def _with_natural_coordinates(problem: Problem, plain: Position) -> Position:
    """The scale with coordinates that the measure does not see made as large as the inequalities about them.

    Such a coordinate, x - x- say, has a symbol that no coordinate of the measure has; what multipliers of natural
    size make of that symbol is the size of the coordinate's square in V.
    """
    sizes, coordinates = np.array(_natural_sizes(problem, plain), dtype=float), []
    for component, cell, M in zip(problem.components, _cells(problem, plain), plain.coordinates):
        forms = np.zeros((problem.size, cell.n))
        squares = cell.inequalities
        np.add.at(forms, squares.owner, squares.vectors**2 * squares.weights[:, None])
        weights = np.abs(forms * sizes[:, None]).max(axis=0, initial=0.0)
        measured = [i for i in range(cell.d) if component.measure and component.measure.fractions()[i][i]]
        free = ~np.any(cell.z[measured] != 0, axis=0) & (weights > 0)
        scales = np.ones(cell.d)
        for i in set(range(cell.d)) - set(measured):
            found = weights[free & (cell.z[i] != 0)] / cell.z[i, free & (cell.z[i] != 0)] ** 2
            scales[i] = float(np.sqrt(found.min())) if found.size else 1.0
        coordinates.append(ExactMatrix.of_floats(np.diag(scales)) @ M)
    return replace(plain, coordinates=tuple(coordinates))


def _cells(problem: Problem, position: Position) -> list[Cell]:
    return [Cell(*each) for each in zip(problem.components, position.coordinates, position.symbols)]
