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
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.compressor_class import CompressorClass
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Certificate, ClassBound, Drift, Lower, SettingEntry, Upper
from eftheory.certificates.document import FORMAT, FORMATS, CertificateError, load
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER, Setting
from eftheory.exact.budget import BudgetError, limited
from eftheory.exact.form import Form
from eftheory.exact.number import parse_number
from eftheory.methods import EXTERNAL, METHODS, NAMED, Method, Recorded, Template
from eftheory.methods.quantities import quantity

USUAL = SmoothStronglyConvex.name
BOUNDS: dict[str, type] = {UPPER: Upper, LOWER: Lower, CLASS_BOUND: ClassBound, DRIFT: Drift}
_WORDS: dict[type, str] = {str: "a string", list: "a list", dict: "an object"}
_CLASSES: dict[Any, Mapping[str, type]] = {CompressorClass: COMPRESSORS, Assumption: ASSUMPTIONS}
_types = cache(get_type_hints)


@limited()
def read_certificate(data: bytes) -> Certificate:
    """Read a file; CertificateError names the place where it is not exactly of the format."""
    document = load(data)
    _check_keys(document, "certificate", {"format", "digest", "setting"}, {*BOUNDS, "provenance"})
    if not document.keys() & BOUNDS:
        raise CertificateError(f"certificate: holds no evidence; expected one of {', '.join(BOUNDS)}")
    setting = _setting(_decode(SettingEntry, document["setting"], "setting"), first=document["format"] == FORMAT)
    bounds = {bound: _decode(kind, document[bound], bound) for bound, kind in BOUNDS.items() if bound in document}
    provenance = _decode(Mapping[str, str], document.get("provenance", {}), "provenance")
    certificate = Certificate(setting, **bounds, provenance=provenance)
    if (needed := format_of(certificate)) > document["format"]:
        raise CertificateError(f"format is {document['format']!r}, but this can be said in {needed!r} only")
    return certificate


def format_of(certificate: Certificate) -> str:
    """The oldest format in which a certificate can be said."""
    setting, upper = certificate.setting, certificate.upper
    usual = all(agent.functions.name == USUAL for agent in setting.agents) and type(setting.compressor) is Contractive
    method = not setting.method.newer if isinstance(setting.method, Recorded) else setting.method.name in METHODS
    new = upper and (upper.tau or upper.noise or upper.initial or upper.vanishing or "gradients" in upper.template)
    general = new or setting.assumptions or setting.measure or certificate.drift
    return FORMATS[not (usual and method and not general)]


def _setting(entry: SettingEntry, *, first: bool) -> Setting:
    """The setting the trusted definitions give; what the file repeats of them must agree."""
    known = (*(METHODS if first else NAMED), EXTERNAL)
    if entry.method not in known:
        raise CertificateError(f"setting.method: {entry.method[:40]!a} is none of {', '.join(known)}")
    if (entry.method == EXTERNAL) != (entry.definition is not None):
        raise CertificateError("setting.definition: an external method has one, no other method has")
    try:
        step, it = entry.step_size, entry.definition
        method: Method = NAMED[entry.method](step, **entry.parameters) if it is None else Recorded(step, it)
        compressor = entry.compressor or Contractive(entry.alpha)
        setting = Setting(entry.agents, compressor, method, entry.assumptions, "" if first else entry.measure)
        state = Template().unknown_state(setting.method, world := setting.world())
        zero = quantity(setting.measure_name, setting.method, world, state) == Form()
        require(not zero, "the measure is zero on every instance")
    except TypeError:
        raise CertificateError(f"setting.parameters: {entry.method} has others") from None
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
    step, alpha, measure = Fraction(method.step_size), setting.alpha, setting.measure_name
    compressor = None if type(setting.compressor) is Contractive else setting.compressor
    said = (name, method.version, step, setting.agents, alpha, hypotheses, measure)
    return SettingEntry(*said, definition, method.parameters, compressor, setting.assumptions)


def optional_fields(kind: type) -> set[str]:
    """The fields that are empty by default."""
    return {f.name for f in fields(kind) if f.default in (None, 0, "", ()) or f.default_factory in (dict, tuple)}


_optional = cache(optional_fields)


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
        if kind in _CLASSES:
            return _named(_CLASSES[kind], value, at)
        if origin is tuple:
            return tuple(_decode(inside[0], item, f"{at}[{index}]") for index, item in enumerate(value))
        if origin is Mapping:
            return {key: _decode(inside[1], item, f"{at}[{key[:40]!a}]") for key, item in value.items()}
        if expected is dict:
            optional = _optional(kind)
            _check_keys(value, at, _types(kind).keys() - optional, optional)
            if empty := sorted(key for key in optional & value.keys() if value[key] in ("", [], {}, "0")):
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
    if value.get("class") == USUAL:
        raise CertificateError(f"{at}.class: leave out {USUAL!a}, the usual one")
    functions = {key: item for key, item in value.items() if key != "count"}
    it = _named(FUNCTIONS, {"class": USUAL, **functions}, at)
    if "count" not in value:
        raise CertificateError(f"{at}: lacks count")
    return AgentType(functions=it, count=_decode(int, value["count"], f"{at}.count"))


def _named(known: Mapping[str, type], value: dict[str, Any], at: str) -> Any:
    """Something of a class that a claim may name, with its constants."""
    name = _decode(str, value.get("class", ""), f"{at}.class")
    if name not in known:
        raise CertificateError(f"{at}.class: {name[:40]!a} is no class to be named here; expected: {', '.join(known)}")
    names = [field.name for field in fields(cast(Any, known[name]))]
    _check_keys(value, at, {"class", *names})
    return known[name](**{key: _decode(Fraction, value[key], f"{at}.{key}") for key in names})


def _check_keys(value: dict[str, Any], at: str, required: set[str], optional: Iterable[str] = ()) -> None:
    if missing := sorted(required - value.keys()):
        raise CertificateError(f"{at}: lacks {', '.join(missing)}")
    if unknown := sorted(value.keys() - {*required, *optional}):
        raise CertificateError(f"{at}: unknown key {unknown[0][:40]!a}")
