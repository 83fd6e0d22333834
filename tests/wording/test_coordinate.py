"""Coordinates of V: their names are those of the checker, and their parts say what the names say."""

from __future__ import annotations

import pytest

from eftheory.check.coordinates import take_step
from eftheory.methods import Template
from eftheory.wording.coordinate import Coordinate, coordinates
from tests.kit.examples import EXAMPLES, TEMPLATES, make_setting


@pytest.mark.parametrize("name", EXAMPLES)
def test_they_are_those_of_the_checker(name: str) -> None:
    setting, template = make_setting(name), Template.parse(TEMPLATES.get(name, ""))
    known, step = coordinates(setting, template), take_step(setting, template)
    assert known.keys() == step.before.vectors.keys()
    for a, room in step.before.room.items():
        together = {b for b in known if known[b].room == known[a].room}
        assert together == {b for b, other in step.before.room.items() if other == room}


@pytest.mark.parametrize("name", EXAMPLES)
def test_names_are_made_of_parts(name: str) -> None:
    for text, part in coordinates(make_setting(name)).items():
        assert text == part == Coordinate(part.base, part.type, deviation=part.deviation)
        assert part.type is None or part.twin.twin == part != part.twin
        assert Coordinate.of(part) is part


def test_a_name_without_parts_is_all_base() -> None:
    part = Coordinate.of("d[0]'")
    assert (part.base, part.type, part.deviation) == ("d[0]'", None, False)
