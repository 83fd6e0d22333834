"""Per-agent vectors under the type reduction: type means and zero-sum deviations.

**The reduction, with its proof.** Agents of one type t (count_t of them) obey the same inequalities, and a
method treats them alike: every per-agent vector it forms is

    v_i = sum_k a_k y_i^(k) + w,      i of type t,

with coefficients a_k common to the type, per-agent symbols y_i^(k), and w a combination of server vectors (x* is
one: nothing is put at the origin) and of means over agents. Write y_i = ybar_t + ytilde_i, the deviations ytilde_i
summing to zero over the type. Then vbar_t = sum_k a_k ybar_t^(k) + w and vtilde_i = sum_k a_k ytilde_i^(k): means see
only means, deviations only deviations, and what the server computes sees no deviation. The cross terms
2 <vbar_t, sum_i vtilde_i> vanish, so that

    sum_{i in t} ||v_i||^2 = count_t ||vbar_t||^2 + sum_{i in t} ||vtilde_i||^2.

So a form that gives all agents of a type the same coefficients is, divided by n,

    mean block (all type means, weights count_t / n) + sum_t (1/n) sum_{i in t} q_t(vtilde_i),

with one small quadratic form q_t for each type, and it is nonnegative as soon as the mean block and every q_t
are. Conversely the deviations of a type with two or more agents range over all (y, -y, 0, ...), so that q_t must
be nonnegative; for one agent they are zero. No n appears: ten million equal agents cost what two cost.

A deviation symbol below stands for "apply q_t to each agent's deviation, sum over the type, divide by n".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.exact.budget import times
from eftheory.exact.form import Form, inner
from eftheory.exact.number import Rational
from eftheory.exact.vector import Vector


@dataclass(frozen=True)
class AgentVector:
    """One vector per agent: for each type its mean and its deviations; adding a server vector shifts the means."""

    means: tuple[Vector, ...]
    deviations: tuple[Vector, ...]

    @classmethod
    def alike(cls, means: Iterable[Vector]) -> AgentVector:
        """The vector that is the same for all agents of a type."""
        means = tuple(means)
        return cls(means, (Vector(),) * len(means))

    def __add__(self, other: AgentVector | Vector) -> AgentVector:
        other = self.alike([other] * len(self.means)) if isinstance(other, Vector) else other
        means = (a + b for a, b in zip(self.means, other.means))
        return AgentVector(tuple(means), tuple(a + b for a, b in zip(self.deviations, other.deviations)))

    __radd__ = __add__

    def __sub__(self, other: AgentVector | Vector) -> AgentVector:
        return self + -1 * other

    def __rmul__(self, factor: Rational) -> AgentVector:
        return AgentVector(tuple(factor * v for v in self.means), tuple(factor * v for v in self.deviations))

    def of(self, t: int) -> AgentVector:
        """The vectors of type t alone."""
        return AgentVector(self.means[t : t + 1], self.deviations[t : t + 1])

    @classmethod
    def joined(cls, types: Iterable[AgentVector]) -> AgentVector:
        """One vector of those of each type."""
        types = tuple(types)
        return cls(tuple(v.means[0] for v in types), tuple(v.deviations[0] for v in types))


class Weights:
    """The shares count_t / n of the types, and the averages formed with them."""

    def __init__(self, counts: Sequence[int]) -> None:
        self.shares = tuple(Fraction(count, sum(counts)) for count in counts)

    def mean(self, v: AgentVector) -> Vector:
        """The server's average (1/n) sum_i v_i."""
        return Vector.sum(zip(self.shares, v.means))

    def average(self, numbers: Iterable[Fraction]) -> Fraction:
        """The average of one number for each type."""
        return sum((times(share, number) for share, number in zip(self.shares, numbers)), Fraction(0))

    def inner(self, v: AgentVector, w: AgentVector, t: int) -> Form:
        """The part (1/n) sum_{i of type t} <v_i, w_i> of the average."""
        return self.inner_of(t, v.of(t), w.of(t))

    def inner_of(self, t: int, v: AgentVector, w: AgentVector) -> Form:
        """The same for vectors of type t alone."""
        means, deviations = inner(v.means[0], w.means[0]), inner(v.deviations[0], w.deviations[0])
        return Form.sum([(self.shares[t], means), (1, deviations)])

    def mean_square(self, v: AgentVector) -> Form:
        """The average (1/n) sum_i ||v_i||^2."""
        return Form.sum((1, self.inner(v, v, t)) for t, _ in enumerate(self.shares))
