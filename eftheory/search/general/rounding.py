"""From floats to a certificate: a grid for what is free, the equations for the rest, and the exact check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor, log10

import numpy as np

from eftheory.certificates.certificate import Block, Row, Upper
from eftheory.check.upper import check_upper
from eftheory.exact.form import Form
from eftheory.search.general.faces import Face
from eftheory.search.general.programme import Programme, Unknown

GRIDS = (6, 8, 10, 12)
"""Decimal digits tried, fewest first."""


def round_upper(programme: Programme, face: Face, point: np.ndarray, unit: np.ndarray) -> Upper | None:
    """The coarsest rounding of (1, free unknowns), given in these units, that the exact check accepts, or None."""
    for digits in GRIDS:
        numbers = _numbers(programme, face, point, unit, digits)
        if min((numbers[k] for k in face.kept), default=Fraction(0)) < 0:
            continue
        upper = _upper(programme, numbers)
        if check_upper(programme.setting, upper).proved:
            return upper
    return None


def _numbers(programme: Programme, face: Face, point: np.ndarray, unit: np.ndarray, digits: int) -> list[Fraction]:
    """The values of all unknowns, by their numbers."""
    free = {
        number: _rounded(float(x), digits - floor(log10(size)))
        for number, x, size in zip(face.free, (point * unit)[1:], unit[1:])
    }
    known = {0: Fraction(1), **free}
    for number, row in face.equations.rows.items():
        known[number] = -sum((value * known[j] for j, value in row.items() if j != number), Fraction(0))
    return [known[number] for number in range(len(programme.unknowns))]


def _rounded(x: float, places: int) -> Fraction:
    """To a decimal fraction with this many digits after the point."""
    unit = Fraction(10) ** places
    return round(Fraction(x) * unit) / unit


def _upper(programme: Programme, numbers: list[Fraction]) -> Upper:
    unknowns = programme.unknowns
    by_kind: dict[str, dict[tuple[str, int], Fraction]] = {}
    entries: dict[tuple[str, str], Fraction] = {}
    for unknown, number in zip(unknowns, numbers):
        if unknown.kind == "product":
            entries[unknown.name, unknown.other] = number
        else:
            by_kind.setdefault(unknown.kind, {})[unknown.name, unknown.place] = number
    types, sums = len(programme.setting.agents), programme.tau > 0

    def rows(kind: str, names: tuple[str, ...] = ()) -> dict[str, Row]:
        found = by_kind.get(kind, {})
        names = names or tuple(dict.fromkeys(name for (name, _), number in found.items() if number))
        return {name: tuple(found.get((name, t), Fraction(0)) for t in range(types)) for name in names}

    def named(kind: str) -> Mapping[str, Fraction]:
        return {name: number for (name, _), number in by_kind.get(kind, {}).items()}

    return Upper(
        rate=programme.rate,
        lyapunov=_blocks(entries),
        values=tuple(by_kind.get("value", {}).values()),
        multipliers=rows("multiplier", programme.names),
        c=Fraction(0) if sums else by_kind["c"]["", 0],
        C=Fraction(0),
        template=str(programme.template),
        below=rows("below"),
        above=rows("above"),
        tau=programme.tau,
        noise=named("noise"),
        initial=named("initial"),
        vanishing=_vanishing(unknowns, numbers),
    )


def _vanishing(unknowns: Sequence[Unknown], numbers: Sequence[Fraction]) -> tuple[Block, ...]:
    """One block for each noise that something is known of."""
    forms: dict[str, list[tuple[Fraction, Form]]] = {}
    for unknown, number in zip(unknowns, numbers):
        if unknown.kind == "vanishing" and number:
            forms.setdefault("|".join(unknown.name.split("|")[1:]), []).append((number, unknown.terms[0]))
    return tuple(
        Block(tuple(symbols), tuple(tuple(row[: i + 1]) for i, row in enumerate(form.matrix(symbols))))
        for form in map(Form.sum, forms.values())
        for symbols in [sorted({name for pair in form.quadratic for name in pair})]
        if symbols
    )


def _blocks(entries: Mapping[tuple[str, str], Fraction]) -> tuple[Block, ...]:
    """The matrices of V, one for each room; entries come row by row."""
    rows: list[tuple[list[str], list[Row]]] = []
    row: list[Fraction] = []
    for (a, b), number in entries.items():
        row.append(number)
        if a == b:
            if len(row) == 1:
                rows.append(([], []))
            rows[-1][0].append(a)
            rows[-1][1].append(tuple(row))
            row = []
    return tuple(Block(tuple(names), tuple(triangle)) for names, triangle in rows)
