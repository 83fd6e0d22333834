"""Sentences with formulas in them, as they stand in docstrings and records: as in print."""

from __future__ import annotations

import re

from eftheory.pages.html import sentence

_BEFORE = (
    (re.compile(r"(?<![<-])<-(?!-)"), "←"),
    (re.compile(r"\bstep_size\b"), "gamma"),
    (re.compile(r"\bgrad (?=[a-zA-Z]\w*\b|\()"), "∇"),
    (re.compile(r"(?<=\d) x (?=\()"), " × "),
)
_AFTER = (
    (re.compile(r"(?<=\d)(?:<i>)?e(?:</i>)?-0*(\d+)\b"), r" · 10<sup>−\1</sup>"),
    (re.compile(r"\bmeasure_(\w)\b"), r"measure<sub>\1</sub>"),
    (re.compile(r"\b(mean|sum|max|min|inf)_(\w)\b"), r"\1<sub><i>\2</i></sub>"),
    (re.compile(r"\^(<i>[^<]*</i>)"), r"<sup>\1</sup>"),
    (re.compile(r"\bLtilde\b"), "<i>L\u0303</i>"),
    (re.compile(r"(?<=</i>)\*"), "<sup>⋆</sup>"),
    (re.compile(r"<sub>([a-z])</sub>"), r"<sub><i>\1</i></sub>"),
    (re.compile(r" -(?=<i>|\d)"), " −"),
)


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
