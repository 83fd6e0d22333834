"""Between certificates and JSON: the dataclasses are the format.

A dataclass is an object with just its fields as keys, a tuple a list, a Mapping an object, a
Fraction a string in the grammar of ``parse_number``. Nothing else is read or written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, get_args, get_origin, get_type_hints

from eftheory.assumptions.contractive import Contractive
from eftheory.certificates.certificate import AgentEntry, Certificate, SettingEntry
from eftheory.certificates.document import FORMAT, CertificateError, load, seal
from eftheory.claims import Setting
from eftheory.exact.number import parse_number, print_number
from eftheory.methods import METHODS

BOUNDS = ("upper", "lower", "class_bound")


def read_certificate(data: bytes) -> Certificate:
    """Read a certificate file, refusing whatever is not exactly of the format.

    Raises:
        CertificateError: the message names the place in the file.
    """
    document = load(data)
    hints = get_type_hints(Certificate)
    _check_keys(document, "certificate", {"format", "digest", "setting"}, {*BOUNDS, "provenance"})
    if not any(bound in document for bound in BOUNDS):
        raise CertificateError(f"certificate: holds no evidence; expected one of {', '.join(BOUNDS)}")
    parts = {
        bound: _decode(get_args(hints[bound])[0], document[bound], bound) for bound in BOUNDS if bound in document
    }
    provenance = _decode(hints["provenance"], document.get("provenance", {}), "provenance")
    return Certificate(_setting(_decode(SettingEntry, document["setting"], "setting")), provenance=provenance, **parts)


def write_certificate(certificate: Certificate) -> bytes:
    """The sealed file of a certificate, indented for people, ready for ``read_certificate``.

    Raises:
        ValueError: a number has more digits than the format allows.
    """
    bounds = {bound: getattr(certificate, bound) for bound in BOUNDS}
    document = {
        "format": FORMAT,
        "setting": _encode(_entry(certificate.setting)),
        "provenance": dict(certificate.provenance),
        **{bound: _encode(evidence) for bound, evidence in bounds.items() if evidence is not None},
    }
    return (json.dumps(seal(document), sort_keys=True, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def _setting(entry: SettingEntry) -> Setting:
    """The setting the trusted definitions give; what the file repeats of them must agree."""
    if entry.method not in METHODS:
        raise CertificateError(f"setting.method: {entry.method[:40]!r} is none of {', '.join(METHODS)}")
    method = METHODS[entry.method]
    try:
        agents = tuple(agent.type() for agent in entry.agents)
        setting = Setting(agents, Contractive(entry.alpha), method(entry.step_size))
    except ValueError as error:
        raise CertificateError(f"setting: {error}") from None
    for name, value in vars(_entry(setting)).items():
        if getattr(entry, name) != value:
            raise CertificateError(f"setting.{name}: not what the definition of {method.name} says for these numbers")
    return setting


def _entry(setting: Setting) -> SettingEntry:
    return SettingEntry(
        method=setting.method.name,
        version=Fraction(setting.method.version),
        step_size=Fraction(setting.method.step_size),
        agents=tuple(AgentEntry(agent.L, agent.mu, Fraction(agent.count)) for agent in setting.agents),
        alpha=setting.compressor.alpha,
        hypotheses=tuple(hypothesis.name for hypothesis in setting.hypotheses),
        measure=setting.method.measure_name,
    )


def _encode(value: Any) -> Any:
    if isinstance(value, Fraction):
        return print_number(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if is_dataclass(value):
        value = vars(value)
    return {key: _encode(item) for key, item in value.items()} if isinstance(value, Mapping) else value


def _decode(kind: Any, value: Any, at: str) -> Any:
    origin = get_origin(kind) or kind
    expected = str if kind in (Fraction, str) else list if origin is tuple else dict
    if not isinstance(value, expected):
        raise CertificateError(f"{at}: expected {_WORDS[expected]}")
    if kind is str:
        return value
    try:
        if kind is Fraction:
            return parse_number(value)
        if origin is tuple:
            return tuple(_decode(get_args(kind)[0], item, f"{at}[{index}]") for index, item in enumerate(value))
        if origin is Mapping:
            return {key: _decode(get_args(kind)[1], item, f"{at}[{key[:40]!r}]") for key, item in value.items()}
        hints = get_type_hints(kind)
        _check_keys(value, at, {field.name for field in fields(kind)})
        return kind(**{key: _decode(hints[key], item, f"{at}.{key}") for key, item in value.items()})
    except CertificateError:
        raise
    except ValueError as error:
        raise CertificateError(f"{at}: {error}") from None


_WORDS: dict[type, str] = {str: "a string", list: "a list", dict: "an object"}


def _check_keys(value: dict[str, Any], at: str, required: set[str], optional: set[str] | None = None) -> None:
    if missing := sorted(required - set(value)):
        raise CertificateError(f"{at}: lacks {', '.join(missing)}")
    if unknown := sorted(set(value) - required - (optional or set())):
        raise CertificateError(f"{at}: unknown key {unknown[0][:40]!r}")
