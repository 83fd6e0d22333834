"""Small valid certificates of all methods, the starting points of bad files and mutants."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Certificate
from eftheory.claims import Setting
from eftheory.methods import METHODS, Recorded, Template
from eftheory.recording import record
from eftheory.theory import closed_form, law_step_size, worst_case
from tests.kit.gram import class_bound
from tests.kit.remembering import remembering

SHORT = AgentType(27, 13)  # with s = 1/2 the law's rate is 16/25
ALIKE = AgentType(27, 13, 3)
OTHER = AgentType(10, 1, 2)
FLAT = AgentType(10, 0, 1)
EXAMPLES: dict[str, tuple[str, tuple[AgentType, ...], Fraction, Fraction]] = {
    "gd": ("gd", (SHORT,), Fraction(1), Fraction(1)),
    "gd, two types, short step": ("gd", (ALIKE, OTHER), Fraction(1), Fraction(3, 4)),
    "cgd": ("cgd", (SHORT,), Fraction(3, 4), Fraction(1)),
    "cgd, no compression": ("cgd", (SHORT,), Fraction(1), Fraction(9, 8)),
    "ef": ("ef", (SHORT,), Fraction(3, 4), Fraction(1)),
    "ef, two types": ("ef", (SHORT, OTHER), Fraction(2, 3), Fraction(1)),
    "ef, alike, long step": ("ef", (ALIKE,), Fraction(3, 4), Fraction(9, 8)),
    "ef21": ("ef21", (SHORT,), Fraction(3, 4), Fraction(1)),
    "ef21, alike": ("ef21", (ALIKE,), Fraction(3, 4), Fraction(1)),
    "ef21, two types": ("ef21", (ALIKE, FLAT), Fraction(2, 3), Fraction(1)),
    "ef21, no compression": ("ef21", (SHORT,), Fraction(1), Fraction(1)),
    "external ef": ("ef", (SHORT,), Fraction(3, 4), Fraction(1)),
    "external ef21": ("ef21", (ALIKE, FLAT), Fraction(2, 3), Fraction(1)),
}
"""Name: method, agents, alpha, step size as a multiple of the law's; external ones are recorded as data."""


TEMPLATES: dict[str, str] = {
    "gd, memory": "memory",
    "cgd, memory and values": "memory, values",
    "ef, values": "values",
    "ef, two types, memory": "memory",
    "ef21, alike, memory": "memory",
    "ef21, memory and values": "memory, values",
}
"""Examples whose V, and whose class bound, is of a template that sees more, by the text of the template."""
for _name, _text in TEMPLATES.items():
    EXAMPLES[_name] = EXAMPLES[_name.removesuffix(_text.replace(", ", " and ")).removesuffix(", ")]


def make_setting(name: str) -> Setting:
    """The setting of an example."""
    method, agents, alpha, factor = EXAMPLES[name]
    made = METHODS[method](factor * law_step_size(method, agents, alpha))
    external = name.startswith("external")
    return Setting(agents, Contractive(alpha), Recorded(made.step_size, record(made)) if external else made)


def twin(setting: Setting) -> Setting:
    """The same setting with the method of eftheory that was recorded, if one was."""
    if not isinstance(setting.method, Recorded):
        return setting
    for method in METHODS.values():
        made = method(setting.method.step_size)
        if method.name == setting.method.definition.name and record(made) == setting.method.definition:
            return replace(setting, method=made)
    return setting


@cache
def example(name: str) -> Certificate:
    """A certificate with every bound its method can have."""
    setting = make_setting(name)
    known = twin(setting)
    lower = worst_case(known)
    template = Template.parse(TEMPLATES.get(name, ""))
    upper = remembering(known, closed_form(known), template) if name in TEMPLATES else closed_form(known)
    has_values = template.values or bool(known.method.coordinates.values)
    return Certificate(setting, upper, lower, None if has_values else class_bound(known, lower, template))
