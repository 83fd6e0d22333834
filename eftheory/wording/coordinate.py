"""The coordinates of V, by names that carry their parts."""

from __future__ import annotations

from eftheory.claims import Setting
from eftheory.methods.template import PLAIN, Template


class Coordinate(str):
    """The name of a coordinate as files have it, made of its parts.

    Args:
        base: the vector, as the method or the template calls it; alone, it is one of the server.
        type: of an agents' vector, the type over which it is averaged.
        deviation: the agents' deviations from that average instead.

    >>> Coordinate("mean g"), Coordinate("g - d", 2), Coordinate("g - d", 2, deviation=True)
    ('mean g', 'g - d[2]', "g - d[2]'")
    """

    base: str
    type: int | None
    deviation: bool

    def __new__(cls, base: str, type: int | None = None, *, deviation: bool = False) -> Coordinate:
        self = super().__new__(cls, base if type is None else f"{base}[{type}]{chr(39) * deviation}")
        self.base, self.type, self.deviation = base, type, deviation
        return self

    @classmethod
    def of(cls, name: str) -> Coordinate:
        """The name with its parts; one that does not carry any is all base."""
        return name if isinstance(name, cls) else cls(name)

    @property
    def room(self) -> int | None:
        """The type whose deviation it is, or None: V has products of coordinates of one room."""
        return self.type if self.deviation else None

    @property
    def twin(self) -> Coordinate:
        """The deviations from a mean over a type, or the mean that they are deviations from."""
        return Coordinate(self.base, self.type, deviation=not self.deviation)


def in_order(name: str) -> tuple[bool, str, int, bool]:
    """A key that sorts coordinates: those of the server first, types by their numbers, deviations after their means.

    >>> sorted([Coordinate("d", 10), Coordinate("d", 2), Coordinate("mean g")], key=in_order)
    ['mean g', 'd[2]', 'd[10]']
    """
    part = Coordinate.of(name)
    return part.type is not None, part.base, part.type or 0, part.deviation


def coordinates(setting: Setting, template: Template = PLAIN) -> dict[str, Coordinate]:
    """The coordinates of a template by their names; ValueError if the method has no such template."""
    names = template.names(setting.method)
    found = [Coordinate(name) for name in names.server]
    for name in names.agents:
        for t, agent in enumerate(setting.agents):
            found += [Coordinate(name, t, deviation=which) for which in (False, True)[: 1 + (agent.count > 1)]]
    return {str(name): name for name in found}
