"""No theorem of proofs/ speaks of nothing: there are values with which its hypotheses hold, and its claims do then."""

from pathlib import Path

import pytest

from eftheory.proofkit.catalogue import load
from eftheory.proofkit.lessons.at_example import lines_at
from eftheory.proofkit.models.seek import find

THEOREMS = load(Path(__file__).resolve().parents[2] / "proofs")


@pytest.mark.parametrize("slug", THEOREMS)
def test_hypotheses_hold_together_and_claims_and_all_lines_hold_then(slug):
    theorem = THEOREMS[slug]
    example = find(theorem)
    assert example.failing == []
    assert example.refuted == []
    rows = lines_at(example).rows
    assert [row[0] for row in rows] == [step.name for step in (*theorem.givens, *theorem.steps)]
    assert [row for row in rows if "-" in row[3].replace("e-", "")] == []
