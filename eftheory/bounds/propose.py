"""Propose evidence for an upper bound: closed forms, searches, and what says that there is no better V."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.bounds.journal import Journal
from eftheory.bounds.options import AUTO, LAW, Options
from eftheory.certificates import ClassBound, Upper
from eftheory.check import PROVED
from eftheory.claims import Setting
from eftheory.theory import closed_form, tight_form


@dataclass
class Proposal:
    """Evidence that the checker has yet to see, and what found it."""

    upper: Upper | None = None
    class_bound: ClassBound | None = None
    engine: str = ""
    estimated_slack: float | None = None  # of a searched bound, above the engine's own optimum, relative to 1 - rate


def propose(setting: Setting, options: Options, journal: Journal) -> Proposal:
    """The best upper bound that closed forms and searches give, and a class bound for a searched one."""
    if options.exact:
        tight = tight_form(setting)
        if tight:
            return Proposal(tight, engine=LAW)
        journal.note(_NOT_TIGHT)
    known = None if options.sparsity or options.simple else closed_form(setting)
    proposal = Proposal(known, engine=LAW if known else "")
    if options.searches(setting):
        _search(setting, options, proposal, journal)
    return proposal


_NOT_TIGHT = (
    "no exactly tight certificate in rationals: that takes equal agents, sqrt(1 - alpha) rational, and a rate that is "
    "the square of a rational; what is given is relaxed, as the gap shows"
)


def _search(setting: Setting, options: Options, proposal: Proposal, journal: Journal) -> None:
    """Put what a search finds in the place of the closed form, if it is better."""
    from eftheory.search import search_class_bound, search_upper  # imports numpy

    engine = AUTO if options.closed_forms_only else options.engine
    found = search_upper(
        setting, slack=options.slack, engine=engine, template=options.template, sparsity=options.sparsity
    )
    if options.simple and found.upper:
        from eftheory.search.simple import simplify  # imports cvxpy

        found = simplify(found, by=options.simple, slack=options.slack)
    if found.upper is None:
        stands = "; the closed form stands" if proposal.upper else ""
        journal.note(f"the search: {found.status}{stands}")
    elif proposal.upper is None or found.upper.rate < proposal.upper.rate:
        proposal.upper, proposal.engine = found.upper, found.engine
        if found.gap is not None:
            proposal.estimated_slack = found.gap / float(1 - found.upper.rate)
        if found.status != PROVED:
            journal.note(f"the search: {found.status}")
        if not options.simple and not options.sparsity:
            proposal.class_bound = search_class_bound(found)
    journal.spend(found.seconds)
