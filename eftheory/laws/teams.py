"""How long bidirectional methods in teams take, with teams, messages and minibatches chosen for that.

Two are reconstructions of ours, and one goes beyond them; nothing is claimed of the methods of [BegunovTyurin2026] in
whose place they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isqrt

from eftheory.laws.time_complexity import (
    Complexity,
    check_not_negative,
    check_positive,
    check_speeds,
    enough_steps,
    parts_sent,
    synchronised,
    team_sizes,
)


@dataclass(frozen=True)
class Chosen(Complexity):
    """What a theorem says that a method needs, and with which numbers.

    Args:
        step_size: of the method, positive.
        team: how many agents share a move of the model that PermK deals out; the model itself is sent with
            probability 1/team.
        repeats: how many messages of each minibatch an agent sends.
        part: which part of the coordinates a message up has.
    """

    step_size: Fraction
    team: int
    repeats: int
    part: Fraction


def marina_p_repeated_complexity(
    *,
    L: Fraction,
    L_A: Fraction,
    delta: Fraction,
    accuracy: Fraction,
    variance: Fraction,
    d: int,
    n: int,
    h: Fraction,
    kappa: Fraction,
    kappa_up: Fraction | None = None,
    k: int = 1,
) -> Chosen:
    """MARINA-P in teams, with repeated messages of minibatches, for one function: the least seconds of those tried.

    Teams are of all sizes q that divide n and d. An agent sends J messages of Rand-k, of variance omega = d/k - 1, and
    draws B samples; J >= 4 q^2 omega/n, and as many more as balance both times; B >= 8 S/n and B J >= 8 omega S/n with
    S = variance/accuracy. Then the bound of the theorem is at most the accuracy after

        2 delta (L + M)/(accuracy (1 - 2 a) - (1 + omega/J) variance/(B n)) steps of 1/(L + M),

    where a = omega/(J n) and M^2 = (q - 1)^2 (L_A^2 + 2 a L^2).

    Args:
        L, delta, accuracy, d, n: as in ``marina_complexity``.
        L_A: of the functional inequality, for displacements of mean zero; not negative, same unit as L.
        variance: of one sample's gradient, not negative; unit of accuracy.
        h, kappa, kappa_up: seconds for a gradient and for a coordinate down and up, not negative, as in
            ``Complexity.seconds``.
        k: coordinates of a message up.

    Raises:
        ValueError: a number is out of range, or k > d.

    Proof: `marina_p_repeated`.

    References:
        A reconstruction from the abstract of [BegunovTyurin2026].

    >>> task = {"L": 1, "L_A": 0, "delta": 1, "accuracy": 1, "variance": 100, "d": 64, "n": 1024}
    >>> found = marina_p_repeated_complexity(**task, h=Fraction(1), kappa=Fraction(1))
    >>> found.team, found.repeats, found.samples, found.steps
    (8, 16, 4, 4)
    """
    check_positive(L=L, delta=delta, accuracy=accuracy, d=d, n=n, k=k)
    check_not_negative(L_A=L_A, variance=variance)
    if k > d:
        raise ValueError(f"k={k}, d={d}: of d coordinates at most d are sent")
    h, kappa, up = check_speeds(h, kappa, kappa_up)
    S, omega = Fraction(variance) / Fraction(accuracy), Fraction(d, k) - 1

    def tried() -> Iterator[Chosen]:
        balanced = _root(8 * omega * S * h / (n * k * up)) if up else 1
        for q in team_sizes(n, d):
            least = max(1, ceil(4 * q**2 * omega / n))
            for J in sorted({least, max(least, balanced)}):
                B = max(1, ceil(8 * S / n), ceil(8 * omega * S / (n * J)))
                a = omega / (J * n)
                M_squared = (q - 1) ** 2 * (Fraction(L_A) ** 2 + 2 * a * Fraction(L) ** 2)
                left = Fraction(accuracy) * (1 - 2 * a) - (1 + omega / J) * Fraction(variance) / (B * n)
                steps = enough_steps(L, M_squared, delta, left)
                step_size = 2 * Fraction(delta) / (left * steps)  # at most 1/(L + M)
                yield Chosen(steps, B, Fraction(J * k), synchronised(d, q), step_size, q, J, Fraction(k, d))

    return min(tried(), key=lambda found: found.seconds(h, kappa, kappa_up=up))


def m3_minibatch_complexity(
    *,
    L: Fraction,
    L_max: Fraction,
    L_A: Fraction,
    delta: Fraction,
    accuracy: Fraction,
    variance: Fraction,
    d: int,
    n: int,
    h: Fraction,
    kappa: Fraction,
    kappa_up: Fraction | None = None,
) -> Chosen:
    """M3 without momentum, in teams and with minibatches: the least seconds of the choices tried.

    Teams are of all sizes q that divide n and d; up goes a part r of the coordinates, sqrt(q/n) times powers of two.
    With u = (1 - r)^2/(r^2 n) and B >= 2 (3/n + 9 u) variance/accuracy samples the bound of the theorem is at most the
    accuracy after

        2 delta (L + M)/(accuracy - (3/n + 9 u) variance/B) steps of 1/(L + M),

    where M^2 = 6 u L_max^2 (2 q - 3 + 2/q) + 3 (q - 1)^2 L_A^2.

    Args:
        L, L_A, delta, accuracy, variance, d, n, h, kappa, kappa_up: as in ``marina_p_repeated_complexity``.
        L_max: smoothness constant of every f_i; same unit as L.

    Raises:
        ValueError: a number is out of range.

    Proof: `m3_minibatch`.

    References:
        A reconstruction from the abstract of [BegunovTyurin2026].

    >>> task = {"L": 1, "L_max": 1, "L_A": 0, "delta": 1, "accuracy": 1, "variance": 0, "d": 64, "n": 4096}
    >>> found = m3_minibatch_complexity(**task, h=Fraction(1), kappa=Fraction(1))
    >>> found.team, found.part, found.steps
    (16, Fraction(1, 8), 5)
    """
    check_positive(L=L, L_max=L_max, delta=delta, accuracy=accuracy, d=d, n=n)
    check_not_negative(L_A=L_A, variance=variance)
    h, kappa, up = check_speeds(h, kappa, kappa_up)
    S = Fraction(variance) / Fraction(accuracy)

    def tried() -> Iterator[Chosen]:
        for q in team_sizes(n, d):
            for k in parts_sent(q, n, d):
                r = Fraction(k, d)
                u = (1 - r) ** 2 / (r**2 * n)
                noise = Fraction(3, n) + 9 * u
                B = max(1, ceil(2 * noise * S))
                moves = 2 * q - 3 + Fraction(2, q)
                M_squared = 6 * u * Fraction(L_max) ** 2 * moves + 3 * (q - 1) ** 2 * Fraction(L_A) ** 2
                left = Fraction(accuracy) * (1 - noise * S / B)
                steps = enough_steps(L, M_squared, delta, left)
                step_size = 2 * Fraction(delta) / (left * steps)
                yield Chosen(steps, B, r * d + (1 - r) * k, synchronised(d, q), step_size, q, 1, r)

    return min(tried(), key=lambda found: found.seconds(h, kappa, kappa_up=up))


def m3_variance_reduced_complexity(
    *,
    L: Fraction,
    L_max: Fraction,
    L_A: Fraction,
    L_sample: Fraction,
    delta: Fraction,
    accuracy: Fraction,
    variance: Fraction,
    d: int,
    n: int,
    h: Fraction,
    kappa: Fraction,
    kappa_up: Fraction | None = None,
) -> Chosen:
    """M3 without momentum, in teams and with variance reduction: the least seconds of the choices tried.

    As ``m3_minibatch_complexity``, with changes of b samples, b >= (L_sample/L_max)^2, and minibatches of
    B >= 4 variance/(n accuracy) samples with probability r, so that a round takes 2 b + r B of them; rounded up.
    The bound of the theorem is at most the accuracy after

        2 delta (L + M)/(accuracy - 2 variance/(n B)) steps of 1/(L + M),

    where M^2 = 2 (1 - r) ((1 - r) L_max^2 + L_sample^2/b) (2 q - 3 + 2/q)/(r^2 n) + 2 (q - 1)^2 L_A^2.

    Args:
        L, L_max, L_A, delta, accuracy, variance, d, n, h, kappa, kappa_up: as in ``m3_minibatch_complexity``.
        L_sample: root of the mean over samples of the squared smoothness constants of their functions; same unit as L.

    Raises:
        ValueError: a number is out of range.

    Proof: `m3_variance_reduced`.

    >>> task = {"L": 1, "L_max": 1, "L_A": 0, "L_sample": 1, "delta": 1, "accuracy": 1, "variance": 8192}
    >>> found = m3_variance_reduced_complexity(**task, d=4096, n=4096, h=Fraction(400), kappa=Fraction(1))
    >>> found.team, found.part, found.samples
    (16, Fraction(1, 8), 3)
    """
    check_positive(L=L, L_max=L_max, delta=delta, accuracy=accuracy, d=d, n=n)
    check_not_negative(L_A=L_A, L_sample=L_sample, variance=variance)
    h, kappa, up = check_speeds(h, kappa, kappa_up)
    S, b = Fraction(variance) / Fraction(accuracy), max(1, ceil((Fraction(L_sample) / Fraction(L_max)) ** 2))
    B = max(1, ceil(4 * S / n))

    def tried() -> Iterator[Chosen]:
        for q in team_sizes(n, d):
            for k in parts_sent(q, n, d):
                r = Fraction(k, d)
                U = (1 - r) * ((1 - r) * Fraction(L_max) ** 2 + Fraction(L_sample) ** 2 / b) / (r**2 * n)
                M_squared = 2 * U * (2 * q - 3 + Fraction(2, q)) + 2 * (q - 1) ** 2 * Fraction(L_A) ** 2
                left = Fraction(accuracy) * (1 - 2 * S / (n * B))
                steps = enough_steps(L, M_squared, delta, left)
                samples = ceil(2 * b * (r < 1) + r * B)
                step_size = 2 * Fraction(delta) / (left * steps)
                yield Chosen(steps, samples, r * d + (1 - r) * k, synchronised(d, q), step_size, q, 1, r)

    return min(tried(), key=lambda found: found.seconds(h, kappa, kappa_up=up))


def _root(x: Fraction) -> int:
    """The whole number near sqrt(x), at least 1."""
    return max(1, isqrt(ceil(x)))
