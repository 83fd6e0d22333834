"""Exact problems and linear maps, drawn so that they shrink to small whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from eftheory.compressors import FixedMask, FixedProjection, Identity, Overshoot
from eftheory.simulate.rational import RationalQuadratic, RationalWorld
from eftheory.simulate.rational.arrays import as_fractions
from eftheory.simulate.rational.reflections import reflect

small, few = st.integers(-3, 3), st.integers(1, 3)
step_sizes = st.fractions(Fraction(1, 8), 2, max_denominator=8)


def vectors(dimension: int, entries: st.SearchStrategy = small) -> st.SearchStrategy[list]:
    return st.lists(entries, min_size=dimension, max_size=dimension)


@st.composite
def quadratics(
    draw: st.DrawFn,
    *,
    agents: st.SearchStrategy[int] = few,
    dimension: st.SearchStrategy[int] = few,
    rotated: bool = True,
    least: Fraction | int = 0,
) -> RationalQuadratic:
    """Quadratics with short rational spectra, no curvature below ``least``, in rotated bases."""
    n, d = draw(agents), draw(dimension)
    curvatures = st.integers(int(least * 4), 12).map(lambda k: Fraction(k, 4)).filter(bool)
    spectra = [draw(vectors(d, curvatures)) for _ in range(n)]
    mirrors = vectors(d, st.integers(-2, 2)).filter(any)
    bases = [reflect(*draw(st.lists(mirrors, min_size=1, max_size=2))) for _ in range(n)] if rotated else None
    return RationalQuadratic.of_spectra(spectra, bases=bases, centres=[draw(vectors(d)) for _ in range(n)])


@st.composite
def linear_maps(draw: st.DrawFn, dimension: int) -> Any:
    """Additive, homogeneous, deterministic: those of eftheory, symmetric contractions, and any matrix at all."""
    d = dimension
    kind = draw(st.sampled_from(["identity", "mask", "projection", "overshoot", "symmetric", "matrix"]))
    if kind == "identity":
        return Identity()
    if kind == "mask":
        return FixedMask(tuple(draw(st.sets(st.integers(0, d - 1), min_size=1))))
    if kind == "projection":
        return FixedProjection(draw(st.lists(vectors(d).filter(any), min_size=1, max_size=d)))
    if kind == "overshoot":
        return Overshoot(draw(st.fractions(0, Fraction(9, 10), max_denominator=10)))
    if kind == "symmetric":
        Q = reflect(draw(vectors(d).filter(any)))
        spectrum = draw(vectors(d, st.fractions(Fraction(1, 8), Fraction(15, 8), max_denominator=8)))
        matrix = (Q * as_fractions(spectrum)) @ Q.T
    else:
        matrix = as_fractions([draw(vectors(d)) for _ in range(d)])
    return lambda v: (matrix @ as_fractions(v)).tolist()


def messages_of_ef(world: RationalWorld, step: Fraction, x: Any, e: Any) -> Any:
    """What the agents of EF are about to send."""
    return world.compress(e + step * world.gradient(x))
