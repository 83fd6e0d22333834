"""``eftheory exercise``, and how ``prove`` marks what comes of it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_they_are_listed(run) -> None:
    code, out, err = run("exercise")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 20
    assert any(line.split()[:3] == ["young", "04_lyapunov", "1"] for line in out.splitlines())


def test_one_is_written_marked_and_solved(run, here) -> None:
    code, out, _ = run("exercise", "young")
    assert code == 0
    assert "eftheory prove young.py" in out
    code, out, _ = run("prove", "young.py")
    assert code == 1
    assert "left over: (||a||^2 y^2 + ||b||^2 - 2 <a, b> y - ||HOLE_1||^2)/y" in out
    assert out.splitlines()[-1] == "not solved yet; a hint: eftheory exercise young --hint 1"
    text = (here / "young.py").read_text()
    (here / "young.py").write_text(text.replace('theorem.hole("what is squared", vector=True)', "y * a - b"))
    code, out, _ = run("prove", "young.py")
    assert (code, out.splitlines()[-2:]) == (0, ["PROVED", "SOLVED: exercise young"])


def test_another_statement_is_not_the_exercise(run, here) -> None:
    run("exercise", "young")
    text = (here / "young.py").read_text().replace("2 * inner(a, b)", "inner(a, b) - inner(b, a)")
    (here / "young.py").write_text(text.replace('theorem.hole("what is squared", vector=True)', "y * a"))
    code, out, _ = run("prove", "young.py")
    assert code == 1
    assert "NOT THE EXERCISE young" in out


def test_hints_get_stronger(run) -> None:
    hints = [run("exercise", "young", "--hint", f"{k}")[1] for k in (1, 2, 3)]
    assert len(set(hints)) == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["yuong"], "there is no exercise 'yuong': did you mean young?"),
        (["young", "--hint", "4"], "young has hints 1 to 3"),
        (["--hint", "1"], "name an exercise"),
        (["young", "--hint", "1", "-o", "young.py"], "leave -o out"),
        (["young", "-o", "mine.py"], "name a folder, or a file young.py"),
        (["young", "-o", "no/young.py"], "no/young.py: No such file"),
    ],
)
def test_what_is_wrong_is_one_line(run, words, message) -> None:
    code, out, err = run("exercise", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_work_is_not_overwritten(run, here) -> None:
    (here / "young.py").write_text("mine")
    code, _, err = run("exercise", "young")
    assert code == 2
    assert "it is there already" in err
    assert (here / "young.py").read_text() == "mine"
