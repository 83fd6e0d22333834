"""Certificates that take more work than the budget allows: short files, long numbers or many of them."""

from __future__ import annotations

from math import gcd
from typing import Any

from tests.certificates.bad_external import IT
from tests.certificates.defects import Defect, fails, refused

CHEAP = "cheap enough to check"
TYPES = [{"L": str(10 + k), "mu": f"1/{3 + k}", "count": "2"} for k in range(64)]
CHAIN: list[dict[str, Any]] = []
for _k in range(7):  # each point depends on the gradients of all agents at all earlier ones
    _point = {"x": "1", **{f"mean {2 * j + 1}": f"-1/{7 + j}" for j in range(_k)}}
    CHAIN += [{"call": "gradient", "of": _point}, {"call": "mean", "of": {f"gradient {2 * _k}": "1"}}]


def long_fractions(count: int) -> list[str]:
    """Reduced fractions of 399 digits on each side whose denominators have no factor in common, or hardly any."""
    found, numerator = [], 10**398 + 1
    for k in range(count):
        denominator = 10**398 + 2 * k + 3
        while gcd(numerator, denominator) > 1:
            numerator += 1
        found.append(f"{numerator}/{denominator}")
    return found


def gram(symbols: int) -> Defect:
    """A Gram matrix of so many symbols with such entries off the diagonal; of twelve it is cheap enough, and wrong."""
    names = [f"{name}[{t}]" for t in range(symbols) for name in ("d", "e0", "g", "r1")][:symbols]
    numbers = iter(long_fractions(symbols**2))
    rows = [[*(next(numbers) for _ in range(k)), "1000000"] for k in range(symbols)]
    agents = ("setting/agents", TYPES[: -(-symbols // 4)])
    block = ("class_bound/gram", [{"symbols": names, "rows": rows}])
    return fails("class_bound", "interpolation 0 1 holds for type 0", "ef21", agents, block)


SENT = {"call": "compress", "of": {"d": "1"}}
FAR = {"x": "1", "mean 13": "-1/7"}
EXPENSIVE = {
    "gram_of_long_numbers": gram(12),
    "expensive_step": fails(
        "upper",
        CHEAP,
        "external ef21",
        ("setting/agents", TYPES),
        (f"{IT}/step/calls", [*CHAIN, SENT]),
        (f"{IT}/step/agents/d", {"compress 14": "1"}),
        (f"{IT}/step/server/x", FAR),
    ),
    "expensive_measure": refused(
        "setting: too expensive to check",
        "external ef21",
        ("setting/agents", TYPES),
        (f"{IT}/measure", {"calls": CHAIN, "server": {"a": FAR}}),
        (f"{IT}/weights", {"a": "1"}),
    ),
}
