"""The recording world: it answers with vectors that remember how they were made, and writes down what it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

from eftheory.methods.recorded import LOOKS, MAX_CALLS, Call, Program
from eftheory.recording.places import asked_by_library, place_here
from eftheory.recording.vectors import (
    FOREIGN,
    TYPE,
    Coin,
    Coins,
    Linear,
    RecordingError,
    Square,
    Squares,
    Trace,
    shortly,
)


class Refusal(NamedTuple):
    """What was refused, and where."""

    problem: str
    place: str


class RecordingWorld:
    """A world that writes down what it is asked, and what it refuses.

    Args:
        server_state: names of the server's vectors.
        agent_state: names of the agents' vectors.
        minimiser: whether a common minimiser is granted.
    """

    state: tuple[Trace, ...]
    refusals: list[Refusal]
    _calls: list[Call]
    _granted: bool
    _agents: list[Trace]  # the first vector of the agents, if there is one

    def __init__(self, server_state: tuple[str, ...], agent_state: tuple[str, ...], *, minimiser: bool) -> None:
        kinds = (*((name, False) for name in server_state), *((name, True) for name in agent_state))
        state = tuple(Trace(self, {name: Fraction(1)}, of_agents=it) for name, it in kinds)
        first = [v for v in state if v.of_agents][:1]
        vars(self).update(_calls=[], _granted=minimiser, _agents=first, refusals=[], state=state)

    def note(self, problem: str) -> None:
        """Remember a refusal, and the line of the user's code where it happened."""
        self.refusals.append(Refusal(problem, place_here()))

    def refuse(self, problem: str) -> NoReturn:
        """Note the problem, and raise it."""
        self.note(problem)
        raise RecordingError(problem)

    def __getattr__(self, name: str) -> NoReturn:
        known = "gradient, mean, compress, compress_server, unbiased, minimiser, noisy_gradient, coin, coins"
        known += ", square, mean_square"
        self.refuse(f"the world has no {name!r}; it has: {known}")

    def __repr__(self) -> str:
        return "the world of a recording"

    def __setattr__(self, name: str, _: object) -> None:
        self.refuse(f"world.{name} is changed: keep what a step remembers in its state")

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        if asked_by_library():
            return type(self)
        self.refuse(f"the type of the world {TYPE}")

    @property
    def minimiser(self) -> Trace:
        """The common minimiser."""
        if not self._granted:
            self.refuse("world.minimiser is used: put COMMON_MINIMISER into hypotheses first")
        return Trace(self, {"x*": Fraction(1)})

    def gradient(self, x: Any) -> Trace:
        """The gradients at a server point."""
        return self._ask("gradient", self._take("gradient", x, of_agents=False), of_agents=True)

    def mean(self, v: Any) -> Trace:
        """The average of an agent vector."""
        return self._ask("mean", self._take("mean", v, of_agents=True), of_agents=False)

    def compress(self, v: Any) -> Trace:
        """The messages."""
        return self._ask("compress", self._take("compress", v, of_agents=True), of_agents=True)

    def compress_server(self, v: Any, alpha: Any) -> Trace:
        """The message of the server."""
        v = self._take("compress_server", v, of_agents=False)
        number = v.number(alpha, "alpha")
        if not 0 < number <= 1:
            self.refuse(f"a message of the server has alpha = {number}: it must lie in (0, 1]")
        return self._ask("compress_server", v, of_agents=False, alpha=number)

    def unbiased(self, v: Any, omega: Any, *, independent: Any = False) -> Trace:
        """Messages of other compressors."""
        v = self._take("unbiased", v, of_agents=True)
        number = v.number(omega, "omega")
        if number <= 0:
            self.refuse(f"unbiased messages have omega = {number}: it must be positive; those that lose nothing are v")
        if type(independent) is not bool:
            self.refuse(f"independent={shortly(independent)}: whether unbiased messages are, True or False")
        return self._ask("unbiased", v, of_agents=True, omega=number, independent=int(independent))

    def noisy_gradient(self, x: Any) -> Trace:
        """The gradients at a server point, with noise."""
        return self._ask("noisy_gradient", self._take("gradient", x, of_agents=False), of_agents=True)

    def coin(self, chance: Any) -> Coin:
        """A coin for all, which falls now."""
        coin, first = Coin(self, {}), self.state[0]
        fell = self._ask("coin", first, of_agents=first.of_agents, chance=self._chance(coin, chance))
        return coin.named(*fell.terms)

    def coins(self, chance: Any) -> Coins:
        """A coin for each agent."""
        coins = Coins(self, {})
        return coins.with_chance(self._chance(coins, chance))

    def _toss_again(self, same: str, v: Trace) -> Trace:
        """The product with a coin that has fallen."""
        v = self._take("coin", v, of_agents=v.of_agents)
        return self._ask("coin", v, of_agents=v.of_agents, same=same)

    def _toss_each(self, chance: Fraction, v: Any) -> Trace:
        """The product with a coin for each agent."""
        return self._ask("coins", self._take("coins", v, of_agents=True), of_agents=True, chance=chance)

    def _chance(self, coin: Linear, chance: Any) -> Fraction:
        number = coin.number(chance, "probability")
        if not 0 < number <= 1:
            self.refuse(f"a coin has the probability {number}: it must lie in (0, 1]")
        return number

    def square(self, v: Any) -> Squares:
        """The square of a server vector."""
        return Squares(self, {Square(self._take("square", v, of_agents=False)): Fraction(1)})

    def mean_square(self, v: Any) -> Squares:
        """The mean square of an agent vector."""
        return Squares(self, {Square(self._take("mean_square", v, of_agents=True)): Fraction(1)})

    def program(self, agents: Mapping[str, Any], server: Mapping[str, Any]) -> Program:
        """All that was asked, with these results."""
        told = {name: self._take(name, self._tell(v), of_agents=True).terms for name, v in agents.items()}
        kept = {name: self._take(name, v, of_agents=False).terms for name, v in server.items()}
        return Program(tuple(self._calls), told, kept)

    def _ask(self, call: str, v: Trace, *, of_agents: bool, **more: Any) -> Trace:
        asked, again = Call(call, v.terms, **more), call in LOOKS or "same" in more
        if not again or asked not in self._calls:  # what is random may answer differently each time
            self._calls.append(asked)
        if len(self._calls) > MAX_CALLS:
            self.refuse(f"more than {MAX_CALLS} calls of gradient, mean and compress: at most that many fit")
        k = self._calls.index(asked) if again else len(self._calls) - 1
        answer = Trace(self, {f"{call} {k}": Fraction(1)}, of_agents=of_agents)
        if of_agents and not self._agents:
            self._agents.append(answer)
        return answer

    def _take(self, where: str, v: Any, *, of_agents: bool) -> Trace:
        """A vector of this world and of the right kind, or a refusal."""
        if type(v) is not Trace or v.of_agents is not of_agents:
            needed = "each agent" if of_agents else "the server"
            self.refuse(f"{where} needs a vector of {needed}, but got {_kind(v, where)}")
        if v.world is not self:
            self.refuse(FOREIGN)
        return v

    def _tell(self, v: Any) -> Any:
        """A vector of the server, where one of each agent is needed and there are some, is told to all."""
        told = type(v) is Trace and not v.of_agents and self._agents
        return v.plus(self._agents[0], Fraction(0)) if told else v


TEXTS = (Linear.__repr__.__code__, RecordingWorld.__repr__.__code__)
"""The code that runs where the text of a vector or the world is asked for."""


def _kind(v: object, where: str) -> str:
    if type(v) is not Trace:
        return f"no vector: {shortly(v)}"
    advice = _ADVICE.get(where, "take its mean?" if v.of_agents else "")
    return f"{'a vector of each agent' if v.of_agents else 'one of the server'}{f' ({advice})' if advice else ''}"


_ADVICE = {
    "gradient": "gradients at points of the agents' own, as in local steps, cannot be said yet",
    "mean": "it is its own mean",
    "coins": "of the server's there is one: world.coin",
    "compress": "a message of the server is world.compress_server(x, alpha=...)",
    "compress_server": "messages of the agents are world.compress",
    "unbiased": "a message of the server is world.compress_server(x, alpha=...)",
    "square": "that is what mean_square is for",
    "mean_square": "that is what square is for",
}
"""Of a vector of the wrong kind, by what is asked about it."""
