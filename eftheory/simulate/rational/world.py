"""The rational world: one run of a method on exact quadratics, without rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from eftheory.compressors.compressor import Compressor
from eftheory.methods.world import Reader
from eftheory.simulate.rational.arrays import ExactArray, as_fractions
from eftheory.simulate.rational.quadratic import RationalQuadratic
from eftheory.simulate.rational.rules import Rule, as_rule
from eftheory.simulate.world import check_factors


class RationalWorld(Reader):
    """Vectors as in ``NumericWorld``, but all their entries are Fractions.

    Args:
        problem: the functions.
        compressor: a ``Compressor`` that is not random, or a function of a list of Fractions;
            or a sequence of such, one for each agent. For random ones see ``fix_draw``,
            ``draw_fresh`` and ``enumerate_steps``.

    Raises:
        ValueError: there are not as many compressors as agents.

    >>> from eftheory.compressors import TopK
    >>> from eftheory.methods import EF21
    >>> world = RationalWorld(RationalQuadratic.of_spectra([[1, 2]]), TopK(1))
    >>> EF21(Fraction(1, 3)).step(world, world.array([1, 1]), world.array([[0, 2]]))[0]
    array([Fraction(1, 1), Fraction(1, 3)], dtype=object)
    """

    number = Fraction
    array = staticmethod(as_fractions)

    def __init__(self, problem: RationalQuadratic, compressor: Compressor | Rule | Sequence[Compressor | Rule]) -> None:
        each = list(compressor) if isinstance(compressor, Sequence) else [compressor] * problem.n_agents
        if len(each) != problem.n_agents:
            raise ValueError(f"{len(each)} compressors for {problem.n_agents} agents: give one, or one for each")
        self.problem = problem
        self._rules = [as_rule(one) for one in each]

    @property
    def minimiser(self) -> ExactArray:
        """A minimiser of the mean of all f_i; common to them where the problem has a common one."""
        return self.problem.minimiser

    def mean(self, v: ExactArray) -> ExactArray:
        """The average (1/n) sum_i v_i."""
        average: ExactArray = v.sum(axis=0) / len(v)
        return average

    def scaled(self, v: ExactArray, factors: Sequence[Fraction]) -> ExactArray:
        """The vectors factor_i v_i.

        Raises:
            ValueError: there are not as many factors as agents.
        """
        check_factors(v, factors)
        products: ExactArray = v * as_fractions(factors)[:, None]
        return products

    def gradient(self, x: ExactArray) -> ExactArray:
        """The gradients grad f_i(x)."""
        return self.problem.gradients(x)

    def value(self, x: ExactArray) -> Fraction:
        """f(x) - f(x*)."""
        return self.problem.value(x) - self.problem.value(self.problem.minimiser)

    def compress(self, v: ExactArray) -> ExactArray:
        """The messages C_i(v_i).

        Raises:
            TypeError: a message has an entry that is no int or Fraction.
            ValueError: a message has another length.
        """
        messages = as_fractions([list(rule(row.tolist())) for rule, row in zip(self._rules, v)])
        if messages.shape != v.shape:
            raise ValueError(f"a compressor turned {v.shape[-1]} entries into {messages.shape[-1:]}")
        return messages

    def square(self, v: ExactArray) -> Fraction:
        """||v||^2."""
        return Fraction((v * v).sum())

    def mean_square(self, v: ExactArray) -> Fraction:
        """(1/n) sum_i ||v_i||^2."""
        return self.square(v) / len(v)
