"""Where what was found is kept between runs: one SQLite file, which many may write at the same time."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds that a writer waits for the others."""

_OURS = 0x65667468
"""What SQLite calls the id of the application: "efth"."""

_TABLES = (
    "CREATE TABLE certificates (digest TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY (digest, number)) WITHOUT ROWID",
    "CREATE TABLE rows (digest TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID",
    f"PRAGMA application_id = {_OURS}",
)


@dataclass(frozen=True)
class Store:
    """Certificates and rows, found by the digest of the claim that they were made for.

    Certificates are only ever added, compressed; of a claim's rows the newest stays. Each is written whole or not at
    all, whoever else writes, is killed, or has no room left. Nothing is believed because it is here: the checker
    decides what a certificate proves.

    Args:
        path: of the file; it is made when something is added.
    """

    path: Path

    def certificates(self, digest: str) -> list[bytes]:
        """The certificates made for a claim, the oldest first.

        Raises:
            ValueError: one is damaged, or the file is no store.
        """
        found = self._read("SELECT data FROM certificates WHERE digest = ? ORDER BY number", digest)
        return [self._expand(data) for (data,) in found]

    def add(self, digest: str, data: bytes) -> None:
        """Keep a certificate of a claim, unless one with the same bytes is here."""
        with self._writing() as database:
            held = database.execute("SELECT data FROM certificates WHERE digest = ?", (digest,)).fetchall()
            if data not in [self._expand(each) for (each,) in held]:
                entry = (digest, len(held) + 1, zlib.compress(data, 9))
                database.execute("INSERT INTO certificates VALUES (?, ?, ?)", entry)

    def record(self, digest: str, row: Mapping[str, Any]) -> None:
        """Keep what became of a claim, in place of what was kept before."""
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO rows VALUES (?, ?)", (digest, json.dumps(row, sort_keys=True)))

    def rows(self) -> dict[str, dict[str, Any]]:
        """What became of all claims, by their digests, in the order of these."""
        found = self._read("SELECT digest, said FROM rows ORDER BY digest")
        return {digest: json.loads(said) for digest, said in found}

    def _expand(self, data: bytes) -> bytes:
        try:
            return zlib.decompress(data)
        except zlib.error as error:
            raise ValueError(f"{self.path}: a certificate in this store is damaged: {error}") from None

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        with self._open() as database:
            return database.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer comes between."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            yield database
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as database:
                self._prepare(database)
                yield database
        except sqlite3.Error as error:
            raise ValueError(f"{self.path}: the store cannot be used: {error}") from None

    def _prepare(self, database: sqlite3.Connection) -> None:
        """Make a new file a store; another program's file is left as it is."""
        if database.execute("PRAGMA application_id").fetchone() == (_OURS,):
            return
        database.execute("BEGIN IMMEDIATE")  # what follows is seen by nobody else, and another may have been first
        if database.execute("PRAGMA application_id").fetchone() != (_OURS,):
            if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                what = "the file is another program's database; name a store of eftheory, or none"
                raise ValueError(f"{self.path}: {what}")
            for statement in _TABLES:
                database.execute(statement)
        database.execute("COMMIT")
        with suppress(sqlite3.OperationalError):  # others read it already: it is a store without, too, but a slower one
            database.execute("PRAGMA journal_mode = WAL")
