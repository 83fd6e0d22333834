"""Random problems with known constants: quadratics, and logistic regression with a regulariser that is not convex."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Quadratics:
    """f_i(x) = <x, A_i x>/2 - <b_i, x>, convex; f is their mean and has its least value at ``best``."""

    A: np.ndarray
    b: np.ndarray

    def __post_init__(self):
        self.n, self.d = self.b.shape
        self.n_agents = self.n
        self.L_i = np.array([np.linalg.eigvalsh(A)[-1] for A in self.A])
        eigenvalues = np.linalg.eigvalsh(self.A.mean(0))
        self.mu, self.L = eigenvalues[0], eigenvalues[-1]
        self.best = np.linalg.solve(self.A.mean(0), self.b.mean(0))
        self.least = self._value(self.best)

    def _value(self, x):
        return x @ self.A.mean(0) @ x / 2 - self.b.mean(0) @ x

    def value(self, x):
        return self._value(x) - self.least

    def gradients(self, x):
        return self.A @ x - self.b


@dataclass
class Logistic:
    """f_i(x) = mean log(1 + exp(-y <a, x>)) + 0.1 sum x_j^2/(1 + x_j^2) over the examples (a, y) of agent i."""

    a: np.ndarray

    def __post_init__(self):
        self.n, m, self.d = self.a.shape
        self.n_agents = self.n
        curvature = [a.T @ a / (4 * m) for a in self.a]
        self.L_i = np.array([np.linalg.eigvalsh(c)[-1] for c in curvature]) + 0.2
        self.L = np.linalg.eigvalsh(np.mean(curvature, 0))[-1] + 0.2

    def value(self, x):
        return np.logaddexp(0, -self.a @ x).mean() + 0.1 * (x**2 / (1 + x**2)).sum()

    def gradients(self, x):
        slopes = -1 / (1 + np.exp(self.a @ x))
        return (slopes[..., None] * self.a).mean(1) + 0.2 * x / (1 + x**2) ** 2


def quadratics(rng, n=3, d=3):
    """Curvatures of different size for each agent."""
    roots = rng.normal(size=(n, d, d)) * 10 ** rng.uniform(-1, 0.5, size=(n, 1, 1))
    return Quadratics(roots @ roots.transpose(0, 2, 1) + 0.01 * np.eye(d), rng.normal(size=(n, d)))


def logistic(rng, n=3, d=3):
    """Examples of different size for each agent; their labels are in the signs."""
    return Logistic(rng.normal(size=(n, 5, d)) * 10 ** rng.uniform(-0.5, 0.7, size=(n, 1, 1)))


def top_k(v, rng=None, k=1):
    """alpha = k/d."""
    kept = np.argsort(-np.abs(v), kind="stable")[:k]
    result = np.zeros_like(v)
    result[kept] = v[kept]
    return result


def rand_k(v, rng, k=1):
    """alpha = k/d."""
    kept = rng.choice(len(v), k, replace=False)
    result = np.zeros_like(v)
    result[kept] = v[kept]
    return result


def nearest_power(v, rng=None):
    """Each coordinate rounded to the nearest power of two: an error of at most a third; not homogeneous."""
    below = np.exp2(np.floor(np.log2(np.abs(v), out=np.zeros_like(v), where=v != 0)))
    return np.sign(v) * below * np.where(np.abs(v) < 1.5 * below, 1, 2)


def per_agent(compress, vectors, rng):
    return np.array([compress(v, rng) for v in vectors])


def square(v):
    return (v**2).sum(-1)
