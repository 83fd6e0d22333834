"""The state in which a run starts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.bounds.fixed_point import can_stay_anywhere, find_fixed_point
from eftheory.methods import Method, Recorded
from eftheory.simulate.world import NumericWorld


def initial_state(method: Method, world: NumericWorld, start: Any) -> tuple[Any, ...]:
    """The state from a point x, or from a tuple with the whole state.

    From x alone, a method starts as its ``start(world, x)`` says, or with all but x zero if it has none. A recorded
    method, which holds no start, starts where it would stay if x were the minimiser, with the messages C_i(grad f_i(x))
    for gradients; with zeros for them if its first step asks for these gradients itself, or if it can stay elsewhere,
    since something that it keeps might not fit.

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
    zeros = [world.array(np.zeros(shape, dtype=int)) for shape in shapes]
    if isinstance(start, tuple):
        state = tuple(world.array(vector) for vector in start)
    else:
        x = world.array(start)
        if x.shape != (d,):
            raise ValueError(f"start has the shape {x.shape}, but the problem has {d} variables")
        if isinstance(method, Recorded):
            state = _near_fixed_point(method, world, x, zeros)
        elif hasattr(method, "start"):
            state = method.start(world, x)
        else:
            state = tuple(x if name == "x" else zero for name, zero in zip(names, zeros))
    if [vector.shape for vector in state] != shapes:
        raise ValueError(f"the start needs {', '.join(names)} of shapes {shapes}")
    return state


def _near_fixed_point(method: Recorded, world: NumericWorld, x: Any, zeros: list[Any]) -> tuple[Any, ...]:
    """Multiples of x and of messages about the gradients there, as the definition says."""
    resting = {**find_fixed_point(method.definition), "x": (Fraction(1), Fraction(0))}
    asked = any(call.call == "gradient" and call.of == {"x": 1} for call in method.definition.step.calls)
    told = not asked and any(factor for _, factor in resting.values()) and not can_stay_anywhere(method.definition)
    message = world.compress(world.gradient(x)) if told else None
    state = []
    for name, zero in zip((*method.server_state, *method.agent_state), zeros):
        of_x, of_message = resting[name]
        rests = zero + method.number(of_x) * x
        state.append(rests + method.number(of_message) * message if message is not None and of_message else rests)
    return tuple(state)
