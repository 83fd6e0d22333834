"""The page of the published grids: numbers are those of certificates, and what is missing is counted."""

from __future__ import annotations

import csv
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.studies.published import main, read_points
from eftheory.sweep import Store
from eftheory.sweep.grid import join, read_table
from eftheory.sweep.run import run_sweep

TABLE = {
    "method": "ef21",
    "step_size": "law",
    "engine": "center",
    "alpha": ["1/3", "3/4"],
    "memory": [0, 1],
    "agents": {"choose": 2, "type": "L={L},mu=1/10", "L": [1, 10]},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("published") / "store.db")
    list(run_sweep(join(read_table(TABLE)), store))
    return store


def test_bounds_are_in_order(store: Store) -> None:
    points, missing = read_points(store)
    assert (len(points), missing) == (6, [])
    for point in points:
        assert point.least <= min(point.memory, point.free)
        assert point.class_bound <= point.free <= point.law + (1 - point.law) / 10**6
        assert point.sure_loss <= point.loss
        if len(set(point.agents)) == 1:
            assert point.loss < Fraction(1, 10**8)
    differ = [point for point in points if len(set(point.agents)) > 1]
    assert all(point.sure_loss > Fraction(1, 10**7) for point in differ)


def test_the_page_the_table_and_the_archive(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(store.path), "--into", str(tmp_path)]) == 0
    assert "6 points proved, 0 not" in capsys.readouterr().out
    assert "## 2 agents: 6 points, 2 with agents that differ" in (tmp_path / "index.md").read_text()
    with (tmp_path / "points.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert all(Fraction(row["rate_lower"]) <= Fraction(row["free_upper"]) for row in rows)
    with zipfile.ZipFile(tmp_path / "worst.zip") as archive:
        for name in archive.namelist():
            assert all(verdict.proved for verdict in check_bytes(archive.read(name)))
        assert len(archive.namelist()) == 12


def test_a_point_without_memory_is_missing(store: Store, tmp_path: Path) -> None:
    part = Store(tmp_path / "part.db")
    for digest, row in store.rows().items():
        if row["said"]["memory"] == "0":
            part.record(digest, row)
    points, missing = read_points(part)
    assert points == []
    assert len(missing) == 6
