"""Variables in words: which pieces of a sentence are names, with their indices and powers, and which are code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

GREEK = {
    **dict(zip("alpha beta gamma delta epsilon eps zeta eta theta kappa lambda mu nu xi".split(), "αβγδεεζηθκλμνξ")),  # noqa: SIM905
    **dict(zip("rho sigma tau phi chi psi omega".split(), "ρστφχψω")),  # noqa: SIM905
    **dict(zip("Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega".split(), "ΓΔΘΛΞΣΦΨΩ")),  # noqa: SIM905
}
NEXT = ("after", "next", "plus")
"""What the name of a variable ends in if it is the one at the next point of time."""
_TOKEN = re.compile(
    r"`([^`]+)`"
    r"|(?<![A-Za-z_.'])(?<![A-Za-z_]\d)(?<![A-Za-z_]\d\d)([A-Za-z]+)"
    r"(\d?)('(?![A-Za-z]))?(\+(?![A-Za-z0-9(]))?((?:_[A-Za-z0-9]+)*)(\^\d+)?(?!\w|\.\w)"
)


@dataclass(frozen=True)
class Variable:
    """A variable in a sentence.

    Args:
        name: a letter, or the name of a Greek one.
        below: its indices.
        prime: whether it has one.
        plus: whether it is that of the next point of time.
        power: the exponent, or nothing.
    """

    name: str
    below: tuple[str, ...] = ()
    prime: bool = False
    plus: bool = False
    power: str = ""


@dataclass(frozen=True)
class Code:
    """What stands between backticks."""

    text: str


def pieces(sentence: str) -> Iterator[str | Variable | Code]:
    """The sentence, cut where variables and code stand; words stay words.

    >>> list(pieces("a step of mu_i^2 by `rule`"))
    ['a step of ', Variable(name='mu', below=('i',), prime=False, plus=False, power='2'), ' by ', Code(text='rule')]
    """
    sentence = sentence.replace("<=", "≤").replace(">=", "≥").replace("||^2", "‖²").replace("||", "‖")
    end = 0
    for match in _TOKEN.finditer(sentence):
        piece = _piece(match)
        if piece is not None:
            if match.start() > end:
                yield sentence[end : match.start()]
            yield piece
            end = match.end()
    if end < len(sentence):
        yield sentence[end:]


def _piece(match: re.Match[str]) -> Variable | Code | None:
    code, name, digit, prime, plus, below, power = match.groups()
    if code is not None:
        return Code(code)
    marked = bool(digit or prime or plus or below or power) or match.string[: match.start()][-1:].isdigit()
    if not (name in GREEK or (len(name) == 1 and (marked or name not in "aAI" or _is_name(match)))):
        return None
    indices = [digit] * bool(digit) + [piece for piece in below.split("_") if piece]
    later = bool(indices) and indices[-1] in NEXT
    indices = indices[:-1] if later else indices
    return Variable(name, tuple(indices), bool(prime), bool(plus) or later, (power or "")[1:])


def _is_name(match: re.Match[str]) -> bool:
    """Whether a capital A is one: in the midst of a sentence it is no article."""
    before = match.string[: match.start()].rstrip()
    return match[2] == "A" and bool(before) and before[-1] not in ".:;!?("
