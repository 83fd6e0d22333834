"""Certificates are read from paths and from bytes alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import eftheory
from eftheory import CertificateError, check_bytes, check_certificate, read_certificate, write_certificate
from eftheory.certificates.document import MAX_BYTES
from eftheory.reading import read_bytes


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("certificates") / "gd.cert.json"
    eftheory.certify("gd", (1, 0.1), path=place)
    return place


@pytest.mark.parametrize("form", [str, Path, Path.read_bytes, lambda path: bytearray(path.read_bytes())])
def test_a_certificate_is_read_and_checked_in_any_form(path, form) -> None:
    certificate = read_certificate(form(path))
    assert write_certificate(certificate) == path.read_bytes()
    assert check_bytes(form(path)) == check_certificate(form(path)) == check_certificate(certificate)
    assert all(verdict.proved for verdict in check_certificate(certificate))


@pytest.mark.parametrize("ask", [read_certificate, check_bytes, check_certificate])
def test_what_is_no_certificate_is_refused_in_words(ask, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no\.cert\.json"):
        ask(tmp_path / "no.cert.json")
    with pytest.raises(CertificateError):
        ask(b"{}")
    with pytest.raises(TypeError, match="5: give the path of a certificate file, or its bytes"):
        ask(5)


def test_no_more_is_read_than_shows_that_a_file_is_too_large(tmp_path) -> None:
    place = tmp_path / "large.json"
    place.write_bytes(b" " * (MAX_BYTES + 10))
    assert len(read_bytes(place)) == MAX_BYTES + 1
    with pytest.raises(CertificateError, match=r"larger|long|bytes"):
        read_certificate(place)
