"""Per-agent vectors under the type reduction: type means and zero-sum deviations.

**The reduction, with its proof.** Agents of one type t (count_t of them) obey the same
inequalities, and a method treats them alike: every per-agent vector it forms is

    v_i = sum_k a_k y_i^(k) + w,      i of type t,

with coefficients a_k common to the type, per-agent symbols y_i^(k), and w a combination of
server vectors and of means over agents. Write y_i = ybar_t + ytilde_i with the deviations
summing to zero over the type. Then vbar_t = sum_k a_k ybar_t^(k) + w and vtilde_i = sum_k
a_k ytilde_i^(k): means see only means, deviations see only deviations with the same a_k, and
what the server computes (means over agents) sees no deviation. Moreover

    sum_{i in t} ||v_i||^2 = count_t ||vbar_t||^2 + sum_{i in t} ||vtilde_i||^2,

because the cross terms 2 <vbar_t, sum_i vtilde_i> vanish. So a form that gives all agents of
a type the same coefficients is, divided by n,

    mean block (all type means, weights count_t / n) + sum_t (1/n) sum_{i in t} q_t(vtilde_i),

with one small quadratic form q_t for each type, and it is nonnegative as soon as the mean
block and every q_t are. Conversely the deviations of a type with two or more agents range
over all (y, -y), so that q_t must be nonnegative; for one agent they are zero. No n appears:
ten million equal agents cost what two cost.

A deviation symbol below stands for "apply q_t to each agent's deviation and average over n".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from eftheory.exact.form import Form, inner, square
from eftheory.exact.vector import Rational, Vector


@dataclass(frozen=True)
class AgentVector:
    """One vector per agent: for each type its mean and its deviations (zero for one agent).

    Server vectors are broadcast: adding one adds it to every agent's vector.
    """

    means: tuple[Vector, ...]
    deviations: tuple[Vector, ...]

    def _combine(self, other: object, operation: Callable[[Vector, Vector], Vector]) -> AgentVector:
        if isinstance(other, Vector):
            return AgentVector(tuple(operation(mean, other) for mean in self.means), self.deviations)
        if not isinstance(other, AgentVector):
            return NotImplemented
        return AgentVector(
            tuple(map(operation, self.means, other.means)),
            tuple(map(operation, self.deviations, other.deviations)),
        )

    def __add__(self, other: AgentVector | Vector) -> AgentVector:
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other: AgentVector | Vector) -> AgentVector:
        return self._combine(other, lambda a, b: a - b)

    def __radd__(self, other: Vector) -> AgentVector:
        return self + other

    def __rsub__(self, other: Vector) -> AgentVector:
        return -1 * self + other

    def __rmul__(self, factor: Rational) -> AgentVector:
        return self.scaled([factor] * len(self.means))

    def scaled(self, factors: list[Rational]) -> AgentVector:
        """The vectors of each type multiplied by that type's factor."""
        return AgentVector(
            tuple(factor * mean for factor, mean in zip(factors, self.means)),
            tuple(factor * deviation for factor, deviation in zip(factors, self.deviations)),
        )


class Weights:
    """The shares count_t / n of the types, and the averages formed with them."""

    def __init__(self, counts: tuple[int, ...]) -> None:
        self.counts = counts
        self.shares = tuple(Fraction(count, sum(counts)) for count in counts)

    def mean(self, v: AgentVector) -> Vector:
        """The server's average (1/n) sum_i v_i."""
        total = Vector()
        for share, mean in zip(self.shares, v.means):
            total = total + share * mean
        return total

    def inner(self, v: AgentVector, w: AgentVector, kind: int) -> Form:
        """The type's part (1/n) sum_{i of this type} <v_i, w_i> of the average."""
        return self.shares[kind] * inner(v.means[kind], w.means[kind]) + inner(
            v.deviations[kind], w.deviations[kind]
        )

    def square(self, v: AgentVector, kind: int) -> Form:
        """The type's part (1/n) sum_{i of this type} ||v_i||^2 of the average."""
        return self.shares[kind] * square(v.means[kind]) + square(v.deviations[kind])

    def mean_square(self, v: AgentVector) -> Form:
        """The average (1/n) sum_i ||v_i||^2."""
        return Form.sum((1, self.square(v, kind)) for kind in range(len(self.shares)))
