"""What the closed forms say of a method on given agents, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory import laws
from eftheory.assumptions import AgentType
from eftheory.laws.enclosure import sign
from eftheory.laws.kinds import Number, settle, sqrt
from eftheory.laws.real import real
from eftheory.numbers import about, shown
from eftheory.theory.step_rule import OPTIMAL, StepRule


@dataclass
class Overview:
    """Exact figures by name, in order, and remarks.

    Attributes:
        method: its name.
        agents: with different constants each.
        alpha: contraction of the compressors.
        accuracy: relative to the start; steps are counted until it is reached.
        rule: whose step size it is.
        figures: exact numbers; None where there is none.
        remarks: what a figure means, by its name.
        notes: what else is to be said.
        tight: whether the rate is exact.
        smooth: step size and bound, times T/(f(x0) - inf f), of the theorem for smooth functions, convex or not.
        convex: step size and bound, times T/||x0 - x*||^2, of that for convex ones.
        pl: step size and rate of that under the PL inequality.
        formulas: whether its irrational figures have formulas, or are ``Real``.
    """

    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    accuracy: Fraction
    rule: StepRule
    figures: dict[str, Number] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tight: bool = False
    formulas: bool = True
    smooth: dict[str, Number] = field(default_factory=dict)
    convex: dict[str, Number] = field(default_factory=dict)
    pl: dict[str, Number] = field(default_factory=dict)

    def number(self, x: Fraction) -> Number:
        """The fraction as a number whose roots have formulas, or only balls around them if nobody reads formulas."""
        return x if self.formulas else real(x)

    @property
    def flat(self) -> bool:
        """Whether no function is strongly convex."""
        return all(agent.mu == 0 for agent in self.agents)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return sum(agent.count for agent in self.agents)

    def mean(self, name: str, power: int = 1) -> Fraction:
        """The mean over agents of a power of L or of mu."""
        total = sum((agent.count * getattr(agent, name) ** power for agent in self.agents), Fraction(0))
        return total / self.n_agents

    def set_rates(self, step: Number, limit: Number, upper: Number | None, lower: Number) -> None:
        """Enter step, rates, steps to accuracy and limit, and say what they mean."""
        figures, remarks = self.figures, self.remarks
        self.tight = upper is lower
        figures |= {"step_size": step, "rate_upper": upper, "rate_lower": lower}
        remarks["step_size"] = {"law": "the law's", "optimal": "the best", "given": "as given"}[self.rule.name]
        if self.tight:
            remarks["rate_upper"] = "exact"
        else:
            remarks["rate_upper"] = "the law for unequal agents" if upper is not None else "none"
            remarks["rate_lower"] = "averaged constants" if len(self.agents) > 1 else "a quadratic"
        if self.rule == OPTIMAL and not self.tight:
            remarks["step_size"] = "the law's"
        flat = self.flat
        beyond = sign(step - limit) >= (1 if flat else 0)
        figures["iterations"] = None
        if beyond:
            self.notes.append(
                "the step size is at or beyond the stability limit: the worst case does not converge (rate >= 1)"
            )
        if not flat and not beyond:
            figures["iterations"] = laws.iterations_to_accuracy(upper, self.accuracy)
            remarks["iterations"] = f"until rate^t <= {shown(self.accuracy, about)}"
        figures["stability_limit"] = limit

    def set_smooth(self) -> None:
        """Enter the largest step size of `ef21_nonconvex`, a root of (xi L_tilde x)^2 + L x = 1, and its bound."""
        L, squares = self.mean("L"), self.mean("L", 2)
        radicand = L**2 + 4 * laws.xi(self.number(self.alpha)) ** 2 * squares
        bound = L + sqrt(self.number(radicand) if isinstance(radicand, Fraction) else radicand)
        self.smooth |= {"step_size": settle(2 / bound), "bound_times_T": settle(bound)}

    def set_convex(self) -> None:
        """Enter the largest step size of `ef_convex`, and its bound."""
        s = sqrt(1 - self.number(self.alpha))
        step = settle((1 - s) / ((1 + s) * self.mean("L")))
        if self.alpha < 1:
            self.convex |= {"step_size": step, "bound_times_T": settle(1 / (2 * step))}

    def set_pl(self) -> None:
        """Enter the largest step size of `cgd_pl`, and its rate, if there is one."""
        L, mu = self.mean("L"), self.mean("mu")
        if mu > 0:
            self.pl |= {"step_size": 1 / L, "rate_upper": 1 - self.alpha * mu / L}

    def set_contraction(self) -> None:
        """Enter theta, beta and xi."""
        for name in ("theta", "beta", "xi"):
            self.figures[name] = getattr(laws, name)(self.number(self.alpha))
        self.remarks["xi"] = "sqrt(beta/theta)"
