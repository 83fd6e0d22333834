"""Compressed gradient descent with one agent: its exact worst-case rate for f - f*.

Write s = sqrt(1 - alpha). A compressor of relative error s acts like a change of the constants to
(1+s) L and (1-s) mu.
"""

from __future__ import annotations

from eftheory.laws.contraction import theta
from eftheory.laws.enclosure import largest
from eftheory.laws.kinds import Number, settle, sqrt
from eftheory.laws.parameters import read


def cgd_step_size(L: Number, mu: Number, *, alpha: Number) -> Number:
    """The best constant step of compressed gradient descent: 2 / ((1+s) L + (1-s) mu).

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.
        alpha: contraction of the compressor, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `cgd`.

    References:
        [ThomsenTaylorDieuleveut2025]; as inexact gradient descent [deKlerkGlineurTaylor2017].

    >>> from fractions import Fraction
    >>> cgd_step_size(1, Fraction(1, 3), alpha=Fraction(3, 4))
    Fraction(6, 5)
    """
    L, mu, alpha = read(L=L, mu=mu, alpha=alpha)
    return settle(2 / ((1 + sqrt(1 - alpha)) * L + theta(alpha) * mu), L, mu, alpha)


def cgd_stability_limit(L: Number, *, alpha: Number) -> Number:
    """The step from which compressed gradient descent need not converge: 2 / ((1+s) L).

    Args:
        L: smoothness constant, positive; unit of f over unit of x squared.
        alpha: contraction of the compressor, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `cgd`.

    References:
        [ThomsenTaylorDieuleveut2025].

    >>> from fractions import Fraction
    >>> cgd_stability_limit(1, alpha=Fraction(3, 4))
    Fraction(4, 3)
    """
    L, alpha = read(L=L, alpha=alpha)
    return settle(2 / ((1 + sqrt(1 - alpha)) * L), L, alpha)


def cgd_rate(L: Number, mu: Number, *, alpha: Number, step_size: Number | None = None) -> Number:
    """The exact worst-case rate of compressed gradient descent: max{1 - step (1-s) mu, step (1+s) L - 1}^2.

    At the best step it is ((K-1)/(K+1))^2 with K = (L/mu) (1+s)/(1-s), less than the rate of
    error feedback. From the stability limit on the value is >= 1 and only a lower bound.
    One agent: with several, compressed gradient descent may diverge at every step size.

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.
        alpha: contraction of the compressor, 0 < alpha <= 1, no unit.
        step_size: positive; by default the best, ``cgd_step_size``.

    Returns:
        The factor of f - f* per step, no unit; 1 if mu = 0.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `cgd`.

    References:
        [ThomsenTaylorDieuleveut2025]; as inexact gradient descent [deKlerkGlineurTaylor2017].

    >>> from fractions import Fraction
    >>> cgd_rate(1, Fraction(1, 3), alpha=Fraction(3, 4))
    Fraction(16, 25)
    """
    if step_size is None:
        L, mu, alpha = read(L=L, mu=mu, alpha=alpha)
        top, bottom = (1 + sqrt(1 - alpha)) * L, theta(alpha) * mu
        return settle(((top - bottom) / (top + bottom)) ** 2, L, mu, alpha)
    L, mu, alpha, step_size = read(L=L, mu=mu, alpha=alpha, step_size=step_size)
    root = largest(1 - step_size * theta(alpha) * mu, step_size * (1 + sqrt(1 - alpha)) * L - 1)
    return settle(root**2, L, mu, alpha, step_size)
