"""Runs: many step sizes side by side over a plain loop over agents, on rows as sparse as those of a9a."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from scipy.sparse import random_array

from eftheory.compressors import TopK
from eftheory.methods import EF21
from eftheory.simulate import run_columns
from eftheory.simulate.problems import FiniteSum
from eftheory.simulate.problems.loss import Logistic
from eftheory.simulate.problems.regulariser import Nonconvex
from eftheory.simulate.split import contiguous
from tests.benchmarks.clock import in_turn
from tests.benchmarks.tables import Table
from tests.simulate import plain

ROWS, FEATURES, DENSITY, AGENTS, ROUNDS = 32561, 123, 0.113, 20, 50


def run_tables() -> list[Table]:
    """Everything in this file."""
    rng = np.random.default_rng(0)
    rows = random_array((ROWS, FEATURES), density=DENSITY, rng=rng, format="csr")
    rows.data[:] = 1
    labels = np.where(rng.random(ROWS) < 0.25, 1.0, -1.0)
    sizes = contiguous(labels, AGENTS)[1]
    f, x = FiniteSum(rows, labels, sizes, Logistic(), Nonconvex(Fraction(1, 10))), np.zeros(FEATURES)
    full, cuts = rows.toarray(), np.cumsum(sizes)[:-1]
    shards = list(zip(np.split(full, cuts), np.split(labels, cuts)))

    def side_by_side(many: int) -> object:
        methods = [EF21(Fraction(1, 10 + step)) for step in range(many)]
        return run_columns(methods, f, TopK(1), rounds=ROUNDS, start=x)

    loop, one, thirteen = in_turn(
        lambda: plain.run("ef21", shards, x, weight=0.1, step=0.1, rounds=ROUNDS),
        lambda: side_by_side(1),
        lambda: side_by_side(13),
        rounds=5,
    )
    says = f"EF21 with Top-1, {AGENTS} agents, {ROWS} rows of {FEATURES} entries, {DENSITY:.0%} 1; target: >= 10."
    table = Table("Rounds, over a plain loop over agents", ("what", "ms a round", "plain loop / this"), says)
    for what, timed, many in (("plain loop", loop, 1), ("one step size", one, 1), ("13 step sizes", thirteen, 13)):
        table.add(what, f"{1000 * timed.seconds / ROUNDS:.3g}", f"{many * loop.over(timed):.3g}")
    return [table]
