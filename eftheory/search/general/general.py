"""Search a certificate of any setting: what is least among all that the exact check could accept."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from time import perf_counter
from typing import cast

from eftheory.certificates.certificate import Upper
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.methods.quantities import DISTANCE, EXCESS, GRADIENT, quantity
from eftheory.methods.template import Template, has_minimiser
from eftheory.search.general.faces import Face, find_face
from eftheory.search.general.interior import cone_of, find_inner_face
from eftheory.search.general.programme import Programme, Reader
from eftheory.search.general.rates import Rates, wider
from eftheory.search.general.result import PROVED, GeneralResult
from eftheory.search.general.rounding import round_upper
from eftheory.search.general.sums import best_point, inner_point
from eftheory.threads import one_blas_thread

SUM, RATE = "sum", "rate"
DEFAULT_SLACK = Fraction(1, 10**6)
NOISE_WEIGHT = 0.1
_WIDER = (1, 10, 100, 1000)


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
    """Search."""
    began = perf_counter()
    template = Template(gradients=True) if template is None else template
    initial = initial_quantities(setting, template) if initial is None else initial
    reader = Reader(setting, template, initial)
    found = _sum(reader, slack, noise_weight) if kind == SUM else _rate(reader, slack)
    seconds = perf_counter() - began
    if isinstance(found, str):
        return GeneralResult(None, f"inconclusive: {found}", {}, seconds)
    return GeneralResult(found, PROVED, constants_of(found), seconds)


def constants_of(upper: Upper) -> dict[str, Fraction]:
    """What the claim says."""
    least = upper.tau or upper.c
    share = upper.tau or upper.c * (1 - upper.rate)
    named = {f"C({name})": factor / least for name, factor in upper.initial.items()}
    named |= {f"c({name})": factor / share for name, factor in upper.noise.items()}
    return named if upper.tau else {"rate": upper.rate, **named}


def initial_quantities(setting: Setting, template: Template) -> tuple[str, ...]:
    """What a claim may say of the start: first what its constant is for."""
    method = setting.method
    bounded = any(assumption.bounded for assumption in setting.assumptions)
    minimiser = has_minimiser(method)
    remembered = template.gradients and method.sees_minimiser
    seen = template.names(method) if remembered else method.seen
    names = [f"mean ||{name}||^2" for name in seen.agents]
    names += [GRADIENT] * template.gradients
    names += [f"||{name}||^2" for name in seen.server]
    first = [EXCESS] * bounded
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


def _sum(reader: Reader, slack: Fraction, noise_weight: float) -> Upper | str:
    programme = reader.programme(Fraction(1), sums=True)
    face = find_face(programme)
    if isinstance(face, str):
        return face
    found = _round_sum(programme, face, slack, noise_weight)
    if isinstance(found, str):
        inner = find_inner_face(programme, face)
        if isinstance(inner, str):
            return inner
        found = found if inner is face else _round_sum(programme, inner, slack, noise_weight)
    return found


def _round_sum(programme: Programme, face: Face, slack: Fraction, noise_weight: float) -> Upper | str:
    cone = cone_of(programme, face)
    best = best_point(programme, face, cone, noise_weight)
    if isinstance(best, str):
        return f"no constant was found: {best}"
    trouble = ""
    for factor in _WIDER:
        point = inner_point(programme, face, cone, best, float(slack) * factor)
        if isinstance(point, str):
            trouble = point
            continue
        upper = round_upper(programme, face, point)
        if upper:
            return upper
        trouble = "the exact check accepts no rounding of what the solver found"
    return trouble


def _rate(reader: Reader, slack: Fraction) -> Upper | str:
    rates = Rates(reader)
    best = rates.descend(float(slack))
    if best is None:
        return f"no rate below 1 was found: {rates.trouble or 'no certificate lies inside the cone'}"
    for trial in wider(rates, best, float(slack)):
        upper = round_upper(trial.programme, trial.face, trial.point)
        if upper:
            return upper
    return "the exact check accepts no rounding of what the solver found"
