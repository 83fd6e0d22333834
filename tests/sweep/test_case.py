"""The digest of a claim: it depends on what is asked, and on nothing else."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType
from eftheory.sweep import Question
from tests.kit.cases import ONE


def test_names_and_places_play_no_part() -> None:
    split = tuple(AgentType(L=1, mu=Fraction(1, 10), count=count) for count in (1, 2))
    assert replace(ONE, name="x", kept=False, agents=split).digest == ONE.digest
    assert len(ONE.digest) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"method": "ef"},
        {"agents": (AgentType(L=1, mu=Fraction(1, 10), count=4),)},
        {"agents": (AgentType(L=1, mu=Fraction(1, 11), count=3),)},
        {"alpha": Fraction(3, 5)},
        {"question": Question("auto")},
        {"question": Question(step_size="optimal")},
        {"question": Question(memory=1)},
        {"question": Question(sparsity="diagonal")},
    ],
    ids=str,
)
def test_whatever_is_asked_plays_a_part(change: dict) -> None:
    assert replace(ONE, **change).digest != ONE.digest
