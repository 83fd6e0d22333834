"""EF21 on smooth functions that need not be convex: the best V, in rationals, for any number of agents at once.

With g_i the gradients, u_i = g_i - d_i, g = mean g_i, L = mean L_i and F = f - inf f,

    V = L p F + a mean (L/L_i) ||u_i||^2 + c ||g||^2

loses ||g||^2 in each step as soon as, for three numbers u, g, g+ and D = step L (g - u),

    R = a u^2 - a s^2 (g+ - g + u)^2 + (c - 1) g^2 - c g+^2 + p/2 D (g + g+) + m/4 ((g+ - g)^2 - D^2) >= 0,

m >= p, c + p/2 >= 0, s^2 = 1 - alpha. So sum_{t<T} ||grad f(x_t)||^2 <= L p (f(x_0) - inf f) + a mean (L/L_i)
||u_i||^2 + c ||g||^2, and no agent's own L_i is seen, only their mean. Multipliers: L (m - p)/2 and L (m + p)/2 on the
two inequalities between x and x+ of each agent, a L/L_i on compression. Proof: `ef21_nonconvex_any_agents`. The least p
is attained (``witnesses/drift``).
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Any

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import round_up
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.exact.semidefinite import negative_direction
from eftheory.methods.quantities import EXCESS, GRADIENT

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting

Numbers = tuple[Fraction, Fraction, Fraction, Fraction]
"""p, a, c and m."""
_BITS = 48
_STEPS, _HOPELESS = 60, 1e9
_GAPS = (2.0**-25, 2.0**-20, 2.0**-14)  # of p, relative; more where rounding needs the room


def error_feedback_nonconvex(setting: Setting) -> Upper | None:
    """V and multipliers for EF21 with any step size; None where none are found, as from the stability limit on.

    Of agents whose functions are just L_i-smooth, if f is bounded below and the measure is ||mean g||^2.
    """
    step, (L, _), types = Fraction(setting.method.step_size), mean_constants(setting.agents), setting.agents
    smooth = all(agent.mu == -agent.L for agent in types)
    if not smooth or setting.alpha == 0 or setting.assumptions != (BoundedBelow(),) or setting.measure_name != GRADIENT:
        return None
    numbers = least_constant(step * L, 1 - setting.alpha)
    if numbers is None:
        return None
    p, a, c, m = numbers
    zero, ratios = (Fraction(0),) * len(types), [L / agent.L for agent in types]
    multipliers = {
        "interpolation 1 above 0": (L * (m - p) / 2,) * len(types),
        "interpolation 0 above 1": (L * (m + p) / 2,) * len(types),
        "bounded below 0": zero,
        "bounded below 1": zero,
    }
    if setting.alpha < 1:
        multipliers["compression 0"] = tuple(a * ratio for ratio in ratios)
    from eftheory.certificates.certificate import Block, Upper  # loaded where one is made

    n = setting.n_agents
    blocks = [Block((f"g - d[{t}]",), ((Fraction(o.count, n) * a * ratios[t],),)) for t, o in enumerate(types)]
    blocks += [Block((f"g - d[{t}]'",), ((a * ratios[t],),)) for t, o in enumerate(types) if o.count > 1]
    initial = {EXCESS: L * p, "mean ||g - d||^2": a * max(ratios), GRADIENT: c}
    return Upper(
        rate=Fraction(1),
        lyapunov=(*blocks, Block(("mean g",), ((c,),))),
        values=(L * p,),
        multipliers=multipliers,
        c=Fraction(0),
        C=Fraction(0),
        template="gradients",
        below={"bounded below 0": (L * p, *zero[1:])},
        tau=Fraction(1),
        initial={name: value for name, value in initial.items() if value > 0},
    )


def least_constant(step: Fraction, s2: Fraction) -> Numbers | None:
    """p, a, c and m with R >= 0 and p nearly least, for L = 1 and s^2 = 1 - alpha.

    >>> p, a, c, m = least_constant(Fraction(1, 2), Fraction(1, 4))
    >>> round(float(p), 6)
    2.867181
    """
    for gap in _GAPS:
        found = _central_point(float(step), float(s2), gap)
        if found is None:
            return None
        p, a, c, m = (round_up(Fraction(x), _BITS) if x else Fraction(0) for x in found)
        if m >= p >= 0 <= c + p / 2 and negative_direction(residual(step, s2, p, a, c, m)) is None:
            return p, a, c, m
    return None


def residual(step: Any, s2: Any, p: Any, a: Any, c: Any, m: Any) -> list[list[Any]]:
    """The matrix of R in u, g and g+ - g."""
    turn, pull = a * s2, p * step / 4
    move = m * step * step / 4
    return [
        [a - turn - move, move - 2 * pull, -turn - pull],
        [move - 2 * pull, 4 * pull - move - 1, pull - c],
        [-turn - pull, pull - c, m / 4 - turn - c],
    ]


def _central_point(step: float, s2: float, gap: float) -> tuple[float, ...] | None:
    """An inner point whose p is within this part of the least: the path of centres, by Newton's steps.

    In units in which nothing is large: with e = 1 - s, p, a and c are multiples of 1/e, m of 1/e^2, g+ - g of e.
    """
    import numpy as np

    e = (1 - s2) / (1 + sqrt(s2))
    units, side = np.array([1 / e, 1 / e, 1 / e, 1 / e**2]), np.array([1, 1, e])
    measure, *sums = (
        np.outer(side, side) * residual(step, s2, *row) for row in ((0.0, 0.0, 0.0, 0.0), *np.diag(units))
    )
    slopes = [each - measure for each in sums]
    most = 16 / max(sqrt(s2), 1e-5)  # of a, which nothing else bounds where alpha = 1

    # a point inside: with p = 1, and without the measure, the matrix at (a, c, m) plus t, for some t < 0
    lines, ends = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]]), np.array([-e, 0.5, most, 1])
    x = np.array([1, 0, 1 + e, 0])
    x[3] = 1 - min(0.0, np.linalg.eigvalsh(slopes[0] + slopes[1] + x[2] * slopes[3])[0])
    weight = 1.0
    while x[3] * weight > -1:
        if weight > _HOPELESS:
            return None
        x = _centre(x, [0, 0, 0, weight], slopes[0], [*slopes[1:], np.eye(3)], lines, ends)
        weight *= 8

    # as a multiple of it, with the measure
    x = np.array([1, *x[:3]]) * 2 / -x[3]
    lines, ends = np.array([[-e, 0, 0, 1], [0.5, 0, 1, 0], [0, -1, 0, 0]]), np.array([0, 0, max(most, 2 * x[1])])
    weight = 1.0
    while 6 / weight > gap * x[0]:
        weight *= 4
        x = _centre(x, [weight, 0, 0, 0], measure, slopes, lines, ends)
    return tuple(float(v) for v in x * units)


def _centre(x: Any, goal: list[float], base: Any, parts: list[Any], lines: Any, ends: Any) -> Any:
    """Where goal x - log det (base + sum_i x_i parts_i) - sum log (lines x + ends) is least, by damped Newton steps."""
    import numpy as np

    for _ in range(_STEPS):
        inverse = np.linalg.inv(base + sum(v * part for v, part in zip(x, parts)))
        turned, scaled = [inverse @ part for part in parts], lines / (lines @ x + ends)[:, None]
        slope = np.array(goal) - [np.trace(each) for each in turned] - scaled.sum(0)
        curvature = np.array([[np.sum(b * c.T) for c in turned] for b in turned]) + scaled.T @ scaled
        move = -np.linalg.solve(curvature, slope)
        size = sqrt(max(0.0, -slope @ move))
        x = x + move / (1 + size if size > 0.25 else 1)
        if size < 1e-4:
            break
    return x
