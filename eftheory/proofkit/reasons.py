"""How many steps of a proof rest on which kind of reason. The kernel decides; this only counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from eftheory.proofkit.kernel.reason import Geometric, Lemma, Reason, Repeated, Telescoped
from eftheory.proofkit.kernel.theorem import Step, Theorem

DERIVED = (Geometric, Lemma, Repeated, Telescoped)
"""Kinds that stand for a longer argument: another proof, an induction, powers. All others are primitive.

A lemma expands to the proof of its theorem; why the others do not, FORMAT.md of the kernel says."""
_WORDS = {
    "averaged": ("mean", "means"),
    "combination": ("sum", "sums"),
    "expected": ("expectation", "expectations"),
    "geometric": ("use of Bernoulli's inequality", "uses of Bernoulli's inequality"),
    "lemma": ("theorem", "theorems"),
    "positivity": ("sign argument", "sign arguments"),
    "repeated": ("induction", "inductions"),
    "telescoped": ("sum over time", "sums over time"),
}


def name_of(kind: type) -> str:
    """The name of a kind, in small letters."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


def kind_of(reason: Reason) -> str:
    """That of the kind of a reason."""
    return name_of(type(reason))


def count_reasons(steps: Iterable[Step]) -> dict[str, dict[str, int]]:
    """How often each kind occurs, the primitive ones apart from the derived ones."""
    return _by_rank(Counter(type(step.reason) for step in steps))


def count_expanded(theorem: Theorem) -> dict[str, dict[str, int]]:
    """The same with each step by another theorem replaced by the proof of that."""
    return _by_rank(_expanded(theorem, {}))


def _expanded(theorem: Theorem, known: dict[str, Counter[type]]) -> Counter[type]:
    """Each theorem is gone through once: how often it is used may double from one to the next."""
    found: Counter[type] = Counter()
    for step in theorem.steps:
        other = theorem.shelf.get(step.reason.slug) if isinstance(step.reason, Lemma) else None
        if other is not None and other.slug not in known:
            known[other.slug] = _expanded(other, known)
        found.update([type(step.reason)] if other is None else known[other.slug])
    return found


def _by_rank(counts: Counter[type]) -> dict[str, dict[str, int]]:
    """Primitive kinds apart from derived ones, by their names."""
    found: dict[str, dict[str, int]] = {"primitive": {}, "derived": {}}
    for kind in sorted(counts, key=name_of):
        found["derived" if kind in DERIVED else "primitive"][name_of(kind)] = counts[kind]
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
