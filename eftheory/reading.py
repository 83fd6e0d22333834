"""Certificates from files. What is read is not trusted: reading is for convenience, and checking is the checker's."""

from __future__ import annotations

import os
from typing import TypeAlias

from eftheory import check
from eftheory.certificates import Certificate, codec
from eftheory.certificates.document import MAX_BYTES
from eftheory.check import Verdict

Source: TypeAlias = bytes | bytearray | memoryview | str | os.PathLike[str]
"""The bytes of a certificate, or the path of its file."""


def read_certificate(source: Source) -> Certificate:
    """The certificate in a file, by its path, or in the bytes of one.

    Raises:
        CertificateError: it is not exactly of the format; the message names the place.
        OSError: the file cannot be read.
    """
    return codec.read_certificate(read_bytes(source))


def check_bytes(source: Source) -> tuple[Verdict, ...]:
    """The verdicts on a certificate file, given by its bytes or its path: one for each bound, upper bound first.

    Raises:
        CertificateError: it is not a certificate.
        OSError: the file cannot be read.
    """
    return check.check_bytes(read_bytes(source))


def check_certificate(certificate: Certificate | Source) -> tuple[Verdict, ...]:
    """The verdicts on a certificate, or on what ``check_bytes`` takes; ValueError if it holds no evidence."""
    if isinstance(certificate, Certificate):
        return check.check_certificate(certificate)
    return check_bytes(certificate)


def read_bytes(source: Source) -> bytes:
    """The bytes, or those of the file at a path, no more of them than just too many for a certificate.

    Raises:
        OSError: the file cannot be read.
        TypeError: it is neither bytes nor a path.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"{source!r:.60}: give the path of a certificate file, or its bytes")
    with open(source, "rb") as file:
        return file.read(MAX_BYTES + 1)
