"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from eftheory.simulate.files import read_arrays, write_arrays, write_whole


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.npz"
    write_arrays(path, {"x": [1, 2]})

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        write_arrays(path, {"x": [3]})
    assert caught.value.filename == str(path)
    assert read_arrays(path)["x"].tolist() == [1, 2]
    assert [each.name for each in tmp_path.iterdir()] == ["a.npz"]


def test_what_fails_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    def write(file: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", write)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        write_arrays(tmp_path / "no" / "a.npz", {})
    assert caught.value.filename == str(tmp_path / "no" / "a.npz")
