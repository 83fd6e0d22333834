"""Two agents with different constants: what the law misses, and how near the proved bounds come to each other.

Certificates for Findings C (the law is optimal neither in its V nor in its step) and E (worst cases that mix two
coordinates, which V with memory meet).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.numbers import decimal_down, decimal_up, scientific_up
from eftheory.studies.certificates import UNEQUAL
from eftheory.sweep import Case, Outcome, Proved, Question, Unproved

PAIRS: dict[str, tuple[tuple[AgentType, ...], Fraction]] = {
    "one-easy-one-hard": (UNEQUAL["one-easy-one-hard"], Fraction(8, 9)),
    "nearly-easy-nearly-hard": (
        (AgentType(Fraction(1), Fraction(9, 10)), AgentType(Fraction(1), Fraction(1, 10))),
        Fraction(3, 4),
    ),
    "steep-and-flat": (UNEQUAL["steep-and-flat"], Fraction(8, 9)),
}

LAW, FREE, FREE_BEST, MEMORY, MEMORY_BEST = "law", "free", "free-best-step", "memory", "memory-best-step"
KINDS = {
    LAW: ("the law's", Question()),
    FREE: ("free", Question("auto")),
    FREE_BEST: ("free", Question("auto", step_size="optimal")),
    MEMORY: ("with memory", Question("auto", memory=1)),
    MEMORY_BEST: ("with memory", Question("auto", memory=1, step_size="optimal")),
}
"""What V is, in words and as a question."""

_HEADER = """| certificate | V | step / law's | rate <= | rate >= | gap | class >= | digest |
|---|---|---|---|---|---|---|---|"""
_DIGITS = 11


def pair_cases() -> Iterator[Case]:
    """Each pair under EF21 and EF: V the law's, free, and with memory, at the law's step and the best."""
    for pair, (agents, alpha) in PAIRS.items():
        for method in ("ef21", "ef"):
            for kind, (_, question) in KINDS.items():
                yield Case(f"{method}-{pair}-{kind}", method, agents, alpha, question)


def pair_section(outcomes: Mapping[str, Outcome]) -> str:
    """The pairs in words and numbers; every sentence is written only if the certificates prove it."""
    lines = []
    for pair, (agents, alpha) in PAIRS.items():
        who = " and ".join(f"(L={agent.L}, mu={agent.mu})" for agent in agents)
        lines += [f"### {pair.capitalize().replace('-', ' ')}: {who}, alpha = {alpha}", ""]
        for method in ("ef21", "ef"):
            of_kind = {kind: outcomes[f"{method}-{pair}-{kind}"] for kind in KINDS}
            lines += [f"* {method.upper()}: {sentence}" for sentence in sentences(of_kind)]
        lines += ["", _HEADER]
        lines += [_row(outcomes[f"{method}-{pair}-{kind}"], kind) for method in ("ef21", "ef") for kind in KINDS]
        lines.append("")
    return "\n".join(lines)


def sentences(found: Mapping[str, Outcome]) -> Iterator[str]:
    """What the certificates of one pair and method, by kind, prove together; nothing if one of them is missing."""
    proved = [outcome for kind in KINDS if isinstance(outcome := found[kind], Proved)]
    if len(proved) < len(KINDS):
        return
    law, free, free_best, memory, memory_best = proved
    bound, lower = free.class_bound, max(law.lower, free.lower, memory.lower)
    if free.upper < law.upper:
        yield f"the law's V is not the best: {_up(free)} is proved at its step, against {_up(law)}."
    if bound is not None and free_best.upper < bound:
        yield (
            f"nor is its step, for V without memory: none of them shows less than "
            f"{decimal_down(bound, _DIGITS)} there, and at {_times(free_best)} times that step "
            f"{_up(free_best)} is proved."
        )
    if memory_best.upper < lower:
        yield (
            f"nor is its step for any analysis: no proof goes below {decimal_down(lower, _DIGITS)} there, "
            f"and at {_times(memory_best)} times that step {_up(memory_best)} is proved."
        )
    for outcome, where in ((memory, "at the law's step"), (memory_best, "at the best step found")):
        if outcome.gap < Fraction(1, 10**9):
            yield f"with memory the bounds meet {where}, to {scientific_up(outcome.gap)} of 1 - rate."
    if abs(free.upper - memory.upper) < (1 - free.upper) / 10**8:
        yield (
            f"memory of this template gains nothing: {_up(memory)}. Whether a longer one does, or whether there is a "
            f"worse instance, is open; the gap is {scientific_up(memory.gap)} of 1 - rate."
        )


def _row(outcome: Outcome, kind: str) -> str:
    name, V = outcome.case.name, KINDS[kind][0]
    if isinstance(outcome, Unproved):
        return f"| {name} | {V} | **not proved**: {'; '.join(outcome.notes)} |"
    bound = decimal_down(outcome.class_bound, 9) if outcome.class_bound is not None else ""
    return (
        f"| [{name}]({name}.cert.json) | {V} | {_times(outcome)} | {_up(outcome)} "
        f"| {decimal_down(outcome.lower, _DIGITS)} | {scientific_up(outcome.gap)} | {bound} | `{outcome.digest}` |"
    )


def _up(outcome: Proved) -> str:
    return decimal_up(outcome.upper, _DIGITS)


def _times(outcome: Proved) -> str:
    """The step as a multiple of the law's, cut after six digits."""
    return "1" if outcome.moved == 1 else decimal_down(outcome.moved, 6)
