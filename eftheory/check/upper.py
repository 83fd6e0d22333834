"""Check an upper bound: V shrinks by the rate in every step, and V is worth the measure."""

from collections.abc import Mapping
from fractions import Fraction

from eftheory.certificates.certificate import Row, Upper
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import UPPER, Claim, Setting
from eftheory.exact.form import Form, inner
from eftheory.methods.template import Template


def check_upper(setting: Setting, evidence: Upper) -> Verdict:
    """Verify that, with z, z+ the coordinates before and after a step and z_0 those of a run that has just begun,

        rate V(z) - V(z+) - sum_k multiplier_k inequality_k,
        V(z) - c measure - sum_k below_k inequality_k,   C measure - V(z_0) - sum_k above_k inequality_k

    are nonnegative (as quadratic forms), all multipliers >= 0, c, C > 0, and 0 <= rate < 1.

    Every recorded inequality is nonnegative, in conditional expectation unless it is sure, so
    E V(z+) <= rate V(z). ``below`` and ``above`` may use only those that hold for every outcome; so
    c measure <= V(z) and V(z_0) <= C measure. The three hold for every x-, a template's memory included; z_0
    differs from z by the choice of x-, which measure and method do not see. By induction
    measure_t <= (C/c) rate^t measure_0.
    """
    claim, types = Claim(setting, UPPER, evidence.rate), len(setting.agents)
    try:
        step = take_step(setting, Template.parse(evidence.template))
    except ValueError as error:
        return Verdict.of(claim, [Obligation("the template is one of the method's", False, str(error))])
    known, multipliers, rate, c, C = step.inequalities, evidence.multipliers, evidence.rate, evidence.c, evidence.C
    named = multipliers.keys() == known.keys() and all(len(row) == types for row in multipliers.values())
    expected = "" if named else f"expected {types} each for: {', '.join(known)}"
    misshapen = _misshapen(evidence, step.before)
    obligations = [
        Obligation("rate in [0, 1)", 0 <= rate < 1, f"rate = {rate}"),
        Obligation("one multiplier for each inequality and type", named, expected),
        Obligation("V is over the method's coordinates", not misshapen, misshapen),
    ]
    sure = [name for name, fact in step.facts.items() if fact.sure]
    for side, rows in (("below", evidence.below), ("above", evidence.above)):
        if rows:
            fits = rows.keys() <= {*sure} and all(len(row) == types for row in rows.values())
            name, expected = "names inequalities that always hold, one number for each type", ", ".join(sure)
            obligations.append(Obligation(f"{side} {name}", fits, "" if fits else f"expected some of: {expected}"))
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    for kind, rows in (("multiplier", multipliers), ("below", evidence.below), ("above", evidence.above)):
        for name, row in rows.items():
            obligations.append(Obligation(f"{kind} {name} >= 0", min(row) >= 0, f"least: {min(row)}"))
    before, after, start = (_lyapunov(evidence, seen) for seen in (step.before, step.after, step.start))

    def without(rows: Mapping[str, Row]) -> list[tuple[Fraction, Form]]:
        return [(-factor, form) for name, row in rows.items() for factor, form in zip(row, known[name])]

    decrease = Form.sum([(rate, before), (-1, after), *without(multipliers)])
    obligations += [Obligation("c > 0", c > 0, f"c = {c}"), Obligation("C > 0", C > 0, f"C = {C}")]
    obligations += _nonnegative("decrease: rate V - V+ - sum of multipliers times inequalities >= 0", decrease)
    obligations += _nonnegative("V >= c measure", Form.sum([(1, before), (-c, step.measure), *without(evidence.below)]))
    obligations += _nonnegative("C measure >= V", Form.sum([(C, step.measure), (-1, start), *without(evidence.above)]))
    measure, constant = setting.method.measure_name, shown(C / c) if c > 0 else "no constant"
    return Verdict.of(claim, obligations, f"({measure})_t <= {constant} * ({rate})^t * ({measure})_0 for all t")


def _misshapen(evidence: Upper, coordinates: Coordinates) -> str:
    """What is wrong with the coordinates of V, if anything."""
    used, values = [name for block in evidence.lyapunov for name in block.symbols], len(coordinates.values)
    if len(set(used)) != len(used):
        return "a coordinate occurs in two places"
    if unknown := sorted(set(used) - coordinates.vectors.keys()):
        return f"unknown coordinate {unknown[0][:40]!a}; expected some of: {', '.join(coordinates.vectors)}"
    if any(len({coordinates.room[name] for name in block.symbols}) > 1 for block in evidence.lyapunov):
        return "a block mixes type means and deviations, whose products have no meaning"
    return "" if len(evidence.values) == values else f"expected {values} coefficients of function values"


def _lyapunov(evidence: Upper, coordinates: Coordinates) -> Form:
    """V as a form in the symbols of the exact world."""
    z, entries = coordinates.vectors, (block.form().quadratic.items() for block in evidence.lyapunov)
    products = ((value, inner(z[a], z[b])) for entry in entries for (a, b), value in entry)
    return Form.sum(zip(evidence.values, coordinates.values)) + Form.sum(products)


def _nonnegative(name: str, form: Form) -> list[Obligation]:
    """The two obligations that make a form nonnegative whatever its symbols are."""
    left, negative = [value for value, _ in form.values], form.negative_part()
    uncancelled = f"left over: {', '.join(left)}" if left else ""
    indefinite = "" if negative is None else f"negative in the block of {negative}"
    return [
        Obligation(f"{name}: function values cancel", not form.values, uncancelled),
        Obligation(f"{name}: positive semidefinite", negative is None, indefinite),
    ]
