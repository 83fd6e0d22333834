"""What a user asks for beyond strongly convex functions and exact gradients, made into a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive, group_agents
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.compressor_class import CompressorClass
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.assumptions.validation import require
from eftheory.bounds.problems import CONVEX, NONCONVEX, RATE, STRONGLY_CONVEX, Problem, sees_minimiser
from eftheory.bounds.settings import compresses, method_name
from eftheory.claims import Setting
from eftheory.methods import (
    EF21,
    EF21BC,
    EF21P,
    EF21PP,
    EF21SGD,
    EF21SGDM,
    EFBV,
    METHODS,
    NAMED,
    Diana,
    Marina,
    Method,
    Recorded,
)
from eftheory.methods.needs import says_more
from eftheory.methods.quantities import DISTANCE, EXCESS
from eftheory.recording import make_method

PARTIAL: Mapping[type[Method], type[Method]] = {EF21: EF21PP, EF21PP: EF21PP}
"""Methods in which agents take part by chance, by the method that they are with all agents."""
STOCHASTIC: Mapping[type[Method], type[Method]] = {EF21: EF21SGD, EF21SGD: EF21SGD, EF21SGDM: EF21SGDM}
"""Methods with stochastic gradients, likewise."""
SHARES: Mapping[type[Method], str] = {Diana: "beta", Marina: "full"}
"""The parameter of a method that is 1/(1 + omega) unless it is given; of MARINA 1/2 if omega = 0."""

DOWN: tuple[type[Method], ...] = (EF21BC, EF21P)
"""Methods whose server compresses, with the contraction ``alpha_down``."""


@dataclass(frozen=True)
class Request:
    """What is asked of a method.

    Args:
        method: its class.
        problem: what is said of the functions in a word.
        agents: of which types.
        compressor: that all use, each its own.
        parameters: of the method, beside its step size.
        assumptions: on f, and on the noise.
        measure: what is bounded; empty for the method's own.
        sigma, minibatch: the deviation of the gradient of one sample, and how many samples an agent draws.
        fixed: the setting itself, where that is what is given.
    """

    method: type[Method]
    problem: Problem
    agents: tuple[AgentType, ...]
    compressor: CompressorClass
    parameters: Mapping[str, Fraction]
    assumptions: tuple[Assumption, ...] = ()
    measure: str = ""
    sigma: Fraction | None = None
    minibatch: Fraction = Fraction(1)
    fixed: Setting | None = None

    @classmethod
    def of(cls, setting: Setting) -> Request:
        """The request that a setting answers."""
        flat = any(agent.mu <= 0 for agent in setting.agents)
        sums = flat and not any(isinstance(assumption, PolyakLojasiewicz) for assumption in setting.assumptions)
        kind, problem = type(setting.method), NONCONVEX if sums else STRONGLY_CONVEX
        return cls(kind, problem, setting.agents, setting.compressor, {}, setting.assumptions, fixed=setting)

    @property
    def kind(self) -> str:
        """Whether sums are bounded or rates, as where f itself is strongly convex."""
        curved = any(isinstance(it, SmoothMean) and it.mu > 0 for it in self.assumptions)
        return RATE if curved else self.problem.kind

    @property
    def variance(self) -> Fraction | None:
        """sigma^2/minibatch, the sigma2 of the claim."""
        return None if self.sigma is None else self.sigma**2 / self.minibatch

    def at(self, step_size: Fraction) -> Setting:
        """The setting at a step size."""
        if self.fixed is not None:
            return self.fixed
        method = make_method(self.method, step_size, self.parameters)
        return Setting(group_agents(self.agents), self.compressor, method, self.assumptions, self.measure)


def is_general(method: type[Method], parameters: Mapping[str, Fraction] | None = None) -> bool:
    """Whether a method needs more than exact gradients, contractive messages and an x* of all agents."""
    if method not in NAMED.values():
        recorded = make_method(method, Fraction(1), parameters)
        return isinstance(recorded, Recorded) and recorded.newer
    return method not in METHODS.values() and (method is Diana or says_more(method(Fraction(1))))


def is_beyond(setting: Setting) -> bool:
    """Whether a setting, which may say more than its method, needs more than that."""
    more = setting.assumptions or setting.measure or setting.compressor.unbiased
    method = setting.method
    draws = (
        method.newer if isinstance(method, Recorded) else type(method) in NAMED.values() and is_general(type(method))
    )
    return bool(more) or draws


def read_request(
    method: type[Method],
    agents: tuple[AgentType, ...],
    problem: Problem,
    *,
    alpha: Fraction | None = None,
    omega: Fraction | None = None,
    mu: Fraction | None = None,
    minimiser: str = "",
    participation: Fraction | None = None,
    sigma: Fraction | None = None,
    minibatch: Fraction | None = None,
    similar: Fraction | None = None,
    mean: Mapping[str, Fraction] | None = None,
    parameters: Mapping[str, Fraction] | None = None,
    assumptions: tuple[Assumption, ...] | None = None,
    measure: str | None = None,
) -> Request:
    """What is meant, with methods and parameters that follow from it.

    Raises:
        ValueError: something is missing, out of range, or does not go together.
    """
    named = dict(parameters or {})
    if participation is not None:
        require(sigma is None, "participation and sigma: there is no method with both yet; leave one out")
        require(0 < participation <= 1, f"participation={participation}: agents take part with a probability in (0, 1]")
        require(method in PARTIAL, f"participation: {method_name(method)} has none; of ef21 there is a method with it")
        require("chance" not in named, "participation and the parameter chance: they are the same; leave one out")
        method, named["chance"] = PARTIAL[method], participation
    stochastic = method not in NAMED.values() and _asks_for_noise(method, named)
    if sigma is not None:
        require(sigma >= 0, f"sigma={sigma}: a deviation is not negative")
        require(stochastic or method in STOCHASTIC, f"sigma: {method_name(method)} has exact gradients; try ef21_sgd")
        method = STOCHASTIC.get(method, method)
    size = Fraction(1) if minibatch is None else minibatch
    require(size >= 1 and size.denominator == 1, f"minibatch={size}: a whole number of samples, at least 1")
    require(minibatch is None or sigma is not None, "minibatch: give sigma too, the deviation of one sample's gradient")
    if method in DOWN:
        _read_down(method, named, alpha)
        alpha = alpha if method.compresses else None
    compressor = _read_compressor(method, named, alpha, omega)
    if method in SHARES and omega is not None:
        lossless = method is Marina and omega == 0  # its coin needs a chance; what it decides is all the same then
        named.setdefault(SHARES[method], Fraction(1, 2) if lossless else 1 / (1 + omega))
    if method is EFBV:  # with alpha it is EF21
        lost, n = omega or Fraction(0), sum(it.count for it in agents)
        named = {"beta": 1 / (1 + lost), "nu": 1 / (1 + lost / n), **named}
    if method is Marina:
        allowed = "MARINA sends all with a probability in (0, 1), by default 1/(1 + omega)"
        require(0 < named["full"] < 1, f"full={named['full']}: {allowed}")
    if assumptions is None:
        assumed = list(problem.assume(method, mu=mu, minimiser=minimiser, agents=agents))
    else:
        require(mu is None and not minimiser, "assumptions: they say all; leave mu and minimiser out")
        assumed = list(assumptions)
    if similar is not None:
        assumed.append(Similar(similar))
    if mean is not None:
        assumed.append(_read_mean(problem, mean))
    noisy = any(isinstance(it, Noise) for it in assumed)
    if sigma is not None and not noisy:
        assumed.append(IndependentNoise())
    if stochastic or method in STOCHASTIC.values():
        require(
            sigma is not None or noisy,
            f"sigma is missing: {method_name(method)} uses stochastic gradients; give their deviation",
        )
    bounded = problem.measure(method) if measure is None else measure
    found = Request(method, problem, agents, compressor, named, tuple(assumed), bounded, sigma, size)
    _require_usable(found)
    return found


def _read_mean(problem: Problem, said: Mapping[str, Fraction]) -> SmoothMean:
    """What is said of f itself; its mu, if it is left out, is what the class of problems says."""
    require({"L"} <= said.keys() <= {"L", "mu"}, "mean: give the L of f and, if it is known, its mu, as L=1/4,mu=1/100")
    least = Fraction(0) if problem in (CONVEX, STRONGLY_CONVEX) else -said["L"]
    return SmoothMean(said["L"], said.get("mu", least))


def _read_down(method: type[Method], named: dict[str, Fraction], alpha: Fraction | None) -> None:
    """The contraction of the server's compressor: that of the agents', unless it is given."""
    if alpha is not None:
        named.setdefault("alpha_down", alpha)
    missing = f"alpha is missing: the server of {method_name(method)} compresses; give k/d for Top-k"
    require("alpha_down" in named, missing)
    Contractive(named["alpha_down"])


def _asks_for_noise(method: type[Method], named: Mapping[str, Fraction]) -> bool:
    recorded = make_method(method, Fraction(1), named)
    return isinstance(recorded, Recorded) and any(
        call.call == "noisy_gradient" for call in recorded.definition.step.calls
    )


def _read_compressor(
    method: type[Method], named: Mapping[str, Fraction], alpha: Fraction | None, omega: Fraction | None
) -> CompressorClass:
    require(alpha is None or omega is None, "alpha and omega: compressors are contractive or unbiased; give one")
    if omega is not None:
        return Unbiased(omega)
    if method in SHARES:
        wrong = "omega is missing" if alpha is None else f"alpha={alpha}: leave it out, and give omega"
        raise ValueError(
            f"{wrong}: {method_name(method)} sends unbiased messages; omega is d/k - 1 for Rand-k, 0 for none lost"
        )
    missing = alpha is None and compresses(method, None, named)
    how = "give k/d for Top-k, 1 for no compression, or omega for unbiased compressors"
    require(not missing, f"alpha is missing: {method_name(method)} compresses; {how}")
    return Contractive(Fraction(1) if alpha is None else alpha)


def _require_usable(request: Request) -> None:
    """ValueError where the method cannot be certified on the class."""
    minimiser = any(assumption.minimiser for assumption in request.assumptions)
    bounded = any(assumption.bounded for assumption in request.assumptions)
    needs_one = request.measure == DISTANCE and not (minimiser or sees_minimiser(request.method))
    how = "give minimiser=common if all f_i are least at one x*, or minimiser=global"
    require(not needs_one, f"measure={request.measure!r}: there is no x*; {how}")
    require(bounded or request.measure != EXCESS, f"measure={request.measure!r}: nothing is known of inf f; {how}")
    setting = request.at(Fraction(1))
    similar = any(isinstance(assumption, Similar) for assumption in request.assumptions)
    common = any(isinstance(assumption, CommonGlobalMinimiser) for assumption in request.assumptions)
    feeds_back = COMMON_MINIMISER in request.method.hypotheses and bool(request.assumptions)
    if feeds_back and setting.n_agents > 1 and not (common or similar):
        raise ValueError(
            f"class={request.problem.name!r}: {method_name(request.method)} on several agents may stay away from all "
            "stationary points unless the f_i are similar or share a minimiser; assume minimiser=common, or similar=A, "
            "mean ||grad f_i||^2 <= A ||grad f||^2 + zeta2 (--similar 2), or use ef21, which needs neither"
        )
