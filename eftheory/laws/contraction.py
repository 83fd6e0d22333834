"""theta, beta and xi: how fast EF21's gradient estimates forget their errors.

With G = mean_i ||d_i - grad f_i(x)||^2, one step of EF21 gives
E G+ <= (1 - theta) G + beta L_tilde^2 ||x+ - x||^2, where L_tilde^2 = mean_i L_i^2.
"""

from __future__ import annotations

from eftheory.laws.kinds import Number, holds, settle, sqrt
from eftheory.laws.parameters import read


def theta(alpha: Number) -> Number:
    """The contraction of the estimates' error at the best Young parameter: 1 - sqrt(1 - alpha).

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A number with alpha/2 <= theta <= alpha; 1 for alpha = 1.

    Raises:
        ValueError: alpha is out of range.

    Proof: `theta_beta`.

    References:
        [RichtarikSokolovFatkhullin2021].

    >>> from fractions import Fraction
    >>> theta(Fraction(3, 4)), theta(Fraction(9, 16))
    (Fraction(1, 2), 1 - sqrt(7)/4)
    """
    (alpha,) = read(alpha=alpha)
    if isinstance(alpha, float):
        return alpha / (1 + sqrt(1 - alpha))  # 1 - sqrt(1 - alpha) cancels for small alpha
    return settle(1 - sqrt(1 - alpha), alpha)


def beta(alpha: Number) -> Number:
    """What a move of x adds to the estimates' error: (1 - alpha) / (1 - sqrt(1 - alpha)).

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A number >= 0, equal to (1 - theta)^2 / theta; 0 for alpha = 1.

    Raises:
        ValueError: alpha is out of range.

    Proof: `theta_beta`.

    References:
        [RichtarikSokolovFatkhullin2021].

    >>> from fractions import Fraction
    >>> beta(Fraction(3, 4)), beta(1)
    (Fraction(1, 2), Fraction(0, 1))
    """
    (alpha,) = read(alpha=alpha)
    return settle((1 - alpha) / theta(alpha), alpha)


def xi(alpha: Number) -> Number:
    """The price of compression in EF21's step size: sqrt(beta/theta) = (1 + sqrt(1-alpha))/alpha - 1.

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.

    Returns:
        A number with 0 <= xi <= 2/alpha - 1.

    Raises:
        ValueError: alpha is out of range.

    Proof: `theta_beta`.

    References:
        [RichtarikGasanovBurlachenko2024].

    >>> from fractions import Fraction
    >>> xi(Fraction(3, 4)), xi(Fraction(1, 2))
    (Fraction(1, 1), 1 + sqrt(2))
    """
    (alpha,) = read(alpha=alpha)
    return settle(sqrt(1 - alpha) / theta(alpha), alpha)


def theta_young(alpha: Number, young: Number) -> Number:
    """What theta is at any Young parameter: 1 - (1 - alpha)(1 + young).

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        young: parameter of ||a + b||^2 <= (1 + young)||a||^2 + (1 + 1/young)||b||^2, positive, no unit.

    Returns:
        A number < alpha; the estimates' error shrinks only where it is positive.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `theta_beta`.

    References:
        [RichtarikSokolovFatkhullin2021].

    >>> from fractions import Fraction
    >>> theta_young(Fraction(3, 4), 1)
    Fraction(1, 2)
    """
    alpha, young = read(alpha=alpha, young=young)
    return settle(alpha - (1 - alpha) * young, alpha, young)


def beta_young(alpha: Number, young: Number) -> Number:
    """What beta is at any Young parameter: (1 - alpha)(1 + 1/young).

    Args:
        alpha: contraction of the compressors, 0 < alpha <= 1, no unit.
        young: parameter of ||a + b||^2 <= (1 + young)||a||^2 + (1 + 1/young)||b||^2, positive, no unit.

    Returns:
        A number >= 0.

    Raises:
        ValueError: a parameter is out of range.

    Proof: `theta_beta`.

    References:
        [RichtarikSokolovFatkhullin2021].

    >>> from fractions import Fraction
    >>> beta_young(Fraction(3, 4), 1)
    Fraction(1, 2)
    """
    alpha, young = read(alpha=alpha, young=young)
    return settle((1 - alpha) * (1 + 1 / young), alpha, young)


def optimal_young(alpha: Number) -> Number:
    """The Young parameter with the least beta/theta: 1/sqrt(1 - alpha) - 1.

    Args:
        alpha: contraction of the compressors, 0 < alpha < 1, no unit.

    Returns:
        A positive number; theta_young and beta_young are theta and beta there.

    Raises:
        ValueError: alpha is out of range, or 1, where the best parameter is infinite.

    Proof: `theta_beta`.

    References:
        [RichtarikSokolovFatkhullin2021].

    >>> from fractions import Fraction
    >>> optimal_young(Fraction(3, 4))
    Fraction(1, 1)
    """
    (alpha,) = read(alpha=alpha)
    if not holds(alpha < 1):
        raise ValueError(f"alpha={alpha}: without compression the best Young parameter is infinite, theta=1, beta=0")
    return settle(theta(alpha) / sqrt(1 - alpha), alpha)
