"""V and multipliers of a claim that are read from a theorem's proof: what is certified where nothing is searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.averages import mean_constants
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.assumptions.mean.noise import Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.lyapunov import estimates
from eftheory.lyapunov.error_feedback_convex import error_feedback_convex
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex
from eftheory.lyapunov.estimates import Estimate, along_estimates, longest_step
from eftheory.methods import (
    CGD,
    DCGD,
    EF,
    EF21,
    EF21BC,
    EF21P,
    EF21PP,
    EF21SGD,
    EF21SGDM,
    EFBV,
    GD,
    Diana,
    EControl,
    HeavyBallEF21,
    Marina,
    Method,
)
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.theory.look_up import look_up

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Upper


@dataclass(frozen=True)
class Source:
    """A theorem about a method, and the V of its proof.

    Attributes:
        slug: of the theorem.
        about: whether it is about a claim, at some step size.
        form: V and multipliers; None where the step is too long for them.
        step: the longest step size that the theorem allows, or a little less.
    """

    slug: str
    about: Callable[[Setting], bool]
    form: Callable[[Setting], Upper | None]
    step: Callable[[Setting], Fraction]


def _sums(setting: Setting, *beside: type) -> bool:
    """Whether the claim is about sums of ||grad f||^2, with f bounded below, and more at most of these kinds."""
    return setting.measure_name == GRADIENT and _assumes(setting, BoundedBelow, *beside)


def _rates(setting: Setting, *beside: type) -> bool:
    """Whether it is about f - inf f, under the PL inequality."""
    return setting.measure_name == EXCESS and _assumes(setting, PolyakLojasiewicz, *beside)


def _assumes(setting: Setting, needed: type, *beside: type) -> bool:
    assumed = [type(each) for each in setting.assumptions]
    return needed in assumed and all(each is needed or issubclass(each, beside) for each in assumed)


def _along(slugs: tuple[str, str], estimate: Callable[[Setting], Estimate], *beside: type) -> tuple[Source, Source]:
    """The theorems of a method whose server estimates the gradient: of sums, and under the PL inequality."""

    def about(claim: Callable[..., bool]) -> Callable[[Setting], bool]:
        return lambda setting: claim(setting, *beside) and (setting.alpha > 0 or setting.compressor.unbiased)

    def form(setting: Setting) -> Upper:
        return along_estimates(setting, estimate(setting))

    def step(setting: Setting) -> Fraction:
        return longest_step(setting, estimate(setting))

    first, second = slugs
    return Source(first, about(_sums), form, step), Source(second, about(_rates), form, step)


def _both(slugs: tuple[str, str], form: Callable[[Setting], Upper]) -> tuple[Source, Source]:
    """The same of methods of which f - inf f is V."""

    def step(setting: Setting) -> Fraction:
        return 1 / mean_constants(setting.agents)[0]

    return Source(slugs[0], _sums, form, step), Source(slugs[1], _rates, form, step)


def _similar(setting: Setting) -> bool:
    return _sums(setting, Similar) and (setting.n_agents == 1 or len(setting.assumptions) > 1) and setting.alpha > 0


def _common(setting: Setting) -> bool:
    convex = all(agent.mu >= 0 for agent in setting.agents)
    return setting.measure_name == EXCESS and _assumes(setting, CommonGlobalMinimiser) and convex


def _only_smooth(setting: Setting) -> bool:
    return _sums(setting) and setting.alpha > 0 and all(agent.mu == -agent.L for agent in setting.agents)


def _nonconvex_step(setting: Setting) -> Fraction:
    law = look_up(EF21, setting.agents).law
    assert law is not None
    return law(setting.agents, setting.alpha)


def _convex_step(setting: Setting) -> Fraction:
    s, (L, _) = estimates.root(setting), mean_constants(setting.agents)
    return (1 - s) / ((1 + s) * L)


SOURCES: Mapping[type[Method], tuple[Source, ...]] = {
    GD: _both(("descent_lemma", "descent_lemma"), estimates.descent),
    CGD: _both(("cgd_nonconvex", "cgd_pl"), estimates.compressed_descent),
    EF: (
        Source("ef_convex", _common, error_feedback_convex, _convex_step),
        Source("ef_nonconvex", _similar, estimates.feedback, estimates.feedback_step),
    ),
    EF21: (
        Source("ef21_nonconvex_any_agents", _only_smooth, error_feedback_nonconvex, _nonconvex_step),
        *_along(("ef21_nonconvex", "ef21_pl"), estimates.of_ef21),
    ),
    EF21PP: _along(("ef21_partial", "ef21_partial_pl"), estimates.of_partial),
    EF21SGD: _along(("stochastic_ef21", "stochastic_ef21_pl"), estimates.of_stochastic, Noise),
    Marina: _along(("marina", "pl_along_estimates"), estimates.of_marina),
}
"""By their methods; the first that is about a claim is taken."""

NO_SOURCE: Mapping[type[Method], str] = {
    HeavyBallEF21: "its theorem ef21_heavy_ball follows f along another point than x, which no V of a certificate sees",
    EControl: "of its theorem econtrol_at_zero_is_ef21, which is about the weight 0, nothing is to be read for others",
    DCGD: "its theorem dcgd_diverges is about an example",
    Diana: "V and multipliers of its theorem diana are not read off yet",
    EF21BC: "V and multipliers of its theorem ef21_bidirectional are not read off yet",
    EF21P: "V and multipliers of its theorem ef21_p are not read off yet",
    EF21SGDM: "V and multipliers of its theorem ef21_sgdm are not read off yet",
    EFBV: "V and multipliers of its theorem ef_bv are not read off yet",
}
"""Why there is nothing to be read for a method."""


def find_source(setting: Setting) -> Source:
    """The theorem whose V and multipliers are taken for a claim, whatever its step size is.

    Raises:
        ValueError: there is none; the message says why.
    """
    kind, name = type(setting.method), setting.method.title
    instead = "leave the engine out, so that V is searched"
    known = SOURCES.get(kind, ())
    require(bool(known), f"engine theorem: {name}: {NO_SOURCE.get(kind, 'no theorem is about it')}; {instead}")
    found = [source for source in known if source.about(setting)]
    slugs = ", ".join(dict.fromkeys(source.slug for source in known))
    require(bool(found), f"engine theorem: {name}: no V for such a claim is in its theorems, {slugs}; {instead}")
    return found[0]
