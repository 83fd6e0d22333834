"""A lesson as one self-contained page: formulas in MathML, which every current browser shows; no script, no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from html import escape

from eftheory.proofkit.catalogue import Entry, examine
from eftheory.proofkit.expression import Node, Quotient, Relation, Sum, Symbol
from eftheory.proofkit.lessons.latex import LATEX, PROSE
from eftheory.proofkit.lessons.lesson import Block, tell
from eftheory.proofkit.lessons.mathml import to_mathml
from eftheory.proofkit.lessons.prose import GREEK, Code, Variable, pieces
from eftheory.proofkit.lessons.why import Part
from eftheory.proofkit.text import POWER, PRODUCT, SUM, Style
from eftheory.proofkit.theorem import Theorem

LETTERS = GREEK


class MathML(Style):
    """Expressions in MathML."""

    plus, minus = "<mo>+</mo>", "<mo>−</mo>"
    sign_of_product = '<mo form="prefix">−</mo>'
    fraction_needs_parentheses = POWER

    def symbol(self, node: Symbol) -> str:
        """What the LaTeX of the symbol means; agents' own with an index."""
        try:
            return to_mathml(LATEX.symbol(node))
        except ValueError:
            name = f"<mi>{escape(node.name)}</mi>"
            return f"<msub>{name}<mi>i</mi></msub>" if node.indexed else name

    def _denominator(self, node: Node) -> str:
        return self.write(node)

    def _quotient(self, node: Quotient, inside: int) -> str:
        return self._enclosed(self.quotient(self.write(node.numerator), self.write(node.denominator)), inside >= POWER)

    def _factor(self, node: Node) -> str:
        return self.write(node, PRODUCT)

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

    def words(self, text: str) -> str:  # noqa: D102
        return escape(text)

    def formula(self, text: str) -> str:  # noqa: D102
        return f"<math>{text}</math>"

    def displayed(self, relation: Relation) -> str:
        """A relation on a line of its own, on several if it is long."""
        rows = self._rows(relation.left), self._rows(relation.right)
        if len(rows[0]) + len(rows[1]) == 2 and len(Style().relation(relation)) < 95:
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
            size = len(Style().write(term))
            if rows[-1] and length + size > 90:
                rows.append("")
                length = 0
            rows[-1] += joint + self.write(term, PRODUCT if sign else SUM)
            length += size
        return rows


def _space(width: str) -> str:
    return f'<mspace width="{width}"/>'


MATHML = MathML()
_NAMED = ("step", "noise")
"""Symbols that sentences call by their names in text, and formulas by a letter."""
_POWER = re.compile(r"\^(\w+|\(([^()]*)\))")

_CSS = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; line-height: 1.55; hyphens: auto;
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "STIX Two Text", Georgia, serif; }
math { font-family: "STIX Two Math", "Latin Modern Math", "Libertinus Math", "Cambria Math", math; }
h1 { font-size: 1.5rem; line-height: 1.25; margin-bottom: .2rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #8884; }
.source, .reason, .range { color: color-mix(in srgb, currentColor 75%, transparent); }
.range { display: inline-block; margin-right: 1.6rem; }
.line, .claim { display: flex; align-items: center; gap: 1rem; overflow-x: auto; padding: .35rem 0; }
.line > math, .claim > math { margin: 0 auto; }
.name { flex: none; font-size: .85rem; font-style: italic; max-width: 9rem; }
.claim { border-left: 3px solid #2a6fb0; padding-left: .8rem; background: #2a6fb012; }
.definition { margin: .35rem 0 .35rem 1.5rem; overflow-x: auto; }
ul.why { margin: 0 0 1rem 1.2rem; padding-left: 1.2rem; font-size: .92rem; list-style: none;
  border-left: 2px solid #8885; }
ul.why li { overflow-x: auto; padding: .1rem 0; }
.failure, .open { color: #b3261e; font-weight: bold; }
.verdict { margin-top: 2rem; font-weight: bold; letter-spacing: .04em; }
.proved { color: #1b7f3b; }
nav { font-size: .9rem; } table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; }
"""


def as_page(blocks: list[Block], language: str = "en") -> str:
    """A whole page."""
    title = "".join(
        part if isinstance(part, str) else Style().write(part)
        for part in blocks[0].parts
        if not isinstance(part, Relation)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n{as_html(blocks)}</body>\n</html>\n"
    )


def as_html(blocks: list[Block]) -> str:
    """The lesson, without the page around it."""
    out: list[str] = []
    listing = False
    for block in blocks:
        if listing and block.kind != "reason":
            out.append("</ul>")
        elif not listing and block.kind == "reason":
            out.append('<ul class="why">')
        listing = block.kind == "reason"
        out.append(_block(block))
    return "\n".join([*out, *["</ul>"] * listing]) + "\n"


def _block(block: Block) -> str:
    words = "".join(_inline(part, block.kind) for part in block.parts)
    if block.kind in ("title", "heading"):
        tag = "h1" if block.kind == "title" else "h2"
        return f"<{tag}>{words}</{tag}>"
    if block.relation is not None:
        name = f'<span class="name" id="{escape(block.name, quote=True)}">{_in_prose(block.name)}</span>' * bool(
            block.name
        )
        told = f"<p>{words}</p>\n" if words else ""
        kind = "claim" if block.kind == "claim" else "line"
        return f'{told}<div class="{kind}">{name}{MATHML.displayed(block.relation)}</div>'
    if block.kind == "reason":
        return f"<li>{words}</li>"
    if block.kind == "verdict":
        return f'<p class="verdict {"proved" if words == "PROVED" else "open"}">{words}</p>'
    if block.kind == "range":
        words += "".join(f": the {s.name}" for s in block.parts if isinstance(s, Symbol) and s.name in _NAMED)
    tag = {"definition": "div", "range": "span"}.get(block.kind, "p")
    return f'<{tag} class="{block.kind}">{words}</{tag}>'


def _in_prose(text: str) -> str:
    """Greek letters, indices, squares and signs as in print, code as code; the words stay words."""
    return "".join(map(_piece, pieces(text)))


def _piece(piece: str | Variable | Code) -> str:
    if isinstance(piece, str):
        words = _POWER.sub(lambda match: f"<sup>{match[2] or match[1]}</sup>", escape(piece))
        return words.replace(" - ", " − ").replace("sqrt(", "√(")
    if isinstance(piece, Code):
        return f"<code>{escape(piece.text)}</code>"
    index = ",".join(LETTERS.get(below, below) for below in piece.below)
    above = "+" * piece.plus + piece.power
    return (
        f"<i>{LETTERS.get(piece.name, piece.name)}{'′' * piece.prime}</i>"
        + (f"<sub>{index}</sub>" if index else "")
        + (f"<sup>{above}</sup>" if above else "")
    )


def _inline(part: Part, kind: str = "") -> str:
    if isinstance(part, str):
        return _in_prose(part) if kind in PROSE else MATHML.words(part)
    text = MATHML.formula(MATHML.relation(part) if isinstance(part, Relation) else MATHML.write(part))
    return text.replace("<math>", '<math displaystyle="true">', 1) if kind == "definition" else text


def contents(entries: Mapping[str, Entry], parts: Mapping[str, list[str]]) -> str:
    """The page that lists the theorems, by parts in reading order."""
    rows = "<tr><th>theorem</th><th>status</th><th>source</th></tr>\n"
    for title, slugs in parts.items():
        rows += f'<tr><th colspan="3"><h2>{escape(title)}</h2></th></tr>\n'
        for slug in slugs:
            entry = entries[slug]
            rows += (
                f'<tr><td><a href="{slug}.html">{escape(entry.theorem.title)}</a></td>'
                f'<td class="{"proved" if entry.problem is None else "open"}">{entry.status}</td>'
                f"<td>{escape(entry.theorem.source)}</td></tr>\n"
            )
    table = f"<table>\n{rows}</table>\n"
    return as_page([Block("title", ("Theorems",))]).replace("</body>", f"{table}</body>")


def lesson_in_html(theorem: Theorem) -> str:
    """The theorem's lesson, checked now, to be shown in a notebook."""
    return f"<style>{_CSS}</style>{as_html(tell(examine(theorem)))}"
