"""Random functions and real compressors for batches of concrete runs, vectorised over runs and agents."""

from __future__ import annotations

import numpy as np

from eftheory.claims import Setting
from tests.kit.concrete import Problem


def random_problem(setting: Setting, rng: np.random.Generator, runs: int, dimension: int, compress) -> Problem:
    """For every run and agent a rotated separable function of the agent's class, its own mixture of kinds.

    Along each rotated axis: a quadratic with curvature mu, L or between; a Huber function; or
    log cosh (both plus mu/2 y^2). A common minimiser is anywhere; without one every agent has its own centre.
    """
    each = [agent for agent in setting.agents for _ in range(agent.count)]
    shape = (runs, len(each), dimension)
    L = np.array([float(agent.L) for agent in each])[:, None]
    mu = np.array([float(agent.mu) for agent in each])[:, None]
    Q, _ = np.linalg.qr(rng.normal(size=(*shape, dimension)))
    Q[rng.random(runs) < 0.3] = np.eye(dimension)  # some runs share the axes, so that extremes add up
    kind = rng.integers(0, 5, size=shape)
    kind[rng.random(runs) < 0.4] %= 2
    between = rng.random(shape)
    h = np.where(kind == 0, mu, np.where(kind == 1, L, mu + between * (L - mu)))
    width = rng.exponential(size=shape)
    common = any(hypothesis.name == "common minimiser" for hypothesis in setting.method.hypotheses)
    star = rng.normal(size=(runs, 1, dimension))
    centre = star if common else rng.normal(size=shape)
    one_sign = np.zeros(shape) if common else rng.normal(size=shape)

    def split(x):
        y = np.einsum("rikj,rij->rik", Q, x - centre)
        size, inside = np.abs(y), np.abs(y) <= width
        smooth_slope = np.where(kind == 3, np.where(inside, y, np.sign(y) * width), width * np.tanh(y / width))
        huber = np.where(inside, y * y / 2, width * (size - width / 2))
        log_cosh = width**2 * (np.logaddexp(y / width, -y / width) - np.log(2))
        smooth = np.where(kind == 3, huber, log_cosh)
        slope = np.where(kind <= 2, h * y, mu * y + (L - mu) * smooth_slope)
        value = np.where(kind <= 2, h * y * y / 2, mu * y * y / 2 + (L - mu) * smooth)
        return slope, value

    def gradient(x):
        return np.einsum("rikj,rik->rij", Q, split(x)[0]) + one_sign

    def value(x):
        return split(x)[1].sum(axis=-1) + (one_sign * x).sum(axis=-1)

    return Problem(gradient, value, lambda v: compress(v, rng), star)


def top_k(k: int):
    """Keep the k largest entries; alpha = k/d."""

    def compress(v, rng):
        order = np.argsort(-np.abs(v), axis=-1, kind="stable")
        kept = np.zeros(v.shape, dtype=bool)
        np.put_along_axis(kept, order[..., :k], True, axis=-1)
        return np.where(kept, v, 0)

    return compress


def scaled_sign(v, rng):
    """mean |v_j| times the signs; alpha = 1/d."""
    return np.abs(v).mean(axis=-1, keepdims=True) * np.where(v < 0, -1, 1)


def worst_error(alpha: float):
    """An error of the largest size allowed, sqrt(1-alpha) ||v||, in a random direction or along +v or -v."""

    def compress(v, rng):
        direction = rng.normal(size=v.shape)
        along = rng.integers(0, 3, size=(*v.shape[:-1], 1))
        direction = np.where(along == 0, direction, np.where(along == 1, v, -v))
        size = np.linalg.norm(direction, axis=-1, keepdims=True)
        error = direction / np.where(size == 0, 1, size) * np.linalg.norm(v, axis=-1, keepdims=True)
        return v - np.sqrt(1 - alpha) * error

    return compress
