"""Sentences with formulas in them, as they stand in docstrings and records: as in print."""

from __future__ import annotations

import re
from html import unescape

from eftheory.pages.html import sentence

_BEFORE = (
    (re.compile(r"(?<![<-])<-(?!-)"), "←"),
    (re.compile(r"\bstep_size\b|\bγ\b"), "gamma"),
    (re.compile(r"\bgrad (?=[a-zA-Z]\w*\b|\()"), "∇"),
    (re.compile(r"(?<=\d) x (?=\()"), " × "),
)
_AFTER = (
    (re.compile(r"(?<=\d)(?:<i>)?e(?:</i>)?[-−]0*(\d+)\b"), r" · 10<sup>−\1</sup>"),
    (re.compile(r"\bmeasure_(\w)\b"), r"measure<sub>\1</sub>"),
    (re.compile(r"\b(mean|sum|max|min|inf)_(\w)\b"), r"\1<sub><i>\2</i></sub>"),
    (re.compile(r"\^(<i>[^<]*</i>)"), r"<sup>\1</sup>"),
    (re.compile(r"\bLtilde\b"), "<i>L\u0303</i>"),
    (re.compile(r"(?<=</i>)\*"), "<sup>⋆</sup>"),
    (re.compile(r"<sub>([a-z])</sub>"), r"<sub><i>\1</i></sub>"),
    (re.compile(r" -(?=<i>|\d)"), " −"),
    (re.compile(r"<i>M</i><sub>3</sub>"), "M3"),  # the method
)
_CHIP = re.compile(r"<(su[bp])>(.*?)</\1>")
_TAG = re.compile(r"<[^>]*>")
_ABOVE = dict(zip("0123456789+−TtkniN⋆", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀᵗᵏⁿⁱᴺ⋆"))
_BELOW = dict(zip("0123456789+ijkntmpx", "₀₁₂₃₄₅₆₇₈₉₊ᵢⱼₖₙₜₘₚₓ"))


def in_print(text: str) -> str:
    """Words with formulas as HTML: arrows, indices, powers and roots as in print, step_size as the letter gamma.

    >>> in_print("x <- x - step_size mean_i d_i")
    '<i>x</i> ← <i>x</i> − <i>γ</i> mean<sub><i>i</i></sub> <i>d</i><sub><i>i</i></sub>'
    """
    for pattern, instead in _BEFORE:
        text = pattern.sub(instead, text)
    html = sentence(text)
    for pattern, instead in _AFTER:
        html = pattern.sub(instead, html)
    return html


def in_letters(text: str) -> str:
    """Words with formulas as text alone, for titles: Greek letters, and indices and powers where there are letters.

    >>> in_letters("a smaller beta/theta, of the f_i, at most r^2 and rho^T")
    'a smaller β/θ, of the fᵢ, at most r² and ρᵀ'
    """
    html = _CHIP.sub(lambda chip: _raised(chip[1], unescape(_TAG.sub("", chip[2]))), in_print(text))
    return unescape(_TAG.sub("", html))


def _raised(where: str, letters: str) -> str:
    known = _ABOVE if where == "sup" else _BELOW
    return (
        "".join(known[letter] for letter in letters)
        if known.keys() >= {*letters}
        else {"sup": "^", "sub": "_"}[where] + letters
    )
