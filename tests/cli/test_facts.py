"""Columns of facts: the same words in a pipe, without rich, as on a terminal, where they wrap."""

from __future__ import annotations

import sys

import pytest

from eftheory.cli.printing import print_facts

SAYS = {"title": "EF21 on 2 agents", "notes": ["note: [bold] is no markup"]}
ROWS = [("rate <=", "1/2", "exact"), ("xi", "10" * 40, "")]


def test_columns_in_a_pipe(capsys):
    print_facts(ROWS, **SAYS)
    assert capsys.readouterr().out.splitlines() == [
        "EF21 on 2 agents",
        f"rate <=  {'1/2':82}exact",
        f"xi       {'10' * 40}",
        "note: [bold] is no markup",
    ]


@pytest.mark.parametrize("columns", [(), ("name", "number", "remark")])
def test_a_terminal_shows_the_same_words(columns, capsys, monkeypatch):
    print_facts(ROWS, columns=columns, **SAYS)
    words = "".join(capsys.readouterr().out.split())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")  # no colours, 80 columns
    print_facts(ROWS, columns=columns, **SAYS)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert sorted("".join(shown.split())) == sorted(words)
