"""Every work cited in a docstring is in references.bib, once and completely."""

import re
from pathlib import Path

import pytest

import eftheory

PACKAGE = Path(eftheory.__file__).parent
ENTRIES = re.findall(r"^@(\w+)\{([^,\s]+),(.*?)^\}", (PACKAGE / "references.bib").read_text("utf-8"), re.M | re.S)
CITED = sorted(
    {
        (key, str(path.relative_to(PACKAGE)))
        for path in PACKAGE.rglob("*.py")
        for key in re.findall(r"\[([A-Za-z]+[12][0-9]{3}[a-z]?)\]", path.read_text("utf-8"))
    }
)


def test_something_is_cited() -> None:
    assert len({key for key, _ in CITED}) >= 9


@pytest.mark.parametrize(("key", "path"), CITED)
def test_cited_works_are_listed(key: str, path: str) -> None:
    assert key in [name for _, name, _ in ENTRIES]


def test_keys_are_unique() -> None:
    keys = [name for _, name, _ in ENTRIES]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(("kind", "key", "body"), ENTRIES, ids=[name for _, name, _ in ENTRIES])
def test_entries_are_complete(kind: str, key: str, body: str) -> None:
    fields = dict(re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},$", body, re.M))
    assert {"author", "title", "year"} <= set(fields)
    needed = {"article": "journal", "inproceedings": "booktitle", "misc": "eprint"}
    assert needed[kind] in fields
    assert body.count("{") == body.count("}")
