"""The picture of a certificate: its worst case, step by step, against what it guarantees."""

from __future__ import annotations

from fractions import Fraction

from eftheory.assumptions.validation import require
from eftheory.certificates import Certificate
from eftheory.numbers import scientific_down, scientific_up
from eftheory.pictures.chart import Chart, Curve

REACHED = Fraction(1, 10**6)
"""Steps are drawn until the guarantee is below this."""
LONGEST = 200
FIGURES = 12


def against_guarantee(certificate: Certificate, title: str) -> Chart:
    """The measure along the worst case, and its bound (C/c) rate^t, as shares of the measure at the start.

    Raises:
        ValueError: the certificate bounds something else than a rate.
    """
    upper, lower = certificate.upper, certificate.lower
    require(upper is not None or lower is not None, "the certificate has no rate: there is nothing to draw over steps")
    require(
        upper is None or not (upper.tau or upper.initial or upper.noise),
        "the certificate bounds a sum, or has noise or a start of its own: only rates are drawn; try eftheory show",
    )
    rate = upper.rate if upper else lower.rate if lower else Fraction(1)
    last = _reached(rate)
    every = max(1, last // LONGEST)
    xs = tuple(map(str, range(0, last + 1, every)))
    curves = []
    if upper is not None:
        constant = upper.C / upper.c
        ys = tuple(scientific_up(value, FIGURES) for value in _powers(constant, rate, last, up=True)[::every])
        curves.append(Curve("guaranteed: (C/c) rate^t", xs, ys, 6, "bound"))
    if lower is not None:
        values = _powers(Fraction(1), lower.rate, last, up=False)
        ys = tuple(scientific_down(value, FIGURES) for value in values[::every])
        curves.append(Curve("a worst case: at least", xs, ys, 1))
    return Chart(title, "step t", f"{certificate.setting.measure_name}, share of the start", tuple(curves), log_y=True)


def _reached(rate: Fraction) -> int:
    """How many steps are drawn: until rate^t is small, or many."""
    from math import ceil, log  # of a length, which may be one more or less

    return min(10**5, max(1, ceil(log(REACHED) / log(float(rate))))) if 0 < float(rate) < 1 else 40


def _powers(start: Fraction, rate: Fraction, last: int, *, up: bool) -> list[Fraction]:
    """Start rate^t for t = 0, ..., last, or a little more (less): rounded in every step, so that they stay short."""
    values = [start]
    for _ in range(last):
        product = values[-1] * rate
        unit = Fraction(10) ** 40
        scaled = product * unit
        values.append((-(-scaled // 1) if up else scaled // 1) / unit)
    return values
