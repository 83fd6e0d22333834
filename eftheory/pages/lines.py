"""Plain lines that commands, sessions and reports share."""

from __future__ import annotations

from collections.abc import Sequence

from eftheory.pages.escape import shorten_numbers


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each row, its cells below those of the row before, two blanks apart.

    >>> in_columns([("rate <=", "1/2", "exact"), ("xi", "10", "")])
    ['rate <=  1/2  exact', 'xi       10']
    """
    widths = [max(map(len, cells)) + 2 for cells in zip(*rows)]
    return ["".join(map(str.ljust, cells, widths)).rstrip() for cells in rows]


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "agent"), count(1000, "agent")
    ('1 agent', '1000 agents')
    """
    return f"{shorten_numbers(str(number))} {noun}{'s' * (number != 1)}"


def count_agents(n_agents: int, n_types: int) -> str:
    """How many there are, in words.

    >>> count_agents(1000, 1)
    '1000 agents of 1 type'
    """
    return f"{count(n_agents, 'agent')} of {count(n_types, 'type')}"
