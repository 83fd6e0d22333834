"""A certificate as a LaTeX proof to paste: theorem, proof, worst case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory import __version__
from eftheory.assumptions.fact import Fact
from eftheory.assumptions.hypothesis import INDEPENDENT, Hypothesis
from eftheory.certificates import Certificate, ClassBound, Lower, Upper
from eftheory.certificates.certificate import Row
from eftheory.check import Verdict
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER
from eftheory.pages.escape import ascii_latex, shorten
from eftheory.pages.fragments import Block
from eftheory.pages.latex import aligned, blocks_as_latex, items
from eftheory.pages.lines import count
from eftheory.pages.names import latex_name
from eftheory.pages.signs import EXPECTATION, MEAN
from eftheory.proofkit.lessons.latex import Latex
from eftheory.report.digits import Digits
from eftheory.report.drift import proof_in_latex, statement_in_latex
from eftheory.report.facts import Facts
from eftheory.report.guarantee import grouped
from eftheory.report.lyapunov import packed
from eftheory.report.proof import line_by_line
from eftheory.report.style import LATEX
from eftheory.wording import word
from eftheory.wording.messages import MESSAGES

DISPLAYED, WIDE, LINE = 600, 140, 110
"""Longer sums, in characters of LaTeX, those with wider terms, and longer lines are set as text, which TeX breaks."""


_KINDS = {
    UPPER: "upper bound",
    LOWER: "lower bound",
    CLASS_BOUND: "bound on the template",
    DRIFT: "constant from below",
}


class _Lines(Latex):
    """Lines for the page that an article has by default, where it is pasted."""

    room = 52


_HYPOTHESES = {
    "common minimiser": r"All $f_i$ are stationary at one common point $x_\star$: $\nabla f_i(x_\star) = 0$.",
    "minimiser": r"$f = \operatorname{mean} f_i$ is stationary at $x_\star$; $\nabla f_i(x_\star)$ need not be $0$.",
    "one agent": "There is one agent.",
    "contractive in expectation": (
        r"Each $\mathcal{C}_i$ is deterministic, or random, with $\operatorname{E}\bigl[\lVert \mathcal{C}_i(v) - v "
        r"\rVert^2 \mid \text{past}\bigr] \le (1 - \alpha) \lVert v \rVert^2$; no independence is assumed, and"
        " $m_t$ is meant in expectation."
    ),
    "no compression": r"No message is by compressors $\mathcal{C}_i$ of the agents.",
}


def as_latex(certificate: Certificate, verdicts: Sequence[Verdict], *, exact: bool = False) -> str:
    """The certificate as LaTeX in ASCII: what is proved as theorems with proofs, what is not said so.

    Constants of the setting are always exact and bounds rounded to the safe side, so that every
    statement is true as it stands; numbers inside the proofs are rounded unless ``exact``.

    Args:
        certificate: the certificate.
        verdicts: what ``check_certificate`` said about it.
        exact: show full fractions everywhere.
    """
    writer = _Writer(certificate, LATEX, Digits(exact))
    parts = [*writer.preamble()]
    stated = False
    for verdict in verdicts:
        setting = [r"In the same setting,"] if stated else [*writer.assumptions()]
        stated = stated or verdict.proved
        parts += writer.proved(verdict, setting) if verdict.proved else writer.unproved(verdict)
    return "\n".join(parts) + "\n"


@dataclass(frozen=True)
class _Writer(Facts):
    LONGEST_ROW = None

    def preamble(self) -> Iterator[str]:
        yield f"% Written by eftheory {__version__} from the certificate"
        yield f"% {self.digest}"
        for key, value in sorted(self.certificate.provenance.items()):
            yield f"% {ascii_latex(shorten(key))}: {ascii_latex(shorten(value))}"
        yield r"% Needs amsmath, amsthm, \newtheorem{theorem}{Theorem}, \newtheorem{proposition}{Proposition}"
        yield ""

    def proved(self, verdict: Verdict, setting: list[str]) -> Iterator[str]:
        """A statement that is proved, and its proof; the setting is written out once."""
        certificate, kind = self.certificate, verdict.claim.kind
        if kind == UPPER and self.upper:
            yield from self.theorem(self.upper, setting)
            lines = line_by_line(certificate, self.digits)
            yield from self.explained(self.upper_proof(self.upper, seen=lines is not None), lines)
        elif kind == LOWER and certificate.lower:
            yield from self.worst_case(certificate.lower, setting)
            yield from self.explained(self.worst_case_proof(certificate.lower))
        elif kind == CLASS_BOUND and certificate.class_bound:
            yield from self.class_bound(certificate.class_bound, setting)
        elif kind == DRIFT and certificate.drift:
            yield r"\begin{proposition}[" + self.name + ", constant from below]"
            yield from setting
            yield from statement_in_latex(certificate.drift, self.digits)
            yield r"\end{proposition}"
            yield from self.explained(proof_in_latex(certificate.drift, equal=self.equal, value=self.value))
        yield ""

    def unproved(self, verdict: Verdict) -> Iterator[str]:
        kind = _KINDS[verdict.claim.kind]
        yield rf"\paragraph{{The {kind} of this file is {verdict.status}.}}"
        yield "It is not proved by this file. What fails:"
        found = (shorten(o.name) + (f" ({shorten(o.found)})" if o.found else "") for o in verdict.failures)
        yield from items(map(ascii_latex, found))
        yield ""

    # ------------------------------------------------------------------ statements
    def theorem(self, evidence: Upper, setting: list[str]) -> Iterator[str]:
        yield rf"\begin{{theorem}}[{self.name}]\sloppy"
        yield from setting
        if self.is_general(evidence):
            guarantee = self.guarantee(evidence)
            yield rf"with the measure $m = {self.formulas.measure}$,"
            yield from _displayed_whole(guarantee.sentence(LATEX, self.digits), ".")
            yield r"\end{theorem}"
            return
        yield f"for all $t \\ge 0$ and all initial states, the measure $m = {self.formulas.measure}$ satisfies"
        yield rf"\[ m_t \le {self.bound(evidence)}\, m_0 . \]"
        yield r"\end{theorem}"

    def assumptions(self) -> Iterator[str]:
        setting, method = self.setting, self.setting.method
        (said, *others) = {word(agent.functions).sentence for agent in setting.agents}
        if said and not others:
            yield f"Let $n = {setting.n_agents}$, and {said}"
        else:
            yield f"Let $n = {setting.n_agents}$; {ascii_latex('; '.join(setting.functions))}:"
        yield from items(
            rf"type ${t}$: ${a.count}$ agent{'s' if a.count > 1 else ''} with "
            + ", ".join(f"${latex_name(name)} = {value}$" for name, value in vars(a.functions).items())
            for t, a in enumerate(setting.agents)
        )
        for hypothesis in setting.hypotheses:
            yield self.hypothesis(hypothesis)
        alpha = rf" and $\alpha = {setting.alpha}$" if method.compresses else ""
        if setting.compressor.unbiased:
            alpha = rf" and $\omega = {setting.compressor.omega}$"  # type: ignore[attr-defined]
        alpha = "".join(rf", ${latex_name(name)} = {value}$" for name, value in method.parameters.items()) + alpha
        yield rf"Let $\gamma = {LATEX.number(str(Fraction(method.step_size)))}${alpha}, and consider"
        yield from aligned([f"{name} &= {expression}" for name, expression in self.formulas.step])
        chance = "".join(f"; {each}" for each in self.formulas.chance)
        yield rf"where $\operatorname{{mean}} v$ is ${MEAN} v_i$, over all agents{chance}. Then,"

    def hypothesis(self, hypothesis: Hypothesis) -> str:
        """A hypothesis as a sentence, with its constants."""
        assumed = {assumption.name: assumption for assumption in self.setting.assumptions}
        of = assumed.get(hypothesis.name, self.setting.compressor if hypothesis == INDEPENDENT else None)
        said = word(of).sentence if of else MESSAGES[hypothesis.name].sentence if hypothesis.name in MESSAGES else ""
        for name, value in vars(of).items() if of else ():
            said = said.replace(f"<{name}>", str(value))
        return said or _HYPOTHESES.get(hypothesis.name, ascii_latex(hypothesis.sentence) + ".")

    def worst_case(self, evidence: Lower, setting: list[str]) -> Iterator[str]:
        rate = self.digits.rate_down(evidence.rate)
        yield rf"\begin{{proposition}}[{self.name}, worst case]\sloppy"
        yield from setting
        yield f"some instance has, with the measure $m = {self.formulas.measure}$ and for all $t \\ge 0$,"
        yield rf"\[ m_t \ge {LATEX.power(rate)}\, m_0 > 0 . \]"
        yield r"\end{proposition}"

    def worst_case_proof(self, evidence: Lower) -> Iterator[str]:
        size = count(len(evidence.signs), "coordinate")
        yield rf"Let $f_i(x) = \frac12 \sum_k h_{{ik}} x_k^2$ in {size}, with"
        yield from items(self.instance(evidence))
        if evidence.server:
            initial = ", ".join(f"${LATEX.symbol(name)} {self.equal(row)}$" for name, row in evidence.server.items())
            yield f"and start from {initial}."
        growth = f"$\\lambda {self.value(evidence.growth)}$"
        signs = ", ".join(map(str, evidence.signs))
        yield rf"With {growth} and $Z = \operatorname{{diag}}({signs})$, one step turns the state into $\lambda Z$"
        yield r"times itself. All curvatures lie in $[\mu, L]$."
        if evidence.messages:
            yield r"Every message obeys $\lVert \mathcal{C}_i(v) - v \rVert^2 \le (1 - \alpha) \lVert v \rVert^2$."
            yield r"Let $\mathcal{C}_i$ answer $(\lambda Z)^t v_i$ with $(\lambda Z)^t c_i$ for $t = 0, 1, \dots$,"
            yield r"and return any other input as it is."
        yield r"Everything acts coordinate by coordinate, so the step commutes with $\lambda Z$, the state at time $t$"
        yield r"is $(\lambda Z)^t$ times the first one, and $m_t = \lambda^{2t} m_0$ with $m_0 > 0$."

    def instance(self, evidence: Lower) -> Iterator[str]:
        calls = self.messages(evidence)
        for t, _ in enumerate(self.setting.agents):
            parts = [f"$h {self.equal(evidence.curvatures[t])}$"]
            parts += [f"initially ${LATEX.of_agent(name)} {self.equal(v[t])}$" for name, v in evidence.agents.items()]
            for call in calls:
                asked, said = call[t]
                parts.append(rf"$v_i {self.equal(asked)}$ is answered by $c_i {self.equal(said)}$")
            yield f"type ${t}$: {', '.join(parts)}"

    def class_bound(self, evidence: ClassBound, setting: list[str]) -> Iterator[str]:
        rate = LATEX.number(self.digits.rate_down(evidence.rate))
        yield rf"\begin{{proposition}}[{self.name}, bound on the template]\sloppy"
        yield from setting
        coordinates = ", ".join(f"${meaning}$" for _, meaning in self.seen(evidence).coordinates)
        yield f"no function $V$ that is quadratic in {coordinates}, and at least a positive multiple of"
        yield f"$m = {self.formulas.measure}$ whatever they are, is shown by nonnegative multiples of the inequalities"
        yield r"of the functions"
        yield rf"and compressors to shrink by a factor below ${rate}$ in every step."
        if self.template(evidence).memory:
            yield r"Here $x^-$ is $x$ one step before."
        yield r"\end{proposition}"
        yield r"\begin{proof}"
        yield r"The certificate holds the Gram matrix $W$ of one step. It is positive semidefinite, obeys all"
        yield r"inequalities, has a positive measure, and its coordinates grow:"
        yield rf"$\mathrm{{Gram}}(z^+) - \rho\, \mathrm{{Gram}}(z)$ is positive semidefinite with $\rho \ge {rate}$."
        yield r"If $V = \langle P, \mathrm{Gram}(z) \rangle$ shrank by $r < \rho$, then $r V \ge V^+ \ge \rho V$"
        yield r"at $W$, so $V \le 0$ there, although $V$ is at least a positive multiple of $m > 0$."
        yield r"\end{proof}"

    # ------------------------------------------------------------------ the proof of the upper bound
    def upper_proof(self, evidence: Upper, *, seen: bool) -> Iterator[str]:
        yield from self.notation(evidence)
        yield from self.meanings(evidence)
        yield r"\emph{Lyapunov function.} Let"
        yield from _displayed("V", *self.lyapunov(evidence))
        yield from self.rows_of_matrices(evidence)
        if self.is_general(evidence):
            yield from self.general_decrease(evidence)
            return
        yield (
            rf"\emph{{Decrease.}} With $\rho {self.rate(evidence)}$, and $V^+$ for $V$ after the step, "
            "the following is an identity:"
        )
        yield r"\[ \rho V - V^+ = \sum_k \sum_\tau \lambda_{k,\tau}\, I_{k,\tau} + Q , \]"
        reason = "see its squares below" if seen else "exact elimination meets no negative pivot"
        yield rf"with a quadratic form $Q$ that is nonnegative: {reason}."
        past = r", in conditional expectation where the compressor is random" if self.setting.method.compresses else ""
        yield rf"All $I_{{k,\tau}}$ are nonnegative{past}, so $V$ shrinks by the factor $\rho$ in every step."
        first = " at the start" if self.template(evidence).memory else ""
        yield rf"\emph{{Domination.}} $c\, m \le V$ and{first} $V \le C\, m$ with $c {self.value(evidence.c)}$,"
        yield rf"$C {self.value(evidence.C)}$, since both differences are nonnegative quadratic forms."
        yield from self.supported(evidence)
        yield r"Hence"
        yield r"$m_t \le V_t / c \le \rho^t V_0 / c \le (C/c)\, \rho^t m_0$."

    def general_decrease(self, evidence: Upper) -> Iterator[str]:
        """The three statements about V, and what follows."""
        digits, noise = self.digits, {"sigma2": r"\sigma^2", "zeta2": r"\zeta^2"}
        drift = "".join(rf" + {digits.up(x)}\, {noise.get(name, name)}" for name, x in evidence.noise.items() if x)
        yield rf"\emph{{Decrease.}} With $\rho {self.rate(evidence)}$, $\theta {self.value(evidence.tau)}$, and $V^+$"
        yield "for $V$ after the step, averaged over the noise and the coins of the step,"
        zero = " + Z" if evidence.vanishing else ""
        left = rf"\rho V - \theta m{drift} - {EXPECTATION} V^+{zero}"
        yield rf"\[ {left} = \sum_k \sum_\tau \lambda_{{k,\tau}}\, I_{{k,\tau}} + Q \]"
        if zero:
            yield r"where $Z$, products of noise with what is older, has expectation zero,"
        yield r"with a quadratic form $Q$ that is nonnegative: exact elimination meets no negative pivot."
        yield r"All $I_{k,\tau}$ are nonnegative, in conditional expectation where something is random."
        yield rf"\emph{{Domination.}} $c\, m \le V$ with $c {self.value(evidence.c)}$, and at the start"
        start = " + ".join(
            f"{LATEX.number(digits.up(x))} {grouped(LATEX, name, '0')}" for name, x in evidence.initial.items() if x
        )
        yield from _displayed_whole(rf"V \le {start}", ",")
        yield r"since both differences are nonnegative quadratic forms."
        yield from self.supported(evidence)
        yield r"The claim follows by induction over $t$."

    def rows_of_matrices(self, evidence: Upper) -> Iterator[str]:
        """The large blocks of V, row by row, as text, where TeX finds the line breaks."""
        for name, names, rows, sign in self.matrices(evidence):
            yield rf"Here ${name}$ is symmetric; its rows up to the diagonal, for the coordinates"
            yield f"$z_0, \\dots, z_{{{len(names) - 1}}}$ = ${'$, $'.join(names)}$, are"
            yield r"\begin{flushleft}\footnotesize"
            for k, row in enumerate(rows):
                end = r" \\" if k < len(rows) - 1 else ""
                yield f"${name}_{{{k}}} {sign}{{}}$ ${'$, $'.join(row)}${end}"
            yield r"\end{flushleft}"

    def supported(self, evidence: Upper) -> Iterator[str]:
        """What is taken off before a difference is a nonnegative form."""
        for form, rows in ((r"V - c\, m", evidence.below), (r"C\, m - V", evidence.above)):
            if any(map(any, rows.values())):
                yield rf"From ${form}$ these nonnegative terms $\lambda_{{k,\tau}}\, I_{{k,\tau}}$ are taken off first:"
                yield from items(self.weighted(evidence, rows))

    @property
    def first(self) -> str:
        """The first gradients, of which a state called g takes the name."""
        method = self.setting.method
        return r"\nabla f_i(y_0)" if "g" in (*method.server_state, *method.agent_state) else "g_i"

    def notation(self, evidence: Upper) -> Iterator[str]:
        yield r"\emph{Notation.} For vectors $y_i$, let $\overline{y}_\tau$ be the mean over the agents of type $\tau$,"
        yield r"let $\widetilde{y}_\tau$ stand for the deviations from it, and let $\lVert \widetilde{y}_\tau \rVert^2$"
        yield r"be short for $\frac1n \sum_{i \in \tau} \lVert y_i - \overline{y}_\tau \rVert^2$; inner products alike."
        template = self.template(evidence)
        names = template.names(self.setting.method)
        for name, meaning in self.seen(evidence).coordinates:
            symbol = LATEX.symbol(name)
            if name in names.agents and symbol != meaning.replace("_i", ""):
                yield rf"Here $({symbol})_i = {meaning}$."
            elif name in names.server and symbol != meaning:
                yield rf"Here ${symbol} = {meaning}$."
        if template.memory:
            yield rf"Here $x^-$ is $x$ one step before; at the start, let $x^- = {self.first_point}$."
            yield r"The proof holds for every $x^-$."
        if template.values:
            yield r"By interpolation $b$ above $a$ $[\tau]$ the inequality $I$ of that name is meant, for type $\tau$."

    def meanings(self, evidence: Upper) -> Iterator[str]:
        known = self.seen(evidence)
        points = ", ".join(f"$y_{{{k}}} = {point}$" for k, point in enumerate(known.points))
        yield rf"\emph{{Inequalities.}} Put {points}."
        if self.first == "g_i":
            zero = r", which is $0$ at $y_0 = x_\star$" if self.has_minimiser else ""
            yield rf"Let $g_i = \nabla f_i(y_0)${zero},"
        else:
            yield rf"Here ${self.first} = 0$. Let" if self.has_minimiser else "Let"
        yield r"$r_i^{(0)} = 0$, and"
        yield from self.gradients()
        for k, (v, sender) in enumerate(zip(known.inputs, known.senders)):
            i = "_i" if "_i" in sender else ""
            asked = rf"v{i}^{{({k})}}"
            yield rf"Put ${asked} = {v}$ and $e{i}^{{({k})}} = {asked} - {sender % asked}$."
        yield r"For each type $\tau$, the hypotheses say that the following are"
        yield r"nonnegative; they are used with multipliers $\lambda$."
        yield from items(self.weighted(evidence, evidence.multipliers))

    def gradients(self) -> Iterator[str]:
        """How gradients are parametrised, for each class of functions; in numbers where it has no words for it."""
        told: dict[str, list[int]] = {}
        for t, functions in enumerate(agent.functions for agent in self.setting.agents):
            parts = functions.parametrise(Fraction(1), Fraction(0)), functions.parametrise(Fraction(0), Fraction(1))
            named = [pair for pair in zip(parts, ("(y_k - y_0)", "r_i^{(k)}")) if pair[0]]
            terms = LATEX.sum([(Fraction(1), "g_i"), *named], Digits(exact=True))
            general = rf"\[ \nabla f_i(y_k) = {terms} , \qquad k \ge 1 . \]"
            told.setdefault(word(functions).gradient or general, []).append(t)
        for gradient, types in told.items():
            if len(told) > 1:
                yield f"for agents of type {', '.join(map(str, types))}"
            yield gradient.replace("g_i", self.first)

    def weighted(self, evidence: Upper, multipliers: Mapping[str, Row]) -> Iterator[str]:
        facts = self.inequalities(evidence)
        for number, (name, values) in enumerate(self.used(multipliers), 1):
            shown = ", ".join(
                rf"$\lambda_{{{number},{t}}} {self.value(value)}$" for t, value in enumerate(values) if value
            )
            slack = self.slack(facts[name]) if name in facts else rf"\text{{{ascii_latex(name)}}}"
            yield rf"$I_{{{number},\tau}} = \frac1n \sum_{{i \in \tau}} \bigl( {slack} \bigr)$, {shown}"

    def slack(self, fact: Fact) -> str:
        told = [wording.slack(fact) for wording in self.wordings]
        return next(filter(None, told), rf"\text{{{ascii_latex(fact.name)}}}")

    def explained(self, proof: Iterable[str], again: list[Block] | None = None) -> Iterator[str]:
        """A proof in its environment, with a word about rounded numbers where there are any, then line by line."""
        lines = list(proof)
        yield r"\begin{proof}\sloppy\allowdisplaybreaks"  # long rows and displays break where they can
        yield from lines
        if any(LATEX.about in line for line in lines):
            yield r"(Numbers after $\approx$ are rounded here; the certificate holds them exactly.)"
        if again is not None:
            shown = blocks_as_latex(again, _Lines()).rstrip("\n")
            dots = "; dots stand for further digits" * (r"\ldots" in shown)
            yield f"\n\\emph{{Line by line.}} One step again, with names of its own, without rounding{dots}.\n"
            yield shown
        yield r"\end{proof}"


def _displayed_whole(formula: str, end: str) -> list[str]:
    """A formula by itself, with the sign after it; a long one as text, where TeX finds the line breaks."""
    as_text = [r"\begin{flushleft}", f"${formula}${end}", r"\end{flushleft}"]
    return as_text if len(formula) > LINE else [rf"\[ {formula} {end} \]"]


def _displayed(left: str, relation: str, terms: list[str]) -> Iterator[str]:
    if sum(map(len, terms)) > DISPLAYED or max(map(len, terms)) > WIDE:
        yield r"\begin{flushleft}"
        yield f"${left} {relation} {' '.join(terms)}$"
        yield r"\end{flushleft}"
    else:
        first, *more = packed("", terms, LINE)
        yield from aligned([f"{left} &{relation} {first.strip()}", *(rf"&\quad {line.strip()}" for line in more)])
