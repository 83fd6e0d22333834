"""A world whose draws are known, and weights that are rational."""

from fractions import Fraction

from eftheory.simulate import NumericWorld


def exact_weights(w):
    """In proportion to these floats, with sum 1."""
    exact = [Fraction(float(each)) for each in w]
    return tuple(each / sum(exact) for each in exact)


class NotingWorld(NumericWorld):
    """A numeric world that notes what is drawn, by the names that theorems use."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {}

    def _note(self, name, drawn):
        self.names[name] = drawn
        return drawn

    def compress(self, v):
        return self._note("c_i", super().compress(v))

    def compress_server(self, v, alpha):
        return self._note("b", super().compress_server(v, alpha))

    def coins(self, chances):
        drawn = super().coins(chances)
        self._note("b_i", drawn[:, 0])
        return drawn

    def noisy_gradient(self, x):
        noisy = super().noisy_gradient(x)
        self._note("n_i", noisy - self.gradient(x))
        return noisy
