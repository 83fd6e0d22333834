"""What methods that are simulated and proved, but not certified, may ask beside: more verbs, in small protocols."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

from eftheory.methods.world import A, Gradients, N, S, World


class Weights(Protocol[A]):
    """Agents that count differently."""

    def scaled(self, v: A, factors: Sequence[Fraction]) -> A:
        """The vectors factor_i v_i."""


class Copies(Protocol[A]):
    """Agents that are at points of their own."""

    def local_gradient(self, w: A) -> A:
        """The gradients grad f_i(w_i)."""

    def noisy_local_gradient(self, w: A) -> A:
        """The same, and noise of mean zero, drawn anew at each call."""

    def noisy_change(self, after: A, before: A) -> A:
        """The changes grad f_i(after_i) - grad f_i(before_i), sampled: the same samples at both, drawn anew."""


class Noise(Gradients[S, A], Protocol[S, A]):
    """Gradients from minibatches."""

    def noisy_gradient(self, x: S) -> A:
        """The gradients grad f_i(x), and noise of mean zero, drawn anew at each call."""


class Coins(Protocol):
    """Chance; a coin is 1 or 0, and vectors may be multiplied with it."""

    def coin(self, chance: Fraction) -> Any:
        """One coin for all, 1 with this probability."""

    def coins(self, chances: Fraction | Sequence[Fraction]) -> Any:
        """One coin for each agent, independent of the others."""


class Prox(Protocol[S]):
    """A convex psi that is added to f."""

    def prox(self, v: S, step_size: Fraction) -> S:
        """The y with the least psi(y) + ||y - v||^2 / (2 step_size)."""


class Server(Gradients[S, A], Protocol[S, A]):
    """Compressed messages from the server."""

    def compress_server(self, v: S, alpha: Fraction) -> S:
        """The message C(v) that all agents receive, ||C(v) - v||^2 <= (1 - alpha) ||v||^2 in expectation."""

    def send(self, v: S) -> A:
        """The messages Q_i(v), one to each agent."""


class Unbiased(Protocol[A]):
    """Compressors beside those of the claim."""

    def unbiased(self, v: A, omega: Fraction, *, independent: bool = False) -> A:
        """Messages Q_i(v_i) with E Q_i(v_i) = v_i and E ||Q_i(v_i) - v_i||^2 <= omega ||v_i||^2."""


class Choice(Protocol[A]):
    """Agents that choose."""

    def nearer(self, v: A, first: A, second: A) -> A:
        """For each agent the one that is nearer to v_i."""


class AllVerbs(
    World[S, A, N],
    Weights[A],
    Copies[A],
    Noise[S, A],
    Coins,
    Prox[S],
    Server[S, A],
    Unbiased[A],
    Choice[A],
    Protocol[S, A, N],
):
    """Every verb there is: each method needs some, see ``needs``, and each world has some."""
