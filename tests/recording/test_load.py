"""Methods in files and modules; every mistake ends in one line and exit code 2."""

import html
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.assumptions import AgentType
from eftheory.bounds import certify
from eftheory.cli.app import main
from eftheory.methods import METHODS
from eftheory.recording import load_method
from tests.kit.own_methods import OwnGD

MINE = """
from dataclasses import dataclass
from fractions import Fraction
from eftheory import Method

@dataclass(frozen=True)
class Mine(Method):
    momentum: Fraction = Fraction(0)
    agent_state = ("d",)

    def step(self, world, x, d):
        x = x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d)

class Wrong(Method):
    def step(self, world, x):
        return (x - 0.1 * world.mean(world.gradient(x)),)

class Stepless(Method):
    pass

number = 3
"""
PLAIN = """
from eftheory import Method

class Plain(Method):
    def step(self, world, x):
        return (x - self.step_size * world.mean(world.gradient(x)),)
"""
ROOT = str(Path(__file__).parents[2])
AGENTS = ["--agents", "L=1,mu=1/10,count=3", "--alpha", "3/4"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(MINE)
    (tmp_path / "broken.py").write_text("x = 1 +\n")
    (tmp_path / "failing.py").write_text("import nonsense_that_is_not_there\n")
    (tmp_path / "leaving.py").write_text("raise SystemExit(5)\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["certify", *arguments])
    return caught.value.code


def test_from_a_file_to_a_checked_certificate(folder, capsys):
    assert run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "-o", "c.json", "--json") in (0, 3)
    report = json.loads(capsys.readouterr().out)
    assert report["method"] == "external Mine"
    assert report["status_upper"] == "proved"
    setting = json.loads((folder / "c.json").read_text())["setting"]
    assert (setting["method"], setting["definition"]["name"]) == ("external", "Mine")
    (folder / "mine.py").unlink()  # the checker needs no foreign code
    command = [sys.executable, "-m", "eftheory.check", "c.json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={**os.environ, "PYTHONPATH": ROOT})
    assert done.returncode == 0
    assert "external method Mine, as defined in its certificate," in done.stdout


def test_show_writes_the_steps(folder, capsys):
    run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "-o", "c.json")
    with pytest.raises(SystemExit):
        main(["show", "c.json"])
    shown = capsys.readouterr().out
    assert "external method Mine" in shown
    assert "− 1/2 mean d_i" in shown


@pytest.mark.parametrize(
    ("place", "options", "message"),
    [
        ("other.py:Mine", [], "there is no such file"),
        ("mine.py:Other", [], "no eftheory.Method named 'Other'; it has: Mine, Wrong, Stepless"),
        ("mine.py:number", [], "no eftheory.Method named 'number'"),
        ("mine.py:", [], "write file.py:Class"),
        (":Mine", [], "write file.py:Class"),
        ("broken.py:Mine", [], "SyntaxError"),
        ("failing.py:Mine", [], "failing.py, line 1: ModuleNotFoundError"),
        ("leaving.py:Mine", [], "SystemExit"),
        ("no.such.module:Mine", [], "ModuleNotFoundError"),
        ("mine.py:Wrong", [], "Wrong.step (mine.py, line 17): coefficient 0.1 is a float, or was multiplied with one"),
        ("mine.py:Stepless", [], "Stepless has no step"),
        ("mine.py:Mine", ["--param", "eta=1"], "Mine has no parameter 'eta'; it has: momentum"),
        ("mine.py:Mine", ["--param", "momentum=x"], "'x' is not a number"),
        ("mine.py:Mine", ["--param", "momentum"], "is not NAME=NUMBER"),
        ("mine.py:Mine", ["--param", "momentum=1", "--param", "momentum=2"], "is given twice"),
        ("ef21", ["--param", "momentum=1"], "ef21 has no parameter 'momentum'"),
        ("mine", [], "choose one of gd, cgd, ef, ef21, dcgd,"),
    ],
)
def test_mistakes_end_in_one_line(folder, capsys, place, options, message):
    assert run(place, *AGENTS, "--step-size", "1/2", *options) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_no_law_is_known(folder, capsys):
    assert run("mine.py:Mine", *AGENTS, "--step-size", "law") == 2
    assert "give a number" in capsys.readouterr().err


def test_a_step_is_searched(folder, capsys):
    assert run("mine.py:Mine", *AGENTS, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["status_upper"] == report["status_lower"] == "proved"
    assert report["step_search"]["law_step_size"] is None
    assert 0.6060 < Fraction(report["step_size"]) < 0.6062  # it is EF21, with the law's step 20/33
    assert Fraction(report["rate_upper"]) < Fraction("0.884809")


def test_alpha_is_asked_for(folder, capsys):
    assert run("mine.py:Mine", "--agents", "L=1,mu=1/10", "--step-size", "1/2") == 2
    assert "--alpha is missing" in capsys.readouterr().err
    with pytest.raises(ValueError, match="alpha is missing: a method of your own compresses"):
        certify("mine.py:Mine", AgentType(1, Fraction(1, 10)), step_size=Fraction(1, 2))


def test_alpha_is_not_asked_for_where_nothing_is_compressed():
    found = certify(OwnGD, AgentType(1, Fraction(1, 10)), step_size=Fraction(1, 2))
    assert found.setting.compressor.alpha == 1
    assert found.rate("upper") is not None


def test_alpha_is_asked_for_by_methods_that_compress_only(folder, capsys):
    (folder / "plain.py").write_text(PLAIN)
    for step in ("1/2", "optimal"):
        for alpha in ([], ["--alpha", "1"]):
            assert run("plain.py:Plain", *AGENTS[:2], *alpha, "--step-size", step, "--json") in (0, 3)
            assert json.loads(capsys.readouterr().out)["alpha"] == "1"
    assert run("plain.py:Plain", *AGENTS[:2], "--param", "eta=1") == 2
    assert "Plain has no parameter 'eta'" in capsys.readouterr().err


def test_modules_of_the_current_folder_are_found(folder):
    assert load_method("mine:Mine").__name__ == "Mine"
    assert load_method("eftheory.methods.ef:EF") is METHODS["ef"]


def test_a_file_may_import_what_lies_beside_it(folder, capsys):
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "numbers_beside.py").write_text("from fractions import Fraction\nHALF = Fraction(1, 2)\n")
    step = "x - self.step_size * HALF * world.mean(world.gradient(x))"
    (elsewhere / "own.py").write_text(
        f"from eftheory import Method\nfrom numbers_beside import HALF\n\nclass Own(Method):\n"
        f"    def step(self, world, x):\n        return ({step},)\n"
    )
    assert run("elsewhere/own.py:Own", *AGENTS[:2], "--step-size", "1", "--json") in (0, 3)
    assert "- 1/2 mean" in json.loads(capsys.readouterr().out)["step"][0]


def test_without_a_search_nothing_is_known(folder, capsys):
    assert run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "--engine", "law") == 3
    assert "no closed form is known for a method of your own" in capsys.readouterr().out


@pytest.mark.parametrize("method", [3, int, None])
def test_what_is_no_method(method):
    with pytest.raises(ValueError, match="a subclass of eftheory"):
        certify(method, [], step_size=Fraction(1))


def test_certify_prints_what_was_recorded_and_what_is_assumed(folder, capsys):
    assert run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "--engine", "law") == 3
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    first = next(k for k, line in enumerate(lines) if line.startswith("step  "))
    assert lines[first].split(None, 1) == ["step", "x+ = x - 1/2 mean d_i"]
    assert lines[first + 1].strip() == "d_i+ = C_i(grad f_i(x+) - d_i) + d_i"
    first = next(k for k, line in enumerate(lines) if line.startswith("hypotheses"))
    assert lines[first].endswith("every f_i is L-smooth and mu-strongly convex with its agent's constants")
    assumed = lines[first + 1]
    assert "each C_i is deterministic, or random with E[" in assumed

    run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "--engine", "law", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["step"] == ["x+ = x - 1/2 mean d_i", "d_i+ = C_i(grad f_i(x+) - d_i) + d_i"]
    assert report["functions"] in lines[first]
    assert [it["name"] for it in report["hypotheses"]] == ["contractive in expectation"]
    assert report["hypotheses"][0]["sentence"] in assumed


def test_a_method_of_eftheory_needs_no_step_in_print(capsys):
    run("ef", *AGENTS, "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["step"] is None
    assert [it["name"] for it in report["hypotheses"]] == ["common minimiser", "contractive in expectation"]


@pytest.mark.parametrize(
    ("option", "first", "second"),
    [
        ((), "x⁺ = x − 1/2 mean d_i", "C_i(∇f_i(x⁺) − d_i)"),
        (("--latex",), r"x^+ &= x - \tfrac{1}{2} \operatorname{mean} d_i", r"\mathcal{C}_i(\nabla f_i(x^+) - d_i)"),
        (("--html",), "x⁺ = x − 1/2 mean d_i", "C_i(∇f_i(x⁺) − d_i)"),
    ],
)
def test_show_writes_the_recorded_step_in_every_form(folder, capsys, option, first, second):
    run("mine.py:Mine", *AGENTS, "--step-size", "1/2", "-o", "c.json", "--json")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["show", *option, "c.json"])
    shown = html.unescape(capsys.readouterr().out)
    assert first in shown
    assert second in shown


def test_a_refusal_is_one_line_that_names_file_and_line(folder, capsys):
    (folder / "lazy.py").write_text(LAZY)
    assert run("lazy.py:Lazy", *AGENTS, "--step-size", "1/2") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "eftheory: Lazy (lazy.py, line 6): random.random makes it depend on chance (random): a step must do the same "
        "at every call; chance belongs into the compressors, constants into parameters "
        "(see: eftheory methods --steps)\n"
    )


LAZY = """import random
from eftheory import Method

class Lazy(Method):
    def step(self, world, x):
        if random.random() < 1e-9:
            return (x,)
        return (x - self.step_size * world.mean(world.gradient(x)),)
"""
