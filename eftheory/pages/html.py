"""Fragments as HTML, and the one page around them: no scripts, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from importlib.resources import files

from eftheory.pages.escape import printable
from eftheory.pages.fragments import Body, Explanation, Formula, Items, Section, Table
from eftheory.pages.prose import GREEK, Code, Variable, pieces

STYLE = """
:root { color-scheme: light dark; --text: #1c1b1a; --quiet: #57534e; --ground: #fdfcf9; --panel: #f3f0e8;
  --line: #d3cdc0; --accent: #1f5a96; --good: #1b6e36; --bad: #a8231b; --warn: #7a5600;
  --data-1: #0072b2; --data-2: #d55e00; --data-3: #008f68; --data-4: #b65f91; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e6e1; --quiet: #b0aca5; --ground: #16171a; --panel: #212328;
  --line: #41454d; --accent: #8ab8f0; --good: #7bd08f; --bad: #ff9a8f; --warn: #e5b95c;
  --data-1: #56b4e9; --data-2: #e69f00; --data-3: #1fbf92; --data-4: #d98cb7; } }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1.2rem; line-height: 1.55; overflow-wrap: break-word;
  background: var(--ground); color: var(--text); -webkit-text-size-adjust: 100%;
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "STIX Two Text", Georgia, serif; }
math, .formula { font-family: "STIX Two Math", "Latin Modern Math", "Libertinus Math", "Cambria Math", math; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: .2rem; }
h2, summary { font-size: 1.15rem; font-weight: bold; margin-top: 2rem; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; }
.source, .reason, .quiet, footer { color: var(--quiet); }
.line, .claim { display: flex; align-items: center; gap: 1rem; overflow: auto hidden; padding: .5rem 0; }
.line > math, .claim > math { margin: 0 auto; }
.name { flex: none; font-size: .85rem; font-style: italic; max-width: 9rem; }
.claim { border-left: 3px solid var(--accent); padding-left: .8rem; background: var(--panel); margin: .4rem 0; }
.definition { margin: .35rem 0 .35rem 1.5rem; padding: .2rem 0; overflow: auto hidden; }
.formula { white-space: pre-wrap; overflow-wrap: anywhere; margin: .35rem 0 .8rem 1.5rem; }
.formula div { padding-left: 2.2em; text-indent: -2.2em; }
ul { overflow-wrap: anywhere; }
ul.why { margin: 0 0 1rem 1.2rem; padding-left: 1.2rem; font-size: .95rem; list-style: none;
  border-left: 2px solid var(--line); }
ul.why li { overflow: auto hidden; padding: .2rem 0; }
.failure, .open, .refuted { color: var(--bad); font-weight: bold; }
.verdict { margin-top: 2rem; font-weight: bold; letter-spacing: .04em; }
.proved { color: var(--good); } .inconclusive { color: var(--warn); }
.wide { overflow: auto hidden; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; overflow-wrap: break-word; }
pre { overflow: auto hidden; font-size: .85rem; }
figure { margin: 1.2rem 0; } figcaption { color: var(--quiet); font-size: .92rem; }
.trail { font-size: .9rem; color: var(--quiet); }
.turn { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .8rem; margin-top: 2rem; }
.turn a { flex: 0 1 46%; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: 4px;
  text-decoration: none; } .turn [rel="next"] { margin-left: auto; text-align: right; }
.turn span { display: block; color: var(--quiet); font-size: .85rem; }
:target { background: color-mix(in srgb, var(--accent) 14%, transparent); }
footer { margin-top: 3rem; font-size: .9rem; }
@media (max-width: 40rem) { body { margin: 1rem auto; padding: 0 .9rem; } h1 { font-size: 1.35rem; }
  .formula { margin-left: .3rem; } .formula div { padding-left: 1.2em; text-indent: -1.2em; }
  ul { padding-left: 1.1rem; } td, th { padding-right: .7rem; } }
"""
LESSONS = "site/style/proofs.css"
"""The rules for lessons, which pages of the site have, too."""
_INNER = re.compile(r"<([^<>=]{1,30}, [^<>=]{1,30})>")
_MINUS = re.compile(r"(?:(?<=[\s(,=≤])|^)-(?=\d|\(|$)")
_POWER = re.compile(r"\^(\w+|\(([^()]*)\))")


def page(title: str, body: str, language: str = "en") -> str:
    """A whole page: its title as text, its body as HTML."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(printable(title))}</title>\n<style>{style()}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


@cache
def style() -> str:
    """The style sheet of pages that stand alone."""
    return STYLE + files("eftheory").joinpath(LESSONS).read_text("utf-8")


def cell(body: str) -> str:
    """What a notebook shows: HTML that styles itself, and nothing of the notebook around it."""
    return f'<style>.eftheory {{{style()}}}</style>\n<div class="eftheory">\n{body}\n</div>'


def rows_as_html(rows: Iterable[tuple[str, ...]], columns: tuple[str, ...] = ()) -> str:
    """Rows of texts, which are escaped."""
    return table(Table(columns, tuple(rows)))


def sentence(text: str) -> str:
    """Words with variables in them: Greek letters, indices, powers and signs as in print, code as code.

    >>> sentence("mu_i^2 <= 1 by `rule_1`")
    '<i>μ</i><sub>i</sub><sup>2</sup> ≤ 1 by <code>rule_1</code>'
    """
    return "".join(map(_piece, pieces(_INNER.sub(r"⟨\1⟩", text))))


def _piece(piece: str | Variable | Code) -> str:
    if isinstance(piece, str):
        words = _POWER.sub(lambda match: f"<sup>{match[2] or match[1]}</sup>", escape(piece))
        words = re.sub(r"(?<=[\w)|‖+])_(\w+)", r"<sub>\1</sub>", words)
        return _MINUS.sub("−", re.sub(r"\bsqrt\b ?", "√", words.replace(" - ", " − ")))
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
        return table(body)
    return f"<p>{_text(body)}</p>"


def table(shown: Table, write: Callable[[str], str] | None = None) -> str:
    """A table, which scrolls where it is too wide; its cells are text from a file if no other way to write is given."""
    head = _each('th scope="col"', shown.columns, write or _text)
    rows = "\n".join(f"<tr>{_each('td', row, write or _text)}</tr>" for row in shown.rows)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _text(text: str) -> str:
    """Text from a file, as it is."""
    return escape(printable(text))


def _each(tag: str, texts: Iterable[str], write: Callable[[str], str] = _text) -> str:
    return "".join(f"<{tag}>{write(text)}</{tag.partition(' ')[0]}>" for text in texts)
