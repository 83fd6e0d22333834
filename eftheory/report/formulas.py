"""A method's own lines as formulas: one more reader of the one definition.

The definition runs in a world whose vectors are combinations of texts; what it does with them
is what a report prints, so that report and checker cannot disagree about the method.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.claims import Setting
from eftheory.exact.vector import Vector
from eftheory.methods import Method, Template
from eftheory.methods.quantities import quantity
from eftheory.methods.template import PLAIN, has_minimiser
from eftheory.methods.world import Reader
from eftheory.report.digits import Digits
from eftheory.report.style import Style
from eftheory.wording.coordinate import Coordinate


@dataclass(frozen=True)
class Formulas:
    """What a method does, as texts.

    Attributes:
        step: new names and expressions, one for each part of the state.
        coordinates: the coordinates of V: names and expressions.
        values: what is linear in function values in V, in the order of their coefficients.
        measure: what the guarantee bounds.
        points: where gradients are known; ``interpolation 0 1`` is about points 0 and 1.
        inputs: what is compressed; ``compression 0`` is about input 0.
        senders: the compressor of each input.
        chance: what the letters for coins and noise mean.
    """

    step: tuple[tuple[str, str], ...]
    coordinates: tuple[tuple[str, str], ...]
    values: tuple[str, ...]
    measure: str
    points: tuple[str, ...]
    inputs: tuple[str, ...]
    senders: tuple[str, ...] = ()
    chance: tuple[str, ...] = ()


def formulas(setting: Setting, style: Style, template: Template = PLAIN) -> Formulas:
    """Read the formulas off a method's definition, with the coordinates of a template.

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> from eftheory.report.style import ASCII
    >>> setting = Setting((AgentType(L=1, mu=0),), Contractive(Fraction(1, 2)), EF21(Fraction(1, 5)))
    >>> for name, expression in formulas(setting, ASCII).step:
    ...     print(name, "=", expression)
    x+ = x - step_size mean d_i
    d_i+ = d_i + C_i(grad f_i(x+) - d_i)
    """
    method = copy(setting.method)  # with what it assumes, which a claim may have changed
    object.__setattr__(method, "step_size", _StepSize(style.step_size))
    world = _FormulaWorld(style, {})
    unknown = world.unknown_state(method)
    after = method.step(world, *unknown)
    named = zip(unknown[: len(method.server_state)], after)  # what only moves on, as x- does, has its name already
    names = {new: style.after % world.write(old) for old, new in named if new not in unknown}

    world = _FormulaWorld(style, names, lossless=setting.compressor.exact)
    state = world.unknown_state(method)
    if has_minimiser(method):
        world.note(world.minimiser)
    remembered = (*[Vector.symbol(style.before % "x")] * template.memory, *state)
    seen = template.observe(method, world, *remembered)
    measure = quantity(setting.measure_name, method, world, state)
    after = template.step(method, world, *remembered)
    template.observe(method, world, *after)
    names_of = template.names(method)
    labels = (*names_of.agents, *names_of.server, *names_of.values)
    slacks = (Coordinate(name, t) for name in names_of.slacks for t, _ in enumerate(setting.agents))
    return Formulas(
        step=tuple(
            (style.after % world.write(old), world.write(new)) for old, new in zip(state, after[template.memory :])
        ),
        coordinates=tuple(zip(labels, (world.write(v) for v in (*seen.agents, *seen.server, *seen.values)))),
        values=(*map(world.write, seen.values), *map(style.quote, slacks)),
        measure=world.write(measure),
        points=tuple(map(world.at, world.points)),
        inputs=tuple(world.write(v) for _, v in world.inputs),
        senders=tuple(sender for sender, _ in world.inputs),
        chance=tuple(dict.fromkeys(world.chance)),
    )


@dataclass(frozen=True)
class _StepSize:
    """The step size by its name, times a number, to multiply vectors with."""

    name: str
    factor: Fraction = Fraction(1)

    def __mul__(self, v: Vector) -> Vector:
        return Vector({f"{self.name} {text}": self.factor * value for text, value in v})

    def __rmul__(self, number: Fraction | int) -> _StepSize:
        return _StepSize(self.name, number * self.factor)


@dataclass(frozen=True)
class _Coin:
    """A coin, or 1 - a coin, to multiply vectors with."""

    world: _FormulaWorld
    name: str

    def __mul__(self, v: Vector) -> Vector:
        text = self.world.write(v)
        return Vector.symbol(f"{self.name} {text if [value for _, value in v] == [1] else f'({text})'}")

    def __rsub__(self, one: int) -> _Coin:
        return _Coin(self.world, f"({one} {self.world.style.minus} {self.name})")


class _FormulaWorld(Reader):
    """Vectors are combinations of texts, server and agent vectors alike; ``names`` are known points."""

    def __init__(self, style: Style, names: dict[Vector, str], *, lossless: bool = False) -> None:
        self.style = style
        self.names, self.lossless = names, lossless  # lossless: the agents' own compressors
        self.points: list[Vector] = []
        self.inputs: list[tuple[str, Vector]] = []
        self.chance: list[str] = []
        self._names: list[str] = []

    def unknown_state(self, method: Method) -> tuple[Vector, ...]:
        raw = (*method.server_state, *(f"{name}_i" for name in method.agent_state))
        shown = (*map(self.style.symbol, method.server_state), *map(self.style.of_agent, method.agent_state))
        return tuple(map(Vector.symbol, shown if len({*shown}) == len(raw) else raw))  # what looks alike would add up

    @property
    def minimiser(self) -> Vector:
        return Vector.symbol(self.style.minimiser)

    def mean(self, v: Vector) -> Vector:
        return self._apply(self.style.mean, self._enclosed(v))

    def excess(self, x: Vector) -> Vector:
        """f(x) - inf f."""
        self.note(x)
        return self._apply(self.style.excess, self.at(x))

    def noisy_gradient(self, x: Vector) -> Vector:
        """Gradients and the noise that is drawn with them."""
        noise = self._drawn(self.style.noise)
        self.chance.append(self._formula(noise) + " is noise of mean zero, drawn anew in every step")
        return self.gradient(x) + Vector.symbol(noise)

    def coins(self, chance: Any) -> _Coin:
        """A coin for each agent."""
        return self._toss(self.style.coins, chance, "each agent")

    def coin(self, chance: Any) -> _Coin:
        """One coin for all."""
        return self._toss(self.style.coin, chance, "all agents together")

    def gradient(self, x: Vector) -> Vector:
        self.note(x)
        return self._apply(self.style.gradient, self.at(x))

    def value(self, x: Vector) -> Vector:
        self.note(x)
        return self._apply(self.style.value, self.at(x))

    def interpolation(self, a: Vector, b: Vector) -> None:
        """Nothing to write: the slacks of V go by their names."""
        self.note(a)
        self.note(b)

    def compress(self, v: Vector) -> Vector:
        return self._send(self.style.compress, v)

    def unbiased(self, v: Vector, omega: Any, *, independent: bool = False) -> Vector:
        """A message of other compressors."""
        over = "independent over the agents" if independent else "perhaps dependent over the agents"
        said = f"is unbiased, {over}, with {self._formula(f'{self.style.omega} = {omega}')}"
        return self._send(self._sender(self.style.unbiased, said), v)

    def compress_server(self, v: Vector, alpha: Any) -> Vector:
        """A message of the server."""
        said = f"is the server's, with {self._formula(f'{self.style.alpha} = {alpha}')}"
        return self._send(self._sender(self.style.server, said), v) if alpha != 1 else v

    def _sender(self, sender: str, said: str) -> str:
        """The compressor of a message with constants of its own, by a name of its own, and what is said of it."""
        name = self._drawn(sender.replace("(%s)", ""))
        self.chance.append(f"{self._formula(name)} {said}")
        return f"{name}(%s)"

    def _drawn(self, name: str) -> str:
        """A name for what is drawn: what is drawn after it in the same step is something else."""
        self._names.append(name)
        time = self._names.count(name)
        return self.style.again(f"{name}(%s)", time).replace("(%s)", "") if time > 1 else name

    def _send(self, sender: str, v: Vector) -> Vector:
        again = self.inputs.count((sender, v))  # a random compressor may answer differently, so that nothing cancels
        if not (self.lossless and sender == self.style.compress):  # of which no inequality speaks
            self.inputs.append((sender, v))
        return self._apply(self.style.again(sender, again + 1) if again else sender, self.write(v))

    def _toss(self, name: str, chance: Any, whom: str) -> _Coin:
        name = self._drawn(name)
        words = f"{self._formula(name)} is 1 with probability {self._formula(str(chance))}, else 0"
        self.chance.append(f"{words}, drawn anew in every step for {whom}")
        return _Coin(self, name)

    def _formula(self, text: str) -> str:
        return f"${text}$" if self.style.is_latex else text

    def square(self, v: Vector) -> Vector:
        return self._apply(self.style.square, self.write(v))

    def mean_square(self, v: Vector) -> Vector:
        return self._apply(self.style.mean, self.style.square % self.write(v))

    def note(self, x: Vector) -> None:
        """Number the points in the order in which the exact world does."""
        if x not in self.points:
            self.points.append(x)

    def at(self, x: Vector) -> str:
        """A point by its name, where it has one."""
        return self.names.get(x) or self.write(x)

    def write(self, v: Vector) -> str:
        """A combination of texts."""
        return self.style.sum(((value, text) for text, value in v), Digits(exact=True))

    def _enclosed(self, v: Vector) -> str:
        text = self.write(v)
        return text if len(list(v)) == 1 else f"({text})"

    def _apply(self, template: str, argument: Any) -> Vector:
        return Vector.symbol(template % argument)
