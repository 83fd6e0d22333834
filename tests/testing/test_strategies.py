"""What the strategies draw is what they say."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eftheory.assumptions import AgentType, Contractive
from eftheory.testing import agents, contractive_compressors, gradients, smooth_strongly_convex_functions, vectors
from eftheory.testing.entry import register
from eftheory.testing.functions import KINDS
from eftheory.testing.measure import measure_best
from eftheory.testing.subject import adapt

POINTS = st.floats(-4, 4, allow_subnormal=False)
FEW = settings(max_examples=10, database=None, derandomize=True)


@given(vectors())
def test_vectors(v):
    assert v.dtype == np.float64
    assert v.ndim == 1
    assert 1 <= v.size <= 8
    assert np.isfinite(v).all()
    assert np.abs(v).max() <= 2.0**40
    assert not ((v != 0) & (np.abs(v) < np.finfo(float).smallest_normal)).any()


@given(st.integers(1, 40), st.data())
def test_dimension_of_vectors(d, data):
    assert data.draw(vectors(d)).shape == data.draw(vectors(st.just(d))).shape == (d,)
    assert data.draw(gradients(d)).shape == data.draw(gradients(st.just(d))).shape == (d,)


@pytest.mark.parametrize(
    "wanted",
    [
        lambda v: v.size > 3 and np.ptp(np.abs(v)) == 0 and v[0] != 0,
        lambda v: v.size > 3 and np.count_nonzero(v) == 1,
        lambda v: not v.any(),
        lambda v: len(np.unique(np.abs(v))) > 3,
        lambda v: (v < 0).any() and (v > 0).any(),
    ],
    ids=["ties", "one-hot", "zero", "many sizes", "both signs"],
)
def test_vectors_of_every_kind(wanted):
    assert wanted(find(vectors(), wanted, settings=settings(max_examples=2000, database=None, derandomize=True)))


@given(gradients())
def test_gradients(v):
    assert 1 <= v.size <= 64
    assert np.isfinite(v).all()
    assert v.dtype == np.float64


@pytest.mark.parametrize("random", [None, True, False])
@given(d=st.integers(1, 5), data=st.data())
@settings(max_examples=25)
def test_contractive_compressors(random, d, data):
    compressor = data.draw(contractive_compressors(d, random=random))
    assert random in (None, compressor.random)
    v = data.draw(arrays(float, d, elements=st.integers(-4, 4).map(float)))
    known = compressor.contraction(d)
    assert 0 < known.value <= 1
    measured = measure_best(adapt(compressor), v) if v.any() else None
    if measured is not None:
        assert float(measured.ratio) <= 1 - float(known.value) + 1e-12


@given(smooth_strongly_convex_functions(), st.data())
def test_functions_obey_the_interpolation_inequality(f, data):
    d = f.centre.size
    x, y = (np.array(data.draw(st.lists(POINTS, min_size=d, max_size=d))) for _ in range(2))
    assert 0 <= f.mu <= f.L
    L, mu = float(f.L), float(f.mu)
    g, h, dx = f.gradient(x), f.gradient(y), x - y
    scale = 1e-9 * L * (1 + float(x @ x + y @ y) + d)
    gap = f.value(x) - f.value(y) - h @ dx
    assert gap >= mu / 2 * dx @ dx - scale
    assert gap <= L / 2 * dx @ dx + scale
    if mu < L:
        strong = (g - h) @ (g - h) / L + mu * dx @ dx - 2 * mu / L * (g - h) @ dx
        assert gap >= strong / (2 * (1 - mu / L)) - scale / (1 - mu / L)


@given(smooth_strongly_convex_functions(), st.data())
def test_gradients_of_functions_are_differences(f, data):
    d = f.centre.size
    x = np.array(data.draw(st.lists(POINTS, min_size=d, max_size=d)))
    h = 1e-5
    differences = [(f.value(x + h * e) - f.value(x - h * e)) / (2 * h) for e in np.eye(d)]
    assert np.allclose(f.gradient(x), differences, rtol=1e-4, atol=1e-4 * float(f.L))
    assert f.value(f.centre) == pytest.approx(0, abs=1e-12)
    assert np.abs(f.gradient(f.centre)).max() <= 1e-12 * float(f.L)


@given(smooth_strongly_convex_functions(3, L=2, mu=Fraction(1, 2)))
def test_given_constants(f):
    assert (f.L, f.mu, f.centre.shape) == (2, Fraction(1, 2), (3,))
    assert set(f.kinds) <= set(KINDS)


def test_constants_out_of_range():
    with pytest.raises(ValueError, match=r"mu=3: mu must lie between 0 and L=2"):
        find(smooth_strongly_convex_functions(2, L=2, mu=3), lambda f: True, settings=FEW)


@given(agents(max_types=4, max_count=3, max_condition=10))
def test_agents(types):
    assert 1 <= len(types) <= 4
    assert len({(t.L, t.mu) for t in types}) == len(types)
    for t in types:
        assert isinstance(t, AgentType)
        assert 0 < t.mu <= t.L <= 10 * t.mu
        assert 1 <= t.count <= 3


@given(st.from_type(AgentType), st.from_type(Contractive))
def test_types_are_registered(agent, compressor):
    assert isinstance(agent, AgentType)
    assert 0 < compressor.alpha <= 1


def test_registering_twice_does_no_harm():
    register()
    assert isinstance(find(st.from_type(Contractive), lambda _: True, settings=FEW), Contractive)
