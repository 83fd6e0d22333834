"""The program, and its command compressor beside a file with compressors of a user."""

from __future__ import annotations

import json

import pytest

from eftheory.cli import waiting
from eftheory.cli.app import main

USER = '''
import numpy as np

def half(x):
    return x / 2

def coin(x, rng):
    return np.where(rng.random(x.shape) < 0.5, 2 * x, 0 * x)

def prints(x):
    print("called")
    return x

def raises(x):
    raise RuntimeError("no")

def changes(x):
    x /= 2
    return x

class Ties:
    """Keeps k - 1 entries where the k-th has an equal."""

    def __init__(self, k):
        self.k = k

    def alpha(self, dimension):
        return self.k / dimension

    def __call__(self, x):
        order = np.argsort(-np.abs(x), kind="stable")
        size = np.abs(x)[order]
        tied = self.k < x.size and size[self.k - 1] == size[self.k]
        result = np.zeros_like(x)
        kept = order[: self.k - 1 if tied else self.k]
        result[kept] = x[kept]
        return result
'''


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """However slow the machine is, standard error has errors only."""
    monkeypatch.setattr(waiting, "FIRST", 3600.0)


@pytest.fixture
def run(capsys):
    """Run the program; gives exit code, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main([*arguments])
        captured = capsys.readouterr()
        return stop.value.code, captured.out, captured.err

    return call


@pytest.fixture
def call(tmp_path, monkeypatch, run):
    """Run ``eftheory compressor`` in a folder with the file user_module.py."""
    (tmp_path / "user_module.py").write_text(USER)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run("compressor", *arguments)


@pytest.fixture
def figures(call):
    """Exit code and the JSON object."""

    def run(*arguments: str):
        few = () if "--examples" in arguments else ("--examples", "40")
        code, out, err = call(*arguments, "--json", *few)
        assert err == ""
        return code, json.loads(out)

    return run
