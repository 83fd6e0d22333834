"""Every file in proofs/ is a test."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from eftheory.proofkit import check
from eftheory.proofkit.catalogue import find_proof, in_order, lemmas, load, load_one, prove
from eftheory.proofkit.contents import folder_of, read_contents
from eftheory.proofkit.kernel.reader import parse, read_theorem
from eftheory.proofkit.lessons.lesson import as_text, tell
from eftheory.proofkit.models.recorded import recorded
from eftheory.proofkit.models.seek import find
from eftheory.proofkit.writer import as_text as as_json
from eftheory.proofkit.writer import write_theorem

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
def test_plain_data_say_all_of_it(slug):
    data = write_theorem(THEOREMS[slug])
    again = read_theorem(parse(as_json(data).encode()))
    assert write_theorem(again) == data
    for part in ("parameters", "conclusions", "last"):
        assert getattr(again, part) == getattr(THEOREMS[slug], part)
    for part in ("givens", "steps"):  # words beside a step are told, and no part of what is decided
        assert getattr(again, part) == [replace(step, prose="") for step in getattr(THEOREMS[slug], part)]


@pytest.mark.parametrize("slug", THEOREMS)
def test_an_example_is_recorded_and_holds(slug):
    """If not, eftheory prove SLUG --examples finds one; else the file says why there is none."""
    theorem = THEOREMS[slug]
    assert recorded(theorem) is not None or theorem.setting["why_none"]


@pytest.mark.slow  # minutes: the search for each example is made again
@pytest.mark.parametrize("slug", THEOREMS)
def test_what_is_recorded_is_what_is_found(slug):
    kept = recorded(THEOREMS[slug])
    if kept is not None:
        found = find(replace(THEOREMS[slug], recorded=None))
        assert found.world == kept.world


@pytest.mark.parametrize("slug", THEOREMS)
def test_the_file_prints_its_lesson(slug):
    source = find_proof(slug, PROOFS).read_text("utf-8")
    assert source.startswith("# %% [markdown]\n# # ")
    assert source.endswith('\n# %%\nif __name__ == "__main__":\n    theorem.print_lesson()\n')


def test_the_contents_list_each_theorem():
    assert "More" not in read_contents(PROOFS, THEOREMS)
    listed = json.loads((PROOFS / "contents.json").read_text("utf-8"))
    assert sorted(slug for part in listed.values() for slug in part) == sorted(THEOREMS)


def test_each_lies_in_the_folder_of_its_part():
    for title, slugs in read_contents(PROOFS, THEOREMS).items():
        assert {find_proof(slug, PROOFS).parent for slug in slugs} == {PROOFS / folder_of(title)}


def test_the_readme_s_example_is_proved_and_fails_as_it_says(tmp_path):
    text = (PROOFS / "README.md").read_text("utf-8")
    source = text.split("```python\n")[1].split("```")[0]
    path = tmp_path / "young.py"
    path.write_text(source, "utf-8")
    assert check(load_one(path)).problem is None
    path.write_text(source.replace("a - b / t", "a + b / t"), "utf-8")
    said = re.search(r"`(left over: [^`]*)`", text)
    assert check(load_one(path)).problem.endswith(said[1])
