"""Gradient descent: its exact worst-case rate, the limit of every law without compression.

Agents may differ: L and mu are then the means of their constants.
"""

from __future__ import annotations

from eftheory.laws.enclosure import largest
from eftheory.laws.kinds import Number, settle
from eftheory.laws.parameters import read


def gd_step_size(L: Number, mu: Number) -> Number:
    """The best constant step of gradient descent: 2 / (L + mu).

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `gd`.

    References:
        [Polyak1963]; [TaylorHendrickxGlineur2018], Theorem 3.3.

    >>> from fractions import Fraction
    >>> gd_step_size(1, Fraction(1, 3))
    Fraction(3, 2)
    """
    L, mu = read(L=L, mu=mu)
    return settle(2 / (L + mu), L, mu)


def gd_stability_limit(L: Number) -> Number:
    """The step from which gradient descent need not converge: 2 / L.

    Args:
        L: smoothness constant, positive; unit of f over unit of x squared.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: L is out of range.

    Proof: `gd`.

    References:
        [Polyak1963].

    >>> gd_stability_limit(4)
    Fraction(1, 2)
    """
    (L,) = read(L=L)
    return settle(2 / L, L)


def gd_rate(L: Number, mu: Number, *, step_size: Number | None = None) -> Number:
    """The exact worst-case rate of gradient descent: max{1 - step mu, step L - 1}^2, for every step.

    Args:
        L, mu: smoothness and strong convexity constants, 0 <= mu <= L, L > 0; unit of f over unit of x squared.
        step_size: positive; by default the best, ``gd_step_size``.

    Returns:
        The factor of ||grad f||^2 per step, no unit; 1 if mu = 0, >= 1 from the stability limit on.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `gd`.

    References:
        [Polyak1963]; [TaylorHendrickxGlineur2018], Theorem 3.3.

    >>> from fractions import Fraction
    >>> gd_rate(1, Fraction(1, 3)), gd_rate(1, Fraction(1, 3), step_size=1)
    (Fraction(1, 4), Fraction(4, 9))
    """
    if step_size is None:
        L, mu = read(L=L, mu=mu)
        return settle(((L - mu) / (L + mu)) ** 2, L, mu)
    L, mu, step_size = read(L=L, mu=mu, step_size=step_size)
    return settle(largest(1 - step_size * mu, step_size * L - 1) ** 2, L, mu, step_size)
