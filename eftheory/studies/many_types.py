"""A table over families of two to ten agent types: EF21 with the law's V, a free one and one with memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.numbers import decimal_down, decimal_up, digits_for, scientific_up
from eftheory.studies.families import FAMILIES
from eftheory.studies.pairs import FREE, FREE_BEST, KINDS, LAW, MEMORY, MEMORY_BEST
from eftheory.sweep import Case, Outcome, Proved, Question, require_proved

KEPT = (2, 3, 5, 10)
"""For which numbers of types the certificates are kept as files."""
N_TYPES: dict[Fraction, Sequence[int]] = {Fraction(3, 4): range(2, 11), Fraction(1, 10): KEPT}
"""By alpha: of how many types there are rows."""
STEPS_UP_TO = 4
"""Up to how many types the best step is searched."""
DIAGONAL_UP_TO = 5

DIAGONAL = "diagonal"
_QUESTIONS = {kind: question for kind, (_, question) in KINDS.items()} | {DIAGONAL: Question("auto", sparsity=DIAGONAL)}
_MET = Fraction(1, 10**9)

_RATES = """
| n | law <= | free V <= | class >= | memory <= | rate >= | gap: law | free | memory | free - class | diagonal - free |
|---|---|---|---|---|---|---|---|---|---|---|"""
_STEPS = """
| n | best step / law's | rate <= | shown gain | best with memory / law's | rate <= | rate >= | shown gain |
|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Row:
    """What is proved of one family, alpha and number of types, by kind."""

    family: str
    alpha: Fraction
    n: int
    found: Mapping[str, Proved]

    @property
    def place(self) -> str:
        """Which row it is, within its alpha."""
        return f"{self.family}, n = {self.n}"

    @property
    def lower(self) -> Fraction:
        """The best lower bound at the law's step; it holds for every V."""
        return max(self.found[kind].lower for kind in (LAW, FREE, MEMORY))

    @property
    def class_bound(self) -> Fraction:
        """What no V without memory goes below at the law's step; 0 if nothing is proved."""
        return self.found[FREE].class_bound or Fraction(0)

    def upper(self, kind: str) -> Fraction:
        """The proved upper bound."""
        return self.found[kind].upper

    def gap(self, kind: str) -> Fraction:
        """Upper minus lower bound at the law's step, as a share of 1 - rate."""
        return (self.upper(kind) - self.lower) / (1 - self.upper(kind))

    @property
    def above_class(self) -> Fraction:
        """By how much at most the best V without memory is better than the free one found, as a share of 1 - rate."""
        return (self.upper(FREE) - self.class_bound) / (1 - self.upper(FREE))

    @property
    def lost_by_diagonal(self) -> Fraction:
        """By how much a diagonal V does worse than the free one, as a share of 1 - rate; 0 if it does not."""
        return max(Fraction(0), self.upper(DIAGONAL) - self.upper(FREE)) / (1 - self.upper(DIAGONAL))

    def gain(self, kind: str) -> Fraction:
        """By how much of 1 - rate the best step is shown to be better than the law's; negative if it is not.

        Against all V without memory, by the class bound; with memory against all proofs, by the worst case.
        """
        at_law = self.class_bound if kind == FREE_BEST else self.lower
        return (at_law - self.upper(kind)) / (1 - at_law)


def type_cases(families: Iterable[str] = tuple(FAMILIES), *, up_to: int = 10) -> Iterator[Case]:
    """All cases of the table, those with most types, which take longest, first."""
    for family, alpha, n in sorted(_rows(families, up_to), key=lambda row: -row[2]):
        for kind in _kinds(n):
            kept = n in KEPT and kind not in (LAW, DIAGONAL)
            name, agents = _name(family, alpha, n, kind), FAMILIES[family][1](n)
            yield Case(name, "ef21", agents, alpha, _QUESTIONS[kind], kept)


def type_section(outcomes: Mapping[str, Outcome], families: Iterable[str] = tuple(FAMILIES), *, up_to: int = 10) -> str:
    """The table, after what it shows in words; all words are computed. ValueError: a claim of it is not proved."""
    rows = [
        Row(family, alpha, n, {kind: require_proved(outcomes[_name(family, alpha, n, kind)]) for kind in _kinds(n)})
        for family, alpha, n in _rows(families, up_to)
    ]
    lines = [f"* {sentence}" for sentence in summary(rows)]
    for family in dict.fromkeys(row.family for row in rows):
        lines += ["", f"### {family.capitalize().replace('-', ' ')}", "", f"{FAMILIES[family][0]}."]
        for alpha in N_TYPES:
            here = [row for row in rows if (row.family, row.alpha) == (family, alpha)]
            steps = [_steps(row) for row in here if FREE_BEST in row.found]
            lines += ["", f"alpha = {alpha}:", _RATES, *map(_rates, here), _STEPS, *steps]
    return "\n".join(lines)


def summary(rows: Sequence[Row]) -> Iterator[str]:
    """What the rows show, alpha by alpha."""
    for alpha in N_TYPES:
        here = [row for row in rows if row.alpha == alpha]
        law, free, memory = (max(here, key=lambda row: row.gap(kind)) for kind in (LAW, FREE, MEMORY))
        met = sum(row.gap(MEMORY) < _MET for row in here)
        yield (
            f"alpha = {alpha}: the law's V leaves at most {scientific_up(law.gap(LAW))} of 1 - rate above the lower "
            f"bound ({law.place}), a free V {scientific_up(free.gap(FREE))} ({free.place}), one with memory "
            f"{scientific_up(memory.gap(MEMORY))} ({memory.place}); with memory the bounds meet to 1e-9 in {met} of "
            f"{len(here)} rows."
        )
        searched = [row for row in here if FREE_BEST in row.found]
        for kind, against in ((FREE_BEST, "all V without memory at the law's step"), (MEMORY_BEST, "all proofs there")):
            shown = [row for row in searched if row.gain(kind) > 0]
            if shown:
                best = max(shown, key=lambda row: row.gain(kind))
                V = "with memory" if kind == MEMORY_BEST else "without memory"
                yield (
                    f"alpha = {alpha}, V {V}: in {len(shown)} of {len(searched)} rows a better step is proved to beat "
                    f"{against}, by up to {_percent(best.gain(kind))} of 1 - rate ({best.place})."
                )
    free = max(rows, key=lambda row: row.above_class)
    yield (
        f"The search ends with a free V at most {scientific_up(free.above_class)} of 1 - rate above what no V without "
        f"memory goes below ({free.place}, alpha = {free.alpha})."
    )
    measured = [row for row in rows if DIAGONAL in row.found]
    worst = max(measured, key=lambda row: row.lost_by_diagonal)
    yield (
        f"A diagonal V loses at most {scientific_up(worst.lost_by_diagonal)} of 1 - rate against the free one "
        f"({worst.place}, alpha = {worst.alpha}; {len(measured)} rows, up to {DIAGONAL_UP_TO} types)."
    )


def _rates(row: Row) -> str:
    digits = digits_for(1 - row.lower)
    rates = {kind: decimal_up(row.upper(kind), digits) for kind in (LAW, FREE, MEMORY)}
    diagonal = scientific_up(row.lost_by_diagonal) if DIAGONAL in row.found else ""
    cells = (
        row.n,
        rates[LAW],
        _linked(row, FREE, rates[FREE]),
        decimal_down(row.class_bound, digits),
        _linked(row, MEMORY, rates[MEMORY]),
        decimal_down(row.lower, digits),
        *(scientific_up(row.gap(kind)) for kind in (LAW, FREE, MEMORY)),
        scientific_up(row.above_class),
        diagonal,
    )
    return f"| {' | '.join(map(str, cells))} |"


def _steps(row: Row) -> str:
    digits = digits_for(1 - row.lower)
    cells = [str(row.n)]
    for kind in (FREE_BEST, MEMORY_BEST):
        outcome, gain = row.found[kind], row.gain(kind)
        cells += [decimal_down(outcome.moved, 6), _linked(row, kind, decimal_up(row.upper(kind), digits))]
        cells += [decimal_down(outcome.lower, digits)] if kind == MEMORY_BEST else []
        cells.append(_percent(gain) if gain > 0 else "none")
    return f"| {' | '.join(cells)} |"


def _percent(share: Fraction) -> str:
    return f"{decimal_down(100 * share, 5)} %"


def _linked(row: Row, kind: str, text: str) -> str:
    case = row.found[kind].case
    return f"[{text}]({case.name}.cert.json)" if case.kept else text


def _rows(families: Iterable[str], up_to: int) -> list[tuple[str, Fraction, int]]:
    return [(family, alpha, n) for family in families for alpha, ns in N_TYPES.items() for n in ns if n <= up_to]


def _kinds(n: int) -> tuple[str, ...]:
    searched = (FREE_BEST, MEMORY_BEST) if n <= STEPS_UP_TO else ()
    return (LAW, FREE, MEMORY, *searched, *((DIAGONAL,) if n <= DIAGONAL_UP_TO else ()))


def _name(family: str, alpha: Fraction, n: int, kind: str) -> str:
    return f"ef21-{n}-types-{family}-alpha{alpha.numerator}_{alpha.denominator}-{kind}"
