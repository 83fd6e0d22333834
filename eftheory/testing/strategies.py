"""Hypothesis strategies for what this field's tests are about."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.compressors import Compressor
from eftheory.testing.compressor_list import contractive_in
from eftheory.testing.functions import KINDS, SeparableFunction
from eftheory.testing.hypothesis_needed import needs_hypothesis

with needs_hypothesis():
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy

NICE = st.sampled_from([1.0, 0.0, -1.0, 2.0, 0.5, 3.0, 1.5, -1.5, 1.25, 4.0])
FINITE = st.floats(min_value=-(2.0**40), max_value=2.0**40, allow_subnormal=False, width=32)


@st.composite
def vectors(draw: st.DrawFn, dimension: int | SearchStrategy[int] = st.integers(1, 8)) -> np.ndarray:  # noqa: B008
    """Vectors of float64, often with ties, zeros and few sizes; at most 2^40 in size, and no subnormals.

    Args:
        dimension: how many entries, or a strategy for it.
    """
    d = dimension if isinstance(dimension, int) else draw(dimension)
    kind = draw(st.sampled_from(["levels", "entries", "noise"] if d <= 16 else ["levels", "noise"]))
    if kind == "entries":
        return np.array(draw(st.lists(NICE | FINITE, min_size=d, max_size=d)))
    if kind == "noise":
        return _noise(d, draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0.0, 1.0, 3.0])))
    levels = draw(st.lists(NICE | FINITE, min_size=1, max_size=4))
    ends = sorted(draw(st.lists(st.integers(0, d), min_size=len(levels) - 1, max_size=len(levels) - 1)))
    counts = np.diff([0, *ends, d])
    return np.repeat(levels, counts)


@st.composite
def gradients(draw: st.DrawFn, dimension: int | SearchStrategy[int] = st.integers(1, 64)) -> np.ndarray:  # noqa: B008
    """Vectors as optimisers meet them: normal to heavy-tailed, sparse or not, from 1e-8 to 1e4 in size.

    Args:
        dimension: how many entries, or a strategy for it.
    """
    d = dimension if isinstance(dimension, int) else draw(dimension)
    v = _noise(d, draw(st.integers(0, 2**32 - 1)), draw(st.floats(0.0, 2.0)))
    kept = draw(st.sampled_from([1.0, 0.5, 0.1]))
    v[np.random.default_rng(d).random(d) > kept] = 0.0
    return v * 10.0 ** draw(st.integers(-8, 4))


def _noise(d: int, seed: int, tail: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.standard_normal(d) * np.exp(tail * rng.standard_normal(d))


def contractive_compressors(dimension: int, *, random: bool | None = None) -> SearchStrategy[Compressor]:
    """Compressors of eftheory that contract in a dimension: their ``alpha(dimension)`` is positive.

    Args:
        dimension: of the vectors they are for.
        random: only random ones (True), only deterministic ones (False), or both.
    """
    return st.sampled_from(contractive_in(dimension, random=random))


@st.composite
def _constants(draw: st.DrawFn, max_condition: int) -> tuple[Fraction, Fraction]:
    L = Fraction(draw(st.integers(1, 64)), draw(st.sampled_from([1, 8, 64])))
    return L, L / draw(st.integers(1, max_condition))


@st.composite
def smooth_strongly_convex_functions(
    draw: st.DrawFn,
    dimension: int | SearchStrategy[int] = st.integers(1, 6),  # noqa: B008
    *,
    L: Any = None,
    mu: Any = None,
) -> SeparableFunction:
    """Functions with ``value``, ``gradient``, ``L``, ``mu`` and minimiser ``centre``; quadratic, Huber, log cosh.

    Args:
        dimension: of the domain, or a strategy for it.
        L: smoothness constant; drawn if left out.
        mu: strong convexity constant, 0 <= mu <= L; drawn if left out.
    """
    d = dimension if isinstance(dimension, int) else draw(dimension)
    drawn = draw(_constants(100))
    top = drawn[0] if L is None else Fraction(L)
    low = min(drawn[1], top) if mu is None else Fraction(mu)
    if not 0 <= low <= top:
        raise ValueError(f"mu={low}: mu must lie between 0 and L={top}")
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    axes = np.linalg.qr(rng.standard_normal((d, d)))[0]
    kinds = tuple(draw(st.lists(st.sampled_from(KINDS), min_size=d, max_size=d)))
    share = np.array(draw(st.lists(st.sampled_from([0.0, 1.0, 0.5]), min_size=d, max_size=d)))
    curvatures = float(low) + share * float(top - low)
    return SeparableFunction(top, low, axes, rng.standard_normal(d), kinds, curvatures)


@st.composite
def agents(
    draw: st.DrawFn, *, max_types: int = 3, max_count: int = 4, max_condition: int = 100
) -> tuple[AgentType, ...]:
    """Types of agents with different constants, as ``certify`` and the command line take them.

    Args:
        max_types: the most types.
        max_count: the most agents of one type.
        max_condition: the largest L/mu.
    """
    pairs = draw(st.lists(_constants(max_condition), min_size=1, max_size=max_types, unique=True))
    return tuple(AgentType(L, mu, draw(st.integers(1, max_count))) for L, mu in pairs)
