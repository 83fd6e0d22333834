"""``eftheory check ARCHIVE.zip``: the certificates in an archive, each as if it were a file."""

from __future__ import annotations

import json as json_format
import sys
import zipfile
import zlib
from collections.abc import Iterator

from eftheory.certificates.document import MAX_BYTES, CertificateError
from eftheory.check.checker import ContradictionError, check_bytes
from eftheory.pages.escape import printable

ACCEPTED, NOT_ACCEPTED = 0, 1
EVERY = 100
"""After how many certificates standard error hears of it."""


def check_archives(files: list[str], *, json: bool = False) -> int:
    """Check all certificates in archives: a line for each that is not accepted, and one for each archive.

    Returns:
        0 if there is a certificate in each, and all are accepted; else 1.

    Raises:
        ValueError: a file is no archive.
    """
    if plain := [file for file in files if not file.endswith(".zip")]:
        raise ValueError(f"{plain[0]}: beside an archive; check certificates in a call of their own")
    told = []
    for file in files:
        count, wrong = 0, dict[str, str]()
        for name, trouble in _check_all(file):
            count += 1
            wrong |= {name: trouble} if trouble else {}
            if count % EVERY == 0:
                print(f"eftheory: {printable(file)}: {count} checked", file=sys.stderr, flush=True)
        told.append({"archive": file, "certificates": count, "not_accepted": wrong})
        if not json:
            for name, trouble in wrong.items():
                print(f"{printable(file)}: {printable(name)}: {printable(trouble)}")
            print(f"{printable(file)}: {count - len(wrong)} of {count} certificates accepted")
    if json:
        print(json_format.dumps(told, indent=1))
    return ACCEPTED if all(each["certificates"] and not each["not_accepted"] for each in told) else NOT_ACCEPTED


def _check_all(file: str) -> Iterator[tuple[str, str]]:
    """The name of each file in an archive, and what is wrong with it as a certificate, or ""."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    with archive.open(entry) as opened:  # no more is unpacked, whatever the entry says of itself
                        yield entry.filename, _check(opened.read(MAX_BYTES + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"{file}: the archive cannot be read: {error}") from None


def _check(data: bytes) -> str:
    try:
        verdicts = check_bytes(data)
    except (CertificateError, ContradictionError) as error:
        return str(error)
    return ", ".join(f"{verdict.claim.kind} {verdict.status}" for verdict in verdicts if not verdict.proved)
