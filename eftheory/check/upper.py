"""Check an upper bound: V shrinks by the rate in every step, and V is worth the measure."""

from collections.abc import Mapping
from fractions import Fraction

from eftheory.certificates.certificate import Row, Upper
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import UPPER, Claim, Setting
from eftheory.exact.form import Form, inner
from eftheory.exact.vector import Vector
from eftheory.methods.template import Template

CONSTANTS = {"sigma2", "zeta2"}  # what the assumptions of a claim leave open, among its function values


def check_upper(setting: Setting, evidence: Upper) -> Verdict:
    """Verify that, with z, z+ the coordinates before and after a step and z_0 those of a run that has just begun,

        rate V(z) - E V(z+) - tau measure + sum_j noise_j S_j - sum_k multiplier_k inequality_k + Z,
        V(z) - c measure - sum_k below_k inequality_k,
        sum_i initial_i quantity_i - V(z_0) - sum_k above_k inequality_k

    are nonnegative (as quadratic forms), where z+ is averaged over the coins, S_j are constants of the claim that are
    not negative (sigma2, zeta2), Z is ``vanishing``, whose expectation is zero, multipliers, noise and initial are
    >= 0, and either

    * rate < 1, tau = 0, c > 0: then c measure_t <= rate^t sum_i initial_i quantity_i + sum_j noise_j S_j / (1 - rate);
    * or rate = 1, tau > 0, c = 0: then sum_{t<T} tau measure_t <= sum_i initial_i quantity_i + T sum_j noise_j S_j.

    Without ``initial`` the only quantity at the start is the measure, times C.

    Every recorded inequality is nonnegative, in conditional expectation unless it is sure, so that
    E V(z+) <= rate V(z) - tau measure + sum_j noise_j S_j. Z lets a noise be orthogonal to what another symbol, which
    may depend on it, has in common with the past. ``below`` and ``above`` may use only those that hold for every
    outcome; so c measure <= V(z), and V(z_0) is at most what stands there. The three hold for every x-, a template's
    memory included; z_0 differs from z by the choice of x-, which measure, quantities and method do not see. The rest
    is induction, in which no sign of the measure is needed; the measure is meant in expectation.
    """
    claim, types = Claim(setting, UPPER, evidence.rate), len(setting.agents)
    C, initial = evidence.C, evidence.initial or {setting.measure_name: evidence.C}
    try:
        step = take_step(setting, Template.parse(evidence.template), initial)
    except ValueError as error:
        return Verdict.of(claim, [Obligation("the template is one of the method's", False, str(error))])
    known, multipliers, rate, c, tau = step.inequalities, evidence.multipliers, evidence.rate, evidence.c, evidence.tau
    named = multipliers.keys() == known.keys() and all(len(row) == types for row in multipliers.values())
    expected = "" if named else f"expected {types} each for: {', '.join(known)}"
    misshapen = _misshapen(evidence, step.before)
    sums, noise = bool(tau), evidence.noise
    constants = {name for row in known.values() for form in row for name, _ in form.values} & CONSTANTS
    ranged = ("rate = 1 with tau > 0", rate == 1 and tau > 0) if sums else ("rate in [0, 1)", 0 <= rate < 1)
    obligations = [
        Obligation(*ranged, f"rate = {rate}" + f", tau = {tau}" * sums),
        Obligation("one multiplier for each inequality and type", named, expected),
        Obligation("V is over the method's coordinates", not misshapen, misshapen),
    ]
    if noise.keys() - constants:
        obligations.append(Obligation("noise is of the claim's constants", False, f"they are: {', '.join(constants)}"))
    vanishing = [(1, block.form()) for block in evidence.vanishing]
    for _, form in vanishing:
        zero = any(seen.moments.vanishes(form) for _, seen in step.branches)
        obligations.append(Obligation("what is said to vanish does, in expectation", zero))
    sure = [name for name, fact in step.facts.items() if fact.sure]
    for side, rows in (("below", evidence.below), ("above", evidence.above)):
        if rows:
            fits = rows.keys() <= {*sure} and all(len(row) == types for row in rows.values())
            name, expected = "names inequalities that always hold, one number for each type", ", ".join(sure)
            obligations.append(Obligation(f"{side} {name}", fits, "" if fits else f"expected some of: {expected}"))
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    rows_of = {"multiplier": multipliers, "below": evidence.below, "above": evidence.above}
    for kind, numbers in (("noise", noise), ("initial", evidence.initial)):
        rows_of[kind] = {name: (number,) for name, number in numbers.items()}
    for kind, rows in rows_of.items():
        for name, row in rows.items():
            obligations.append(Obligation(f"{kind} {name} >= 0", min(row) >= 0, f"least: {min(row)}"))
    before = _lyapunov(evidence, step.before)
    start = before if step.start == step.before else _lyapunov(evidence, step.start)
    after = [(-chance, seen.moments.expected(_lyapunov(evidence, seen))) for chance, seen in step.branches]
    drift = [(factor, Form(values=Vector.symbol(name))) for name, factor in noise.items()]

    def without(rows: Mapping[str, Row]) -> list[tuple[Fraction, Form]]:
        return [(-factor, form) for name, row in rows.items() for factor, form in zip(row, known[name])]

    decrease = Form.sum([(rate, before), *after, (-tau, step.measure), *drift, *without(multipliers), *vanishing])
    begun = [(factor, step.initial[name]) for name, factor in initial.items()]
    obligations += [
        Obligation(*(("c = 0 beside tau", c == 0) if sums else ("c > 0", c > 0)), f"c = {c}"),
        Obligation(*(("C = 0 beside initial", C == 0) if evidence.initial else ("C > 0", C > 0)), f"C = {C}"),
    ]
    obligations += _nonnegative("decrease: rate V - V+ - sum of multipliers times inequalities >= 0", decrease)
    obligations += _nonnegative("V >= c measure", Form.sum([(1, before), (-c, step.measure), *without(evidence.below)]))
    obligations += _nonnegative("C measure >= V", Form.sum([*begun, (-1, start), *without(evidence.above)]))
    chance = "in expectation, " if step.random or len(step.branches) > 1 else ""
    return Verdict.of(claim, obligations, chance + _guarantee(setting.measure_name, evidence, initial))


def _guarantee(measure: str, evidence: Upper, initial: Mapping[str, Fraction]) -> str:
    """What follows for all t, or for all T."""
    rate, sums = evidence.rate, bool(evidence.tau)
    if (share := evidence.tau if sums else evidence.c * (1 - rate)) <= 0:
        return ""
    shrunk = "" if sums else f"({rate})^t * "
    first = [f"{shown(factor / (evidence.tau or evidence.c))} * {shrunk}({name})_0" for name, factor in initial.items()]
    rest = [f"{'T * ' * sums}{shown(factor / share)} * {name}" for name, factor in evidence.noise.items() if factor]
    bounded, times = (f"sum over t < T of ({measure})_t", "T") if sums else (f"({measure})_t", "t")
    return f"{bounded} <= {' + '.join([*first, *rest])} for all {times}"


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
