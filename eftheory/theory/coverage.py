"""What there is for each method, class of functions and noise: certified, a theorem, runs, or not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from eftheory.methods import (
    CGD,
    DCGD,
    EF,
    EF21,
    EF21BC,
    EF21P,
    EF21PP,
    EF21SGD,
    EF21SGDM,
    EFBV,
    GD,
    Diana,
    EControl,
    HeavyBallEF21,
    Marina,
)
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.needs import needs
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.classes import CONVEX, NONCONVEX, NONE, PL, PROX, PROX_PL, STRONGLY_CONVEX, VARIANCE
from eftheory.theory.look_up import look_up
from eftheory.theory.named import name_of

WIDER = {
    STRONGLY_CONVEX: (PL, CONVEX, NONCONVEX),
    PL: (NONCONVEX,),
    CONVEX: (NONCONVEX,),
    NONCONVEX: (),
    PROX: (),
    PROX_PL: (PROX,),
}
"""The classes that contain a class: what holds for all of their functions holds for its own."""
WORSE = {NONE: (VARIANCE,), VARIANCE: ()}
"""Noise of which the other is a case."""
_ALL = (STRONGLY_CONVEX, PL, CONVEX, NONCONVEX)
CERTIFIED_CASES: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    GD: {NONE: _ALL},
    CGD: {NONE: (STRONGLY_CONVEX, PL, NONCONVEX)},
    EF: {NONE: _ALL},
    EF21: {NONE: _ALL},
    DCGD: {NONE: _ALL},
    EControl: {NONE: _ALL},
    HeavyBallEF21: {NONE: _ALL},
    EF21PP: {NONE: _ALL},
    EF21SGD: {NONE: _ALL, VARIANCE: _ALL},
    Diana: {NONE: (STRONGLY_CONVEX, CONVEX)},
    Marina: {NONE: _ALL},
    EF21BC: {NONE: _ALL},
    EF21P: {NONE: _ALL},
    EF21SGDM: {NONE: _ALL, VARIANCE: _ALL},
    EFBV: {NONE: _ALL},
}
"""Of which certificates are made: classes of functions by the noise of gradients."""
TOGETHER: Mapping[type, tuple[str, ...]] = {EF: (PL, CONVEX, NONCONVEX), DCGD: _ALL}
"""Classes of which certificates assume something of the agents' functions together: one x*, or similarity."""


@dataclass(frozen=True)
class Cell:
    """What there is.

    Args:
        status: certified, theorem, (theorem) if it is about more functions or more noise, runs, or not yet.
        slug: of the theorem, if that is all there is.
        starred: whether it assumes something of the agents' functions together.
    """

    status: str
    slug: str = ""
    starred: bool = field(default=False, repr=False)


def covered(kind: type, functions: str, noise: str) -> Cell:
    """What there is of a method, the strongest first.

    >>> from eftheory.methods.ef21_w import EF21W
    >>> covered(EF21W, PL, NONE), covered(EF21W, CONVEX, NONE)
    (Cell(status='theorem', slug='ef21_w_pl'), Cell(status='(theorem)', slug='ef21_w'))
    """
    if functions in CERTIFIED_CASES.get(kind, {}).get(noise, ()):
        return Cell("certified", starred=functions in TOGETHER.get(kind, ()))
    about = list(_theorems(kind))
    for wider in (functions, *WIDER[functions]):
        for worse in (noise, *WORSE[noise]):
            for theorem in about:
                if (theorem.functions, theorem.noise) == (wider, worse):
                    status = "theorem" if (wider, worse) == (functions, noise) else "(theorem)"
                    return Cell(status, theorem.slug, bool(theorem.only_if))
    return Cell("runs" if _runs(kind, functions, noise) else "not yet")


def _theorems(kind: type) -> Iterator[Calculator]:
    known = look_up(kind)
    for slug in dict.fromkeys((*known.theorems, known.on_convex, known.on_pl, known.on_smooth)):
        if slug in CALCULATORS:
            yield CALCULATORS[slug]


def _runs(kind: type, functions: str, noise: str) -> bool:
    """Whether ``simulate`` runs it there: with noise and a prox if its lines ask for them."""
    weights = {"weights": (Fraction(1),)} if issubclass(kind, EF21W) else {}
    asked = needs(kind(Fraction(1), **weights), ("step",))
    suits = (functions in (PROX, PROX_PL)) == ("prox" in asked)
    return suits and (noise == NONE or not asked.isdisjoint(("noisy_gradient", "noisy_local_gradient")))


HEADS = {
    (STRONGLY_CONVEX, NONE): "strongly convex",
    (PL, NONE): "PL",
    (CONVEX, NONE): "convex",
    (NONCONVEX, NONE): "smooth",
    (PROX, NONE): "with a prox",
    (PROX_PL, NONE): "prox, PL",
    (STRONGLY_CONVEX, VARIANCE): "strongly convex, noise",
    (PL, VARIANCE): "PL, noise",
    (CONVEX, VARIANCE): "convex, noise",
    (NONCONVEX, VARIANCE): "smooth, noise",
}
"""Of the columns of the table."""

LEGEND = (
    "certified: `eftheory certify` proves bounds on its worst case (of gd, cgd, ef, ef21 on strongly convex functions "
    "from both sides, else from above); theorem: `eftheory rate` computes what it says; "
    "(theorem): one about more functions, or with noise, which holds here, too; "
    "*: if the agents' functions are similar or least at one point, as the commands say; runs: in `eftheory simulate`; "
    "else: not yet. All functions are smooth. Noise: of the gradients, of mean zero and bounded variance."
)


def as_markdown(proofs: str = "proofs") -> str:
    """The table, a row for methods of which the same is known, and a column for each class of functions and noise.

    Args:
        proofs: where links to theorems lead.
    """
    from eftheory.proofkit.contents import packaged_files  # which only links need

    files = packaged_files()
    alike: dict[tuple[str, ...], list[str]] = {}
    for kind in CATALOGUE:
        cells = tuple(_linked(covered(kind, *column), proofs, files) for column in HEADS)
        alike.setdefault(cells, []).append(f"`{name_of(kind)}`")
    rows = [["method", *HEADS.values()], ["---"] * (len(HEADS) + 1)]
    rows += [[", ".join(names), *cells] for cells, names in alike.items()]
    return "\n".join(["| " + " | ".join(row) + " |" for row in rows] + ["", LEGEND])


def _linked(cell: Cell, proofs: str, files: Mapping[str, Path]) -> str:
    if cell.slug:
        file = files[cell.slug]
        link = f"[theorem]({proofs}/{file.parent.name}/{file.name})"
        return (link if cell.status == "theorem" else f"({link})") + r"\*" * cell.starred
    if cell.status == "certified":
        return "**certified**" + r"\*" * cell.starred
    return "" if cell.status == "not yet" else cell.status
