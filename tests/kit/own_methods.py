"""Methods as a user writes them: the step, and no more."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory import COMMON_MINIMISER, Method


class OwnGD(Method):
    def step(self, world, x):
        return (x - self.step_size * world.mean(world.gradient(x)),)


class OwnEF(Method):
    agent_state = ("e",)
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, x, e):
        v = e + self.step_size * world.gradient(x)
        c = world.compress(v)
        return x - world.mean(c), v - c


@dataclass(frozen=True)
class OwnEControl(Method):
    eta: Fraction = Fraction(1, 400)
    agent_state = ("e", "h")

    def step(self, world, x, e, h):
        g = world.gradient(x)
        h = h + world.compress(self.eta * e + g - h)
        return x - self.step_size * world.mean(h), e + g - h, h


@dataclass(frozen=True)
class OwnHeavyBall(Method):
    momentum: Fraction = Fraction(1, 10)
    server_state = ("x", "m")
    agent_state = ("d",)

    def step(self, world, x, m, d):
        m = self.momentum * m + world.mean(d)
        x = x - self.step_size * m
        return x, m, d + world.compress(world.gradient(x) - d)


class OwnDCGD(Method):
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, x):
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)


@dataclass(frozen=True)
class OwnMarina(Method):
    """With a coin for all."""

    full: Fraction = Fraction(1, 4)
    server_state = ("x", "v")

    def step(self, world, x, v):
        before, x = world.gradient(x), x - self.step_size * v
        k, m = world.gradient(x), world.coin(1 - self.full)
        return x, m * (v + world.mean(world.compress(k - before))) + (1 - m) * world.mean(k)


@dataclass(frozen=True)
class OwnChances(Method):
    """EF21 with a momentum that a coin forgets, agents that take part by chance, and noise."""

    momentum: Fraction = Fraction(1, 10)
    server_state = ("x", "m")
    agent_state = ("d",)

    def step(self, world, x, m, d):
        m = world.coin(Fraction(1, 2)) * (self.momentum * m) + world.mean(d)
        x = x - self.step_size * m
        return x, m, d + world.coins(Fraction(1, 3)) * world.compress(world.noisy_gradient(x) - d)


class OwnEF21(Method):
    agent_state = ("d",)

    def step(self, world, x, d):
        x = x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d)


class TwoPoints(Method):
    """Heavy ball that remembers the last point."""

    server_state = ("x", "last")

    def step(self, world, x, last):
        return x - self.step_size * world.mean(world.gradient(x)) + Fraction(1, 4) * (x - last), x


class Copies(Method):
    """Agents keep copies w of the server's point; what the server tells them is compressed."""

    agent_state = ("w",)

    def step(self, world, x, w):
        return x - self.step_size * world.mean(world.gradient(x)), w + world.compress(x - w)


class Averaged(Method):
    """The server works with a point that is given relative to another: z = x - y."""

    server_state = ("y", "z")
    hypotheses = (COMMON_MINIMISER,)

    def step(self, world, y, z):
        return y - self.step_size * world.mean(world.gradient(y + z)), z / 2
