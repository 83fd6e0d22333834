"""One step of a method on an instance with all its chance: every outcome at once, in exact numbers.

Vectors come in pairs: what the exact world says of them, and what they are, as arrays of Fractions with the shape
(outcomes, agents or 1, coordinates). Nothing here is taken from the exact world but the names of its symbols, whose
values are noted as they come up. Noise and messages depend on the past in hostile ways.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from eftheory.assumptions.mean import IndependentNoise, Noise
from eftheory.claims import Setting
from eftheory.exact import Form
from eftheory.methods.template import PLAIN, Template
from eftheory.worlds import AgentVector
from tests.kit.instances import Instance, array

HALF = Fraction(1, 2)


class Pair:
    """A vector as the exact world sees it, and its numbers; a form with its numbers, too."""

    def __init__(self, seen: Any, numbers: np.ndarray) -> None:
        self.seen, self.numbers = seen, numbers

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.seen + other.seen, self.numbers + other.numbers)

    def __sub__(self, other: Pair) -> Pair:
        return Pair(self.seen - other.seen, self.numbers - other.numbers)

    def __rmul__(self, factor: Fraction) -> Pair:
        return Pair(factor * self.seen, factor * self.numbers)


class PairCoins:
    """The exact world's coins, beside bits."""

    def __init__(self, world: ChanceWorld, chance: Fraction) -> None:
        self.world, self.seen, self.chance = world, world.exact.coins(chance), chance

    def __mul__(self, v: Pair) -> Pair:
        bits = self.world.bits(self.chance)
        sent = self.seen * v.seen
        self.world.note_vector(sent - self.chance * v.seen, (bits - self.chance) * v.numbers)
        return Pair(sent, bits * v.numbers)


class ChanceWorld:
    """Answers a method in pairs. ``weights`` are the probabilities of outcomes in the branch that ``outcomes`` says."""

    def __init__(
        self,
        setting: Setting,
        instance: Instance,
        seed: int,
        *,
        draws: int,
        template: Template = PLAIN,
        outcomes: Any = (),
    ) -> None:
        self.setting, self.instance, self.rng = setting, instance, random.Random(seed)
        self.exact = setting.world(template, outcomes)
        self.counts = [agent.count for agent in setting.agents]
        self.n = sum(self.counts)
        outcomes_of = list(product((0, 1), repeat=draws * self.n))
        self._bits = np.array(outcomes_of, dtype=object).reshape(len(outcomes_of), draws, self.n, 1) + Fraction(0)
        self.weights = np.full(len(outcomes_of), Fraction(1), dtype=object)
        self._drawn, self._draws = 0, draws
        self.values: dict[str, np.ndarray] = {}
        self._first: tuple[Pair, np.ndarray, np.ndarray] | None = None
        self._points: list[Any] = []
        self.constants = {"sigma2": instance.sigma2, "zeta2": self._zeta2()}
        if self.exact._has_minimiser:
            star = Pair(self.exact.minimiser, instance.star + self._still(1))
            self.note_vector(star.seen, star.numbers)
            self._note_gradient(star, instance.gradient(star.numbers))

    def _still(self, agents: int) -> np.ndarray:
        return np.zeros((len(self.weights), agents, self.instance.slopes.shape[1]), dtype=object) + Fraction(0)

    def _zeta2(self) -> Fraction:
        spread = self.instance.offsets - sum(self.instance.offsets) / self.n
        return (spread * spread).sum() / self.n

    def finish(self) -> None:
        """What was not drawn has no say."""
        rest = (self._draws - self._drawn) * self.n
        self.weights = self.weights / 2**rest
        assert self.weights.sum() == 1

    def bits(self, chance: Fraction) -> np.ndarray:
        """One coin for each agent."""
        fell = self._bits[:, self._drawn]
        self._drawn += 1
        self.weights = self.weights * np.where(fell == 1, chance, 1 - chance).prod(axis=(1, 2))
        return fell

    def note_vector(self, seen: Any, numbers: np.ndarray) -> None:
        """The values of symbols that are new."""
        if not isinstance(seen, AgentVector):
            ((name, _),) = seen
            self.values[name] = numbers[:, 0]
            return
        start = 0
        for mean, deviation, count in zip(seen.means, seen.deviations, self.counts):
            part = numbers[:, start : start + count]
            start += count
            centre = part.sum(axis=1) / Fraction(count)
            for v, value in ((mean, centre), (deviation, part - centre[:, None])):
                if len([*v]) == 1 and next(iter(v))[0] not in self.values:
                    ((name, factor),) = v
                    self.values[name] = value / factor

    def server(self, name: str, numbers: np.ndarray | None = None) -> Pair:
        """An unknown vector of the server."""
        shape = (1, 1, self.instance.slopes.shape[1])
        numbers = array(shape, lambda: self.rng.randint(-2, 2)) if numbers is None else numbers
        pair = Pair(self.exact.server(name), numbers + self._still(1))
        self.note_vector(pair.seen, pair.numbers)
        return pair

    def agents(self, name: str, numbers: np.ndarray | None = None) -> Pair:
        """An unknown vector for each agent."""
        shape = (1, self.n, self.instance.slopes.shape[1])
        numbers = array(shape, lambda: self.rng.randint(-2, 2)) if numbers is None else numbers
        pair = Pair(self.exact.agents(name), numbers + self._still(self.n))
        self.note_vector(pair.seen, pair.numbers)
        return pair

    @property
    def minimiser(self) -> Pair:
        return Pair(self.exact.minimiser, self.instance.star + self._still(1))

    def mean(self, v: Pair) -> Pair:
        return Pair(self.exact.mean(v.seen), v.numbers.sum(axis=1, keepdims=True) / Fraction(self.n))

    def square(self, v: Pair) -> Pair:
        return Pair(self.exact.square(v.seen), (v.numbers * v.numbers).sum(axis=(1, 2)))

    def mean_square(self, v: Pair) -> Pair:
        return Pair(self.exact.mean_square(v.seen), (v.numbers * v.numbers).sum(axis=(1, 2)) / Fraction(self.n))

    def gradient(self, x: Pair) -> Pair:
        numbers, seen = self.instance.gradient(x.numbers), self.exact.gradient(x.seen)
        if x.seen not in self._points:
            self._note_gradient(x, numbers)
        return Pair(seen, numbers)

    def _note_gradient(self, x: Pair, numbers: np.ndarray) -> None:
        """The symbols of a new gradient: it, or what is free in its change from the first."""
        number, symbols = len(self._points), self.exact._evaluations[len(self._points)]
        self._points.append(x.seen)
        values = self.instance.value(x.numbers)
        if self._first is None:
            self.note_vector(symbols.gradient, numbers)
            self._first = x, numbers, values
            for v in self.exact.symbols - self.values.keys():  # the last type's mean at x*, which is not used
                self.values[v] = self._still(1)[:, 0]
        else:
            first, first_numbers, _ = self._first
            each = [agent.functions for agent in self.setting.agents for _ in range(agent.count)]
            centre, radius = (
                np.array([getattr(f, part) for f in each], dtype=object)[:, None] for part in ("centre", "radius")
            )
            rest = numbers - first_numbers - centre * (x.numbers - first.numbers)
            assert not (rest * (radius == 0)).any()
            self.note_vector(
                AgentVector.joined(point.free for point in symbols.types),
                rest / np.where(radius == 0, Fraction(1), radius),
            )
        start = 0
        for t, count in enumerate(self.counts):
            part = (values - self._first[2])[:, start : start + count].sum(axis=1) / Fraction(count)
            start += count
            for f, _ in symbols.types[t].value.values:
                self.values[f] = part
        if number == 0 and self.instance.infimum is not None:
            inf = self.instance.infimum - self._first[2].sum(axis=1) / Fraction(self.n)
            self.values[self.exact._inf] = inf

    def value(self, x: Pair) -> Pair:
        """f - f(x*)."""
        seen, star = self.exact.value(self._evaluated(x).seen), self.minimiser
        change = self.instance.value(x.numbers) - self.instance.value(star.numbers)
        return Pair(seen, change.sum(axis=1) / Fraction(self.n))

    def excess(self, x: Pair) -> Pair:
        """f - inf f."""
        seen = self.exact.excess(self._evaluated(x).seen)
        return Pair(seen, self.instance.value(x.numbers).sum(axis=1) / Fraction(self.n) - self.instance.infimum)

    def interpolation(self, a: Pair, b: Pair) -> list[Pair]:
        """Per type, by how much f_i(b) exceeds its lower bound from a, as the literature writes it."""
        seen = self.exact.interpolation(self._evaluated(a).seen, self._evaluated(b).seen)
        functions, f = [agent.functions for agent in self.setting.agents for _ in range(agent.count)], self.instance
        move, turn = b.numbers - a.numbers, f.gradient(b.numbers) - f.gradient(a.numbers)
        excess = f.value(b.numbers) - f.value(a.numbers) - (f.gradient(a.numbers) * move).sum(axis=-1)
        for i, of in enumerate(functions):
            bend = turn[:, i] - of.mu * move[:, 0]
            curved = (bend * bend).sum(axis=-1) / (2 * (of.L - of.mu) or 1) + of.mu / 2 * (move * move).sum(axis=(1, 2))
            excess[:, i] = excess[:, i] - curved
        parts = np.split(excess, np.cumsum(self.counts)[:-1], axis=1)
        return [Pair(form, part.sum(axis=1) / Fraction(self.n)) for form, part in zip(seen, parts)]

    def _evaluated(self, x: Pair) -> Pair:
        self.gradient(x)
        return x

    def noisy_gradient(self, x: Pair) -> Pair:
        """Noise whose size and direction depend on all that happened, E||xi_i||^2 <= sigma2."""
        g = self.gradient(x)
        (kind,) = (a for a in self.setting.assumptions if isinstance(a, Noise))
        sign = np.where(self._mood(g.numbers) > 0, Fraction(1), -HALF)  # no greater than 1
        chance = self.rng.choice((HALF, Fraction(1, 5)))
        fell = self.bits(chance)
        if not isinstance(kind, IndependentNoise):
            fell = fell[:, :1] + 0 * fell
        unit = (fell - chance) / {HALF: HALF, Fraction(1, 5): Fraction(2, 5)}[chance]  # variance 1
        size = {0: 0, 1: 1, 4: 2}[int(self.instance.sigma2)]
        xi = self._still(self.n)
        xi[:, :, :1] = size * unit * sign
        noisy = self.exact.noisy_gradient(x.seen)
        self.note_vector(noisy - g.seen, xi)
        return Pair(noisy, g.numbers + xi)

    def _mood(self, v: np.ndarray) -> np.ndarray:
        """A number for each outcome and agent, made of the past."""
        return v.sum(axis=2, keepdims=True) + self._bits[:, : self._drawn].sum(axis=(1, 2)).reshape(-1, 1, 1) - 1

    def _hurt(self, v: np.ndarray, alpha: Fraction) -> np.ndarray:
        share = next(s for s in (Fraction(k, 16) for k in range(16, -1, -1)) if s * s <= 1 - alpha)
        return np.where(self._mood(v) > 0, share, -share) * v

    def coins(self, chance: Fraction) -> PairCoins:
        return PairCoins(self, chance)

    def coin(self, chance: Fraction) -> int:
        return self.exact.coin(chance)

    def compress(self, v: Pair) -> Pair:
        """All sent or nothing: at random where that must be unbiased, otherwise as it hurts, or with a part lost."""
        of = self.setting.compressor
        if of.exact:
            return Pair(self.exact.compress(v.seen), v.numbers)
        if of.unbiased:
            chance = 1 / (1 + of.omega)
            lost = v.numbers - self.bits(chance) / chance * v.numbers
        elif self.rng.random() < 0.5:
            lost = v.numbers * (1 - self.bits(of.alpha))
        else:
            lost = self._hurt(v.numbers, of.alpha)
        sent = self.exact.compress(v.seen)
        self.note_vector(v.seen - sent, lost)
        return Pair(sent, v.numbers - lost)

    def unbiased(self, v: Pair, omega: Fraction, *, independent: bool = False) -> Pair:
        """All or nothing, of each agent by its own bit, or of all by that of the first."""
        sent, bits = self.exact.unbiased(v.seen, omega, independent=independent), self.bits(1 / (1 + omega))
        lost = v.numbers - (bits if independent else bits[:, :1]) * (1 + omega) * v.numbers
        self.note_vector(v.seen - sent, lost)
        return Pair(sent, v.numbers - lost)

    def compress_server(self, v: Pair, alpha: Fraction) -> Pair:
        """All or nothing, or a part lost, of a sign made of the past."""
        if (seen := self.exact.compress_server(v.seen, alpha)) == v.seen:
            return v
        if self._drawn < self._draws and self.rng.random() < 0.5:
            lost = v.numbers * (1 - self.bits(alpha)[:, :1])
        else:
            lost = self._hurt(v.numbers, alpha)
        self.note_vector(v.seen - seen, lost)
        return Pair(seen, v.numbers - lost)

    def expectation(self, numbers: np.ndarray) -> Fraction:
        """Over the outcomes of this branch."""
        return Fraction((numbers * self.weights).sum())

    def evaluate(self, form: Form) -> np.ndarray:
        """The numbers of a form."""
        total = np.zeros(len(self.weights), dtype=object) + Fraction(0)
        for (a, b), coefficient in form.quadratic.items():
            products = self.values[a] * self.values[b]
            products = products.sum(axis=tuple(range(1, products.ndim)))
            total = total + coefficient * (products / self.n if "'" in a else products)
        for name, coefficient in form.values:
            total = total + coefficient * (self.constants[name] if name in self.constants else self.values[name])
        return total
