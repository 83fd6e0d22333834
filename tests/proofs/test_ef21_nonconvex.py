"""EF21 on functions that are not convex: runs obey the theorems about the constant before f - inf f."""

import numpy as np
import pytest

from eftheory import laws

LENGTH = 300


def run(step, *, s, L, seed):
    """sum ||grad f||^2, and F, G and S at the start, of f_i(x) = L_i (1 - cos(x - b_i)) in 5 coordinates with Top-k."""
    draw = np.random.default_rng(seed)
    n, size = len(L), 5
    kept = round(size * (1 - s * s))
    shift, x = draw.normal(size=(n, size)), draw.normal(scale=3, size=size)
    d = draw.normal(size=(n, size))

    def gradients(at):
        return L[:, None] * np.sin(at - shift)

    g = gradients(x)
    F = (L[:, None] * (1 - np.cos(x - shift))).sum(axis=1).mean()  # the mean is not less than 0
    G = (L.mean() / L * ((g - d) ** 2).sum(axis=1)).mean()
    S, total = (g.mean(axis=0) ** 2).sum(), 0.0
    for _ in range(LENGTH):
        total += (gradients(x).mean(axis=0) ** 2).sum()
        x = x - step * d.mean(axis=0)
        v = gradients(x) - d
        small = np.argsort(-abs(v), axis=1)[:, kept:]
        np.put_along_axis(v, small, 0.0, axis=1)
        d = d + v
    return total, F, G, S


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("s", [0.2**0.5, 0.4**0.5, 0.8**0.5])
def test_a_seventh_less(s, seed):
    L = np.array([1.0, 1.0, 10.0])[: 1 + seed % 3]
    step = (1 - s) / L.mean()
    total, F, G, S = run(step, s=s, L=L, seed=seed)
    p, a, r = 12 / 7 / (1 - s), (16 - 11 * s) / (8 * (1 - s)), (69 - 34 * s) / (56 * (1 - s))
    assert total <= p * (L.mean() * F - S / 2) + a * G + r * S
    assert p * L.mean() == pytest.approx(12 / 7 / step)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("s", [0.2**0.5, 0.4**0.5, 0.8**0.5])
def test_the_best_step(s, seed):
    """The numbers of the theorem, in floats; p is the constant of the law."""
    alpha, L = 1 - s * s, np.array([1.0, 1.0, 10.0])[: 1 + seed % 3]
    step = laws.ef21_nonconvex_best_step_size(float(L.mean()), alpha=alpha)
    Y = 1 + s * s
    roots = np.roots([2 * s * Y, 3 * Y * Y, 4 * s * Y, -2 * (1 + s**4), -2 * s * Y])
    (v,) = [root.real for root in roots if abs(root.imag) < 1e-9 and root.real > 0]
    assert 0.61 < v < 0.82
    k = (1 - v * v) ** 0.5
    N, Q = Y + 2 * s * v, 2 * s + Y * v
    p, P = N**2 / (2 * alpha * v * k * Q), N / (2 * v * Q)
    M, A = P - Q * (1 - P) / (N * v), 2 * s * (1 - P) * k * k / (N * v)
    x, y = -Q / (2 * s * k * k), (1 + Q * (s + v) / (k * k * alpha)) / 2
    a, r = (M + A * x * x) / alpha, (p + P) / 2 - A * y
    assert step == pytest.approx(2 * alpha * k / (N * L.mean()))
    assert p * L.mean() == pytest.approx(laws.ef21_nonconvex_best_constant(float(L.mean()), alpha=alpha))
    total, F, G, S = run(step, s=s, L=L, seed=seed)
    assert total <= p * (L.mean() * F - S / 2) + a * G + r * S
