"""The command compressor on those of eftheory: their list, and their short names."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest

from eftheory.cli.load_compressor import as_typed, load_compressor
from eftheory.testing.compressor_list import contractive_in


def test_the_list(call) -> None:
    code, out, err = call("--list", "--dim", "10")
    assert (code, err) == (0, "")
    _, heads, *_ = out.splitlines()
    assert heads.split() == ["compressor", "alpha", ">=", "bits", "<=", "source"]
    line = next(line.split() for line in out.splitlines() if line.startswith("topk:k=1 "))
    assert line[1:4] == ["0.100000", "36", "[BeznosikovEtAl2020],"]
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("each", contractive_in(10), ids=repr)
def test_each_is_found_as_the_list_says_it_is_typed(each) -> None:
    name, *options = shlex.split(as_typed(each))
    assert load_compressor(name, [option for option in options if option != "--param"]) == each


def test_nothing_named_says_what_to_name(call) -> None:
    for arguments in ([], ["topk:k=1"]):
        code, _, err = call(*arguments)
        assert code == 2
        assert "--list" in err


def test_short_names(figures, call) -> None:
    code, found = figures("topk:k=1", "--dim", "4")
    assert (code, found["compressor"], found["basis"]) == (0, "TopK(k=1)", "alpha = 1/4: exact, attained")
    code, found = figures("ScaledSign", "--dim", "3")
    assert (code, found["compressor"]) == (0, "ScaledSign()")
    code, _, err = call("topk", "--dim", "3")
    assert code == 2
    assert "missing a required argument: 'k'" in err


def test_a_slip_in_a_short_name_leads_to_it(call) -> None:
    code, _, err = call("topkk:k=1", "--dim", "3")
    assert code == 2
    assert "did you mean topk?" in err
    assert "did you mean" not in call("mine:topk", "--dim", "3")[2]


@pytest.mark.parametrize("dim", ["0", "-3"])
def test_the_list_is_of_the_dimension_that_is_asked_for(call, dim) -> None:
    code, out, err = call("--list", "--dim", dim)
    assert (code, out) == (2, "")
    assert f"dim={dim}: a vector has at least one entry" in err


@pytest.mark.parametrize("word", ["foo", "é", "mine.py"])
def test_what_names_no_place_is_echoed_and_the_list_offered(call, word) -> None:
    code, _, err = call(word, "--dim", "3")
    assert code == 2
    assert f"'{word}': write file.py:Name or package.module:Name, or one that --list has" in err


def test_the_list_is_printed_without_numpy():
    call = "from eftheory.cli.compressor_list import print_list; print_list(100)"
    code = f"import sys; {call}; print('numpy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "False"
