"""The JSON around a certificate: strict reading, canonical text, digest."""

import hashlib
import json
from typing import Any, NoReturn

FORMATS = FORMAT, SECOND = "eftheory-certificate/1", "eftheory-certificate/2"
MAX_BYTES, MAX_DEPTH = 4 * 2**20, 12

Document = dict[str, Any]


class CertificateError(ValueError):
    """The text is not a certificate; the message says where and why."""


def digest(document: Document) -> str:
    """sha256 of everything but ``digest`` and ``provenance``, as compact ASCII JSON with sorted keys."""
    body = {key: value for key, value in document.items() if key not in ("digest", "provenance")}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()


def load(data: bytes) -> Document:
    """Read the bytes of a file as JSON of the known format with a true digest.

    CertificateError: too large, not UTF-8, not JSON, numbers outside strings, duplicate keys, nesting too deep,
    another format, or a digest that does not match.
    """
    if len(data) > MAX_BYTES:
        raise CertificateError(f"{len(data)} bytes: a certificate has at most {MAX_BYTES}")
    bare: dict[str, Any] = dict.fromkeys(("parse_int", "parse_float", "parse_constant"), _refuse_number)
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, **bare)
        _limit_depth(document, MAX_DEPTH)
    except CertificateError:
        raise
    except RecursionError:
        raise CertificateError("nested too deeply to be a certificate") from None
    except UnicodeDecodeError:
        raise CertificateError("not UTF-8 text") from None
    except ValueError as error:
        raise CertificateError(f"not JSON: {error}") from None
    if not isinstance(document, dict):
        raise CertificateError("not a JSON object")
    if (found := document.get("format")) not in FORMATS:
        newer = "; it may be of a newer eftheory" if str(found).startswith(FORMAT.rstrip("1")) else ""
        raise CertificateError(f"{_said(document, 'format')}, expected {' or '.join(map(repr, FORMATS))}{newer}")
    if document.get("digest") != (expected := digest(document)):
        raise CertificateError(f"{_said(document, 'digest')}, not {expected!r}: changed after it was sealed")
    return document


def _said(document: Document, key: str) -> str:
    return f"{key} is {str(document[key])[:80]!a}" if key in document else f"{key} is missing"


def _unique(pairs: list[tuple[str, Any]]) -> Document:
    result: Document = {}
    for key, value in pairs:
        if key in result:
            raise CertificateError(f"key {key[:40]!a} occurs twice")
        result[key] = value
    return result


def _refuse_number(text: str) -> NoReturn:
    raise CertificateError(f'bare number {text[:40]}: numbers are written as strings, like "20/209"')


def _limit_depth(value: Any, allowed: int) -> None:
    if allowed < 0:
        raise CertificateError("nested too deeply to be a certificate")
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _limit_depth(child, allowed - 1)
