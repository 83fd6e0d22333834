"""Which growth no self-similar trajectory of two commuting quadratics has, in however many coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.algebra.rounding import sqrt_below
from eftheory.certificates import read_certificate
from eftheory.sweep import Proved

_BITS = 200
N_GROWTHS = 10


def count_ruled_out(outcome: Proved) -> int:
    """Of ``N_GROWTHS`` growths, spread over the bracket of EF21's rate, how many are ruled out; exact.

    The first has a square that is above the lower bound by a millionth of 1 - rate, the last that of the upper bound.
    """
    low, high = outcome.lower + (1 - outcome.lower) / 10**6, outcome.upper
    squares = (low + (high - low) * k / (N_GROWTHS - 1) for k in range(N_GROWTHS))
    return sum(is_ruled_out(outcome, sqrt_below(square, bits=_BITS)) for square in squares)


def is_ruled_out(outcome: Proved, growth: Fraction) -> bool:
    """Whether it is shown that no self-similar trajectory of EF21 on commuting quadratics of two agents has a growth.

    In the notation of ``witnesses/self_similar.py`` there is one if and only if, over coordinates k with curvatures h
    between mu_i and L_i, and signs z,

        R^2 (sum_i w_i r_i)^2 >= sum_k c(h_k, z_k) p_k^2,     r_i^2 = sum_k h_ik^2 p_k^2,
        R^2 = eps rho/(rho - eps)^2,     c(h, z) = (1/step + mean h (1/(z growth - 1) - eps/(rho - eps)))^2.

    By Cauchy and Schwarz (sum_i w_i r_i)^2 <= T sum_i (w_i/t_i) r_i^2 for all t_i > 0, T = sum_i w_i t_i. So there is
    none if c(h, z) > R^2 T sum_i (w_i/t_i) h_i^2 for all h and z: for each z a quadratic inequality on a rectangle. Its
    difference is concave in one direction, and so least on an edge. The t_i are the r_i of the instance that is known.

    A pair of coordinates that rotates by an angle has |1/(growth u - 1)| on a circle, |u| = 1, instead of its two real
    points; a distance from a real point is least at one of these, so that it allows no more.
    """
    lower = read_certificate(outcome.data).lower
    assert lower is not None
    first, second = outcome.case.agents
    eps, rho = 1 - outcome.case.alpha, growth * growth
    moves = [x * (z * lower.growth - 1) for x, z in zip(lower.server["x"], lower.signs)]
    radii = [
        sqrt_below(sum(((h * p) ** 2 for h, p in zip(row, moves)), Fraction(0)), bits=_BITS) for row in lower.curvatures
    ]
    weights = [Fraction(agent.count, first.count + second.count) for agent in (first, second)]
    total = sum((w * r for w, r in zip(weights, radii)), Fraction(0))
    shares = [eps * rho / (rho - eps) ** 2 * total * w / r for w, r in zip(weights, radii)]
    bounds = [(Fraction(agent.mu), Fraction(agent.L)) for agent in (first, second)]

    def room(h: tuple[Fraction, Fraction], pull: Fraction) -> Fraction:
        mean = weights[0] * h[0] + weights[1] * h[1]
        return (1 / outcome.step_size + mean * pull) ** 2 - shares[0] * h[0] ** 2 - shares[1] * h[1] ** 2

    def edges(pull: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
        """The corners, and the points of edges where the inequality may be nearest."""
        for i, j in ((0, 1), (1, 0)):
            for fixed in bounds[i]:
                bend = (pull * weights[j]) ** 2 - shares[j]
                points = list(bounds[j])
                if bend > 0:
                    point = -pull * weights[j] * (1 / outcome.step_size + pull * weights[i] * fixed) / bend
                    points += [point] * (points[0] < point < points[1])
                yield from ((fixed, point) if i == 0 else (point, fixed) for point in points)

    pulls = [1 / (z * growth - 1) - eps / (rho - eps) for z in (1, -1)]
    return all(room(h, pull) > 0 for pull in pulls for h in edges(pull))
