"""What a Lyapunov function may see: the method's coordinates, and more by choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.assumptions.validation import require
from eftheory.methods.method import Method, Observation, State
from eftheory.methods.world import World


@dataclass(frozen=True)
class Template:
    """All V that are quadratic in the method's coordinates and, by choice, in those of one step back, and linear in
    the method's function values and, by choice, in what two known points say about each other.

    With ``memory`` the state is (x-, x, ...) and a step leads to (x, x+, ...); nothing is assumed of x-, so what is
    proved holds whatever x- is. Let a, b be the first two that exist of x* (a common minimiser), x- (memory) and x.
    Memory adds the coordinates b - a and grad f_i(b) - grad f_i(a), ``values`` the slacks of the interpolation
    inequalities between a and b, per type. At the start x- is put where a = b: then all that memory adds is zero.

    With ``gradients`` V sees f - inf f at the method's points; of a method whose coordinates need an x* it sees what
    agents remember and the gradients of f at these points instead of the coordinates.

    >>> str(Template(memory=1, values=True)), Template.parse("memory") == Template(memory=1)
    ('memory, values', True)
    """

    memory: int = 0
    values: bool = False
    gradients: bool = False

    def __post_init__(self) -> None:
        require(self.memory in (0, 1), f"memory={self.memory}: V sees one step back or none; memory must be 0 or 1")
        alone = not self.gradients or not (self.memory or self.values)
        require(alone, "a V that sees gradients and f - inf f has no memory and no other values")

    @classmethod
    def parse(cls, text: str) -> Template:
        """The template with this text; ValueError if there is none."""
        every = (*(cls(m, v) for m in (0, 1) for v in (False, True)), cls(gradients=True))
        known = {str(template): template for template in every}
        require(text in known, f"template={text[:40]!a}: expected one of {', '.join(map(repr, known))}")
        return known[text]

    def __str__(self) -> str:
        return ", ".join(["memory"] * self.memory + ["values"] * self.values + ["gradients"] * self.gradients)

    def names(self, method: Method) -> Observation:
        """The names of what ``observe`` returns; ValueError where the method has no two points to compare."""
        own, common = method.coordinates, has_minimiser(method)
        if self == PLAIN:
            return own
        require(
            method.server_state[:1] == ("x",),
            f"{method.name} does not begin with a server vector x to remember or look at",
        )
        if self.gradients:
            server = tuple(f"mean g at {place}" for place in method.places)
            own = Observation(method.agent_state, server) if method.sees_minimiser else own
            return own._replace(values=tuple(f"f({place}) - inf f" for place in method.places))
        points = ["x*"] * common + ["x-"] * self.memory + ["x"]
        require(len(points) > 1, f"{method.name} has no second point to compare function values with; use memory")
        a, b = points[:2]
        if self.memory:
            g = "grad f" if "g" in (*method.server_state, *method.agent_state) else "g"
            at_star = "" if any(each.minimiser == OF_ALL for each in method.hypotheses) else f" - {g}*"
            turn = f"{g}-{at_star}" if common else f"{g} - {g}-"
            own = own._replace(agents=(*own.agents, turn), server=(*own.server, f"{b} - {a}"))
            added = f"{own.agents[-1]} or {own.server[-1]}"
            twice = f"{method.name}: a coordinate has the name of one that memory adds, {added}"
            require(own.agents[-1] not in own.agents[:-1] and own.server[-1] not in own.server[:-1], twice)
        slacks = (f"interpolation {b} above {a}", f"interpolation {a} above {b}")
        return own._replace(slacks=slacks) if self.values else own

    def unknown_state(self, method: Method, world: Any) -> State:
        """A state of which nothing is known, for the exact world."""
        return (*map(world.server, ("x-",) * self.memory + method.server_state), *map(world.agents, method.agent_state))

    def start(self, method: Method, world: World[Any, Any, Any], *state: Any) -> State:
        """The state with x- where the method starts: at x* if there is one, otherwise at x."""
        here = world.minimiser if has_minimiser(method) else state[self.memory]
        return (*[here] * self.memory, *state[self.memory :])

    def step(self, method: Method, world: World[Any, Any, Any], *state: Any) -> State:
        """The state after one step: x becomes x-."""
        own = state[self.memory :]
        return (*own[: self.memory], *method.step(world, *own))

    def observe(self, method: Method, world: Any, *state: Any) -> Observation:
        """The coordinates of V; with ``values`` the world must know ``interpolation``."""
        if self.gradients:
            points = method.points(world, *state)
            server, memories = tuple(world.mean(world.gradient(x)) for x in points), state[len(method.server_state) :]
            seen = Observation(memories, server) if method.sees_minimiser else method.observe(world, *state)
            return seen._replace(values=tuple(map(world.excess, points)))
        seen = method.observe(world, *state[self.memory :])
        if not self.memory and not self.values:
            return seen
        common = [world.minimiser] if has_minimiser(method) else []
        a, b = (*common, *state[: 1 + self.memory])[:2]
        if self.memory:
            turn = world.gradient(b) - world.gradient(a)
            seen = seen._replace(agents=(*seen.agents, turn), server=(*seen.server, b - a))
        return seen._replace(slacks=(world.interpolation(a, b), world.interpolation(b, a))) if self.values else seen


def has_minimiser(method: Method) -> bool:
    """Whether the hypotheses grant an x*."""
    return any(hypothesis.minimiser for hypothesis in method.hypotheses)


PLAIN = Template()
