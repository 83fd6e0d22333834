"""Search a certificate of any setting: what is least among all that the exact check could accept."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from time import perf_counter
from typing import cast

from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Upper
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.lyapunov.default_template import default_template
from eftheory.methods.quantities import DISTANCE, EXCESS, GRADIENT, quantity
from eftheory.methods.template import Template, has_minimiser
from eftheory.search.floats import FLOAT_FAILURES
from eftheory.search.general.programme import Reader
from eftheory.search.general.rates import search_rate
from eftheory.search.general.result import PROVED, GeneralResult
from eftheory.search.general.sums import search_sum
from eftheory.threads import one_blas_thread

SUM, RATE = "sum", "rate"
DEFAULT_SLACK = Fraction(1, 10**6)
NOISE_WEIGHT = 0.1


@one_blas_thread
def search_general(
    setting: Setting,
    *,
    kind: str = SUM,
    initial: Sequence[str] | None = None,
    template: Template | None = None,
    slack: Fraction = DEFAULT_SLACK,
    noise_weight: float = NOISE_WEIGHT,
) -> GeneralResult:
    """Search evidence for a bound on the setting's measure, with constants as small as V of the template shows them.

        sum:   sum_{t<T} measure_t <= sum_i C_i quantity_i(0) + T sum_j c_j S_j    (the least C of the first quantity)
        rate:  measure_t <= rate^t sum_i C_i quantity_i(0) + sum_j c_j S_j         (the least rate)

    Args:
        setting: any; what is assumed of f, noise, coins and unbiased messages are among what it says.
        kind: "sum" or "rate".
        initial: the quantities at the start, the first being the one that counts; by default f - inf f if V sees it, or
            ||x - x*||^2 for sums of f - inf f, then the squares of the coordinates that V sees.
        template: what V may see; by default f - inf f and gradients, where something bounds f from below and the
            method's coordinates do not need an x*.
        slack: how far the constant, or 1 - rate, may be from the optimum, as a share of it; positive. Where it cannot
            be rounded, wider ones are tried, up to ten million times as wide, then any.
        noise_weight: of the constants c beside the first C: a point on their trade-off; >= 0. A rate is a tenth
            of 1 - rate slower where noise is to be paid for.

    Returns:
        With ``upper`` only if ``check_upper`` accepts it. Whatever goes wrong in a solver is told in ``status``.

    Raises:
        ValueError: the setting has no such quantity or template, or an argument is out of its range.

    >>> from eftheory.assumptions import AgentType
    >>> from eftheory.assumptions.compressors import Contractive
    >>> from eftheory.assumptions.functions.smooth import Smooth
    >>> from eftheory.assumptions.mean import BoundedBelow
    >>> from eftheory.methods import EF21
    >>> agents, above = (AgentType(functions=Smooth(L=1, mu=-1), count=12),), (BoundedBelow(),)
    >>> setting = Setting(agents, Contractive(Fraction(3, 4)), EF21(Fraction(1, 2)), above, "||mean g||^2")
    >>> float(search_general(setting).constants["C(f - inf f)"]) < 2.8672
    True
    """
    require(kind in (SUM, RATE), f"kind={str(kind)[:40]!r}: no such kind of bound; choose one of {SUM}, {RATE}")
    require(0 < slack < 1, f"slack={slack}: a share between 0 and 1, such as 1/1000000")
    require(0 <= noise_weight < float("inf"), f"noise_weight={noise_weight}: a number that is not negative")
    require(initial is None or len(initial) > 0, "initial: name a quantity at the start, or leave it out")
    began = perf_counter()
    template = default_template(setting) if template is None else template
    initial = initial_quantities(setting, template) if initial is None else initial
    reader = Reader(setting, template, initial)
    try:
        search = search_sum if kind == SUM else search_rate
        found = search(reader, float(slack), noise_weight)
    except FLOAT_FAILURES as error:
        found = f"floats failed: {error}"
    seconds = perf_counter() - began
    if isinstance(found, str):
        return GeneralResult(None, f"inconclusive: {found}", {}, seconds)
    return GeneralResult(found, PROVED, constants_of(found), seconds)


def constants_of(upper: Upper) -> dict[str, Fraction]:
    """What the claim says: C of quantities at the start, c of constants of noise, and the rate if it is below 1."""
    least = upper.tau or upper.c
    share = upper.tau or upper.c * (1 - upper.rate)
    named = {f"C({name})": factor / least for name, factor in upper.initial.items()}
    named |= {f"c({name})": factor / share for name, factor in upper.noise.items()}
    return named if upper.tau else {"rate": upper.rate, **named}


def initial_quantities(setting: Setting, template: Template) -> tuple[str, ...]:
    """What a claim may say of the start: first what counts, then the squares of what V sees."""
    method = setting.method
    bounded = any(assumption.bounded for assumption in setting.assumptions)
    minimiser = has_minimiser(method)
    remembered = template.gradients and method.sees_minimiser
    seen = template.names(method) if remembered else method.seen
    names = [f"mean ||{name}||^2" for name in seen.agents] + [GRADIENT] * template.gradients
    names += [f"||{name}||^2" for name in seen.server]
    first = [EXCESS] * (bounded and bool(template.names(method).values))
    if minimiser and setting.measure_name == EXCESS:
        first = [DISTANCE]
    found: dict[str, Form] = {}
    for name in (*first, *names):
        form = _form(setting, template, name)
        if form is not None and form not in found.values():  # two names may mean the same
            found[name] = form
    return tuple(found)


def _form(setting: Setting, template: Template, name: str) -> Form | None:
    """The quantity of this name; None if there is none."""
    world = setting.world(template)
    state = template.unknown_state(setting.method, world)[template.memory :]
    try:
        return cast(Form, quantity(name, setting.method, world, state))
    except ValueError:
        return None
