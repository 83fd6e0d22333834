"""Methods as data: straight-line programs that a certificate can hold and every world can run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER, ONE_AGENT, OTHER_MESSAGES, SERVER_MESSAGES, Hypothesis
from eftheory.assumptions.validation import require
from eftheory.exact.vector import Vector
from eftheory.methods.method import Method, Observation, State

EXTERNAL, LOOKS, CALLS = "external", ("gradient", "mean"), ("compress", "gradient", "mean")
COINS = ("coins", "coin")  # one for each agent, to multiply one vector with; one for all
DRAWS = ("noisy_gradient", "unbiased", *COINS)
NEWER = ("compress_server", *DRAWS)  # which the second format has
NUMBERS = {  # that calls need
    "chance": (COINS, "a coin has a chance in (0, 1]"),
    "alpha": (("compress_server",), "a message of the server has an alpha in (0, 1]"),
    "omega": (("unbiased",), "an unbiased message has an omega > 0"),
}
MAX_NAMES, MAX_CALLS, MAX_TEXT = 8, 16, 4000  # vectors of a kind, calls of a program, characters of what is squared
HYPOTHESES = {hypothesis.name: hypothesis for hypothesis in (COMMON_MINIMISER, ONE_AGENT)}
_NAME = re.compile(r"(?![efr][0-9]+\Z)[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)  # not a symbol of the exact world
_NAMED = "write a letter, then letters, digits, _; e0, f1, r2 and the like name unknowns of certificates"
_LABEL = re.compile(r"[ -&(-Z\\^-~]{1,60}")  # visible ASCII; ' [ ] tell means from deviations
Combination = Mapping[str, Fraction]


@dataclass(frozen=True)
class Call:
    """One question to the world, about a combination of vectors; of coins the product with them is asked.

    A coin falls at the first call with its ``chance``; another with ``same``, its name, is about the same coin.
    Unbiased messages are ``independent`` over the agents if that is 1.
    """

    call: str
    of: Combination
    chance: Fraction = Fraction(0)
    same: str = ""
    alpha: Fraction = Fraction(0)
    omega: Fraction = Fraction(0)
    independent: int = 0


@dataclass(frozen=True)
class Program:
    """Calls in order, then named results; the answer to call k is known as ``gradient k``, ``mean k``, ..."""

    calls: tuple[Call, ...] = ()
    agents: Mapping[str, Combination] = field(default_factory=dict)
    server: Mapping[str, Combination] = field(default_factory=dict)


class _KindsOfCoins:
    """Coins of the agents multiply a vector of theirs."""

    def __mul__(self, v: int) -> int:
        return _Kinds().compress(v)


class _Kinds:
    """A world in which a vector is only its kind: 0 is the server's, what is more is the agents'."""

    minimiser = 0

    def gradient(self, x: int) -> int:
        require(x == 0, "an agent vector stands where one of the server is needed")
        return 1

    noisy_gradient = gradient

    def compress(self, v: int) -> int:
        require(v > 0, "a server vector stands where one of the agents is needed")
        return 1

    def compress_server(self, v: int, alpha: Any) -> int:
        return self.gradient(v) - 1

    def unbiased(self, v: int, omega: Any, *, independent: bool) -> int:
        return self.compress(v)

    def coin(self, chance: Any) -> int:
        return 1

    def coins(self, chance: Any) -> _KindsOfCoins:
        return _KindsOfCoins()

    def mean(self, v: int) -> int:
        return 0 * self.compress(v)


class _Words:
    """A world in which a vector is only the text of a formula."""

    minimiser = Vector.symbol("x*")

    def gradient(self, x: Vector) -> Vector:
        return _written("gradient(%s)", x)

    def mean(self, v: Vector) -> Vector:
        return _written("mean(%s)", v)

    def square(self, v: Vector) -> Vector:
        return _written("||%s||^2", v)

    def mean_square(self, v: Vector) -> Vector:
        return _written("mean ||%s||^2", v)


def _written(formula: str, v: Vector) -> Vector:
    require(len(repr(v)) <= MAX_TEXT, f"the measure takes more than {MAX_TEXT} characters to write")
    return Vector.symbol(formula % repr(v).replace("- 1 ", "- "))


@dataclass(frozen=True)
class Definition:
    """A method with its numbers multiplied in; ValueError unless every world can run it.

    ``step`` gives each vector of the state its new value, ``observe`` the coordinates by name; the measure is the
    sum of the squares (of agents: mean squares) of the results of ``measure``, each times its weight.
    """

    name: str
    server_state: tuple[str, ...]
    step: Program
    observe: Program
    measure: Program
    weights: Mapping[str, Fraction]
    agent_state: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        state, several = self.server_state + self.agent_state, f"1 to {MAX_NAMES} different names"
        for name in (self.name, *state):
            require(bool(_NAME.fullmatch(name)), f"{name[:40]!a}: {_NAMED}")
        require(0 < len(state) == len({*state}) <= MAX_NAMES, f"a state has {several}")
        known = len({*self.hypotheses} & HYPOTHESES.keys()) == len(self.hypotheses)
        require(known, f"hypotheses: choose from {', '.join(HYPOTHESES)}, each at most once")
        for place in ("step", "observe", "measure"):
            program: Program = getattr(self, place)
            calls = (*CALLS, *NEWER) if place == "step" else LOOKS  # to look must change nothing
            labels = [*program.agents, *program.server]
            require(len(program.calls) <= MAX_CALLS, f"{place}: at most {MAX_CALLS} calls")
            require(all(call.call in calls for call in program.calls), f"{place}: calls are {', '.join(calls)}")
            for call in program.calls:
                for name, (who, needed) in NUMBERS.items():
                    number, asked = getattr(call, name), call.call in who and not call.same
                    fits = 0 < number <= (number if name == "omega" else 1) if asked else not number
                    require(fits, f"{place}: {needed}")
                require(not call.same or call.call == "coin", f"{place}: only a coin for all is asked about again")
                said = call.independent in (0, call.call == "unbiased")
                require(said, f"{place}: only unbiased messages are said to be independent, with 1")
            require(0 < len(labels) == len({*labels}) <= MAX_NAMES, f"{place}: expected {several}")
            require(all(map(_LABEL.fullmatch, labels)), f"{place}: names have 1 to 60 visible characters, no ' [ ]")
            kinds = (0,) * len(self.server_state) + (1,) * len(self.agent_state)
            agents, server = self.run(program, _Kinds(), kinds, lambda _: 1)
            _ = [*map(_Kinds().compress, agents.values()), *map(_Kinds().gradient, server.values())]
        new = {*self.step.server}, {*self.step.agents}
        require(new == ({*self.server_state}, {*self.agent_state}), "step: expected one result for each state vector")
        weighted = self.weights.keys() == {*self.measure.agents, *self.measure.server}
        require(weighted and min(self.weights.values()) > 0, "weights: expected one > 0 for each term of the measure")

    def run(self, program: Program, world: Any, state: State, number: Callable[[Fraction], Any]) -> Any:
        """The agents' and the server's results by name; ValueError for a combination of unknown vectors, or of none."""
        known = dict(zip(self.server_state + self.agent_state, state))
        if COMMON_MINIMISER.name in self.hypotheses:
            known["x*"] = world.minimiser

        def combine(terms: Combination) -> Any:
            strange = sorted(terms.keys() - known.keys()) if terms else [""]
            require(not strange, f"{''.join(strange[:1])[:40]!a} is no vector known here: {', '.join(known)}")
            ordered = sorted(terms, key=lambda name: (terms[name] < 0, name))
            return reduce(add, [number(terms[name]) * known[name] for name in ordered])

        coins: dict[str, Any] = {}
        for k, call in enumerate(program.calls):
            v, name, ask = combine(call.of), f"{call.call} {k}", getattr(world, call.call)
            if call.call in COINS:
                require(not call.same or call.same in coins, f"{call.same[:40]!a} is no coin that fell before")
                coins[name] = coins[call.same] if call.same else ask(number(call.chance))
                known[name] = coins[name] * v
            elif call.alpha:
                known[name] = ask(v, number(call.alpha))
            elif call.omega:
                known[name] = ask(v, number(call.omega), independent=bool(call.independent))
            else:
                known[name] = ask(v)
        parts = program.agents, program.server
        return [{name: combine(terms) for name, terms in sorted(part.items())} for part in parts]

    def measured(self, world: Any, state: State, number: Callable[[Fraction], Any]) -> Any:
        """The weighted sum of squares that is its measure."""
        agents, server = self.run(self.measure, world, state, number)
        squares = {name: world.mean_square(v) for name, v in agents.items()}
        squares |= {name: world.square(v) for name, v in server.items()}
        return reduce(add, (number(self.weights[name]) * form for name, form in squares.items()))


@dataclass(frozen=True)
class Recorded(Method):
    """A method run from its definition, into which the step size is multiplied; ``step_size`` only repeats it.

    ``number`` turns a coefficient into what the world multiplies vectors with.
    """

    definition: Definition = field(hash=False)
    number: Callable[[Fraction], Any] = Fraction

    def __post_init__(self) -> None:
        super().__post_init__()
        it, state = self.definition, self.definition.server_state + self.definition.agent_state
        facts = {
            "name": f"{EXTERNAL} {it.name}",  # no method of ours has a space in its name
            "server_state": it.server_state,
            "agent_state": it.agent_state,
            "hypotheses": self.own_hypotheses,
            "coordinates": Observation(tuple(sorted(it.observe.agents)), tuple(sorted(it.observe.server))),
            "compresses": any(call.call == "compress" for call in it.step.calls),
            "measure_name": repr(it.measured(_Words(), tuple(map(Vector.symbol, state)), Fraction)),  # of what it is
        }
        for name, value in facts.items():
            object.__setattr__(self, name, value)

    @property
    def newer(self) -> bool:
        """Whether its step says what the first format cannot."""
        return any(call.call in NEWER for call in self.definition.step.calls)

    @property
    def seen(self) -> Observation:
        it, state = self.definition, tuple(map(Vector.symbol, self.server_state + self.agent_state))
        seen = [part.values() for part in it.run(it.observe, _Words(), state, Fraction)]
        return Observation(*(tuple(repr(v).replace("- 1 ", "- ") for v in part) for part in seen))

    @property
    def own_hypotheses(self) -> tuple[Hypothesis, ...]:
        calls = [call.call for call in self.definition.step.calls]
        beside = (("compress_server", SERVER_MESSAGES), ("unbiased", OTHER_MESSAGES))
        said = [HYPOTHESES[name] for name in self.definition.hypotheses]
        return (*said, *(hypothesis for verb, hypothesis in beside if verb in calls))

    @property
    def parameters(self) -> dict[str, Any]:
        return {}  # they are multiplied in

    @property
    def title(self) -> str:
        return f"external method {self.definition.name}, as defined in its certificate,"

    def step(self, world: Any, *state: Any, **_: Any) -> State:
        agents, server = self.definition.run(self.definition.step, world, state, self.number)
        return (*map(server.get, self.server_state), *map(agents.get, self.agent_state))

    def observe(self, world: Any, *state: Any, **_: Any) -> Observation:
        agents, server = self.definition.run(self.definition.observe, world, state, self.number)
        return Observation(tuple(agents.values()), tuple(server.values()))

    def measure(self, world: Any, *state: Any, **_: Any) -> Any:
        return self.definition.measured(world, state, self.number)
