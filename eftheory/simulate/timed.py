"""The seconds of rounds that ran: the clock, asked about what was said and looked at."""

from __future__ import annotations

from typing import Any

import numpy as np

from eftheory.compressors.compressor import NUMBER_BITS
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.clock import Compute, Receive, Send, Speeds, agent_seconds
from eftheory.simulate.columns import Heard
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.run_columns import Clock


def keep_time(speeds: Speeds, problem: Problem) -> Clock:
    """A clock for ``run_columns``: in a round each agent receives, computes and sends, and the server waits for all.

    A coordinate takes as long as 32 bits. Agents whose coins fell on 0 send nothing.

    Args:
        speeds: of the agents; seconds for a sample and for a coordinate.
        problem: says how many samples a gradient has, by ``sizes`` or ``samples``; else it is one.
    """
    n = problem.n_agents
    sizes = np.array(getattr(problem, "sizes", getattr(problem, "samples", 1)), dtype=float)

    def seconds(heard: Heard, up: Any, down: Any) -> Array:
        sent, received = (np.atleast_1d(np.asarray(bits, dtype=float) / NUMBER_BITS)[:, None] for bits in (up, down))
        if heard.coins:
            part = heard.coins[-1].T
            sent = sent * part / np.maximum(part.mean(axis=1, keepdims=True), 1 / (2 * n))
        looked = heard.gradients * sizes + heard.noisy * (getattr(problem, "batch", 1) or 1)
        phases = [Receive(received), Compute(looked), Send(sent)]
        slowest: Array = agent_seconds(phases, speeds, rounds=max(len(sent), len(received)), n_agents=n).max(axis=1)
        return slowest

    return seconds
