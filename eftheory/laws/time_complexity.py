"""How long methods with compressed messages take to a small gradient, as their theorems say.

An agent takes h seconds for a (stochastic) gradient, and a coordinate kappa seconds on its way, perhaps not the same
up, to the server, as down. The task: E ||grad f||^2 <= accuracy on the mean of the first iterates, where f is the mean
of n functions of d variables and delta = f(x0) - inf f; all that can be exact at the start is. Steps are whole numbers,
and enough; coordinates are those expected for each step and agent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, isqrt

from eftheory.algebra.rounding import sqrt_above
from eftheory.laws.contraction import xi
from eftheory.laws.enclosure import enclose
from eftheory.laws.kinds import Number, sqrt


@dataclass(frozen=True)
class Complexity:
    """What a theorem says that a method needs.

    Args:
        steps: how many are enough.
        samples: gradients an agent computes in a step.
        up: coordinates an agent sends in a step, in expectation.
        down: coordinates the server sends to an agent in a step, in expectation.
    """

    steps: int
    samples: int
    up: Fraction
    down: Fraction

    def seconds(self, h: Fraction, kappa: Fraction, *, kappa_up: Fraction | None = None) -> Fraction:
        """Seconds, steps (h samples + kappa down + kappa_up up), in expectation; by default both ways are as fast.

        >>> Complexity(10, 1, Fraction(2), Fraction(3)).seconds(Fraction(1), Fraction(1, 5))
        Fraction(20, 1)
        """
        return self.steps * (h * self.samples + kappa * self.down + (kappa if kappa_up is None else kappa_up) * self.up)


def ef21_complexity(
    *, L: Fraction, L_tilde: Fraction, delta: Fraction, accuracy: Fraction, d: int, k: int
) -> Complexity:
    """EF21 with Top-k up, and all d coordinates down: 2 delta (L + xi L_tilde)/accuracy steps.

    Args:
        L: smoothness constant of f; unit of f over unit of x squared.
        L_tilde: root of the mean of the squared constants of the f_i; same unit.
        delta: f(x0) - inf f; unit of f.
        accuracy: of E ||grad f||^2; unit of f squared over unit of x squared.
        d: how many coordinates there are.
        k: how many an agent sends.

    Raises:
        ValueError: a number is not positive, or k > d.

    Proof: `ef21_nonconvex`.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 2.

    >>> ef21_complexity(L=1, L_tilde=1, delta=1, accuracy=1, d=4, k=3).steps
    4
    """
    check_positive(L=L, L_tilde=L_tilde, delta=delta, accuracy=accuracy, d=d, k=k)
    _check_share(k, d)
    steps = _steps(L, L_tilde * xi(Fraction(k, d)), delta, accuracy)
    return Complexity(steps, 1, Fraction(k), Fraction(d))


def marina_complexity(
    *, L: Fraction, L_tilde: Fraction, delta: Fraction, accuracy: Fraction, d: int, n: int, k: int
) -> Complexity:
    """MARINA with independent Rand-k up and p = k/d: 2 delta (L + L_tilde (d/k - 1)/sqrt(n))/accuracy steps.

    Args:
        L, L_tilde, delta, accuracy, d, k: as in ``ef21_complexity``.
        n: how many agents there are.

    Raises:
        ValueError: a number is not positive, or k > d.

    Proof: `marina`.

    >>> marina_complexity(L=1, L_tilde=1, delta=1, accuracy=1, d=4, n=9, k=1).steps
    4
    """
    check_positive(L=L, L_tilde=L_tilde, delta=delta, accuracy=accuracy, d=d, n=n, k=k)
    _check_share(k, d)
    p = Fraction(k, d)
    steps = _steps(L, L_tilde * (1 / p - 1) / sqrt(Fraction(n)), delta, accuracy)
    return Complexity(steps, 1, p * d + (1 - p) * k, Fraction(d))


def ef21_p_complexity(*, L: Fraction, delta: Fraction, accuracy: Fraction, d: int, k: int) -> Complexity:
    """EF21-P with Top-k down, and all d coordinates up: 2 delta L (1 + xi)/accuracy steps.

    Args:
        L, delta, accuracy, d: as in ``ef21_complexity``.
        k: how many coordinates the server sends.

    Raises:
        ValueError: a number is not positive, or k > d.

    Proof: `ef21_p`.

    >>> ef21_p_complexity(L=1, delta=1, accuracy=1, d=4, k=3).steps
    4
    """
    check_positive(L=L, delta=delta, accuracy=accuracy, d=d, k=k)
    _check_share(k, d)
    return Complexity(_steps(L, L * xi(Fraction(k, d)), delta, accuracy), 1, Fraction(d), Fraction(k))


def marina_p_complexity(
    *, L: Fraction, L_A: Fraction, delta: Fraction, accuracy: Fraction, d: int, n: int, variance: Fraction = Fraction(0)
) -> Complexity:
    """MARINA-P with PermK down, p = 1/n, and all d coordinates up, perhaps with minibatches.

    Without noise 2 delta (L + (n-1) L_A)/accuracy steps; with it twice as many, of 2 variance/(n accuracy) samples.

    Args:
        L, delta, accuracy, d, n: as in ``marina_complexity``.
        L_A: of the functional inequality, not negative; unit of f over unit of x squared.
        variance: of one sample's gradient, not negative; unit of accuracy.

    Raises:
        ValueError: a number is out of range, or n does not divide d.

    Proof: `marina_p`, `marina_p_minibatch`.

    References:
        [GruntkowskaTyurinRichtarik2024], for the method.

    >>> marina_p_complexity(L=1, L_A=0, delta=1, accuracy=1, d=4, n=2)
    Complexity(steps=2, samples=1, up=Fraction(4, 1), down=Fraction(3, 1))
    """
    check_positive(L=L, delta=delta, accuracy=accuracy, d=d, n=n)
    check_not_negative(L_A=L_A, variance=variance)
    target = Fraction(accuracy) / 2 if variance else accuracy
    samples = max(1, ceil(2 * Fraction(variance) / (n * Fraction(accuracy))))
    return Complexity(_steps(L, Fraction((n - 1) * L_A), delta, target), samples, Fraction(d), synchronised(d, n))


def m3_complexity(
    *,
    L: Fraction,
    L_max: Fraction,
    L_A: Fraction,
    L_B: Fraction,
    delta: Fraction,
    accuracy: Fraction,
    d: int,
    n: int,
    h: Fraction | None = None,
    kappa: Fraction | None = None,
    kappa_up: Fraction | None = None,
) -> Complexity:
    """M3 with PermK down and independent Rand-k up: 2 delta (L + M)/accuracy steps.

    Without speeds as it is published, k = d/n and beta about n^(-2/3); then M is at most
    4 n^(2/3) (L_max + L_B) + 3 n L_A if n is a cube. With speeds in teams of q agents, with k = r d coordinates up and
    the beta that take the least seconds of those tried: all q that divide n and d, r = sqrt(q/n) times powers of two,
    and beta = 1 or the best for small beta; gradient descent, q = r = beta = 1; and what is published.

    Args:
        L, delta, accuracy, d, n: as in ``marina_complexity``.
        L_max: smoothness constant of every f_i; unit of f over unit of x squared.
        L_A, L_B: of the functional inequality, not negative; same unit.
        h, kappa, kappa_up: seconds for a gradient and for a coordinate down and up, not negative, as in
            ``Complexity.seconds``; the choice is for them.

    Raises:
        ValueError: a number is out of range, or n does not divide d.

    Proof: `m3`.

    References:
        [GruntkowskaTyurinRichtarik2024], for the method.

    >>> m3_complexity(L=1, L_max=1, L_A=0, L_B=1, delta=1, accuracy=1, d=8, n=8)
    Complexity(steps=24, samples=1, up=Fraction(15, 8), down=Fraction(15, 8))
    >>> m3_complexity(L=1, L_max=1, L_A=0, L_B=1, delta=1, accuracy=1, d=8, n=8, h=1, kappa=1)
    Complexity(steps=2, samples=1, up=Fraction(8, 1), down=Fraction(15, 8))
    """
    check_positive(L=L, L_max=L_max, delta=delta, accuracy=accuracy, d=d, n=n)
    check_not_negative(L_A=L_A, L_B=L_B)
    if kappa is not None:
        constants = {"L_max": Fraction(L_max), "L_A": Fraction(L_A), "L_B": Fraction(L_B)}
        speeds = check_speeds(h, kappa, kappa_up)
        tried = _m3_choices(L, delta, accuracy, d, n, constants)
        return min(tried, key=lambda found: found.seconds(*speeds[:2], kappa_up=speeds[2]))
    sent = synchronised(d, n)
    p, beta, omega = Fraction(1, n), _slow(n), Fraction(n - 1)
    M_squared = m3_noise(p, p, beta, n, omega, Fraction(0), omega, L_max=L_max, L_A=L_A, L_B=L_B)
    return Complexity(enough_steps(L, M_squared, delta, accuracy), 1, sent, sent)


def _slow(n: int) -> Fraction:
    """1/b for the largest whole b with b^3 <= n^2."""
    b = round(n ** (2 / 3))
    return Fraction(1, next(b for b in (b + 1, b, b - 1) if b**3 <= n**2))


def _m3_choices(
    L: Fraction, delta: Fraction, accuracy: Fraction, d: int, n: int, constants: dict[str, Fraction]
) -> Iterator[Complexity]:
    """What M3 needs with the teams, parts and momenta that are tried."""
    for q in team_sizes(n, d):
        for k in {*parts_sent(q, n, d), max(1, d // n)}:
            p, r, omega = Fraction(1, q), Fraction(k, d), Fraction(q - 1)
            u, both = (1 - r) ** 2 / (r**2 * n), constants["L_A"] ** 2 + constants["L_B"] ** 2
            b = 1
            if both:  # the b = 1/beta with the least u L_max^2 (1 - p) (2 - p) omega/b + 2 b^2 both
                cube = u * constants["L_max"] ** 2 * (1 - p) * (2 - p) * omega / (4 * both)
                b = max(1, round(float(cube) ** (1 / 3)))
            for beta in {Fraction(1), Fraction(1, b), _slow(n)}:
                M_squared = m3_noise(p, r, beta, n, omega, Fraction(0), 1 / r - 1, **constants)
                steps = enough_steps(L, M_squared, delta, accuracy)
                yield Complexity(steps, 1, r * d + (1 - r) * k, synchronised(d, q))


def m3_noise(
    p: Fraction,
    r: Fraction,
    beta: Fraction,
    n: int,
    omega: Fraction,
    theta: Fraction,
    omega_up: Fraction,
    *,
    L_max: Fraction,
    L_A: Fraction,
    L_B: Fraction,
) -> Fraction:
    """M^2 of M3's theorem: its step may be any with M^2 step^2 + L step <= 1.

    Args:
        p, r: probabilities that all is sent, down and up, 0 < p, r <= 1.
        beta: momentum, 0 < beta <= 1.
        n: how many agents there are.
        omega, theta: variances of a message down, and of the mean of all, over the square of what is sent.
        omega_up: variance of a message up, likewise.
        L_max, L_A, L_B: as in ``m3_complexity``.

    Proof: `m3`.

    >>> m3_noise(Fraction(1), Fraction(1), Fraction(1), 5, 4, 0, 4, L_max=1, L_A=1, L_B=1)
    Fraction(0, 1)
    """
    up = (1 - r) * omega_up / (r * n)
    moves = 2 + 2 * p * (1 - p) * omega + beta * (1 - p) * (2 - p) * omega
    down = (1 - p) / p * (L_A**2 * omega + L_B**2 * theta) + ((1 - beta) / beta) ** 2 * (L_A**2 + L_B**2)
    return 2 * up * L_max**2 * moves + 4 * down


def lower_bound_formula(
    h: Fraction,
    kappa: Fraction,
    *,
    L: Fraction,
    delta: Fraction,
    accuracy: Fraction,
    variance: Fraction,
    d: int,
    n: int,
) -> Fraction:
    """A lower bound, cited, not proved here: (L delta/accuracy) min{kappa d + h + h S/n, h + h S}.

    S is variance/accuracy. The source bounds by it, up to constants and powers of log n, the seconds of all methods
    that send through unbiased random sparsification, on functions of which only the mean is assumed to be L-smooth,
    both ways being about as fast. `minibatch_marina_p_beats` says where smaller classes of functions are faster.

    Args:
        h: seconds for a stochastic gradient.
        kappa: seconds for a coordinate.
        L, delta, accuracy, variance, d, n: as in ``marina_p_complexity``.

    Raises:
        ValueError: a number is out of range.

    Proof: none here.

    References:
        [Tyurin2025].

    >>> lower_bound_formula(1, 1, L=1, delta=1, accuracy=1, variance=6, d=10, n=2)
    Fraction(7, 1)
    """
    check_positive(L=L, delta=delta, accuracy=accuracy, d=d, n=n)
    check_not_negative(h=h, kappa=kappa, variance=variance)
    ratio = Fraction(variance) / Fraction(accuracy)
    return Fraction(L) * delta / accuracy * min(kappa * d + h + h * ratio / n, h + h * ratio)


def check_speeds(h: Fraction | None, kappa: Fraction, kappa_up: Fraction | None) -> tuple[Fraction, Fraction, Fraction]:
    """Seconds for a gradient, a coordinate down and one up; ValueError if one is missing or negative."""
    if h is None:
        raise ValueError("kappa is given, but not h: a choice needs the seconds for a gradient, too")
    up = kappa if kappa_up is None else kappa_up
    check_not_negative(h=h, kappa=kappa, kappa_up=up)
    return Fraction(h), Fraction(kappa), Fraction(up)


def team_sizes(n: int, d: int) -> list[int]:
    """How many agents a team may have: what divides the number of agents and that of coordinates, ascending.

    >>> team_sizes(12, 8)
    [1, 2, 4]
    """
    common = gcd(n, d)
    small = [q for q in range(1, isqrt(common) + 1) if common % q == 0]
    return sorted({*small, *(common // q for q in small)})


def parts_sent(q: int, n: int, d: int) -> list[int]:
    """How many coordinates up are tried: d sqrt(q/n), upward, twice as many, four times as many, ..., and d.

    >>> parts_sent(1, 4, 9)
    [5, 9]
    """
    first = isqrt((d * d * q - 1) // n) + 1
    return [k for k in (first << j for j in range(d.bit_length())) if k < d] + [d]


def enough_steps(L: Fraction, M_squared: Fraction, delta: Fraction, target: Fraction) -> int:
    """A whole number that is at least 2 delta (L + M)/target, and by hardly more than one too large.

    >>> enough_steps(Fraction(1), Fraction(4), Fraction(1), Fraction(1))
    6
    """
    M = sqrt_above(Fraction(M_squared), bits=96)
    return ceil(2 * Fraction(delta) * (Fraction(L) + M) / Fraction(target))


def _steps(L: Fraction, M: Number, delta: Fraction, accuracy: Fraction) -> int:
    """The least whole number that is seen to be at least 2 delta (L + M)/accuracy."""
    return ceil(enclose(2 * Fraction(delta) / Fraction(accuracy) * (Fraction(L) + M))[1])


def synchronised(d: int, n: int) -> Fraction:
    """Coordinates sent if with probability 1/n all d are, and d/n otherwise."""
    if d % n:
        raise ValueError(f"d={d}, n={n}: the number of agents must divide the number of coordinates")
    return Fraction(d, n) + (1 - Fraction(1, n)) * Fraction(d, n)


def check_positive(**values: Fraction | int) -> None:
    """Refuse, by its name, what is not positive, with a ValueError."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name}={value}: it must be positive")


def check_not_negative(**values: Fraction | int) -> None:
    """Refuse, by its name, what is negative, with a ValueError."""
    for name, value in values.items():
        if not value >= 0:
            raise ValueError(f"{name}={value}: it must not be negative")


def _check_share(k: int, d: int) -> None:
    if k > d:
        raise ValueError(f"k={k}, d={d}: of d coordinates at most d are sent")
