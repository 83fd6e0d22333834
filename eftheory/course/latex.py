r"""Lessons in LaTeX, from the tokens that Markdown is made of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from eftheory.course.lesson import Lesson
from eftheory.course.run import Shown
from eftheory.pages.escape import latex

CHARACTERS = 88
"""Most of a line that is printed word for word."""

_AROUND = {
    "paragraph": ("", "\n\n"),
    "heading": ("\\section*{", "}\n\n"),
    "bullet_list": ("\\begin{itemize}\n", "\\end{itemize}\n\n"),
    "ordered_list": ("\\begin{enumerate}\n", "\\end{enumerate}\n\n"),
    "list_item": ("\\item ", ""),
    "strong": (r"\textbf{", "}"),
    "em": (r"\emph{", "}"),
}
_PLACE = re.compile(r"/(proofs|course)/(?!index)(\w+)\.html")
_EXERCISE = re.compile(r"/exercises/(?!index)(\w+)\.html")


def chapter(lesson: Lesson, shown: Sequence[Shown], figures: Iterator[str]) -> str:
    """A lesson as a chapter.

    Args:
        lesson: which.
        shown: what its cells show.
        figures: the names of the files of its figures.

    Raises:
        ImportError: what reads Markdown is not installed.
    """
    out = [f"\\chapter{{{latex(lesson.title)}}}\\label{{course:{lesson.name}}}\n\n"]
    for cell, each in zip(lesson.read(), shown):
        if not cell.is_code:
            out.append(words(re.sub(r"\A# .*\n", "", cell.source)))
            continue
        out.append(_verbatim(cell.source))
        if each.printed:
            out.append(f"\\begin{{quote}}\n{_verbatim(each.printed)}\\end{{quote}}\n\n")
        for _ in each.figures:
            out.append(f"\\begin{{center}}\\includegraphics{{{next(figures)}}}\\end{{center}}\n\n")
    return "".join(out)


def words(markdown: str) -> str:
    r"""Markdown, with formulas between dollar signs, in LaTeX.

    >>> words("*One* of $n$: [it](/proofs/gd.html)")
    '\\emph{One} of $n$: \\hyperref[proofs:gd]{it}\n\n'
    """
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.dollarmath import dollarmath_plugin
    except ImportError as error:
        raise ImportError(f"lessons are read with {error.name}: install eftheory[report]") from None
    parser = MarkdownIt("commonmark").use(dollarmath_plugin, allow_labels=False)
    return "".join(_written(parser.parse(markdown)))


def _written(tokens: Sequence[Any]) -> Iterator[str]:
    after: list[str] = []
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if token.type == "inline":
            yield from _written(token.children)
        elif token.type in ("link_open", "link_close"):
            if end == "open":
                before, close = _link(str(token.attrs["href"]))
                after.append(close)
                yield before
            else:
                yield after.pop()
        elif end in ("open", "close") and kind in _AROUND:
            yield _AROUND[kind][end == "close"]
        else:
            yield _leaf(token)


def _leaf(token: Any) -> str:
    """What has nothing in it but itself.

    Raises:
        ValueError: it is nothing that lessons are made of.
    """
    if token.type == "text":
        return latex(token.content)
    if token.type == "softbreak":
        return "\n"
    if token.type == "math_inline":
        return f"${token.content}$"
    if token.type == "math_block":
        return f"\\[{token.content.strip()}\\]\n"
    if token.type == "code_inline":
        return rf"\texttt{{{latex(token.content)}}}"
    raise ValueError(f"lessons have no {token.type}: {token.content[:60]!r}")


def _link(target: str) -> tuple[str, str]:
    """What stands before and after the words of a link; of what is not in the book they are all that stays."""
    if match := _PLACE.fullmatch(target):
        return f"\\hyperref[{match[1]}:{match[2]}]{{", "}"
    if match := _EXERCISE.fullmatch(target):
        return "", rf" (\texttt{{eftheory exercise {latex(match[1])}}})"
    return "", ""


def _verbatim(text: str) -> str:
    """Lines word for word; what is longer than a line goes on in the next one."""
    lines = [
        piece
        for line in text.encode("ascii", "backslashreplace").decode("ascii").splitlines()
        for piece in textwrap.wrap(
            line, CHARACTERS, subsequent_indent="    ", drop_whitespace=False, replace_whitespace=False
        )
        or [""]
    ]
    return "{\\footnotesize\n\\begin{verbatim}\n" + "\n".join(lines) + "\n\\end{verbatim}\n}\n\n"
