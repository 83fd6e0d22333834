"""Methods as a user writes them: the step, and no more."""

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
