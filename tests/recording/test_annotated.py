"""A field annotated int is given an int."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest

from eftheory.recording.load import _whole_where_annotated
from eftheory.recording.vectors import RecordingError


@dataclass
class Rounds:
    step_size: Fraction
    rounds: int = 1
    weight: Fraction = Fraction(1)


def test_fields_annotated_int_are_ints() -> None:
    given = _whole_where_annotated(Rounds, {"rounds": Fraction(2), "weight": Fraction(2)})  # type: ignore[arg-type]
    assert [type(value) for value in given.values()] == [int, Fraction]


def test_what_is_no_whole_number_is_refused() -> None:
    with pytest.raises(RecordingError, match="rounds=1/2 is annotated int: write a whole number"):
        _whole_where_annotated(Rounds, {"rounds": Fraction(1, 2)})  # type: ignore[arg-type]
