"""Fragments as HTML, and the one page around them: no scripts, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from eftheory.pages.escape import printable
from eftheory.pages.fragments import Block, Body, Explanation, Formula, Items, Mathematics, Section, Table
from eftheory.pages.prose import GREEK, Code, Variable, pieces

STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.2rem; line-height: 1.55; hyphens: auto;
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "STIX Two Text", Georgia, serif; }
math, .formula { font-family: "STIX Two Math", "Latin Modern Math", "Libertinus Math", "Cambria Math", math; }
h1 { font-size: 1.5rem; line-height: 1.25; margin-bottom: .2rem; }
h2, summary { font-size: 1.1rem; font-weight: bold; margin-top: 2rem; border-bottom: 1px solid #8884; }
summary { cursor: pointer; }
.source, .reason, .range, footer { color: color-mix(in srgb, currentColor 75%, transparent); }
.range { display: inline-block; margin-right: 1.6rem; }
.line, .claim { display: flex; align-items: center; gap: 1rem; overflow-x: auto; padding: .35rem 0; }
.line > math, .claim > math { margin: 0 auto; }
.name { flex: none; font-size: .85rem; font-style: italic; max-width: 9rem; }
.claim { border-left: 3px solid #2a6fb0; padding-left: .8rem; background: #2a6fb012; }
.definition { margin: .35rem 0 .35rem 1.5rem; overflow-x: auto; }
.formula { white-space: pre-wrap; overflow-wrap: anywhere; margin: .35rem 0 .8rem 1.5rem; }
.formula div { padding-left: 2.2em; text-indent: -2.2em; }
ul { overflow-wrap: anywhere; }
ul.why { margin: 0 0 1rem 1.2rem; padding-left: 1.2rem; font-size: .92rem; list-style: none;
  border-left: 2px solid #8885; }
ul.why li { overflow-x: auto; padding: .1rem 0; }
.failure, .open, .refuted { color: #b3261e; font-weight: bold; }
.verdict { margin-top: 2rem; font-weight: bold; letter-spacing: .04em; }
.proved { color: #1b7f3b; } .inconclusive { color: #8a6100; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; font-size: .9rem; }
"""
_POWER = re.compile(r"\^(\w+|\(([^()]*)\))")


def page(title: str, body: str, language: str = "en") -> str:
    """A whole page: its title as text, its body as HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(printable(title))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def cell(body: str) -> str:
    """What a notebook shows: HTML that styles itself, and nothing of the notebook around it."""
    return f'<style>.eftheory {{{STYLE}}}</style>\n<div class="eftheory">\n{body}\n</div>'


def table(rows: Iterable[tuple[str, ...]], columns: tuple[str, ...] = ()) -> str:
    """Rows of texts, which are escaped."""
    return _body(Table(columns, tuple(rows)))


def blocks_as_html(blocks: Iterable[Block], maths: Mathematics) -> str:
    """Blocks, without the page around them."""
    out: list[str] = []
    listing = False
    for block in blocks:
        if listing and block.kind != "reason":
            out.append("</ul>")
        elif not listing and block.kind == "reason":
            out.append('<ul class="why">')
        listing = block.kind == "reason"
        out.append(_block(block, maths))
    return "\n".join([*out, *["</ul>"] * listing]) + "\n"


def _block(block: Block, maths: Mathematics) -> str:
    words = block.words(maths, sentence, escape)
    if block.kind == "table":
        return _body(block.relation)
    if block.kind in ("title", "heading"):
        tag = "h1" if block.kind == "title" else "h2"
        return f"<{tag}>{words}</{tag}>"
    if block.relation is not None:
        told = f"<p>{words}</p>\n" if words else ""
        kind = "claim" if block.kind == "claim" else "line"
        return f'{told}<div class="{kind}">{maths.displayed(block.relation, block.name)}</div>'
    if block.kind == "reason":
        return f"<li>{words}</li>"
    if block.kind == "verdict":
        return f'<p class="verdict {"proved" if words == "PROVED" else "open"}">{words}</p>'
    tag = {"definition": "div", "range": "span"}.get(block.kind, "p")
    return f'<{tag} class="{block.kind}">{words}</{tag}>'


def sentence(text: str) -> str:
    """Words with variables in them: Greek letters, indices, powers and signs as in print, code as code.

    >>> sentence("mu_i^2 <= 1 by `rule_1`")
    '<i>μ</i><sub>i</sub><sup>2</sup> ≤ 1 by <code>rule_1</code>'
    """
    return "".join(map(_piece, pieces(text)))


def _piece(piece: str | Variable | Code) -> str:
    if isinstance(piece, str):
        words = _POWER.sub(lambda match: f"<sup>{match[2] or match[1]}</sup>", escape(piece))
        return words.replace(" - ", " − ").replace("sqrt(", "√(")
    if isinstance(piece, Code):
        return f"<code>{escape(piece.text)}</code>"
    index = ",".join(GREEK.get(below, below) for below in piece.below)
    above = "+" * piece.plus + piece.power
    return (
        f"<i>{GREEK.get(piece.name, piece.name)}{'′' * piece.prime}</i>"
        + (f"<sub>{index}</sub>" if index else "")
        + (f"<sup>{above}</sup>" if above else "")
    )


def as_html(explanation: Explanation) -> str:
    """A page of its own, in ASCII; everything is escaped, asides can be unfolded."""
    body = [titled(explanation.title, explanation.status), sections_as_html(explanation)]
    body.append(f"<footer>{_text(explanation.footer)}</footer>\n")
    whole = page(f"{explanation.title}: {explanation.status}", "\n".join(body))
    return whole.encode("ascii", "xmlcharrefreplace").decode("ascii")


def titled(title: str, status: str) -> str:
    """A title, and what holds of it."""
    return f'<h1>{_text(title)} <span class="{escape(status)}">{escape(status)}</span></h1>'


def sections_as_html(explanation: Explanation) -> str:
    """The sections, without the title above them, and the page around them."""
    return "\n".join(map(_section, explanation.sections))


def _section(section: Section) -> str:
    outer, inner = ("details", "summary") if section.aside else ("section", "h2")
    body = "\n".join(map(_body, section.body))
    return f"<{outer}>\n<{inner}>{_text(section.title)}</{inner}>\n{body}\n</{outer}>"


def _body(body: Body) -> str:
    if isinstance(body, Formula):
        return f'<div class="formula">{_each("div", body.lines)}</div>'
    if isinstance(body, Items):
        return f"<ul>\n{_each('li', body.entries)}\n</ul>"
    if isinstance(body, Table):
        head = _each('th scope="col"', body.columns)
        rows = "\n".join(f"<tr>{_each('td', row)}</tr>" for row in body.rows)
        return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'
    return f"<p>{_text(body)}</p>"


def _each(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_text(text)}</{tag.partition(' ')[0]}>" for text in texts)


def _text(text: str) -> str:
    """Text from a file, as it is."""
    return escape(printable(text))
