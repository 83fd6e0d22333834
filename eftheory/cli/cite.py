"""``eftheory cite``: BibTeX for this program, its methods and its solvers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from eftheory.methods import METHODS
from eftheory.methods.catalogue import CATALOGUE
from eftheory.theory import look_up
from eftheory.theory.bibliography import bibliography as bibliography
from eftheory.theory.named import name_of, nearest, plain, theorems

NAMES = {
    "eftheory": "eftheory2026",
    **{name: cites[0] for name in METHODS if (cites := look_up(name).cites)},
    "cvxpy": "DiamondBoyd2016",
    "clarabel": "GoulartChen2024",
}
"""Short names for what a user of this program may want to cite."""
_METHODS = {name_of(kind): cites[0] for kind in CATALOGUE if (cites := look_up(kind).cites)}


def cite(
    key: Annotated[
        str | None, typer.Argument(help="A method, cvxpy, clarabel, or a key cited in the docstrings.")
    ] = None,
) -> None:
    """Print BibTeX: for eftheory itself, a method, a solver, or any key the docstrings cite.

    Example: eftheory cite ef21
    """
    typer.echo(entry("eftheory" if key is None else key))


def entry(key: str) -> str:
    """The BibTeX entry of a key or short name, capitals or not.

    Raises:
        ValueError: there is none.

    >>> print(entry("ef21").splitlines()[0])
    @inproceedings{RichtarikSokolovFatkhullin2021,
    """
    known = bibliography()
    names = {name: name for name in known} | _METHODS | NAMES
    wanted = {plain(name): to_cite for name, to_cite in names.items()}.get(plain(key))
    if wanted is None:
        raise ValueError(f"key={key[:60]!r}: nothing to cite under this name; {_hint(key, names)}")
    return known[wanted]


def _hint(key: str, names: Iterable[str]) -> str:
    if slug := next((slug for slug in theorems() if plain(slug) == plain(key)), ""):
        return f"it is a theorem: eftheory prove {slug} names its source"
    near = nearest(key, names)
    return f"did you mean {near}?" if near else f"try {', '.join(NAMES)}"
