"""What a certificate says, found once, in any style; the writers put it in sentences, short ones or long ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

from eftheory.assumptions.fact import Fact
from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.certificates import Certificate, ClassBound, Lower, Upper, load
from eftheory.certificates.certificate import Row
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact.vector import Vector
from eftheory.methods import Template
from eftheory.methods.template import PLAIN
from eftheory.pages.lines import count
from eftheory.report.digits import Digits
from eftheory.report.formulas import Formulas, formulas
from eftheory.report.guarantee import Guarantee
from eftheory.report.lyapunov import lyapunov_terms, matrices, matrix_rows
from eftheory.report.style import Style
from eftheory.wording import Wording, word
from eftheory.wording.coordinate import coordinates
from eftheory.wording.messages import MESSAGES
from eftheory.worlds.linear import LinearWorld
from eftheory.writing import write_certificate


@dataclass(frozen=True)
class Facts:
    """What a certificate says, formulas in a style, numbers with some digits."""

    certificate: Certificate
    style: Style
    digits: Digits

    LONGEST_ROW: ClassVar[int | None] = 8

    @property
    def setting(self) -> Setting:
        """What is claimed of."""
        return self.certificate.setting

    @property
    def name(self) -> str:
        """The method, and on how many agents."""
        return f"{self.setting.method.title} on {count(self.setting.n_agents, 'agent')}"

    @property
    def has_minimiser(self) -> bool:
        """Whether all f_i are assumed to be stationary at one point."""
        return any(hypothesis.minimiser == OF_ALL for hypothesis in self.setting.method.hypotheses)

    @property
    def first_point(self) -> str:
        """What a method that remembers points remembers at the start."""
        return self.style.minimiser if self.has_minimiser else "x"

    @cached_property
    def digest(self) -> str:
        """The digest of its file."""
        return str(load(write_certificate(self.certificate))["digest"])

    @cached_property
    def formulas(self) -> Formulas:
        """The formulas of the method."""
        return formulas(self.setting, self.style)

    @cached_property
    def wordings(self) -> list[Wording]:
        """The wordings of the classes, of functions first, and of what is assumed of f."""
        setting = self.setting
        classes: list[object] = [*(agent.functions for agent in setting.agents), setting.compressor]
        classes += setting.assumptions
        beside = (MESSAGES[each.name] for each in setting.hypotheses if each.name in MESSAGES)
        return [*{type(it): word(it) for it in classes}.values(), *beside]

    # ------------------------------------------------------------------ the evidence
    @cached_property
    def upper(self) -> Upper | None:
        """The evidence for the upper bound, with coordinates that carry their parts."""
        evidence = self.certificate.upper
        if evidence is None:
            return None
        known = coordinates(self.setting, self.template(evidence))
        blocks = (replace(b, symbols=tuple(known.get(name, name) for name in b.symbols)) for b in evidence.lyapunov)
        return replace(evidence, lyapunov=tuple(blocks))

    def template(self, evidence: Upper | ClassBound) -> Template:
        """The template; the plain one where the text is none that the method has, which no proof survives."""
        try:
            template = Template.parse(evidence.template)
            template.names(self.setting.method)
        except ValueError:
            return PLAIN
        return template

    def seen(self, evidence: Upper | ClassBound) -> Formulas:
        """The formulas with the coordinates of the evidence's template."""
        return formulas(self.setting, self.style, self.template(evidence))

    def inequalities(self, evidence: Upper) -> dict[str, Fact]:
        """What is known of one step, by the names that a certificate uses."""
        return take_step(self.setting, self.template(evidence)).facts

    def branches(self, evidence: Upper) -> bool:
        """Whether a coin falls for all in a step."""
        return any(" if " in name for name in self.inequalities(evidence))

    def used(self, multipliers: Mapping[str, Row]) -> list[tuple[str, Row]]:
        """The inequalities whose multipliers are not all zero, by name."""
        return [(name, values) for name, values in sorted(multipliers.items()) if any(values)]

    def lyapunov(self, evidence: Upper) -> tuple[str, list[str]]:
        """= or the sign for rounded numbers, and the terms of V."""
        terms, rounded = lyapunov_terms(evidence, self.seen(evidence).values, self.style, self.digits)
        return self.sign(rounded), terms

    def matrices(self, evidence: Upper) -> Iterator[tuple[str, list[str], list[list[str]], str]]:
        """The large blocks of V: a name for the matrix, the coordinates, the rows, and the sign before each."""
        large = matrices(evidence)
        for number, block in enumerate(large):
            names, rows, rounded = matrix_rows(block, self.style, self.digits)
            yield self.style.matrix(number if len(large) > 1 else None), names, rows, self.sign(rounded)

    def is_general(self, evidence: Upper) -> bool:
        """Whether more is said than a rate and a constant."""
        return bool(evidence.tau or evidence.initial)

    def guarantee(self, evidence: Upper) -> Guarantee:
        """What a general bound says for all times."""
        return Guarantee.of(self.setting, evidence)

    def bound(self, evidence: Upper) -> str:
        """C/c rate^t, what the measure is multiplied by at most."""
        constant, times = evidence.C / evidence.c, self.style.times
        factor = "" if constant == 1 else f"{self.style.number(self.digits.up(constant))} {times} "
        return factor + self.style.power(self.digits.rate_up(evidence.rate))

    def rate(self, evidence: Upper) -> str:
        """The rate, rounded up, behind = or the sign for rounded numbers."""
        return f"{self.sign(self.digits.rounds(evidence.rate))} {self.style.number(self.digits.rate_up(evidence.rate))}"

    def messages(self, evidence: Lower) -> list[list[tuple[Row, Row]]]:
        """What the compressors of a worst case are asked in the first step, and what they answer, per call and type.

        The instance must be one that ``check_lower`` has accepted.
        """
        counts, method = [agent.count for agent in self.setting.agents], self.setting.method
        messages = map(_vectors, evidence.messages)
        world = LinearWorld(counts, curvatures=_vectors(evidence.curvatures), messages=messages)
        agents = (world.agent_vector(_vectors(evidence.agents[name])) for name in method.agent_state)
        method.step(world, *_vectors(evidence.server[name] for name in method.server_state), *agents)
        pairs = ([*zip(asked.means, said.means)] for asked, said in world.compressions)
        size = len(evidence.signs)
        return [[(_row(asked, size), _row(said, size)) for asked, said in call] for call in pairs]

    # ------------------------------------------------------------------ numbers
    def sign(self, rounded: bool) -> str:
        """What stands before a number."""
        return self.style.about if rounded else "="

    def value(self, x: Fraction) -> str:
        """A number behind = or the sign for rounded ones."""
        return f"{self.sign(self.digits.rounds(x))} {self.style.number(self.digits.near(x))}"

    def row(self, values: Row) -> str:
        """A row of numbers, behind the sign for rounded ones if it has any; one alone is no row."""
        shown = [self.style.number(self.digits.near(value)) for value in values[: self.LONGEST_ROW]]
        text = self.style.comma.join([*shown, *["..."] * (len(values) > len(shown))])
        about = f"{self.style.about} " if any(map(self.digits.rounds, values)) else ""
        return about + (text if len(values) == 1 else f"({text})")

    def equal(self, values: Row) -> str:
        """A row of numbers behind = or the sign for rounded ones."""
        text = self.row(values)
        return text if text.startswith(self.style.about) else f"= {text}"


def _vectors(rows: Iterable[Row]) -> tuple[Vector, ...]:
    return tuple(Vector({str(k): value for k, value in enumerate(row)}) for row in rows)


def _row(v: Vector, size: int) -> Row:
    return tuple(v[str(k)] for k in range(size))
