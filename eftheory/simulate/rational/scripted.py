"""A world in which the compressors say what they are told to."""

from __future__ import annotations

from collections.abc import Iterable

from eftheory.simulate.arithmetic import Array
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.world import NumericWorld


class ScriptedWorld(NumericWorld):
    """The numeric world with given messages, one array for each call of ``compress``.

    Attributes:
        asked: what the compressors were asked, call by call.
    """

    def __init__(self, problem: Problem, messages: Iterable[Array]) -> None:
        super().__init__(problem, list)
        self._messages = iter(messages)
        self.asked: list[Array] = []

    def compress(self, v: Array) -> Array:
        """The next messages.

        Raises:
            UnansweredError: there are no more.
        """
        self.asked.append(v)
        for messages in self._messages:
            return messages
        raise UnansweredError


class UnansweredError(Exception):
    """The compressors are asked more often than there are answers."""
