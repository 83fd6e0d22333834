"""Down the path of analytic centres to the least rate.

At a rate above the least one the *analytic centre* is the point of the cone with the largest
product of slacks (determinants for blocks), among those of one size. Newton's method finds it; in
the scale of the present point, where all slacks are one, a step is a least-squares problem. The
tangent of the path of centres tells how the centre moves as the rate falls, and how far the
rate can fall before a slack vanishes; each step of the path goes most of that way.

At the centre the inverse of the residual is nearly a class bound: no V of the template shows
a rate below rate - order / slope, which is what the path takes for its distance to the optimum.

References:
    [BoydElGhaoui1993], the method of centres for generalised eigenvalues.
"""

from __future__ import annotations

import logging
from fractions import Fraction

import numpy as np

from eftheory.search.cone import Cone
from eftheory.search.data import Problem
from eftheory.search.descent import Descent, Position
from eftheory.search.exact_cone import ExactCone
from eftheory.search.floats import FLOAT_FAILURES
from eftheory.search.matrix import dyadic_above
from eftheory.search.residual import net_multipliers, residual

_log = logging.getLogger("eftheory")

_SHARE = 0.9  # of the way along the tangent to the boundary
_CLOSE, _CLOSER, _CLOSEST = 0.7, 0.1, 0.02  # lengths of a Newton step, in the scale of the point, that end centring
_MAX_NEWTONS = 30
_MAX_STEPS = 200
_MAX_RETREAT = 40  # positions from the last one back that are tried with exact data
_HOPELESS = "the least rate is not below 1"
_FAR = 2**10  # multiple of the estimated gap at which a rate above 1 is given up
_INSIDE = 0.5
_LARGE = 80
_HARMLESS = 1e-2
_LEAST_PROGRESS = 1e-3  # of a step along the tangent


def follow(problem: Problem, slack: Fraction) -> Descent:
    """Search the least rate until the distance to it is at most slack * (1 - rate).

    In doubles first; where these stall, from the last good point on with exact data.
    """
    positions: list[Position] = []
    newtons, trouble = 0, "no strictly feasible V was found to start from"
    try:
        cone = Cone.start(problem)
        if cone:
            newtons, trouble = _walk(cone, positions, slack)
    except FLOAT_FAILURES as error:
        trouble = f"floats failed: {error}"
    if not trouble and not _inside(problem, positions[-1]):
        trouble = "doubles have drifted"
    if trouble and not trouble.startswith(_HOPELESS) and positions:
        _log.debug("in doubles: %s; going on with exact data", trouble)
        more, trouble = _walk_exactly(problem, positions, slack, trouble)
        newtons += more
    if trouble and not any(position.rate < 1 for position in positions):
        trouble = f"no rate below 1 was found; {trouble}"
    return Descent(tuple(positions), trouble, newtons)


def _walk(cone: Cone, positions: list[Position], slack: Fraction) -> tuple[int, str]:
    """Follow the path and note the positions; the number of Newton steps, and why it ended early."""
    path = _Path(cone)
    while True:
        centred = path.centre()
        here = path.position()
        if not centred and here.rate <= 1:  # above 1 any point will do
            return path.newtons, "Newton's method did not reach the centre"
        positions.append(here)
        _log.debug("rate %.15g, gap %.3g, %d Newton steps", float(here.rate), here.gap, path.newtons)
        if here.meets(slack):
            if path.centre(close=_CLOSER):  # the gap is one of a centre
                positions[-1] = path.position()
            return path.newtons, ""
        if centred and float(here.rate - 1) > _FAR * here.gap:
            return path.newtons, f"{_HOPELESS}, but about {float(here.rate):.4g}"
        if len(positions) > _MAX_STEPS or not path.advance(here.gap):
            return path.newtons, "the centres could not be followed any further"


def _walk_exactly(problem: Problem, positions: list[Position], slack: Fraction, trouble: str) -> tuple[int, str]:
    """Go on from the last position that is inside by exact arithmetic; positions beyond it are dropped."""
    for last in range(len(positions) - 1, max(-1, len(positions) - 1 - _MAX_RETREAT), -1):
        more: list[Position] = []
        try:
            cone = ExactCone(problem, positions[last])
            if cone.move_to(cone.centre(), positions[last].rate):
                newtons, trouble = _walk(cone, more, slack)
                positions[last:] = more
                return newtons, trouble
        except FLOAT_FAILURES as error:
            trouble = f"floats failed: {error}"
            if more:
                positions[last:] = more
                break
    return 0, trouble


def _inside(problem: Problem, position: Position) -> bool:
    """Whether the residual is what doubles take it for, nearly the identity, by exact arithmetic."""
    net = net_multipliers(problem, position.rate, position.values, position.multipliers)
    for number, (M, T) in enumerate(zip(position.coordinates, position.symbols)):
        form = T.T @ residual(problem, number, position.rate, M.T @ M, position.values, net) @ T
        if form.shape[0] and float(np.linalg.eigvalsh(form.floats())[0]) < _INSIDE:
            return False
    return True


def recentre(problem: Problem, position: Position) -> tuple[Position, list[np.ndarray]] | None:
    """The analytic centre at a position's rate, and the residual's dual there; None if floats cannot find it.

    Near the centre the dual is not quite the inverse of the residual, which is the identity in the scale of the
    point: less the change that Newton's step would make it obeys the equations of the dual exactly.
    """
    path, found = _Path(Cone(problem, position)), None
    for close in (_CLOSER, _CLOSEST):  # each time with V's size measured at the last point
        if not (path.cone.move_to(path.cone.centre(), position.rate) and path.centre(close=close)):
            break
        change = path.system.slacks @ path.system.newton()
        duals, place = [], 0
        for cell in path.cone.cells:
            duals.append(np.eye(cell.n) - cell.matrix(change[place : place + len(cell.unit)]))
            place += len(cell.unit)
        found = path.position(), duals
        path.cone.normal = path.cone.slope_of_entries()
    return found


class _Path:
    """A point of the cone on its way."""

    def __init__(self, cone: Cone) -> None:
        self.cone = cone
        self.newtons = 0
        self.system: _LeastSquares  # at the present point, after centring

    def centre(self, *, close: float = _CLOSE) -> bool:
        """Go to the analytic centre at the present rate."""
        for _ in range(_MAX_NEWTONS):
            self.system = _LeastSquares(self.cone)
            step = self.system.newton()
            change = self.system.slacks @ step
            self.newtons += 1
            if float(np.linalg.norm(change)) < close:
                return True
            length = _line_search(self.cone.eigenvalues(change))
            while not self.cone.move_to(self.cone.centre() + length * step, self.cone.rate):
                length /= 2
                if length < _LEAST_PROGRESS:
                    return False
        self.system = _LeastSquares(self.cone)
        return False

    def advance(self, gap: float) -> bool:
        """Lower the rate and move along the tangent, most of the way to the boundary."""
        step = self.system.tangent()
        change = self.system.slacks @ step - self.system.rate_slope
        fall = _SHARE / max(-float(np.min(self.cone.eigenvalues(change))), 1e-300)
        least = _LEAST_PROGRESS * fall
        while fall > least:
            rate = self.cone.rate - Fraction(fall)
            rate = self.cone.rate / 16 if rate <= 0 else dyadic_above(rate, min(fall, gap) / 2**7)
            moved = float(self.cone.rate - rate)
            if moved > 0 and self.cone.move_to(self.cone.centre() + moved * step, rate):
                return True
            fall *= 0.7
        return False

    def position(self) -> Position:
        """The present point, with the gap that a dual point at this place shows."""
        return self.cone.position(self.cone.order / float(self.cone.slope_of_entries() @ self.cone.centre()))


class _LeastSquares:
    """Newton's system at a point: directions in y that keep V's size, and the slacks they make."""

    def __init__(self, cone: Cone) -> None:
        self.slacks = cone.slacks()
        self.rate_slope = cone.rate_slope()
        self._mirror, self._dropped = _mirror(cone.normal)
        moved = np.delete(self.slacks - 2 * np.outer(self.slacks @ self._mirror, self._mirror), self._dropped, axis=1)
        self._lengths = 1 / np.maximum(np.linalg.norm(moved, axis=0), 1e-300)
        moved *= self._lengths
        targets = np.column_stack([cone.units(), self.rate_slope])
        self._triangle, self._targets = _triangular(moved, targets)
        slope = cone.slope_of_entries()
        self._slope = np.delete(slope - 2 * (slope @ self._mirror) * self._mirror, self._dropped) * self._lengths

    def newton(self) -> np.ndarray:
        """The step towards the centre."""
        return self._solve(self._targets[:, 0])

    def tangent(self) -> np.ndarray:
        """How the centre moves as the rate falls, per unit of the rate."""
        return self._solve(self._targets[:, 1] - np.linalg.solve(self._triangle.T, self._slope))

    def _solve(self, right: np.ndarray) -> np.ndarray:
        along = np.insert(np.linalg.solve(self._triangle, right) * self._lengths, self._dropped, 0.0)
        step: np.ndarray = along - 2 * (self._mirror @ along) * self._mirror
        return step


def _triangular(matrix: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """R and Q^T targets of matrix = Q R, so that R x = Q^T target has the least-squares solutions.

    Large systems by Cholesky's factor of matrix^T matrix, which squares the condition number; one step of
    refinement tells whether that did harm, and mends it if not.
    """
    size = matrix.shape[1]
    if size > _LARGE:
        try:
            triangle = np.linalg.cholesky(matrix.T @ matrix).T
            right = np.linalg.solve(triangle.T, matrix.T @ targets)
            rest = targets - matrix @ np.linalg.solve(triangle, right)
            change = np.linalg.solve(triangle.T, matrix.T @ rest)
            if np.all(np.linalg.norm(change, axis=0) < _HARMLESS * np.linalg.norm(right, axis=0)):
                return triangle, right + change
        except np.linalg.LinAlgError:
            pass
    triangle = np.asarray(np.linalg.qr(np.hstack([matrix, targets]), mode="r"))
    return triangle[:size, :size], triangle[:size, size:]


def _mirror(vector: np.ndarray) -> tuple[np.ndarray, int]:
    """The unit vector whose reflection takes this vector to an axis, and the number of that axis."""
    axis = int(np.argmax(np.abs(vector)))
    mirror = vector / np.linalg.norm(vector)
    mirror[axis] += np.copysign(1.0, vector[axis])
    return mirror / np.linalg.norm(mirror), axis


def _line_search(eigenvalues: np.ndarray) -> float:
    """The length of a step whose slacks are 1 + length * eigenvalue that makes their product largest."""
    least = float(np.min(eigenvalues))
    boundary = -1 / least if least < 0 else 1e9
    length = min(1.0, boundary / 2)
    for _ in range(20):
        terms = eigenvalues / (1 + length * eigenvalues)
        better = length + float(np.sum(terms) / np.sum(terms**2))
        better = min(max(better, length / 4), 0.95 * boundary)
        if abs(better - length) < 1e-3 * length:
            break
        length = better
    return length
