"""Expressions in MathML, which every current browser shows."""

from __future__ import annotations

from html import escape

from eftheory.pages.html import sentence
from eftheory.pages.mathml import to_mathml
from eftheory.proofkit.kernel.expression import Node, Relation, Sum, Symbol
from eftheory.proofkit.kernel.text import write, write_relation
from eftheory.proofkit.lessons.latex import LATEX
from eftheory.proofkit.lessons.stacked import Stacked


class MathML(Stacked):
    """Expressions in MathML."""

    plus, minus, negative = "<mo>+</mo>", "<mo>−</mo>", '<mo form="prefix">−</mo>'
    integer, power = "<mn>%s</mn>", "<msup><mrow>%s</mrow><mn>%s</mn></msup>"
    fraction = "<mfrac><mn>%s</mn><mn>%s</mn></mfrac>"
    quotient = "<mfrac><mrow>%s</mrow><mrow>%s</mrow></mfrac>"
    product, times = "<mrow>%s</mrow>", '<mspace width="0.17em"/>'
    parentheses = "<mrow><mo>(</mo>%s<mo>)</mo></mrow>"
    image = f"<mrow>%s{parentheses}</mrow>"
    norm = (
        '<msup><mrow><mo fence="true" form="prefix">‖</mo>%s<mo fence="true" form="postfix">‖</mo></mrow>'
        "<mn>2</mn></msup>"
    )
    inner = "<mrow><mo>⟨</mo>%s<mo>,</mo>%s<mo>⟩</mo></mrow>"
    mean = (
        "<mrow><mfrac><mn>1</mn><mi>n</mi></mfrac><munder><mo>∑</mo><mi>i</mi></munder>"
        "<mrow><mo>[</mo>%s<mo>]</mo></mrow></mrow>"
    )
    expectation = '<mrow><mi mathvariant="normal">E</mi><mrow><mo>[</mo>%s<mo>]</mo></mrow></mrow>'
    signs = {"<=": "<mo>≤</mo>", "<": "<mo>&lt;</mo>", "=": "<mo>=</mo>"}

    def symbol(self, node: Symbol) -> str:
        """What the LaTeX of the symbol means; agents' own with an index."""
        try:
            return to_mathml(LATEX.symbol(node))
        except ValueError:
            name = f"<mi>{escape(node.name)}</mi>"
            return f"<msub>{name}<mi>i</mi></msub>" if node.indexed else name

    def inline(self, shown: Node | Relation, kind: str = "") -> str:
        """A formula among the words of a block of that kind."""
        large = ' displaystyle="true"' * (kind == "definition")
        return f"<math{large}>{super().inline(shown)}</math>"

    def displayed(self, shown: Relation, name: str = "") -> str:
        """A relation on a line of its own, on several if it is long, behind its name."""
        label = f'<span class="name">{sentence(name)}</span>' * bool(name)
        return label + self._displayed(shown)

    def _displayed(self, relation: Relation) -> str:
        rows = self._rows(relation.left), self._rows(relation.right)
        if len(rows[0]) + len(rows[1]) == 2 and len(write_relation(relation)) < 95:
            return f'<math display="block">{rows[0][0]}{self.signs[relation.sign]}{rows[1][0]}</math>'
        lines = [
            *rows[0],
            _space("1em") + self.signs[relation.sign] + rows[1][0],
            *(_space("3em") + r for r in rows[1][1:]),
        ]
        table = "".join(f"<mtr><mtd>{line}</mtd></mtr>" for line in lines)
        return f'<math display="block"><mtable columnalign="left" displaystyle="true">{table}</mtable></math>'

    def _rows(self, node: Node) -> list[str]:
        if not isinstance(node, Sum):
            return [self.write(node)]
        rows, length = [""], 0
        for joint, term, inside in self.joined(node):
            size = len(write(term))
            if rows[-1] and length + size > 90:
                rows.append("")
                length = 0
            rows[-1] += joint + self.write(term, inside)
            length += size
        return rows


def _space(width: str) -> str:
    return f'<mspace width="{width}"/>'


MATHML = MathML()
