r"""Names of variables in LaTeX.

One source says how a symbol looks, its LaTeX: documents, pages and prose agree because each of them reads it.
"""

from __future__ import annotations

import re

from eftheory.pages.escape import latex
from eftheory.pages.prose import GREEK, NEXT


def latex_name(name: str) -> str:
    r"""A variable's name in LaTeX; after means the next point of time.

    >>> latex_name("gamma_after")
    '\\gamma^{+}'
    >>> latex_name("mean_Z")
    '\\mathrm{mean}_{Z}'
    """
    if name.endswith("^T"):
        return f"{latex_name(name[:-2])}^{{T}}"
    if name.startswith("("):
        return re.sub(r"[A-Za-z]+", lambda word: latex_name(word[0]), name)
    if " " in name:
        return r"\,".join(map(latex_name, name.split(" ")))
    base, _, rest = name.partition("_")
    below = [piece for piece in rest.split("_") if piece]
    plus = "^{+}" * (bool(below) and below[-1] in NEXT)
    below = below[:-1] if plus else below
    match = re.fullmatch(r"([A-Za-z]+?)(\d+)", base)
    if match and (len(match[1]) == 1 or match[1] in GREEK):
        base, below = match[1], [match[2], *below]
    return latex_word(base) + ("_{" + ",".join(map(latex_word, below)) + "}" if below else "") + plus


def latex_word(text: str) -> str:
    r"""A letter, the name of a Greek one, or a word in upright type.

    >>> latex_word("alpha"), latex_word("gap"), latex_word("x+")
    ('\\alpha', '\\mathrm{gap}', 'x^{+}')
    """
    if text in GREEK:
        return "\\varepsilon" if text in ("eps", "epsilon") else "\\" + text
    match = re.fullmatch(r"([A-Za-z]+?)(\+|'+)", text)
    if match:
        return latex_word(match[1]) + ("^{+}" if match[2] == "+" else match[2])
    return text if (len(text) == 1 and text.isalnum()) or text.isdigit() else rf"\mathrm{{{latex(text)}}}"


def of_agent(name: str) -> str:
    r"""A name with the index i of an agent, after the indices that it has.

    >>> of_agent(r"g^{+}"), of_agent(r"\mathrm{gap}_{x}"), of_agent("u_1")
    ('g^{+}_i', '\\mathrm{gap}_{x,i}', 'u_{1,i}')
    """
    depth = 0
    for j, c in enumerate(name):
        depth += (c == "{") - (c == "}")
        if c == "_" and not depth and name[j - 1 : j] != "\\":
            match = re.match(r"\{((?:[^{}]|\{[^{}]*\})*)\}|\\[A-Za-z]+|.", name[j + 1 :])
            if match is not None:
                return f"{name[:j]}_{{{match[1] or match[0]},i}}{name[j + 1 + match.end() :]}"
    return f"{name}_i"
