"""Two agents with different constants: what the law misses, and how near the proved bounds come to each other.

Certificates for Findings C (the law is optimal neither in its V nor in its step) and E (worst cases that mix two
coordinates, which V with memory meet).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.numbers import decimal_down, decimal_up, scientific_up
from eftheory.studies.certificates import UNEQUAL
from eftheory.sweep import Case, Outcome

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
    LAW: ("the law's", {"engine": "law"}),
    FREE: ("free", {"engine": "auto"}),
    FREE_BEST: ("free", {"engine": "auto", "step_size": "optimal"}),
    MEMORY: ("with memory", {"engine": "auto", "memory": 1}),
    MEMORY_BEST: ("with memory", {"engine": "auto", "memory": 1, "step_size": "optimal"}),
}
"""What V is, and how ``certify`` is asked for it; at the law's step where no other is named."""

_HEADER = """| certificate | V | step / law's | rate <= | rate >= | gap | class >= | digest |
|---|---|---|---|---|---|---|---|"""
_DIGITS = 11


def pair_cases() -> Iterator[Case]:
    """Each pair under EF21 and EF: V the law's, free, and with memory, at the law's step and the best."""
    for pair, (agents, alpha) in PAIRS.items():
        for method in ("ef21", "ef"):
            for kind, (_, options) in KINDS.items():
                yield Case(f"{method}-{pair}-{kind}", method, agents, alpha, **options)  # type: ignore[arg-type]


def pair_section(outcomes: dict[str, Outcome]) -> str:
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


def sentences(found: dict[str, Outcome]) -> Iterator[str]:
    """What the certificates of one pair and method, by kind, prove together."""
    law, free, free_best, memory, memory_best = (found[kind] for kind in KINDS)
    if None in {law.upper, free.upper, free_best.upper, memory.upper, memory_best.upper, law.lower, free.class_bound}:
        return
    if free.upper < law.upper:  # type: ignore[operator]
        yield f"the law's V is not the best: {_up(free)} is proved at its step, against {_up(law)}."
    if free_best.upper < free.class_bound:  # type: ignore[operator]
        yield (
            f"nor is its step, for V without memory: none of them shows less than "
            f"{decimal_down(free.class_bound, _DIGITS)} there, and at {_times(free_best)} times that step "  # type: ignore[arg-type]
            f"{_up(free_best)} is proved."
        )
    lower = max(outcome.lower for outcome in (law, free, memory))  # type: ignore[type-var]
    if memory_best.upper < lower:  # type: ignore[operator]
        yield (
            f"nor is its step for any analysis: no proof goes below {decimal_down(lower, _DIGITS)} there, "  # type: ignore[arg-type]
            f"and at {_times(memory_best)} times that step {_up(memory_best)} is proved."
        )
    for outcome, where in ((memory, "at the law's step"), (memory_best, "at the best step found")):
        if outcome.gap < Fraction(1, 10**9):
            yield f"with memory the bounds meet {where}, to {scientific_up(outcome.gap)} of 1 - rate."
    if abs(free.upper - memory.upper) < (1 - free.upper) / 10**8:  # type: ignore[operator]
        yield (
            f"memory of this template gains nothing: {_up(memory)}. Whether a longer one does, or whether there is a "
            f"worse instance, is open; the gap is {scientific_up(memory.gap)} of 1 - rate."
        )


def _row(outcome: Outcome, kind: str) -> str:
    name, V = outcome.case.name, KINDS[kind][0]
    if outcome.upper is None or outcome.lower is None:
        return f"| {name} | {V} | **not proved**: {'; '.join(outcome.notes)} |"
    bound = decimal_down(outcome.class_bound, 9) if outcome.class_bound is not None else ""
    return (
        f"| [{name}]({name}.cert.json) | {V} | {_times(outcome)} | {_up(outcome)} "
        f"| {decimal_down(outcome.lower, _DIGITS)} | {scientific_up(outcome.gap)} | {bound} | `{outcome.digest}` |"
    )


def _up(outcome: Outcome) -> str:
    return decimal_up(outcome.upper, _DIGITS) if outcome.upper is not None else "?"


def _times(outcome: Outcome) -> str:
    """The step as a multiple of the law's, cut after six digits."""
    return "1" if outcome.moved == 1 else decimal_down(outcome.moved, 6)
