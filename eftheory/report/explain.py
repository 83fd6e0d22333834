"""From a certificate and its verdicts to sections that any renderer can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory import __version__
from eftheory.assumptions.validation import constants
from eftheory.certificates import Certificate, ClassBound, Lower, Upper
from eftheory.certificates.certificate import Row
from eftheory.certificates.codec import format_of
from eftheory.certificates.document import FORMAT
from eftheory.check import REFUTED, Verdict
from eftheory.check.verdict import overall
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER
from eftheory.lyapunov.blind_spots import blind_spots
from eftheory.methods import Template
from eftheory.methods.template import PLAIN
from eftheory.numbers import decimal_down, decimal_up, scientific_up
from eftheory.pages.escape import shorten
from eftheory.pages.fragments import Body, Explanation, Formula, Items, Section, Table
from eftheory.pages.lines import count, count_agents
from eftheory.report.digits import Digits
from eftheory.report.drift import drifting_orbit
from eftheory.report.facts import Facts
from eftheory.report.guarantee import grouped
from eftheory.report.lyapunov import packed
from eftheory.report.style import UNICODE, Style
from eftheory.wording import completeness
from eftheory.wording.coordinate import Coordinate

FOOTER = (
    f"Written by eftheory {__version__}. The verdicts come from exact rational arithmetic; check them with "
    "python -m eftheory.check FILE."
)

MOST_ROWS = 64
"""Longer tables and sums are cut in a report; the file holds them whole."""

MATRIX_WIDTH = 72
"""Lines of matrices fit any terminal, where a line that is wrapped could be taken for two rows."""

KINDS = {
    UPPER: "Upper bound",
    LOWER: "Lower bound: a worst case",
    CLASS_BOUND: "Bound on the template",
    DRIFT: "Constant from below: a drifting orbit",
}


def explain(
    certificate: Certificate, verdicts: Sequence[Verdict], *, style: Style = UNICODE, exact: bool = False
) -> Explanation:
    """Say what a certificate claims, what exact arithmetic made of it, and what it consists of.

    Args:
        certificate: the certificate.
        verdicts: what ``check_certificate`` said about it.
        style: how mathematics is written, ``UNICODE`` or ``ASCII``.
        exact: show full fractions instead of decimals on the safe side.
    """
    writer = _Writer(certificate, style, Digits(exact), {verdict.claim.kind: verdict for verdict in verdicts})
    return Explanation(
        title=writer.name,
        status=overall(tuple(verdicts)),
        sections=tuple(writer.sections()),
        footer=FOOTER,
    )


def _listed(texts: Sequence[str]) -> Iterator[str]:
    return (text + "," * (k < len(texts) - 1) for k, text in enumerate(texts))


def _most(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    more = len(rows) - MOST_ROWS
    rest = [(f"... and {more} more", *[""] * (len(rows[0]) - 1))] if more > 0 else []
    return (*rows[:MOST_ROWS], *rest)


@dataclass(frozen=True)
class _Writer(Facts):
    verdicts: dict[str, Verdict]

    def sections(self) -> Iterator[Section]:
        certificate = self.certificate
        yield Section("Result", tuple(self.result()))
        yield Section("Claim", tuple(self.claim()))
        if self.upper:
            yield Section(KINDS[UPPER], (*self.failures(UPPER), *self.upper_bound(self.upper)))
        if certificate.lower:
            yield Section(KINDS[LOWER], (*self.failures(LOWER), *self.lower(certificate.lower)))
        if certificate.class_bound:
            yield Section(KINDS[CLASS_BOUND], (*self.failures(CLASS_BOUND), *self.class_bound(certificate.class_bound)))
        if certificate.drift:
            orbit = drifting_orbit(certificate.drift, row=self.row, value=self.value)
            yield Section(KINDS[DRIFT], (*self.failures(DRIFT), *orbit))
        for kind, verdict in self.verdicts.items():
            yield Section(f"Obligations of the {kind.replace('_', ' ')}", (self.obligations(verdict),), aside=True)
        yield Section("Provenance", tuple(self.provenance()))

    # ------------------------------------------------------------------ what is claimed
    def result(self) -> Iterator[Body]:
        rows = []
        for kind, verdict in self.verdicts.items():
            met = sum(obligation.holds for obligation in verdict.obligations)
            sign = self.style.at_most if kind == UPPER else self.style.at_least
            sums = kind == UPPER and self.upper is not None and self.upper.rate == 1 and self.upper.tau > 0
            of = "constant" if kind == DRIFT else "rate"
            what = "a sum" if sums else f"{of} {sign} {self.claimed(kind, verdict.claim.rate)}"
            rows.append((KINDS[kind].split(":")[0], what, verdict.status, f"{met} of {len(verdict.obligations)}"))
        yield Table(("bound", "claim", "verdict", "obligations met"), tuple(rows))
        upper, lower = self.proved_rate(UPPER), self.proved_rate(LOWER)
        if upper is not None and lower is not None:
            gap = upper - lower
            share = f"The two rates differ by at most {scientific_up(gap / (1 - upper))} of 1 {self.style.minus} rate."
            yield "The rate is exact: no smaller one holds." if gap == 0 else share
        elif lower is None and self.proved_rate(DRIFT) is None and self.upper and self.is_general(self.upper):
            yield "No lower bound is known here: the constants may be loose."
        elif upper is None and lower is not None and lower >= 1:
            yield "The worst case does not converge: no rate below 1 holds at this step size."

    def proved_rate(self, kind: str) -> Fraction | None:
        verdict = self.verdicts.get(kind)
        return verdict.claim.rate if verdict is not None and verdict.proved else None

    def claim(self) -> Iterator[Body]:
        certificate, setting, method = self.certificate, self.setting, self.setting.method
        step = self.value(Fraction(method.step_size))
        compression = f", alpha {self.value(setting.alpha)}" if method.compresses else ""
        if setting.compressor.unbiased:
            compression = f", {constants(setting.compressor)}"
        numbers = "".join(f", {name}={value}" for name, value in method.parameters.items())
        title = f"{method.title} (version {method.version})"
        yield f"{title}, step size {self.style.step_size} {step}{numbers}{compression}:"
        yield Formula(tuple(f"{name} = {expression}" for name, expression in self.formulas.step))
        if self.formulas.chance:
            yield f"{'; '.join(self.formulas.chance)}."
        yield f"{count_agents(setting.n_agents, len(setting.agents))}; mean is the average over all of them:"
        near = self.digits.near
        each = [vars(agent.functions) for agent in setting.agents]
        names = tuple(dict.fromkeys(name for constants in each for name in constants))
        rows = (
            (str(t), str(agent.count), *(near(constants[name]) if name in constants else "" for name in names))
            for t, (agent, constants) in enumerate(zip(setting.agents, each))
        )
        yield Table(("type", "agents", *names), tuple(rows))
        if self.upper and format_of(certificate) != FORMAT:
            yield "Hypotheses, and whether the inequalities that are used say all that follows from them:"
            yield Table(("hypothesis", "inequalities"), tuple(completeness(setting)))
        else:
            yield "Hypotheses:"
            yield Items((*setting.functions, *(hypothesis.sentence for hypothesis in setting.hypotheses)))
        yield "What is bounded, the measure:"
        yield Formula((self.formulas.measure,))

    # ------------------------------------------------------------------ the three kinds of evidence
    def upper_bound(self, evidence: Upper) -> Iterator[Body]:
        style, digits, general = self.style, self.digits, self.is_general(evidence)
        if general:
            yield from self.general_bound(evidence)
        elif self.verdicts[UPPER].proved:
            yield "Guarantee, on every instance and for all t = 0, 1, 2, ...:"
            yield Formula((f"measure_t {style.at_most} {self.bound(evidence)} {style.times} measure_0",))
        if general:
            yield "where"
        else:
            yield f"The Lyapunov function V shrinks by the factor rate {self.rate(evidence)} in every step, where"
        yield Formula((*self.sum(evidence), *self.rows_of_matrices(evidence)))
        yield Items((*self.legend(evidence), *self.words_on(self.template(evidence))))
        if evidence.c > 0 and evidence.C > 0:
            yield "V is worth the measure:"
            low = "measure" if evidence.c == 1 else f"{digits.down(evidence.c)} measure"
            high = "measure" if evidence.C == 1 else f"{digits.up(evidence.C)} measure"
            remembers = self.template(evidence).memory
            later = f", and at the start V {style.at_most}" if remembers else f" {style.at_most}"
            yield Formula((f"{low} {style.at_most} V{later} {high}",))
        if evidence.below or evidence.above:
            yield "That rests on inequalities too, taken off before what is left is never negative:"
            sides = ("least V", "V at the start") if general else ("c measure", "C measure")
            rows = [
                (name, t, side, value)
                for side, support in zip(sides, (evidence.below, evidence.above))
                for name, t, value in self.multipliers(support)
            ]
            yield Table(("inequality", "type", "for", "multiplier"), _most(rows))
        shrinking = f"rate V {style.minus} V{style.after % ''}"
        left = "the difference of the two sides of the first line" if general else shrinking
        yield (
            f"The proof: {left} is the sum of the inequalities below, each times its "
            "multiplier, plus a quadratic form that is never negative."
        )
        yield Table(("inequality", "type", "multiplier"), _most(self.multipliers(evidence.multipliers)))
        if evidence.vanishing:
            yield "Products of noise with what is older are added, too; their expectation is zero."
        yield Items(tuple(self.meanings(evidence)))

    def general_bound(self, evidence: Upper) -> Iterator[Body]:
        """What is guaranteed, and what V does in a step and is at the start."""
        style, digits = self.style, self.digits
        guarantee = self.guarantee(evidence)
        if self.verdicts[UPPER].proved:
            yield "Guarantee, on every instance:"
            yield Formula((guarantee.sentence(style, digits),))
            yield f"{guarantee.rounds(style, digits)}; all constants are rounded up."
        rate = style.number(digits.rate_up(evidence.rate))
        terms = ["V" if evidence.rate == 1 else f"{rate} V"]
        tau = "" if evidence.tau == 1 else f"{digits.down(evidence.tau)} "
        terms += [f"{style.minus} {tau}measure"] * bool(evidence.tau)
        terms += [f"+ {digits.up(factor)} {name}" for name, factor in evidence.noise.items() if factor]
        yield "The Lyapunov function V obeys, in expectation over what is random in a step,"
        start = [f"+ {digits.up(x)} {grouped(style, name, '0')}" for name, x in evidence.initial.items() if x]
        low = "0" if evidence.c == 0 else f"{digits.down(evidence.c)} measure"
        yield Formula(
            (
                f"E V{style.after % ''} {style.at_most} {' '.join(terms)}",
                f"V {style.at_least} {low}",
                *packed(f"V at the start {style.at_most}", [start[0].removeprefix("+ "), *start[1:]]),
            )
        )

    def sum(self, evidence: Upper) -> Iterator[str]:
        sign, texts = self.lyapunov(evidence)
        more = len(texts) - MOST_ROWS
        shown = texts if self.digits.exact or more <= 0 else [*texts[:MOST_ROWS], f"+ {more} more terms"]
        return packed(f"V {sign}", shown)

    def rows_of_matrices(self, evidence: Upper) -> Iterator[str]:
        """The large blocks of V, row by row; those too long for a report are in the file."""
        for name, names, rows, sign in self.matrices(evidence):
            yield f"with a symmetric matrix {name}, below row by row up to the diagonal, and"
            yield from packed("z =", _listed(names), MATRIX_WIDTH)
            for k, row in enumerate(rows if self.digits.exact else rows[:MOST_ROWS]):
                yield from packed(f"{name}[{k}] {sign}", _listed(row), MATRIX_WIDTH)

    def legend(self, evidence: Upper) -> Iterator[str]:
        seen = [Coordinate.of(name) for block in evidence.lyapunov for name in block.symbols]
        for name, meaning in self.seen(evidence).coordinates:
            if name in seen and name != meaning.replace(self.style.minus, "-"):
                yield f"{name} is {meaning}"
            of_types = {part.deviation for part in seen if part.base == name and part.type is not None}
            if False in of_types:
                yield f"{name}[j] is the mean of {meaning} over the agents i of type j"
            if True in of_types:
                square = self.style.square % f"{name}[j]'"
                yield f"{name}[j]' are the deviations from that mean: {square} is (1/n) times the sum of their squares"

    def words_on(self, template: Template) -> Iterator[str]:
        """What V may see beyond the method's own coordinates."""
        if template == PLAIN:
            return
        if template.memory:
            yield f"{self.style.before % 'x'} is x one step before; at the start it is {self.first_point}"
        if template.values:
            yield "interpolation b above a[j] is what that inequality, see below, says is never negative, for type j"
        yield blind_spots(template)

    def multipliers(self, multipliers: Mapping[str, Row]) -> list[tuple[str, str, str]]:
        each = ((name, t, value) for name, values in self.used(multipliers) for t, value in enumerate(values) if value)
        return [(shorten(name, 60), str(t), self.row((value,))) for name, t, value in each]

    def meanings(self, evidence: Upper) -> Iterator[str]:
        known = self.seen(evidence)
        facts = self.inequalities(evidence)
        kinds = {facts[name].kind for name in evidence.multipliers if name in facts}
        points = ", ".join(f"point {k} = {point}" for k, point in enumerate(known.points))
        inputs = ", ".join(f"v{k} = {v}" for k, v in enumerate(known.inputs))
        if kinds:
            yield "each inequality is summed over the agents of the type, times 1/n"
        if self.branches(evidence):
            yield "inequalities 'if 1' are about steps in which the coin falls on 1, 'if 0' about the others"
        for wording in self.wordings:
            if kinds & wording.slacks.keys() or (kinds and not wording.slacks):
                yield self.style.prose(wording.words).format(points=points, inputs=inputs)
        if any(value == 0 for values in evidence.multipliers.values() for value in values):
            yield "multipliers that are zero are left out"

    def lower(self, evidence: Lower) -> Iterator[Body]:
        style, types = self.style, self.setting.agents
        proved = self.verdicts[LOWER].proved
        size = len(evidence.signs)
        if proved:
            yield "On the instance below, for all t = 0, 1, 2, ...:"
            power = self.style.power(self.digits.rate_down(evidence.rate))
            yield Formula((f"measure_t {style.at_least} {power} {style.times} measure_0,   measure_0 > 0",))
        yield (
            "The state turns into growth times signs times itself in every step, "
            f"growth {self.value(evidence.growth)}, signs {self.row(evidence.signs)}, "
            "so the measure is multiplied by growth^2."
        )
        yield f"Quadratic functions in {count(size, 'coordinate')}, f_i(x) = 1/2 sum_k h_ik x_k^2, with curvatures h:"
        columns = ["type", "curvatures h", *(f"initial {shorten(name, 40)}" for name in evidence.agents)]
        rows = []
        for t, _ in enumerate(types):
            per_type = [evidence.curvatures, *evidence.agents.values()]
            rows.append((str(t), *(self.row(values[t]) if t < len(values) else "missing" for values in per_type)))
        yield Table(tuple(columns), tuple(rows))
        if evidence.server:
            yield "Initial " + ", ".join(f"{shorten(name, 40)} {self.equal(v)}" for name, v in evidence.server.items())
        if evidence.messages and proved:
            calls = self.messages(evidence)
            yield "What each compressor is asked first, and what it answers; later in proportion:"
            rows = [
                (str(call), str(t), self.row(asked), self.row(said))
                for call, answers in enumerate(calls)
                for t, (asked, said) in enumerate(answers)
            ]
            yield Table(("call", "type", "input", "output"), tuple(rows[:MOST_ROWS]))

    def class_bound(self, evidence: ClassBound) -> Iterator[Body]:
        sizes = ", ".join(str(len(block.symbols)) for block in evidence.gram[:MOST_ROWS])
        rate = self.digits.rate_down(evidence.rate)
        yield (
            "No Lyapunov function that is quadratic in the coordinates of this method, bounded below by a positive "
            f"multiple of the measure, is shown by these inequalities to shrink by a factor below {rate} a step."
        )
        template = self.template(evidence)
        if template != PLAIN:
            yield "This includes functions that see more than the current state."
            yield Items(tuple(self.words_on(template)))
        blocks = count(len(evidence.gram), "block")
        yield f"The evidence is a Gram matrix of one step that defeats them all: {blocks} of size {sizes}."

    # ------------------------------------------------------------------ verdicts and origin
    def failures(self, kind: str) -> Iterator[Body]:
        verdict = self.verdicts[kind]
        if verdict.proved:
            return
        if verdict.status == REFUTED:
            yield "REFUTED: another bound of this file is proved and contradicts this one."
        else:
            yield "NOT PROVED by this file; that does not refute the claim. What fails:"
        yield Items(tuple(self.finding(o.name, o.found) for o in verdict.failures[:MOST_ROWS]))
        yield "The rest of this section is what the file claims; it is not established:"

    def finding(self, name: str, found: str) -> str:
        return shorten(name) + (f" (found: {shorten(found)})" if found else "")

    def obligations(self, verdict: Verdict) -> Body:
        ordered = (*verdict.failures, *(o for o in verdict.obligations if o.holds))
        longest = 4000 if self.digits.exact else 60
        rows = [("holds" if o.holds else "FAILS", shorten(o.name), shorten(o.found, longest)) for o in ordered]
        return Table(("verdict", "obligation", "found"), tuple(rows))

    def provenance(self) -> Iterator[Body]:
        if not self.digits.exact:
            about = self.style.about
            yield f"Numbers marked {about} are rounded, bounds to the safe side; --exact shows fractions."
        yield "The file, and what it says about its origin; no verdict depends on that:"
        entries = sorted(self.certificate.provenance.items())[:MOST_ROWS]
        yield Items((f"digest: {self.digest}", *(f"{shorten(key, 40)}: {shorten(value)}" for key, value in entries)))

    # ------------------------------------------------------------------ numbers
    def claimed(self, kind: str, rate: Fraction) -> str:
        """A rate, rounded to its safe side; a short fraction also as a decimal."""
        rounded = self.digits.rate_up if kind == UPPER else self.digits.rate_down
        decimal = decimal_up if kind == UPPER else decimal_down
        short = not self.digits.rounds(rate) and rate.denominator > 1 and not self.digits.exact
        return f"{rate} ({decimal(rate, 6)})" if short else rounded(rate)
