"""Error feedback with equal agents: the exact worst-case rate of every step size.

EF and EF21 have the same one. Write s = sqrt(1 - alpha). The worst functions are the quadratics
of curvature mu and L, the worst compressor overshoots: C(v) = (1 + s) v.
"""

from __future__ import annotations

from eftheory.laws.contraction import theta
from eftheory.laws.enclosure import largest
from eftheory.laws.kinds import Number, settle, sqrt
from eftheory.laws.parameters import read


def optimal_step_size(L: Number, mu: Number, *, alpha: Number) -> Number:
    """The best constant step of EF and of EF21 with equal agents: (2/(L+mu)) (1-s)/(1+s).

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f. Without compression it is 2/(L+mu).

    Raises:
        ValueError: a parameter is out of range.

    Proof: `tight_rate`.

    References:
        [ThomsenTaylorDieuleveut2025] (one agent); [ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2.

    >>> from fractions import Fraction
    >>> optimal_step_size(1, Fraction(1, 3), alpha=Fraction(3, 4))
    Fraction(1, 2)
    """
    L, mu, alpha = read(L=L, mu=mu, alpha=alpha)
    return settle(2 / (L + mu) * theta(alpha) / (1 + sqrt(1 - alpha)), L, mu, alpha)


def stability_limit(L: Number, *, alpha: Number) -> Number:
    """The step from which EF and EF21 need not converge: 2(1-s) / ((1+s) L).

    Below it they converge linearly if some mu > 0, at or above it there is an instance that does
    not converge. Agents may differ: L is the mean of their constants.

    Args:
        L: smoothness constant (the mean over agents), positive; unit of f over unit of x squared.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f. Without compression it is 2/L.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `tight_rate`.

    References:
        Of this project, from the rates of [ThomsenTaylorDieuleveut2025] by class inclusion.

    >>> from fractions import Fraction
    >>> stability_limit(1, alpha=Fraction(3, 4))
    Fraction(2, 3)
    """
    L, alpha = read(L=L, alpha=alpha)
    return settle(2 * theta(alpha) / ((1 + sqrt(1 - alpha)) * L), L, alpha)


def tight_rate(L: Number, mu: Number, *, alpha: Number, step_size: Number | None = None) -> Number:
    """The exact worst-case rate of EF and of EF21 with any number of equal agents: r^2, for every step.

        r = (tau + sqrt(tau^2 + 4s)) / 2,  tau = max{1-s - (1+s) step mu, (1+s) step L - (1-s)}.

    At the best step tau = (1-s)(L-mu)/(L+mu). From the stability limit on the rate is >= 1, and still exact.

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        step_size: positive; by default the best, ``optimal_step_size``.

    Returns:
        The factor per step, no unit; 1 if mu = 0.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `tight_rate`.

    References:
        Best step: [ThomsenTaylorDieuleveut2025], [ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2.

    >>> from fractions import Fraction
    >>> tight_rate(25, 11, alpha=Fraction(15, 16))
    Fraction(4, 9)
    """
    if step_size is None:
        L, mu, alpha = read(L=L, mu=mu, alpha=alpha)
        return rate_of_ratio((L - mu) / (L + mu), alpha=alpha)
    L, mu, alpha, step_size = read(L=L, mu=mu, alpha=alpha, step_size=step_size)
    s, t = sqrt(1 - alpha), theta(alpha)
    tau = largest(t - (1 + s) * step_size * mu, (1 + s) * step_size * L - t)
    return settle(_square(tau, s), L, mu, alpha, step_size)


def rate_of_ratio(ratio: Number, *, alpha: Number) -> Number:
    """The tight rate at the best step, from ratio = (L-mu)/(L+mu): r^2 = s + (1-s) ratio r, r > 0.

    Args:
        ratio: 0 <= ratio <= 1, no unit.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        The factor per step, s <= rate <= 1, no unit.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `tight_rate`.

    References:
        [ThomsenTaylorDieuleveut2025].

    >>> rate_of_ratio(1, alpha=1)
    Fraction(1, 1)
    """
    ratio, alpha = read(ratio=ratio, alpha=alpha)
    return settle(_square(theta(alpha) * ratio, sqrt(1 - alpha)), ratio, alpha)


def _square(tau: Number, s: Number) -> Number:
    """r^2 for the positive root r of r^2 - tau r - s."""
    return s + tau * (tau + sqrt(tau * tau + 4 * s)) / 2
