"""Lyapunov functions that really use memory and function values, made from those that do not.

To a proof of ``rate`` add a little of all that a template offers: squares of what memory adds, a positive multiple
of the slack of b above a, and a negative one of that of a above b. Each addition costs a little of 1 - rate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.certificates import Block, Upper
from eftheory.check.coordinates import take_step
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import Method, Template

Multipliers = dict[str, tuple[Fraction, ...]]


def points(method: Method, template: Template) -> dict[str, int]:
    """The numbers of the points at which the exact world meets the functions."""
    back = ["x-"] * template.memory
    if COMMON_MINIMISER not in method.hypotheses:
        names = ["x", *back, "x+"]
    elif method.coordinates.values:
        names = ["x*", "x", *back, "x+"]
    else:  # the first gradient that a step asks for is that at x
        names = ["x*", *back, "x"] + ["x+"] * (template.values and not template.memory)
    return {name: number for number, name in enumerate(names)}


def renumbered(setting: Setting, multipliers: Multipliers, template: Template) -> Multipliers:
    """The multipliers of a plain proof under the names that their inequalities have with a template."""
    plain, now = points(setting.method, Template()), points(setting.method, template)
    number = {str(k): str(now[name]) for name, k in plain.items() if name in now}
    result: Multipliers = {}
    for name, row in multipliers.items():
        kind, *where = name.split()
        where = [number.get(word, word) for word in where] if kind == "interpolation" else where
        if kind == "interpolation" and "above" not in where:
            a, b = sorted(where)
            if template.values:  # a two-point inequality is a sum of two one-sided ones
                factors = [
                    0 if f.mu == f.L else 4 / (f.L - f.mu) for f in (agent.functions for agent in setting.agents)
                ]
                row = tuple(factor * value for factor, value in zip(factors, row))
                result |= {f"interpolation {a} above {b}": row, f"interpolation {b} above {a}": row}
            else:
                result[f"interpolation {a} {b}"] = row
        else:
            result[" ".join([kind, *where])] = row
    return result


def embedded(setting: Setting, upper: Upper, template: Template) -> Upper:
    """The plain proof, word for word, as one of a template that offers more."""
    step, zero = take_step(setting, template), (Fraction(0),) * len(setting.agents)
    multipliers = dict.fromkeys(step.inequalities, zero) | renumbered(setting, upper.multipliers, template)
    values = (*upper.values, *[Fraction(0)] * (len(step.before.values) - len(upper.values)))
    return replace(upper, template=str(template), multipliers=multipliers, values=values)


def remembering(setting: Setting, upper: Upper, template: Template) -> Upper:
    """A proof whose V has all that the template offers."""
    for power in range(6, 60):
        evidence = _with_a_little_of_all(setting, upper, template, Fraction(1, 2**power))
        if check_upper(setting, evidence).proved:
            return evidence
    raise AssertionError(f"no proof with {str(template)!r}: {check_upper(setting, evidence).failures}")


def _with_a_little_of_all(setting: Setting, upper: Upper, template: Template, little: Fraction) -> Upper:
    plain, types, where = embedded(setting, upper, template), len(setting.agents), points(setting.method, template)
    common, rate = COMMON_MINIMISER in setting.method.hypotheses, upper.rate + (1 - upper.rate) / 8
    known = [name for name in ("x*", "x-", "x", "x+") if name in where]
    a, b = (where[name] for name in known[:2])
    a_after, b_after = (a, where[known[2]]) if common else (b, where[known[2]])
    names = template.names(setting.method)
    kinds = [n for n in names.agents if n not in setting.method.coordinates.agents] if template.memory else []
    fresh = [
        f"{n}[{t}]{mark}" for n in kinds for t, agent in enumerate(setting.agents) for mark in ("", "'")[: agent.count]
    ]
    fresh += names.server[-1:] * template.memory
    blocks = tuple(Block((name,), ((little,),)) for name in fresh)
    more: dict[str, Fraction] = defaultdict(Fraction)
    below: dict[str, Fraction] = defaultdict(Fraction)
    above: dict[str, Fraction] = defaultdict(Fraction)
    values = list(plain.values)
    up, down = little**2, little**3
    if template.values:
        own = len(setting.method.coordinates.values)
        values[own:] = [up] * types + [-down] * types
        more[f"interpolation {b} above {a}"] += rate * (up + down)
        more[f"interpolation {a_after} above {b_after}"] += up + down
        below[f"interpolation {b} above {a}"] = up + down
        if not template.memory:
            above[f"interpolation {a} above {b}"] = up + down
    c, C = upper.c * Fraction(7, 8), upper.C * Fraction(9, 8)
    if setting.method.coordinates.values:  # what there is more of f(x) - f(x*) is more than a multiple of ||x - x*||^2
        higher = f"interpolation {where['x']} above {where['x*']}"
        more[higher] += rate - upper.rate
        below[higher] += upper.c - c
        above[higher] += C - upper.C
    spare = 1000 * little  # pays for the squares after the step
    if template.memory and "interpolation 0 1" in plain.multipliers:
        more[f"interpolation {min(a_after, b_after)} {max(a_after, b_after)}"] += spare
    elif template.memory:
        more[f"interpolation {a_after} above {b_after}"] += spare
        more[f"interpolation {b_after} above {a_after}"] += spare
    if "compression 0" in plain.multipliers:
        more["compression 0"] += spare
    multipliers = {name: tuple(v + more.get(name, 0) for v in row) for name, row in plain.multipliers.items()}
    rows = [{name: (value,) * types for name, value in side.items()} for side in (below, above)]
    return replace(
        plain, rate=rate, lyapunov=(*plain.lyapunov, *blocks), values=tuple(values), multipliers=multipliers,
        c=c, C=C, below=rows[0], above=rows[1],
    )  # fmt: skip
