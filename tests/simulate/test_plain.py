"""Runs side by side are those of the plain loop, on a bundled set."""

from __future__ import annotations

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.methods import EF, EF21, GD, Method
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.simulate.experiments.ef21_setting import source
from eftheory.simulate.run_columns import at_multiples, run_columns
from eftheory.simulate.step_sizes import unit_step_size

from . import plain

MULTIPLES, ROUNDS = (1, 16, 128, 1024), 150


@pytest.mark.parametrize("kind", [EF, EF21, EF21Plus, GD], ids=lambda kind: kind.name)
@pytest.mark.parametrize("split", ["contiguous", "label"])
def test_runs_are_those_of_the_plain_loop(kind: type[Method], split: str) -> None:
    f = source("breast_cancer", split=split).problem
    cuts, x = np.cumsum(f.sizes)[:-1], np.random.default_rng(5).standard_normal(f.dimension)
    shards = list(zip(np.split(f.rows, cuts), np.split(f.targets, cuts)))
    multiples = (1, 2, 3, 4) if kind is GD else MULTIPLES  # beyond them it is chaotic, and no rounding agrees
    methods = at_multiples(kind, unit_step_size(kind, f, TopK(1)), multiples)
    runs = run_columns(methods, f, TopK(1), rounds=ROUNDS, start=x)
    for r, method in enumerate(methods):
        step = float(method.step_size)
        told = plain.run(kind.name, shards, x, weight=0.1, step=step, rounds=ROUNDS)
        np.testing.assert_allclose(runs["grad2"][:, r], told, rtol=1e-6, atol=1e-25, err_msg=f"{multiples[r]} x")
