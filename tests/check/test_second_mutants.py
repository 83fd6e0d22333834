"""Some claims of the second format with other hypotheses in every run of the suite; as many as wanted by hand."""

import json
from fractions import Fraction

import pytest

from eftheory.certificates import Certificate
from eftheory.writing import write_certificate
from tests.check.second_mutants import SecondFuzz, second_sources
from tests.check.second_oracle import UnknownError, broken

HEARD = ("ef21_smooth", "ef21_sgd_shared", "diana_convex", "marina", "ef_similar", "gd_smooth", "econtrol", "dcgd")


def test_no_mutant_proves_a_falsehood():
    summary = SecondFuzz("suite").run(100)
    assert summary.false_accepts == []
    assert summary.crashes == []
    assert summary.heard["accepted, heard by the oracle"] > 10


def document(name: str) -> dict:
    (source,) = [source for source in second_sources() if source.name == name]
    return json.loads(write_certificate(Certificate(source.setting, source.upper)))


@pytest.mark.parametrize("name", HEARD)
def test_the_oracle_breaks_what_is_claimed_too_well_and_nothing_else(name):
    it = document(name)
    assert broken(it) == ""
    for part in ("initial", "noise"):
        for key, factor in it["upper"].get(part, {}).items():
            it["upper"][part][key] = str(Fraction(factor) / 100)
    if "tau" not in it["upper"]:
        it["upper"]["rate"] = "0"
    assert "instance" in broken(it)


def test_the_oracle_says_what_it_does_not_know():
    with pytest.raises(UnknownError, match="13 agents"):
        broken(document("ef21_pp"))
