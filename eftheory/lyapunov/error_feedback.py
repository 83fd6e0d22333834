"""Every claim about EF and EF21 has a proof without a solver: the theorem `heterogeneous_law`, in rationals.

For agents with constants L_i, mu_i put sigma_i = L_i + mu_i, delta_i = L_i - mu_i, k_i =
delta_i/sigma_i, sbar = mean sigma_i, weights w_i = sigma_i / sum sigma_j, m = sum w_i k_i,
K = sum w_i k_i^2, s >= sqrt(1-alpha) and step size (2/sbar) (1-s)/(1+s). Then

    V = mean_i (sbar/sigma_i) ||u_i||^2 + s ||gbar||^2,    EF21: u_i = g_i - d_i, gbar = mean g_i
                                                           EF:   u_i = -e_i, gbar = x - x* - mean e_i

shrinks by rho, the largest root of a cubic in which the agents appear through m and K only.
Any other step is the law's step of larger constants L_i or smaller mu_i.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.polynomial import Polynomial
from eftheory.algebra.rounding import binary_exponent, round_down, round_up, sqrt_above, sqrt_below
from eftheory.assumptions import SmoothStronglyConvex

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper
    from eftheory.claims import Setting


def contraction_root(alpha: Fraction, *, bits: int) -> Fraction:
    """A rational s with sqrt(1 - alpha) <= s < 1, within 2^-bits."""
    return sqrt_above(1 - alpha, bits=bits + alpha.denominator.bit_length())


Row = tuple[Fraction, ...]
Entries = tuple[tuple[str, ...], tuple[Row, ...]]
"""What a block of V holds: symbols, and the rows of a lower triangle over them."""
Blocks = tuple[tuple[Entries, ...], Fraction, Fraction]
"""V and its domination constants c, C."""


class Form(NamedTuple):
    """How a method writes the V of the law.

    Attributes:
        blocks: V and its constants from the setting, the shares of the types, their weights and that of gbar.
        unit: what multipliers of the law for gradients are times, as a function of the step size: in EF, vectors are
            step times those of EF21.
    """

    blocks: Callable[[Setting, tuple[Fraction, ...], Sequence[Fraction], Fraction], Blocks]
    unit: Callable[[Fraction], Fraction]


class Law(NamedTuple):
    """Theorem A for given constants and s: the cubic, and at a rate above its root the multipliers."""

    functions: tuple[SmoothStronglyConvex, ...]
    shares: tuple[Fraction, ...]
    s: Fraction

    @property
    def mean_sigma(self) -> Fraction:
        """The mean sbar of L_i + mu_i."""
        return sum((w * (f.L + f.mu) for w, f in zip(self.shares, self.functions)), Fraction(0))

    @property
    def ratios(self) -> tuple[Fraction, ...]:
        """k_i = (L_i - mu_i) / (L_i + mu_i)."""
        return tuple((f.L - f.mu) / (f.L + f.mu) for f in self.functions)

    def moment(self, power: int) -> Fraction:
        """The moment m (power 1) or K (power 2)."""
        terms = (w * (f.L + f.mu) * k**power for w, f, k in zip(self.shares, self.functions, self.ratios))
        return sum(terms, Fraction(0)) / self.mean_sigma

    def cubic(self) -> Polynomial:
        """(rho - s)(rho^2 - (s + s^2 + r s K) rho + s^3) - r m^2 rho (rho - s^3)."""
        s, m, K = self.s, self.moment(1), self.moment(2)
        r = (1 - s) ** 2 / (1 + s)
        b = s + s * s + r * s * K
        return Polynomial((-(s**4), s**3 + s * b + r * m * m * s**3, -b - s - r * m * m, Fraction(1)))

    def multiplier(self, kind: int, rate: Fraction) -> Fraction:
        """lambda_i on ||p||^2 - ||r_i||^2, times sbar."""
        s, m = self.s, self.moment(1)
        M = s * m * (rate - s**3) / (2 * (rate - s) * (rate - s * s))
        k = self.ratios[kind]
        return self.mean_sigma * self.functions[kind].radius * rate * (s * s * k / (2 * (rate - s * s)) + M)


def error_feedback(setting: Setting, *, form: Form) -> Upper | None:
    """Theorem A's V, multipliers and rate for EF or EF21 with any step size; None where rate >= 1.

    The multipliers are those of a rate slightly inside, so that V, not only the rate, has room
    for rounding: slack 2^-41 (1 - rate).
    """
    step = Fraction(setting.method.step_size)
    n = setting.n_agents
    shares = tuple(Fraction(agent.count, n) for agent in setting.agents)
    scale = step * mean_constants(setting.agents)[1]  # 1 - rate is about this, or larger
    if not scale:
        return None
    precision = 128 + max(0, -binary_exponent(scale))
    s = contraction_root(setting.alpha, bits=precision) or _vanishing(setting)
    if s is None:
        return None
    functions = _functions_with_law_step(setting, 2 * (1 - s) / ((1 + s) * step))
    if functions is None:
        return None
    law = Law(functions, shares, s)
    cubic = law.cubic()
    if cubic(Fraction(1)) <= 0:
        return None
    root = cubic.largest_root_below(Fraction(1), bits=precision)
    distance = -binary_exponent(1 - root)
    inner_rate = root + (1 - root) / 2**42  # multipliers of a rate inside, so that they can be rounded
    rate = round_up(root + (1 - root) / 2**41, 48 + distance)
    if rate >= 1:
        return None
    bits = 80 + 2 * (distance - binary_exponent(s))
    sbar = law.mean_sigma
    weights = [round_up(sbar / (f.L + f.mu), bits) for f in functions]
    multipliers = []
    for t, agent in enumerate(setting.agents):
        true, wide = (agent.L - agent.mu) / 2, functions[t].radius
        value = law.multiplier(t, inner_rate) * true / wide if wide else Fraction(0)
        multipliers.append(round_up(value, bits))
    server = round_up(s, bits)
    blocks = form.blocks(setting, shares, weights, server)
    named = {"interpolation 0 1": tuple(form.unit(step) * value for value in multipliers)}
    if setting.alpha < 1:
        named["compression 0"] = tuple(weights)
    return _evidence(rate, named, *blocks)


def tight_error_feedback(setting: Setting, *, form: Form) -> Upper | None:
    """The exactly tight V, multipliers and rate p^2 of equal agents, where s = sqrt(1 - alpha) and p are rational.

    p is the larger root of p^2 = (1 - s) k p + s, with k = (L - mu)/(L + mu) of the class whose law has this step.
    """
    step, s = Fraction(setting.method.step_size), sqrt_below(1 - setting.alpha, bits=8)
    if len(setting.agents) > 1 or not s or s * s != 1 - setting.alpha:
        return None
    functions = _functions_with_law_step(setting, 2 * (1 - s) / ((1 + s) * step))
    if functions is None:
        return None
    law = Law(functions, (Fraction(1),), s)
    b = (1 - s) * law.ratios[0]
    root = sqrt_below(b * b + 4 * s, bits=8)
    rate = ((b + root) / 2) ** 2
    if root * root != b * b + 4 * s or rate >= 1:
        return None
    radius = functions[0].radius
    multiplier = (
        law.multiplier(0, rate) * (setting.agents[0].L - setting.agents[0].mu) / (2 * radius) if radius else Fraction(0)
    )
    blocks = form.blocks(setting, law.shares, [Fraction(1)], s)
    named = {"interpolation 0 1": (form.unit(step) * multiplier,), "compression 0": (Fraction(1),)}
    return _evidence(rate, named, *blocks)


def _evidence(
    rate: Fraction, multipliers: Mapping[str, Row], blocks: tuple[Entries, ...], c: Fraction, C: Fraction
) -> Upper:
    from eftheory.certificates.certificate import Block, Upper  # loaded where one is made: rates need none

    return Upper(rate, tuple(Block(*each) for each in blocks), (), multipliers, c, C)


def _vanishing(setting: Setting) -> Fraction | None:
    """The s used for alpha = 1, where V at s = 0 would lose sight of the gradient; costs some 2^-14 (1 - rate)."""
    step, (L, mu) = Fraction(setting.method.step_size), mean_constants(setting.agents)
    room = 1 - max(abs(1 - step * mu), abs(1 - step * L))
    return round_down(room, 8) / 2**16 if room > 0 else None


def _functions_with_law_step(setting: Setting, target: Fraction) -> tuple[SmoothStronglyConvex, ...] | None:
    """Wider classes with mean L_i + mu_i equal to ``target``: L enlarged or mu reduced in proportion."""
    L, mu = mean_constants(setting.agents)
    if target >= L + mu:
        return tuple(SmoothStronglyConvex(a.L * (target - mu) / L, a.mu) for a in setting.agents)
    if target <= L:
        return None
    return tuple(SmoothStronglyConvex(a.L, a.mu * (target - L) / mu) for a in setting.agents)


def _ef21_blocks(
    setting: Setting, shares: tuple[Fraction, ...], weights: Sequence[Fraction], server: Fraction
) -> Blocks:
    """V = mean weight_i ||g_i - d_i||^2 + server ||mean g||^2 and its sharp domination constants."""
    blocks: list[Entries] = [((f"g - d[{t}]",), ((w * a,),)) for t, (w, a) in enumerate(zip(shares, weights))]
    blocks.append((("mean g",), ((server,),)))
    blocks += _deviations("g - d", setting, weights)
    return tuple(blocks), min(server, *weights), max(server, *weights)


def _ef_blocks(setting: Setting, shares: tuple[Fraction, ...], weights: Sequence[Fraction], server: Fraction) -> Blocks:
    """V = mean weight_i ||e_i||^2 + server ||x - x* - mean e_i||^2.

    Domination: with a the least (largest) weight, V - c measure has the matrix
    [[server - c, -server], [-server, a + server - c]] in (x - x*, mean e) and worse cannot be,
    so the constants are its eigenvalues at c = 0, rounded.
    """
    blocks = ef_entries(setting, weights, server)
    low, high = min(weights), max(weights)
    c = 2 * low * server / (low + 2 * server + sqrt_above(low * low + 4 * server * server, bits=64))
    C = (high + 2 * server + sqrt_above(high * high + 4 * server * server, bits=64)) / 2
    return blocks, round_down(c, 40), round_up(C, 40)


def ef_entries(setting: Setting, weights: Sequence[Fraction], server: Fraction) -> tuple[Entries, ...]:
    """The blocks of mean weight_i ||e_i||^2 + server ||x - x* - mean e_i||^2."""
    shares = [Fraction(agent.count, setting.n_agents) for agent in setting.agents]
    names = (*(f"e[{t}]" for t, _ in enumerate(shares)), "x - x*")
    direction = [*(-share for share in shares), Fraction(1)]
    diagonal = [*(share * weight for share, weight in zip(shares, weights)), Fraction(0)]
    rows = tuple(
        tuple(server * direction[i] * direction[j] + (diagonal[i] if i == j else 0) for j in range(i + 1))
        for i in range(len(names))
    )
    return ((names, rows), *_deviations("e", setting, weights))


def _deviations(name: str, setting: Setting, weights: Sequence[Fraction]) -> list[Entries]:
    return [((f"{name}[{t}]'",), ((weights[t],),)) for t, agent in enumerate(setting.agents) if agent.count > 1]


EF_FORM = Form(_ef_blocks, lambda step: step * step)
EF21_FORM = Form(_ef21_blocks, lambda _: Fraction(1))
