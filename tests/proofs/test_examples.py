"""No theorem of proofs/ speaks of nothing: there are values with which its hypotheses hold, and its claims do then."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.proofkit.catalogue import load
from eftheory.proofkit.lessons.at_example import lines_at
from eftheory.proofkit.models.seek import find

THEOREMS = load(Path(__file__).resolve().parents[2] / "proofs")
ROOTS = {
    "finding_c_rate": ("law", Fraction("0.50746"), Fraction("0.50747")),
    "finding_c_published_grid": ("law", Fraction("0.766087"), Fraction("0.766088")),
}
"""Where rho is the root of a cubic: the equation, and numbers between which it changes its sign."""


@pytest.mark.parametrize("slug", [slug for slug in THEOREMS if slug not in ROOTS])
def test_hypotheses_hold_together_and_claims_and_all_lines_hold_then(slug):
    theorem = THEOREMS[slug]
    example = find(theorem)
    assert example.failing == []
    assert example.refuted == []
    rows = lines_at(example).rows
    assert [row[0] for row in rows] == [step.name for step in (*theorem.givens, *theorem.steps)]
    assert [row for row in rows if "-" in row[3].replace("e-", "")] == []


@pytest.mark.parametrize("slug", [slug for slug in ROOTS if slug in THEOREMS])
def test_hypotheses_hold_together_at_a_root(slug):
    """At a number between two at which all but the equation hold, and between which the equation changes its sign."""
    theorem, (name, *ends) = THEOREMS[slug], ROOTS[slug]
    (equation,) = (given.relation for given in theorem.givens if given.name == name)
    (rho,) = (parameter.symbol for parameter in theorem.parameters)
    slacks = []
    for end in ends:
        rest = replace(theorem, givens=[given for given in theorem.givens if given.name != name])
        rest.example(values={rho: end})
        example = find(rest)
        assert example.failing == []
        assert example.refuted == []
        slacks += example.world.slacks(equation)
    assert slacks[0] * slacks[1] < 0
