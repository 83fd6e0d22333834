"""The command cite."""

from __future__ import annotations

import pytest

from eftheory import __version__
from eftheory.cli.app import main
from eftheory.cli.cite import NAMES, bibliography, entry
from eftheory.methods import METHODS


def cite(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(["cite", *arguments])
    captured = capsys.readouterr()
    return stop.value.code, captured.out, captured.err


def test_without_a_key_the_program_itself(capsys) -> None:
    code, out, err = cite(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("@software{eftheory2026,\n")
    assert f"version = {{{__version__}}}" in out
    assert cite(capsys, "eftheory") == cite(capsys, "eftheory2026") == (code, out, err)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ef21", "EF21"),
        ("EF21", "EF21"),
        ("ef", "1-Bit Stochastic Gradient Descent"),
        ("cgd", "Tight Analyses"),
        ("gd", "Polyak"),
        ("cvxpy", "Python-Embedded"),
        ("clarabel", "Interior-Point"),
        ("RichtarikSokolovFatkhullin2021", "EF21"),
    ],
)
def test_keys(capsys, key, words) -> None:
    code, out, err = cite(capsys, key)
    assert (code, err) == (0, "")
    assert words.lower() in out.replace("{", "").replace("}", "").lower()


def test_every_method_can_be_cited() -> None:
    assert set(METHODS) <= set(NAMES)
    assert set(NAMES.values()) <= set(bibliography())


@pytest.mark.parametrize("key", bibliography())
def test_every_entry_is_whole(key) -> None:
    text = entry(key)
    assert text.startswith("@")
    assert text.endswith("}")
    assert text.count("{") == text.count("}")
    for field in ("author", "title", "year"):
        assert f" {field} " in text


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("ef22", "did you mean ef21?"),
        ("RichtarikSokolovFatkhulin2021", "did you mean RichtarikSokolovFatkhullin2021?"),
        ("zzz", "try eftheory, gd, cgd, ef, ef21, cvxpy, clarabel"),
        ("\x1b[31m" + "z" * 10**5, "try eftheory"),
    ],
)
def test_unknown_keys(capsys, key, hint) -> None:
    code, out, err = cite(capsys, key)
    assert (code, out) == (2, "")
    assert hint in err
    assert err.count("\n") == 1
    assert len(err) < 250
    assert err.rstrip("\n").isprintable()
