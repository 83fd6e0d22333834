r"""Names in LaTeX as MathML: letters, accents, indices, exponents, brackets; a name has no more than that.

One source says how a symbol looks: its LaTeX. Pages, documents and prose agree because each of them reads it.
"""

from __future__ import annotations

import re
from html import escape

from eftheory.pages.prose import GREEK

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]|\d+|\s+|.", re.DOTALL)
_ACCENTS = {"bar": "¯", "tilde": "~", "hat": "^", "dot": "˙", "overline": "¯"}
_SIGNS = {"leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "pm": "±", "nabla": "∇", "star": "⋆", "ast": "∗", "infty": "∞"}
_LETTERS = {**GREEK, "varepsilon": "ε", "varphi": "φ", "ell": "ℓ", "partial": "∂"}
_OPERATORS = "+=<>/,:;.|!"
_THIN = '<mspace width="0.17em"/>'


def to_mathml(name: str) -> str:
    r"""The name in MathML.

    Raises:
        ValueError: it has more in it than names have.

    >>> to_mathml(r"\tilde L_i")
    '<msub><mover accent="true"><mi>L</mi><mo>~</mo></mover><mi>i</mi></msub>'
    >>> to_mathml("g^{+}_{1,i}")
    '<msubsup><mi>g</mi><mrow><mn>1</mn><mo>,</mo><mi>i</mi></mrow><mo>+</mo></msubsup>'
    """
    return _Reader(name).all()


class _Reader:
    """Reads a name, piece by piece."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tokens = [token for token in _TOKEN.findall(name) if not token.isspace()]

    def all(self) -> str:
        found = self.row("")
        if self.tokens:
            raise self.unknown(self.tokens[0])
        return found

    def unknown(self, token: str) -> ValueError:
        return ValueError(f"{self.name!r}: {token!r} is not known in names")

    def row(self, end: str) -> str:
        """All up to a closing bracket."""
        found = []
        while self.tokens and self.tokens[0] != end and self.tokens[0] != "}":
            found.append(self.scripted())
        return found[0] if len(found) == 1 else f"<mrow>{''.join(found)}</mrow>"

    def scripted(self) -> str:
        """A piece with its index, its primes and its exponent."""
        base, below, above = self.piece(), "", list[str]()
        while self.tokens and self.tokens[0] in ("_", "^", "'"):
            mark = self.tokens.pop(0)
            if mark == "'":
                above.append("<mo>′</mo>")
            elif mark == "^":
                above.append(self.piece())
            elif below:
                raise self.unknown("a second index")
            else:
                below = self.piece()
        exponent = above[0] if len(above) == 1 else f"<mrow>{''.join(above)}</mrow>"
        if below and above:
            return f"<msubsup>{base}{below}{exponent}</msubsup>"
        if below:
            return f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{exponent}</msup>" if above else base

    def piece(self) -> str:
        """A letter, a number, a sign, an accent with what is below it, or what is in brackets."""
        if not self.tokens:
            raise self.unknown("the end")
        token = self.tokens.pop(0)
        if token in "({":
            end = {"(": ")", "{": "}"}[token]
            inside = self.row(end)
            if not self.tokens or self.tokens.pop(0) != end:
                raise self.unknown(token)
            return inside if token == "{" else f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"
        if token.isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{token}</mi>"
        if token in _OPERATORS:
            return f"<mo>{escape(token)}</mo>"
        if token in "-*":
            return f"<mo>{'−' if token == '-' else '∗'}</mo>"
        return self.command(token[1:]) if token.startswith("\\") else self.refuse(token)

    def command(self, word: str) -> str:
        if word in _ACCENTS:
            return f'<mover accent="true">{self.piece()}<mo>{_ACCENTS[word]}</mo></mover>'
        if word in ("mathrm", "operatorname", "text"):
            return self.upright()
        if word in _LETTERS:
            return f"<mi>{_LETTERS[word]}</mi>"
        if word in _SIGNS:
            return f"<mo>{_SIGNS[word]}</mo>"
        if word in ("max", "min"):
            return f"<mi>{word}</mi>"
        return _THIN if word == "," else self.refuse(f"\\{word}")

    def upright(self) -> str:
        """Words, as they are."""
        words = []
        if self.tokens[:1] != ["{"]:
            raise self.unknown("mathrm")
        self.tokens.pop(0)
        while self.tokens and self.tokens[0] != "}":
            words.append(self.tokens.pop(0).removeprefix("\\"))
        if not words or not self.tokens:
            raise self.unknown("mathrm")
        self.tokens.pop(0)
        return f'<mi mathvariant="normal">{escape("".join(words))}</mi>'

    def refuse(self, token: str) -> str:
        raise self.unknown(token)
