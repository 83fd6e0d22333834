"""Every row has one agent, every agent a row, by every rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.simulate.split import divide


@given(
    st.integers(1, 60), st.integers(1, 20), st.sampled_from(["contiguous", "label", "weighted", "random", "random:3"])
)
def test_every_row_has_one_agent(rows: int, n: int, rule: str) -> None:
    targets = np.random.default_rng(rows).integers(0, 2, rows).astype(float)
    try:
        order, sizes = divide(targets, n, rule)
    except ValueError:
        assert n > rows or rule == "weighted"
        return
    assert sorted(order) == list(range(rows))
    assert (len(sizes), sum(sizes), min(sizes) >= 1) == (n, rows, True)


def test_rules() -> None:
    y = np.array([1.0, -1, 1, -1, 1, -1, 1])
    assert divide(y, 3)[1] == (2, 2, 3)
    assert y[divide(y, 3, "label")[0]].tolist() == [-1] * 3 + [1] * 4
    assert divide(y, 2, "weighted:1,6")[1] == (1, 6)
    assert divide(y, 2, "random:1")[0].tolist() == divide(y, 2, "random:1")[0].tolist()
    assert divide(y, 2, "random:1")[0].tolist() != divide(y, 2, "random:2")[0].tolist()


@pytest.mark.parametrize("rule", ["random:x", "weighted:a", "contiguous:1", "weighted:0,1", "weighted:1", "sorted"])
def test_rules_that_are_none(rule: str) -> None:
    with pytest.raises(ValueError, match="split="):
        divide(np.ones(8), 2, rule)
