"""Agent types and parameters as people write them on the command line."""

from __future__ import annotations

from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.numbers import read_number
from eftheory.theory.agents import Make, read_named

_EXAMPLE = "write L=1,mu=1/10,count=1000"


def parse_agents(
    texts: list[str],
    *,
    make: Make | None = None,
    without_mu: str = "say of which --class the functions are, as nonconvex",
) -> tuple[AgentType, ...]:
    """The agent types written as ``L=..., mu=..., count=...``, in any order; count is 1 if left out.

    Functions of another class have its name, ``class=...``, and its constants instead of L and mu. With ``make`` it
    is what L and mu mean, and mu may be left out; else ``without_mu`` says what to do where nothing is known of it.

    Raises:
        ValueError: a key is unknown, missing or given twice, or a number is no number or out of range.

    >>> parse_agents(["L=1,mu=1/10,count=1000", "mu = 0.5, L = 2"])[1]
    AgentType(L=Fraction(2, 1), mu=Fraction(1, 2), count=1)
    """
    if not texts:
        raise ValueError('no agents given: write --agents "L=1,mu=1/10,count=1000"')
    return tuple(_parse(text, make, without_mu) for text in texts)


def parse_mean(text: str) -> dict[str, Fraction]:
    """The constants of f itself, written as ``L=1/4,mu=1/100``.

    >>> parse_mean("L=1/4")
    {'L': Fraction(1, 4)}
    """
    try:
        return {name: read_number(value, name) for name, value in _read_pairs(text).items()}
    except ValueError as error:
        raise ValueError(f"mean {' '.join(text.split())[:80]!r}: {error}") from None


def parse_parameters(texts: list[str]) -> dict[str, Fraction]:
    """Parameters written as ``name=value``.

    Raises:
        ValueError: a parameter is given twice, or its value is no number.

    >>> parse_parameters(["momentum=1/4"])
    {'momentum': Fraction(1, 4)}
    """
    given: dict[str, Fraction] = {}
    for text in texts:
        name, equals, value = (piece.strip() for piece in text.partition("="))
        if not equals or not name or name in given:
            problem = "is given twice" if name in given else "is not NAME=NUMBER"
            raise ValueError(f"--param {text[:40]!r} {problem}; write momentum=1/4")
        given[name] = read_number(value, name)
    return given


def _parse(text: str, make: Make | None, without_mu: str) -> AgentType:
    shown = " ".join(text.split())[:80]
    try:
        return read_named(_read_pairs(text), make=make, how=_EXAMPLE, chosen=without_mu)
    except ValueError as error:
        raise ValueError(f"agents {shown!r}: {error}") from None


def _read_pairs(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in text.split(","):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise ValueError(f"{part.strip()[:20]!r} is not KEY=NUMBER; {_EXAMPLE}")
        if key in given:
            raise ValueError(f"{key} is given twice; {_EXAMPLE}")
        if "=" in value:
            raise ValueError(
                f"{value[:40]!r} is not a number; put a comma between two constants, and repeat --agents for other "
                f"agents: {_EXAMPLE}"
            )
        given[key] = value
    return given
