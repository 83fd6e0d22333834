"""The pytest plugin: files named ``*.cert.json`` are tests, one for each bound they hold.

A bound passes when the exact checker proves it. pytest loads this module in every environment that
has eftheory, so it imports nothing else before a certificate is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

PATTERN = "*.cert.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of certificates and compressors."""
    group = parser.getgroup("eftheory", "certificates of convergence rates")
    group.addoption("--no-certificates", action="store_true", help="do not collect certificates")
    group.addoption(
        "--certificate-gap",
        metavar="SHARE",
        help="a certificate also fails if its bounds are further apart than this share of 1 - rate, or one is missing",
    )
    parser.addini(
        "certificate_files", f"pattern of the files that are certificates (default {PATTERN})", default=PATTERN
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Certificates are collected where pytest looks for tests."""
    config = parent.config
    if config.getoption("--no-certificates") or not fnmatch(file_path.name, config.getini("certificate_files")):
        return None
    return CertificateFile.from_parent(parent, path=file_path)


class CertificateFile(pytest.File):
    """A certificate; its bounds are its tests."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each bound, one for the gap if it is limited; one that fails if the file cannot be read."""
        from eftheory.certificates import CertificateError
        from eftheory.reading import check_bytes

        try:
            verdicts = check_bytes(self.path)
        except CertificateError as error:
            yield CertificateItem.from_parent(self, name="file", problem=str(error))
            return
        for verdict in verdicts:
            yield CertificateItem.from_parent(self, name=verdict.claim.kind, problem=_problem(verdict))
        gap = self.config.getoption("--certificate-gap")
        if gap is not None:
            yield CertificateItem.from_parent(self, name="gap", problem=self._gap(gap))

    def _gap(self, limit: str) -> str | None:
        from eftheory.numbers import read_number
        from eftheory.reading import read_certificate

        certificate = read_certificate(self.path)
        upper, lower = certificate.upper, certificate.lower
        if upper is None or lower is None:
            return f"there is no {'upper' if upper is None else 'lower'} bound"
        gap = upper.rate - lower.rate
        allowed = read_number(limit) * (1 - upper.rate)
        return None if gap <= allowed else f"the bounds differ by {float(gap / (1 - upper.rate)):.3g} of 1 - rate"


class CertificateItem(pytest.Item):
    """One bound of a certificate.

    Args:
        problem: what is wrong with it, or None.
    """

    def __init__(self, *, problem: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.problem = problem

    def runtest(self) -> None:
        """Fails if the bound is not proved."""
        if self.problem is not None:
            raise NotProved(self.problem)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The obligations that are not met, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, NotProved) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The file of the certificate, and the name of the bound."""
        return self.path, None, f"{self.path.name}: {self.name}"


class NotProved(Exception):  # noqa: N818 -- it reads as what happened
    """A bound of a certificate is not proved."""


def _problem(verdict: Any) -> str | None:
    if verdict.proved:
        return None
    failed = [f"  {obligation.name}: {obligation.found}" for obligation in verdict.failures]
    return "\n".join([f"{verdict.claim.kind} bound {verdict.status}; not met:", *failed])
