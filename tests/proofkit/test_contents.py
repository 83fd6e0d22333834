import json

import pytest

from eftheory.proofkit.contents import read_contents


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
