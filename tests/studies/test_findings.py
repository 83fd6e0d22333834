"""The findings: their families, the sentences they allow, and the committed page."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.studies.families import FAMILIES
from eftheory.studies.findings import findings_study
from eftheory.studies.many_types import N_TYPES, Row, type_cases, type_section
from eftheory.studies.pairs import KINDS, PAIRS, pair_cases, sentences
from eftheory.sweep import Case, Proved, Store, Unproved, require_proved, settle, settle_all

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
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Proved]:
    """EF21 on one easy and one hard agent, by kind."""
    store = Store(tmp_path_factory.mktemp("store") / "store.db")
    agents, alpha = PAIRS["one-easy-one-hard"]
    cases = {kind: Case(kind, "ef21", agents, alpha, question) for kind, (_, question) in KINDS.items()}
    return {kind: require_proved(settle(case, store)) for kind, case in cases.items()}


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


def test_the_page_is_what_the_certificates_prove(tmp_path: Path) -> None:
    study, store = findings_study(["scaled"], up_to=2), Store(tmp_path / "store.db")
    study.adopt(FINDINGS, store)
    outcomes = list(settle_all(study.cases, store))
    assert study.publish(tmp_path / "out", outcomes) == []
    page = (tmp_path / "out" / "index.md").read_text(encoding="utf-8")
    pairs, types = page.split("## Two to ten types")
    assert len(outcomes) == 42
    assert PAGE.startswith(pairs)
    assert "### Scaled" in types
    assert "### Conditioned" not in types
    rows = re.findall(r"^\| 2 \|.*(?= \|.* \|$)", types, re.MULTILINE)  # what is lost by diagonal V is not kept
    assert len(rows) == 4
    assert all(row in PAGE for row in rows)
    links = set(re.findall(r"\(([^()]*\.cert\.json)\)", page))
    assert links == {path.name for path in (tmp_path / "out").glob("*.cert.json")}
    assert all((tmp_path / "out" / name).read_bytes() == (FINDINGS / name).read_bytes() for name in links)


@pytest.mark.slow(reason="forty-two claims take up to a minute; single rows and pairs run every time")
def test_the_claims_are_proved_from_nothing(tmp_path: Path) -> None:
    study = findings_study(["scaled"], up_to=2)
    outcomes = list(settle_all(study.cases, Store(tmp_path / "store")))
    assert study.publish(tmp_path / "out", outcomes) == []
    page = (tmp_path / "out" / "index.md").read_text(encoding="utf-8")
    assert len(outcomes) == 42
    assert "not proved" not in page
    assert all((tmp_path / "out" / name).exists() for name in re.findall(r"\(([^()]*\.cert\.json)\)", page))


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.cert.json")), ids=lambda path: path.name)
def test_committed_certificates_are_proved(path: Path) -> None:
    assert {verdict.status for verdict in check_bytes(path.read_bytes())} == {"proved"}


def test_the_page_links_just_the_committed_certificates() -> None:
    assert set(re.findall(r"\(([^()]*\.cert\.json)\)", PAGE)) == {path.name for path in FINDINGS.glob("*.cert.json")}


def test_the_page_says_what_was_found() -> None:
    assert PAGE.count("nor is its step for any analysis") == len(PAIRS)
    assert PAGE.count("with memory the bounds meet at the law's step") == len(PAIRS)
    assert "not proved" not in PAGE
