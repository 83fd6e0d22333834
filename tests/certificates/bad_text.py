"""Defects of the text itself, which no change of JSON data can produce: name -> (bytes, reader's message)."""

from __future__ import annotations

import json
from collections.abc import Callable

from eftheory.writing import write_certificate
from tests.kit.examples import example


def valid() -> bytes:
    return write_certificate(example("gd"))


def replaced(old: str, new: str) -> Callable[[], bytes]:
    """The valid text with its one occurrence of ``old`` replaced, not sealed again."""

    def make() -> bytes:
        content = valid().decode()
        if content.count(old) != 1:
            raise ValueError(f"{old!r} occurs {content.count(old)} times")
        return content.replace(old, new).encode()

    return make


def without_digest() -> bytes:
    content = json.loads(valid())
    del content["digest"]
    return json.dumps(content).encode()


def shouted_digest() -> bytes:
    content = json.loads(valid())
    return json.dumps({**content, "digest": content["digest"].upper()}).encode()


TEXTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "digest_mismatch": (replaced('"L": "27"', '"L": "28"'), "changed after it was sealed"),
    "digest_missing": (without_digest, "digest is missing"),
    "digest_in_capitals": (shouted_digest, "changed after it was sealed"),
    "duplicate_key": (
        replaced('"format"', '"format": "eftheory-certificate/1", "format"'),
        "key 'format' occurs twice",
    ),
    "duplicate_key_rate": (replaced('"C": "1"', '"rate": "0", "C": "1"'), "key 'rate' occurs twice"),
    "duplicate_key_escaped": (replaced('"mu": "13"', '"mu": "13", "\\u006du": "0"'), "key 'mu' occurs twice"),
    "bare_number": (replaced('"C": "1"', '"C": 1'), "bare number 1: numbers are written as strings"),
    "bare_float": (replaced('"C": "1"', '"C": 1.0'), "bare number 1.0"),
    "bare_exponent": (replaced('"C": "1"', '"C": 1e0'), "bare number 1e0"),
    "bare_number_of_5000_digits": (replaced('"C": "1"', f'"C": {"7" * 5000}'), "bare number 7777"),
    "nan": (replaced('"C": "1"', '"C": NaN'), "bare number NaN"),
    "infinity": (replaced('"C": "1"', '"C": -Infinity'), "bare number -Infinity"),
    "truncated": (lambda: valid()[: len(valid()) // 2], "not JSON"),
    "trailing_text": (lambda: valid() + b"x", "not JSON"),
    "two_documents": (lambda: valid() + valid(), "not JSON"),
    "trailing_comma": (replaced('"C": "1"', '"C": "1",,'), "not JSON"),
    "comment": (replaced('"C": "1"', '/* */ "C": "1"'), "not JSON"),
    "single_quotes": (lambda: valid().replace(b'"', b"'"), "not JSON"),
    "empty": (lambda: b"", "not JSON"),
    "null": (lambda: b"null", "not a JSON object"),
    "list": (lambda: b"[" + valid() + b"]", "not a JSON object"),
    "string": (lambda: json.dumps(valid().decode()).encode(), "not a JSON object"),
    "not_utf8": (lambda: valid().replace(b'"C"', b'"\xff"'), "not UTF-8"),
    "utf16": (lambda: valid().decode().encode("utf-16"), "not UTF-8"),
    "byte_order_mark": (lambda: b"\xef\xbb\xbf" + valid(), "not JSON"),
    "control_character": (replaced('"C": "1"', '"C": "1\n"'), "not JSON"),
    "null_bytes": (lambda: b"\x00" * 100, "not JSON"),
    "nested_deeply": (lambda: b"[" * 5000 + b"]" * 5000, "nested too deeply"),
    "nested_objects": (lambda: b'{"a":' * 40 + b'"1"' + b"}" * 40, "nested too deeply"),
}
