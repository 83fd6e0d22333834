"""The store: what is in it stays as it is."""

from pathlib import Path

from eftheory.sweep import Store


def contents(store: Store) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}


def test_files_are_found_by_the_digest_of_their_claim_the_oldest_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "not" / "there" / "yet")
    assert store.files("a") == []
    for number in range(12):
        store.add("a", b"%d" % number)
    store.add("b", b"other")
    assert [path.read_bytes() for path in store.files("a")] == [b"%d" % number for number in range(12)]
    assert [path.read_bytes() for path in store.files("b")] == [b"other"]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for data in (b"one", b"two", b"one", b"two"):
        store.add("a", data)
    assert len(store.files("a")) == 2


def test_nothing_is_lost_or_changed_whatever_comes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "2.cert.json").write_bytes(b"by hand")
    (tmp_path / "a" / "mine.cert.json").write_bytes(b"by hand too")
    for data in (b"one", b"", b"two", b"one"):
        before = contents(store)
        store.add("a", data)
        assert contents(store).items() >= before.items()
    assert {path.read_bytes() for path in store.files("a")} == {b"by hand", b"by hand too", b"one", b"", b"two"}
