"""Check a class bound: one Gram matrix defeats every quadratic V of the template."""

from fractions import Fraction
from functools import reduce

from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import ClassBound
from eftheory.check.coordinates import take_step
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import CLASS_BOUND, Claim, Setting
from eftheory.exact.budget import plus, times
from eftheory.exact.form import Form, Pair, inner
from eftheory.exact.semidefinite import negative_direction
from eftheory.methods.template import Template


def check_class_bound(setting: Setting, evidence: ClassBound) -> Verdict:
    """Verify that the Gram matrix W of the symbols of one step is semidefinite, obeys every recorded inequality in
    moment form, has a positive measure, and grows:

        Gram(z+) - rate Gram(z) is semidefinite, for means and for each type's deviations.

    Suppose V = <P, Gram(z)> with V >= c measure, c > 0, as forms in the coordinates z (so P is semidefinite) and
    r V(z) - V(z+) - sum multiplier inequality >= 0 as forms, r < rate. Paired with W: r <P, Gram(z)> >= <P, Gram(z+)>
    >= rate <P, Gram(z)>, so <P, Gram(z)> <= 0, although it is at least c times the measure of W, which is positive.
    So there is no such V. It says nothing of a V that is bounded below only with the help of inequalities.
    """
    rate = evidence.rate
    try:
        template = Template.parse(evidence.template)
        step = take_step(setting, template)
        plain = not (setting.assumptions or step.random or len(step.branches) > 1)
        require(plain, "a class bound knows neither noise, nor coins, nor what is assumed of f")
    except ValueError as error:
        claim = Claim(setting, CLASS_BOUND, rate)
        return Verdict.of(claim, [Obligation("the template is one of the method's", False, str(error))])
    claim = Claim(setting, CLASS_BOUND, rate, template)
    symbols = [name for block in evidence.gram for name in block.symbols]
    obligations = [
        Obligation("the template has no function values", not step.before.values),
        Obligation("rate > 0", rate > 0, f"rate = {rate}"),
        Obligation("no symbol occurs twice", len(set(symbols)) == len(symbols)),
        Obligation("the symbols are those of the step", set(symbols) <= step.symbols),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    gram: dict[Pair, Fraction] = {}
    for number, block in enumerate(evidence.gram):
        bad = block.form().negative_part()
        found = "" if bad is None else ascii(bad)
        obligations.append(Obligation(f"Gram block {number} is positive semidefinite", bad is None, found))
        gram |= block.entries()

    def moment(form: Form) -> Fraction:
        terms = (times(value, gram[pair]) for pair, value in form.quadratic.items() if pair in gram)
        return reduce(plus, terms, Fraction(0))

    for name, forms in step.inequalities.items():
        for t, form in enumerate(forms):
            value = moment(form)
            obligations.append(Obligation(f"{name} holds for type {t}", value >= 0, f"moment = {shown(value)}"))
    z, after = step.before.vectors, step.after.vectors
    for room in dict.fromkeys(step.before.room.values()):
        names = [name for name in z if step.before.room[name] == room]
        grown = [[moment(inner(after[a], after[b]) - rate * inner(z[a], z[b])) for b in names] for a in names]
        obligations.append(Obligation(f"Gram(z+) - rate Gram(z) >= 0: {room}", negative_direction(grown) is None))
    measure = moment(step.measure)
    obligations.append(Obligation("the measure of the Gram matrix is positive", measure > 0, shown(measure)))
    return Verdict.of(claim, obligations, claim.sentence())
