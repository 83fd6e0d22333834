"""What is known of a method beyond its definition."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from eftheory.assumptions import AgentType
from eftheory.theory.overview import Overview

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Drift, Lower, Upper
    from eftheory.claims import Setting

Agents = tuple[AgentType, ...]


class Known(NamedTuple):
    """What is known of a method; a fact that is None is not known, and whoever asks for it says so.

    Attributes:
        law: the step size of the method's law for agents and alpha.
        optimal_types: up to how many different types of agents the law's step is proved to be the best; None: any.
        closed_form: V, multipliers and rate of a setting; None where they give no rate below 1.
        tight_form: the same where the rate is attained exactly; None where there is none in rationals.
        every_step: a rate that no constant step size goes below, for agents and alpha.
        proofs: slugs of the theorems that prove the closed form at the law's step, and ``every_step``.
        worst_case: an instance that attains a rate; None where there is none.
        drift: orbits along which f falls and gradients keep their length, for sums; None where there are none.
        enter_rates: enters what the laws say at the step of the overview's rule.
        theorems: slugs of theorems about it, for ``eftheory prove``, the strongest first.
        on_smooth, on_convex, on_pl: of a method with laws, the slugs of the theorems for smooth functions, convex or
            not, for convex ones, and under the PL inequality, perhaps about a method of which this one is a case;
            empty where there is none.
        as_case: in which case of the method that ``on_pl`` is about this one is; empty if it is about this one.
        enter_smooth: enters what these say.
        certified_as: of a method without certificates of its own, whose serve it, and how they are to be read.
        cites: keys of the papers to cite for it, that of the method first.
    """

    law: Callable[[Agents, Fraction], Fraction] | None = None
    optimal_types: int | None = 0
    closed_form: Callable[[Setting], Upper | None] | None = None
    tight_form: Callable[[Setting], Upper | None] | None = None
    every_step: Callable[[Agents, Fraction], Fraction] | None = None
    proofs: tuple[str, str] = ("", "")
    worst_case: Callable[[Setting], Lower | None] | None = None
    drift: Callable[[Setting], Drift | None] | None = None
    enter_rates: Callable[[Overview], None] | None = None
    theorems: tuple[str, ...] = ()
    on_smooth: str = ""
    on_convex: str = ""
    on_pl: str = ""
    as_case: str = ""
    enter_smooth: Callable[[Overview], None] | None = None
    certified_as: str = ""
    cites: tuple[str, ...] = ()

    def law_is_optimal(self, types: int) -> bool:
        """Whether no step is better than the law's for so many types of agents."""
        return self.law is not None and (self.optimal_types is None or types <= self.optimal_types)


NOTHING = Known()
