"""Runs side by side: what is measured, what is counted, how they start, end, are interrupted and go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from eftheory.assumptions import AgentType
from eftheory.bounds import certify
from eftheory.compressors import Identity, RandK, TopK
from eftheory.methods import EF, EF21, GD, Marina, Method
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.recording.record import complete
from eftheory.simulate import LyapunovFunction, Runs, join, read, run_columns, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.run_columns import Checkpoint
from eftheory.simulate.side_by_side import Entry, Keeping, Plan, run_methods

D = 4
PROBLEM = Quadratic.of_spectra([[1.0, 2.0, 3.0, 1.5], [2.0, 0.5, 1.0, 2.5]], centres=[[1.0, 2.0, -1.0, 0.5], [0.0] * D])
STEPS = (Fraction(1, 16), Fraction(1, 8))
MESSAGE, FULL = 32 + 2, 32 * D


def methods(kind: type[Method], **parameters: object) -> list[Method]:
    return [kind(step_size=step, **parameters) for step in STEPS]


def test_what_is_measured_is_what_one_run_measures() -> None:
    runs = run_columns(methods(EF21), PROBLEM, TopK(1), rounds=50, start=np.ones(D), rule="compressed")
    for r, step in enumerate(STEPS):
        one = simulate(EF21(step), PROBLEM, TopK(1), steps=50, start=np.ones(D), keep_states=True)
        np.testing.assert_allclose(runs["measure"][:, r], one.measures, rtol=1e-9)
        np.testing.assert_allclose(runs["f"][:, r], [PROBLEM.value(state[0]) for state in one.states])


def test_V_of_a_certificate_is_followed() -> None:
    agents = [AgentType(L=1, mu=Fraction(1, 4), count=3)]
    found = certify("ef21", agents, alpha=Fraction(1, 2), step_size="law", engine="law")
    assert found.certificate is not None
    assert found.certificate.upper is not None
    f = Quadratic.random(agents, 4, rng=np.random.default_rng(0))
    V = LyapunovFunction(found.setting, found.certificate.upper, agents=f.agents)
    method = found.setting.method
    runs = run_columns([method, method], f, TopK(2), rounds=20, lyapunov=V, start=np.ones(4), rule="compressed")
    one = simulate(method, f, TopK(2), steps=20, start=np.ones(4), lyapunov=V)
    np.testing.assert_allclose(runs["V"], np.stack([one.V, one.V], axis=1), rtol=1e-9)
    assert (runs["V"][1:] <= V.rate * runs["V"][:-1] * (1 + 1e-9)).all()


def test_seeds_decide_and_columns_do_not_disturb_each_other() -> None:
    def run(*seeds: int) -> Runs:
        return run_columns([EF21(STEPS[0])] * len(seeds), PROBLEM, RandK(1), rounds=20, seeds=seeds)

    both = run(3, 4)
    np.testing.assert_array_equal(both["f"][:, :1], run(3)["f"])
    np.testing.assert_array_equal(both["f"], run(3, 4)["f"])
    assert (both["f"][-1, 0] != both["f"][-1, 1]).all()


@pytest.mark.parametrize(
    ("kind", "rule", "first", "round_bits", "samples"),
    [
        (EF21, "gradient", FULL, MESSAGE, 2),
        (EF21, "compressed", MESSAGE, MESSAGE, 2),
        (EF21, "zero", 0, MESSAGE, 1),
        (EF, "gradient", 0, MESSAGE, 1),
        (EF21Plus, "compressed", MESSAGE, MESSAGE + 1, 2),
        (GD, "gradient", 0, FULL, 1),
    ],
)
def test_bits_and_samples(kind: type[Method], rule: str, first: int, round_bits: int, samples: int) -> None:
    runs = run_columns(methods(kind), PROBLEM, TopK(1), rounds=1, rule=rule)
    assert runs["bits_up"].tolist() == [[first] * 2, [first + round_bits] * 2]
    assert runs["bits_down"].tolist() == [[0] * 2, [FULL] * 2]
    assert runs["samples"][-1].tolist() == [samples] * 2


def test_bits_of_coins_are_those_that_fell() -> None:
    rounds = 40
    up = np.diff(run_columns(methods(Marina), PROBLEM, RandK(1, scaled=True), rounds=rounds)["bits_up"], axis=0)
    assert set(up.ravel()) == {32.0, FULL}
    up = np.diff(run_columns(methods(EF21PP), PROBLEM, TopK(1), rounds=rounds)["bits_up"], axis=0)
    assert set(up.ravel()) == {0.0, MESSAGE / 2, MESSAGE}


def test_positions_cost_nothing_by_convention() -> None:
    assert np.diff(run_columns(methods(EF21), PROBLEM, TopK(2), rounds=1, bits="32k")["bits_up"], axis=0).tolist() == [
        [64, 64]
    ]


def test_what_is_recorded_does_not_change_what_runs() -> None:
    every = run_columns(methods(EF21), PROBLEM, TopK(1), rounds=25)
    some = run_columns(methods(EF21), PROBLEM, TopK(1), rounds=25, record_every=10)
    assert some.rounds.tolist() == [0, 10, 20, 25]
    for name in ("f", "grad2", "bits_up", "samples"):
        np.testing.assert_array_equal(some[name], every[name][some.rounds])


def test_a_run_that_diverges_is_said_and_leaves_the_others_alone() -> None:
    steps = (Fraction(1, 8), Fraction(10**3), Fraction(1, 16))
    runs = run_columns([EF21(step) for step in steps], PROBLEM, TopK(1), rounds=400)
    assert runs.columns[1].diverged is not None
    assert runs.says() == ["stable", f"diverged by round {runs.columns[1].diverged}", "stable"]
    assert np.isnan(runs["f"][-1, 1])
    assert np.isfinite(runs["f"][:, [0, 2]]).all()
    alone = run_columns([EF21(steps[0]), EF21(steps[2])], PROBLEM, TopK(1), rounds=400)
    np.testing.assert_allclose(runs["f"][:, [0, 2]], alone["f"], rtol=1e-12)
    best = runs.largest_stable("ef21")
    assert best is not None
    assert best.step_size == 1 / 8


def test_all_may_diverge() -> None:
    runs = run_columns([GD(Fraction(10**9))], PROBLEM, Identity(), rounds=100)
    assert runs.columns[0].diverged is not None
    assert runs.largest_stable("gd") is None


class TwoWells:
    """f(x) = (x^2 - 1)^2 / 4 + x/8, in one variable: two minima, the left one lower."""

    n_agents = dimension = 1
    L, agents = Fraction(10), ()

    def gradients(self, x: np.ndarray) -> np.ndarray:
        return (x**3 - x + 1 / 8)[None]

    def value(self, x: np.ndarray) -> float:
        return float(((x**2 - 1) ** 2 / 4 + x / 8)[0])


def test_converged_elsewhere_is_said() -> None:
    left, right = (
        run_columns([GD(Fraction(1, 4))], TwoWells(), Identity(), rounds=200, start=np.array([x])) for x in (-2.0, 2.0)
    )
    right = replace(right, columns=(replace(right.columns[0], method="other"),))
    assert join([left, right]).says() == ["stable", "converged elsewhere"]


@dataclass(frozen=True)
class Bare(Method):
    """EF21 with ``step`` alone."""

    agent_state = ("d",)

    def step(self, world, x, d):
        x = x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d)


def test_a_class_with_step_alone_runs() -> None:
    kind = complete(Bare)
    runs = run_columns([kind(step_size=step) for step in STEPS], PROBLEM, TopK(1), rounds=30)
    same = run_columns(methods(EF21), PROBLEM, TopK(1), rounds=30, rule="zero")
    np.testing.assert_allclose(runs["f"], same["f"])
    assert runs.columns[0].measure == "||mean g||^2"
    np.testing.assert_allclose(simulate(kind(step_size=STEPS[0]), PROBLEM, TopK(1), steps=3).measures[0] >= 0, True)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    runs = run_columns(methods(EF21), PROBLEM, TopK(1), rounds=5, multiples=["1", "2"])
    runs.save(tmp_path / "a.npz")
    again = read(tmp_path / "a.npz")
    assert (again.columns, again.provenance) == (runs.columns, runs.provenance)
    assert {*again.data} == {*runs.data}
    np.testing.assert_array_equal(again["f"], runs["f"])
    np.testing.assert_array_equal(again["round"], range(6))
    with pytest.raises(ValueError, match="did you mean grad2"):
        again["grad"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


@pytest.mark.parametrize("data", [b"", b"PK\3\4 no", b"not an archive"])
def test_files_that_are_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(data)
    with pytest.raises(ValueError, match=r"a\.npz: "):
        read(tmp_path / "a.npz")
    np.savez(tmp_path / "b.npz", f=np.ones(2))
    with pytest.raises(ValueError, match=r"b\.npz: no runs of eftheory"):
        read(tmp_path / "b.npz")


def interrupted(rounds: int, checkpoint: Checkpoint, at: int) -> None:
    def stop(t: int, *_: object) -> None:
        if t == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_columns(
            methods(EF21PP), PROBLEM, RandK(1), rounds=rounds, seeds=(5, 6), checkpoint=checkpoint, progress=stop
        )


def test_a_run_goes_on_where_it_was_left(tmp_path: Path) -> None:
    whole = run_columns(methods(EF21PP), PROBLEM, RandK(1), rounds=60, seeds=(5, 6))
    kept = Checkpoint(tmp_path / "run.part", seconds=0.0)
    interrupted(60, kept, 37)
    with pytest.raises(ValueError, match="unfinished: resume it"):
        run_columns(methods(EF21PP), PROBLEM, RandK(1), rounds=60, seeds=(5, 6), checkpoint=kept)
    going_on = replace(kept, resume=True)
    rest = run_columns(methods(EF21PP), PROBLEM, RandK(1), rounds=60, seeds=(5, 6), checkpoint=going_on)
    for name in whole.data:
        np.testing.assert_array_equal(rest[name], whole[name])


def test_a_run_goes_on_after_a_column_has_diverged(tmp_path: Path) -> None:
    pair = [EF21(Fraction(10**9)), EF21(Fraction(1, 8))]
    kept = Checkpoint(tmp_path / "run.part", seconds=0.0)

    def stop(t: int, *_: object) -> None:
        if t == 70:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_columns(pair, PROBLEM, RandK(1), rounds=90, checkpoint=kept, progress=stop)
    rest = run_columns(pair, PROBLEM, RandK(1), rounds=90, checkpoint=replace(kept, resume=True))
    whole = run_columns(pair, PROBLEM, RandK(1), rounds=90)
    np.testing.assert_array_equal(rest["f"], whole["f"])
    assert rest.columns == whole.columns


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    kept = Checkpoint(tmp_path / "run.part", seconds=0.0)
    interrupted(60, kept, 10)
    with pytest.raises(ValueError, match="the checkpoint is one of another run"):
        run_columns(methods(EF21), PROBLEM, RandK(1), rounds=60, seeds=(5, 6), checkpoint=replace(kept, resume=True))
    (tmp_path / "run.part").write_bytes(b"PK\3\4")
    with pytest.raises(ValueError, match=r"run\.part: not an npz file"):
        run_columns(methods(EF21), PROBLEM, RandK(1), rounds=60, checkpoint=replace(kept, resume=True))


KILLED = """
import sys
from fractions import Fraction
from pathlib import Path
from eftheory.compressors import TopK
from eftheory.methods import EF21
from eftheory.simulate import run_columns
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.run_columns import Checkpoint
def told(t, *_):
    if t == 20: print("here", flush=True)
run_columns([EF21(Fraction(1, 8))], Quadratic.of_spectra([[1.0, 2.0]]), TopK(1), rounds=10**4,
            checkpoint=Checkpoint(Path(sys.argv[1]), seconds=0.0), progress=told)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_run_that_is_killed_leaves_a_checkpoint_that_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.part"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    problem = Quadratic.of_spectra([[1.0, 2.0]])

    def stop(t: int, *_: object) -> None:
        assert t > 15, "it goes on where it was, or one interval before"
        raise KeyboardInterrupt

    kept = Checkpoint(path, resume=True)
    with pytest.raises(KeyboardInterrupt):
        run_columns([EF21(Fraction(1, 8))], problem, TopK(1), rounds=10**4, checkpoint=kept, progress=stop)


def test_several_methods_each_with_its_own_compressor(tmp_path: Path) -> None:
    entries = [Entry(GD), Entry(EF21), Entry(EF21, compressor=TopK(2), name="ef21, Top-2")]
    told: list[str] = []
    plan = Plan(rounds=30, multiples=(("1", Fraction(1)), ("2", Fraction(2))), seeds=(0, 1))
    runs = run_methods(entries, PROBLEM, TopK(1), plan, show=told.append, keeping=Keeping(tmp_path / "out.npz"))
    assert [column.method for column in runs.columns] == ["gd"] * 4 + ["ef21"] * 4 + ["ef21, Top-2"] * 4
    assert "ef21: round 30 of 30" in told[59]
    assert runs.columns[8].step_size > runs.columns[4].step_size
    assert len(list(tmp_path.iterdir())) == 3
    with pytest.raises(ValueError, match="ef21 has no 'beta'"):
        run_methods([Entry(EF21, {"beta": 1})], PROBLEM, TopK(1), plan)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rule": "none"}, "start='none': choose one of gradient, compressed, zero"),
        ({"start": np.ones(3)}, r"start has the shape \(3,\)"),
        ({"seeds": [1]}, "1 seeds for 2 columns"),
        ({"record_every": 0}, "every 0"),
    ],
)
def test_what_does_not_fit_is_refused(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run_columns(methods(EF21), PROBLEM, TopK(1), **{"rounds": 2, **options})
