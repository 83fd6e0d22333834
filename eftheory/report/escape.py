"""Text from a file, made harmless for the place where it is shown."""

from __future__ import annotations

LONGEST = 200
"""Longest piece of free text from a file that a report shows, in characters."""

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\char34}",
    "`": r"{\char96}",
    "'": r"{\char39}",
    "-": "{-}",
}


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


def latex(text: str) -> str:
    r"""The text as LaTeX that prints just it, in ASCII; ligatures and comments are kept from forming.

    >>> latex("50% of $x_1$")
    '50\\% of \\$x\\_1\\$'
    """
    ascii_text = printable(text).encode("ascii", "backslashreplace").decode("ascii")
    return "".join(_LATEX.get(c, c) for c in ascii_text)
