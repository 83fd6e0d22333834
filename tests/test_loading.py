"""Files that somebody names are read as they are now."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eftheory.loading import LoadingError, load_module, load_object


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of files that were loaded stay on the path, and others would find a ``mine`` there."""
    monkeypatch.setattr(sys, "path", list(sys.path))


def test_a_change_of_the_same_length_in_the_same_second_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "mine.py"
    for value in (1, 2, 3):
        path.write_text(f"VALUE = {value}\n", encoding="utf-8")
        assert value == load_module(str(path)).VALUE
    assert not (tmp_path / "__pycache__").exists()


def test_a_file_of_another_kind_is_no_missing_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.txt").touch()
    with pytest.raises(LoadingError, match=r"^mine.txt: neither a module nor a file of Python code, which ends in .py"):
        load_module("mine.txt")
    with pytest.raises(LoadingError, match="ModuleNotFoundError"):
        load_module("yours.txt")


def test_of_a_name_that_is_not_there_one_hears_what_the_file_makes_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "import math\nfrom fractions import Fraction\nhalf = Fraction(1, 2)\nclass Mine: ...\ndef f(x): ...\n"
    Path("of_my_own.py").write_text(text, encoding="utf-8")
    for place in ("of_my_own.py", "of_my_own"):
        with pytest.raises(LoadingError, match=r"has no 'Your'; it has: half, Mine, f$"):
            load_object(f"{place}:Your")
    with pytest.raises(LoadingError, match=r"it has: .*TopK|it has: .*Bernoulli"):
        load_object("eftheory.compressors:Your")
