"""Step sizes that theorems here, or papers, give for a request: where a search begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from eftheory.algebra.rounding import simplest
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.bounds.request import Request
from eftheory.methods import GD, Diana, Method
from eftheory.theory import look_up
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.classes import NONCONVEX
from eftheory.theory.coverage import WIDER

_SHORTER = Fraction(1, 1000)  # how much a step may be shortened to be a simple number


def _of_gd(request: Request) -> Fraction:
    return 1 / _greatest(request)


def _short(request: Request) -> Fraction:
    return _of_gd(request) / 4


def _of_diana(request: Request) -> Fraction:
    omega = getattr(request.compressor, "omega", Fraction(0))
    return 1 / (_greatest(request) * (1 + 6 * omega / sum(it.count for it in request.agents)))


FORMULAS: Mapping[type[Method], Callable[[Request], Fraction]] = {GD: _of_gd, Diana: _of_diana}
"""Of methods about which no theorem is here: 1/L, and that of [MishchenkoEtAl2019] up to its constant."""


_PARAMETERS = {name: name for name in ("momentum", "alpha_down", "beta", "nu")} | {"chance": "p", "full": "p"}


def published_step(request: Request) -> tuple[Fraction, str]:
    """A step size to begin with, a little shortened, and the theorem that it is from, if there is one here.

    The largest of those that theorems about these functions allow, or else about wider classes; 1/(4 L) where nothing
    is known.
    """
    problem = request.problem.theorems
    own, wider = (problem,), (*WIDER[problem], NONCONVEX)
    found = max(_of_theorems(request, own) or _of_theorems(request, wider), default=None)
    if found is None:
        step, slug = FORMULAS.get(request.method, _short)(request), ""
    else:
        step, slug = found
    return simplest(step * (1 - _SHORTER), step), slug


def _of_theorems(request: Request, classes: tuple[str, ...]) -> list[tuple[Fraction, str]]:
    known = look_up(request.method)
    about = dict.fromkeys((*known.theorems, known.on_smooth, known.on_convex, known.on_pl))
    steps = []
    for slug in about:
        calculator = CALCULATORS.get(slug)
        if calculator is None or calculator.functions not in classes:
            continue
        names = {quantity.name for quantity in calculator.quantities}
        given = {name: value for name, value in _numbers(request).items() if name in names}
        try:
            steps.append((Fraction(calculator.ask(given, agents=request.agents)["step_size"]), slug))
        except ValueError:  # it asks for what is not said here, or does not cover it
            continue
    return steps


def _numbers(request: Request) -> dict[str, Fraction]:
    """What theorems ask for, by the names that calculators have for it."""
    said = {"alpha": request.compressor.alpha, "batch": request.minibatch}
    if isinstance(request.compressor, Unbiased):
        said["omega"] = request.compressor.omega
    method = request.at(Fraction(1)).method
    said |= {asked: getattr(method, name) for name, asked in _PARAMETERS.items() if hasattr(method, name)}
    if not method.compresses and "alpha_down" in said:  # then it is the only one
        said["alpha"] = said["alpha_down"]
    said |= {} if request.sigma is None else {"sigma": request.sigma}
    pl = [it.mu for it in request.assumptions if isinstance(it, PolyakLojasiewicz)]
    return {**said, "mu": pl[0]} if pl else said


def _greatest(request: Request) -> Fraction:
    return max(agent.L for agent in request.agents)
