"""Newton's method, for the minimisers that problems are measured against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from eftheory.simulate.problems.problem import Array


class NoMinimiserError(ValueError):
    """A problem has no minimiser, or none that is known."""


def minimise(
    gradient: Callable[[Array], Array], hessian: Callable[[Array], Array], start: Array, *, iterations: int = 200
) -> Array:
    """A minimiser of a convex function with continuous gradient, found by damped Newton steps.

    A step is halved until it makes the gradient smaller, which works without function values
    and so down to the last digits.

    Raises:
        NoMinimiserError: the gradient stays large, as where there is no minimiser.

    >>> minimise(lambda x: 2 * x - 4, lambda x: 2 * np.eye(1), np.zeros(1))
    array([2.])
    """
    x = np.array(start, dtype=float)
    g = gradient(x)
    first = size = float(np.linalg.norm(g))
    for _ in range(iterations):
        direction = np.linalg.lstsq(hessian(x), g, rcond=None)[0]
        step, found = 1.0, False
        while step > 2.0**-20 and not found:
            trial = x - step * direction
            g_trial = gradient(trial)
            found = bool(np.linalg.norm(g_trial) < size)
            step /= 2
        if not found:
            break
        x, g = trial, g_trial
        size = float(np.linalg.norm(g))
    if size > 1e-9 * (1 + first):
        raise NoMinimiserError(f"no minimiser found: the gradient still has norm {size:.1e}; is some mu_i positive?")
    return x
