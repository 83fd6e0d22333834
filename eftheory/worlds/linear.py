"""The linear world: one concrete instance, replayed exactly."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce

from eftheory.exact.budget import plus, spend, times
from eftheory.exact.vector import Vector
from eftheory.methods.world import Reader
from eftheory.worlds.agents import AgentVector, Weights


class LinearWorld(Reader):
    """Vectors are rows of rationals; functions are f_i(x) = 1/2 sum_k h_ik x_k^2, stationary at x* = 0.

    The symbols of ``Vector`` are here the coordinates k of an orthonormal basis. Agents of one type do the same,
    so deviations are zero. The compressor answers what it is told to, call by call and type by type
    (``messages``); what it was asked and what it said is kept in ``compressions``.
    """

    minimiser = Vector()
    agent_vector = staticmethod(AgentVector.alike)

    def __init__(
        self, counts: Sequence[int], *, curvatures: tuple[Vector, ...], messages: Iterable[tuple[Vector, ...]] = ()
    ) -> None:
        self.weights = Weights(counts)
        self.mean = self.weights.mean
        self.curvatures = curvatures
        self.compressions: list[tuple[AgentVector, AgentVector]] = []
        self._messages = iter(messages)

    def square(self, v: Vector) -> Fraction:
        """The number ||v||^2."""
        spend(v.numbers.values(), v.numbers.values())
        return Fraction(sum(value * value for value in v.numbers.values()), v.scale * v.scale)

    def mean_square(self, v: AgentVector) -> Fraction:
        """The number (1/n) sum_i ||v_i||^2."""
        return reduce(plus, (times(w, self.square(m)) for w, m in zip(self.weights.shares, v.means)), Fraction(0))

    def gradient(self, x: Vector) -> AgentVector:
        """The gradients h_ik x_k."""
        return self.agent_vector(multiply(curvature, x) for curvature in self.curvatures)

    def value(self, x: Vector) -> Fraction:
        """f(x) - f(x*) = 1/2 mean_i sum_k h_ik x_k^2."""
        curvature = self.mean(self.agent_vector(self.curvatures))
        return reduce(plus, (times(h / 2, times(x[k], x[k])) for k, h in curvature), Fraction(0))

    excess = value  # which is f(x) - inf f as soon as all curvatures of f are nonnegative

    def compress(self, v: AgentVector) -> AgentVector:
        """The next recorded messages, whatever was asked (the checker compares); ValueError where none is left."""
        for message in self._messages:
            self.compressions.append((v, self.agent_vector(message)))
            return self.agent_vector(message)
        raise ValueError("the instance holds too few messages for this method")


def multiply(diagonal: Vector, v: Vector) -> Vector:
    """The coordinatewise product."""
    spend(diagonal.numbers.values(), v.numbers.values())
    products = {k: diagonal.numbers.get(k, 0) * value for k, value in v.numbers.items()}
    return Vector.over(diagonal.scale * v.scale, products)
