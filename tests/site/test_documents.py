"""Every document of the project is a page."""

import re
from pathlib import Path

import pytest

from eftheory.site.checkout import checkout
from eftheory.site.documents import ALL_PAGES, DOORS, HOW_TO, PLACES, RESULTS, TRUST, documents_pages, resolve

ROOT = Path(__file__).parents[2]


def test_each_document_is_on_the_site():
    found = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    found += [path for folder in ("docs", "eftheory", "proofs", "reports") for path in (ROOT / folder).rglob("*.md")]
    assert {str(path.relative_to(ROOT)) for path in found} <= {*PLACES}


def test_three_doors_come_first():
    assert list(HOW_TO)[:3] == ["docs/certify.md", "docs/compressors.md", "docs/proofs.md"]
    assert sorted(file for there in DOORS.values() for file in there) == sorted(HOW_TO)


def test_what_stands_in_for_navigation_is_left_out():
    for file in (*HOW_TO, *RESULTS, *TRUST):
        if file.startswith("docs/"):
            assert ALL_PAGES.search((ROOT / file).read_text("utf-8")), file
    for page in documents_pages():
        assert "all pages:" not in page.body


@pytest.mark.parametrize(
    ("file", "link", "there"),
    [
        ("docs/trust.md", "certify.md", "/docs/certify.html"),
        ("docs/trust.md", "../eftheory/certificates/FORMAT.md#digest", "/docs/format.html#digest"),
        ("docs/trust.md", "../eftheory/methods/ef21.py", None),
        ("docs/trust.md", "https://example.org", "https://example.org"),
        ("docs/trust.md", "../proofs/why_error_feedback/dcgd_diverges.py", "/proofs/dcgd_diverges.html"),
        ("docs/trust.md", "../proofs", "/proofs/index.html"),
        ("docs/trust.md", "../LICENSE", None),
        (
            "reports/certificates/index.md",
            "cgd-n1-kappa2-alpha1_2.cert.json",
            "/certificates/cgd-n1-kappa2-alpha1_2.html",
        ),
        ("reports/experiments/README.md", "dcgd-diverges.svg", "/assets/experiments/dcgd-diverges.svg"),
    ],
)
def test_a_link_of_a_document_leads_to_a_page(file, link, there):
    assert resolve(file, [], link) == there


def test_a_link_to_no_file_is_refused():
    with pytest.raises(ValueError, match=re.escape("docs/trust.md: gone.md leads to no file")):
        resolve("docs/trust.md", [], "gone.md")


def test_elsewhere_than_in_a_clone_the_files_are_those_beside_the_package(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert checkout() == ROOT
    monkeypatch.setattr("eftheory.__file__", str(tmp_path / "eftheory" / "__init__.py"))
    with pytest.raises(ValueError, match="call eftheory site in the folder of one"):
        checkout()
