"""Tests of expectations from draws, with a false-alarm probability that holds whenever one stops.

Both bet against the claim. If it is true, the gambler's wealth is a nonnegative supermartingale
that starts at one, so by Ville's inequality it ever reaches 1/p with probability at most p.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

FALSE_ALARM = 1e-9
"""The probability with which one test calls a true claim false."""


CARRIERS = 100
"""How many samples, at least, must carry the spread of all."""

SIGNIFICANT = 7.0
"""Standard errors that are no chance."""


def exceeds(samples: Iterable[float], limit: float, *, false_alarm: float = FALSE_ALARM) -> int | None:
    """The number of samples that establish that the mean of nonnegative variables exceeds ``limit``, or None.

    The wealth is multiplied by 1 + bet (x / limit - 1), 0 <= bet < 1, which has mean at most one if
    E x <= limit. The bet is set from the samples before, near the best in hindsight. One that is not finite
    settles it.

    >>> exceeds([1.0] * 100, 0.5), exceeds([0.4, 0.6] * 100, 0.5)
    (35, None)
    """
    wealth, total, squares = 0.0, 0.0, 0.0
    scale = limit if limit > 0 else 1.0
    for count, sample in enumerate(samples, 1):
        if not math.isfinite(sample) or (limit <= 0 and sample > 0):
            return count
        gain = sample / scale - 1
        # the variance is shrunk to that of one more sample, one unit away
        mean, variance = total / count, (squares + 1) / count
        bet = min(0.9, max(0.0, mean / variance))
        wealth += float(np.log1p(bet * gain))
        total, squares = total + gain, squares + gain * gain
        if wealth >= -np.log(false_alarm):
            return count
    return None


def drift(samples: Sequence[float] | np.ndarray) -> float | None:
    """The mean in standard errors, the spread as seen; None if too few samples carry it to tell.

    (sum of squares)^2 / (sum of fourth powers), about the mean, counts those that do. From ``CARRIERS`` of them on,
    and beyond ``SIGNIFICANT``, chance explains it with probability below 1e-7, even for rare large samples.

    >>> drift([1.0, -1.0] * 100), drift([5.0] + [0.0] * 99)
    (0.0, None)
    """
    x = np.asarray(samples, dtype=float)
    if not np.isfinite(x).all() or np.ptp(x) <= 1e-9 * np.abs(x).max():  # all alike, up to rounding
        return None
    centred = (x - x.mean()) / np.ptp(x)
    if float(np.sum(centred**2)) ** 2 < CARRIERS * float(np.sum(centred**4)):
        return None
    return float(x.mean() / x.std() * len(x) ** 0.5)


def is_off_centre(samples: Iterable[float], deviation: float, *, false_alarm: float = FALSE_ALARM) -> int | None:
    """The number of samples that establish that not both E x = 0 and E x^2 <= deviation^2, or None.

    For either sign and several stakes b, exp(log(1 + b x + b^2 x^2 / 2) - b^2 deviation^2 / 2) has mean
    at most (1 + b^2 deviation^2 / 2) exp(-b^2 deviation^2 / 2) <= 1; the average of these wealths is tested.

    >>> is_off_centre([1.0] * 200, 1.0) is None, is_off_centre([1.0, -1.0] * 200, 1.0)
    (False, None)
    """
    if deviation <= 0:
        return next((count for count, sample in enumerate(samples, 1) if sample), None)
    stakes = np.array([sign / 2**j for j in range(8) for sign in (1, -1)])
    wealth = np.zeros(len(stakes))
    for count, sample in enumerate(samples, 1):
        if not math.isfinite(sample):
            return count
        gain = stakes * (sample / deviation)
        wealth += np.log1p(gain + gain**2 / 2) - stakes**2 / 2
        top = wealth.max()
        if top + np.log(np.mean(np.exp(wealth - top))) >= -np.log(false_alarm):
            return count
    return None
