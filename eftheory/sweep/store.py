"""Where certificates are kept between runs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path


@dataclass(frozen=True)
class Store:
    """A folder of certificates, found by the digest of the claim they were made for: DIGEST/1.cert.json, 2, ...

    Files are only ever added. Nothing is believed because it is here: a run that is killed may leave a file cut short,
    which the checker refuses, and the next run adds a whole one beside it.
    """

    folder: Path

    def files(self, digest: str) -> list[Path]:
        """The certificates made for a claim, the oldest first."""
        return sorted((self.folder / digest).glob("*.cert.json"), key=lambda path: (len(path.name), path.name))

    def add(self, digest: str, data: bytes) -> None:
        """Keep a certificate of a claim, unless one with the same bytes is here."""
        if any(path.read_bytes() == data for path in self.files(digest)):
            return
        place = self.folder / digest
        place.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            with suppress(FileExistsError), (place / f"{number}.cert.json").open("xb") as file:
                file.write(data)
                return
