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
from eftheory.bounds import Certification, certify
from eftheory.bounds.written import read_written
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


def _plain(value: Any) -> Any:
    if isinstance(value, AgentType):
        return [*named(value), value.count]
    return str(value)
