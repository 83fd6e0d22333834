"""The rows of a store, for people, for other programs, and for the checker."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eftheory.bounds import Certification
from eftheory.bounds.written import SEVERAL
from eftheory.certificates import read_certificate
from eftheory.check import PROVED, REFUTED
from eftheory.check.checker import ContradictionError, check_bytes
from eftheory.numbers import decimal_down, decimal_up, digits_for, read_number
from eftheory.simulate.files import write_whole
from eftheory.sweep.item import Item
from eftheory.sweep.run import row_of
from eftheory.sweep.store import Store

COLUMNS = (
    "digest", "status", "method", "agents", "n_agents", "n_types", "alpha", "omega", "class", "step_size", "rate_upper",
    "rate_lower", "class_bound", "constant_lower", "constants", "seconds", "cpu_seconds", "asked", "reason",
)  # fmt: skip
BOUNDS = ("rate_upper", "rate_lower", "class_bound", "constant_lower", "constants")
SUFFIXES = (".csv", ".parquet", ".zip")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of files in an archive: the same claims make the same archive."""


def count_statuses(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How many claims ended in what."""
    return dict(sorted(Counter(row["status"] for row in rows.values()).items()))


def flat_rows(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows with the columns of a table, by what is asked; numbers are exact, as text."""
    for digest, row in sorted(rows.items(), key=lambda item: (_place(item[1]["said"]), item[0])):
        said = {name: "; ".join(value) if name in SEVERAL else value for name, value in row["said"].items()}
        asked = "; ".join(f"{name}={value}" for name, value in said.items() if name not in COLUMNS)
        found = {**said, **{name: value for name, value in row.items() if value is not None}}
        found["constants"] = "; ".join(f"{name}: {value}" for name, value in row.get("constants", {}).items())
        yield {name: {"digest": digest, "asked": asked, **found}.get(name, "") for name in COLUMNS}


def _place(said: Mapping[str, Any]) -> list[Any]:
    """Where a claim stands: by method and agents, then by the numbers that are asked."""
    numbers = [_number(str(said.get(name, ""))) for name in ("alpha", "omega", "step_size")]
    return [str(said["method"]), str(said["agents"]), *numbers, str(said)]


def _number(text: str) -> tuple[bool, Any]:
    try:
        return False, read_number(text)
    except ValueError:
        return True, text


def brief_rows(rows: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """The rows as people read them: rates rounded to the safe side, and the reason where nothing is proved."""
    return [
        (
            row["status"],
            str(row["method"]),
            str(row["agents"]),
            str(row["alpha"] or row["omega"]),
            _short(row["step_size"], up=False),
            _short(row["rate_upper"], up=True),
            _short(row["rate_lower"], up=False),
            "" if row["status"] == PROVED else str(row["reason"])[:90],
        )
        for row in flat_rows(rows)
    ]


BRIEF = ("status", "method", "agents", "alpha", "step size", "rate <=", "rate >=", "")


def _short(text: str, *, up: bool) -> str:
    failed, value = _number(text)
    if failed:  # a word, such as law, where nothing was found
        return text
    digits = digits_for(1 - value, 6) if value < 1 else 6
    rounded = decimal_up(value, digits) if up else decimal_down(value, digits)
    return text if len(text) <= len(rounded) else rounded


def export_rows(store: Store, path: Path) -> int:
    """Write all rows as CSV or Parquet, or all certificates as a zip archive; how many there are.

    Raises:
        ValueError: the suffix is none of these.
        ImportError: Parquet is asked for, and pyarrow is not installed.
    """
    if path.suffix not in SUFFIXES:
        raise ValueError(f"-o {str(path)!r}: name a file that ends in {', '.join(SUFFIXES)}")
    rows = store.rows()
    if path.suffix == ".zip":
        data, count = _archive(store, rows)
    else:
        table = list(flat_rows(rows))
        data, count = (_csv(table) if path.suffix == ".csv" else _parquet(table)), len(table)
    write_whole(path, lambda file: file.write(data))
    return count


def _csv(table: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def _parquet(table: list[dict[str, Any]]) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ImportError("Parquet needs pyarrow: pip install 'eftheory[sweep]'; or write .csv") from error
    sink = pyarrow.BufferOutputStream()
    columns = {name: [str(row[name]) for row in table] for name in COLUMNS}
    pyarrow.parquet.write_table(pyarrow.table(columns), sink)
    return bytes(sink.getvalue())


def _archive(store: Store, rows: Mapping[str, Any]) -> tuple[bytes, int]:
    """The newest certificate of each claim, in the order of their digests."""
    sink, count = io.BytesIO(), 0
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for digest in rows:
            for data in store.certificates(digest)[-1:]:
                archive.writestr(zipfile.ZipInfo(f"{digest}.cert.json", EPOCH), data, zipfile.ZIP_DEFLATED)
                count += 1
    return sink.getvalue(), count


def check_store(store: Store) -> Iterator[tuple[str, str]]:
    """What the checker says of each claim: its digest, and what is wrong, or "".

    Every certificate is checked again, and what its row says, and was asked, is held against it.
    """
    for digest, row in store.rows().items():
        if held := store.certificates(digest):
            yield digest, _compare(row, held[-1])
        else:
            claims = row["status"] in (PROVED, REFUTED) or any(row.get(name) for name in BOUNDS)
            yield digest, "no certificate" if claims else ""


def _compare(row: Mapping[str, Any], data: bytes) -> str:
    try:
        check_bytes(data)
        found = Certification.of(read_certificate(data))
        answered = Item(row["said"]).is_answered_by(found.setting)
    except (ValueError, ContradictionError) as error:
        return str(error)
    if refused := [kind for kind, verdict in found.verdicts.items() if not verdict.proved]:
        return f"{', '.join(refused)}: not accepted"
    told = row_of(found)
    names = (*BOUNDS, *(name for name in told if name not in (*BOUNDS, "reason")))
    wrong = [name for name in names if row.get(name) != told[name]]
    wrong += [] if answered else ["setting"]
    return f"the certificate says another {', '.join(wrong)} than the row" if wrong else ""
