"""The study of general certificates: its grid, its comparisons with theorems, the committed page."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.check import check_bytes
from eftheory.studies.general import gain, general_study, theorem, value
from eftheory.studies.general_grid import BEST, STATED, econtrol, ef21_smooth, marina
from eftheory.sweep import Store, settle_all
from eftheory.sweep.general import Certified, Uncertified

GENERAL = Path(__file__).parents[2] / "reports" / "general"
PAGE = (GENERAL / "index.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Certified | Uncertified]:
    """What the committed certificates prove; nothing is searched."""
    store, study = Store(tmp_path_factory.mktemp("store") / "store.db"), general_study()
    study.adopt(GENERAL, store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eftheory.sweep.general.search", lambda setting: (None, ("not searched",)))
        outcomes = list(settle_all(study.cases, store, by=study.settle))
    return {outcome.case.name: outcome for outcome in outcomes}


def test_the_page_is_what_the_committed_certificates_prove(found, tmp_path: Path) -> None:
    study = general_study()
    assert study.publish(tmp_path, list(found.values())) == []
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in GENERAL.iterdir()}


def test_all_that_is_expected_is_certified_and_linked(found) -> None:
    missing = {name for name, outcome in found.items() if isinstance(outcome, Uncertified)}
    assert missing == set(general_study().open)
    assert all(f"| {name} |" in PAGE for name in missing)
    links = set(re.findall(r"\(([^()]*\.cert\.json)\)", PAGE))
    assert links == {f"{name}.cert.json" for name in found.keys() - missing}


@pytest.mark.parametrize("path", sorted(GENERAL.glob("*.cert.json")), ids=lambda path: path.name)
def test_committed_certificates_are_proved_and_small(path: Path) -> None:
    assert {verdict.status for verdict in check_bytes(path.read_bytes())} == {"proved"}
    assert path.stat().st_size < 10_000


def test_bounds_from_both_sides_do_not_cross(found) -> None:
    both = [outcome for outcome in found.values() if isinstance(outcome, Certified) and outcome.lower is not None]
    assert {outcome.case.name.split("-")[0] for outcome in both} == {"ef21", "econtrol"}
    for outcome in both:
        assert outcome.lower <= (value(outcome) if outcome.rate == 1 else outcome.rate)


def test_the_theorem_is_taken_at_the_stated_step_and_else_at_its_longest() -> None:
    rows = {row.name: row for row in ef21_smooth()}
    stated, best = (rows[f"ef21-smooth-equal-s1_2-{which}"] for which in (STATED, BEST))
    assert (theorem(stated).step, theorem(stated).value) == (Fraction(1, 2), 4)
    assert theorem(best).step > Fraction(618, 1000)  # of step^2 + step = 1
    assert theorem(best).value == 2 / theorem(best).step


def test_gains_are_exact_and_a_theorem_that_is_not_here_is_none(found) -> None:
    rows = {row.name: row for row in ef21_smooth()}
    outcome = found["ef21-smooth-equal-s1_2-stated"]
    assert gain(outcome, theorem(rows["ef21-smooth-equal-s1_2-stated"])) == 4 / value(outcome)
    assert [theorem(row) is None for row in econtrol()] == [False, True, True, True]


def test_stated_steps_are_the_longest_of_their_form() -> None:
    """1/(L + M) with M^2 = L_tilde^2 (1 - p) omega/(p n) for MARINA, rounded down in the last digit."""
    for row in marina():
        if row.step == STATED and len(row.case.setting.agents) == 1:
            setting = row.case.setting
            assert isinstance(setting.compressor, Unbiased)
            step = Fraction(setting.method.step_size)
            M2 = Fraction(9, setting.n_agents)
            assert (1 / step - 1) ** 2 >= M2
            assert (1 / (step + Fraction(1, 1000)) - 1) ** 2 < M2


def test_a_page_without_certificates_cannot_be_written() -> None:
    study = general_study()
    with pytest.raises(ValueError, match="empty"):
        study.page({case.name: Uncertified(case, ()) for case in study.cases})


def test_sentences_need_what_they_say(found) -> None:
    def end(**changed: Certified | Uncertified) -> str:
        return " ".join(general_study().page({**found, **changed}).split("## What")[1].split())

    momentum, law = "ef21-hb-strongly-convex-momentum1_5", "ef21-strongly-convex-law"
    said = (
        "costs nothing that shows",
        "is better than none",
        "On strongly convex functions 0 is better",
        "pays at the",
    )
    assert all(sentence in end() for sentence in said)
    unknown, faster = replace(found[momentum], lower=None), replace(found[momentum], lower=Fraction(1, 2))
    for outcome in (unknown, faster):
        assert said[2] not in end(**{momentum: outcome})
    slow = replace(found["ef21-strongly-convex-global"], rate=Fraction(9, 10))
    assert said[0] not in end(**{"ef21-strongly-convex-global": slow})
    plain = "ef21-smooth-equal-s1_2-stated"
    assert said[1] not in end(**{plain: replace(found[plain], lower=Fraction(2))})
    assert "(e)" not in end(**{law: Uncertified(found[law].case, ())})
    one, ten = (f"ef21-pp-p1_2-n{count}-stated" for count in (1, 10))
    assert said[3] not in end(**{one: found[ten], ten: found[one]})
