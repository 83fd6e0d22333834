"""The unknowns of a certificate, and the three forms that must be nonnegative, linear in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.check.coordinates import Step, take_step
from eftheory.check.upper import CONSTANTS
from eftheory.claims import Setting
from eftheory.exact.form import Form, Pair, inner
from eftheory.exact.vector import Vector
from eftheory.methods.template import Template
from eftheory.search.general.equations import Equations, Row
from eftheory.search.general.listening import Heard, listen

ONE = 0
"""The unknown that is 1; a number linear in the unknowns is a row of factors, by the numbers of the unknowns."""


@dataclass(frozen=True)
class Unknown:
    """One number of a certificate.

    Attributes:
        kind: "product" (an entry of V's matrix), "value", "multiplier", "below", "above", "initial", "noise", "c",
            "vanishing" (the factor of a form whose expectation is zero); or "one", which stands for 1.
        name: of the coordinates, inequality, quantity or constant.
        place: the type, or the number of the value.
        terms: what it contributes to each of the three forms.
        other: the second coordinate of a product.
    """

    kind: str
    name: str = ""
    place: int = 0
    other: str = ""
    terms: tuple[Form, Form, Form] = field(default=(Form(), Form(), Form()), compare=False, repr=False)

    @property
    def signed(self) -> bool:
        """Whether it may be negative."""
        return self.kind in ("product", "value", "vanishing")


@dataclass
class Pencil:
    """A form whose coefficients are linear in the unknowns."""

    quadratic: dict[Pair, Row] = field(default_factory=dict)
    values: dict[str, Row] = field(default_factory=dict)

    def add(self, number: int, form: Form) -> None:
        """Add the unknown times a form."""
        for pair, value in form.quadratic.items():
            self.quadratic.setdefault(pair, {})[number] = value
        for name, value in form.values:
            self.values.setdefault(name, {})[number] = value


@dataclass(frozen=True)
class Programme:
    """All certificates of a setting with this template and rate: ``unknowns[0]`` is 1.

    Attributes:
        decrease, least, start: the forms that ``check_upper`` wants nonnegative.
        heard: what the method asked its world for.
    """

    setting: Setting
    template: Template
    rate: Fraction
    tau: Fraction
    unknowns: tuple[Unknown, ...]
    decrease: Pencil
    least: Pencil
    start: Pencil
    heard: Heard
    names: tuple[str, ...]  # of all inequalities

    @property
    def pencils(self) -> tuple[Pencil, Pencil, Pencil]:
        """The three forms."""
        return self.decrease, self.least, self.start

    def numbers(self, kind: str) -> list[int]:
        """The unknowns of a kind."""
        return [number for number, unknown in enumerate(self.unknowns) if unknown.kind == kind]


class Reader:
    """One step of a setting, from which the programmes of all rates are made."""

    def __init__(self, setting: Setting, template: Template, initial: Sequence[str]) -> None:
        self.setting, self.template, self.initial = setting, template, (*initial,)
        self.step = take_step(setting, template, initial)
        self.heard = listen(setting, template, initial)
        self._products = list(self._read_products())
        self._vanishing = list(_vanishing(self.step))

    def programme(self, rate: Fraction, *, sums: bool) -> Programme:
        """The programme at a rate: of sums with tau = 1, otherwise with an unknown c."""
        step, none = self.step, Form()
        tau = Fraction(int(sums))
        unknowns = [Unknown("one", terms=(-tau * step.measure, none, none))]
        for kind, name, other, place, before, after, start in self._products:
            unknowns.append(Unknown(kind, name, place, other, (rate * before - after, before, -1 * start)))
        for name, row in step.inequalities.items():
            for t, form in enumerate(row):
                if form != none:
                    unknowns.append(Unknown("multiplier", name, t, terms=(-1 * form, none, none)))
                    if step.facts[name].sure and self.heard.early(form):
                        unknowns.append(Unknown("below", name, t, terms=(none, -1 * form, none)))
                        unknowns.append(Unknown("above", name, t, terms=(none, none, -1 * form)))
        for a, b, form in self._vanishing:
            unknowns.append(Unknown("vanishing", a, other=b, terms=(form, none, none)))
        for name, form in step.initial.items():
            unknowns.append(Unknown("initial", name, terms=(none, none, form)))
        constants = {name for row in step.inequalities.values() for form in row for name, _ in form.values}
        for name in sorted(constants & CONSTANTS):
            unknowns.append(Unknown("noise", name, terms=(Form(values=Vector.symbol(name)), none, none)))
        if not sums:
            unknowns.append(Unknown("c", terms=(none, -1 * step.measure, none)))
        pencils = (Pencil(), Pencil(), Pencil())
        for number, unknown in enumerate(unknowns):
            for pencil, form in zip(pencils, unknown.terms):
                pencil.add(number, form)
        names = tuple(step.inequalities)
        return Programme(self.setting, self.template, rate, tau, tuple(unknowns), *pencils, self.heard, names)

    def _read_products(self) -> Iterable[tuple[str, str, str, int, Form, Form, Form]]:
        """What V may hold: before the step, after it in expectation, and at the start."""
        step = self.step
        rooms: dict[str, list[str]] = {}
        for name in _independent(step):
            rooms.setdefault(step.before.room[name], []).append(name)
        for names in rooms.values():
            for i, a in enumerate(names):
                for b in names[: i + 1]:
                    factor = 1 if a == b else 2
                    before, start = (factor * inner(z[a], z[b]) for z in (step.before.vectors, step.start.vectors))
                    after = Form.sum(
                        (factor * chance, seen.moments.expected(inner(seen.vectors[a], seen.vectors[b])))
                        for chance, seen in step.branches
                    )
                    yield "product", a, b, 0, before, after, start
        for place, form in enumerate(step.before.values):
            after = Form.sum((chance, seen.moments.expected(seen.values[place])) for chance, seen in step.branches)
            yield "value", "", "", place, form, after, step.start.values[place]


def _independent(step: Step) -> list[str]:
    """The coordinates that are not combinations of those before them."""
    seen, kept = Equations(), []
    numbers: dict[str, int] = {}
    for name, vector in step.before.vectors.items():
        row = {numbers.setdefault(symbol, len(numbers)): value for symbol, value in vector}
        if seen.add(row):
            kept.append(name)
    return kept


def _vanishing(step: Step) -> Iterator[tuple[str, str, Form]]:
    """Products that are zero in expectation, and squares that are another form then, in each branch.

    They matter where something may depend on a noise: a message made of it.
    """
    found: set[Pair] = set()
    for _, seen in step.branches if step.random else ():
        symbols = sorted({name for vector in seen.vectors.values() for name, _ in vector})
        forms = [form for row in step.inequalities.values() for form in row]
        symbols = sorted({*symbols, *(name for form in forms for pair in form.quadratic for name in pair)})
        for i, a in enumerate(symbols):
            for b in symbols[: i + 1]:
                pair = (min(a, b), max(a, b))
                product = Form({pair: Fraction(1)})
                if pair not in found and a.endswith("'") == b.endswith("'") and seen.moments.knows(product):
                    zero = product - seen.moments.expected(product)
                    if zero != Form():
                        found.add(pair)
                        yield a, b, zero
