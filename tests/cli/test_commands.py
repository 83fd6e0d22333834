"""Commands are imported when they are called, and say the same before and after."""

import inspect
from importlib import import_module

import pytest

from eftheory.cli import app as program
from eftheory.cli.commands import COMMANDS, load


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_does_is_said_in_one_way(name):
    docstring = inspect.getdoc(getattr(import_module(f"eftheory.cli.{name}"), name))
    assert docstring.partition("\n")[0] == COMMANDS[name]
    assert load(name).name == name


@pytest.mark.parametrize("given", [["a.json"], ["--json", "a.json"], ["-"], ["a.json", "--json", "b.json"]])
def test_a_plain_check_goes_straight_to_the_checker(given, monkeypatch):
    reached = []
    monkeypatch.setattr("eftheory.check.__main__.main", lambda arguments: reached.append(arguments) or 0)
    monkeypatch.setattr(program, "_call", lambda arguments: pytest.fail("typer is asked"))
    with pytest.raises(SystemExit) as stop:
        program.main(["check", *given])
    assert stop.value.code == 0
    files = [each for each in given if each != "--json"]
    assert reached == [["--json"] * ("--json" in given) + ["--", *files]]


@pytest.mark.parametrize("given", [[], ["--json"], ["--help"], ["--jsn", "a.json"], ["--", "a.json"]])
def test_whatever_else_is_asked_of_check_is_parsed_as_for_all_commands(given, monkeypatch):
    monkeypatch.setattr(program, "_call", lambda arguments: 7)
    with pytest.raises(SystemExit) as stop:
        program.main(["check", *given])
    assert stop.value.code == 7
