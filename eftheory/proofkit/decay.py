"""What each step multiplies by 1 - loss at most tends to zero: the end of a proof of linear convergence."""

from __future__ import annotations

from collections.abc import Mapping

from eftheory.proofkit.kernel.expression import Node, Relation, Symbol, expectation
from eftheory.proofkit.kernel.reason import Geometric, Repeated
from eftheory.proofkit.kernel.substitution import substitute
from eftheory.proofkit.theorem import Theorem


class Decay:
    """V over T steps, each of which multiplies it by 1 - loss at most.

    V_T <= (1 - loss)^T V_0, and 0 <= (1 - loss)^T <= 1/(1 + T loss). V_0 may be of any sign.

    Args:
        theorem: that is to say so.
        V: made of numbers that a step changes, as ``f + step / theta * G``.
        loss: a positive number; the theorem has to prove that it is at most 1.
        T: the number of steps.
        power: a new name, for (1 - loss)^T.
        numbers: by those of which V is made, what each is at first and after one step.

    >>> t = Theorem("decay", "What loses a share at each step tends to zero")
    >>> loss, T = t.parameter("loss", above=0, below=1), t.parameter("T", at_least=0)
    >>> f, f_0, f_next = t.scalar("f"), t.scalar("f0"), t.scalar("f+")
    >>> one_step = t.given("one step", f_next <= (1 - loss) * f)
    >>> decay = Decay(t, f, loss, T, t.scalar("power"), {f: (f_0, f_next)})
    >>> shrinks, below_one, linear, small, sign = t.claim(*decay.claims)
    >>> sign = t.positive("rate at least zero", decay.rate >= 0)
    >>> repeated = decay.repeat(one_step)
    >>> t.qed(one_step, t.positive("rate below 1", below_one), repeated, *decay.vanish())
    >>> from eftheory.proofkit.kernel import check
    >>> check(t).status
    'PROVED'
    """

    def __init__(
        self,
        theorem: Theorem,
        V: Node,
        loss: Node,
        T: Symbol,
        power: Symbol,
        numbers: Mapping[Symbol, tuple[Symbol, Symbol]],
    ) -> None:
        self.theorem, self.V, self.rate, self.T, self.power = theorem, V, 1 - loss, T, power
        self._first = {number: first for number, (first, _) in numbers.items()}
        self._next = {number: after for number, (_, after) in numbers.items()}
        self._last = {number: theorem.scalar(f"{number.name}T", latex=f"{number.name}^{{T}}") for number in numbers}
        self._growth = 1 + T * loss

    @property
    def claims(self) -> tuple[Relation, Relation, Relation, Relation, Relation]:
        """E V+ <= (1 - loss) V; 1 - loss < 1; V_T <= (1 - loss)^T V_0; (1 - loss)^T <= 1/(1 + T loss), and >= 0."""
        after = {number: expectation(value) if value.random else value for number, value in self._next.items()}
        first, last = substitute(self.V, self._first), substitute(self.V, self._last)
        shrinks = substitute(self.V, after) <= self.rate * self.V
        return shrinks, self.rate < 1, last <= self.power * first, self.power <= 1 / self._growth, self.power >= 0

    def repeat(self, one_step: str) -> str:
        """The third claim from the first, by induction."""
        reason = Repeated(one_step, self.V, self._next, self.rate, self.power, self._first, self._last)
        return self.theorem.repeat("T steps", self.claims[2], reason)

    def vanish(self) -> tuple[str, str]:
        """The last two claims, by Bernoulli's inequality."""
        bernoulli = Geometric(self.power, self.rate, self.T)
        small = self.theorem.geometric("power", self.power * self._growth <= 1, bernoulli)
        limit = self.theorem.combine("limit", self.claims[3], [(1 / self._growth, small)])
        return limit, self.theorem.geometric("power at least zero", self.claims[4], bernoulli)
