"""What ``eftheory prove --json`` says of a proof: its statement, what each line rests on, and what checked it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from eftheory.proofkit.catalogue import Entry, lemmas
from eftheory.proofkit.deciding import engine
from eftheory.proofkit.kernel.outcome import Line
from eftheory.proofkit.kernel.reason import Combination, Lemma, Reason
from eftheory.proofkit.kernel.text import write_relation
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.example import NoExample
from eftheory.proofkit.models.vouch import example_of
from eftheory.proofkit.reasons import count_expanded, count_reasons, kind_of


def record(entry: Entry, entries: Mapping[str, Entry]) -> dict[str, object]:
    """The statement, the sources, the evidence, the engine, and what came of it."""
    theorem = entry.theorem
    used = _used(theorem, entries)
    return {
        "slug": theorem.slug,
        "title": theorem.title,
        "status": entry.status,
        "seconds": round(entry.seconds, 3),
        "steps": len(theorem.steps),
        "reasons": count_reasons(theorem.steps),
        "reasons_expanded": count_expanded(theorem),
        "source": theorem.source,
        "lemmas": lemmas(theorem),
        "axioms": [],
        "problem": entry.problem or entry.lacking or None,
        "why_no_example": entry.explained or None,
        "example": _example(theorem),
        "source_keys": re.findall(r"\[([A-Za-z][A-Za-z0-9]*)\]", theorem.source),
        "ranges": [write_relation(bound) for p in theorem.parameters for bound in p.relations],
        "hypotheses": {step.name: write_relation(step.relation) for step in theorem.givens},
        "claims": [write_relation(goal) for goal in theorem.conclusions],
        "dependencies": {
            "theorems": sorted(used),
            "axioms": [],
        },
        "evidence": [_evidence(line) for line in entry.outcome.lines],
        "engine": engine(),
    }


def _example(theorem: Theorem) -> dict[str, object] | None:
    """Values with which its hypotheses hold; None if none are found."""
    try:
        example = example_of(theorem)
    except NoExample:
        return None
    return None if example is None else example.as_json()


def _used(theorem: Theorem, entries: Mapping[str, Entry]) -> dict[str, Theorem]:
    """The theorems it uses, and those that these use."""
    found: dict[str, Theorem] = {}
    waiting = lemmas(theorem)
    while waiting:
        slug = waiting.pop()
        if slug not in found and slug in entries:
            found[slug] = entries[slug].theorem
            waiting += lemmas(found[slug])
    return found


def _evidence(line: Line) -> dict[str, object]:
    """A line, the kind of its reason, and the lines and theorems that it uses."""
    reason = line.step.reason
    found: dict[str, object] = {
        "line": line.step.name,
        "says": write_relation(line.step.relation),
        "reason": kind_of(reason),
        "uses": _lines(reason),
    }
    if isinstance(reason, Lemma):
        found["theorem"] = reason.slug
    if isinstance(reason, Combination):
        found["squares"] = len(reason.squares) + len(reason.mean_squares)
    if line.problem is not None:
        found["problem"] = line.problem
    return found


def _lines(reason: Reason) -> list[str]:
    """The earlier lines that a reason names."""
    if isinstance(reason, Combination):
        return [*(name for _, name in reason.using), *reason.modulo]
    if isinstance(reason, Lemma):
        return list(reason.given)
    names = (getattr(reason, name, None) for name in ("step", "nonnegative"))
    return [name for name in names if isinstance(name, str)]
