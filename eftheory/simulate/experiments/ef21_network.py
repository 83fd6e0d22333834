"""EF21-SGD and EF with Top-k, and SGD, on a small neural network, with minibatches of 16 and 128 rows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from eftheory.compressors import Identity, TopK
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef_sgd import EFSGD
from eftheory.simulate.experiments.experiment import Experiment, Figure, Request
from eftheory.simulate.load import load_data
from eftheory.simulate.problems.tanh_network import TanhNetwork
from eftheory.simulate.runs import Runs, join
from eftheory.simulate.side_by_side import Entry, Plan, run_methods
from eftheory.simulate.split import divide

ROUNDS, AGENTS, HIDDEN, BATCHES = 600, 10, 16, (16, 128)
STEPS = tuple((f"2^-{power}", Fraction(1, 2**power)) for power in range(3, -1, -1))
"""Each method is drawn at the one of these step sizes that ends with the least f."""


def run(request: Request) -> list[Figure]:
    """Two figures: ||grad f||^2 and f against bits."""
    digits = load_data("digits")
    order, sizes = divide(digits.targets, AGENTS, "random:0")
    rows, labels = np.asarray(digits.rows)[order] / 16, digits.targets[order]
    best: list[Runs] = []
    for batch in BATCHES:
        f = TanhNetwork(rows, labels, sizes, HIDDEN, batch=batch)
        k = max(1, f.dimension // 100)
        plan = Plan(
            rounds=request.rounds or ROUNDS,
            multiples=STEPS,
            unit=Fraction(1),
            seeds=(0, 1, 2),
            start=f.draw_start(np.random.default_rng(0)),
            rule="compressed",
            bits="32k",
            record_every=5,
        )
        for entry in (
            Entry(EF21SGD, compressor=TopK(k), name=f"EF21-SGD, Top-{k}, tau = {batch}"),
            Entry(EFSGD, compressor=TopK(k), name=f"EF, Top-{k}, tau = {batch}"),
            Entry(EF21SGD, compressor=Identity(), name=f"SGD, tau = {batch}"),
        ):
            best.append(_best(run_methods([entry], f, None, plan, show=request.show)))
    provenance = {"data": {"digits": ""}, "agents": AGENTS, "dimension": f.dimension, "compressor": f"Top-{k}"}
    runs = join(best, provenance)
    title = f"digits: network with {HIDDEN} hidden units, d = {f.dimension}, {AGENTS} agents"
    note = "Compared are ||grad f||^2 and f, on the data that it was trained on, against bits; not accuracy."
    steps = [f"{column.method}: step size {column.step_size:g}." for column in runs.columns[::3]]
    return [
        Figure("ef21-network-gradient", runs, title, (note, *steps)),
        Figure("ef21-network-loss", runs, title, (note,), shown="f"),
    ]


def _best(runs: Runs) -> Runs:
    """The step size at which f is least in the end, on average over seeds."""
    steps = [column.step_size for column in runs.columns]
    ends = {step: np.mean([f for f, own in zip(runs["f"][-1], steps) if own == step]) for step in dict.fromkeys(steps)}
    chosen = min(ends, key=lambda step: ends[step] if np.isfinite(ends[step]) else np.inf)
    kept = [r for r, step in enumerate(steps) if step == chosen]
    columns = tuple(replace(runs.columns[r], multiple="") for r in kept)
    return Runs(runs.rounds, columns, {name: v[:, kept] for name, v in runs.data.items()}, runs.provenance)


EXPERIMENT = Experiment(
    "ef21-network",
    "EF21-SGD and EF with Top-k, and SGD, on a small neural network, with minibatches of 16 and 128 rows",
    "[RichtarikSokolovFatkhullin2021], the experiment on deep learning, on a network that needs no GPU",
    run,
)
