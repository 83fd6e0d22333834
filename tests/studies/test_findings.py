"""The findings: their families, the sentences they allow, and the committed page."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.studies import write_findings
from eftheory.studies.families import FAMILIES
from eftheory.studies.many_types import N_TYPES, Row, type_cases, type_section
from eftheory.studies.pairs import KINDS, PAIRS, pair_cases, sentences
from eftheory.sweep import Case, Proved, Unproved, require_proved, settle

FINDINGS = Path(__file__).parents[2] / "reports" / "findings"
PAGE = (FINDINGS / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("n", range(2, 11))
def test_a_family_has_as_many_different_types_as_asked_for(family: str, n: int) -> None:
    agents = FAMILIES[family][1](n)
    assert len({(agent.L, agent.mu) for agent in agents}) == len(agents) == n


def test_cases_have_names_of_their_own() -> None:
    names = [case.name for case in (*pair_cases(), *type_cases())]
    assert len(set(names)) == len(names)
    assert {len(case.agents) for case in type_cases()} == set(N_TYPES[Fraction(3, 4)]) == set(range(2, 11))


@pytest.fixture(scope="module")
def found() -> dict[str, Proved]:
    """EF21 on one easy and one hard agent, by kind."""
    agents, alpha = PAIRS["one-easy-one-hard"]
    cases = {kind: Case(kind, "ef21", agents, alpha, question) for kind, (_, question) in KINDS.items()}
    return {kind: require_proved(settle(case)) for kind, case in cases.items()}


def test_the_law_is_optimal_in_neither_V_nor_step_and_memory_closes_the_bracket(found: dict[str, Proved]) -> None:
    said = " ".join(sentences(found))
    assert "the law's V is not the best" in said
    assert "nor is its step, for V without memory" in said
    assert "nor is its step for any analysis" in said
    assert said.count("with memory the bounds meet") == 2
    assert "gains nothing" not in said


def test_sentences_need_what_they_say(found: dict[str, Proved]) -> None:
    upper = max(outcome.upper for outcome in found.values())
    same = {kind: replace(outcome, upper=upper) for kind, outcome in found.items()}
    assert [sentence.split(":")[0] for sentence in sentences(same)] == ["memory of this template gains nothing"]
    assert not list(sentences({**found, "law": Unproved(found["law"].case, ())}))
    without = {**found, "free": replace(found["free"], class_bound=None)}
    assert not any("for V without memory" in sentence for sentence in sentences(without))


def test_a_step_gains_what_the_bounds_at_the_laws_step_show(found: dict[str, Proved]) -> None:
    row = Row("conditioned", Fraction(8, 9), 2, found)
    assert row.class_bound < row.upper("free")
    assert row.gain("free-best-step") == (row.class_bound - row.upper("free-best-step")) / (1 - row.class_bound)
    assert 0 < row.gain("free-best-step") < row.gain("memory-best-step") < Fraction(1, 100)


def test_the_table_wants_both_sides_of_all_its_claims_proved() -> None:
    outcomes = {case.name: Unproved(case, ("too hard",)) for case in type_cases(["scaled"], up_to=2)}
    with pytest.raises(ValueError, match=r"scaled.*-law: both rates must be proved: too hard"):
        type_section(outcomes, ["scaled"], up_to=2)


@pytest.mark.slow(reason="forty-two claims take up to a minute; single rows and pairs run every time")
def test_writing_findings(tmp_path: Path) -> None:
    claims, unproved = write_findings(tmp_path, families=["scaled"], up_to=2)
    page = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert (claims, unproved) == (42, 0)
    assert "not proved" not in page
    assert "### Scaled" in page
    assert "### Conditioned" not in page
    assert all((tmp_path / name).exists() for name in re.findall(r"\(([^()]*\.cert\.json)\)", page))


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.cert.json")), ids=lambda path: path.name)
def test_committed_certificates_are_proved(path: Path) -> None:
    assert {verdict.status for verdict in check_bytes(path.read_bytes())} == {"proved"}


def test_the_page_links_just_the_committed_certificates() -> None:
    assert set(re.findall(r"\(([^()]*\.cert\.json)\)", PAGE)) == {path.name for path in FINDINGS.glob("*.cert.json")}


def test_the_page_says_what_was_found() -> None:
    assert PAGE.count("nor is its step for any analysis") == len(PAIRS)
    assert PAGE.count("with memory the bounds meet at the law's step") == len(PAIRS)
    assert "not proved" not in PAGE
