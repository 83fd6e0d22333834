"""Every file in proofs/ is a test."""

import json
import re
from pathlib import Path

import pytest

from eftheory.proofkit import check
from eftheory.proofkit.catalogue import in_order, lemmas, load, load_one, prove
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.lessons.lesson import as_text, tell

PROOFS = Path(__file__).resolve().parents[2] / "proofs"
THEOREMS = load(PROOFS)


@pytest.mark.parametrize("slug", THEOREMS)
def test_it_is_proved(slug):
    entry = prove(THEOREMS, [slug])[slug]
    assert entry.problem is None
    assert as_text(tell(entry.told)).rstrip().endswith("\nPROVED")


def test_they_use_each_other_in_no_circle():
    assert sorted(in_order(THEOREMS)) == sorted(THEOREMS)
    for theorem in THEOREMS.values():
        assert set(lemmas(theorem)) <= set(THEOREMS)


@pytest.mark.parametrize("slug", THEOREMS)
def test_the_file_prints_its_lesson(slug):
    source = (PROOFS / f"{slug}.py").read_text("utf-8")
    assert source.startswith("# %% [markdown]\n# # ")
    assert source.endswith('\n# %%\nif __name__ == "__main__":\n    theorem.print_lesson()\n')


def test_the_contents_list_each_theorem():
    assert "More" not in read_contents(PROOFS, THEOREMS)
    listed = json.loads((PROOFS / "contents.json").read_text("utf-8"))
    assert sorted(slug for part in listed.values() for slug in part) == sorted(THEOREMS)


def test_the_readme_s_example_is_proved_and_fails_as_it_says(tmp_path):
    text = (PROOFS / "README.md").read_text("utf-8")
    source = text.split("```python\n")[1].split("```")[0]
    path = tmp_path / "young.py"
    path.write_text(source, "utf-8")
    assert check(load_one(path)).problem is None
    path.write_text(source.replace("a - b / t", "a + b / t"), "utf-8")
    said = re.search(r"`(left over: [^`]*)`", text)
    assert check(load_one(path)).problem.endswith(said[1])
