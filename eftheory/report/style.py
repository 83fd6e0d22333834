"""Mathematics written three ways: for bare terminals, for screens, for LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.pages.escape import ascii_latex, shorten
from eftheory.pages.names import latex_name, of_agent
from eftheory.pages.signs import INNER, NORM
from eftheory.report.digits import Digits
from eftheory.wording.coordinate import Coordinate, in_order

Term = tuple[Fraction, str]


@dataclass(frozen=True)
class Style:
    """Templates for what a report writes, here for bare terminals; ``%s`` is where the parts go."""

    square: str = "||%s||^2"
    inner: str = "<%s, %s>"
    mean: str = "mean %s"
    gradient: str = "grad f_i(%s)"
    compress: str = "C_i(%s)"
    server: str = "C(%s)"
    unbiased: str = "Q_i(%s)"
    alpha: str = "alpha"
    omega: str = "omega"
    step_size: str = "step_size"
    minimiser: str = "x*"
    value: str = "f(%s) - f(x*)"
    excess: str = "f(%s) - inf f"
    noise: str = "xi_i"
    coins: str = "b_i"
    coin: str = "b"
    after: str = "%s+"
    before: str = "%s-"
    minus: str = "-"
    at_most: str = "<="
    at_least: str = ">="
    about: str = "~"
    times: str = "*"
    comma: str = ", "
    parentheses: str = "(%s)"
    is_latex: bool = False

    def symbol(self, name: str) -> str:
        """A coordinate, or a vector of the state, by its name in the file.

        >>> LATEX.symbol(Coordinate("grad f - g", 0))
        '\\\\overline{\\\\nabla f - g}_{0}'
        """
        if not self.is_latex:
            return shorten(name, 40)
        part = Coordinate.of(name)
        over = r"\widetilde" if part.deviation else r"\overline"
        base = _base_in_latex(part.base)
        return base if part.type is None else f"{over}{{{base}}}_{{{part.type}}}"

    def of_agent(self, name: str) -> str:
        """An agent's vector of the state."""
        return of_agent(self.symbol(name)) if self.is_latex else f"{name}_i"

    def quote(self, text: str) -> str:
        """A text as it is."""
        return rf"\text{{{ascii_latex(shorten(text, 40))}}}" if self.is_latex else shorten(text, 40)

    def again(self, sender: str, time: int) -> str:
        """The template of a message about what was compressed before: another message, if the compressor is random.

        >>> ASCII.again(ASCII.compress, 2) % "v"
        'C_i^(2)(v)'
        """
        which = f"^{{({time})}}" if self.is_latex else f"^({time})"
        return sender.replace("(%s)", f"{which}(%s)")

    def number(self, text: str) -> str:
        """A number as ``Digits`` shows it."""
        if not self.is_latex:
            return text
        text = re.sub(r"^(-?)([0-9]+)/([0-9]+)$", r"\1\\tfrac{\2}{\3}", text)
        return re.sub(r"[eE]\+?(-?)0*([0-9]+)$", r"\\cdot 10^{\1\2}", text)

    def prose(self, text: str) -> str:
        """A sentence whose formulas are written as for bare terminals.

        >>> UNICODE.prose("||v||^2 <= 1 - alpha")
        '‖v‖² ≤ 1 − alpha'
        """
        text = re.sub(r"\|\|(.+?)\|\|\^2", lambda match: self.square % match[1], text)
        return text.replace("<=", self.at_most).replace(" - ", f" {self.minus} ")

    def terms(self, terms: Iterable[Term], digits: Digits) -> list[str]:
        """Texts with coefficients and signs, ready to be joined by spaces.

        >>> ASCII.terms([(Fraction(-1), "x"), (Fraction(-1, 2), "d")], Digits())
        ['-x', '- 1/2 d']
        """
        texts: list[str] = []
        for factor, term in terms:
            sign = self.minus if factor < 0 else "+" if texts else ""
            size = "" if abs(factor) == 1 else self.number(digits.near(abs(factor))) + " "
            texts.append(f"{sign}{' ' if texts else ''}{size}{term}")
        return texts or ["0"]

    def sum(self, terms: Iterable[Term], digits: Digits) -> str:
        """A sum of texts with coefficients."""
        return " ".join(self.terms(terms, digits))

    def grouped(self, name: str) -> str:
        """A coordinate as it stands in a sum or product: a difference in parentheses.

        >>> ASCII.grouped(Coordinate("x - x-")), ASCII.grouped(Coordinate("g - d", 0, deviation=True))
        ('(x - x-)', "(g - d)[0]'")
        """
        base = Coordinate.of(name).base
        behind = name[len(base) :]
        if " - " not in base or (self.is_latex and behind):  # a bar over the difference holds it together
            return self.symbol(name)
        return f"({self.symbol(base)}){behind}"

    def vector(self, v: Vector, digits: Digits) -> str:
        """A combination of symbols."""
        write = self.symbol if [value for _, value in v] == [1] else self.grouped
        return self.sum(((value, write(name)) for name, value in v), digits)

    def form(self, form: Form, squares: Iterable[tuple[Fraction, Vector]] | None, digits: Digits) -> list[Term]:
        """A quadratic form as weighted squares, or product by product where there are none."""
        if squares is not None:
            return [(weight, self.square % self.vector(v, digits)) for weight, v in squares]
        terms = []
        for (a, b), value in sorted(form.quadratic.items(), key=lambda entry: _products_last(*entry)):
            a_text, b_text = map(self.symbol, sorted((a, b), key=in_order))
            terms.append((value, self.square % a_text if a == b else self.inner % (a_text, b_text)))
        return terms

    def signed(self, x: Fraction, digits: Digits) -> str:
        """A number as it stands by itself."""
        return self.minus * (x < 0) + self.number(digits.near(abs(x)))

    def power(self, rate: str) -> str:
        """A rate to the power t."""
        return (self.parentheses % self.number(rate) if "/" in rate or " " in rate else rate) + "^t"

    def matrix(self, number: int | None) -> str:
        """The name of the matrix of a form, with its number if there are several."""
        return "P" if number is None else f"P^{{({number})}}" if self.is_latex else f"P{number}"

    def bilinear(self, number: int | None) -> str:
        """A form whose matrix is given apart."""
        name = self.matrix(number)
        if self.is_latex:
            return rf"\sum_{{j,k}} {name}_{{jk}} \langle z_j,\, z_k \rangle"
        return f"sum_jk {name}_jk {self.inner % ('z_j', 'z_k')}"


def _products_last(pair: tuple[str, str], value: Fraction) -> tuple[object, ...]:
    """A key that sorts the terms of a form: squares in order of their coordinates, then products, the largest first."""
    names = sorted(map(in_order, pair))
    return (pair[0] != pair[1], -abs(value) if pair[0] != pair[1] else 0, names)


ASCII = Style()
UNICODE = Style(
    square="‖%s‖²",
    inner="⟨%s, %s⟩",
    gradient="∇f_i(%s)",
    step_size="γ",
    value="f(%s) − f(x*)",
    excess="f(%s) − inf f",
    noise="ξ_i",
    after="%s⁺",
    before="%s⁻",
    minus="−",
    at_most="≤",
    at_least="≥",
    about="≈",
    times="·",
)
LATEX = Style(
    square=NORM,
    inner=INNER,
    mean=r"\operatorname{mean} %s",
    gradient=r"\nabla f_i(%s)",
    compress=r"\mathcal{C}_i(%s)",
    server=r"\mathcal{C}(%s)",
    unbiased=r"\mathcal{Q}_i(%s)",
    alpha=r"\alpha",
    omega=r"\omega",
    step_size=r"\gamma",
    minimiser=r"x_\star",
    value=r"f(%s) - f(x_\star)",
    excess=r"f(%s) - \inf f",
    noise=r"\xi_i",
    after="%s^+",
    before="%s^-",
    at_most=r"\le",
    at_least=r"\ge",
    about=r"\approx",
    times=r"\cdot",
    comma=r",\allowbreak ",
    parentheses=r"\bigl(%s\bigr)",
    is_latex=True,
)

_WORDS = {"-": "-", "+": "+", "mean": r"\operatorname{mean}", "grad": r"\nabla"}
_MARKS = {"": "", "-": "^-", "*": r"_\star"}


def _base_in_latex(base: str) -> str:
    """What coordinates are made of, word by word; ``g-`` is g one step before."""
    words = [_word_in_latex(word) for word in base.split(" ")]
    return LATEX.quote(base) if "" in words else " ".join(words)


def _word_in_latex(word: str) -> str:
    name = word.rstrip("-*")
    mark = _MARKS.get(word[len(name) :])
    if word in _WORDS or mark is None or not (name.isascii() and name.isidentifier()):
        return _WORDS.get(word, "")
    return latex_name(name) + mark
