"""Every broken compressor fails the checks that its defect is about, and no others."""

from __future__ import annotations

import pytest

import tests.testing.broken  # noqa: F401 -- fills the gallery
from eftheory.testing import check_compressor
from tests.testing.gallery import BROKEN, read_vector, refutes

OPTIONS = {"examples": 20, "samples": 2000}


@pytest.mark.parametrize("name", BROKEN)
def test_fails_what_it_should(name):
    entry = BROKEN[name]
    report = check_compressor(entry.make(), entry.claim, dims=entry.dims, on_fail="return", **OPTIONS)
    assert {result.name for result in report.failures} == set(entry.fails)
    for result in report.failures:
        assert entry.fails[result.name] in result.message
        if result.name == "nan":
            assert result.example is None
            continue
        v = read_vector(result.example)
        assert v.size in entry.dims
        compressor = entry.make()
        assert refutes(entry, compressor, v) if entry.shows is None else entry.shows(compressor, v)
