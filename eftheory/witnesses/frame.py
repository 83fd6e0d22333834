"""Frames of self-similar trajectories: in each coordinate, curvatures at a corner of their ranges, and a sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eftheory.claims import Setting
from eftheory.witnesses.linear_step import LinearStep, Row
from eftheory.witnesses.modes import Modes

Corner = tuple[bool, ...]
"""For each type, whether its curvature is L; otherwise it is mu."""
_FLAT = 2**20


@dataclass(frozen=True)
class Frame:
    """The corner and the sign of each coordinate."""

    corners: tuple[Corner, ...]
    signs: tuple[int, ...]

    def swapped(self, k: int, t: int) -> Frame:
        """The frame with the curvature of type t in coordinate k moved to the other end of its range."""
        corner = (*self.corners[k][:t], not self.corners[k][t], *self.corners[k][t + 1 :])
        return Frame((*self.corners[:k], corner, *self.corners[k + 1 :]), self.signs)


class Steps:
    """The linear steps of a setting, each derived once."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.s = setting, float(1 - setting.alpha) ** 0.5
        self._known: dict[Corner, LinearStep] = {}

    def curvatures(self, corner: Corner) -> Row:
        """One curvature for each type; where all mu are 0, which nothing sees, almost 0 instead."""
        agents = self.setting.agents
        flat = not any(agent.mu for agent in agents)
        return tuple(a.L if high else a.L / _FLAT if flat else a.mu for a, high in zip(agents, corner))

    def at(self, corner: Corner) -> LinearStep:
        """The step of one coordinate."""
        if corner not in self._known:
            self._known[corner] = LinearStep.of(self.setting, self.curvatures(corner))
        return self._known[corner]

    def modes(self, frames: Iterable[Frame]) -> Modes:
        """The batch of these frames, all of one dimension."""
        return Modes([([self.at(corner) for corner in frame.corners], frame.signs) for frame in frames], s=self.s)
