"""Check an upper bound: V shrinks by the rate in every step, and V is worth the measure."""

from __future__ import annotations

from eftheory.certificates.certificate import Upper
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.check.verdict import Obligation, Verdict
from eftheory.claims import UPPER, Claim, Setting
from eftheory.exact.form import Form, inner


def check_upper(setting: Setting, evidence: Upper) -> Verdict:
    """Verify that, with z, z+ the coordinates before and after a step,

        rate V(z) - V(z+) - sum_k multiplier_k inequality_k  is nonnegative (as a quadratic form),
        c measure <= V <= C measure,   multipliers >= 0,   c, C > 0,   0 <= rate < 1.

    Every recorded inequality is nonnegative, in conditional expectation for the compressor's,
    so E V(z+) <= rate V(z), and by induction measure_t <= (C/c) rate^t measure_0.
    """
    step = take_step(setting)
    known = step.inequalities
    types = len(setting.agents)
    multipliers = evidence.multipliers
    named = set(multipliers) == set(known) and all(len(row) == types for row in multipliers.values())
    shape = _shape_of(evidence, step.before)
    obligations = [
        Obligation("rate in [0, 1)", 0 <= evidence.rate < 1, f"rate = {evidence.rate}"),
        Obligation(
            "one multiplier for each inequality and type",
            named,
            "" if named else f"expected {types} each for: {', '.join(known)}",
        ),
        Obligation("V is over the method's coordinates", shape is None, shape or ""),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(Claim(setting, UPPER, evidence.rate), obligations)

    for name, numbers in multipliers.items():
        worst = min(numbers)
        obligations.append(Obligation(f"multiplier {name} >= 0", worst >= 0, f"least: {worst}"))
    before, after = _lyapunov(evidence, step.before), _lyapunov(evidence, step.after)
    weighted = [
        (-multiplier, inequality)
        for name, numbers in multipliers.items()
        for multiplier, inequality in zip(numbers, known[name])
    ]
    decrease = Form.sum([(evidence.rate, before), (-1, after), *weighted])
    obligations += [
        Obligation("c > 0", evidence.c > 0, f"c = {evidence.c}"),
        Obligation("C > 0", evidence.C > 0, f"C = {evidence.C}"),
        *_nonnegative("decrease: rate V - V+ - sum of multipliers times inequalities >= 0", decrease),
        *_nonnegative("V >= c measure", before - evidence.c * step.measure),
        *_nonnegative("C measure >= V", evidence.C * step.measure - before),
    ]
    measure = setting.method.measure_name
    guarantee = f"({measure})_t <= {evidence.C / evidence.c} * ({evidence.rate})^t * ({measure})_0 for all t"
    return Verdict.of(Claim(setting, UPPER, evidence.rate), obligations, guarantee)


def _shape_of(evidence: Upper, coordinates: Coordinates) -> str | None:
    """What is wrong with the coordinates of V, if anything."""
    used = [name for block in evidence.lyapunov for name in block.symbols]
    if len(set(used)) != len(used):
        return "a coordinate occurs in two places"
    if unknown := sorted(set(used) - set(coordinates.vectors)):
        return f"unknown coordinate {unknown[0][:40]!r}; expected some of: {', '.join(coordinates.vectors)}"
    if any(len({coordinates.room[name] for name in block.symbols}) > 1 for block in evidence.lyapunov):
        return "a block mixes type means and deviations, whose products have no meaning"
    if len(evidence.values) != len(coordinates.values):
        return f"expected {len(coordinates.values)} coefficients of function values"
    return None


def _lyapunov(evidence: Upper, coordinates: Coordinates) -> Form:
    """V as a form in the symbols of the exact world."""
    terms = [(value, form) for value, form in zip(evidence.values, coordinates.values)]
    for block in evidence.lyapunov:
        for (a, b), value in block.entries().items():
            terms.append((value if a == b else 2 * value, inner(coordinates.vectors[a], coordinates.vectors[b])))
    return Form.sum(terms)


def _nonnegative(name: str, form: Form) -> list[Obligation]:
    """The two obligations that make a form nonnegative whatever its symbols are."""
    negative = form.negative_part()
    return [
        Obligation(
            f"{name}: function values cancel", not form.values, repr(form.values) if form.values else ""
        ),
        Obligation(
            f"{name}: positive semidefinite",
            negative is None,
            "" if negative is None else f"negative in the block of {negative}",
        ),
    ]
