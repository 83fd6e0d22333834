"""Expressions in MathML, which every current browser shows."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from eftheory.pages.html import sentence
from eftheory.pages.mathml import to_mathml
from eftheory.proofkit.expression import Node, Relation, Sum, Symbol
from eftheory.proofkit.lessons.latex import LATEX
from eftheory.proofkit.lessons.stacked import Stacked
from eftheory.proofkit.text import PRODUCT, SUM, write, write_relation


class MathML(Stacked):
    """Expressions in MathML."""

    plus, minus = "<mo>+</mo>", "<mo>−</mo>"
    sign_of_product = '<mo form="prefix">−</mo>'

    def symbol(self, node: Symbol) -> str:
        """What the LaTeX of the symbol means; agents' own with an index."""
        try:
            return to_mathml(LATEX.symbol(node))
        except ValueError:
            name = f"<mi>{escape(node.name)}</mi>"
            return f"<msub>{name}<mi>i</mi></msub>" if node.indexed else name

    def _number(self, value: Fraction, inside: int) -> str:
        whole = value.denominator == 1 and value >= 0
        return f"<mn>{value}</mn>" if whole else super()._number(value, inside)

    def _integer(self, value: int) -> str:
        return f"<mn>{value}</mn>"

    def parentheses(self, text: str) -> str:  # noqa: D102
        return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>"

    def juxtaposed(self, factors: list[str]) -> str:  # noqa: D102
        return "<mrow>" + _space("0.17em").join(factors) + "</mrow>"

    def fraction(self, numerator: str, denominator: int) -> str:  # noqa: D102
        return f"<mfrac><mn>{numerator}</mn><mn>{denominator}</mn></mfrac>"

    def quotient(self, numerator: str, denominator: str) -> str:  # noqa: D102
        return f"<mfrac><mrow>{numerator}</mrow><mrow>{denominator}</mrow></mfrac>"

    def power(self, base: str, exponent: str) -> str:  # noqa: D102
        return f"<msup><mrow>{base}</mrow><mn>{exponent}</mn></msup>"

    def norm(self, body: str) -> str:  # noqa: D102
        left, right = (f'<mo fence="true" form="{form}">‖</mo>' for form in ("prefix", "postfix"))
        return f"<msup><mrow>{left}{body}{right}</mrow><mn>2</mn></msup>"

    def inner(self, a: str, b: str) -> str:  # noqa: D102
        return f"<mrow><mo>⟨</mo>{a}<mo>,</mo>{b}<mo>⟩</mo></mrow>"

    def image(self, name: str, body: str) -> str:  # noqa: D102
        return f"<mrow>{name}{self.parentheses(body)}</mrow>"

    def mean(self, body: str) -> str:  # noqa: D102
        over = "<mfrac><mn>1</mn><mi>n</mi></mfrac>"
        return f"<mrow>{over}<munder><mo>∑</mo><mi>i</mi></munder><mrow><mo>[</mo>{body}<mo>]</mo></mrow></mrow>"

    def expectation(self, body: str) -> str:  # noqa: D102
        return f'<mrow><mi mathvariant="normal">E</mi><mrow><mo>[</mo>{body}<mo>]</mo></mrow></mrow>'

    def sign(self, sign: str) -> str:  # noqa: D102
        return f"<mo>{dict(zip(('<=', '<', '='), '≤&='))[sign].replace('&', '&lt;')}</mo>"

    def inline(self, shown: Node | Relation, kind: str = "") -> str:
        """A formula among the words of a block of that kind."""
        large = ' displaystyle="true"' * (kind == "definition")
        return f"<math{large}>{super().inline(shown)}</math>"

    def displayed(self, shown: Relation, name: str = "") -> str:
        """A relation on a line of its own, on several if it is long, behind its name."""
        label = f'<span class="name" id="{escape(name, quote=True)}">{sentence(name)}</span>' * bool(name)
        return label + self._displayed(shown)

    def _displayed(self, relation: Relation) -> str:
        rows = self._rows(relation.left), self._rows(relation.right)
        if len(rows[0]) + len(rows[1]) == 2 and len(write_relation(relation)) < 95:
            return f'<math display="block">{rows[0][0]}{self.sign(relation.sign)}{rows[1][0]}</math>'
        lines = [
            *rows[0],
            _space("1em") + self.sign(relation.sign) + rows[1][0],
            *(_space("3em") + r for r in rows[1][1:]),
        ]
        table = "".join(f"<mtr><mtd>{line}</mtd></mtr>" for line in lines)
        return f'<math display="block"><mtable columnalign="left" displaystyle="true">{table}</mtable></math>'

    def _rows(self, node: Node) -> list[str]:
        if not isinstance(node, Sum):
            return [self.write(node)]
        rows, length = [""], 0
        for j, (sign, term) in enumerate(self.terms(node)):
            joint = (self.minus if sign else self.plus) if j else (self.sign_of_product if sign else "")
            size = len(write(term))
            if rows[-1] and length + size > 90:
                rows.append("")
                length = 0
            rows[-1] += joint + self.write(term, PRODUCT if sign else SUM)
            length += size
        return rows


def _space(width: str) -> str:
    return f'<mspace width="{width}"/>'


MATHML = MathML()
