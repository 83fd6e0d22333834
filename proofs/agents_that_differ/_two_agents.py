"""Two agents that differ, one step of EF21 and of EF on them, and V with three weights: for the proofs beside it."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.proofkit import Theorem, complete_squares, expectation, square
from eftheory.proofkit.expression import Node, Relation, Symbol

AGENTS = 0, 1


@dataclass(frozen=True)
class Step:
    """One step of a method.

    Args:
        ending: what the names of its hypotheses end with.
        move: p for EF21, y for EF.
        residuals: r_i for EF21, q_i for EF; they are not longer than the move.
        inputs: what the agents compress.
        messages: what the compressors answer.
        means: the mean gradient before and after; for EF, Y.
        V: before and after.
        form: u_1, u_2, r_1, r_2 and p, which for EF is -step y.
        scale: the square of p/move.
    """

    ending: str
    move: Node
    residuals: list[Symbol]
    inputs: list[Node]
    messages: list[Symbol]
    means: tuple[Node, Node]
    V: tuple[Node, Node]
    form: tuple[Node, ...]
    scale: Fraction

    def names(self, what: str) -> list[str]:
        """The names of the hypotheses of a kind, one for each agent."""
        return [f"{what} {i + 1}{self.ending}" for i in AGENTS]


class TwoAgents:
    """Two agents, their compressors, a step size, and V = w_1 ||u_1||^2 + w_2 ||u_2||^2 + w_3 ||G||^2.

    Args:
        theorem: about them.
        s: a compressor leaves at most s of a vector's length.
        L: of each agent.
        mu: of each agent.
        weights: w_1, w_2 and w_3.
        share: the step size over that of the law.
        mark: what the names of its vectors and hypotheses end with.
    """

    def __init__(
        self,
        theorem: Theorem,
        s: Fraction,
        L: tuple[Fraction, Fraction],
        mu: tuple[Fraction, Fraction],
        weights: tuple[int, int, int],
        share: Fraction = Fraction(1),
        mark: str = "",
    ) -> None:
        self.theorem, self.s, self.weights, self.mark = theorem, s, weights, mark
        self.sigma, self.delta = [L[i] + mu[i] for i in AGENTS], [L[i] - mu[i] for i in AGENTS]
        self.S = sum(self.sigma) / 2
        self.law_step = 2 / self.S * (1 - s) / (1 + s)
        self.step = share * self.law_step

    def ef21(self) -> Step:
        """x moves by p, and the gradients by (sigma_i/2) p + (delta_i/2) r_i."""
        g, d, r, b = self._pair("g"), self._pair("d"), self._pair("r"), self._pair("b", random=True)
        p = -self.step * (d[0] + d[1]) / 2
        v = [g[i] + (self.sigma[i] * p + self.delta[i] * r[i]) / 2 - d[i] for i in AGENTS]
        G, G_after = (g[0] + g[1]) / 2, (v[0] + d[0] + v[1] + d[1]) / 2
        u = g[0] - d[0], g[1] - d[1]
        V = self._lyapunov(*u, G), self._lyapunov(v[0] - b[0], v[1] - b[1], G_after)
        return Step(self.mark, p, r, v, b, (G, G_after), V, (*u, *r, p), Fraction(1))

    def ef(self) -> Step:
        """y is x - x*, and the gradients are (sigma_i/2) y + (delta_i/2) q_i; u_i = -e_i, p = -step y."""
        y, e, q, c = (
            self.theorem.vector(f"y{self.mark}"),
            self._pair("e"),
            self._pair("q"),
            self._pair("c", random=True),
        )
        w = [e[i] + self.step * (self.sigma[i] * y + self.delta[i] * q[i]) / 2 for i in AGENTS]
        Y = y - (e[0] + e[1]) / 2
        Y_after = y - (c[0] + c[1]) / 2 - (w[0] - c[0] + w[1] - c[1]) / 2
        V = self._lyapunov(*e, Y), self._lyapunov(w[0] - c[0], w[1] - c[1], Y_after)
        form = -e[0], -e[1], -self.step * q[0], -self.step * q[1], -self.step * y
        return Step(f", EF{self.mark}", y, q, w, c, (Y, Y_after), V, form, self.step**2)

    def suppose(self, step: Step) -> None:
        """The hypotheses: residuals are not longer than the move, and each compressor contracts."""
        for name, own in zip(step.names("two points"), step.residuals):
            self.theorem.given(name, square(own) <= square(step.move))
        for name, message, v in zip(step.names("compressor"), step.messages, step.inputs):
            self.theorem.given(name, expectation(square(message - v)) <= self.s**2 * square(v))

    def prove(
        self, name: str, goal: Relation, step: Step, rate: Fraction, multipliers: tuple[Fraction, Fraction]
    ) -> str:
        """V+ <= rate V, by the hypotheses times their multipliers, and a sum of squares."""

        def left_over(u1, u2, r1, r2, p):
            """The form where the vectors are numbers."""
            changes = [(self.sigma[i] * p + self.delta[i] * (r1, r2)[i]) / 2 for i in AGENTS]
            G = (u1 + u2) / 2 - p / self.step
            errors = [self.s * (u + change) for u, change in zip((u1, u2), changes)]
            before, after = self._lyapunov(u1, u2, G, _power), self._lyapunov(*errors, G + sum(changes) / 2, _power)
            return rate * before - after - multipliers[0] * (p**2 - r1**2) - multipliers[1] * (p**2 - r2**2)

        short = [(step.scale * m, line) for m, line in zip(multipliers, step.names("two points"))]
        using = [*zip(self.weights, step.names("compressor")), *short]
        return self.theorem.combine(name, goal, using, squares=complete_squares(left_over, *step.form))

    def Q(self, rho):
        """The law's cubic."""
        s, S = self.s, self.S
        m = sum(self.delta) / (2 * S)
        K = sum(self.delta[i] ** 2 / self.sigma[i] for i in AGENTS) / (2 * S)
        R = (1 - s) ** 2 / (1 + s)
        return (rho - s) * (rho**2 - (s + s**2 + R * s * K) * rho + s**3) - R * m**2 * rho * (rho - s**3)

    def quotient(self, rho: Symbol, at: Fraction) -> Node:
        """(Q(rho) - Q(at))/(rho - at), sorted by powers of rho - s."""
        s, Q = self.s, self.Q
        Q_2, Q_1 = (Q(1) + Q(-1)) / 2 - Q(0), (Q(1) - Q(-1)) / 2 - 1
        at_s = s**2 + (Q_2 + at) * s + (Q_1 + Q_2 * at + at**2)
        return (rho - s) ** 2 + (2 * s + Q_2 + at) * (rho - s) + at_s

    def prove_above(self, goal: Relation, rho: Symbol, at: Fraction, quotient: Node) -> str:
        """rho, where the cubic is not negative, is above a number where it is, as the quotient is positive."""
        value = self.theorem.positive(f"value{self.mark}", self.Q(at + 0 * rho) < 0)
        product = self.theorem.combine(f"product{self.mark}", (rho - at) * quotient > 0, [value, f"law{self.mark}"])
        return self.theorem.cancel(f"above{self.mark}", goal, product, quotient)

    def _pair(self, name: str, random: bool = False) -> list[Symbol]:
        names = [(f"{name}{i}{self.mark}", f"{name}_{i}{self.mark}") for i in (1, 2)]
        return [self.theorem.vector(plain, random=random, latex=latex) for plain, latex in names]

    def _lyapunov(self, u1, u2, G, square=square):
        return self.weights[0] * square(u1) + self.weights[1] * square(u2) + self.weights[2] * square(G)


def _power(number):
    """The square of a number, which is no vector."""
    return number**2
