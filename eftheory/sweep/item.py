"""A claim of a sweep: what ``certify`` is told, in the words of its command."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from eftheory import __version__
from eftheory.assumptions import AgentType
from eftheory.bounds import Certification, certify, find_method, make_setting
from eftheory.bounds.problems import STRONGLY_CONVEX, find_problem, read_types
from eftheory.bounds.request import is_general, read_request
from eftheory.bounds.written import NUMBERS, read_written
from eftheory.claims import Setting
from eftheory.sweep.case import named

Said = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Item:
    """What ``certify`` is told.

    Args:
        said: the options of the command by their names, as texts; ``method``, and lists for ``agents`` and ``param``.

    >>> Item({"method": "ef21", "agents": ["L=1,mu=0.1"], "alpha": "0.5"}).digest == Item(
    ...     {"method": "ef21", "agents": ["L=1,mu=1/10,count=1"], "alpha": "1/2"}
    ... ).digest
    True
    """

    said: Said

    @property
    def digest(self) -> str:
        """sha256 of what is asked, however it is written, of a file it names, and of the version of eftheory.

        Raises:
            ValueError: what is said cannot be read, or the file is not there.
        """
        asked = read_written(self.said)
        file = Path(str(asked["method"]).rpartition(":")[0])
        source = sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        told = json.dumps([asked, source, __version__], sort_keys=True, separators=(",", ":"), default=_plain)
        return sha256(told.encode()).hexdigest()

    def certify(self) -> Certification:
        """What is proved of it.

        Raises:
            ValueError: what is said is out of range, or does not go together.
        """
        return certify(**read_written(self.said))

    def is_answered_by(self, found: Setting) -> bool:
        """Whether a setting is what is asked, at its own step size and parameters where the best ones are asked for.

        Of a method in a file, which is not run for this, only the agents and alpha are compared.

        Raises:
            ValueError: what is said cannot be read, or does not go together.
        """
        asked = read_written(self.said)
        if ":" in asked["method"]:
            alphas = {asked[name] for name in ("alpha",) if name in asked}
            return asked["agents"] == found.agents and alphas <= {found.compressor.alpha}
        kind, parameters, names = (
            find_method(asked["method"]),
            asked["parameters"],
            asked.get("optimise", "").split(","),
        )
        best = {name.strip() for name in names} - {"", "step_size"}
        parameters = {**parameters, **{name: getattr(found.method, name, None) for name in best}}
        rule, step_size = asked["step_size"], found.method.step_size
        if rule.step_size is not None and rule.step_size != step_size:
            return False
        constants = {name: asked[name] for name in NUMBERS if name in asked and name not in ("alpha", "slack")}
        words: dict[str, Any] = {name: asked[name] for name in ("minimiser", "mean", "measure") if name in asked}
        if not (constants or words or best or asked["functions"] or is_general(kind, parameters)):
            alpha = asked.get("alpha")
            return found == make_setting(kind, asked["agents"], alpha=alpha, step_size=step_size, parameters=parameters)
        problem = find_problem(asked["functions"]) if asked["functions"] else STRONGLY_CONVEX
        said: dict[str, Any] = {"alpha": asked.get("alpha"), "parameters": parameters, **constants, **words}
        return found == read_request(kind, read_types(asked["agents"], problem), problem, **said).at(step_size)


def _plain(value: Any) -> Any:
    if isinstance(value, AgentType):
        return [*named(value), value.count]
    return str(value)
