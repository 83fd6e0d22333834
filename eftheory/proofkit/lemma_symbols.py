"""The symbols of a lemma by their names, so that proofs give values to names.

Nothing here is trusted: the kernel looks at the lemma again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from eftheory.proofkit.catalogue import load_named, proofs_folder
from eftheory.proofkit.contents import library_of
from eftheory.proofkit.kernel.expression import Node, Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.proofkit.kernel.theorem import Theorem


def by_symbol(values: Mapping[Symbol | str, Node], slug: str, file: Path | None = None) -> dict[Symbol, Node]:
    """The values by the symbols of the lemma.

    Args:
        values: by symbols, or by names as they are printed: of each agent's own with or without the index.
        slug: of the lemma, which lies in the folder of the file or in this package.
        file: that uses it.

    Raises:
        ValueError: there is no such lemma, or it has no symbol of a name.
    """
    theirs = named(used_by(file, slug))
    for name in values:
        if isinstance(name, str) and name not in theirs:
            listed = ", ".join(sorted({symbol.name for symbol in theirs.values()}))
            raise ValueError(f"{name!r} is no symbol of the theorem {slug!r}; it speaks of {listed}")
    return {theirs[name] if isinstance(name, str) else name: value for name, value in values.items()}


def used_by(file: Path | None, slug: str) -> Theorem:
    """The theorem that a file calls so, in its folder or in this package.

    Raises:
        ValueError: there is no such theorem.
    """
    return _theorem(slug, library_of(file) if file is not None and file.is_file() else proofs_folder())


@cache
def _theorem(slug: str, folder: Path) -> Theorem:
    return load_named([slug], folder)[slug]


def named(theorem: Theorem) -> dict[str, Symbol]:
    """The symbols of its statement, by their names; a name that some agent's own and another one share is the other.

    >>> t = Theorem("t", "a title")
    >>> t.conclusions = [Symbol("x", indexed=True) <= Symbol("y")]
    >>> sorted(named(t))
    ['x', 'x_i', 'y']
    """
    relations = [step.relation for step in theorem.givens] + theorem.conclusions
    there = {symbol for relation in relations for symbol in symbols(relation.slack)}
    there |= {parameter.symbol for parameter in theorem.parameters}
    own, others = [s for s in there if s.indexed], [s for s in there if not s.indexed]
    return {s.name: s for s in own} | {f"{s.name}_i": s for s in own} | {s.name: s for s in others}
