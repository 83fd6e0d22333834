"""Every small change of every proof is refused by the kernel, or explained in the proof's file."""

from pathlib import Path

import pytest

from eftheory.proofkit.attack import attack
from eftheory.proofkit.catalogue import load

THEOREMS = load(Path(__file__).resolve().parents[2] / "proofs")
SHORT = ("descent_lemma", "unbiased_to_contractive", "step_size_lemma")


def survives_as_explained(slug):
    report = attack(THEOREMS[slug], THEOREMS)
    assert report.total > 0
    assert report.unexplained == ()
    assert report.stale == ()


@pytest.mark.parametrize("slug", SHORT)
def test_changes_of_short_proofs(slug):
    survives_as_explained(slug)


@pytest.mark.slow
@pytest.mark.parametrize("slug", [slug for slug in THEOREMS if slug not in SHORT])
def test_changes(slug):
    survives_as_explained(slug)


def test_a_survivor_without_a_reason_and_a_reason_without_a_survivor_are_seen():
    theorem = THEOREMS["step_size_lemma"]
    explained = dict(theorem.survivors)
    try:
        theorem.survivors.clear()
        theorem.survivors["no such change"] = "for no reason"
        report = attack(theorem, THEOREMS)
    finally:
        theorem.survivors.clear()
        theorem.survivors.update(explained)
    assert report.unexplained
    assert report.stale == ("no such change",)
