"""The LibSVM reader takes what is well formed and says what is not."""

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

from eftheory.simulate.data import split, standardise
from eftheory.simulate.libsvm import parse_libsvm, read_libsvm

values = st.floats(allow_nan=False, allow_infinity=False).filter(bool)
rows = st.dictionaries(st.integers(1, 30), values, max_size=6)


@given(st.lists(rows, min_size=2, max_size=6), st.sampled_from([(0, 1), (-1, 1), (1, 2)]))
def test_what_is_written_is_read(sparse: list[dict[int, float]], labels: tuple[int, int]) -> None:
    lines = [
        " ".join([str(labels[i % 2]), *(f"{column}:{value!r}" for column, value in sorted(row.items()))])
        for i, row in enumerate(sparse)
    ]
    X, y = parse_libsvm(lines)
    assert y.tolist() == [(-1.0, 1.0)[i % 2] for i in range(len(sparse))]
    for i, row in enumerate(sparse):
        assert {j + 1: X[i, j] for j in np.flatnonzero(X[i])} == row


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x 1:2", "line 2: label 'x' is not a number"),
        ("nan 1:2", "line 2: label 'nan' is not finite"),
        ("1 1:", "line 2: value of index 1 '' is not a number"),
        ("1 1:inf", "line 2: value of index 1 'inf' is not finite"),
        ("1 1", "line 2: '1' is not index:value"),
        ("1 a:1", "line 2: 'a:1' is not index:value"),
        ("1 -1:1", "line 2: '-1:1' is not index:value"),
        ("1 ²:1", "is not index:value"),
        ("1 0:1", "line 2: index 0: indices count from 1"),
        ("1 2:1 2:1", "line 2: index 2 after 2"),
        ("1 3:1 2:1", "line 2: index 2 after 3"),
        ("1 999999999999:1", "line 2: index 999999999999 is too large"),
        ("1 1355191:1", "line 2: index 1355191 is too large: rows are stored in full"),
        ("1 99999999990000000001:1", "index 99999999990000000001 is too large"),
        ("1 1:1_0", "line 2: value of index 1 '1_0' is not a number"),
        ("1_0 1:1", "line 2: label '1_0' is not a number"),
        ("1 1:٣", "line 2: value of index 1 '٣' is not a number"),
        ("1 1:0x1p3", "'0x1p3' is not a number"),
        ("1 1:1e999", "line 2: value of index 1 '1e999' is too large for a float"),
        ("1 1:-infinity", "is not finite"),
        ("1 1:" + "9" * 50 + "x", "'9{40}\\.\\.\\.' is not a number"),
        ("0 1:1", "1 different labels"),
    ],
)
def test_malformed_lines(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_libsvm(["0 1:1", line])


def test_three_labels_are_too_many() -> None:
    with pytest.raises(ValueError, match="3 different labels"):
        parse_libsvm(["0", "1", "2"])


def test_files_plain_and_compressed(tmp_path: Path) -> None:
    text = "# made up\n+1 1:0.5\n\n-1 2:3 # and a comment\n"
    plain, packed, broken = tmp_path / "a.libsvm", tmp_path / "a.libsvm.bz2", tmp_path / "broken.bz2"
    plain.write_text(text)
    packed.write_bytes(bz2.compress(text.encode()))
    broken.write_bytes(bz2.compress(text.encode())[:-8])
    for file in (plain, packed):
        X, y = read_libsvm(file)
        assert X.tolist() == [[0.5, 0], [0, 3]]
        assert y.tolist() == [1, -1]
    plain.write_text("1 x\n")
    with pytest.raises(ValueError, match=r"a\.libsvm: line 1"):
        read_libsvm(plain)
    with pytest.raises(ValueError, match=r"broken\.bz2"):
        read_libsvm(broken)
    plain.write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match=r"a\.libsvm: line 1: the text is UTF-16"):
        read_libsvm(plain)


def test_zeros_before_an_index_count_for_nothing() -> None:
    assert parse_libsvm(["0 00000000000000000003:1", "1"])[0].tolist() == [[0, 0, 1], [0, 0, 0]]


@pytest.mark.parametrize("pack", [bytes, bz2.compress, gzip.compress, lzma.compress])
@pytest.mark.parametrize("name", ["data", "data.bz2", "data.BZ2", "data.gz", "data.xz", "data.txt"])
def test_what_a_file_is_its_content_says(tmp_path: Path, pack: Callable[[bytes], bytes], name: str) -> None:
    file = tmp_path / name
    file.write_bytes(pack(b"+1 1:.5\r\n-1 2:3.\r\n"))
    assert read_libsvm(file)[0].tolist() == [[0.5, 0], [0, 3]]


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, lzma.compress])
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:20] + b"????" + data[24:]])
def test_damaged_archives(tmp_path: Path, pack: Callable[[bytes], bytes], damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "data"
    file.write_bytes(damage(pack(b"+1 1:.5\n-1 2:3.\n")))
    with pytest.raises(ValueError, match="data: the compressed file is damaged"):
        read_libsvm(file)


def test_encodings(tmp_path: Path) -> None:
    file = tmp_path / "data"
    for encoding in ("utf-8", "utf-8-sig", "latin-1"):
        file.write_bytes("+1 1:1 # été\n-1 1:2\n".encode(encoding))
        assert read_libsvm(file)[0].tolist() == [[1], [2]]
    file.write_bytes("+1 1:1\n-1 1:é\n".encode())
    with pytest.raises(ValueError, match=r"data: line 2: '-1 1:é.*' is not ASCII text"):
        read_libsvm(file)
    with pytest.raises(FileNotFoundError):
        read_libsvm(tmp_path / "nothing")


@given(st.integers(2, 60).flatmap(lambda N: st.tuples(st.just(N), st.integers(1, N // 2))))
def test_splitting_loses_nothing(case: tuple[int, int]) -> None:
    N, n = case
    X = np.arange(float(N))[:, None]
    shards = split(X, X[:, 0], n)
    assert len(shards) == n
    assert min(len(y) for _, y in shards) >= 1
    assert (np.concatenate([y for _, y in shards]) == X[:, 0]).all()


def test_too_many_agents() -> None:
    with pytest.raises(ValueError, match="2 agents for 3 rows"):
        split(np.zeros((3, 1)), np.zeros(3), 2)


def test_standardised_data_lie_on_the_grid() -> None:
    X = standardise(np.random.default_rng(0).lognormal(size=(50, 3)))
    assert (np.rint(X * 1024) == X * 1024).all()
    assert abs(X.mean(axis=0)).max() < 1e-3
    assert abs(X.std(axis=0) - 1).max() < 1e-3
