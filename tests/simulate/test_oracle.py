"""Runs agree with numbers of an independent implementation, on data that are not part of this project.

EFTHEORY_DATA names a folder with the data, EFTHEORY_ORACLES one with ef21_experiments.json.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.methods import DCGD, EF, EF21, GD, Method
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.simulate.experiments.ef21_setting import source
from eftheory.simulate.problems import FiniteSum
from eftheory.simulate.run_columns import run_columns

METHODS: dict[str, tuple[type[Method], str]] = {
    "ef": (EF, "gradient"),
    "ef21": (EF21, "gradient"),
    "ef21plus": (EF21Plus, "gradient"),
    "ef21_compressed_start": (EF21, "compressed"),
    "dcgd": (DCGD, "gradient"),
    "gd": (GD, "gradient"),
}
ROUNDOFF = 1e-15
"""Sums of 32,561 rows in another order differ by less; below 1e-9 of the gradient at the start it begins to show."""

DATA, ORACLES = os.environ.get("EFTHEORY_DATA", ""), os.environ.get("EFTHEORY_ORACLES", "")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA and ORACLES), reason="EFTHEORY_DATA and EFTHEORY_ORACLES name no folders"),
]


@cache
def oracle() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(ORACLES) / "ef21_experiments.json").read_text())
    return found


@cache
def problem(name: str) -> FiniteSum:
    return source(str(Path(DATA) / f"{name}.libsvm.bz2")).problem


@pytest.mark.parametrize("name", ["phishing", "mushrooms", "a9a"])
def test_constants_are_above_and_close(name: str) -> None:
    told, f = oracle()[name], problem(name)
    assert (f.n_agents, f.dimension, len(f.targets)) == (20, told["dimension"], told["rows"])
    assert 0 <= float(f.L) / told["L"] - 1 < 3e-4
    for agent, L in zip(f.agents, told["L_i"]):
        assert -1e-11 < float(agent.L) / L - 1 < 3e-4
    np.testing.assert_allclose(f.value(np.array(told["x0"])), told["f_0"], rtol=1e-12)


@pytest.mark.parametrize("name", ["phishing", "mushrooms", "a9a"])
@pytest.mark.parametrize("method", METHODS)
def test_runs_agree_as_long_as_they_can(name: str, method: str) -> None:
    told, (kind, rule) = oracle()[name], METHODS[method]
    cases = [run for run in told["runs"] if run["method"] == method]
    unit = 1 / Fraction(told["L"]) if method == "gd" else Fraction(told["step_size_1x"])
    steps = [kind(step_size=unit * case["multiple"]) for case in cases]
    last = max(case["held_to_1e-6_until"] for case in cases)
    runs = run_columns(steps, problem(name), TopK(1), rounds=last, start=np.array(told["x0"]), rule=rule, bits="32k")
    for r, case in enumerate(cases):
        for t, grad2 in zip(told["recorded_rounds"], case["grad2"]):
            if t <= case["held_to_1e-6_until"]:
                found, wanted = runs["grad2"][t, r] ** 0.5, grad2**0.5
                assert abs(found - wanted) < 5e-7 * wanted + ROUNDOFF, (case["multiple"], t)
