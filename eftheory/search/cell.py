"""One component of the problem as floats, in the scale in which residual and V are the identity."""

from __future__ import annotations

import numpy as np

from eftheory.search.data import Component, Squares
from eftheory.search.matrix import ExactMatrix

_ROOT2 = np.sqrt(2.0)


class Cell:
    """Vectors of one component, and the changes of scale that they have seen.

    A symmetric matrix is flattened to its lower triangle, with off-diagonal entries times sqrt(2), so
    that lengths are kept. V's matrix is flattened likewise, over the entries that may differ from zero.

    Attributes:
        z, move: coordinates and what the step adds to them, one row each, in the present symbols.
        inequalities, held, gained: the vectors of squares; their weights and owners beside them.
        coordinates: the present coordinates are this matrix times the method's.
        symbols: the method's symbols are this matrix times the present ones.
    """

    def __init__(self, component: Component, coordinates: ExactMatrix, symbols: ExactMatrix) -> None:
        self.z = (coordinates @ component.z @ symbols).floats()
        self.move = (coordinates @ component.move @ symbols).floats()
        self.inequalities = _Weighted(component.inequalities, symbols)
        self.held, self.gained = _Weighted(component.held, symbols), _Weighted(component.gained, symbols)
        self.d, self.n = self.z.shape
        self.coordinates, self.symbols = coordinates.floats(), symbols.floats()
        pairs = np.array(component.pairs, dtype=int).reshape(-1, 2)
        self._i, self._j = pairs[:, 0], pairs[:, 1]
        self._scale = np.where(self._i == self._j, 1.0, _ROOT2)
        self._p, self._q = np.tril_indices(self.n)
        self._half = np.where(self._p == self._q, 0.5, _ROOT2 / 2)
        self.unit = (self._p == self._q).astype(float)
        self.unit_lyapunov = (self._i == self._j).astype(float)
        self.places = np.zeros((len(pairs), self.d * (self.d + 1) // 2))
        self.places[np.arange(len(pairs)), self._i * (self._i + 1) // 2 + self._j] = 1.0
        self._all = np.tril_indices(self.d)

    @property
    def entries(self) -> int:
        """How many entries V's matrix has here."""
        return len(self._i)

    def columns(self, rate_to_one: float) -> np.ndarray:
        """The flattened residual that each entry of V's matrix contributes; ``rate_to_one`` is 1 - rate."""
        first, second = self.z[self._i], self.z[self._j]
        moved, moved_too = self.move[self._i], self.move[self._j]
        change = self._product(first, moved_too) + self._product(moved, second + moved_too)
        columns: np.ndarray = -self._scale[:, None] * (rate_to_one * self._product(first, second) + change)
        return columns

    def forms(self, squares: _Weighted, count: int) -> np.ndarray:
        """The flattened forms that these squares add up to, one row each."""
        rows = np.zeros((count, len(self._p)))
        np.add.at(rows, squares.owner, self._product(squares.vectors, squares.vectors) * squares.weights[:, None])
        return rows

    def gram(self) -> np.ndarray:
        """The flattened Gram matrix of the coordinates, if that of the symbols is the identity."""
        gram: np.ndarray = self._scale * (self.z @ self.z.T)[self._i, self._j]
        return gram

    def lyapunov_value(self) -> np.ndarray:
        """The flattened form V if its matrix is the identity."""
        value: np.ndarray = self._product(self.z, self.z).sum(axis=0)
        return value

    def matrix(self, flat: np.ndarray) -> np.ndarray:
        """The symmetric matrix over symbols, unflattened."""
        return _unflatten(flat, self._p, self._q, np.where(self._p == self._q, 1.0, _ROOT2), self.n)

    def lyapunov(self, flat: np.ndarray) -> np.ndarray:
        """V's matrix, from its entries that may differ from zero."""
        return self.full_lyapunov(flat @ self.places)

    def full_lyapunov(self, flat: np.ndarray) -> np.ndarray:
        """V's matrix, unflattened."""
        i, j = self._all
        return _unflatten(flat, i, j, np.where(i == j, 1.0, _ROOT2), self.d)

    def flat_lyapunov(self, matrix: np.ndarray) -> np.ndarray:
        """V's matrix, or a linear form on such matrices, flattened."""
        flat: np.ndarray = matrix[self._i, self._j] * self._scale
        return flat

    def residual(self, root: np.ndarray, rate_to_one: float, net: np.ndarray, values: np.ndarray) -> np.ndarray:
        """The residual of V = ||root^T z||^2 + ... with these net multipliers and value coefficients."""
        z, move = root.T @ self.z, root.T @ self.move
        cross = z.T @ move
        form = -rate_to_one * (z.T @ z) - cross - cross.T - move.T @ move - self.inequalities.combined(net)
        residual: np.ndarray = form - rate_to_one * self.held.combined(values) - self.gained.combined(values)
        return residual

    def change_scale(self, root: np.ndarray, whitening: np.ndarray) -> None:
        """Coordinates become root^T coordinates, symbols become whitening^-1 symbols."""
        self.z, self.move = root.T @ self.z @ whitening, root.T @ self.move @ whitening
        for squares in (self.inequalities, self.held, self.gained):
            squares.vectors = squares.vectors @ whitening
        self.coordinates, self.symbols = root.T @ self.coordinates, self.symbols @ whitening

    def _product(self, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
        """The flattened symmetric products of rows with rows."""
        p, q = self._p, self._q
        products: np.ndarray = (rows[:, p] * others[:, q] + rows[:, q] * others[:, p]) * self._half
        return products


class _Weighted:
    """Squares as floats."""

    def __init__(self, squares: Squares, symbols: ExactMatrix) -> None:
        self.owner = np.array(squares.owner, dtype=int)
        self.weights = np.array([float(weight) for weight in squares.weights])
        self.vectors = (squares.vectors @ symbols).floats()

    def combined(self, factors: np.ndarray) -> np.ndarray:
        """The matrix of the combination of the forms with these factors."""
        weights = self.weights * factors[self.owner]
        matrix: np.ndarray = (self.vectors.T * weights) @ self.vectors
        return matrix


def _unflatten(flat: np.ndarray, i: np.ndarray, j: np.ndarray, scale: np.ndarray, size: int) -> np.ndarray:
    matrix = np.zeros((size, size))
    matrix[i, j] = matrix[j, i] = flat / scale
    return matrix
