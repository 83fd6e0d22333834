"""How many steps of a proof rest on which kind of reason. The kernel decides; this only counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from eftheory.proofkit.kernel.reason import Geometric, Lemma, Reason, Repeated, Root, Telescoped
from eftheory.proofkit.kernel.theorem import Step, Theorem

DERIVED = (Geometric, Lemma, Repeated, Root, Telescoped)
"""Kinds that stand for a longer argument: another proof, an induction, powers, roots. All others are primitive.

A lemma expands to the proof of its theorem; why the others do not, FORMAT.md of the kernel says."""
_WORDS = {
    "averaged": ("mean", "means"),
    "combination": ("sum", "sums"),
    "expected": ("expectation", "expectations"),
    "geometric": ("use of Bernoulli's inequality", "uses of Bernoulli's inequality"),
    "lemma": ("theorem", "theorems"),
    "positivity": ("sign argument", "sign arguments"),
    "repeated": ("induction", "inductions"),
    "root": ("root", "roots"),
    "telescoped": ("sum over time", "sums over time"),
}


def kind_of(reason: Reason) -> str:
    """The name of its kind, in small letters."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(reason).__name__).lower()


def count_reasons(steps: Iterable[Step]) -> dict[str, dict[str, int]]:
    """How often each kind occurs, the primitive ones apart from the derived ones."""
    found: dict[str, Counter[str]] = {"primitive": Counter(), "derived": Counter()}
    for step in steps:
        found["derived" if isinstance(step.reason, DERIVED) else "primitive"][kind_of(step.reason)] += 1
    return {which: dict(sorted(kinds.items())) for which, kinds in found.items()}


def expanded(theorem: Theorem) -> list[Step]:
    """The steps of its proof, those by another theorem replaced by the proof of that."""
    found: list[Step] = []
    for step in theorem.steps:
        other = theorem.shelf.get(step.reason.slug) if isinstance(step.reason, Lemma) else None
        found += [step] if other is None else expanded(other)
    return found


def in_words(counts: dict[str, dict[str, int]]) -> str:
    """The counts as a sentence.

    >>> in_words({"primitive": {"combination": 2, "expected": 1}, "derived": {"lemma": 1}})
    '3 steps have primitive reasons (2 sums, 1 expectation), and 1 step has a derived reason (1 theorem).'
    >>> in_words({"primitive": {"positivity": 1}, "derived": {}})
    '1 step has a primitive reason (1 sign argument).'
    """
    told = [_told(which, kinds) for which, kinds in counts.items() if kinds]
    return f"{', and '.join(told)}."


def _told(which: str, kinds: dict[str, int]) -> str:
    number = sum(kinds.values())
    listed = ", ".join(f"{times} {_WORDS[kind][times > 1]}" for kind, times in kinds.items())
    return f"{number} {f'step has a {which} reason' if number == 1 else f'steps have {which} reasons'} ({listed})"
