"""The state in which a run starts."""

from __future__ import annotations

from typing import Any

import numpy as np

from eftheory.methods import Method
from eftheory.simulate.world import NumericWorld


def initial_state(method: Method, world: NumericWorld, start: Any) -> tuple[Any, ...]:
    """The state from a point x, or from a tuple with the whole state.

    From x alone, d starts as the compressed gradient and all other vectors as zero, unless the
    method has a ``start(world, x)`` of its own.

    Args:
        method: what is run.
        world: a ``NumericWorld``; ``world.array`` makes the vectors.
        start: x, or the state.

    Raises:
        ValueError: the start has not the shape of the problem.
    """
    n, d = world.problem.n_agents, world.problem.dimension
    shapes = [(d,)] * len(method.server_state) + [(n, d)] * len(method.agent_state)
    names = (*method.server_state, *method.agent_state)
    if isinstance(start, tuple):
        state = tuple(world.array(vector) for vector in start)
    else:
        x = world.array(start)
        if x.shape != (d,):
            raise ValueError(f"start has the shape {x.shape}, but the problem has {d} variables")
        own = getattr(method, "start", None)
        known = {"x": x, **({"d": world.compress(world.gradient(x))} if "d" in names and own is None else {})}
        zeros = (world.array(np.zeros(shape, dtype=int)) for shape in shapes)
        state = own(world, x) if own else tuple(known.get(name, zero) for name, zero in zip(names, zeros))
    if [vector.shape for vector in state] != shapes:
        raise ValueError(f"the start needs {', '.join(names)} of shapes {shapes}")
    return state
