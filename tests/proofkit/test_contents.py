import json

import pytest

from eftheory.proofkit.catalogue import load_one, load_with_lemmas, prove
from eftheory.proofkit.contents import files_in, library_of, read_contents


def test_parts_are_in_reading_order_and_what_is_not_listed_follows(tmp_path):
    (tmp_path / "contents.json").write_text(json.dumps({"First": ["b", "a"], "Second": ["c"]}), "utf-8")
    assert read_contents(tmp_path, ["a", "b", "d"]) == {"First": ["b", "a"], "More": ["d"]}


def test_a_folder_without_contents_has_one_part(tmp_path):
    assert read_contents(tmp_path, ["a"]) == {"More": ["a"]}


@pytest.mark.parametrize("listed", [["a"], {"First": ["a", "a"]}, {"First": [1]}, "a"])
def test_contents_are_lists_of_names(tmp_path, listed):
    (tmp_path / "contents.json").write_text(json.dumps(listed), "utf-8")
    with pytest.raises(ValueError, match="each listed once"):
        read_contents(tmp_path, ["a"])


def test_folders_are_parts_only_where_there_are_contents(tmp_path):
    (tmp_path / "part" / "deeper").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    here, there = tmp_path / "here.py", tmp_path / "part" / "there.py"
    for path in (here, there, tmp_path / "part/_shared.py", tmp_path / "part/deeper/far.py", tmp_path / ".hidden/x.py"):
        path.touch()
    assert files_in(tmp_path) == {"here": here}
    assert library_of(there) == tmp_path / "part"
    (tmp_path / "contents.json").write_text("{}", "utf-8")
    assert files_in(tmp_path) == {"here": here, "there": there}
    assert library_of(there) == library_of(here) == tmp_path


def test_a_name_is_that_of_one_file(tmp_path):
    (tmp_path / "contents.json").write_text("{}", "utf-8")
    (tmp_path / "part").mkdir()
    for path in (tmp_path / "mine.py", tmp_path / "part" / "mine.py"):
        path.touch()
    with pytest.raises(ValueError, match="two theorems have one name; rename"):
        files_in(tmp_path)


def test_lemmas_of_other_parts_are_found(tmp_path):
    text = 'from eftheory.proofkit import Theorem\ntheorem = Theorem("{0}", "t")\nx = theorem.parameter("x", above=0)\n'
    (tmp_path / "contents.json").write_text('{"A part": ["first"], "Another": ["second"]}', "utf-8")
    for folder, slug, reason in (
        ("a_part", "first", "positive('a', theorem.claim(0 < x))"),
        ("another", "second", "lemma('a', theorem.claim(0 < x + 1), 'first', values={'x': x + 1})"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{slug}.py").write_text(f"{text.format(slug)}theorem.qed(theorem.{reason})\n", "utf-8")
    path = tmp_path / "another" / "second.py"
    library = load_with_lemmas(load_one(path), library_of(path))
    assert sorted(library) == ["first", "second"]
    assert prove(library, ["second"])["second"].problem is None


def test_lessons_and_exercises_are_no_theorems(tmp_path):
    (tmp_path / "contents.json").write_text("{}", "utf-8")
    for name in ("part", "course", "exercises"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"of_{name}.py").touch()
    assert [*files_in(tmp_path)] == ["of_part"]
