"""``eftheory sweep``: many claims, settled into a store."""

from __future__ import annotations

import json as json_format
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.cli.waiting import waiting

if TYPE_CHECKING:
    from eftheory.sweep import Executor, Item, Store

FORMAT = "eftheory-sweep/1"
VERBS = ("show", "export", "check")
NOT_ACCEPTED = 1


def sweep(
    what: Annotated[str, typer.Argument(help="A grid: GRID.toml or a name; or show, export or check.")] = "",
    place: Annotated[str, typer.Argument(metavar="[STORE]", help="For show, export, check: the store.")] = "",
    method: Annotated[list[str] | None, typer.Option(help="Without a grid: a method; repeat for more.")] = None,
    agents: Annotated[
        list[str] | None, typer.Option(help="A type of agents, as L=1,mu=1/10,count=1000, or a CSV file; repeat.")
    ] = None,
    alpha: Annotated[list[str] | None, typer.Option(help="A number, or FROM:TO:COUNT, or FROM:TO:COUNT:log.")] = None,
    step_size: Annotated[list[str] | None, typer.Option(help="law, optimal, a number, or a range.")] = None,
    options: Annotated[
        list[str] | None, typer.Option("--set", help="Another option of certify, as omega=1:9:3; repeat.")
    ] = None,
    where: Annotated[list[str] | None, typer.Option(help="A filter, as 'alpha < 1'; repeat.")] = None,
    store: Annotated[
        Path | None, typer.Option(help="Where results are kept; by default beside the grid, as GRID.db.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes that search; 0: this one.")] = 2,
    dask: Annotated[str, typer.Option(help="Address of a Dask scheduler, instead of processes.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Compute also what the store has.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="For export: a file that ends in .csv, .parquet or .zip.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Settle a grid of claims into a store; what is there is not computed again.

    Each result is kept at once: stopped, a run goes on where it was. A claim that cannot be proved, or asked, is a row
    with its reason.

    Example: eftheory sweep --method ef --method ef21 --agents L=1,mu=1/10 --alpha 1/100:1/2:50 --store sweep.db
    """
    if workers < 0:
        raise ValueError(f"--workers {workers}: a number of processes, or 0")
    if output is not None and what != "export":
        raise ValueError(f"-o {output}: it is for export, as in: eftheory sweep export STORE -o {output}")
    if what in VERBS:
        from eftheory.sweep import Store

        if not place or not Path(place).is_file():
            raise ValueError(f"{place or what}: name the store, as in: eftheory sweep {what} sweep.db")
        return {"show": _show, "export": _export, "check": _check}[what](Store(Path(place)), output, json)
    table: dict[str, Any] = {"method": method, "agents": agents and [agents], "alpha": alpha, "step_size": step_size}
    items, path = _read(what, place, {name: value for name, value in table.items() if value}, options, where)
    return _run(items, store or path, workers, dask, again, json)


def _read(
    what: str, place: str, table: dict[str, Any], options: list[str] | None, where: list[str] | None
) -> tuple[tuple[Item, ...], Path]:
    """The claims, and the store that belongs to them."""
    from eftheory.sweep.grid import NAMED, join, read_grid, read_table

    near = get_close_matches(what, [*NAMED, *VERBS], n=1)
    meant = f"did you mean {near[0]}? " if near and not Path(what).exists() else ""
    if place:
        raise ValueError(f"{place[:60]!r}: {meant}one grid at a time; as in: eftheory sweep GRID.toml")
    for text in options or []:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"--set {text[:40]!r}: write NAME=VALUE, as omega=1:9:3")
        table.setdefault(name, []).append(value)
    if what:
        if table or where:
            raise ValueError(f"{next(iter([*table, 'where']))} beside a grid: {what} says it; write it there")
        path = NAMED.get(what, Path(what))
        if not path.is_file():
            known = ", ".join([*NAMED, *VERBS])
            lost = "is a folder" if path.is_dir() else "no such file"
            raise ValueError(f"{what[:80]}: {lost}; {meant}name a grid, as GRID.toml, or one of {known}")
        return read_grid(path), Path(f"{what}.db" if what in NAMED else path.with_suffix(".db"))
    if not table:
        raise ValueError(
            "nothing to settle: name a grid, as in: eftheory sweep grid.toml; or give --method and --agents"
        )
    return join(read_table({**table, "where": where or []})), Path("sweep.db")


def _run(items: tuple[Item, ...], path: Path, workers: int, dask: str, again: bool, json: bool) -> int:
    from eftheory.sweep import Store, in_process, processes
    from eftheory.sweep.executors import on_dask
    from eftheory.sweep.run import run_sweep

    execute: Executor = on_dask(dask) if dask else processes(workers) if workers else in_process
    statuses, known, began = Counter[str](), 0, monotonic()
    with waiting(f"0 of {len(items)} claims") as show:
        for _, row, was_there in run_sweep(items, Store(path), execute=execute, again=again):
            statuses[row["status"]] += 1
            known += was_there
            show(_progress(len(items), statuses, known, monotonic() - began))
    summary = {
        "format": FORMAT,
        "store": str(path),
        "total": len(items),
        "known": known,
        "computed": len(items) - known,
        "statuses": dict(sorted(statuses.items())),
        "seconds": round(monotonic() - began, 3),
    }
    if json:
        typer.echo(json_format.dumps(summary, indent=1))
    else:
        told = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
        rows = [("claims", f"{len(items)}, of which {known} were there"), ("ended", told), ("store", str(path))]
        print_facts(rows, notes=[f"see them with: eftheory sweep show {path}"])
    return 0


def _progress(total: int, statuses: Counter[str], known: int, seconds: float) -> str:
    done = statuses.total()
    speed = (done - known) / seconds if seconds else 0.0
    left = f", {(total - done) / speed:.0f} s left" if speed else ""
    open_ = done - statuses["proved"]
    return f"{done} of {total} claims, {speed:.1f} per second{left}, {open_} not proved"


def _show(store: Store, output: Path | None, json: bool) -> int:
    from eftheory.sweep.table import BRIEF, brief_rows, count_statuses, flat_rows

    rows = store.rows()
    if json:
        told = {"format": FORMAT, "statuses": count_statuses(rows), "rows": list(flat_rows(rows))}
        typer.echo(json_format.dumps(told, indent=1))
    else:
        counted = ", ".join(f"{count} {status}" for status, count in count_statuses(rows).items())
        print_facts(brief_rows(rows), columns=BRIEF, notes=[f"{len(rows)} claims: {counted or 'none yet'}"])
    return 0


def _export(store: Store, output: Path | None, json: bool) -> int:
    from eftheory.sweep.table import export_rows

    if output is None:
        raise ValueError("-o is missing: name a file that ends in .csv, .parquet or .zip")
    count = export_rows(store, output)
    typer.echo(
        json_format.dumps({"format": FORMAT, "written": count, "file": str(output)}) if json else f"{count} in {output}"
    )
    return 0


def _check(store: Store, output: Path | None, json: bool) -> int:
    from eftheory.sweep.table import check_store

    count, wrong = 0, dict[str, str]()
    with waiting("checking") as show:
        for digest, trouble in check_store(store):
            count += 1
            wrong |= {digest: trouble} if trouble else {}
            show(f"{count} checked, {len(wrong)} not accepted")
    if json:
        typer.echo(json_format.dumps({"format": FORMAT, "claims": count, "not_accepted": wrong}, indent=1))
    else:
        print_facts(
            [*wrong.items()], notes=[f"{count} claims: {count - len(wrong)} as the checker says, {len(wrong)} not"]
        )
    return NOT_ACCEPTED if wrong else 0
