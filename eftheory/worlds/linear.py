"""The linear world: one concrete instance, replayed exactly."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from eftheory.exact.vector import Vector
from eftheory.worlds.agents import AgentVector, Weights


class LinearWorld:
    """Vectors are rows of rationals; functions are f_i(x) = 1/2 sum_k h_ik x_k^2.

    The symbols of ``Vector`` are here the coordinates, an orthonormal basis, so the square of
    a vector is the sum of the squares of its coefficients. All f_i are stationary at x* = 0.
    Agents of one type do the same, so deviations are zero. The compressor answers what it is
    told to, call by call; what it was asked and what it said is kept in ``compressions``.

    Args:
        counts: agents of each type.
        curvatures: per type a vector with the curvature h_ik in each coordinate k.
        messages: per call of ``compress`` the outputs of each type.
    """

    def __init__(
        self,
        counts: tuple[int, ...],
        *,
        curvatures: tuple[Vector, ...],
        messages: Iterable[tuple[Vector, ...]] = (),
    ) -> None:
        self.weights = Weights(counts)
        self.curvatures = curvatures
        self.compressions: list[tuple[AgentVector, AgentVector]] = []
        self._messages = iter(messages)

    @property
    def minimiser(self) -> Vector:
        """The common minimiser, the origin."""
        return Vector()

    def mean(self, v: AgentVector) -> Vector:
        """The average (1/n) sum_i v_i."""
        return self.weights.mean(v)

    def square(self, v: Vector) -> Fraction:
        """The number ||v||^2."""
        return sum((value * value for _, value in v), Fraction(0))

    def mean_square(self, v: AgentVector) -> Fraction:
        """The number (1/n) sum_i ||v_i||^2."""
        return sum(
            (share * self.square(mean) for share, mean in zip(self.weights.shares, v.means)), Fraction(0)
        )

    def gradient(self, x: Vector) -> AgentVector:
        """The gradients h_ik x_k."""
        return self.agent_vector(multiply(curvature, x) for curvature in self.curvatures)

    def value(self, x: Vector) -> Fraction:
        """f(x) - f(x*) = 1/2 mean_i sum_k h_ik x_k^2."""
        total = Fraction(0)
        for share, curvature in zip(self.weights.shares, self.curvatures):
            total += share / 2 * sum((h * x[k] * x[k] for k, h in curvature), Fraction(0))
        return total

    def compress(self, v: AgentVector) -> AgentVector:
        """The next recorded messages, whatever was asked; the checker compares the two.

        Raises:
            ValueError: the method compresses more often than the instance answers.
        """
        message = next(self._messages, None)
        if message is None:
            raise ValueError("the instance holds too few messages for this method")
        answer = self.agent_vector(message)
        self.compressions.append((v, answer))
        return answer

    def agent_vector(self, means: Iterable[Vector]) -> AgentVector:
        """The vector that has the given value at every agent of a type."""
        values = tuple(means)
        return AgentVector(values, (Vector(),) * len(values))


def multiply(diagonal: Vector, v: Vector) -> Vector:
    """The coordinatewise product."""
    return Vector({k: diagonal[k] * value for k, value in v})
