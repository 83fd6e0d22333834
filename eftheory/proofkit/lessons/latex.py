r"""Expressions in LaTeX, and a lesson as a document that needs amsmath and nothing else."""

from __future__ import annotations

import re

from eftheory.proofkit.expression import (
    Expectation,
    Image,
    Inner,
    Mean,
    Node,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
)
from eftheory.proofkit.lessons.lesson import Block
from eftheory.proofkit.lessons.prose import GREEK, NEXT, Code, Variable, pieces
from eftheory.proofkit.lessons.why import Part
from eftheory.proofkit.text import POWER, PRODUCT, SUM, Style, signed
from eftheory.proofkit.theorem import Theorem

PROSE = ("title", "heading", "prose", "hypothesis", "range", "reason", "survivor")
"""Kinds of blocks whose words are sentences with variables in them."""
ROOM, INLINE = 74, 60
"""How many letters fit into a line of its own, and into one that words begin."""
_SPECIAL = (
    {"≤": r"$\le$", "≥": r"$\ge$", "−": "$-$", "<": "$<$", ">": "$>$", "‖": r"$\Vert$", "²": "$^2$"}
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
    if name.endswith("^T"):
        return f"{latex_name(name[:-2])}^{{T}}"
    if name.startswith("("):
        return re.sub(r"[A-Za-z]+", lambda word: latex_name(word[0]), name)
    if " " in name:
        return r"\,".join(map(latex_name, name.split(" ")))
    base, _, rest = name.partition("_")
    below = [piece for piece in rest.split("_") if piece]
    plus = "^{+}" * (bool(below) and below[-1] in NEXT)
    below = below[:-1] if plus else below
    match = re.fullmatch(r"([A-Za-z]+?)(\d+)", base)
    if match and (len(match[1]) == 1 or match[1] in GREEK):
        base, below = match[1], [match[2], *below]
    return _word(base) + ("_{" + ",".join(map(_word, below)) + "}" if below else "") + plus


def _word(text: str) -> str:
    if text in GREEK:
        return "\\varepsilon" if text in ("eps", "epsilon") else "\\" + text
    match = re.fullmatch(r"([A-Za-z]+?)(\+|'+)", text)
    if match:
        return _word(match[1]) + ("^{+}" if match[2] == "+" else match[2])
    return text if (len(text) == 1 and text.isalnum()) or text.isdigit() else rf"\mathrm{{{escape(text)}}}"


def _of_agent(name: str) -> str:
    r"""With an index i, beside those that are there.

    >>> _of_agent(r"g^{+}"), _of_agent(r"\mathrm{gap}_{x}"), _of_agent("u_1")
    ('g^{+}_i', '\\mathrm{gap}_{x,i}', 'u_{1,i}')
    """
    depth = 0
    for j, c in enumerate(name):
        depth += (c == "{") - (c == "}")
        if c == "_" and not depth and name[j - 1 : j] != "\\":
            match = re.match(r"\{((?:[^{}]|\{[^{}]*\})*)\}|\\[A-Za-z]+|.", name[j + 1 :])
            if match is not None:
                return f"{name[:j]}_{{{match[1] or match[0]},i}}{name[j + 1 + match.end() :]}"
    return f"{name}_i"


def escape(text: str) -> str:
    """Words of LaTeX."""
    return "".join(_SPECIAL.get(c, c) for c in text)


def sentence(text: str) -> str:
    r"""Words with variables in them.

    >>> sentence("mu_i^2 <= 1 by `rule_1`")
    '$\\mu_{i}^{2}$ $\\le$ 1 by \\texttt{rule\\_1}'
    """
    return "".join(map(_piece, pieces(text)))


def _piece(piece: str | Variable | Code) -> str:
    if isinstance(piece, str):
        return re.sub(r"\\textasciicircum\{\}(\w+)", r"$^{\1}$", escape(piece))
    if isinstance(piece, Code):
        return rf"\texttt{{{escape(piece.text)}}}"
    below = "_{" + ",".join(map(_word, piece.below)) + "}" if piece.below else ""
    above = "'" * piece.prime + "^{" * bool(piece.plus or piece.power) + "+" * piece.plus
    return f"${_word(piece.name)}{below}{above}{piece.power}{'}' * bool(piece.plus or piece.power)}$"


class Latex(Style):
    """Expressions in LaTeX."""

    fraction_needs_parentheses = POWER

    def symbol(self, node: Symbol) -> str:
        """The symbol's own LaTeX, or its name's; agents' own with an index."""
        name = node.latex or latex_name(node.name)
        return _of_agent(name) if node.indexed else name

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

    def image(self, name: str, body: str) -> str:  # noqa: D102
        return rf"{name}\left({body}\right)"

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

    def displayed(self, shown: Relation | Node, tag: str = "") -> str:
        """A relation, or an expression, on a line of its own; on several where it is long."""
        tag = rf" \tag*{{\textit{{({escape(tag)})}}}}" if tag else ""
        if isinstance(shown, Node):
            lines = self.lines(shown, ROOM)
        elif width(shown.left) + width(shown.right) + 3 <= ROOM:
            lines = [self.relation(shown)]
        else:
            left, right = self.lines(shown.left, ROOM), self.lines(shown.right, ROOM - 4)
            sign = self.sign(shown.sign).strip()
            if len(left) == 1 and width(shown.left) <= ROOM // 4:
                right = self.lines(shown.right, ROOM - width(shown.left) - 3)
                lines = [f"{left[0]} {sign} {right[0]}", *(rf"\qquad {line}" for line in right[1:])]
            else:
                lines = [*left, rf"\quad {sign} {right[0]}", *(rf"\qquad {line}" for line in right[1:])]
        if len(lines) == 1:
            return f"\\[\n{lines[0]}{tag}\n\\]"
        lines[0] += tag
        return "\\begin{align*}\n&" + " \\\\\n&".join(lines) + "\n\\end{align*}"

    def lines(self, node: Node, room: int, inside: int = 0) -> list[str]:
        """An expression in lines that are not wider than the room, where that can be done."""
        if width(node) <= room or room < 16:
            return [self.write(node, inside)]
        if isinstance(node, Sum):
            lines = self._lines_of_sum(node, room - 2 * (inside >= PRODUCT))
            return _between("(", lines, ")") if inside >= PRODUCT else lines
        if isinstance(node, Product):
            return self._lines_of_product(node, room, inside)
        if isinstance(node, Mean):
            return _between("[", self.lines(node.body, room - 4), "]", before=r"\frac1n\sum_i")
        if isinstance(node, Expectation):
            return _between("[", self.lines(node.body, room - 3), "]", before=r"\operatorname{E}")
        if isinstance(node, Image):
            return _between("(", self.lines(node.body, room - 3), ")", before=self.symbol(node.map.symbol))
        if isinstance(node, Inner) and node.a == node.b:
            return _between(r"\lVert ", self.lines(node.a, room - 3), r"\rVert", after="^2")
        if isinstance(node, Inner):
            first, second = self.lines(node.a, room - 3), self.lines(node.b, room - 3)
            return _between(r"\langle ", [*first[:-1], first[-1] + ",", *second], r"\rangle")
        if isinstance(node, Power) and isinstance(node.base, Sum):
            return _between("(", self.lines(node.base, room - 3), ")", after=f"^{{{node.exponent}}}")
        if isinstance(node, Quotient) and width(node.denominator) < room // 2 and inside < POWER:
            before = self.quotient("1", self._denominator(node.denominator))
            lines = self.lines(node.numerator, room - width(node.denominator) - 3)
            return _between("(", lines, ")", before=before)
        return [self.write(node, inside)]

    def _lines_of_sum(self, node: Sum, room: int) -> list[str]:
        lines, used = [""], 0
        for j, (sign, term) in enumerate(self.terms(node)):
            joint = (self.minus if sign else self.plus) if j else (self.sign_of_product if sign else "")
            size = width(term) + 3 * bool(j)
            if lines[-1] and used + size > room:
                lines.append("{}")
                used = 0
            first, *more = self.lines(term, room - 2, PRODUCT if sign else SUM)
            lines[-1] += joint + first
            used += size
            if more:
                lines += [rf"\quad {line}" for line in more]
                used = room
        return lines

    def _lines_of_product(self, node: Product, room: int, inside: int) -> list[str]:
        sign, factors = signed(node)
        if sign and inside >= PRODUCT:
            return _between("(", self._lines_of_product(node, room - 2, 0), ")")
        widest = max(range(len(factors)), key=lambda j: width(factors[j]))
        before = [self._factor(factor) for factor in factors[:widest]]
        after = [self._factor(factor) for factor in factors[widest + 1 :]]
        taken = sum(width(factor) + 1 for factor in factors[:widest])
        lines = self.lines(factors[widest], room - (taken if taken < room // 2 else 2), PRODUCT)
        lines[-1] += "".join(rf"\,{factor}" for factor in after)
        start = (self.sign_of_product if sign else "") + r"\,".join(before)
        if taken >= room // 2:
            return [start, rf"\quad {{}}\times {lines[0]}", *(rf"\quad {line}" for line in lines[1:])]
        lines[0] = start + (r"\," if before else "") + lines[0]
        return lines


def _between(left: str, lines: list[str], right: str, before: str = "", after: str = "") -> list[str]:
    """Brackets around lines."""
    if len(lines) == 1:
        return [rf"{before}\left{left}{lines[0]}\right{right}{after}"]
    return [rf"{before}\Bigl{left}{lines[0]}", *(rf"\quad {x}" for x in lines[1:-1]),
            rf"\quad {lines[-1]}\Bigr{right}{after}"]  # fmt: skip


class _Width(Style):
    """Expressions as about so many letters as they are wide in print."""

    fraction_needs_parentheses = POWER

    def symbol(self, node: Symbol) -> str:
        text = re.sub(r"\\(mathrm|operatorname|tilde|bar|hat)|[{}^_]", "", node.latex or latex_name(node.name))
        return re.sub(r"\\[A-Za-z]+|\\.", "x", text).replace(" ", "") + "i" * node.indexed

    def _denominator(self, node: Node) -> str:
        return self.write(node)

    def _factor(self, node: Node) -> str:
        return self.write(node, PRODUCT)

    def juxtaposed(self, factors: list[str]) -> str:
        return "".join(factors)

    def fraction(self, numerator: str, denominator: int) -> str:
        return max(numerator, str(denominator), key=len)

    def quotient(self, numerator: str, denominator: str) -> str:
        return max(numerator, denominator, key=len) + "-"

    def power(self, base: str, exponent: str) -> str:
        return base + exponent

    def norm(self, body: str) -> str:
        return f"|{body}|2"

    def inner(self, a: str, b: str) -> str:
        return f"<{a},{b}>"

    def mean(self, body: str) -> str:
        return f"1Si[{body}]"


_WIDTH = _Width()


def width(part: Part) -> int:
    """About how many letters wide it is in print."""
    if isinstance(part, str):
        return len(part)
    return len(_WIDTH.relation(part) if isinstance(part, Relation) else _WIDTH.write(part))


LATEX = Latex()


def as_document(blocks: list[Block]) -> str:
    """A whole document."""
    return (
        "\\documentclass[11pt,leqno]{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
        "\\usepackage{amsmath}\n\\allowdisplaybreaks\n\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{3pt}\n"
        "\\addtolength{\\textwidth}{9em}\\addtolength{\\oddsidemargin}{-4.5em}\n"
        "\\AtBeginDocument{\\abovedisplayskip=0pt plus 3pt \\abovedisplayshortskip=0pt plus 3pt}\n"
        "\\addtolength{\\textheight}{6em}\\addtolength{\\topmargin}{-4em}\n\\sloppy\n"
        f"\\begin{{document}}\n{as_latex(blocks)}\\end{{document}}\n"
    )


def as_latex(blocks: list[Block]) -> str:
    """The lesson, to be pasted."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _block(block: Block) -> str:
    words = "".join(_inline(part, block.kind) for part in block.parts)
    if block.kind in ("title", "heading"):
        return f"\\{'section' if block.kind == 'title' else 'subsection'}*{{{words}}}"
    if block.relation is not None:
        return f"{words}\n{LATEX.displayed(block.relation, block.name)}"
    if block.kind in ("reason", "definition", "range"):
        words = "".join(_inline_or_displayed(part, block.kind) for part in block.parts)
        return f"{{\\hangindent=1.5em\\hangafter=0 {words}\\par}}"
    if block.kind in ("verdict", "failure"):
        return f"\\medskip\\textbf{{{words}}}\\par"
    return f"{words}\\par"


def _inline(part: Part, kind: str = "") -> str:
    if isinstance(part, str):
        return sentence(part) if kind in PROSE else LATEX.words(part)
    style = r"\displaystyle " if kind == "definition" else ""
    return LATEX.formula(style + (LATEX.relation(part) if isinstance(part, Relation) else LATEX.write(part)))


def _inline_or_displayed(part: Part, kind: str) -> str:
    if isinstance(part, str) or width(part) <= INLINE:
        return _inline(part, kind)
    return f"\n{LATEX.displayed(part)}\n"


def statement_in_latex(theorem: Theorem) -> str:
    """Hypotheses and conclusions, to be shown in a notebook; it says nothing of whether they are proved."""
    rows = [f"&{LATEX.relation(bound)}" for parameter in theorem.parameters for bound in parameter.relations]
    rows += [rf"&\text{{{escape(step.name)}: }} {LATEX.relation(step.relation)}" for step in theorem.givens]
    rows += [rf"&\Rightarrow\quad {LATEX.relation(goal)}" for goal in theorem.conclusions]
    return "$\\begin{aligned}" + r" \\ ".join(rows) + "\\end{aligned}$"
