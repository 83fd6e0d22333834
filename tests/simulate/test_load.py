"""Data by path or name: what is read, however it is packed, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.simulate.libsvm import _parse, _parse_plain, read_sparse
from eftheory.simulate.load import BUNDLED, load_data

TEXT = "+1 1:0.5 3:2\n-1 2:1\n"
words = st.text(st.sampled_from("01239.:+-e# \t"), max_size=12)
good = st.lists(
    st.tuples(st.sampled_from(["1", "-1", "2.5"]), st.dictionaries(st.integers(1, 9), st.floats(-9, 9), max_size=4)),
    min_size=1,
    max_size=5,
)


@given(good)
def test_fast_and_slow_read_the_same(sparse: list[tuple[str, dict[int, float]]]) -> None:
    lines = [" ".join([label, *(f"{j}:{row[j]!r}" for j in sorted(row))]) for label, row in sparse]
    fast, slow = _parse_plain([line.encode() for line in lines]), _parse(lines, 10**6)
    assert fast is not None
    np.testing.assert_array_equal(fast[0].toarray(), slow[0].toarray())
    np.testing.assert_array_equal(fast[1], slow[1])


@given(st.lists(words, min_size=1, max_size=4))
def test_what_is_read_fast_is_read_slowly(lines: list[str]) -> None:
    """A line that the slow reader refuses is not taken by the fast one."""
    kept = [line for line in (line.partition("#")[0] for line in lines) if line.strip()]
    fast = _parse_plain([line.encode() for line in kept]) if kept else None
    try:
        slow = _parse(lines, 10**6)
    except ValueError:
        assert fast is None
    else:
        if fast is not None:
            np.testing.assert_array_equal(fast[0].toarray(), slow[0].toarray())


@pytest.mark.parametrize("pack", [bytes, bz2.compress, gzip.compress, lzma.compress])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        "# a comment\n\n" + TEXT + "\n  \n",
        TEXT.replace("\n", " # and more\n"),
        "\ufeff" + TEXT,
        TEXT.replace("1 ", "1\t "),
    ],
)
def test_libsvm(tmp_path: Path, pack: Callable[[bytes], bytes], text: str) -> None:
    (tmp_path / "data.txt").write_bytes(pack(text.encode()))
    rows, labels = read_sparse(tmp_path / "data.txt")
    assert rows.toarray().tolist() == [[0.5, 0, 2], [0, 1, 0]]
    assert labels.tolist() == [1, -1]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize(
    "text", ["1,2,-1\n3,4,1\n", "a;b;label\n1;2;-1\n3;4;1\n", "1\t2\t-1\r\n3\t4\t1\r\n", "# c\n1,2,-1\n3,4,1"]
)
def test_csv(tmp_path: Path, pack: Callable[[bytes], bytes], text: str) -> None:
    path = tmp_path / ("a.csv" if pack is bytes else "a.csv.gz")
    path.write_bytes(pack(text.encode()))
    data = load_data(str(path))
    assert data.rows.tolist() == [[1, 2], [3, 4]]
    assert data.targets.tolist() == [-1, 1]


def test_npz(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, X=np.eye(2, dtype=int), y=np.array([1, 2]))
    data = load_data(str(path))
    assert (data.rows.tolist(), data.targets.tolist()) == ([[1, 0], [0, 1]], [1, 2])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"X": np.eye(2)}, "expected arrays X and y; it has X"),
        ({"X": np.eye(2), "y": np.ones(3)}, r"X of shape \(2, 2\) and y of shape \(3,\)"),
        ({"X": np.eye(2) * np.nan, "y": np.ones(2)}, r"X\[0, 0\] is nan: not finite"),
        ({"X": np.array([["a"]]), "y": np.ones(1)}, "X and y must hold real numbers"),
        ({"X": np.array([[None]]), "y": np.ones(1)}, "not an npz file, or a damaged one"),
    ],
)
def test_npz_that_are_refused(tmp_path: Path, arrays: dict[str, np.ndarray], message: str) -> None:
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(ValueError, match=rf"a\.npz: {message}"):
        load_data(str(tmp_path / "a.npz"))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_sets(name: str) -> None:
    data = load_data(name)
    assert len(data.rows) == len(data.targets) > 100
    assert data.digest == load_data(name).digest


def test_two_data_sets_have_two_digests(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(TEXT)
    (tmp_path / "b").write_text(TEXT.replace("0.5", "0.25"))
    assert load_data(str(tmp_path / "a")).digest != load_data(str(tmp_path / "b")).digest
