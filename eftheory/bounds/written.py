"""What ``certify`` is told, from the texts of its options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from eftheory.assumptions import group_agents
from eftheory.bounds.problems import find_problem
from eftheory.numbers import read_number
from eftheory.theory import StepRule
from eftheory.theory.written import parse_agents, parse_mean, parse_parameters

NUMBERS = ("alpha", "slack", "mu", "similar", "participation", "sigma", "minibatch", "omega")
WORDS = ("method", "engine", "sparsity", "simple", "minimiser", "measure", "optimise")
SEVERAL = ("agents", "param")
OPTIONS = (*WORDS, *SEVERAL, *NUMBERS, "step_size", "memory", "class", "mean")
"""The options of the command, with _ for -."""


def read_written(said: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """The arguments of ``certify``.

    Raises:
        ValueError: an option is unknown, or its text is no number, no agents, or whatever it should be.

    >>> read_written({"method": "gd", "agents": ["L=1,mu=0.1"], "step-size": "law"})["step_size"].name
    'law'
    """
    given = {name.replace("-", "_"): value for name, value in said.items()}
    for name, value in given.items():
        if name not in OPTIONS:
            near = get_close_matches(name, OPTIONS, n=1)
            raise ValueError(
                f"{name[:40]!r} is no option: {f'did you mean {near[0]}?' if near else ', '.join(OPTIONS)}"
            )
        if isinstance(value, str) == (name in SEVERAL):
            raise ValueError(f"{name}={value!r:.60}: write {'a list' if name in SEVERAL else 'one text'}")
    if missing := [name for name in ("method", "agents") if name not in given]:
        raise ValueError(f"{missing[0]} is missing")
    word = str(given.pop("class", ""))
    asked: dict[str, Any] = {name: given[name] for name in WORDS if name in given}
    asked |= {name: read_number(str(given[name]), name) for name in NUMBERS if name in given}
    if "memory" in given:
        memory = read_number(str(given["memory"]), "memory")
        if memory not in (0, 1):
            raise ValueError(f"memory={given['memory']!r:.40}: 0 or 1")
        asked["memory"] = int(memory)
    if "mean" in given:
        asked["mean"] = parse_mean(str(given["mean"]))
    make = find_problem(word).functions if word else None
    return asked | {
        "agents": group_agents(parse_agents(list(given["agents"]), make=make)),
        "step_size": StepRule.read(str(given.get("step_size", "optimal"))),
        "parameters": parse_parameters(list(given.get("param", ()))),
        "functions": word,
    }
