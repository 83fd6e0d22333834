"""Check a class bound: one Gram matrix defeats every quadratic V of the template."""

from __future__ import annotations

from fractions import Fraction

from eftheory.certificates.certificate import ClassBound
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.check.verdict import Obligation, Verdict
from eftheory.claims import CLASS_BOUND, Claim, Setting
from eftheory.exact.form import Form, inner
from eftheory.exact.semidefinite import negative_direction

Gram = dict[tuple[str, str], Fraction]


def check_class_bound(setting: Setting, evidence: ClassBound) -> Verdict:
    """Verify that the Gram matrix W of the symbols of one step is semidefinite, obeys every
    recorded inequality in moment form, has a positive measure, and grows:

        Gram(z+) - rate Gram(z) is semidefinite, for means and for each type's deviations.

    Suppose V = <P, Gram(z)> with V >= c measure, c > 0 (so P is semidefinite where z moves
    freely) and r V(z) - V(z+) - sum multiplier inequality >= 0 as forms, r < rate. Paired with
    W: r <P, Gram(z)> >= <P, Gram(z+)> >= rate <P, Gram(z)>, so <P, Gram(z)> <= 0, although it
    is at least c times the measure of W, which is positive. So there is no such V.
    """
    claim = Claim(setting, CLASS_BOUND, evidence.rate)
    step = take_step(setting)
    names = [name for block in evidence.gram for name in block.symbols]
    obligations = [
        Obligation("the template has no function values", not step.before.values),
        Obligation("rate > 0", evidence.rate > 0, f"rate = {evidence.rate}"),
        Obligation("no symbol occurs twice", len(set(names)) == len(names)),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    gram: Gram = {}
    for number, block in enumerate(evidence.gram):
        bad = block.form().negative_part()
        obligations.append(Obligation(f"Gram block {number} is positive semidefinite", bad is None, bad or ""))
        gram |= block.entries()
    for name, forms in step.inequalities.items():
        for t, form in enumerate(forms):
            moment = _moment(gram, form)
            obligations.append(Obligation(f"{name} holds for type {t}", moment >= 0, f"moment = {moment}"))
    for room in dict.fromkeys(step.before.room.values()):
        growth = _growth(gram, step.before, step.after, room, evidence.rate)
        bad_row = negative_direction(growth)
        obligations.append(Obligation(f"Gram(z+) - rate Gram(z) >= 0: {room}", bad_row is None))
    measure = _moment(gram, step.measure)
    obligations.append(Obligation("the measure of the Gram matrix is positive", measure > 0, f"{measure}"))
    return Verdict.of(claim, obligations, claim.sentence())


def _moment(gram: Gram, form: Form) -> Fraction:
    return sum((value * gram.get(pair, 0) for pair, value in form.quadratic.items()), Fraction(0))


def _growth(
    gram: Gram, before: Coordinates, after: Coordinates, room: str, rate: Fraction
) -> list[list[Fraction]]:
    names = [name for name, where in before.room.items() if where == room]
    rows = [[Fraction(0)] * len(names) for _ in names]
    for i, a in enumerate(names):
        for j, b in enumerate(names[: i + 1]):
            new = _moment(gram, inner(after.vectors[a], after.vectors[b]))
            old = _moment(gram, inner(before.vectors[a], before.vectors[b]))
            rows[i][j] = rows[j][i] = new - rate * old
    return rows
