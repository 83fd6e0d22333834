"""The page of the open questions says what its certificates prove."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eftheory.methods import EControl
from eftheory.studies import open_questions
from eftheory.studies.open_questions import diagonal_cases, loss_of_diagonal, open_study, shrinks_no_faster
from eftheory.sweep import Store, Unproved, require_proved, settle_all

OPEN = Path(__file__).parents[2] / "reports" / "open"
PAGE = (OPEN / "index.md").read_text(encoding="utf-8")


def test_cases_have_names_of_their_own() -> None:
    names = [case.name for case in open_study().cases]
    assert len(set(names)) == len(names)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the committed certificates prove, by name."""
    study, store = open_study(), Store(tmp_path_factory.mktemp("store") / "store.db")
    study.adopt(OPEN, store)
    outcomes = settle_all(study.cases, store, by=study.settle)
    return {outcome.case.name: outcome for outcome in outcomes}


def test_the_page_is_what_the_certificates_prove(found: dict[str, Any], tmp_path: Path) -> None:
    assert open_study().publish(tmp_path, list(found.values())) == []
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == PAGE
    names = {path.name for path in OPEN.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert all((tmp_path / name).read_bytes() == (OPEN / name).read_bytes() for name in names)


def test_every_question_has_a_section_and_a_verdict() -> None:
    sections = re.split(r"^## \(", PAGE, flags=re.MULTILINE)[1:]
    assert [section[0] for section in sections] == list("abcdefg")
    assert all("**" in section for section in sections)


def test_what_is_not_proved_is_not_written(found: dict[str, Any], tmp_path: Path) -> None:
    for name in ("ef-steep-and-flat-alpha1_10", "econtrol-equal-kappa10-alpha3_4-eta1_10"):
        lost = {**found, name: Unproved(found[name].case, ("too hard",))}
        with pytest.raises(ValueError, match=rf"{name}: both rates must be proved.*too hard"):
            open_study().publish(tmp_path / "out", list(lost.values()))
    assert not (tmp_path / "out").exists()


def test_a_diagonal_V_loses_what_the_class_bound_shows(found: dict[str, Any]) -> None:
    free, diagonal = (require_proved(found[case.name]) for case in next(diagonal_cases()))
    assert free.class_bound is not None
    loss = loss_of_diagonal(free, diagonal)
    assert loss == (diagonal.upper - free.class_bound) / (1 - diagonal.upper)
    worse = loss_of_diagonal(free, replace(diagonal, upper=(1 + diagonal.upper) / 2))
    assert loss is not None
    assert worse is not None
    assert worse > loss
    assert loss_of_diagonal(replace(free, class_bound=None), diagonal) is None


@pytest.mark.parametrize("rate", [Fraction(1, 3), Fraction(1, 4), Fraction(998, 1000), 1 - Fraction(1, 10**9)])
def test_up_to_that_weight_the_memory_shrinks_no_faster(rate: Fraction) -> None:
    eta = shrinks_no_faster(rate)
    assert 0 <= eta < 1
    assert (1 - eta) ** 2 >= rate
    assert (1 - eta - Fraction(2, 10**6)) ** 2 < rate


class _Lossless:
    """Agents f_i = L_i x^2/2 + b_i x with mean b_i = 0, so that x* = 0, and messages of which nothing is lost."""

    L, b = np.array([Fraction(1), Fraction(1, 10)]), np.array([Fraction(3), Fraction(-3)])

    def gradient(self, x: Fraction) -> Any:
        return self.L * x + self.b

    def compress(self, v: Any) -> Any:
        return v

    def mean(self, v: Any) -> Any:
        return sum(v) / len(v)


@pytest.mark.parametrize("step", [Fraction(1, 7), Fraction(2), Fraction(100)])
@pytest.mark.parametrize("eta", [Fraction(1, 10**6), Fraction(1, 3)])
def test_memory_of_econtrol_shrinks_by_no_more_at_any_step(step: Fraction, eta: Fraction) -> None:
    world: Any = _Lossless()
    method, start = EControl(step, eta=eta), np.array([Fraction(1), Fraction(-1)])
    x, e, h = Fraction(0), start, world.gradient(0)
    for t in range(1, 6):
        x, e, h = method.step(world, x, e, h)
        assert x == 0
        assert list(e) == list((1 - eta) ** t * start)


def test_the_page_needs_weights_above_one_millionth(found: dict[str, Any], tmp_path: Path) -> None:
    name = "ef21-equal-kappa1000-alpha1_10-best-step"
    slow = {**found, name: replace(found[name], upper=1 - Fraction(1, 10**9))}
    with pytest.raises(ValueError, match="worse than 0"):
        open_questions.open_study().publish(tmp_path / "out", list(slow.values()))
