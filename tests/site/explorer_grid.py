"""Random parameters of the explorer, and what eftheory.laws says of them."""

from __future__ import annotations

import random

from eftheory import laws


def expressions(count: int) -> list[tuple[str, float]]:
    """JavaScript, and the number that Python computes; with the edges alpha = 1, mu = L, and steps beyond stability."""
    draw, found = random.Random(18), []
    for place in range(count):
        L = 10 ** draw.uniform(-2, 2)
        mu = L if place % 7 == 0 else L * 10 ** draw.uniform(-4, 0)
        alpha = 1.0 if place % 5 == 0 else 10 ** draw.uniform(-4, 0)
        step = draw.uniform(0.01, 1.6) * laws.stability_limit(L, alpha=alpha)
        wide = draw.uniform(0.01, 1.6) * laws.cgd_stability_limit(L, alpha=alpha)
        one, to = f"{L!r}, {mu!r}, {alpha!r}", f"{step!r}"
        found += [
            (f"eftheory.rate.ef21({one})", laws.tight_rate(L, mu, alpha=alpha)),
            (f"eftheory.rate.ef({one}, {to})", laws.tight_rate(L, mu, alpha=alpha, step_size=step)),
            (f"eftheory.rate.cgd({one})", laws.cgd_rate(L, mu, alpha=alpha)),
            (f"eftheory.rate.cgd({one}, {wide!r})", laws.cgd_rate(L, mu, alpha=alpha, step_size=wide)),
            (f"eftheory.rate.gd({one}, {to})", laws.gd_rate(L, mu, step_size=step)),
            (f"eftheory.stepSize.ef21({one})", laws.optimal_step_size(L, mu, alpha=alpha)),
            (f"eftheory.stepSize.cgd({one})", laws.cgd_step_size(L, mu, alpha=alpha)),
            (f"eftheory.limit.ef21({L!r}, {alpha!r})", laws.stability_limit(L, alpha=alpha)),
            (f"eftheory.limit.cgd({L!r}, {alpha!r})", laws.cgd_stability_limit(L, alpha=alpha)),
            (f"eftheory.plStepSize({one})", laws.ef21_pl_step_size(L, L, mu=mu, alpha=alpha)),
            (f"eftheory.plRate({one})", laws.ef21_pl_rate(L, L, mu=mu, alpha=alpha)),
        ]
        other = 10 ** draw.uniform(-2, 2)
        pair = [(L, mu), (other, other * 10 ** draw.uniform(-4, 0))]
        two = f"{[list(agent) for agent in pair]!r}, {alpha!r}"
        below = draw.uniform(0.05, 0.99) * laws.stability_limit((L + other) / 2, alpha=alpha)
        found += [
            (f"eftheory.heterogeneous({two})", laws.heterogeneous_rate(pair, alpha=alpha)),
            (f"eftheory.heterogeneous({two}, {below!r})", laws.heterogeneous_rate(pair, alpha=alpha, step_size=below)),
            (
                f"eftheory.averaged({two}, {below!r})",
                laws.averaged_constants_bound(pair, alpha=alpha, step_size=below),
            ),
            (f"eftheory.lawStep({two})", laws.heterogeneous_step_size(pair, alpha=alpha)),
        ]
    return found
