"""Experiments run, say what they show, and are written as files; here with few rounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eftheory.cli import waiting
from eftheory.cli.app import main
from eftheory.simulate import read
from eftheory.simulate.experiments import EXPERIMENTS, Experiment, Request
from eftheory.simulate.experiments.chart import Chart
from eftheory.simulate.experiments.write import write_figures, write_page

FEW = 5


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=lambda experiment: experiment.name)
def test_an_experiment_makes_figures_that_can_be_written(experiment: Experiment, tmp_path: Path) -> None:
    figures = experiment.run(Request(rounds=FEW))
    assert len({figure.name for figure in figures}) == len(figures) >= 1
    for path, figure in zip(write_figures(tmp_path, figures[:1]), figures):
        assert path.stat().st_size > 1000
        assert figure.notes
        if isinstance(figure, Chart):
            assert path.with_suffix(".csv").read_text().startswith("frame,curve,")
            continue
        assert path.with_suffix(".csv").read_text().startswith("method,")
        np.testing.assert_array_equal(read(path.with_suffix(".npz"))["f"], figure.runs["f"])
        assert figure.runs.rounds[-1] == FEW
    page = write_page(tmp_path, {experiment.name: (experiment, figures)}).read_text()
    assert all(f"({figure.name}.svg)" in page for figure in figures)


def test_the_growth_of_the_theorem_is_seen() -> None:
    (figure,) = EXPERIMENTS["dcgd-diverges"].run(Request())
    assert "grew by the factor 1.045833 on average; the theorem says 1 + 11/6 step size = 1.045833." in figure.notes[0]
    assert figure.runs.says()[1:] == ["stable", "stable"]


@pytest.mark.thorough
def test_theorems_hold_where_their_experiment_runs_and_only_noise_leaves_a_floor() -> None:
    exact, noisy = EXPERIMENTS["ef21-extensions"].run(Request(rounds=400))
    for figure in (exact, noisy):
        runs = figure.runs
        mean = np.cumsum(runs["grad2"][:-1], axis=0) / np.arange(1, len(runs.rounds))[:, None]
        assert (mean <= runs["bound"][1:]).all()
    assert (exact.runs["grad2"][-1, :9] < 1e-8).all()
    assert exact.runs.falling()[9:12].all(), "EF21-BC is slower"
    assert (noisy.runs["grad2"][-1] > 1e-8).all()
    assert not noisy.runs.falling().any()


def test_times_are_those_of_the_laws_and_fall_below_the_formula_where_links_are_slow() -> None:
    (chart,) = EXPERIMENTS["times"].run(Request())
    slow, balanced, _ = chart.frames.values()
    assert min(slow["MARINA-P, repeated, in teams"]) < min(slow["lower bound, cited"])
    assert min(balanced["MARINA-P, minibatches"]) > min(balanced["lower bound, cited"])
    assert all(np.all(np.diff(curve) <= 0) for curves in chart.frames.values() for curve in [curves[chart.dashed[0]]])
    assert "below the formula from n = " in chart.notes[0]


def test_what_the_paper_shows_is_shown_by_a_bundled_set() -> None:
    (figure,) = EXPERIMENTS["ef21-stepsizes"].run(Request(rounds=1200))
    best = {name: figure.runs.largest_stable(name) for name in ("ef", "ef21", "ef21_plus")}
    assert best["ef"] is None
    assert best["ef21"] is not None
    assert best["ef21_plus"] is not None
    assert best["ef21_plus"].step_size >= best["ef21"].step_size


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run ``eftheory experiment`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(waiting, "FIRST", 3600.0)

    def run(words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["experiment", *words.split()])
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return run


def test_the_command(call, tmp_path: Path) -> None:
    text = "".join(f"{(-1) ** i:+d} {1 + i % 3}:1 4:0.5\n" for i in range(40))
    (tmp_path / "small.libsvm").write_text(text)
    code, out, err = call("ef21-stepsizes small.libsvm breast_cancer --rounds 5 --format png")
    assert (code, err) == (0, "")
    assert "ef is stable at none of these step sizes." in out
    names = {f"ef21-stepsizes-{name}.{end}" for name in ("small", "breast_cancer") for end in ("png", "csv", "npz")}
    assert {path.name for path in (tmp_path / "experiments").iterdir()} == names
    assert "ef21-tuned" in call("--list")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("ef21-stepsize", "did you mean ef21-stepsizes?"),
        ("", "name an experiment, as in: eftheory experiment ef21-stepsizes"),
        ("zzz", "There are ef21-stepsizes"),
        ("ef21-network digits", "makes its own functions: leave 'digits' out"),
        ("ef21-tuned diabetes", "diabetes: 214 different labels"),
        ("ef21-tuned breast_cancer --rounds 0", "--rounds 0"),
        ("ef21-tuned breast_cancer --format gif", "choose svg, png or pdf"),
    ],
)
def test_what_is_refused(call, tmp_path: Path, words: str, message: str) -> None:
    code, out, err = call(words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
