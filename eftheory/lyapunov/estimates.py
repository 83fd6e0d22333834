"""V of theorems about estimates of the gradient: f - inf f and a multiple of the estimate's error.

The server moves by p = -step v, where v estimates g = grad f and its error is at most E. In the next step

    E E+ <= (1 - theta) E + moves mean ||grad f_i(x+) - grad f_i(x)||^2 + noise sigma2,

so that V = f - inf f + A E loses (step/2) ||g||^2 with A = step/(2 theta) and, if f obeys the PL inequality, shrinks by
1 - step mu with A = step/theta; for steps that are short enough, as the theorems say, and the checker sees.

That f and all f_i are L_i-smooth is taken from the inequalities between x and x+: once "x above x+" says that f(x+) <=
f(x) + <g, p> + mean L_i/2 ||p||^2, and 2 k L_i times both say k ||grad f_i(x+) - grad f_i(x)||^2 <= k L_i^2 ||p||^2,
for every class of smooth functions, whatever its mu is. Proofs: `step_size_lemma`, `pl_along_estimates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import sqrt_above
from eftheory.assumptions.mean.noise import IndependentNoise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.claims import Setting
from eftheory.methods.quantities import EXCESS, GRADIENT

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Block, Upper

_BITS = 60  # of sqrt(1 - alpha), rounded up


@dataclass(frozen=True)
class Estimate:
    """What is known of the error E of an estimate after a step.

    Attributes:
        vector: the coordinate of V whose (mean) square E is; "" if the gradient is known.
        own: whether each agent has one.
        theta: how much of E is lost.
        moves: how much of the mean of ||grad f_i(x+) - grad f_i(x)||^2 is added.
        noise: how much of sigma2 is added.
        chances: multipliers of what holds in expectation, for E+ alone; the same for all types.
        drawn: the factor of the square of noise that E+ keeps, where it is multiplied with what may depend on it.
    """

    vector: str = ""
    own: bool = False
    theta: Fraction = Fraction(1)
    moves: Fraction = Fraction(0)
    noise: Fraction = Fraction(0)
    chances: Mapping[str, Fraction] = field(default_factory=dict)
    drawn: Fraction = Fraction(0)


def of_ef21(setting: Setting) -> Estimate:
    """`theta_beta`: with s^2 = 1 - alpha, E+ <= s E + s^2/(1 - s) of the moves."""
    s = root(setting)
    chances = {} if setting.compressor.exact else {"compression 0": Fraction(1)}
    return Estimate("g - d", True, 1 - s, s**2 / (1 - s), chances=chances)


def of_partial(setting: Setting) -> Estimate:
    """`partial_contraction`; all agents take part with one probability p.

    rho is about where moves/theta is least: a rho^2 + 2 (1 - p) rho = p theta with a = p beta + 1 - p; any will do.
    """
    whole, p = of_ef21(setting), Fraction(setting.method.chance)  # type: ignore[attr-defined]
    if p == 1:
        return whole
    absent, a = 1 - p, p * whole.moves + 1 - p
    rho = (sqrt_above(absent**2 + a * p * whole.theta, bits=_BITS) - absent) / a
    moves = p * whole.moves + absent * (1 + 1 / rho)
    chances = {name: p * factor for name, factor in whole.chances.items()}
    return Estimate("g - d", True, p * whole.theta - absent * rho, moves, chances=chances)


def of_stochastic(setting: Setting) -> Estimate:
    """`stochastic_contraction`, with q^4 = 1 - alpha."""
    q = sqrt_above(root(setting), bits=_BITS)
    if setting.compressor.exact:
        return Estimate("g - d", True, noise=Fraction(1), chances={"noise 0": Fraction(1)})
    moves, noise = q**3 / (1 - q), q**3 + 1 / (1 - q)
    chances = {"compression 0": 1 / q, "noise 0": noise}
    return Estimate("g - d", True, 1 - q**2, moves, noise, chances, drawn=q / (1 - q))


def of_marina(setting: Setting) -> Estimate:
    """`marina`: with probability p the error is erased, else that of the messages' mean is added, 1/n of one's."""
    p, n = Fraction(setting.method.full), setting.n_agents  # type: ignore[attr-defined]
    omega = getattr(setting.compressor, "omega", Fraction(0))
    chances = {} if setting.compressor.exact else {"compression 0 if 1": (1 - p) / n, "compression 0 if 0": Fraction(0)}
    return Estimate("v - mean g", False, p, (1 - p) * omega / n, chances=chances)


def along_estimates(setting: Setting, estimate: Estimate) -> Upper:
    """V and multipliers; the checker sees whether the step is short enough."""
    step, types, mu = Fraction(setting.method.step_size), setting.agents, _pl(setting)
    A = step / estimate.theta if mu else step / (2 * estimate.theta)
    lipschitz = [2 * agent.L * A * estimate.moves for agent in types]
    rows = {"interpolation 0 above 1": [1 + k for k in lipschitz], "interpolation 1 above 0": lipschitz}
    rows |= {name: [A * factor] * len(types) for name, factor in estimate.chances.items()}
    blocks, initial = [], {EXCESS: Fraction(1)}
    if estimate.vector:
        blocks = _squares(setting, estimate.vector, A, own=estimate.own)
        initial[f"{'mean ' * estimate.own}||{estimate.vector}||^2"] = A
    noise = {"sigma2": A * estimate.noise} if estimate.noise else {}
    return _upper(setting, step, rows, blocks, initial, noise, vanishing=_undone(setting, A * estimate.drawn))


def longest_step(setting: Setting, estimate: Estimate) -> Fraction:
    """The longest step with M^2 step^2 + L step <= 1, where M^2 = moves/theta times the mean of L_i^2.

    Under the PL inequality M^2 is twice that, and the step at most theta/(2 mu).
    """
    (L, _), mu = mean_constants(setting.agents), _pl(setting)
    squares = sum((agent.count * agent.L**2 for agent in setting.agents), Fraction(0)) / setting.n_agents
    M_squared = (2 if mu else 1) * estimate.moves / estimate.theta * squares
    step = 2 / (L + sqrt_above(L**2 + 4 * M_squared, bits=_BITS))
    return min(step, estimate.theta / (2 * mu)) if mu else step


def feedback_step(setting: Setting) -> Fraction:
    """1/(2 L (1 + sqrt(A) xi)) with xi = s/(1 - s), gradients being similar with A, which is 1 of one agent."""
    (L, _), s = mean_constants(setting.agents), root(setting)
    A = next((each.A for each in setting.assumptions if isinstance(each, Similar)), Fraction(1))
    return 1 / (2 * L * (1 + sqrt_above(A, bits=_BITS) * s / (1 - s)))


def descent(setting: Setting) -> Upper:
    """V = f - inf f of gradient descent: it loses step (1 - step L/2) ||g||^2."""
    step, (L, _) = Fraction(setting.method.step_size), mean_constants(setting.agents)
    one = [Fraction(1)] * len(setting.agents)
    rows = {"interpolation 0 above 1": one}
    return _upper(setting, step * (2 - step * L), rows, [], {EXCESS: Fraction(1)}, {})


def compressed_descent(setting: Setting) -> Upper:
    """`cgd_descent`: V = f - inf f of one agent that compresses its gradient loses (step alpha/2) ||g||^2."""
    step = Fraction(setting.method.step_size)
    rows = {"interpolation 0 above 1": [Fraction(1)]}
    rows |= {} if setting.compressor.exact else {"compression 0": [step / 2]}
    return _upper(setting, step * setting.alpha, rows, [], {EXCESS: Fraction(1)}, {})


def feedback(setting: Setting) -> Upper | None:
    """`ef_nonconvex`: V = f(y) - inf f + A mean ||e_i||^2 at y = x - mean e, where steps are those of descent.

    None if gradients of several agents are not similar, or under the PL inequality.
    """
    step, (L, _), s = Fraction(setting.method.step_size), mean_constants(setting.agents), root(setting)
    similar = [each.A for each in setting.assumptions if isinstance(each, Similar)]
    if _pl(setting) or not (similar or setting.n_agents == 1):
        return None
    types = len(setting.agents)
    A = step * L**2 / (2 * (1 - s))
    added = A * s**2 / (1 - s) * step**2  # of mean ||grad f_i(x)||^2
    one, moved = [Fraction(1)] * types, [step * L] * types  # ||grad f(x) - grad f(y)|| <= L ||mean e||
    after = 2 if setting.compressor.exact else 3  # without errors, y is x in the end
    rows = {f"interpolation 1 above {after}": one, "interpolation 0 above 1": moved, "interpolation 1 above 0": moved}
    rows |= {} if setting.compressor.exact else {"compression 0": [A] * types}
    rows |= {"similar 0": [added, *[Fraction(0)] * (types - 1)]} if similar else {}
    lost = step - L * step**2 - 2 * added * (similar[0] if similar else 1)  # twice what V loses
    if lost <= 0:
        return None
    initial = {EXCESS: Fraction(1), "mean ||e||^2": L + A, GRADIENT: 1 / (2 * L)}
    noise = {"zeta2": added} if similar else {}
    above = {"interpolation 0 above 1": one}
    values, floor = (Fraction(0), Fraction(1)), "bounded below 1"
    blocks = _squares(setting, "e", A, own=True)
    return _upper(setting, lost, rows, blocks, initial, noise, values=values, floor=floor, above=above)


def _upper(
    setting: Setting,
    lost: Fraction,
    rows: Mapping[str, list[Fraction]],
    blocks: list[Block],
    initial: Mapping[str, Fraction],
    noise: Mapping[str, Fraction],
    *,
    values: tuple[Fraction, ...] = (Fraction(1),),
    floor: str = "bounded below 0",
    above: Mapping[str, list[Fraction]] | None = None,
    vanishing: tuple[Block, ...] = (),
) -> Upper:
    """V loses half of ``lost`` times ||g||^2, or by the PL inequality shrinks by 1 - lost mu, on the scale of f."""
    from eftheory.certificates.certificate import Upper  # loaded where one is made

    types, mu = len(setting.agents), _pl(setting)
    zero = (Fraction(0),) * types
    known = _names(setting)
    assert rows.keys() <= {*known}
    multipliers: dict[str, tuple[Fraction, ...]] = {name: tuple(rows.get(name, zero)) for name in known}
    common: dict[str, Any] = {"template": "gradients", "C": Fraction(0)}
    common["above"] = {name: tuple(row) for name, row in (above or {}).items()}
    if mu:
        multipliers["pl 0"] = (lost * mu, *zero[1:])
        common |= {"noise": noise, "initial": initial, "vanishing": vanishing}
        return Upper(1 - lost * mu, tuple(blocks), values, multipliers, c=Fraction(1), **common)
    scale = 2 / lost  # so that V loses the measure itself
    below = {floor: (scale, *zero[1:])}
    return Upper(
        Fraction(1),
        tuple(_scaled(block, scale) for block in blocks),
        tuple(scale * value for value in values),
        {name: tuple(scale * factor for factor in row) for name, row in multipliers.items()},
        c=Fraction(0),
        below=below,
        tau=Fraction(1),
        noise={name: scale * factor for name, factor in noise.items()},
        initial={name: scale * factor for name, factor in initial.items()},
        vanishing=tuple(_scaled(block, scale) for block in vanishing),
        **{**common, "above": {name: tuple(scale * k for k in row) for name, row in common["above"].items()}},
    )


def _names(setting: Setting) -> list[str]:
    """The inequalities of the checker's world."""
    from eftheory.check.coordinates import take_step
    from eftheory.methods import Template

    return list(take_step(setting, Template(gradients=True)).inequalities)


def _squares(setting: Setting, name: str, weight: Fraction, *, own: bool) -> list[Block]:
    """A multiple of the square of a coordinate, or of the mean of each agent's."""
    from eftheory.certificates.certificate import Block

    if not own:
        return [Block((name,), ((weight,),))]
    n = setting.n_agents
    types = [*enumerate(setting.agents)]
    means = [Block((f"{name}[{t}]",), ((weight * Fraction(agent.count, n),),)) for t, agent in types]
    return means + [Block((f"{name}[{t}]'",), ((weight,),)) for t, agent in types if agent.count > 1]


def _undone(setting: Setting, weight: Fraction) -> tuple[Block, ...]:
    """Independent noise: its deviations keep their squares, which the checker takes for multiples of the mean's."""
    from eftheory.certificates.certificate import Block

    if not weight or not any(isinstance(each, IndependentNoise) for each in setting.assumptions):
        return ()
    found = []
    for t, agent in enumerate(setting.agents):
        share = Fraction(agent.count, setting.n_agents)
        rows = ((weight,), (Fraction(0), -weight * share * (agent.count - 1)))
        found += [Block((f"n0[{t}]'", f"n0[{t}]"), rows)] * (agent.count > 1)
    return tuple(found)


def _scaled(block: Block, factor: Fraction) -> Block:
    return type(block)(block.symbols, tuple(tuple(factor * value for value in row) for row in block.rows))


def _pl(setting: Setting) -> Fraction:
    """The constant of the PL inequality; zero if it is not assumed."""
    return next((each.mu for each in setting.assumptions if isinstance(each, PolyakLojasiewicz)), Fraction(0))


def root(setting: Setting) -> Fraction:
    """A rational s with s^2 >= 1 - alpha, and below 1."""
    return sqrt_above(1 - setting.alpha, bits=_BITS)
