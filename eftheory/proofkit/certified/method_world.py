"""The world of the proof kit: one step of a method, in expressions, and what is known of it as hypotheses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.compressor_class import CompressorClass
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.mean.noise import Noise as NoiseClass
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.proofkit.certified.mean_facts import SIGMA
from eftheory.proofkit.certified.method_facts import Chance, Known, Vectors
from eftheory.proofkit.certified.moments import Noise
from eftheory.proofkit.certified.points_world import WORDS, PointWorld
from eftheory.proofkit.kernel.expression import Expectation, Node, Relation, Symbol, square
from eftheory.proofkit.kernel.substitution import is_random, substitute
from eftheory.proofkit.tidy import tidy
from eftheory.worlds.exact import MAX_COINS


@dataclass(frozen=True)
class Participation:
    """A coin for each agent, to multiply a vector with."""

    world: ProofWorld
    chance: Fraction

    def __mul__(self, v: Vectors) -> Vectors:
        return self.world.participate(self.chance, v)


class ProofWorld(PointWorld):
    """Vectors are expressions; whatever a method asks for is a new symbol, of which hypotheses are recorded.

    Vectors of agents are one for each type, with an index if it has several agents: means over it are those over the
    agents of the type, and what is said holds for any number of them. The average over all agents weighs the types
    with their shares. No mean is taken of products of vectors of different types, so that types may be of different
    sizes; where an index must be the same for all, agents of the smaller types count several times.

    Inequalities are numbered as those of the checker's world, so that a certificate's multipliers are theirs. Of
    agents with L = mu no inequality without values is recorded: their gradients are g + L (x - x0).

    Where only f = mean f_i has the minimiser x*, the mean of the gradients there is zero by a hypothesis. Noise has
    mean zero given the past, as ``moments`` has it; a coin falls as ``outcomes`` says, then 1, and what is made after
    it has names of its own.

    Args:
        setting: with its agents.
        values: whether function values are spoken of.
        outcomes: of the coins, in order.
    """

    def __init__(self, setting: Setting, *, values: bool, outcomes: Sequence[int] = ()) -> None:
        self.compressor = setting.compressor
        self.chances: dict[str, tuple[Chance, ...]] = {}
        """Of the inequalities that hold in expectation only, what they say along a path."""
        self.messages: dict[Node, Fraction] = {}
        """Those of compressors; in examples one of two outcomes is so much of what was sent."""
        self.outcomes, self.chance, self.branch = (*outcomes,), Fraction(1), ""
        self._compressions = self._noises = 0
        super().__init__(setting, values=values)

    def compress(self, v: Vectors) -> Vectors:
        """The messages."""
        return self._send("compression {}", self.compressor, v, independent=True)

    def unbiased(self, v: Vectors, omega: Fraction, *, independent: bool = False) -> Vectors:
        """Messages of unbiased compressors beside the claim's; independent over agents only where it is said."""
        return self._send("unbiased compression {}", Unbiased(omega), v, independent=independent)

    def compress_server(self, v: Vectors, alpha: Fraction) -> Vectors:
        """A message of the server, compressed by a contractive compressor of its own."""
        if Contractive(alpha).exact:
            return v
        number, (sent,), ticks = self._compressions, v.parts, "'" * self._compressions
        self._compressions, self._time = number + 1, self._time + 1
        above, latex = self._fallen(ticks, "")
        message = self._symbol(f"s{above}", latex and f"s{latex}", random=True)
        error = self._symbol(self._here("{}|{}", f"e{number}"), random=True)
        self.checkers[self._here("{}|{}", f"e{number}")] = None, error
        self._express(message, error, sent - error, sent - message)
        title = " ".join([f"compressor of the server{ticks}", *(WORDS[fell] for fell in self.branch)])
        row = self._of_server(Known(title, _contracts(message, sent, 1 - alpha), Fraction(1)))
        chances = [Chance(square(message - sent), 1 - alpha, square(sent))]
        self._record_chances(f"server compression {number}", row, chances)
        self.example.append((message, sent))
        self.messages[message] = alpha
        return Vectors((message,), False)

    def _send(self, kind: str, compressor: CompressorClass, v: Vectors, *, independent: bool) -> Vectors:
        if compressor.exact:
            return v
        number, unbiased = self._compressions, compressor.unbiased
        self._compressions += 1
        c, ticks = self._agents("c", "'" * number, random=True), chr(39) * number
        errors = self._hidden(f"e{number}")
        factor = compressor.omega if unbiased else 1 - compressor.alpha  # type: ignore[attr-defined]
        known, chances = [], []
        for t, (message, sent, error) in enumerate(zip(c.parts, v.parts, errors)):
            self._express(message, error, sent - error, sent - message)
            chances.append(Chance(square(message - sent), factor, square(sent)))
            title = f"message{ticks}, variance" if unbiased else f"compressor{ticks}"
            known.append(Known(self._named(title, t), _contracts(message, sent, factor), self.shares[t]))
            self.example.append((message, sent))
            self.messages[message] = Fraction(1) if unbiased else compressor.alpha
        if unbiased:
            shown = tuple(sent - message for sent, message in zip(v.parts, c.parts))
            means = (_expected(message).equals(_expected(sent)) for sent, message in zip(v.parts, c.parts))
            self._draw(f"message{ticks}", errors, shown, tuple(means), 1, independent=independent)
        self._record_chances(kind.format(number), known, chances)
        return c

    def noisy_gradient(self, x: Vectors) -> Vectors:
        """The gradients at a server point, and noise of mean zero, drawn anew at each call."""
        noise = [each for each in self.assumptions if isinstance(each, NoiseClass)]
        require(len(noise) == 1, "stochastic gradients are used; assume 'noise' or 'independent noise', one of them")
        g, number = self.gradient(x), self._noises
        n = self._agents("xi", "'" * number, random=True, known=f"n{number}")
        means = tuple(Expectation(part).equals(0 * part) for part in n.parts)
        parts: tuple[Symbol, ...] = n.parts  # type: ignore[assignment]
        self._draw(f"noise{chr(39) * number}", parts, parts, means, -1, independent=noise[0].independent)
        relations = [Expectation(square(part)) <= square(SIGMA) for part in n.parts]
        title = f"noise{chr(39) * number}, bound"
        known = [Known(self._named(title, t), relation, self.shares[t]) for t, relation in enumerate(relations)]
        self._record_chances(f"noise {number}", known, [Chance(square(part), 1, square(SIGMA)) for part in n.parts])
        self.example += [(part, part) for part in n.parts]
        self._noises += 1
        return g + n

    def coins(self, chance: Fraction) -> Participation:
        """One coin for each agent, independent of the others, to multiply a vector with."""
        return Participation(self, chance)

    def participate(self, chance: Fraction, v: Vectors) -> Vectors:
        """What agents send of a vector: all of it, with this chance, or zero."""
        number, ticks = self._noises, "'" * self._noises
        b = self._agents("b", ticks, random=True)
        noise = self._hidden(f"n{number}")
        for sent, whole, part in zip(b.parts, v.parts, noise):
            self._express(sent, part, chance * whole + part, sent - chance * whole)
            self.example.append((sent, whole))
        shown = tuple(tidy(sent - chance * whole) for sent, whole in zip(b.parts, v.parts))
        means = tuple(_expected(sent).equals(chance * _expected(whole)) for sent, whole in zip(b.parts, v.parts))
        variance = chance * (1 - chance), tuple(substitute(whole, self.moments.inside) for whole in v.parts)
        self._draw(f"coins{ticks}", noise, shown, means, -1, variance=variance)
        self._noises += 1
        return b

    def coin(self, chance: Fraction) -> int:
        """1 with this chance, else 0: one coin for all, as it falls in this branch."""
        flipped = len(self.branch)
        self.outcomes = self.outcomes if flipped < len(self.outcomes) else (*self.outcomes, 1)
        fell = self.outcomes[flipped]
        require(flipped < MAX_COINS, f"more than {MAX_COINS} coins in a step: too many branches")
        self.chance *= chance if fell else 1 - chance
        self.branch += str(fell)
        return fell

    def join(self, other: ProofWorld) -> None:
        """What is known in another branch, too."""
        self.inequalities |= other.inequalities
        self.chances |= other.chances
        self.checkers |= other.checkers
        self.moments.join(other.moments)
        self.example += [entry for entry in other.example if entry not in self.example]
        self.messages |= other.messages
        self.points += [point for point in other.points if point not in self.points]

    def _draw(
        self,
        title: str,
        parts: tuple[Symbol, ...],
        shown: tuple[Node, ...],
        means: tuple[Relation, ...],
        sign: int,
        *,
        independent: bool = True,
        variance: tuple[Fraction, tuple[Node, ...]] | None = None,
    ) -> None:
        title = " ".join([title, *(WORDS[fell] for fell in self.branch)])
        counts = tuple(agent.count for agent in self.types)
        self.moments.noises.append(Noise(title, parts, shown, means, sign, counts, independent, variance))

    def _record_chances(self, name: str, known: Sequence[Known | None], chances: list[Chance]) -> None:
        name = self._here("{} if {}", name)
        self.inequalities[name], self.chances[name] = tuple(known), tuple(chances)


def _expected(node: Node) -> Node:
    return Expectation(node) if is_random(node) else node


def _contracts(message: Node, sent: Node, factor: Fraction) -> Relation:
    error, bound = Expectation(square(message - sent)), factor * _expected(square(sent))
    return Relation(error, "<=", bound)
