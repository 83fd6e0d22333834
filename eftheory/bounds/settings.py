"""What a user says, made into a setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from eftheory.assumptions import Contractive, group_agents
from eftheory.claims import Setting
from eftheory.methods import NAMED, Method
from eftheory.numbers import Readable, read_number
from eftheory.recording import load_method, make_method
from eftheory.theory import Agent, StepRule, law_step_size, look_up, read_agents
from eftheory.theory.named import find_named


def make_setting(
    method: str | type[Method],
    agents: Iterable[Agent] | Agent,
    *,
    alpha: Readable | None = None,
    step_size: StepRule | Readable = "optimal",
    parameters: Mapping[str, Readable] | None = None,
) -> Setting:
    """The setting that ``certify`` speaks about, for ``certify``, ``closed_form`` and ``worst_case``.

    Args:
        method: as for ``certify``.
        agents: as for ``certify``.
        alpha: contraction of the compressors, in (0, 1]; needed for methods that compress.
        step_size: a positive number; or ``law`` or ``optimal``, which mean the law's step here: none is searched.
        parameters: values of the other fields of a method of your own.

    Raises:
        ValueError: a parameter is out of range, or the method is unknown or cannot be recorded.

    >>> make_setting("ef21", [(1, 0.1, 1000)], alpha=0.75).method
    EF21(step_size=Fraction(20, 33))
    """
    kind, rule = find_method(method), StepRule.read(step_size)
    types, compressor = group_agents(read_agents(agents)), Contractive(read_alpha(kind, alpha, rule, parameters))
    if rule.step_size is None and look_up(kind, types).law is None:
        whom = "functions of these classes" if look_up(kind).law else method_name(kind)
        raise ValueError(f"step_size={rule.name!r}: no law is known for {whom}; give a number")
    step = rule.step_size or law_step_size(kind, types, compressor.alpha)
    return Setting(types, compressor, make_method(kind, step, read_parameters(parameters)))


def read_setting(method: Setting | str | type[Method], *agents: Any, **given: Any) -> Setting:
    """The setting itself, or the one that ``make_setting`` makes of the arguments.

    Raises:
        TypeError: arguments are given twice, by a setting and beside it.
    """
    if not isinstance(method, Setting):
        return make_setting(method, *agents, **given)
    named = ["agents"] * any(it != () for it in agents) + [name for name, value in given.items() if value is not None]
    if named:
        raise TypeError(f"{named[0]}: the setting says it; give a setting, or a method and its agents")
    return method


def read_alpha(
    kind: type[Method], said: Readable | None, rule: StepRule, parameters: Mapping[str, Readable] | None
) -> Fraction:
    """The contraction that somebody says; 1 for methods that do not compress.

    Raises:
        ValueError: it is missing, or no number.
    """
    if said is None and compresses(kind, rule.step_size, parameters):
        name = method_name(kind)
        raise ValueError(f"alpha is missing: {name} compresses; give k/d for Top-k, or 1 for no compression")
    return Fraction(1) if said is None else read_number(said, "alpha")


def compresses(kind: type[Method], step_size: Fraction | None, parameters: Mapping[str, Readable] | None) -> bool:
    """Whether a method's step compresses anything; a method of one's own is recorded to see it."""
    return make_method(kind, step_size or Fraction(1), read_parameters(parameters)).compresses


def read_parameters(said: Mapping[str, Readable] | None) -> dict[str, Fraction]:
    """The numbers of a method of one's own, exactly."""
    return {name: read_number(value, name) for name, value in (said or {}).items()}


def find_method(method: str | type[Method]) -> type[Method]:
    """The class of a method, by its name in ``NAMED`` or its place, ``file.py:Class``.

    Raises:
        ValueError: it is unknown.
    """
    if isinstance(method, str):
        return load_method(method) if ":" in method else find_named(method)
    if not (isinstance(method, type) and issubclass(method, Method)):
        raise ValueError(f"method={method!r}: give a name, a subclass of eftheory.Method, or 'file.py:Class'")
    return method


def method_name(kind: type[Method]) -> str:
    """The method as messages name it."""
    return kind.name if kind in NAMED.values() else "a method of your own"
