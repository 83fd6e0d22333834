"""EF, EF21, EF21+ and GD written once more, agent by agent, row by row of the paper: slow, and easy to read."""

from __future__ import annotations

import numpy as np

Shards = list[tuple[np.ndarray, np.ndarray]]


def gradient(A: np.ndarray, y: np.ndarray, x: np.ndarray, weight: float) -> np.ndarray:
    """Of the mean of log(1 + exp(-y a.x)), and weight sum_j x_j^2 / (1 + x_j^2)."""
    slopes = -y / (1 + np.exp(y * (A @ x)))
    return A.T @ slopes / len(y) + 2 * weight * x / (1 + x**2) ** 2


def top_1(v: np.ndarray) -> np.ndarray:
    """The entry of largest absolute value, the first of equal ones."""
    j = int(np.argmax(np.abs(v)))
    kept = np.zeros_like(v)
    kept[j] = v[j]
    return kept


def run(method: str, shards: Shards, x: np.ndarray, *, weight: float, step: float, rounds: int) -> np.ndarray:
    """||grad f(x^t)||^2 for t = 0, ..., rounds."""
    n, found = len(shards), []
    e = [np.zeros_like(x) for _ in range(n)]
    g = [gradient(A, y, x, weight) for A, y in shards]
    for t in range(rounds + 1):
        exact = [gradient(A, y, x, weight) for A, y in shards]
        found.append(float(np.sum(np.mean(exact, axis=0) ** 2)))
        if t == rounds:
            break
        if method == "gd":
            x = x - step * np.mean(exact, axis=0)
        elif method == "ef":
            sent = [top_1(e[i] + step * exact[i]) for i in range(n)]
            e = [e[i] + step * exact[i] - sent[i] for i in range(n)]
            x = x - np.mean(sent, axis=0)
        else:
            x = x - step * np.mean(g, axis=0)
            for i, (A, y) in enumerate(shards):
                new = gradient(A, y, x, weight)
                far, near = g[i] + top_1(new - g[i]), top_1(new)
                direct = method == "ef21_plus" and np.linalg.norm(near - new) < np.linalg.norm(far - new)
                g[i] = near if direct else far
    return np.array(found)
