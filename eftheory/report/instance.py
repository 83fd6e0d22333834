"""A worst case, replayed: what its compressors are asked, and what they answer."""

from __future__ import annotations

from fractions import Fraction

from eftheory.certificates import Lower
from eftheory.claims import Setting
from eftheory.exact.vector import Vector
from eftheory.worlds.linear import LinearWorld

Row = tuple[Fraction, ...]


def replay(setting: Setting, evidence: Lower) -> list[list[tuple[Row, Row]]]:
    """Inputs and outputs of the compressors in the first step, per call and type.

    Args:
        setting: a setting.
        evidence: an instance of it that ``check_lower`` has accepted.
    """
    size = len(evidence.signs)
    world = LinearWorld(
        tuple(agent.count for agent in setting.agents),
        curvatures=tuple(map(_vector, evidence.curvatures)),
        messages=[tuple(map(_vector, call)) for call in evidence.messages],
    )
    server = (_vector(evidence.server[name]) for name in setting.method.server_state)
    agents = (world.agent_vector(map(_vector, evidence.agents[name])) for name in setting.method.agent_state)
    setting.method.step(world, *server, *agents)
    return [
        [(_row(v, size), _row(c, size)) for v, c in zip(asked.means, said.means)] for asked, said in world.compressions
    ]


def _vector(row: Row) -> Vector:
    return Vector({str(k): value for k, value in enumerate(row)})


def _row(v: Vector, size: int) -> Row:
    return tuple(v[str(k)] for k in range(size))
