"""What somebody means by the name of a method: one that is certified, one that is not, a theorem, or a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from eftheory.methods import NAMED, Method


def plain(name: str) -> str:
    """The name without capitals and signs, in which papers and programs differ.

    >>> plain("EF21-PP") == plain("ef21_pp")
    True
    """
    return re.sub(r"[\W_]", "", name.lower())


def find_named(name: str) -> type[Method]:
    """The method of ``NAMED`` that is meant.

    Raises:
        ValueError: there is none; the message says what there is instead.

    >>> find_named("EF21").name
    'ef21'
    """
    for kind in NAMED.values():
        if plain(kind.name) == plain(name):
            return kind
    raise ValueError(f"method={name[:60]!r}: {_instead(name)}; eftheory methods lists all")


def name_of(kind: type) -> str:
    """The name of a method; that of its class where it has none of its own.

    >>> name_of(NAMED["ef"]), name_of(int)
    ('ef', 'int')
    """
    return getattr(kind, "name", kind.__name__)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like this one, or none.

    >>> nearest("ef21_ssgd", ["ef21_pp", "ef21_sgd"]), nearest("zzz", ["ef"])
    ('ef21_sgd', '')
    """
    names = {plain(each): each for each in known}
    return next((names[close] for close in get_close_matches(plain(name), names, n=1)), "")


def theorems() -> list[str]:
    """The names of this package's theorems."""
    from eftheory.proofkit.contents import packaged_files  # which only a wrong name needs

    return list(packaged_files())


def _instead(name: str) -> str:
    """What a name that is not in ``NAMED`` stands for, and what may stand there."""
    from eftheory.theory.elsewhere import ELSEWHERE  # which imports all methods

    choose = f"choose one of {', '.join(NAMED)}, or write file.py:Class"
    for kind, known in ELSEWHERE.items():
        if plain(name) in (plain(name_of(kind)), plain(kind.__name__)):
            proved = f"eftheory prove {known.theorems[0]} is a theorem about it, and " if known.theorems else ""
            numbers = _numbers(name_of(kind), known.theorems)
            served = f"{known.certified_as}; " if known.certified_as else ""
            return f"no certificates are made of it; {served}{proved}it runs in eftheory.simulate{numbers}; {choose}"
    if slug := next((slug for slug in theorems() if plain(slug) == plain(name)), ""):
        return f"it is a theorem, not a method: eftheory prove {slug}{_numbers(slug, [slug])}; {choose}"
    near = nearest(name, [*NAMED, *map(name_of, ELSEWHERE), *theorems()])
    return f"{choose}; did you mean {near}?" if near else choose


def _numbers(name: str, slugs: Iterable[str]) -> str:
    """The command that computes what theorems say, if one of them says numbers."""
    from eftheory.theory.calculators import CALCULATORS  # which only a wrong name needs

    return f"; its numbers: eftheory rate {name} --help" if any(slug in CALCULATORS for slug in slugs) else ""
