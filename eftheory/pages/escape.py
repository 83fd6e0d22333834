"""Text made harmless for the place where it is shown."""

from __future__ import annotations

import re

LONGEST = 200
"""Longest piece of free text from a file that a report shows, in characters."""

_LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {c: f"\\{c}" for c in "{}$&#%_"}
    | {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"{\char34}", "`": r"{\char96}"}
    | {"≤": r"$\le$", "≥": r"$\ge$", "−": "$-$", "‖": r"$\Vert$", "²": "$^2$"}
)
_LONG_NUMBER = re.compile(r"[0-9]{41,}")
_LIGATURE = re.compile("([-',])(?=\\1)")


def printable(text: str) -> str:
    r"""The text with everything that is not a visible character spelled out.

    Control and escape characters, line breaks, marks that reorder text and lone surrogates
    become escapes, so that a terminal shows them and does not obey them.

    >>> printable("a\x1b[31mb\n\u202e")
    'a\\x1b[31mb\\n\\u202e'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shorten(text: str, longest: int = LONGEST) -> str:
    """The text, cut where it is longer than ``longest`` characters.

    >>> shorten("abcdefgh", 5)
    'abcde...'
    """
    return text if len(text) <= longest else f"{text[:longest]}..."


def shorten_numbers(text: str) -> str:
    """The text with numbers of more than 40 digits cut, which nobody reads.

    >>> shorten_numbers(f"count={10**400}")
    'count=10000000... (401 digits)'
    """
    return _LONG_NUMBER.sub(lambda digits: f"{digits[0][:8]}... ({len(digits[0])} digits)", text)


def latex(text: str) -> str:
    r"""Words as LaTeX that prints just them; commands, comments and ligatures are kept from forming.

    >>> latex("50% of $x_1$ -- at least")
    '50\\% of \\$x\\_1\\$ -{}- at least'
    """
    return _LIGATURE.sub(r"\1{}", text.translate(_LATEX))


def ascii_latex(text: str) -> str:
    r"""Text from a file as ASCII LaTeX that prints just it, with what is not visible spelled out.

    >>> ascii_latex("é\n")
    '\\textbackslash{}xe9\\textbackslash{}n'
    """
    return latex(printable(text).encode("ascii", "backslashreplace").decode("ascii"))
