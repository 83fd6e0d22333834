"""What a general certificate guarantees, for all times, as people need it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from eftheory.certificates import Upper
from eftheory.claims import Setting
from eftheory.laws.iterations import iterations_to_accuracy
from eftheory.methods.needs import says_more
from eftheory.methods.quantities import DISTANCE, EXCESS, GRADIENT
from eftheory.pages.signs import EXPECTATION
from eftheory.report.digits import Digits
from eftheory.report.style import Style

Show = Callable[[Fraction], str]

ACCURACY = Fraction(1, 1000)
"""Up to which rounds are counted."""

_SHORT_BITS = 14  # up to which a constant is written as a fraction: among so many of them, decimals are read faster

_AT: dict[str, str] = {GRADIENT: "||grad f(x_{})||^2", EXCESS: "f(x_{}) - inf f", DISTANCE: "||x_{} - x*||^2"}
_AT_IN_LATEX: dict[str, str] = {
    GRADIENT: r"\lVert \nabla f(x_{}) \rVert^2",
    EXCESS: r"f(x_{}) - \inf f",
    DISTANCE: r"\lVert x_{} - x_\star \rVert^2",
}


@dataclass(frozen=True)
class Guarantee:
    """Constants with which a quantity is small, for all t or T.

    * ``sums``: (1/T) sum_{t<T} E measure_t <= (sum of initial)/T + sum of noise, for all T;
    * otherwise E measure_t <= (sum of initial) rate^t + sum of noise, for all t.

    Args:
        measure: what is bounded, by its name.
        rate: 1 for sums.
        initial: quantities at the start, with their constants.
        noise: constants of the claim, with theirs.
        random: whether expectations are meant.
    """

    measure: str
    rate: Fraction
    initial: tuple[tuple[str, Fraction], ...]
    noise: tuple[tuple[str, Fraction], ...]
    random: bool

    @classmethod
    def of(cls, setting: Setting, upper: Upper, *, random: bool = True) -> Guarantee:
        """What follows from evidence that the checker accepts."""
        sums = upper.rate == 1
        least = upper.tau if sums else upper.c
        share = least if sums else least * (1 - upper.rate)
        initial = upper.initial or {setting.measure_name: upper.C}
        return cls(
            setting.measure_name,
            upper.rate,
            tuple((name, factor / least) for name, factor in initial.items() if factor),
            tuple((name, factor / share) for name, factor in upper.noise.items() if factor),
            random and (not setting.compressor.exact or says_more(setting.method)),
        )

    @property
    def sums(self) -> bool:
        """Whether it is about a mean over time."""
        return self.rate == 1

    def sentence(self, style: Style, digits: Digits) -> str:
        """The guarantee, its constants rounded up.

        >>> from eftheory.report.style import ASCII
        >>> start, noise = (("f - inf f", Fraction(4)),), (("sigma2", Fraction(1, 2)),)
        >>> it = Guarantee("||mean g||^2", Fraction(1), start, noise, True)
        >>> it.sentence(ASCII, Digits())
        '(1/T) sum_{t<T} E ||grad f(x_t)||^2 <= 4 (f(x_0) - inf f)/T + 1/2 sigma2 for all T'
        """
        expected = f"{EXPECTATION if style.is_latex else 'E'} " * self.random
        start = self._start(style, digits)
        rest = "".join(f" + {self._number(style, digits, c)} {_constant(style, name)}" for name, c in self.noise)
        measure = grouped(style, self.measure, "t") if expected or self.sums else quantity_at(style, self.measure, "t")
        if self.sums:
            left = rf"\frac1T \sum_{{t<T}} {expected}" if style.is_latex else f"(1/T) sum_{{t<T}} {expected}"
            over = rf"\frac{{1}}{{T}} {start}" if style.is_latex else f"{start}/T"
            return f"{left}{measure} {style.at_most} {over}{rest}{_for_all(style, 'T')}"
        power = style.power(digits.rate_up(self.rate))
        return f"{expected}{measure} {style.at_most} {start} {power}{rest}{_for_all(style, 't')}"

    def rounds(self, style: Style, digits: Digits, accuracy: Fraction = ACCURACY) -> str:
        """How many rounds are enough, noise apart."""
        if self.sums:
            parts = [
                f"{self._number(style, digits, constant / accuracy)} {grouped(style, name, '0')}"
                for name, constant in self.initial
            ]
            return f"what falls is at most {accuracy} from T = {' + '.join(parts)} on"
        rounds = iterations_to_accuracy(self.rate, accuracy)
        return f"what falls is at most {accuracy} of what it is at t = 0 from t = {rounds} on"

    def _start(self, style: Style, digits: Digits) -> str:
        terms = [
            " ".join(filter(None, ("" if c == 1 else self._number(style, digits, c), grouped(style, name, "0"))))
            for name, c in self.initial
        ]
        return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"

    @staticmethod
    def _number(style: Style, digits: Digits, x: Fraction) -> str:
        return style.number(replace(digits, short=_SHORT_BITS).up(x))


def quantity_at(style: Style, name: str, time: str) -> str:
    """A quantity at a time.

    >>> from eftheory.report.style import ASCII
    >>> quantity_at(ASCII, "mean ||g - d||^2", "0")
    'mean ||g - d||^2 at 0'
    """
    known = _AT_IN_LATEX if style.is_latex else _AT
    if name in known:
        text = known[name].format(time)
        return text if style.is_latex else style.prose(text)
    if not style.is_latex:
        return f"{style.prose(name)} at {time}"
    text = re.sub(r"\|\|(.+?)\|\|\^2", lambda match: style.square % style.symbol(match[1]), name)
    return rf"\bigl({text.replace('mean ', style.mean % '')}\bigr)_{time}"


def grouped(style: Style, name: str, time: str) -> str:
    """A quantity at a time, in parentheses unless it holds together."""
    text = quantity_at(style, name, time)
    return text if name in (GRADIENT, DISTANCE) or (style.is_latex and name != EXCESS) else f"({text})"


def _constant(style: Style, name: str) -> str:
    return {"sigma2": r"\sigma^2", "zeta2": r"\zeta^2"}.get(name, name) if style.is_latex else name


def _for_all(style: Style, time: str) -> str:
    return rf" \quad \text{{for all }} {time}" if style.is_latex else f" for all {time}"
