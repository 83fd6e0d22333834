"""From JSON to certificates: the dataclasses are the format.

A dataclass is an object with just its fields as keys, a tuple a list, a Mapping an object, a number a string in
the grammar of ``parse_number``. Nothing else is read. A field that may be empty is absent then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Certificate, ClassBound, Lower, SettingEntry, Upper
from eftheory.certificates.document import CertificateError, load
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting
from eftheory.exact.budget import BudgetError, limited
from eftheory.exact.form import Form
from eftheory.exact.number import parse_number
from eftheory.methods import EXTERNAL, METHODS, Method, Recorded, Template

USUAL = SmoothStronglyConvex.name
BOUNDS: dict[str, type] = {UPPER: Upper, LOWER: Lower, CLASS_BOUND: ClassBound}
_WORDS: dict[type, str] = {str: "a string", list: "a list", dict: "an object"}
_types = cache(get_type_hints)


@limited()
def read_certificate(data: bytes) -> Certificate:
    """Read a file; CertificateError names the place where it is not exactly of the format."""
    document = load(data)
    _check_keys(document, "certificate", {"format", "digest", "setting"}, {*BOUNDS, "provenance"})
    if not document.keys() & BOUNDS:
        raise CertificateError(f"certificate: holds no evidence; expected one of {', '.join(BOUNDS)}")
    setting = _setting(_decode(SettingEntry, document["setting"], "setting"))
    bounds = {bound: _decode(kind, document[bound], bound) for bound, kind in BOUNDS.items() if bound in document}
    provenance = _decode(Mapping[str, str], document.get("provenance", {}), "provenance")
    return Certificate(setting, **bounds, provenance=provenance)


def _setting(entry: SettingEntry) -> Setting:
    """The setting the trusted definitions give; what the file repeats of them must agree."""
    if entry.method not in (*METHODS, EXTERNAL):
        raise CertificateError(f"setting.method: {entry.method[:40]!a} is none of {', '.join((*METHODS, EXTERNAL))}")
    if (entry.method == EXTERNAL) != (entry.definition is not None):
        raise CertificateError("setting.definition: an external method has one, no other method has")
    try:
        step, it = entry.step_size, entry.definition
        method: Method = METHODS[entry.method](step) if it is None else Recorded(step, it)
        setting = Setting(entry.agents, Contractive(entry.alpha), method)
        state = Template().unknown_state(method, world := setting.world())
        require(method.measure(world, *state) != Form(), "the measure is zero on every instance")
    except (ValueError, BudgetError, MemoryError) as error:
        raise CertificateError(f"setting: {error}") from None
    for name, value in vars(entry_of(setting)).items():
        if getattr(entry, name) != value:
            raise CertificateError(f"setting.{name}: not what the definition of {entry.method} says for these numbers")
    return setting


def entry_of(setting: Setting) -> SettingEntry:
    """What a file says of a setting."""
    method, hypotheses = setting.method, tuple(hypothesis.name for hypothesis in setting.hypotheses)
    name, definition = (EXTERNAL, method.definition) if isinstance(method, Recorded) else (method.name, None)
    step, alpha, measure = Fraction(method.step_size), setting.alpha, method.measure_name
    return SettingEntry(name, method.version, step, setting.agents, alpha, hypotheses, measure, definition)


def optional_fields(kind: type) -> set[str]:
    """The fields that are empty by default."""
    return {f.name for f in fields(kind) if f.default in (None, 0, "", ()) or f.default_factory in (dict, tuple)}


def _decode(kind: Any, value: Any, at: str) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin is UnionType:  # X | None, and null is never written
        return _decode(inside[0], value, at)
    expected: Any = list if origin is tuple else str if kind in (str, int, Fraction) else dict
    if not isinstance(value, expected):
        raise CertificateError(f"{at}: expected {_WORDS[expected]}")
    if kind is str:
        return value
    try:
        if kind is AgentType:
            return _agents(value, at)
        if origin is tuple:
            return tuple(_decode(inside[0], item, f"{at}[{index}]") for index, item in enumerate(value))
        if origin is Mapping:
            return {key: _decode(inside[1], item, f"{at}[{key[:40]!a}]") for key, item in value.items()}
        if expected is dict:
            _check_keys(value, at, _types(kind).keys() - optional_fields(kind), optional_fields(kind))
            if empty := sorted(key for key in optional_fields(kind) & value.keys() if value[key] in ("", [], {})):
                raise CertificateError(f"{at}.{empty[0]}: empty; leave it out")
            return kind(**{key: _decode(_types(kind)[key], item, f"{at}.{key}") for key, item in value.items()})
        number = parse_number(value)
    except CertificateError:
        raise
    except ValueError as error:
        raise CertificateError(f"{at}: {error}") from None
    if kind is int and number.denominator > 1:
        raise CertificateError(f"{at}={value}: not a whole number")
    return kind(number)


def _agents(value: dict[str, Any], at: str) -> AgentType:
    """Agents of one type: their number, the class of their functions unless it is the usual one, its constants."""
    name = _decode(str, value.get("class", USUAL), f"{at}.class")
    if name not in FUNCTIONS or value.get("class") == USUAL:
        others = ", ".join(FUNCTIONS.keys() - {USUAL}) or "there is none"
        raise CertificateError(f"{at}.class: {name[:40]!a} is no class to be named here; expected: {others}")
    names = [field.name for field in fields(cast(Any, FUNCTIONS[name]))]
    _check_keys(value, at, {"count", *names}, {"class"})
    constants = {key: _decode(Fraction, value[key], f"{at}.{key}") for key in names}
    return AgentType(functions=FUNCTIONS[name](**constants), count=_decode(int, value["count"], f"{at}.count"))


def _check_keys(value: dict[str, Any], at: str, required: set[str], optional: Iterable[str] = ()) -> None:
    if missing := sorted(required - value.keys()):
        raise CertificateError(f"{at}: lacks {', '.join(missing)}")
    if unknown := sorted(value.keys() - {*required, *optional}):
        raise CertificateError(f"{at}: unknown key {unknown[0][:40]!a}")
