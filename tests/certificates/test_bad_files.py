"""Every bad file is refused, or rejected for the very reason it is named after."""

import re
from pathlib import Path

import pytest

from eftheory.certificates import CertificateError
from eftheory.check import check_bytes
from eftheory.exact.budget import limited
from tests.certificates.bad_expensive import EXPENSIVE
from tests.certificates.make_bad import DEFECTS, FOLDER


def test_the_folder_holds_just_the_files_of_the_table():
    assert {path.stem for path in Path(FOLDER).glob("*")} == set(DEFECTS), "run python tests/certificates/make_bad.py"


QUICK = 10**8  # a budget of half a second: what is expensive is so at once, and no other file comes near


@pytest.mark.parametrize("name", DEFECTS)
def test_bad_file(name):
    with limited(QUICK):
        assert_rejected((FOLDER / f"{name}.json").read_bytes(), *DEFECTS[name][1:])


@pytest.mark.parametrize("name", DEFECTS)
def test_bad_file_made_from_the_certificates_of_today(name):
    with limited(QUICK):
        assert_rejected(DEFECTS[name].make(), *DEFECTS[name][1:])


@pytest.mark.slow(reason="up to a minute a file; a small budget is tried every time")
@pytest.mark.parametrize("name", EXPENSIVE)
def test_expensive_files_are_given_up_with_the_whole_budget(name):
    assert_rejected((FOLDER / f"{name}.json").read_bytes(), *DEFECTS[name][1:])


def assert_rejected(data: bytes, bound: str, expected: str) -> None:
    if bound == "reader":
        with pytest.raises(CertificateError, match=re.escape(expected)) as caught:
            check_bytes(data)
        assert len(str(caught.value)) < 400
        assert str(caught.value).isprintable()
        return
    (verdict,) = [verdict for verdict in check_bytes(data) if verdict.claim.kind == bound]
    assert not verdict.proved
    assert verdict.guarantee == ""
    assert expected in [failure.name for failure in verdict.failures]
