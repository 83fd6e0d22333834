"""Sweeps: what is known is not computed, each result is kept at once, and certificates do not depend on who works."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.sweep import Item, Store, in_process, processes
from eftheory.sweep import run as module
from eftheory.sweep.executors import on_dask
from eftheory.sweep.grid import join, read_table
from eftheory.sweep.run import FAILED, run_sweep, settle_item
from eftheory.sweep.table import check_store, export_rows

ROOT = Path(__file__).parents[2]
TABLE = {"method": ["ef", "ef21"], "agents": "L=1,mu=1/10,count=3", "alpha": ["1/4", "1/2", "2"], "step_size": "law"}
"""Two claims of six cannot be asked: alpha is at most 1."""


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    return join(read_table(TABLE))


@pytest.fixture(scope="module")
def serial(items, tmp_path_factory) -> Store:
    store = Store(tmp_path_factory.mktemp("serial") / "store.db")
    list(run_sweep(items, store))
    return store


def held(items, store: Store) -> dict[str, list[bytes]]:
    return {item.digest: store.certificates(item.digest) for item in items}


def timeless(store: Store) -> dict[str, dict]:
    return {key: {**row, "seconds": None, "cpu_seconds": None} for key, row in store.rows().items()}


def test_all_claims_have_a_row_and_the_proved_ones_a_certificate(items, serial) -> None:
    rows = serial.rows()
    assert {item.digest for item in items} == set(rows)
    for item in items:
        row, data = rows[item.digest], serial.certificates(item.digest)
        if item.said["alpha"] == "2":
            assert (row["status"], data) == (FAILED, [])
            assert "alpha=2: alpha must lie in (0, 1]" in row["reason"]
        else:
            assert row["status"] == "proved"
            assert {str(v.claim.rate) for v in check_bytes(data[0])} >= {row["rate_upper"], row["rate_lower"]}


def test_what_is_known_is_not_computed_again(items, serial, monkeypatch) -> None:
    monkeypatch.setattr(module, "settle_item", lambda item: pytest.fail(f"{item} is computed"))
    again = list(run_sweep(items, serial))
    assert [known for _, _, known in again] == [True] * len(items)
    assert [item for item, _, _ in again] == list(items)


def test_it_is_computed_again_where_that_is_asked(items, serial, tmp_path) -> None:
    store = Store(tmp_path / "store.db")
    for _ in range(2):
        assert [known for *_, known in run_sweep(items[:1], store, again=True)] == [False]
    assert store.certificates(items[0].digest) == serial.certificates(items[0].digest)


def test_processes_find_the_same_bytes(items, serial, tmp_path) -> None:
    store = Store(tmp_path / "store.db")
    list(run_sweep(items, store, execute=processes(2)))
    assert held(items, store) == held(items, serial)
    assert timeless(store) == timeless(serial)


@pytest.mark.thorough
def test_a_dask_cluster_finds_the_same_bytes(items, serial, tmp_path, monkeypatch) -> None:
    distributed = pytest.importorskip("dask.distributed", reason="dask is not installed: pip install 'eftheory[sweep]'")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    store = Store(tmp_path / "store.db")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        list(run_sweep(items, store, execute=on_dask(cluster.scheduler_address)))
    assert held(items, store) == held(items, serial)
    assert timeless(store) == timeless(serial)


@pytest.mark.thorough
def test_where_no_scheduler_answers_it_says_so(items) -> None:
    pytest.importorskip("dask.distributed", reason="dask is not installed: pip install 'eftheory[sweep]'")
    with pytest.raises(ValueError, match="no scheduler answers"):
        list(on_dask("tcp://127.0.0.1:9")(settle_item, items[:1]))


def test_a_claim_that_breaks_down_is_a_row(items, tmp_path, monkeypatch) -> None:
    def broken(self):
        raise RuntimeError("not\nthis time")

    monkeypatch.setattr(Item, "certify", broken)
    store = Store(tmp_path / "store.db")
    ((_, row, _),) = run_sweep(items[:1], store)
    assert (row["status"], row["reason"]) == (FAILED, "RuntimeError: not this time")


def test_each_result_is_kept_before_the_next_one_is_there(items, tmp_path) -> None:
    def stopped(settle, cases):
        yield 0, settle(cases[0])
        raise KeyboardInterrupt

    store = Store(tmp_path / "store.db")
    with pytest.raises(KeyboardInterrupt):
        list(run_sweep(items, store, execute=stopped))
    assert set(store.rows()) == {items[0].digest}
    assert sum(not known for *_, known in run_sweep(items, store, execute=in_process)) == len(items) - 1


def cli(*words: str, **settings) -> list[str]:
    return [sys.executable, "-m", "eftheory", "sweep", *words]


@pytest.mark.thorough
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_sweep_that_is_stopped_goes_on_where_it_was(tmp_path, how) -> None:
    grid = tmp_path / "grid.toml"
    grid.write_text(
        'method = "ef21"\nagents = ["L=1,mu=1/10", "L=1,mu=1/20"]\nalpha = "1/10:9/10:60"\nstep_size = "law"'
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(cli(str(grid), "--workers", "1"), env=environment, stderr=subprocess.PIPE, text=True)
    store = Store(tmp_path / "grid.db")
    for _ in range(600):
        if store.path.exists() and len(store.rows()) >= 3:
            break
        time.sleep(0.05)
    os.kill(running.pid, how)
    _, said = running.communicate(timeout=60)
    assert running.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 130)
    assert "Traceback" not in said
    before = store.rows()
    assert 3 <= len(before) < 120
    again = subprocess.run(cli(str(grid), "--json"), env=environment, capture_output=True, text=True, timeout=300)
    summary = json.loads(again.stdout)
    assert (summary["known"], summary["total"], summary["statuses"]) == (len(before), 120, {"proved": 120})
    assert set(dict(check_store(store)).values()) == {""}


def test_the_checker_finds_what_does_not_hold(items, serial, tmp_path) -> None:
    assert set(dict(check_store(serial)).values()) == {""}
    store, good = Store(tmp_path / "store.db"), next(item for item in items if item.said["alpha"] == "1/2")
    row, (data,) = serial.rows()[good.digest], serial.certificates(good.digest)
    other = next(item for item in items if item.said["alpha"] == "1/4")
    (wrong,) = serial.certificates(other.digest)
    store.record("no certificate", row)
    for digest, said, file in (("true", row, data), ("cut", row, data[:-9]), ("other", row, wrong)):
        store.record(digest, said)
        store.add(digest, file)
    store.record("better", {**row, "rate_upper": "1/2"})
    store.add("better", data)
    asked = {"alpha": "1/3", "agents": ["L=1,mu=1/20,count=3"], "step_size": "1/99", "measure": "||x - x*||^2"}
    asked |= {"method": {"ef": "ef21", "ef21": "ef"}[row["said"]["method"]]}
    for name, value in asked.items():
        store.record(name, {**row, "said": {**row["said"], name: value}})
        store.add(name, data)
    store.record("status", {**row, "status": "refuted"})
    store.add("status", data)
    store.record("bounds only", {**row, "status": "inconclusive"})
    found = dict(check_store(store))
    assert "another status than" in found.pop("status")
    assert found.pop("bounds only") == "no certificate"
    assert all(found.pop(name) for name in asked)
    assert found.pop("true") == ""
    assert found.pop("no certificate") == "no certificate"
    assert "another rate_upper than the row" in found.pop("better")
    assert "another rate_upper" in found.pop("other")
    assert found.pop("cut")
    assert not found


def test_exports_say_what_the_rows_say(serial, tmp_path) -> None:
    assert export_rows(serial, tmp_path / "out.csv") == 6
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("digest,status,method,agents")
    assert export_rows(serial, tmp_path / "out.zip") == 4
    first = (tmp_path / "out.zip").read_bytes()
    export_rows(serial, tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == first
    with pytest.raises(ValueError, match=r"name a file that ends in \.csv, \.parquet, \.zip"):
        export_rows(serial, tmp_path / "out.txt")


def test_parquet_has_the_same_rows_as_csv(serial, tmp_path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'eftheory[sweep]'")
    export_rows(serial, tmp_path / "out.parquet")
    export_rows(serial, tmp_path / "out.csv")
    import csv

    with (tmp_path / "out.csv").open(newline="") as file:
        assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == list(csv.DictReader(file))
