"""Exercises: as given they are not proved, and only for their holes; their solutions are, and say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from eftheory.course import find_lessons
from eftheory.proofkit import Theorem, inner, square
from eftheory.proofkit.catalogue import examine
from eftheory.proofkit.contents import packaged_files
from eftheory.proofkit.exercises import find_exercises
from eftheory.proofkit.kernel.outcome import PROVED, UNPROVED
from eftheory.proofkit.kernel.reader import read_theorem
from eftheory.proofkit.kernel.verdict import prove
from eftheory.proofkit.loader import load_one
from eftheory.proofkit.theorem import HOLE
from eftheory.proofkit.writer import write_theorem

EXERCISES = find_exercises()
SOLUTIONS = Path(__file__).parents[1] / "proofs" / "solutions"


def test_there_are_enough_and_for_each_lesson() -> None:
    assert len(EXERCISES) >= 20
    assert {each.lesson for each in EXERCISES.values()} == set(find_lessons())
    assert {each.level for each in EXERCISES.values()} == {1, 2, 3}
    assert not set(EXERCISES) & set(packaged_files()), "a theorem has the name of an exercise"


@pytest.mark.parametrize("name", EXERCISES)
def test_as_it_is_given_it_is_not_proved(name: str) -> None:
    theorem = load_one(EXERCISES[name].path)
    assert examine(theorem).status == UNPROVED
    assert [step.name for step in theorem.steps if step.name.startswith(HOLE)]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_proved_and_says_the_same(name: str) -> None:
    solution = load_one(SOLUTIONS / f"{name}.py")
    assert examine(solution).status == PROVED
    assert EXERCISES[name].is_stated_by(solution)


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_given_has_no_hints(name: str) -> None:
    exercise = EXERCISES[name]
    assert len(exercise.hints) == 3
    assert not any(hint in exercise.text for hint in exercise.hints)
    assert "Hints" not in exercise.text
    assert exercise.text.count("theorem.hole(") >= 2, "the words name it, and the proof has it"
    compile(exercise.text, name, "exec")


def test_every_solution_has_an_exercise() -> None:
    assert {path.stem for path in SOLUTIONS.glob("*.py")} == set(EXERCISES)


def with_a_hole(*, needed: bool) -> Theorem:
    theorem = Theorem("trial", "A trial")
    a, b = theorem.vector("a"), theorem.vector("b")
    claim = theorem.claim(2 * inner(a, b) <= square(a) + square(b))
    body = theorem.hole("what is squared", vector=True) if needed else a - b
    if not needed:
        theorem.hole("something that is not needed")
    theorem.qed(theorem.combine("line", claim, squares=[(1, body)]))
    return theorem


@pytest.mark.parametrize("needed", [True, False])
def test_no_proof_with_a_hole_is_proved_whether_it_is_needed_or_not(needed: bool) -> None:
    theorem = with_a_hole(needed=needed)
    assert examine(theorem).status == UNPROVED
    plain = read_theorem(write_theorem(theorem))  # as data, too, and as a lemma of another
    assert prove({"trial": plain}, ["trial"])["trial"].status == UNPROVED


def test_a_lemma_with_a_hole_proves_nothing() -> None:
    theorem, other = with_a_hole(needed=False), Theorem("uses", "It uses it")
    a, b = other.vector("a"), other.vector("b")
    claim = other.claim(2 * inner(a, b) <= square(a) + square(b))
    other.qed(other.lemma("line", claim, "trial", {theorem.vector("a"): a, theorem.vector("b"): b}))
    assert prove({"trial": theorem, "uses": other}, ["uses"])["uses"].status == UNPROVED


def test_a_hole_has_a_name_of_its_own() -> None:
    theorem = Theorem("trial", "A trial")
    theorem.hole("x")
    with pytest.raises(ValueError, match="'x': there is a hole of this name already"):
        theorem.hole("x")


YOUNG = (SOLUTIONS / "young.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("above=0", "above=1"),
        ("2 * inner(a, b) <=", "inner(a, b) <="),
        ("2 * inner(a, b) <= y * square(a) + square(b) / y", "square(a) <= square(a)"),
        ("claim = ", 'theorem.given("more", 2 * inner(a, b) <= 0)\nclaim = '),
        ('theorem.vector("b")', 'theorem.vector("b", random=True)'),
        ('"y"', '"z"'),
    ],
    ids=["range", "weaker", "another claim", "a hypothesis", "a random vector", "renamed"],
)
def test_another_statement_is_no_solution(tmp_path: Path, old: str, new: str) -> None:
    assert old in YOUNG
    (tmp_path / "young.py").write_text(YOUNG.replace(old, new, 1))
    assert not EXERCISES["young"].is_stated_by(load_one(tmp_path / "young.py"))


def test_another_proof_of_the_same_is_a_solution(tmp_path: Path) -> None:
    other = YOUNG.replace("y * a - b", "b - y * a")
    assert other != YOUNG
    (tmp_path / "young.py").write_text(other)
    solution = load_one(tmp_path / "young.py")
    assert EXERCISES["young"].is_stated_by(solution)
    assert examine(solution).status == PROVED
