"""For each hypothesis of a claim it is said whether its inequalities are all there are."""

from __future__ import annotations

import pytest

from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.wording import completeness
from eftheory.wording.wording import COMPLETE, VALID, WORDINGS
from tests.kit.second import SECOND, second

KINDS = [*FUNCTIONS.values(), *COMPRESSORS.values(), *ASSUMPTIONS.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_class_that_a_claim_may_name_has_words_of_its_own(kind):
    wording = WORDINGS[kind]
    assert wording.words
    assert wording.complete
    assert wording.sentence or kind.name == "contractive"
    assert (kind in FUNCTIONS.values() or kind.name == "contractive") == (wording.complete == COMPLETE)


@pytest.mark.parametrize("name", SECOND)
def test_every_hypothesis_is_judged_once(name):
    setting = second(name).setting
    said = completeness(setting)
    assert len(said) == len(setting.functions) + len(setting.hypotheses)
    assert all(how.startswith((COMPLETE, VALID)) for _, how in said)
    for assumption in setting.assumptions:
        assert any(assumption.sentence in text and how.startswith(VALID) for text, how in said)
