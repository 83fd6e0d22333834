"""EF21 on smooth functions that need not be convex: one step, and sums over time, for the proofs beside it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square
from eftheory.proofkit.expression import Node, Relation, Symbol
from eftheory.proofkit.kernel.expression import wrap


class SmoothAgents:
    """What belongs to an agent is L_i times a vector: its gradients are L_i h_i and L_i h+_i, the error g_i - d_i of
    its estimate is L_i u_i, its message is L_i b_i. F is f less a lower bound, S is ||grad f||^2, G the mean of
    (L_A/L_i) ||g_i - d_i||^2.

    Args:
        theorem: about them; these are its hypotheses.
        s: a compressor leaves at most s of a vector's length.
        L_A: the mean of the L_i.
        step: the step size.
    """

    def __init__(self, theorem: Theorem, s: Node, L_A: Node, step: Node) -> None:
        self.theorem, self.s, self.L_A, self.step = theorem, s, L_A, step
        self.L = L = theorem.parameter("L", above=0, indexed=True)
        self.f, self.f_next = (theorem.scalar("f", indexed=True), theorem.scalar("f+", indexed=True, latex="f^{+}"))
        self.F, self.F_next = theorem.scalar("F"), theorem.scalar("F+", latex="F^{+}")
        self.S, self.S_next = theorem.scalar("S"), theorem.scalar("S+", latex="S^{+}")
        self.G, self.G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
        self.u, self.h = u, h = theorem.vector("u", indexed=True), theorem.vector("h", indexed=True)
        self.h_next = h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
        self.b = b = theorem.vector("b", indexed=True, random=True)
        self.new = OneStep(EF21, {"step_size": step}, {"d": L * (h - u)}, gradient=L * h_next, compress=L * b)
        move = self.new.move("x", -step * mean(L * (h - u)))
        self.turn = turn = h_next - h
        self.sent = turn + u
        rewritten(self.new.sent, L * self.sent)
        self.u_next = turn + u - b
        rewritten(L * h_next - self.new.d, L * self.u_next)
        self.middle, self.bend = inner(h + h_next, move) * L / 2, L / 4 * square(move) - L / 4 * square(turn)
        self.hypotheses = [theorem.given(name, relation) for name, relation in self._said().items()]

    def _said(self) -> dict[str, Relation]:
        L, L_A, f, f_next, h = self.L, self.L_A, self.f, self.f_next, self.h
        left = square(L * self.b - self.new.sent)
        return {
            "G now": self.G.equals(L_A * mean(L * square(self.u))),
            "G next": self.G_next.equals(L_A * mean(L * square(self.u_next))),
            "S now": self.S.equals(square(mean(L * h))),
            "S next": self.S_next.equals(square(mean(L * self.h_next))),
            "L_A": mean(L).equals(L_A),
            "F now": self.F.equals(mean(f)),
            "F next": self.F_next.equals(mean(f_next)),
            "bounded below": self.S / (2 * L_A) <= self.F,
            "f_i is smooth": f_next <= f + self.middle + self.bend,
            "f_i is smooth, backwards": f + self.middle <= f_next + self.bend,
            "compressor": expectation(left) <= self.s**2 * square(self.new.sent),
        }

    def V(self, p: Any, a: Any, r: Any) -> Node:
        """Before a step."""
        return p * (self.L_A * self.F - self.S / 2) + a * self.G + r * self.S

    def V_next(self, p: Any, a: Any, r: Any) -> Node:
        """What is expected after it."""
        return p * (self.L_A * self.F_next - self.S_next / 2) + a * expectation(self.G_next) + r * self.S_next

    def bound(self, p: Any, a: Any, r: Any) -> Relation:
        """That the sum of ||grad f||^2 over the first T points is small: T times the average."""
        self.average = self.theorem.scalar("average")
        self.F_0, self.G_0, self.S_0 = (self.theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "FGS")
        self.T = self.theorem.parameter("T", above=0)
        return self.T * self.average <= p * (self.L_A * self.F_0 - self.S_0 / 2) + a * self.G_0 + r * self.S_0

    def sum_up(self, claim: Relation, numbers: Mapping[str, Any], using: Mapping[str, Any] | None = None) -> str:
        """The bound, from what `ef21_nonconvex_any_agents` says of one step; numbers by their names there.

        Args:
            using: multiples of lines by which a coefficient of the form is what it is, by its name.
        """
        numbers = {name: wrap(number) for name, number in numbers.items()}  # so that the lemma's lines look the same
        t, s, weights = self.step * self.L_A, self.s, [numbers[name] for name in "par"]
        said = form({**numbers, "t": t, "s": s})
        using = using or {}
        lines = (self.theorem.combine(name, relation, using.get(name, ())) for name, relation in said.items())
        given = [*self.hypotheses, *lines]
        values = {"gamma": self.step, "s": s, **{name: numbers[name] for name in "pqarABCxyz"}}
        V = self.V(*weights)
        says: dict[str, Relation] = {"one step": self.V_next(*weights) <= V - self.S, "V at least zero": V >= 0}
        one_step, start = [
            self.theorem.lemma(name, line, "ef21_nonconvex_any_agents", values, given=given)
            for name, line in says.items()
        ]
        followed = {self.F: self.F_next, self.G: self.G_next, self.S: self.S_next}
        first = {self.F: self.F_0, self.G: self.G_0, self.S: self.S_0}
        summed = Telescoped(one_step, V, followed, 1, self.S, start, self.average, first, self.T)
        mean_of_all = self.average <= claim.right / self.T
        average = self.theorem.telescope("average over time", mean_of_all, summed)
        return self.theorem.cancel("sum over time", claim, average, 1 / self.T)

    def example(self, gamma: Any, numbers: Mapping[Symbol, Any]) -> None:
        """Gradient descent on ||x||^2/2, which EF21 with exact messages is, with this step and L_A = 1."""
        at, then, back = [1, 0], [1 - gamma, 0], [-gamma, 0]
        vectors = {self.L: [1, 1], self.u: [[0, 0]] * 2, self.h: [at] * 2, self.h_next: [then] * 2}
        half, left = Fraction(1, 2), 1 - self.step
        values = {self.f: [half] * 2, self.f_next: [(1 - gamma) * (1 - gamma) * half] * 2, self.b: [[back] * 2] * 2}
        self.theorem.example(
            later={
                **{self.u: self.u_next, self.h: self.h_next, self.f: self.f_next, self.b: left * self.b},
                **{self.h_next: left * self.h_next, self.f_next: left**2 * self.f_next},
            },
            values={
                **{symbol: Fraction(it) if isinstance(it, str) else it for symbol, it in numbers.items()},
                **vectors,
                **values,
            },
        )


def form(of: Mapping[str, Any]) -> dict[str, Relation]:
    """That a form in three numbers is a sum of squares, coefficient by coefficient: with k = h+ - h and m = p + q,

    a u^2 - a s^2 (k + u)^2 - (1 + p/2 - r) h^2 + (p/2 - r) (h + k)^2 + p/2 t (h - u) (2 h + k)
    + m/4 (k^2 - t^2 (h - u)^2) = A (h + x u + y k)^2 + B (u + z k)^2 + C k^2.
    """
    p, q, a, r, A, B, C, x, y, z, t, s = (of[name] for name in (*"pqarABCxyz", "t", "s"))
    m = p + q
    return {
        "of h h": wrap(A).equals(p * t - m * t**2 / 4 - 1),
        "of u h": wrap(A * x).equals(m * t**2 / 4 - p * t / 2),
        "of h k": wrap(A * y).equals(p * t / 4 + p / 2 - r),
        "of u u": wrap(A * x**2 + B).equals(a * (1 - s**2) - m * t**2 / 4),
        "of u k": wrap(A * x * y + B * z).equals(-a * s**2 - p * t / 4),
        "of k k": wrap(A * y**2 + B * z**2 + C).equals(m / 4 - a * s**2 + p / 2 - r),
    }
