r"""Blocks as a document that needs amsmath and nothing else, and the environments of pieces to paste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from eftheory.pages.escape import latex
from eftheory.pages.fragments import Block, Mathematics, Table
from eftheory.pages.names import latex_word
from eftheory.pages.prose import Code, Variable, pieces

PER_PAGE = 40
"""Most rows of a table in one piece: it is not broken between pages."""


def sentence(text: str) -> str:
    r"""Words with variables in them.

    >>> sentence("mu_i^2 <= 1 by `rule_1`")
    '$\\mu_{i}^{2}$ $\\le$ 1 by \\texttt{rule\\_1}'
    """
    return "".join(map(_piece, pieces(text)))


def _piece(piece: str | Variable | Code) -> str:
    if isinstance(piece, str):
        return re.sub(r"\\textasciicircum\{\}(\w+)", r"$^{\1}$", latex(piece))
    if isinstance(piece, Code):
        return rf"\texttt{{{latex(piece.text)}}}"
    below = "_{" + ",".join(map(latex_word, piece.below)) + "}" if piece.below else ""
    above = "'" * piece.prime + "^{" * bool(piece.plus or piece.power) + "+" * piece.plus
    return f"${latex_word(piece.name)}{below}{above}{piece.power}{'}' * bool(piece.plus or piece.power)}$"


def document(body: str) -> str:
    """A whole document."""
    return (
        "\\documentclass[11pt,leqno]{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
        "\\usepackage{amsmath}\n\\allowdisplaybreaks\n\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{3pt}\n"
        "\\addtolength{\\textwidth}{9em}\\addtolength{\\oddsidemargin}{-4.5em}\n"
        "\\AtBeginDocument{\\abovedisplayskip=0pt plus 3pt \\abovedisplayshortskip=0pt plus 3pt}\n"
        "\\addtolength{\\textheight}{6em}\\addtolength{\\topmargin}{-4em}\n\\sloppy\n"
        f"\\begin{{document}}\n{body}\\end{{document}}\n"
    )


def blocks_as_latex(blocks: Iterable[Block], maths: Mathematics) -> str:
    """Blocks, to be pasted."""
    return "\n\n".join(_block(block, maths) for block in blocks if block.kind not in ("idea", "picture")) + "\n"


def _block(block: Block, maths: Mathematics) -> str:
    words = block.words(maths, sentence, latex)
    if block.kind in ("table", "evidence"):
        return "\n".join(tabular(block.relation))
    if block.kind in ("title", "heading"):
        return f"\\{'section' if block.kind == 'title' else 'subsection'}*{{{words}}}"
    if block.relation is not None and block.kind != "alike":
        return f"{words}\n{maths.displayed(block.relation, block.name)}"
    if block.kind in ("reason", "definition", "range"):
        return f"{{\\hangindent=1.5em\\hangafter=0 {words}\\par}}"
    if block.kind in ("verdict", "failure"):
        return f"\\medskip\\textbf{{{words}}}\\par"
    return f"{words}\\par"


def items(entries: Iterable[str]) -> Iterator[str]:
    """A list of points, line by line; nothing if there are none."""
    lines = [rf"  \item {entry}" for entry in entries]
    return iter([r"\begin{itemize}", *lines, r"\end{itemize}"] if lines else [])


def tabular(shown: Table) -> Iterator[str]:
    r"""A table, line by line.

    >>> list(tabular(Table(("a", "b"), (("1", "2"),))))
    ['\\begin{tabular}{@{}ll@{}}', '  a & b \\\\', '  1 & 2 \\\\', '\\end{tabular}\\par']
    """
    for first in range(0, len(shown.rows), PER_PAGE):
        yield rf"\begin{{tabular}}{{@{{}}{'l' * len(shown.columns)}@{{}}}}"
        rows = (shown.columns, *shown.rows[first : first + PER_PAGE])
        yield from (f"  {' & '.join(map(latex, row))} " + r"\\" for row in rows)
        yield r"\end{tabular}\par"


def aligned(lines: list[str]) -> Iterator[str]:
    """Formulas below each other, line by line."""
    yield r"\begin{align*}"
    yield from (f"  {line}" + (r" \\" if k < len(lines) - 1 else "") for k, line in enumerate(lines))
    yield r"\end{align*}"
