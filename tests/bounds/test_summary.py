"""What a session shows of a certification, and that the command prints the same."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from eftheory import AgentType, certify
from eftheory.bounds.summary import as_text, rows
from eftheory.cli.app import main
from tests.kit.own_methods import OwnDCGD

PAIR = [AgentType(1, Fraction(1, 10), 3), AgentType(Fraction(1, 2), Fraction(1, 4))]


def test_a_session_shows_some_ten_lines() -> None:
    shown = repr(certify("ef21", [AgentType(1, Fraction(1, 10), 1000)], alpha=Fraction(3, 4)))
    lines = shown.splitlines()
    assert lines[0] == "EF21 on 1000 agents of 1 type"
    assert len(lines) <= 12
    assert lines[4].split() == ["rate", "<=", "0.8848082907", "proved"]
    assert not any(line != line.rstrip() for line in lines)
    assert str(certify("gd", [AgentType(1, 1)])).startswith("GD on 1 agent of 1 type\n")


@pytest.mark.parametrize(
    ("result", "command"),
    [
        (
            lambda: certify("ef21", PAIR, alpha=Fraction(3, 4), engine="law"),
            "ef21 --agents L=1,mu=1/10,count=3 --agents L=1/2,mu=1/4 --alpha 3/4 --engine law",
        ),
        (lambda: certify("gd", PAIR[1], step_size=9), "gd --agents L=1/2,mu=1/4 --step-size 9"),
        (lambda: certify("cgd", AgentType(1, 0), alpha=1), "cgd --agents L=1,mu=0 --alpha 1"),
    ],
)
def test_the_command_prints_what_a_session_shows(capsys, result, command) -> None:
    with pytest.raises(SystemExit):
        main(["certify", *command.split()])
    assert capsys.readouterr().out.rstrip("\n") == repr(result())


def test_exact_numbers_and_the_place_of_the_file() -> None:
    result = certify("gd", [AgentType(1, Fraction(1, 2))])
    shown = as_text(result, exact=True, written="gd\n.json")
    assert "rate <=      1/9   proved" in shown
    assert shown.endswith("certificate  gd\\n.json")


def test_what_has_nothing_to_say_has_no_row() -> None:
    names = [name for name, _ in rows(certify("gd", [AgentType(1, 0)]))]
    assert "guarantee" not in names
    assert "gap" not in names
    assert names.count("note") == 1


def test_a_method_of_ones_own_is_shown_in_formulas() -> None:
    result = certify(OwnDCGD, [AgentType(1, Fraction(1, 2))], alpha=1, step_size=1)
    said = dict(rows(result))
    assert said["step"].startswith("x+ = x - ")
    assert said["measure"] == "||x - x*||^2"


def test_long_fractions_in_its_formulas_come_with_a_decimal() -> None:
    long = Fraction(6628027329, 34359738368)
    said = [text for _, text in rows(certify(OwnDCGD, AgentType(1, 1), alpha=1, step_size=long))]
    assert f"{long} is about 0.192901" in said
    assert any(text.startswith(f"x+ = x - {long} ") for text in said)


@pytest.mark.parametrize(("types", "last"), [(8, "1 with L=8, mu=1"), (9, "and 1 more type"), (12, "and 4 more types")])
def test_of_many_types_it_is_said_how_many_are_not_shown(types, last) -> None:
    shown = rows(certify("ef21", [AgentType(k, 1) for k in range(1, types + 1)], alpha=1, engine="law"))
    names = [name for name, _ in shown]
    assert shown[names.index("alpha") - 1] == ("", last)


def test_numbers_of_any_size_are_printed_short() -> None:
    result = certify("ef21", [(1, "1/10")], alpha="1e-40", engine="law")
    assert "1 - 9.090909090e-42" in as_text(result)
    assert not re.search(r"[0-9./]{30,}", as_text(result))
    assert f"1/{10**40}" in as_text(result, exact=True)
    large = as_text(certify("gd", [("1e300", 1)], engine="law"))
    assert "L=10000000... (301 digits)" in large
    assert not re.search("[0-9]{30,}", large)
    assert "step size   about 1.333333e+300" in as_text(certify("gd", [("1e-300", "5e-301")], engine="law"))


def test_a_search_that_stays_at_the_law_says_so() -> None:
    alike, unlike = (certify("ef21", [(1, "1/10"), (2, mu)], alpha="3/4") for mu in ("1/5", "9/10"))
    assert "the law's: none better was found" in as_text(alike)
    assert "times the law's, for about" in as_text(unlike)
