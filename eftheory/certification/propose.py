"""Propose evidence for an upper bound: closed forms, searches, and what says that there is no better V."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.certificates import ClassBound, Upper
from eftheory.check import PROVED
from eftheory.claims import Setting
from eftheory.methods import Template
from eftheory.methods.template import PLAIN
from eftheory.theory import closed_form, look_up, tight_form

AUTO, LAW, CENTER, CVXPY = "auto", "law", "center", "cvxpy"
ENGINES = (AUTO, CVXPY, CENTER, LAW)
SEARCHED_TYPES = 20
"""Up to how many agent types ``engine="auto"`` searches before it settles for the law."""


@dataclass(frozen=True)
class Options:
    """How to look for a Lyapunov function.

    Attributes:
        engine: ``auto``, ``cvxpy``, ``center`` or ``law`` (closed forms only).
        slack: how far above its optimum a search may round, relative to 1 - rate.
        template: what V may see beyond the method's coordinates.
        sparsity: which products V may hold.
        exact: whether an exactly tight certificate is wanted.
        simple: ``trace`` or ``logdet``: which size of V to make small at the end; "" for none.
    """

    engine: str = AUTO
    slack: Fraction = Fraction(1, 10**6)
    template: Template = PLAIN
    sparsity: str = ""
    exact: bool = False
    simple: str = ""

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise ValueError(f"engine={self.engine!r}: choose one of {', '.join(ENGINES)}")
        if not 0 < self.slack < 1:
            raise ValueError(f"slack={self.slack}: the slack must lie in (0, 1); it is relative to 1 - rate")
        if self.engine == LAW and self.restricted:
            raise ValueError("engine='law': the closed form is one V; memory, sparsity and simple need a search")

    @property
    def restricted(self) -> bool:
        """Whether the V asked for is not that of the closed form."""
        return bool(str(self.template) or self.sparsity or self.simple)

    def searches(self, setting: Setting) -> bool:
        """Whether a search can do better than the closed form, or is asked for."""
        if self.engine in (CENTER, CVXPY) or self.restricted:
            return True
        types, known = len(setting.agents), look_up(setting.method).closed_form is not None
        return self.engine == AUTO and types <= SEARCHED_TYPES and (types > 1 or not known)


@dataclass
class Proposal:
    """Evidence that the checker has yet to see, and how it came about."""

    upper: Upper | None = None
    class_bound: ClassBound | None = None
    engine: str = ""
    estimated_slack: float | None = None  # of a searched bound, above the engine's own optimum, relative to 1 - rate
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def propose(setting: Setting, options: Options) -> Proposal:
    """The best upper bound that closed forms and searches give, and a class bound for a searched one."""
    proposal = Proposal()
    if options.exact:
        proposal.upper = tight_form(setting)
        if proposal.upper:
            proposal.engine = LAW
            return proposal
        proposal.notes.append(_NOT_TIGHT)
    known = None if options.sparsity or options.simple else closed_form(setting)
    proposal.upper, proposal.engine = known, LAW if known else ""
    if options.searches(setting):
        _search(setting, options, proposal)
    return proposal


_NOT_TIGHT = (
    "no exactly tight certificate in rationals: that takes equal agents, sqrt(1 - alpha) rational, and a rate that is "
    "the square of a rational; what is given is relaxed, as the gap shows"
)


def _search(setting: Setting, options: Options, proposal: Proposal) -> None:
    from eftheory.search import search_class_bound, search_upper  # imports numpy

    engine = AUTO if options.engine == LAW else options.engine
    found = search_upper(
        setting, slack=options.slack, engine=engine, template=options.template, sparsity=options.sparsity
    )
    proposal.seconds = dict(found.seconds)
    if options.simple and found.upper:
        from eftheory.search.simple import simplify  # imports cvxpy

        found = simplify(found, by=options.simple, slack=options.slack)
        proposal.seconds = dict(found.seconds)
    if found.upper is None:
        stands = "; the closed form stands" if proposal.upper else ""
        proposal.notes.append(f"the search: {found.status}{stands}")
    elif proposal.upper is None or found.upper.rate < proposal.upper.rate:
        proposal.upper, proposal.engine = found.upper, found.engine
        if found.gap is not None:
            proposal.estimated_slack = found.gap / float(1 - found.upper.rate)
        if found.status != PROVED:
            proposal.notes.append(f"the search: {found.status}")
        if not options.simple and not options.sparsity:
            proposal.class_bound = search_class_bound(found)
            proposal.seconds["class bound"] = found.seconds.get("class bound", 0.0)
