"""Which rows are whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from eftheory.simulate.arithmetic import Array
from eftheory.simulate.runs import nearest

Shares = tuple[Array, tuple[int, ...]]
"""The rows in the order of the agents, and how many each has."""


def contiguous(targets: Array, n: int) -> Shares:
    """In the order of the file, floor(N/n) rows each; the last agent takes the rest.

    References:
        [RichtarikSokolovFatkhullin2021], Section 5.
    """
    each = len(targets) // n
    return np.arange(len(targets)), (each,) * (n - 1) + (len(targets) - each * (n - 1),)


def by_label(targets: Array, n: int) -> Shares:
    """Sorted by label (of equal ones in the order of the file), then as ``contiguous``: as different as can be."""
    return np.argsort(targets, kind="stable"), contiguous(targets, n)[1]


def weighted(targets: Array, n: int, weights: Sequence[float] | None = None) -> Shares:
    """In the order of the file, in proportion to weights; from 1 to 2 by default, so that the last has twice the first.

    Raises:
        ValueError: there are not n weights, all positive, or one is so small that its agent gets no row.
    """
    shares = np.linspace(1, 2, n) if weights is None else np.array(weights, dtype=float)
    if shares.shape != (n,) or not (shares > 0).all() or not np.isfinite(shares).all():
        raise ValueError(f"split=weighted: {len(shares)} weights for {n} agents: give a positive one for each")
    cuts = np.rint(np.cumsum(shares) / shares.sum() * len(targets)).astype(int)
    return np.arange(len(targets)), tuple(np.diff(cuts, prepend=0).tolist())


def at_random(targets: Array, n: int, seed: int = 0) -> Shares:
    """In random order, then as ``contiguous``."""
    return np.random.default_rng(seed).permutation(len(targets)), contiguous(targets, n)[1]


RULES: dict[str, Callable[..., Shares]] = {
    "contiguous": contiguous,
    "label": by_label,
    "weighted": weighted,
    "random": at_random,
}


def divide(targets: Array, n_agents: int, rule: str = "contiguous") -> Shares:
    """The rows of each agent by a rule: contiguous, label, weighted, weighted:1,2,3 or random, random:SEED.

    Raises:
        ValueError: there is no such rule, or an agent would have no row.

    >>> divide(np.array([1.0, -1.0, 1.0, -1.0, 1.0]), 2, "label")
    (array([1, 3, 0, 2, 4]), (2, 3))
    """
    name, _, given = rule.partition(":")
    if name not in RULES:
        raise ValueError(f"split={rule[:40]!r}: {nearest(name, [*RULES])}")
    if n_agents < 1:
        raise ValueError(f"agents={n_agents}: there is at least one")
    if n_agents > len(targets):
        raise ValueError(f"agents={n_agents}: there are {len(targets)} rows, and every agent needs one")
    order, sizes = RULES[name](targets, n_agents, *_numbers(name, given))
    if min(sizes) < 1:
        raise ValueError(f"split={rule[:40]!r}: agent {1 + int(np.argmin(sizes))} gets no row: take fewer agents")
    return order, sizes


def _numbers(name: str, given: str) -> list[object]:
    """The seed, or the weights."""
    if not given:
        return []
    try:
        if name == "random":
            return [int(given)]
        if name == "weighted":
            return [[float(each) for each in given.split(",")]]
    except ValueError:
        pass
    raise ValueError(f"split={name}:{given[:30]!r}: write random:SEED with a whole number, or weighted:1,2,3")
