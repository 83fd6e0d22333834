r"""Expressions in LaTeX, and a lesson as a document that needs amsmath and nothing else."""

from __future__ import annotations

import re

from eftheory.proofkit.expression import Node, Quotient, Relation, Sum, Symbol
from eftheory.proofkit.lesson import Block
from eftheory.proofkit.text import POWER, PRODUCT, SUM, Style
from eftheory.proofkit.theorem import Theorem
from eftheory.proofkit.why import Part

GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eps",
    "zeta",
    "eta",
    "theta",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "rho",
    "sigma",
    "tau",
    "phi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Sigma",
    "Phi",
    "Psi",
    "Omega",
]
_SPECIAL = (
    {"≤": r"$\le$", "≥": r"$\ge$", "−": "$-$", "<": "$<$", ">": "$>$"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {c: f"\\{c}" for c in "{}$&#%_"}
)


def latex_name(name: str) -> str:
    r"""A variable's name in LaTeX; after means the next point of time.

    >>> latex_name("gamma_after")
    '\\gamma^{+}'
    >>> latex_name("mean_Z")
    '\\mathrm{mean}_{Z}'
    """
    base, _, rest = name.partition("_")
    pieces = [piece for piece in rest.split("_") if piece]
    plus = "^{+}" * (bool(pieces) and pieces[-1] in ("after", "next", "plus"))
    pieces = pieces[:-1] if plus else pieces
    below = "_{" + ",".join(_word(piece) for piece in pieces) + "}" if pieces else ""
    return _word(base) + below + plus


def _word(text: str) -> str:
    if text in GREEK:
        return "\\varepsilon" if text in ("eps", "epsilon") else "\\" + text
    match = re.fullmatch(r"([A-Za-z]+?)(\d+|\+|')", text)
    if match and (len(match[1]) == 1 or match[1] in GREEK):
        return _word(match[1]) + (
            match[2] if match[2] == "'" else f"^{{{match[2]}}}" if match[2] == "+" else f"_{match[2]}"
        )
    return text if len(text) == 1 and text.isalnum() else rf"\mathrm{{{escape(text)}}}"


def escape(text: str) -> str:
    """Words of LaTeX."""
    return "".join(_SPECIAL.get(c, c) for c in text)


class Latex(Style):
    """Expressions in LaTeX."""

    fraction_needs_parentheses = POWER

    def symbol(self, node: Symbol) -> str:
        """The symbol's own LaTeX, or its name's; agents' own with an index."""
        name = node.latex or latex_name(node.name)
        if not node.indexed:
            return name
        return re.sub(r"_\{(.*)\}$", r"_{\1,i}", name) if re.search(r"_\{[^{}]*\}$", name) else f"{name}_i"

    def _denominator(self, node: Node) -> str:
        return self.write(node)

    def _quotient(self, node: Quotient, inside: int) -> str:
        text = self.quotient(self.write(node.numerator), self._denominator(node.denominator))
        return self._enclosed(text, inside >= POWER)

    def _factor(self, node: Node) -> str:
        return self.write(node, PRODUCT)

    def parentheses(self, text: str) -> str:  # noqa: D102
        return rf"\left({text}\right)"

    def juxtaposed(self, factors: list[str]) -> str:  # noqa: D102
        return r"\,".join(factors)

    def fraction(self, numerator: str, denominator: int) -> str:  # noqa: D102
        return rf"\tfrac{{{numerator}}}{{{denominator}}}"

    def quotient(self, numerator: str, denominator: str) -> str:  # noqa: D102
        return rf"\frac{{{numerator}}}{{{denominator}}}"

    def power(self, base: str, exponent: str) -> str:  # noqa: D102
        return f"{{{base}}}^{{{exponent}}}"

    def norm(self, body: str) -> str:  # noqa: D102
        return rf"\left\lVert {body}\right\rVert^2"

    def inner(self, a: str, b: str) -> str:  # noqa: D102
        return rf"\left\langle {a},\,{b}\right\rangle"

    def mean(self, body: str) -> str:  # noqa: D102
        return rf"\frac1n\sum_i\left[{body}\right]"

    def expectation(self, body: str) -> str:  # noqa: D102
        return rf"\operatorname{{E}}\left[{body}\right]"

    def sign(self, sign: str) -> str:  # noqa: D102
        return {"<=": r" \le ", "<": " < ", "=": " = "}[sign]

    def words(self, text: str) -> str:  # noqa: D102
        return escape(text)

    def formula(self, text: str) -> str:  # noqa: D102
        return f"${text}$"

    def displayed(self, relation: Relation) -> str:
        """A relation on lines of its own, broken where it is long."""
        left, right = self._lines(relation.left), self._lines(relation.right)
        if len(left) + len(right) == 2 and len(left[0]) + len(right[0]) < 160:
            return f"\\[\n{left[0]}{self.sign(relation.sign)}{right[0]}\n\\]"
        lines = [f"&{left[0]}", *(f"&\\quad {line}" for line in left[1:])]
        lines += [f"&\\qquad{self.sign(relation.sign)}{right[0]}", *(f"&\\qquad\\quad {line}" for line in right[1:])]
        return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"

    def _lines(self, node: Node) -> list[str]:
        if not isinstance(node, Sum):
            return [self.write(node)]
        lines = [""]
        for j, (sign, term) in enumerate(self.terms(node)):
            joint = (self.minus if sign else self.plus) if j else (self.sign_of_product if sign else "")
            text = joint + self.write(term, PRODUCT if sign else SUM)
            if lines[-1] and len(lines[-1]) + len(text) > 160:
                lines.append("")
            lines[-1] += text
        return lines


LATEX = Latex()


def as_document(blocks: list[Block]) -> str:
    """A whole document."""
    return (
        "\\documentclass[11pt]{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amsmath}\n\\allowdisplaybreaks\n"
        f"\\begin{{document}}\n{as_latex(blocks)}\\end{{document}}\n"
    )


def as_latex(blocks: list[Block]) -> str:
    """The lesson, to be pasted."""
    out: list[str] = []
    for block in blocks:
        words = "".join(_inline(part) for part in block.parts)
        if block.kind in ("title", "heading"):
            out.append(f"\\{'section' if block.kind == 'title' else 'subsection'}*{{{words}}}")
        elif block.relation is not None:
            label = f"\\noindent\\textit{{({escape(block.name)})}} " if block.name else ""
            out.append(f"{label}{words}\n{LATEX.displayed(block.relation)}")
        elif block.kind in ("reason", "definition", "range"):
            out.append(f"\\noindent\\hspace*{{1.5em}}{words}\\par")
        elif block.kind in ("verdict", "failure"):
            out.append(f"\\medskip\\noindent\\textbf{{{words}}}\\par")
        else:
            out.append(f"{words}\\par")
    return "\n\n".join(out) + "\n"


def _inline(part: Part) -> str:
    if isinstance(part, str):
        return LATEX.words(part)
    return LATEX.formula(LATEX.relation(part) if isinstance(part, Relation) else LATEX.write(part))


def statement_in_latex(theorem: Theorem) -> str:
    """Hypotheses and conclusions, to be shown in a notebook; it says nothing of whether they are proved."""
    rows = [f"&{LATEX.relation(bound)}" for parameter in theorem.parameters for bound in parameter.relations]
    rows += [rf"&\text{{{escape(step.name)}: }} {LATEX.relation(step.relation)}" for step in theorem.givens]
    rows += [rf"&\Rightarrow\quad {LATEX.relation(goal)}" for goal in theorem.conclusions]
    return "$\\begin{aligned}" + r" \\ ".join(rows) + "\\end{aligned}$"
