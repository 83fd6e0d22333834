"""EF21's published step sizes and the rates they give; the tight ones are in ``tight``."""

from __future__ import annotations

from fractions import Fraction

from eftheory.laws.contraction import theta, xi
from eftheory.laws.enclosure import smallest
from eftheory.laws.kinds import Number, alike, holds, settle, sqrt
from eftheory.laws.parameters import read


def ef21_nonconvex_step_size(L: Number, L_tilde: Number, *, alpha: Number) -> Number:
    """The largest step of EF21's nonconvex theorem: 1 / (L + L_tilde sqrt(beta/theta)).

    With it E ||grad f(xhat)||^2 <= 2 (f(x0) - inf f) / (step T) + E G0 / (theta T) for xhat
    uniform among x0, ..., x_{T-1}. The mean of the L_i may stand for L_tilde, with a reweighted G0.

    Args:
        L: smoothness constant of f = mean f_i, positive; unit of f over unit of x squared.
        L_tilde: root of the mean L_i^2 (or mean L_i), positive; same unit.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f. Without compression it is 1/L.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `ef21_nonconvex`.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 2; mean L_i: [RichtarikGasanovBurlachenko2024].

    >>> from fractions import Fraction
    >>> ef21_nonconvex_step_size(1, 2, alpha=Fraction(3, 4))
    Fraction(1, 3)
    """
    L, L_tilde, alpha = read(L=L, L_tilde=L_tilde, alpha=alpha)
    return settle(1 / (L + L_tilde * xi(alpha)), L, L_tilde, alpha)


def ef21_pl_step_size(L: Number, L_tilde: Number, *, mu: Number, alpha: Number) -> Number:
    """The largest step of EF21's PL theorem: min{ 1 / (L + L_tilde sqrt(2 beta/theta)), theta / (2 mu) }.

    Args:
        L: smoothness constant of f = mean f_i, positive; unit of f over unit of x squared.
        L_tilde: root of the mean L_i^2, positive; same unit.
        mu: f(x) - f* <= ||grad f(x)||^2 / (2 mu), 0 < mu <= L; same unit.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A step size; unit of x squared over unit of f.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `ef21_pl`.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 3.

    >>> from fractions import Fraction
    >>> ef21_pl_step_size(1, 1, mu=Fraction(1, 10), alpha=Fraction(3, 4))
    -1 + sqrt(2)
    """
    L, L_tilde, mu, alpha = read(L=L, L_tilde=L_tilde, mu=mu, alpha=alpha)
    if not holds(mu > 0):
        raise ValueError(f"mu={mu}: the PL constant must be positive; without one use ef21_nonconvex_step_size")
    price = xi(alpha)
    price = price * sqrt(alike(Fraction(2), alpha))
    return settle(smallest(1 / (L + L_tilde * price), theta(alpha) / (2 * mu)), L, L_tilde, mu, alpha)


def ef21_pl_rate(L: Number, L_tilde: Number, *, mu: Number, alpha: Number, step_size: Number | None = None) -> Number:
    """The rate of EF21's PL theorem: 1 - step_size mu, for f - f* + (step_size/theta) G.

    Args:
        L: smoothness constant of f = mean f_i, positive; unit of f over unit of x squared.
        L_tilde: root of the mean L_i^2, positive; same unit.
        mu: f(x) - f* <= ||grad f(x)||^2 / (2 mu), 0 < mu <= L; same unit.
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        step_size: positive, at most (and by default) ``ef21_pl_step_size``.

    Returns:
        A number in [1/2, 1), no unit.

    Raises:
        ValueError: a parameter is out of range, or the theorem does not cover the step size.

    Proof: `ef21_pl`.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 3.

    >>> from fractions import Fraction
    >>> ef21_pl_rate(1, 1, mu=1, alpha=Fraction(3, 4))
    Fraction(3, 4)
    """
    limit = ef21_pl_step_size(L, L_tilde, mu=mu, alpha=alpha)
    if step_size is None:
        L, L_tilde, mu, alpha = read(L=L, L_tilde=L_tilde, mu=mu, alpha=alpha)
        return settle(1 - limit * mu, L, L_tilde, mu, alpha)
    L, L_tilde, mu, alpha, step_size = read(L=L, L_tilde=L_tilde, mu=mu, alpha=alpha, step_size=step_size)
    if not holds(step_size <= limit):
        raise ValueError(f"step_size={step_size}: EF21's PL theorem covers step sizes up to {limit} only")
    return settle(1 - step_size * mu, L, L_tilde, mu, alpha, step_size)
