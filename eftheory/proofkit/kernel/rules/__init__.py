"""One rule for each reason: what it asks of the lines before, with a right and a wrong case beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.reason import (
    Averaged,
    Combination,
    Expected,
    Geometric,
    Given,
    Lemma,
    Positivity,
    Repeated,
    Telescoped,
)
from eftheory.proofkit.kernel.rules.averaged import averaged
from eftheory.proofkit.kernel.rules.combination import combination
from eftheory.proofkit.kernel.rules.expected import expected
from eftheory.proofkit.kernel.rules.lemma import lemma
from eftheory.proofkit.kernel.rules.over_time import geometric, repeated, telescoped
from eftheory.proofkit.kernel.rules.positivity import positivity
from eftheory.proofkit.kernel.rules.proof import Proof


def given(proof: Proof, reason: Given, relation: Relation) -> None:
    """A hypothesis holds; that it is one, ``checker`` has seen."""


RULES: Mapping[type, Callable[[Proof, Any, Relation], None]] = {
    Averaged: averaged,
    Combination: combination,
    Expected: expected,
    Geometric: geometric,
    Given: given,
    Lemma: lemma,
    Positivity: positivity,
    Repeated: repeated,
    Telescoped: telescoped,
}
"""By the kind of reason, exactly: a kind that extends one of these has no rule."""
