"""What the program says, whatever the command: of files, of long numbers, of letters beyond ASCII, and in its help."""

from __future__ import annotations

import pytest

from eftheory.cli.commands import COMMANDS, app

AGENTS = ("--agents", "L=1,mu=1/10")
HUGE = ("--agents", "L=1,mu=1/10,count=1e400", "--alpha", "3/4")


@pytest.mark.parametrize("command", ["check", "show", "prove"])
@pytest.mark.parametrize("content", ["{}", "", "[1]", '{"format": "eftheory-certificate/1"}'])
def test_a_file_that_is_no_certificate_is_not_accepted_by_any_command(run, tmp_path, command, content):
    path = tmp_path / "mine.json"
    path.write_text(content)
    code, out, err = run(command, str(path))
    assert (code, out) == (1, "")
    assert f"'{path}' is not a certificate: " in err


@pytest.mark.parametrize("command", ["check", "show", "prove"])
def test_a_file_that_is_not_there_is_a_slip(run, command):
    assert run(command, "missing.json")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("certify", "ef21", *HUGE), "EF21 on 10000000... (401 digits) agents"),
        (("rate", "ef21", *HUGE), "EF21 on 10000000... (401 digits) agents"),
        (("certify", "ef21", *AGENTS, "--alpha", "1e400"), "alpha=10000000... (401 digits): alpha must lie in"),
        (("rate", "ef21", "--agents", "L=1,mu=1e300"), "mu=10000000... (301 digits)"),
        (("rate", "ef21", "--agents", "L=1,mu=0,count=1e-400"), "count=1e-400 must be a whole number"),
    ],
)
def test_nobody_reads_hundreds_of_digits(run, arguments, words):
    _, out, err = run(*arguments)
    assert words in out + err
    assert "0" * 41 not in out + err


def test_letters_are_echoed_as_they_were_written(run):
    assert "method='µ-EF'" in run("certify", "µ-EF", *AGENTS)[2]
    assert "élan.json" in run("show", "élan.json")[2]
    assert run("show", "\x1b[31m\u202e.json")[2].rstrip("\n").isprintable()


def test_no_line_of_the_help_is_cut(run):
    code, out, _ = run("--help")
    assert code == 0
    assert "..." not in out.partition("Commands:")[2]
    assert all(command.name in out for command in app.registered_commands)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("rate", "ef21_pl")])
def test_help_is_asked_for_in_two_ways(run, command):
    long, short = run(*command, "--help"), run(*command, "-h")
    assert long == short
    assert long[0] == 0
    assert long[1].startswith(f"Usage: eftheory {' '.join(command[:1])}")


@pytest.mark.parametrize(
    "asked", [("prove", "no.py"), ("certify", "no.py:Mine", *AGENTS), ("compressor", "no.py:c", "--dim", "2")]
)
def test_a_file_of_code_that_is_not_there_is_told_in_plain_words(run, asked):
    code, _, err = run(*asked)
    assert (code, err.rpartition("no.py")[2]) == (2, ": there is no such file\n")


WITHOUT = ("methods", "cite", "course", "exercise", "site")
"""Commands that need no word."""


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in WITHOUT])
def test_a_command_without_what_it_takes_shows_how_it_is_called(run, command):
    code, out, err = run(command)
    assert (code, out) == (2, "")
    assert f"as in: eftheory {command} " in err.replace(", as in eftheory", "; as in: eftheory")


@pytest.mark.parametrize(
    "asked",
    [
        ("certify", "ef21", *AGENTS, "L=2,mu=1"),
        ("rate", "ef21", *AGENTS, "L=2,mu=1"),
        ("rate", "gd", *AGENTS, "L=2,mu=1"),
    ],
)
def test_values_of_an_option_that_is_repeated_stand_behind_it(run, asked):
    code, _, err = run(*asked)
    assert (code, err.count("\n")) == (2, 1)
    assert "(L=2,mu=1); an option that is repeated stands before each of its values" in err
    assert "repeated" not in run("cite", "ef21", "ef")[2]


def test_a_command_that_is_not_there_leads_to_one_that_is(run):
    assert run("compresor")[2] == "eftheory: there is no command 'compresor': did you mean compressor?\n"
    code, _, err = run("foo")
    assert code == 2
    assert all(name in err for name in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("certify", "ef21", *AGENTS, "--alpha", "abc"),
        ("certify", "ef21", *AGENTS, "--alpha", "1/2", "--slack", "abc"),
        ("rate", "ef21", *AGENTS, "--alpha", "abc"),
        ("rate", "ef21", *AGENTS, "--accuracy", "abc"),
        ("rate", "ef21_nonconvex", "--alpha", "abc"),
        *(
            ("compressor", "identity", "--dim", "2", f"--{name}", "abc")
            for name in ("alpha", "omega", "time", "L", "mu", "accuracy", "bits")
        ),
    ],
)
def test_what_is_no_number_is_told_with_its_name(run, arguments):
    name = arguments[-2].removeprefix("--")
    assert run(*arguments) == (2, "", f"eftheory: {name}: 'abc' is not a number; write 3/4, 0.75 or 1e-3\n")


def test_the_list_of_rates_takes_no_name(run):
    assert run("rate", "--list", "ef21")[0::2] == (
        2,
        "eftheory: --list: it lists all theorems; leave 'ef21' out, or --list\n",
    )


def test_too_much_to_hold_is_no_error_of_ours(run, monkeypatch):
    def fail(arguments):
        raise MemoryError("Unable to allocate 745. GiB")

    monkeypatch.setattr("eftheory.cli.app._call", fail)
    code, out, err = run("compressor")
    assert (code, out) == (2, "")
    assert err == "eftheory: what is asked for takes more memory than there is: Unable to allocate 745. GiB\n"


@pytest.mark.parametrize(
    ("arguments", "twice"),
    [
        (("certify", "ef21", *AGENTS, "--alpha", "3/4", "--alpha", "1/2"), "--alpha"),
        (("certify", "gd", *AGENTS, "--values", "--no-values"), "--values/--no-values"),
        (("certify", "gd", *AGENTS, "-o", "a.json", "--output", "b.json"), "-o/--output"),
        (("rate", "ef21", *AGENTS, "--step-size=1", "--step-size", "2"), "--step-size"),
        (("rate", "ef21_partial", *AGENTS, "--p", "1/2", "--p", "1/3"), "--p"),
        (("compressor", "topk:k=1", "--dim", "5", "--dim", "6"), "--dim"),
        (("prove", "--new", "a", "--new", "b"), "--new"),
    ],
)
def test_no_option_is_dropped_for_another_of_its_name(run, arguments, twice):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"{twice} is given 2 times" in err


@pytest.mark.parametrize(
    ("arguments", "option", "taken"),
    [
        (("certify", "ef21", *AGENTS, "--alpha", "3/4", "--mean", "-o", "F"), "--mean", "-o"),
        (("certify", "ef21", "--agents", "--json"), "--agents", "--json"),
        (("rate", "ef21", *AGENTS, "--alpha", "--step-size=1"), "--alpha", "--step-size=1"),
        (("rate", "ef21_partial", *AGENTS, "--alpha", "--p", "1/2"), "--alpha", "--p"),
        (("compressor", "topk:k=1", "--dim", "5", "--param", "--help"), "--param", "--help"),
        (("prove", "--new", "--all"), "--new", "--all"),
    ],
)
def test_no_option_is_taken_for_the_value_of_another(run, arguments, option, taken):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"{option} {taken}: {taken} is an option itself, and {option} needs a value" in err


def test_a_value_that_looks_like_an_option_may_be_given_outright(run):
    assert "is an option itself" not in run("rate", "gd", *AGENTS, "--step-size=--json")[2]
    assert "is an option itself" not in run("rate", "gd", *AGENTS, "--step-size", "-1")[2]


def test_what_may_be_repeated_may(run):
    code, out, _ = run("rate", "gd", *AGENTS, "--agents", "L=2,mu=1", "--exact", "--exact")
    assert code == 0
    assert "2 types" in out


@pytest.mark.parametrize("command", ["rate", "compressor", "prove"])
def test_a_list_that_is_a_table_does_not_pass_for_json(run, command):
    code, out, err = run(command, "--list", "--json")
    assert (code, out) == (2, "")
    assert "--json" in err


def test_a_file_without_a_name_is_echoed_too(run):
    assert run("show", "")[2].startswith("eftheory: '': ")


def test_latex_of_all_is_refused_before_any_is_read(run, monkeypatch):
    monkeypatch.setattr("eftheory.cli.prove.select_all", lambda folder: pytest.fail("the proofs are read"))
    assert run("prove", "--all", "--latex")[0] == 2


@pytest.mark.parametrize("option", ["--html", "--data"])
def test_a_folder_without_a_name_is_not_the_one_at_hand(run, option):
    code, _, err = run("prove", "top_k", option, "")
    assert code == 2
    assert f"{option} '': it is not a folder" in err
