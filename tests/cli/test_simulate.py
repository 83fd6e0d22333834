"""The command simulate: its table, its JSON, its files, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from eftheory.cli import waiting
from eftheory.cli.app import main
from eftheory.methods.catalogue import CATALOGUE
from eftheory.simulate import read
from eftheory.theory.named import name_of

SMALL = "+1 1:1 3:0.5\n-1 2:1\n+1 1:0.5\n-1 2:0.5 3:1\n" * 5
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run ``eftheory simulate`` in a folder with small data; words are split at blanks."""
    (tmp_path / "small.libsvm").write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(waiting, "FIRST", 3600.0)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["simulate", *(word for text in arguments for word in text.split())])
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return run


def test_the_command_of_the_issue_on_a_bundled_set(call: Call, tmp_path: Path) -> None:
    code, out, err = call(
        "ef21 ef ef21+ gd --data breast_cancer --standardise --agents 20 --compressor topk:1 --x0 zero",
        "--regulariser nonconvex:0.1 --step-multiples 1,64,128,1024 --rounds 1200 --plot out.svg -o out.npz",
    )
    assert (code, err) == (0, "")
    runs = read(tmp_path / "out.npz")
    late = {(column.method, column.multiple): g for column, g in zip(runs.columns, runs.last_tenth())}
    assert late["ef", "64"] > 1e-5, "EF stays above a floor"
    assert late["ef21", "64"] < 1e-6
    assert late["ef21_plus", "64"] < 1e-6
    assert late["ef21", "1024"] > 1e-6 > late["ef21_plus", "1024"], "EF21+ is stable at larger steps"
    assert f"ef21_plus: stable up to 1024 x the unit, step size {runs.columns[11].step_size:.4g}" in out
    assert "ef: stable at none of these step sizes" in out
    picture = (tmp_path / "out.svg").read_text()
    assert picture.startswith("<?xml")
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert lines[0] == "method,multiple,seed,step_size,round,bits_up,grad2,f,bound"
    assert len(lines) == 1 + 16 * len({line.split(",")[4] for line in lines[1:]})
    assert {path.name for path in tmp_path.iterdir()} == {"out.npz", "out.svg", "out.csv", "small.libsvm"}
    bound = runs["bound"][1:, 0]
    mean = np.cumsum(runs["grad2"][:-1, 0]) / np.arange(1, len(runs.rounds))
    assert (mean <= bound).all(), "what the theorem grants holds"


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg"])
def test_pictures_of_few_steps_are_one_frame(call: Call, tmp_path: Path, suffix: str) -> None:
    code, _, err = call(
        "gd ef21_pp ef21 --data small.libsvm --agents 4 --rounds 20 --seeds 2",
        f"--plot a.{suffix} --shown f --against seconds --speeds sample=1,up=1/2",
    )
    assert (code, err) == (0, "")
    assert (tmp_path / f"a.{suffix}").stat().st_size > 1000


def test_json(call: Call) -> None:
    code, out, _ = call("ef21 gd --data small.libsvm --agents 4 --regulariser l2:1/10 --rounds 400 --json")
    found = json.loads(out)
    assert (code, found["format"], found["rounds"]) == (0, "eftheory-simulate/1", 400)
    assert [each["end"] for each in found["runs"]] == ["stable", "stable"]
    assert found["largest_stable"].keys() == {"ef21", "gd"}
    assert found["provenance"]["regulariser"] == "l2:1/10"


def test_the_same_seed_says_the_same(call: Call) -> None:
    words = (
        "marina ef21_sgd --data small.libsvm --agents 4 --batch 2 --compressor randk:k=1,scaled=true --rounds 30 --json"
    )
    assert call(words) == call(words)
    assert call(words)[1] != call(words, "--seed 1")[1]


def test_a_compressor_that_does_not_contract_is_said(call: Call) -> None:
    words = "ef21 --data small.libsvm --agents 4 --rounds 5 --compressor randk:k=1,scaled="
    assert "contracts by no alpha > 0" in call(words + "true")[1]
    assert "contracts by no alpha" not in call(words + "false")[1]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("ef21 gd --batch 2", "--batch changes nothing: none of ef21 and gd takes minibatches"),
        ("gd --compressor topk:2", "--compressor changes nothing: gd never compresses"),
        ("ef21 --compressor-down topk:2", "--compressor-down changes nothing: ef21 never compresses what the server"),
    ],
)
def test_an_option_that_changes_nothing_is_said(call: Call, words: str, note: str) -> None:
    rest = words.partition(" --")[2]
    code, out, _ = call(words, "--data small.libsvm --agents 4 --rounds 3 --json")
    (told,) = json.loads(out)["notes"]
    assert code == 0
    assert told.startswith(f"note: {note}")
    assert told in call(words, "--data small.libsvm --agents 4 --rounds 3")[1]
    assert "changes nothing" not in call("ef21_bc ef21_sgd", f"--{rest}", "--data small.libsvm --agents 4 --batch 2")[1]


def test_a_method_of_a_file_with_step_alone(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from dataclasses import dataclass\nfrom eftheory import Method\n\n\n@dataclass(frozen=True)\n"
        "class Mine(Method):\n    agent_state = ('d',)\n    def step(self, world, x, d):\n"
        "        x = x - self.step_size * world.mean(d)\n"
        "        return x, d + world.compress(world.gradient(x) - d)\n"
    )
    words = "--data small.libsvm --agents 4 --rounds 40 --start zero --json"
    code, out, err = call("mine.py:Mine ef21", words)
    assert (code, err) == (0, "")
    mine, ef21 = json.loads(out)["runs"]
    assert (mine["method"], mine["f_last"]) == ("Mine", ef21["f_last"])


@pytest.mark.parametrize("problem", ["--problem quadratic", "--data small.libsvm --regulariser l2:1/10"])
@pytest.mark.parametrize("method", sorted(map(name_of, CATALOGUE)))
def test_every_method_runs_where_a_minimiser_is_known(call: Call, problem: str, method: str) -> None:
    words = [method, problem, "--agents 4 --compressor randk:k=1,scaled=true --rounds 6 --seeds 2 --step-size 1e-3"]
    code, out, err = call(*words, "--batch 2" if "--data" in problem else "")
    if code == 2:
        assert "the method needs a problem with" in err, "gradients that are noisy, or a prox"
    else:
        assert (code, err) == (0, "")
        assert "nan" not in out


def test_a_step_may_multiply_by_fractions(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from dataclasses import dataclass\nfrom fractions import Fraction\nfrom eftheory import Method\n\n\n"
        "@dataclass(frozen=True)\nclass Mine(Method):\n    agent_state = ('d',)\n    def step(self, world, x, d):\n"
        "        x = x - Fraction(1, 2) * self.step_size * world.mean(d)\n"
        "        return x, d + world.compress(Fraction(1) * (world.gradient(Fraction(1) * x) - d))\n"
    )
    words = "--data small.libsvm --agents 4 --rounds 40 --start zero --json --step-size"
    mine, ef21 = (json.loads(call(method, words, step)[1])["runs"][0] for method, step in _SAME)
    assert mine["f_last"] == ef21["f_last"]


_SAME = [("mine.py:Mine", "1/4"), ("ef21", "1/8")]


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("x", "Mine.step does not return x, d, each a vector as large as before"),
        ("x[0], d", "Mine.step does not return x, d"),
        ("self.step_sise * x, d", "Mine.step fails in round 1: AttributeError"),
        ("x['a'], d", "Mine.step"),
    ],
)
def test_a_step_that_fails(call: Call, tmp_path: Path, returned: str, message: str) -> None:
    (tmp_path / "mine.py").write_text(
        "from dataclasses import dataclass\nfrom eftheory import Method\n\n\n@dataclass(frozen=True)\n"
        "class Mine(Method):\n    agent_state = ('d',)\n    def step(self, world, x, d):\n"
        f"        return {returned}\n"
    )
    code, out, err = call("mine.py:Mine --data small.libsvm --agents 4 --rounds 5 --step-size 1/8 -o a.npz")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert not (tmp_path / "a.npz").exists()


def test_runs_that_need_more_rounds_are_told_from_a_floor(call: Call) -> None:
    words = "ef21 ef --data breast_cancer --standardise --regulariser nonconvex:0.1 --x0 zero --step-multiples"
    out = call(words, "64 --rounds 60")[1]
    assert (
        "ef21: stable at none of these step sizes, but ||grad f||^2 still falls at 64 x the unit: try more --rounds"
        in out
    )
    for multiples, largest in (("64", 64), ("64,128,512,1024", 128)):
        out = call(words, f"{multiples} --rounds 1200")[1]
        assert f"ef21: stable up to {largest} x" in out
        assert "ef: stable at none of these step sizes\n" in out, "EF goes up and down around a level"


@pytest.mark.thorough
def test_the_command_of_the_issue_at_its_own_multiples(call: Call, tmp_path: Path) -> None:
    code, out, err = call(
        "ef21 ef ef21+ --data breast_cancer --standardise --agents 20 --compressor topk:1 --regulariser nonconvex:0.1",
        "--step-multiples 1,2,4,8,16,1536 --rounds 2000 --x0 zero -o out.npz --plot out.svg",
    )
    assert (code, err) == (0, "")
    runs = read(tmp_path / "out.npz")
    late = {(column.method, column.multiple): g for column, g in zip(runs.columns, runs.last_tenth())}
    falls = {(column.method, column.multiple): falls for column, falls in zip(runs.columns, runs.falling())}
    for multiple in ("8", "16"):
        assert late["ef", multiple] > 1e-6, "EF has a floor"
        assert not falls["ef", multiple]
        assert max(late["ef21", multiple], late["ef21_plus", multiple]) < 1e-6
    assert late["ef21", "1536"] > 1e-6 > late["ef21_plus", "1536"], "EF21+ is stable at larger steps"
    assert all(falls[method, "1"] for method in ("ef21", "ef", "ef21_plus")), "small steps have not ended"
    assert "ef21: stable up to 16 x the unit" in out
    assert "ef21_plus: stable up to 1536 x the unit" in out


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        ("quadratic:size=5", ""),
        ("functional:L_A=3,L_B=4", ""),
        ("tridiagonal:size=30", ""),
        ("network", "--step-size 1/10"),
    ],
)
def test_problems_that_are_made(call: Call, problem: str, steps: str) -> None:
    code, out, err = call(f"ef21 gd --problem {problem} --agents 4 --rounds 30 {steps} --json")
    assert (code, err) == (0, "")
    assert json.loads(out)["runs"][1]["end"] != "ran away: f is above its start"


def test_several_files_are_one_an_agent(call: Call, tmp_path: Path) -> None:
    (tmp_path / "other.libsvm").write_text(SMALL[: len(SMALL) // 2 + 1].rpartition("\n")[0] + "\n")
    two = "ef21 --data small.libsvm --data other.libsvm --rounds 5 --json"
    code, out, err = call(two)
    assert (code, err) == (0, "")
    assert json.loads(out)["provenance"]["agents"] == 2
    (tmp_path / "other.libsvm").write_text("+1 7:1\n-1 1:1\n")
    assert "small.libsvm has 3, other.libsvm has 7" in call(two)[2]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("ef22 --data small.libsvm", "method='ef22': did you mean ef21"),
        ("ef21 ef21 --data small.libsvm", "ef21 is asked for twice"),
        ("ef21:beta=1/2 --data small.libsvm", "'beta' is not one of its numbers"),
        ("ef21 --param beta=1/2 --data small.libsvm", "--param 'beta=1/2'"),
        ("ef21", "say on what, once: --data FILE"),
        ("ef21 --data small.libsvm --problem quadratic", "say on what, once"),
        ("ef21 --problem quadratic --regulariser l2:1", "--regulariser is for --data"),
        ("ef21 --data small.libsvm --bits 32", "did you mean 32k?"),
        ("ef21 --data small.libsvm --tolerance 0", "a positive number"),
        ("ef21 --data small.libsvm --against seconds", "say how fast agents are"),
        ("ef21 --data small.libsvm --against round", "--against round changes nothing without a picture"),
        ("ef21 --data small.libsvm --shown f", "--shown f changes nothing without a picture: give --plot FILE.svg"),
        ("ef21 --data small.libsvm --speeds sample=1,up=1", "--speeds changes nothing here: keep seconds with -o"),
        ("ef21 --data small.libsvm --data small.libsvm --split label", "--split label changes nothing: 2 files"),
        ("ef21 --data small.libsvm --speeds sample=1", "give sample and up at least"),
        ("ef21 --data small.libsvm --speeds samples=1,up=1", "did you mean sample?"),
        ("ef21 --data small.libsvm --speeds sample=1,up=-1", "up=-1"),
        ("ef21 --problem quadratics", "did you mean quadratic?"),
        ("ef21 --problem quadratic:dim=3", "write NAME=VALUE; There are size, L, mu, common"),
        ("ef21 --problem quadratic:size=1/2", "a whole number is needed"),
        ("ef21 --problem quadratic:mu=2", "mu=2"),
        ("ef21 --problem functional:mu=2", "mu=2: positive, and at most the root of L_A^2 + L_B^2, 1.41421"),
        ("ef21 --problem functional --agents 1", "L_A = 0 for one agent"),
        ("ef21 --problem functional:size=1", "give at least 1 and 2"),
        ("ef21 --problem network --agents 2", "give a step size"),
        ("ef21 --data breast_cancr", "did you mean breast_cancer?"),
        ("ef21 --data nowhere/a.libsvm", "nowhere/a.libsvm: No such file"),
        ("ef21 --data small.libsvm --compressor topq:1", "did you mean topk?"),
        ("ef21 --data small.libsvm --agents 4 --compressor topk:9", "use k <= 3"),
        ("ef21 --data small.libsvm --agents 21", "agents=21: there are 20 rows"),
        ("ef21 --data small.libsvm --agents 0", "agents=0"),
        ("ef21 --data small.libsvm --agents 2 --split weighted:1,1000", "agent 1 gets no row"),
        ("ef21 --data small.libsvm --agents 3 --split weighted:1,2", "2 weights for 3 agents"),
        ("ef21 --data small.libsvm --split lable", "did you mean label?"),
        ("ef21 --data small.libsvm --loss logistics", "did you mean logistic?"),
        ("ef21 --data small.libsvm --regulariser l1:1", "write none, l2:WEIGHT or nonconvex:WEIGHT"),
        ("ef21 --data small.libsvm --agents 4 --step-multiples 1,x", "step-multiples"),
        ("ef21 --data small.libsvm --agents 4 --step-multiples 1,0", "a step size is positive"),
        ("ef21 --data small.libsvm --agents 4 --rounds 0", "--rounds 0"),
        ("ef21 --data small.libsvm --agents 4 --start warm", "start='warm': choose one of"),
        ("ef21 --data small.libsvm --agents 4 --x0 somewhere", "x0='somewhere'"),
        ("ef21 --data small.libsvm --agents 4 --plot a.gif", "--plot a.gif: the name ends in .svg"),
        ("ef21 --data small.libsvm --agents 4 --shown grad", "--shown 'grad': did you mean grad2?"),
        ("ef21 --data small.libsvm --agents 4 --against bitsup", "did you mean bits_up?"),
        ("marina --data small.libsvm --agents 4", "Marina needs an unbiased compressor"),
        ("ef21 --data small.libsvm --agents 4 -o nowhere/a.npz", "there is no such folder"),
        ("ef21_sgd --data small.libsvm --agents 4", "say how many rows they have, batch=... (--batch)"),
        ("ef21:beta=1/2 --data small.libsvm", "there are none"),
        ("ef21 --data small.libsvm --resume", "give the same -o as before"),
        ("ef21 --data small.libsvm --seed -1", "--seed -1: a whole number, at least 0"),
        ("ef21 --data small.libsvm --agents 4 --step-multiples 1e400", "write a number between 1e-100 and 1e100"),
        ("ef21 --data small.libsvm --agents 4 --step-size 1e400", "write a number between 1e-100 and 1e100"),
        ("ef21 --data small.libsvm --speeds sample=1e400,up=1", "write a number between 1e-100 and 1e100"),
        ("ef21 --data small.libsvm --regulariser l2:1e299", "write a number between 1e-100 and 1e100"),
        ("ef21 --problem quadratic:L=1e400", "write a number between 1e-100 and 1e100"),
        ("ef21_pp:chance=1e-400 --data small.libsvm", "write a number between 1e-100 and 1e100"),
        ("ef21_pp:chance=2 --data small.libsvm --agents 4", "a coin's is between 0 and 1"),
        ("ef21 --data diabetes", "diabetes: 214 different labels; two are needed; for other targets: --loss squares"),
    ],
)
def test_what_is_refused(call: Call, tmp_path: Path, words: str, message: str) -> None:
    code, out, err = call(words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["small.libsvm"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.libsvm", "+1 1:1\n-1 2:", "a.libsvm: line 2: value of index 2 '' is not a number"),
        ("a.libsvm", "+1 1:1\n-1 2:1", "a.libsvm: line 2: the last line has no end: was the file cut short?"),
        ("a.libsvm", "+1 1:1\n-1 2:nan\n", "a.libsvm: line 2: value of index 2 'nan' is not finite"),
        ("a.libsvm", "one 1:1\n-1 2:1\n", "a.libsvm: line 1: label 'one' is not a number"),
        ("a.libsvm", "+1 0:1\n-1 2:1\n", "a.libsvm: line 1: index 0"),
        ("a.libsvm", "+1 2:1 2:1\n-1 2:1\n", "a.libsvm: line 1: index 2 after 2"),
        ("a.libsvm", "", "a.libsvm: there are no rows"),
        ("a.csv", "x,y\n1,1\n2\n", "a.csv: line 3: 1 columns, and 2 before"),
        ("a.csv", "1,1\n2,nan\n", "a.csv: line 2: column 2: 'nan' is not a finite number"),
        ("a.csv", "1\n", "a.csv: line 1: one column only"),
        ("a.npz", "no archive", "a.npz: not an npz file"),
    ],
)
def test_data_that_are_refused(call: Call, tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    code, out, err = call("ef21", "--data", name, "--agents", "1")
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_run_that_was_left_is_said_and_resumed(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "ef21 gd --data small.libsvm --agents 4 --rounds 30 -o a.npz"
    assert call(words)[0] == 0
    whole = read(tmp_path / "a.npz")
    from eftheory.simulate.run_columns import _Run

    advance = _Run.advance

    def stop(self: _Run) -> None:
        advance(self)
        if self.t == 20 and type(self.methods[0]).__name__ == "GD":
            raise KeyboardInterrupt

    (tmp_path / "a.npz").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(_Run, "advance", stop)
        code, _, err = call(words)
        assert code == 130
        assert "the same command with --resume goes on" in err
    assert {path.name for path in tmp_path.iterdir()} == {"small.libsvm", "a.npz.ef21.part", "a.npz.gd.part"}
    assert "a run was left there unfinished: resume it" in call(words)[2]
    assert "the checkpoint is one of another run" in call(words, "--resume --x0 zero")[2]
    assert call(words, "--resume")[0] == 0
    np.testing.assert_array_equal(read(tmp_path / "a.npz")["f"], whole["f"])
    assert {path.name for path in tmp_path.iterdir()} == {"small.libsvm", "a.npz"}
