"""The fuzz is tested: a checker with one thing wrong accepts what the oracle calls false, before long."""

import json

import pytest

from eftheory.check.upper import check_upper
from tests.check.mutants import CHECK, Fuzz, Summary
from tests.check.mutations import sources
from tests.check.sabotage import SABOTAGE, Sabotage

ENOUGH = 4000  # mutants; a few hundred mostly


def hunt(sabotage: Sabotage, seed: object, count: int) -> Summary:
    """Mutants of the sources where it shows, judged by the oracle alone, until one is a false accept."""
    pool = [each for each in sources() if each.bound == sabotage.bound and each.name.startswith(sabotage.sources)]
    pool = list(dict.fromkeys(pool))
    return Fuzz(seed, 0, sabotage.search, pool, known=False).run(count, patience=1)


@pytest.mark.parametrize("name", SABOTAGE)
def test_the_fuzz_finds_out_what_is_wrong(name, monkeypatch):
    SABOTAGE[name].do(monkeypatch)
    found = hunt(SABOTAGE[name], "suite", ENOUGH)
    assert found.crashes == []
    assert len(found.false_accepts) == 1, f"not in {found.mutants} mutants"


@pytest.mark.parametrize("name", SABOTAGE)
def test_the_same_mutants_are_no_reproach_to_the_checker(name):
    count = 20 if SABOTAGE[name].search else 150
    found = hunt(SABOTAGE[name], "suite", count)
    assert found.crashes == found.false_accepts == []
    assert found.mutants == count


def test_a_false_accept_is_told_as_a_file(monkeypatch):
    SABOTAGE["x* at the origin"].do(monkeypatch)
    (told,) = hunt(SABOTAGE["x* at the origin"], "suite", ENOUGH).false_accepts
    reason, _, text = told.partition(": {")
    assert "measure" in reason
    assert json.loads("{" + text)["setting"]["method"] == "external"


def test_sabotage_ends_with_its_test():
    assert CHECK["upper"] is check_upper


@pytest.mark.slow(reason="two minutes; one seed is tried every time")
@pytest.mark.parametrize("name", SABOTAGE)
@pytest.mark.parametrize("seed", range(5))
def test_it_is_found_from_any_seed(name, seed, monkeypatch):
    SABOTAGE[name].do(monkeypatch)
    assert hunt(SABOTAGE[name], seed, 5 * ENOUGH).false_accepts
