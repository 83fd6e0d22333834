"""Ask what is known of a method: of its class, since a name alone is no method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.algebra.rounding import round_down
from eftheory.assumptions import AgentType, Contractive, SmoothStronglyConvex, group_agents
from eftheory.assumptions.validation import require
from eftheory.methods import CGD, EF, EF21, GD, METHODS, Method
from eftheory.numbers import Readable, read_number
from eftheory.theory import cgd, ef, ef21, gd
from eftheory.theory.agents import Agent, read_agents
from eftheory.theory.known import NOTHING, Known
from eftheory.theory.named import find_named
from eftheory.theory.overview import Overview
from eftheory.theory.smooth import advise_without_convexity
from eftheory.theory.step_rule import StepRule

if TYPE_CHECKING:
    from eftheory.certificates.certificate import Drift, Lower, Upper
    from eftheory.claims import Setting

NO_LAW_FOR_FUNCTIONS = "no law is known for its step size on functions of these classes; give a number"
KNOWN: Mapping[type, Known] = {GD: gd.KNOWN, CGD: cgd.KNOWN, EF: ef.KNOWN, EF21: ef21.KNOWN}
ON_SMOOTH: Mapping[type, Known] = {EF21: ef21.ON_SMOOTH}
"""Where some functions may have negative curvature."""


def look_up(method: Method | type[Method] | str, agents: Iterable[AgentType] = ()) -> Known:
    """What is known of a method, its class, or the name of one in ``METHODS``; nothing of any other, nor for agents
    whose functions are of another class than smooth and strongly convex, but for what ``ON_SMOOTH`` has.

    >>> look_up("ef21").cites[0], look_up("ef22").law
    ('RichtarikSokolovFatkhullin2021', None)
    """
    kind = METHODS.get(method) if isinstance(method, str) else method if isinstance(method, type) else type(method)
    agents = tuple(agents)
    usual = all(isinstance(agent.functions, SmoothStronglyConvex) for agent in agents)
    if kind is None or not usual:
        return NOTHING
    if any(type(agent.functions) is not SmoothStronglyConvex for agent in agents):
        return ON_SMOOTH.get(kind, NOTHING)
    if kind in KNOWN:
        return KNOWN[kind]
    from eftheory.theory.elsewhere import ELSEWHERE  # which imports all methods

    return ELSEWHERE.get(kind, NOTHING)


def law_step_size(method: type[Method] | str, agents: Iterable[Agent] | Agent, alpha: Readable) -> Fraction:
    """The step size of a method's law, rounded down to 64 binary digits where it is long.

    With s = sqrt(1 - alpha) and L, mu the means over agents,

        ef, ef21: (2/(L+mu)) (1-s)/(1+s);    gd: 2/(L+mu);    cgd: 2/((1+s) L + (1-s) mu).

    Too large a step can cost far more than one too small, hence down.

    Raises:
        ValueError: no law is known for this method.

    References:
        [ThomsenTaylorDieuleveut2025], Theorems 1-3; [ThomsenTaylorDieuleveut2026], Empirical Law 4.1.

    >>> law_step_size("gd", [(1, "1/3")], alpha=1)
    Fraction(3, 2)
    """
    types, contraction = group_agents(read_agents(agents)), Contractive(read_number(alpha, "alpha")).alpha
    law = look_up(method, types).law
    if law is None and look_up(method).law is not None:
        raise ValueError(NO_LAW_FOR_FUNCTIONS)
    if law is None:
        name = method if isinstance(method, str) else method.__name__
        with_one = ", ".join(name for name in METHODS if look_up(name).law)
        raise ValueError(f"method={name!r}: no law is known for its step size, only for {with_one}; give a number")
    step = law(types, contraction)
    return step if step.denominator.bit_length() <= 64 else round_down(step, 64)


def closed_form(setting: Setting) -> Upper | None:
    """V, multipliers and rate of a setting from the closed forms; None where they give no rate < 1, or are not known.

    >>> from eftheory.claims import Setting
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> closed_form(setting).rate
    Fraction(1, 4)
    """
    form = look_up(setting.method, setting.agents).closed_form
    return form and form(setting)


def tight_form(setting: Setting) -> Upper | None:
    """A closed form whose rate is attained exactly; None where there is none in rationals, or none is known.

    >>> from eftheory.claims import Setting
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(L=7, mu=2, count=1000),), Contractive(Fraction(15, 16)), EF21(Fraction(2, 15)))
    >>> tight_form(setting).rate
    Fraction(9, 16)
    """
    form = look_up(setting.method, setting.agents).tight_form
    return form and form(setting)


def worst_case(setting: Setting, *, thorough: bool = False) -> Lower | None:
    """The worst instance known for a setting, as evidence for a lower bound on its rate; None where none is.

    Some methods have patterns of their own, which are strongest at the law's step. ``thorough`` also searches all
    growing modes, as is done for any other method; it takes 0.1 s for two types.

    >>> from eftheory.claims import Setting
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> worst_case(setting).rate
    Fraction(1, 4)
    """
    pattern = look_up(setting.method, setting.agents).worst_case
    found = [pattern(setting)] if pattern else []
    if thorough or not pattern:
        from eftheory.witnesses.spectral import spectral_witness  # imports numpy

        found.append(spectral_witness(setting))
    return max((lower for lower in found if lower), key=lambda lower: lower.rate, default=None)


def drifting_orbit(setting: Setting) -> Drift | None:
    """The orbit that shows how large a constant a sum needs, as evidence; None where none is known.

    >>> from eftheory.assumptions.functions.smooth import Smooth
    >>> from eftheory.assumptions.mean import BoundedBelow
    >>> from eftheory.claims import Setting
    >>> from eftheory.methods import EF21
    >>> agents, method = (AgentType(functions=Smooth(L=Fraction(1), mu=Fraction(-1))),), EF21(Fraction(1, 2))
    >>> claim = Setting(agents, Contractive(Fraction(3, 4)), method, (BoundedBelow(),), "||mean g||^2")
    >>> orbit = drifting_orbit(claim)
    >>> round(float(orbit.constant), 6)
    2.867181
    """
    orbit = look_up(setting.method, setting.agents).drift
    return orbit and orbit(setting)


def survey(
    method: str,
    agents: Iterable[Agent] | Agent,
    *,
    alpha: Readable,
    step_size: StepRule | Readable = "law",
    accuracy: Readable = Fraction(1, 10**6),
    formulas: bool = True,
) -> Overview:
    """All laws that apply to a method on these agents.

    Without ``formulas`` irrational figures are ``Real`` numbers, of which decimals can be written, and sympy, which
    takes longer to load than all else, is not asked.

    Raises:
        ArithmeticError: something is not decided without formulas.
        ValueError: a parameter is out of range, the method does not allow it, or no rates are known for it.

    >>> survey("ef21", (25, 11), alpha="15/16").figures["rate_upper"]
    Fraction(4, 9)
    """
    from eftheory.claims import Setting  # with the worlds, which nothing else here asks

    require(":" not in method, f"method={method!r}: no laws are known of your own methods; try eftheory certify")
    kind, types, goal = find_named(method), group_agents(read_agents(agents)), read_number(accuracy, "accuracy")
    compressor = Contractive(read_number(alpha, "alpha"))
    overview = Overview(kind.name, types, compressor.alpha, goal, StepRule.read(step_size))
    Setting(types, compressor, kind(Fraction(1)))  # which refuses what the method does not allow
    require(goal > 0, f"accuracy={goal}: the accuracy must be positive")
    known = look_up(kind, types)
    enter = known.enter_rates
    if enter is None and look_up(kind).enter_rates is not None:
        raise ValueError("no closed-form rates are known for functions of these classes; try eftheory certify")
    if enter is None:
        with_some = ", ".join(name for name in METHODS if look_up(name).enter_rates)
        raise ValueError(f"method={method!r}: no closed-form rates are known but for {with_some}; try eftheory certify")
    overview.formulas = formulas
    try:
        enter(overview)
        if known.enter_smooth:
            known.enter_smooth(overview)
    except ArithmeticError:  # with formulas: sympy's limits, some hundred digits away from what anybody means
        if not formulas:
            raise
        raise ValueError("the numbers given are too large, too small or too long for exact closed forms") from None
    if overview.flat:
        advice = advise_without_convexity(kind, known, types, compressor.alpha)
        overview.notes.insert(0, f"all mu = 0: there is no linear rate; some f_i must be strongly convex; {advice}")
    return overview
