"""Check an upper bound: V shrinks by the rate in every step, and V is worth the measure."""

from eftheory.certificates.certificate import Upper
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import UPPER, Claim, Setting
from eftheory.exact.form import Form, inner


def check_upper(setting: Setting, evidence: Upper) -> Verdict:
    """Verify that, with z, z+ the coordinates before and after a step,

        rate V(z) - V(z+) - sum_k multiplier_k inequality_k  is nonnegative (as a quadratic form),
        c measure <= V <= C measure,   multipliers >= 0,   c, C > 0,   0 <= rate < 1.

    Every recorded inequality is nonnegative, in conditional expectation for the compressor's, so
    E V(z+) <= rate V(z), and by induction measure_t <= (C/c) rate^t measure_0.
    """
    claim, step, types = Claim(setting, UPPER, evidence.rate), take_step(setting), len(setting.agents)
    known, multipliers, rate, c, C = step.inequalities, evidence.multipliers, evidence.rate, evidence.c, evidence.C
    named = multipliers.keys() == known.keys() and all(len(row) == types for row in multipliers.values())
    expected = "" if named else f"expected {types} each for: {', '.join(known)}"
    misshapen = _misshapen(evidence, step.before)
    obligations = [
        Obligation("rate in [0, 1)", 0 <= rate < 1, f"rate = {rate}"),
        Obligation("one multiplier for each inequality and type", named, expected),
        Obligation("V is over the method's coordinates", not misshapen, misshapen),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    for name, row in multipliers.items():
        obligations.append(Obligation(f"multiplier {name} >= 0", min(row) >= 0, f"least: {min(row)}"))
    before, after = _lyapunov(evidence, step.before), _lyapunov(evidence, step.after)
    weighted = [(-factor, form) for name, row in multipliers.items() for factor, form in zip(row, known[name])]
    decrease = Form.sum([(rate, before), (-1, after), *weighted])
    obligations += [Obligation("c > 0", c > 0, f"c = {c}"), Obligation("C > 0", C > 0, f"C = {C}")]
    obligations += _nonnegative("decrease: rate V - V+ - sum of multipliers times inequalities >= 0", decrease)
    obligations += _nonnegative("V >= c measure", before - c * step.measure)
    obligations += _nonnegative("C measure >= V", C * step.measure - before)
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
    terms = [*zip(evidence.values, coordinates.values)]
    for block in evidence.lyapunov:
        for (a, b), value in block.form().quadratic.items():
            terms.append((value, inner(coordinates.vectors[a], coordinates.vectors[b])))
    return Form.sum(terms)


def _nonnegative(name: str, form: Form) -> list[Obligation]:
    """The two obligations that make a form nonnegative whatever its symbols are."""
    left, negative = [value for value, _ in form.values], form.negative_part()
    uncancelled = f"left over: {', '.join(left)}" if left else ""
    indefinite = "" if negative is None else f"negative in the block of {negative}"
    return [
        Obligation(f"{name}: function values cancel", not form.values, uncancelled),
        Obligation(f"{name}: positive semidefinite", negative is None, indefinite),
    ]
