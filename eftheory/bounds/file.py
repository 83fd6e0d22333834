"""Writing what was found, and checking what was written."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from eftheory.assumptions import AgentType
from eftheory.bounds.journal import Journal
from eftheory.certificates import Certificate, Upper
from eftheory.check import Verdict, check_bytes
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.methods import Template
from eftheory.writing import write_certificate

_log = logging.getLogger("eftheory")

MOST_VECTORS = 380
"""How many unknown vectors of types one step may have. With more, even the shortest numbers cost more than the budget
of a file: with four a type, as EF21 has, 64 types cost 0.3 of it, and cost grows with the third power."""


def write_what_fits(empty: Certificate, evidence: dict[str, Any], journal: Journal) -> tuple[Certificate, bytes | None]:
    """The certificate with all evidence that fits the format, and its file, written once if all fits."""
    certificate = replace(empty, **evidence)
    try:
        return certificate, write(certificate)
    except ValueError:
        certificate = _without_misfits(empty, evidence, journal)
        return certificate, write(certificate)


def _without_misfits(empty: Certificate, evidence: dict[str, Any], journal: Journal) -> Certificate:
    """The certificate with the evidence that fits the format; what does not becomes a note."""
    kept = {}
    for kind, found in evidence.items():
        try:
            if found is not None:
                write_certificate(replace(empty, **{kind: found}))
                kept[kind] = found
        except ValueError as error:
            journal.note(f"{kind}: the evidence found cannot be written: {error}")
    return replace(empty, **kept)


def is_too_long(setting: Setting, evidence: Upper) -> bool:
    """Whether the checker's budget is known not to suffice for an upper bound: one step has too many vectors.

    Those of the server, and deviations from the means of types, are products with few others and do not count.
    """
    one = replace(setting, agents=(AgentType(functions=setting.agents[0].functions, count=1),))
    symbols = take_step(one, Template.parse(evidence.template)).symbols
    return sum(symbol.endswith("[0]") for symbol in symbols) * len(setting.agents) > MOST_VECTORS


def settle(
    certificate: Certificate, data: bytes | None, path: Path | None, journal: Journal
) -> tuple[Certificate, bytes | None, dict[str, Verdict]]:
    """Check what was written and leave out evidence that fails: the certificate, its file and the verdicts on it."""
    with journal.timed("check"):
        verdicts = check(data)
        while any(not verdict.proved for verdict in verdicts.values()):  # one by one: together they may cost too much
            certificate = without_first_failure(certificate, verdicts, journal)
            data = write(certificate)
            verdicts = check(data)
        if data is not None and path is not None:
            verdicts = write_and_check(data, path)
    return certificate, data, verdicts


def write(certificate: Certificate) -> bytes | None:
    """The sealed file; None if there is no evidence."""
    return write_certificate(certificate) if certificate.upper or certificate.lower or certificate.drift else None


def check(data: bytes | None) -> dict[str, Verdict]:
    """The verdicts on a file, by kind of bound."""
    return {} if data is None else {verdict.claim.kind: verdict for verdict in check_bytes(data)}


def without_first_failure(certificate: Certificate, verdicts: dict[str, Verdict], journal: Journal) -> Certificate:
    """The certificate without the first evidence that does not hold, which becomes a note."""
    kind, verdict = next(each for each in verdicts.items() if not each[1].proved)
    journal.note(f"{kind}: the evidence found fails at: {verdict.failures[0].name}")
    _log.info("%s evidence rejected by the checker: %s", kind, verdict.failures)
    without: dict[str, Any] = {kind: None}
    return replace(certificate, **without)


def write_and_check(data: bytes, path: Path) -> dict[str, Verdict]:
    """Write beside the target, read back, check, and only then put the file in its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        verdicts = check(part.read_bytes())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return verdicts


def require_place(path: Path) -> Path:
    """The path; OSError if it cannot be written, before any work is done for it."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder; name a file", str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "is not a regular file; name one", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "its folder does not exist", str(path))
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "its folder is not writable", str(path))
    return path
