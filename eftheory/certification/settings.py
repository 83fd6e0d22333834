"""What a user says, made into a setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive, group_agents
from eftheory.claims import Setting
from eftheory.methods import METHODS, Method
from eftheory.recording import load_method, make_method
from eftheory.theory import StepRule, law_step_size, look_up
from eftheory.theory.named import find_named


def make_setting(
    method: str | type[Method],
    agents: Iterable[AgentType],
    *,
    alpha: Fraction | int = 1,
    step_size: StepRule | Fraction | int | str = "optimal",
    parameters: Mapping[str, Fraction | int] | None = None,
) -> Setting:
    """The setting that ``certify`` speaks about.

    Raises:
        ValueError: a parameter is out of range, or the method is unknown or cannot be recorded.
    """
    kind, rule = find_method(method), StepRule.read(step_size)
    types, compressor = group_agents(agents), Contractive(Fraction(alpha))
    if rule.step_size is None and look_up(kind, types).law is None:
        whom = "functions of these classes" if look_up(kind).law else method_name(kind)
        raise ValueError(f"step_size={rule.name!r}: no law is known for {whom}; give a number")
    step = rule.step_size or law_step_size(kind, types, compressor.alpha)
    return Setting(types, compressor, make_method(kind, step, parameters))


def compresses(kind: type[Method], step_size: Fraction | None, parameters: Mapping[str, Fraction | int] | None) -> bool:
    """Whether a method's step compresses anything; a method of one's own is recorded to see it."""
    return make_method(kind, step_size or Fraction(1), parameters).compresses


def find_method(method: str | type[Method]) -> type[Method]:
    """The class of a method, by its name in ``METHODS`` or its place, ``file.py:Class``.

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
    return kind.name if kind in METHODS.values() else "a method of your own"
