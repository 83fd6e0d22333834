r"""Expressions in LaTeX, and a lesson as a document that needs amsmath and nothing else."""

from __future__ import annotations

import re

from eftheory.pages.escape import latex
from eftheory.pages.fragments import Block
from eftheory.pages.latex import blocks_as_latex, document
from eftheory.pages.names import latex_name, of_agent
from eftheory.pages.signs import EXPECTATION, INNER, MEAN, NORM, stretched
from eftheory.proofkit.kernel.expression import (
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
from eftheory.proofkit.kernel.text import POWER, PRODUCT, signed
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.stacked import Stacked


class Latex(Stacked):
    """Expressions in LaTeX; about ``room`` letters fit into a line of its own, and fewer into one that words begin."""

    room = 74
    fraction, quotient, power, times = r"\tfrac{%s}{%s}", r"\frac{%s}{%s}", "{%s}^{%s}", r"\,"
    parentheses, image = r"\left(%s\right)", r"%s\left(%s\right)"
    norm, inner = stretched(NORM), stretched(INNER)
    mean, expectation = rf"{MEAN}\left[%s\right]", rf"{EXPECTATION}\left[%s\right]"
    signs = {"<=": r" \le ", "<": " < ", "=": " = "}

    def symbol(self, node: Symbol) -> str:
        """The symbol's own LaTeX, or its name's; agents' own with an index."""
        name = node.latex or latex_name(node.name)
        return of_agent(name) if node.indexed else name

    def inline(self, shown: Node | Relation, kind: str = "") -> str:
        """A formula among the words of a block of that kind, where they leave room for it."""
        if kind in ("reason", "definition", "range") and width(shown) > self.room - 14:
            return f"\n{self.displayed(shown)}\n"
        style = r"\displaystyle " * (kind == "definition")
        return f"${style}{super().inline(shown)}$"

    def displayed(self, shown: Relation | Node, name: str = "") -> str:
        """A relation, or an expression, on a line of its own; on several where it is long."""
        tag = rf" \tag*{{\textit{{({latex(name)})}}}}" if name else ""
        if isinstance(shown, Node):
            lines = self.lines(shown, self.room)
        elif width(shown.left) + width(shown.right) + 3 <= self.room:
            lines = [self.relation(shown)]
        else:
            left, right = self.lines(shown.left, self.room), self.lines(shown.right, self.room - 4)
            sign = self.signs[shown.sign].strip()
            if len(left) == 1 and width(shown.left) <= self.room // 4:
                right = self.lines(shown.right, self.room - width(shown.left) - 3)
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
            return _between("[", self.lines(node.body, room - 4), "]", before=MEAN)
        if isinstance(node, Expectation):
            return _between("[", self.lines(node.body, room - 3), "]", before=EXPECTATION)
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
            before = self.quotient % ("1", self.write(node.denominator))
            lines = self.lines(node.numerator, room - width(node.denominator) - 3)
            return _between("(", lines, ")", before=before)
        return [self.write(node, inside)]

    def _lines_of_sum(self, node: Sum, room: int) -> list[str]:
        lines, used = [""], 0
        for joint, term, inside in self.joined(node):
            size = width(term) + 3 * bool(lines[-1])
            if lines[-1] and used + size > room:
                lines.append("{}")
                used = 0
            first, *more = self.lines(term, room - 2, inside)
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
        start = (self.negative if sign else "") + r"\,".join(before)
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


class _Width(Stacked):
    """Expressions as about so many letters as they are wide in print."""

    times, fraction, quotient, power = "", "%s", "%s-", "%s%s"
    norm, inner, mean = "|%s|2", "<%s,%s>", "1Si[%s]"

    def symbol(self, node: Symbol) -> str:
        text = re.sub(r"\\(mathrm|operatorname|tilde|bar|hat)|[{}^_]", "", node.latex or latex_name(node.name))
        return re.sub(r"\\[A-Za-z]+|\\.", "x", text).replace(" ", "") + "i" * node.indexed

    def _over(self, template: str, above: str, below: str) -> str:
        return template % max(above, below, key=len)


_WIDTH = _Width()


def width(shown: Node | Relation) -> int:
    """About how many letters wide it is in print."""
    return len(_WIDTH.inline(shown))


LATEX = Latex()


def as_document(blocks: list[Block]) -> str:
    """The lesson as a whole document."""
    return document(blocks_as_latex(blocks, LATEX))


def statement_in_latex(theorem: Theorem) -> str:
    """Hypotheses and conclusions, to be shown in a notebook; it says nothing of whether they are proved."""
    rows = [f"&{LATEX.relation(bound)}" for parameter in theorem.parameters for bound in parameter.relations]
    rows += [rf"&\text{{{latex(step.name)}: }} {LATEX.relation(step.relation)}" for step in theorem.givens]
    rows += [rf"&\Rightarrow\quad {LATEX.relation(goal)}" for goal in theorem.conclusions]
    return "$\\begin{aligned}" + r" \\ ".join(rows) + "\\end{aligned}$"
