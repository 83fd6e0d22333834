"""What a claim may bound, and in terms of what at the start: quantities that are never negative, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eftheory.assumptions.validation import require
from eftheory.methods.method import Method, State

GRADIENT, EXCESS, DISTANCE = "||mean g||^2", "f - inf f", "||x - x*||^2"
GENERAL: dict[str, Callable[[Any, Any], Any]] = {
    GRADIENT: lambda world, x: world.square(world.mean(world.gradient(x))),
    EXCESS: lambda world, x: world.excess(x),
    DISTANCE: lambda world, x: world.square(x - world.minimiser),
}


def quantity(name: str, method: Method, world: Any, state: State) -> Any:
    """The method's measure, a general quantity at its first vector x, the square of the distance of one of its places
    from x*, or the (mean) square of one of its coordinates or of a vector of its state, as ``mean ||d||^2``;
    ValueError: there is none of this name.
    """
    if name == method.measure_name:
        return method.measure(world, *state)
    if name in GENERAL:
        require(method.server_state[:1] == ("x",), f"{name}: {method.name} does not begin with a server vector x")
        return GENERAL[name](world, state[0])
    distances = [f"||{place} - x*||^2" for place in method.places]
    if name in distances:
        return world.square(method.points(world, *state)[distances.index(name)] - world.minimiser)
    server, agents = _squares(method.server_state, method.agent_state)
    if name not in (*server, *agents):
        server, agents = _squares(method.seen.server, method.seen.agents)
        known = ", ".join(dict.fromkeys((method.measure_name, *GENERAL, *distances, *server, *agents)))
        require(name in (*server, *agents), f"{name[:80]!a} is no quantity of {method.name}; expected: {known}")
        seen = method.observe(world, *state)
        state = (*seen.server, *seen.agents)
    place = (*server, *agents).index(name)
    return (world.square if place < len(server) else world.mean_square)(state[place])


def _squares(server: tuple[str, ...], agents: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return [f"||{name}||^2" for name in server], [f"mean ||{name}||^2" for name in agents]
