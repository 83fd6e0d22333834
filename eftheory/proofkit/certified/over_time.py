"""What one step says of all times: a sum of what V loses, or how V shrinks, by the kernel's rules for induction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eftheory.proofkit.kernel.expression import Node, Relation, Sum, Symbol, expectation, wrap
from eftheory.proofkit.kernel.reason import Repeated, Telescoped
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.theorem import Theorem


@dataclass
class OverTime:
    """The number that V is, followed over time.

    Args:
        theorem: to which hypotheses and lines are added.
        V: before a step.
        V_after: after it.
        random: whether that is.
        measure: of which V loses tau times in a step.
        rate: by which V shrinks, if tau is zero.
        tau: how much of the measure V loses.
        noise: how much of the constants of noise V gains at most.
        taken: names of other symbols.
    """

    theorem: Theorem
    V: Node
    V_after: Node
    random: bool
    measure: Node
    rate: Fraction
    tau: Fraction
    noise: Mapping[Node, Fraction]
    taken: Collection[str]

    def __post_init__(self) -> None:
        self.now = Symbol(self._free("Psi"), latex=r"\Psi")
        self.next = Symbol(f"{self.now.name}+", random=self.random, latex=r"\Psi^{+}")
        self.start = Symbol(self._free("Psi0"), latex=r"\Psi^{0}")
        self.end = Symbol(self._free("PsiT"), latex=r"\Psi^{T}")
        self.average = Symbol(self._free("average"))
        self.T = Symbol("T")
        self.power = Symbol(f"({write(wrap(self.rate))})^T")

    def claim(self) -> Relation:
        """What follows for all T: the mean of the measure; or V at time T, above a level that noise keeps."""
        if self.tau:
            self.theorem.parameter("T", above=0)
            return Relation(_times(self.tau, self.average), "<=", self._with_noise(self.start / self.T))
        self.theorem.parameter("T", at_least=0)
        return Relation(self._above(self.end), "<=", self.power * self._above(self.start))

    def prove(self, one_step: str, bounded: str) -> str:
        """Its proof, from the line of one step, and that of V >= 0, or of V above a multiple of the measure."""
        theorem, now = self.theorem, self.now
        theorem.given("Psi now", now.equals(self.V))
        theorem.given("Psi next", self.next.equals(self.V_after))
        after: dict[Symbol, Symbol] = {now: self.next}
        start: dict[Symbol, Node] = {now: self.start}
        (claim,) = theorem.conclusions[-1:]
        if self.tau:
            step = self._step(self._with_noise(now - _times(self.tau, self.measure)), one_step)
            floor = theorem.combine("Psi is not negative", now >= 0, [bounded], modulo=["Psi now"])
            noise, tau = self._with_noise(wrap(0)), wrap(self.tau)
            reason = Telescoped(step, now, after, tau, self.measure, floor, self.average, start, self.T, noise)
            return theorem.telescope("over time", claim, reason)
        step = self._step(self._with_noise(self.rate * now), one_step)
        if self.noise:
            left = self._above(self.next)
            shrinks = (expectation(left) if self.random else left) <= self.rate * self._above(now)
            step = theorem.combine("above the level", shrinks, [step])
        end: dict[Symbol, Node] = {now: self.end}
        shrunk = Repeated(step, self._above(now), after, wrap(self.rate), self.power, start, end)
        return theorem.repeat("over time", claim, shrunk)

    def _with_noise(self, node: Node) -> Node:
        """An expression, and what noise adds in a step."""
        added = [_times(factor, constant) for constant, factor in self.noise.items()]
        return Sum((node, *added)) if added else node

    def _above(self, node: Node) -> Node:
        """An expression less the level that noise keeps, what it adds in a step over 1 - rate."""
        levels = [_times(-factor / (1 - self.rate), constant) for constant, factor in self.noise.items()]
        return Sum((node, *levels)) if levels else node

    def _step(self, bound: Node, one_step: str) -> str:
        """The line of one step, about this number."""
        left: Node = self.next
        after = "Psi next"
        if self.random:
            left, relation = expectation(self.next), expectation(self.next).equals(expectation(self.V_after))
            after = self.theorem.expect("Psi next, expected", relation, after)
        return self.theorem.combine("one step of Psi", left <= bound, [one_step], modulo=["Psi now", after])

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "'"
        return name


def _times(factor: Fraction, node: Node) -> Node:
    product: Node = factor * node
    return node if factor == 1 else product
