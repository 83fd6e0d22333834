"""The store: what is in it stays as it is, whoever writes, is killed, or has no room."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eftheory.sweep import Store


def contents(store: Store, *digests: str) -> list[list[bytes]]:
    return [store.certificates(digest) for digest in digests]


def test_certificates_are_found_by_the_digest_of_their_claim_the_oldest_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "not" / "there" / "yet.db")
    assert store.certificates("a") == []
    assert not store.path.parent.exists(), "reading makes nothing"
    for number in range(12):
        store.add("a", b"%d" % number)
    store.add("b", b"other")
    assert contents(store, "a", "b", "c") == [[b"%d" % number for number in range(12)], [b"other"], []]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    for data in (b"one", b"two", b"one", b"", b"two"):
        store.add("a", data)
    assert store.certificates("a") == [b"one", b"two", b""]


def test_of_rows_the_newest_stays(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    for digest, status in (("b", "failed"), ("a", "proved"), ("b", "inconclusive")):
        store.record(digest, {"status": status})
    assert store.rows() == {"a": {"status": "proved"}, "b": {"status": "inconclusive"}}


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda k: store.add(f"{k % 3}", b"%d" % k), range(60)))
        list(pool.map(lambda k: store.record(f"{k}", {"k": k}), range(60)))
    assert sorted(int(data) for found in contents(store, "0", "1", "2") for data in found) == list(range(60))
    assert len(store.rows()) == 60


@pytest.mark.parametrize("content", [b"no database", b"x" * 5000], ids=["short", "long"])
def test_another_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"notes\.txt: the store cannot be used: file is not a database"):
        Store(path).add("a", b"one")
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE mail (text TEXT)")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ValueError, match="another program's database"):
        Store(path).rows()
    assert path.read_bytes() == before


def test_a_certificate_that_is_damaged_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    store.add("a", b"one")
    database = sqlite3.connect(store.path)
    with database:
        database.execute("UPDATE certificates SET data = x'00'")
    database.close()
    with pytest.raises(ValueError, match="damaged"):
        store.certificates("a")


FULL = """
import resource, sys
from pathlib import Path
from eftheory.sweep import Store

store = Store(Path(sys.argv[1]))
store.add("a", b"small")
size = 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
import random
try:
    for number in range(100):
        store.add("b", random.Random(number).randbytes(10_000))
except ValueError as error:
    print(error)
    raise SystemExit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of resources are those of Unix")
def test_a_full_disk_is_one_message_and_what_was_there_stays(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    ended = subprocess.run([sys.executable, "-c", FULL, str(store.path)], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 7, ended.stderr
    assert "the store cannot be used" in ended.stdout
    assert store.certificates("a") == [b"small"]
    whole = store.certificates("b")
    assert all(len(data) == 10_000 for data in whole)
    store.add("c", b"room again")
    assert contents(store, "b", "c") == [whole, [b"room again"]]
