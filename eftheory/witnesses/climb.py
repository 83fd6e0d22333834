"""Ascent on the angles of many modes at once: quasi-Newton steps in two coordinates, flips in one."""

from __future__ import annotations

import numpy as np

from eftheory.witnesses.modes import Array, Modes

_SETTLED = 1e-15
_FARTHEST = 1.5  # radians in one step


def climb(modes: Modes, angles: Array, *, steps: int) -> tuple[Array, Array]:
    """Turn the errors as long as this lets the mode of each row grow; returns growth and angles.

    The first quasi-Newton step turns each error by the sine of its angle to the gradient.
    """
    growth, slope, scale = modes.slope(angles)
    inverse = np.eye(angles.shape[1]) / (scale[:, :, None] + 1e-300)  # Hessian, up to sign (BFGS)
    reach = np.ones(len(angles))
    for _ in range(steps):
        if modes.k == 1:
            turn = _flip(angles, slope, reach)
        else:
            turn = (inverse @ slope[:, :, None])[:, :, 0]
            turn *= (reach * np.minimum(1.0, _FARTHEST / np.max(abs(turn), axis=1, initial=1e-9)))[:, None]
        found, next_slope, _ = modes.slope(angles + turn)
        better = found > growth
        gained = np.max(found[better] / growth[better] - 1, initial=0.0)
        inverse = _updated(inverse, turn, slope - next_slope, better)
        growth, angles = np.where(better, found, growth), np.where(better[:, None], angles + turn, angles)
        slope = np.where(better[:, None], next_slope, slope)
        reach = np.where(better, np.minimum(1.0, 2 * reach), reach / 3)
        if not gained > _SETTLED and np.all(reach < 1e-3):
            break
    return growth, angles


def _updated(inverse: Array, turn: Array, bend: Array, better: Array) -> Array:
    """The inverse Hessian after a step that turned the angles and changed the slope by -bend."""
    curvature = np.sum(turn * bend, axis=1)
    sound = better & (curvature > 1e-12 * np.linalg.norm(turn, axis=1) * np.linalg.norm(bend, axis=1))
    rho = np.where(sound, 1 / np.where(sound, curvature, 1.0), 0.0)[:, None, None]
    side = np.eye(turn.shape[1]) - rho * turn[:, :, None] * bend[:, None, :]
    return np.asarray(side @ inverse @ np.swapaxes(side, 1, 2) + rho * turn[:, :, None] * turn[:, None, :])


def _flip(angles: Array, slope: Array, reach: Array) -> Array:
    """Turn the errors by pi that gain from it; fewer of them, the shorter the reach."""
    gain = -slope
    flips = (gain > 0) & (gain >= (1 - reach[:, None]) * gain.max(axis=1, initial=0.0, keepdims=True))
    return np.where(flips, np.pi, 0.0)
