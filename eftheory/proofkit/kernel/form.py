"""Whether a theorem is written as the kernel takes it: what every later check relies on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, get_args

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Image,
    Inner,
    Linear,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
)
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import Geometric, Lemma, Reason, Repeated
from eftheory.proofkit.kernel.sign import IMAGE, POSITIVE, Signs
from eftheory.proofkit.kernel.substitution import parts, symbols
from eftheory.proofkit.kernel.theorem import Step, Theorem

NAME = re.compile(r"(?!.*_i(?![A-Za-z0-9]))([A-Za-z][A-Za-z0-9'_]*\*?[+']*(\^T)?|\([^\[\]<>|=]*\)\^T)")
"""What a symbol may be called: one word, no number, no agent's index, no bracket, but for powers of a rate."""
SCRIPT = re.compile(r"[_^](\{([^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^{}\\])")
POWER = "^T"
WRITTEN = [str, bool, bool, bool, str]  # the fields of symbols
KINDS = {
    Number, Symbol, Sum, Product, Quotient, Power, Inner, Mean, Expectation, Image, Linear, Relation, Parameter, Step,
    *get_args(Reason),
}  # fmt: skip
"""What a theorem is made of. Another kind that extends one of these might say of itself whatever it likes."""
LETTER = "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega"
LATEX = re.compile(rf"(\\((?i:(var)?({LETTER}))|bar|tilde|hat|nabla|ell|mathrm|mathcal)(?![A-Za-z])|[A-Za-z{{}}()' ])*")
"""What it may look like: letters, with scripts that are no agent's index and no exponent; not a formula."""
MISREAD = re.compile(r"[_^](\{[^}]*(?<![A-Za-z\\]))?i(?![A-Za-z])|\^[{ ]*(\\mathrm\{)?([2-9]|1[0-9])")


def defect(theorem: Theorem) -> str | None:
    """What is wrong with its form, or None.

    Ranges are of numbers that are not random, each declared once, by expressions in earlier ones whose
    denominators are positive; all numbers are rational, all exponents whole and not negative.
    """
    lines = (*theorem.givens, *theorem.steps)
    for words in (theorem.slug, theorem.title, theorem.source, theorem.index, *(step.name for step in lines)):
        if type(words) is not str or not words.isprintable() or not words:
            return f"{words!r}: titles and names of lines are text on one line, without hidden characters"
    called = Counter(step.name for step in lines)
    if len(called) < len(lines):
        return f"two lines are called {called.most_common(1)[0][0]!r}"
    made_of = list(_made_of(theorem))
    theirs = [key for step in theorem.steps if type(step.reason) is Lemma for key in step.reason.values]
    strange = next((part for part in (*made_of, *theirs) if type(part) not in KINDS), None)
    if strange is not None:
        return f"{type(strange).__name__} is no kind of expression, relation or reason that the kernel knows"
    for part in (*made_of, *theirs):  # before anything is computed, and remembered, of what may lie
        problem = _defect_of(part.symbol if isinstance(part, Linear) else part)
        if problem is not None:
            return problem
    powers = {step.reason.power for step in theorem.steps if isinstance(step.reason, (Repeated, Geometric))}
    earlier: list[Symbol] = []
    for j, parameter in enumerate(theorem.parameters):
        symbol = parameter.symbol
        if symbol in earlier:
            return f"{symbol.name} is declared twice"
        if symbol.vector or symbol.random:
            return f"{symbol.name} has a range, and is a vector or random"
        if symbol.name.endswith(POWER):
            return f"{symbol.name} has a range, and is the name of a power"
        signs = Signs(theorem.parameters[:j])
        for bound in (parameter.lower, parameter.upper):
            if bound is None:
                continue
            if not symbols(bound) <= set(earlier):
                return f"the range of {symbol.name} is not in terms of earlier parameters"
            if any(signs.sign(below) != POSITIVE for below in _denominators(bound)):
                return f"a denominator in the range of {symbol.name} is not seen to be positive"
        earlier.append(symbol)
    for step in lines:
        if not _is_plain(_fields(step.reason)):
            return f"the reason of {step.name!r} is not made of expressions, names and tuples"
    shown: dict[tuple[str, bool], Symbol | Linear] = {}
    looks: dict[tuple[str, bool], Symbol | Linear]  # a parameter's power looks like this parameter's
    looks = {(f"{_bare(parameter.symbol)}^T", False): parameter.symbol for parameter in theorem.parameters}
    for name in made_of:
        if isinstance(name, (Symbol, Linear)):
            if name.name.endswith(POWER) and name not in powers:
                return f"{name.name} is the name of a power, and no line says that it is one"
            if shown.setdefault((name.name, name.indexed), name) != name:
                return f"two symbols are called {name.name}"
            if looks.setdefault((_bare(name), name.indexed), name) != name and not name.name.endswith(POWER):
                return f"{name.name} looks in LaTeX like {looks[_bare(name), name.indexed].name}"
    return None


def _defect_of(node: Any) -> str | None:
    if isinstance(node, Number) and type(node.value) is not Fraction:
        return f"{node.value!r} is no Fraction"
    if isinstance(node, Power) and (type(node.exponent) is not int or node.exponent < 0):
        return f"the exponent {node.exponent!r} is no whole number"
    if isinstance(node, Symbol) and [type(getattr(node, each.name)) for each in fields(node)] != WRITTEN:
        return f"the name {node.name!r} is no text, or what kind it has is neither true nor false"
    if isinstance(node, Symbol) and node.name.startswith(IMAGE):
        return f"the name {node.name!r} is taken"
    if isinstance(node, Symbol) and not NAME.fullmatch(node.name):
        return f"{node.name!r} is no name: it would be read as something else"
    if isinstance(node, Symbol) and not _is_name_in_latex(node):
        return f"{node.latex!r} is no name in LaTeX of {node.name}"
    return None


def _is_name_in_latex(symbol: Symbol) -> bool:
    """A power looks as it is called, and all others like names."""
    if symbol.name.endswith("^T"):
        return not symbol.latex or re.sub(r"\\(var)?|[{}]", "", symbol.latex) == symbol.name
    return bool(LATEX.fullmatch(SCRIPT.sub("", symbol.latex))) and not MISREAD.search(symbol.latex)


def _bare(name: Symbol | Linear) -> str:
    """Two names look the same if only braces and spaces tell them apart, or how a name is set where it has no LaTeX."""
    text = re.sub(r"_(after|next|plus)$", "+", name.latex or name.name)
    return re.sub(r"\\mathrm|var(?=eps)|(?<=eps)ilon|[\\{} _]|\^(?=\+)", "", text)


def _denominators(node: Node) -> Iterator[Node]:
    if isinstance(node, Quotient):
        yield node.denominator
    for part in parts(node):
        yield from _denominators(part)


def _all_nodes(theorem: Theorem) -> Iterator[Node]:
    yield from _inside([p.lower for p in theorem.parameters] + [p.upper for p in theorem.parameters])
    yield from _inside([p.symbol for p in theorem.parameters])
    yield from _inside(theorem.conclusions)
    for step in (*theorem.givens, *theorem.steps):
        yield from _inside(step.relation)
        yield from _inside(_fields(step.reason))


def _made_of(theorem: Theorem) -> Iterator[Any]:
    """All parts whose kind matters, each before what it says of itself is used."""
    yield from theorem.parameters
    yield from theorem.conclusions
    for step in (*theorem.givens, *theorem.steps):
        yield from (step, step.reason, step.relation)
    for node in _all_nodes(theorem):
        yield from _parts_of(node)


def _parts_of(node: Any) -> Iterator[Any]:
    yield node
    if type(node) is Image:
        yield node.map
    if type(node) in KINDS:
        for part in parts(node):
            yield from _parts_of(part)


def _fields(reason: Reason) -> list[Any]:
    """What it is made of; the symbols of another theorem are not ours."""
    found = [getattr(reason, field.name) for field in fields(reason)]
    return [list(part.values()) if isinstance(reason, Lemma) and isinstance(part, Mapping) else part for part in found]


def _inside(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Relation):
        yield from (value.left, value.right)
    elif isinstance(value, Mapping):
        yield from _inside([*value.keys(), *value.values()])
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _inside(part)


def _is_plain(value: Any) -> bool:
    """Whether nothing hides in it from ``_inside``, and nothing can change."""
    if isinstance(value, Mapping):
        return _is_plain(list(value)) and _is_plain(list(value.values()))
    return (
        all(map(_is_plain, value))
        if isinstance(value, (list, tuple))
        else isinstance(value, Node) or type(value) is str
    )
