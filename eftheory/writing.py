"""Certificates as files. Writing proves nothing and is not trusted: what is read back is checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions import AgentType
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.certificates.certificate import Certificate
from eftheory.certificates.codec import BOUNDS, USUAL, entry_of, format_of, optional_fields
from eftheory.certificates.document import Document, digest
from eftheory.exact.number import MAX_DIGITS


def write_certificate(certificate: Certificate) -> bytes:
    """The sealed file, indented for people; ValueError if a number has more digits than the format allows."""
    bounds = {bound: getattr(certificate, bound) for bound in BOUNDS}
    document = {
        "format": format_of(certificate),
        "setting": _encode(entry_of(certificate.setting)),
        "provenance": dict(certificate.provenance),
        **{bound: _encode(evidence) for bound, evidence in bounds.items() if evidence is not None},
    }
    return (json.dumps(seal(document), sort_keys=True, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def seal(document: Document) -> Document:
    """The document with its digest computed anew; sealing proves nothing, checking does."""
    return {**document, "digest": digest(document)}


def print_number(value: Fraction) -> str:
    """Write a number as ``parse_number`` reads it; ValueError beyond ``MAX_DIGITS`` digits a side."""
    if max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
        raise ValueError(f"a number has more than {MAX_DIGITS} digits; round it first")
    return str(value)


def _encode(value: Any) -> Any:
    if isinstance(value, (int, Fraction)):
        return print_number(Fraction(value))
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, AgentType):
        functions, count = value.functions, value.count
        named = {} if functions.name == USUAL else {"class": functions.name}
        return {**named, **_encode({**vars(functions), "count": count})}
    if type(value) in (*COMPRESSORS.values(), *ASSUMPTIONS.values()):
        return {"class": value.name, **_encode(vars(value))}
    if is_dataclass(value):
        optional = optional_fields(type(value))
        value = {name: item for name, item in vars(value).items() if item or name not in optional}
    return {key: _encode(item) for key, item in value.items()} if isinstance(value, Mapping) else value
