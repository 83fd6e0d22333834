"""The demo on a small made-up file: exit codes, what it writes, what it says."""

from __future__ import annotations

import builtins
import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from eftheory.assumptions import AgentType
from eftheory.check import check_bytes
from eftheory.simulate import demo

pytest.importorskip("matplotlib", reason="the demo draws with the extra report")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((40, 6))
    y = np.where(X[:, 0] + rng.standard_normal(40) > 0, 1, 0)
    path = tmp_path / "made-up.libsvm"
    features = [" ".join(f"{j + 1}:{value:.4f}" for j, value in enumerate(row)) for row in X]
    path.write_text("".join(f"{label} {row}\n" for label, row in zip(y, features)))
    return path


def test_the_demo_certifies_runs_and_draws(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    options = ["--data", str(data), "--workers", "3", "--steps", "300", "--k", "3", "--output", str(output)]
    assert demo.main(options) == 0
    said = capsys.readouterr().out
    assert "proved" in said
    assert "violated" not in said
    assert all(verdict.proved for verdict in check_bytes((output / "ef21.cert.json").read_bytes()))
    picture = (output / "demo.svg").read_text()
    assert "<svg" in picture
    with (output / "demo.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert all(float(row["V"]) <= float(row["V_certified"]) * (1 + 1e-6) for row in rows)
    assert demo.main(options) == 0
    assert (output / "demo.svg").read_text() == picture


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--data", "absent.libsvm"], "absent.libsvm"),
        (["--data", "DATA", "--workers", "2", "--steps", "1"], "steps"),
        (["--data", "DATA", "--workers", "30"], "30 agents for 40 rows"),
        (["--data", "DATA", "--workers", "2", "--k", "7"], "use k <= 6"),
        (["--data", "DATA", "--workers", "2", "--regulariser", "0"], "not certified"),
    ],
)
def test_usage_errors_are_one_line(
    options: list[str], message: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [str(data) if option == "DATA" else option for option in options]
    assert demo.main([*options, "--output", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_refused_certificate_ends_the_demo(tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    demo.certify_ef21((AgentType(L=2, mu=Fraction(1)),), Fraction(1, 2), file)
    demo.check(file)
    file.write_bytes(file.read_bytes().replace(b'"rate"', b'"rates"'))
    with pytest.raises(RuntimeError, match="does not accept"):
        demo.check(file)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real = builtins.__import__

    def refuse(name: str, *arguments: object, **keywords: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError("no sklearn", name="sklearn")
        return real(name, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert demo.main([]) == 2
    assert "pip install '.[data,report]' in a clone" in capsys.readouterr().err
