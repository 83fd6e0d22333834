"""``eftheory simulate``: run methods on data, step sizes side by side."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eftheory import __version__
from eftheory.cli.effects import tell_idle
from eftheory.cli.printing import print_facts
from eftheory.cli.problems import find_problem
from eftheory.cli.runs import (
    check_choice,
    check_columns,
    check_counts,
    check_file,
    check_parameters,
    find_compressor,
    find_method,
    is_loose,
    make_problem,
    read_multiples,
    read_positive,
    read_speeds,
    read_start,
    refuse_for_made,
    refuse_twice,
)
from eftheory.cli.waiting import waiting

if TYPE_CHECKING:
    from eftheory.simulate.problems.problem import Problem
    from eftheory.simulate.runs import Runs

FORMAT = "eftheory-simulate/1"
"""Of the JSON object; another number where a key changes its meaning or goes, not where one is added."""


def simulate(
    methods: Annotated[list[str], typer.Argument(metavar="METHOD...", help="ef21, ef, ef21+, ..., file.py:Class.")],
    data: Annotated[list[str], typer.Option("--data", help="A LibSVM, CSV or npz file, or a bundled set.")] = [],  # noqa: B006
    problem: Annotated[
        str, typer.Option(help="Instead of data: quadratic, functional, tridiagonal or network[:NAME=VALUE,..].")
    ] = "",
    agents: Annotated[int | None, typer.Option(help="How many agents share the rows (20).")] = None,
    split: Annotated[str, typer.Option(help="contiguous, label, weighted[:1,2,...] or random[:SEED].")] = "contiguous",
    loss: Annotated[str, typer.Option(help="logistic or squares.")] = "logistic",
    regulariser: Annotated[str, typer.Option(help="none, l2:WEIGHT or nonconvex:WEIGHT.")] = "none",
    standardise: Annotated[bool, typer.Option("--standardise", help="Columns of mean 0 and variance 1.")] = False,
    compressor: Annotated[
        str | None, typer.Option(help="As in eftheory compressor --list, or file.py:function (topk:1).")
    ] = None,
    compressor_down: Annotated[str | None, typer.Option(help="The server's; that of agents by default.")] = None,
    param: Annotated[list[str], typer.Option("--param", help="A number of the methods, as beta=1/2.")] = [],  # noqa: B006
    batch: Annotated[int | None, typer.Option(help="Rows in a minibatch, for stochastic methods.")] = None,
    step_size: Annotated[str, typer.Option(help="The unit of step sizes: law, or a number.")] = "law",
    step_multiples: Annotated[str, typer.Option(help="Multiples of the unit, with commas between.")] = "1",
    seeds: Annotated[int, typer.Option(help="Runs of each step size, with seeds SEED, SEED + 1, ...")] = 1,
    seed: Annotated[int, typer.Option(help="The first seed.")] = 0,
    rounds: Annotated[int, typer.Option(help="How many rounds.")] = 1000,
    record_every: Annotated[int, typer.Option(help="Measure in every so manieth round.")] = 1,
    x0: Annotated[str, typer.Option(help="The first x: normal[:SEED], zero, or a file of numbers.")] = "normal",
    start: Annotated[str, typer.Option(help="What is known of it: gradient, compressed or zero.")] = "gradient",
    bits: Annotated[str, typer.Option(help="exact, or 32k: positions cost nothing.")] = "exact",
    speeds: Annotated[str, typer.Option(help="Seconds of agents, as sample=1e-6,up=1e-3: adds seconds.")] = "",
    tolerance: Annotated[float, typer.Option(help="Below this the last tenth of a stable run is.")] = 1e-6,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write all that is measured to this npz file.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw ||grad f||^2 to this svg, png or pdf file.")] = None,
    shown: Annotated[str | None, typer.Option(help="What is drawn: grad2 (the default), f or measure.")] = None,
    against: Annotated[
        str | None, typer.Option(help="Against what: bits_up (the default), samples, round, seconds, ...")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Run methods on data, step sizes side by side; say which are stable, and how far bits go.

    Stable: the geometric mean of ||grad f||^2 over the last tenth of the rounds is at most the tolerance.

    Example: eftheory simulate ef21 ef ef21+ --data breast_cancer --standardise --regulariser nonconvex:0.1
    """
    from eftheory.simulate.side_by_side import Keeping, Plan, run_methods
    from eftheory.simulate.timed import keep_time

    entries = [find_method(word, param) for word in methods]
    check_parameters(entries, param)
    refuse_twice([entry.title for entry in entries])
    operator, multiples = find_compressor(compressor or "topk:1"), read_multiples(step_multiples)
    unit = None if step_size == "law" else read_positive(step_size, "step-size")
    if seed < 0:
        raise ValueError(f"--seed {seed}: a whole number, at least 0")
    if resume and output is None:
        raise ValueError("--resume goes on with what is kept beside -o FILE.npz: give the same -o as before")
    check_counts({"rounds": rounds, "record-every": record_every, "seeds": seeds})
    check_file(output, (".npz",), "output")
    pace = read_speeds(speeds)
    check_columns(shown, against, timed=pace is not None, drawn=plot is not None, kept=output is not None)
    check_choice("bits", bits, ("exact", "32k"))
    if not 0 < tolerance < float("inf"):
        raise ValueError(f"--tolerance {tolerance}: a positive number")
    check_file(plot, (".svg", ".png", ".pdf"), "plot")
    if bool(data) == bool(problem):
        raise ValueError(
            "say on what, once: --data FILE, a bundled set, as --data breast_cancer, or --problem quadratic"
        )
    if len(data) > 1 and split != "contiguous":
        raise ValueError(f"--split {split[:40]} changes nothing: {len(data)} files were given, one an agent")
    if problem:
        chosen = {"split": split, "loss": loss, "regulariser": regulariser, "standardise": standardise, "batch": batch}
        refuse_for_made(chosen)
    with waiting("reading data" if data else f"making {problem}") as show:
        functions: Problem
        if data:
            functions, sources = make_problem(
                data, agents=agents, split=split, loss=loss, regulariser=regulariser, batch=batch, scale=standardise
            )
        else:
            functions, sources = find_problem(problem, 20 if agents is None else agents, seed), []
        plan = Plan(
            rounds=rounds,
            multiples=multiples,
            unit=unit,
            seeds=range(seed, seed + seeds),
            start=read_start(x0, functions),
            down=None if compressor_down is None else find_compressor(compressor_down),
            rule=start,
            record_every=record_every,
            bits=bits,
            clock=None if pace is None else keep_time(pace, functions),
        )
        provenance: dict[str, Any] = (
            {"note": NOT_CONTRACTIVE} if unit is None and is_loose(operator, functions.dimension) else {}
        )
        keeping = None if output is None else Keeping(output, resume=resume)
        provenance |= {
            "eftheory": __version__,
            "data": {each.name: each.digest for each in sources} or {problem: ""},
            "agents": functions.n_agents,
            "dimension": functions.dimension,
            "split": split,
            "loss": loss,
            "regulariser": regulariser,
            "unit": step_size,
            "x0": x0,
            "speeds": speeds,
        }
        try:
            runs = run_methods(entries, functions, operator, plan, show=show, keeping=keeping, provenance=provenance)
        except KeyboardInterrupt:
            if keeping is not None and any(keeping.of(entry.title).path.exists() for entry in entries):
                typer.echo(f"eftheory: kept beside {output}: the same command with --resume goes on", err=True)
            raise
    if output is not None:
        runs.save(output)
        for entry in entries:
            Keeping(output).of(entry.title).path.unlink(missing_ok=True)
    if plot is not None:
        from eftheory.simulate.plot_runs import plot_runs

        plot_runs(plot, runs, tolerance=tolerance, shown=shown or "grad2", against=against or "bits_up")
    idle = tell_idle(entries, {"batch": batch, "compressor": compressor, "compressor-down": compressor_down})
    if json:
        typer.echo(json_format.dumps({**_as_json(runs, tolerance), "notes": idle}, indent=1))
    else:
        _print(runs, tolerance, idle)
    return 0


def _summary(runs: Runs, tolerance: float) -> list[dict[str, Any]]:
    """What is said of each run."""
    return [
        {
            "method": column.method,
            "multiple": column.multiple,
            "seed": column.seed,
            "step_size": column.step_size,
            "end": word,
            "grad2_last_tenth": float(late) if column.diverged is None else None,
            "f_last": float(f) if column.diverged is None else None,
            "bits_up": float(up) if column.diverged is None else None,
        }
        for column, word, late, f, up in zip(
            runs.columns, runs.says(tolerance), runs.last_tenth(), runs["f"][-1], runs["bits_up"][-1]
        )
    ]


def _as_json(runs: Runs, tolerance: float) -> dict[str, Any]:
    """Numbers as numbers: all of them are measured."""
    return {
        "format": FORMAT,
        "rounds": int(runs.rounds[-1]),
        "tolerance": tolerance,
        "runs": _summary(runs, tolerance),
        "largest_stable": {name: column.step_size if column else None for name, column in _largest(runs, tolerance)},
        "provenance": dict(runs.provenance),
    }


def _largest(runs: Runs, tolerance: float) -> list[tuple[str, Any]]:
    names = dict.fromkeys(column.method for column in runs.columns)
    return [(name, runs.largest_stable(name, tolerance)) for name in names]


def _print(runs: Runs, tolerance: float, idle: list[str]) -> None:
    several = len({column.seed for column in runs.columns}) > 1
    columns = ["method", "multiple", *(["seed"] if several else []), "step size", "||grad f||^2", "f", "bits up", "end"]
    rows = [
        [
            each["method"],
            each["multiple"],
            *([str(each["seed"])] if several else []),
            f"{each['step_size']:.4g}",
            *("-" if each[key] is None else f"{each[key]:.{n}g}" for key, n in _DIGITS),
            each["end"],
        ]
        for each in _summary(runs, tolerance)
    ]

    def yet(name: str) -> str:
        falling = ", ".join(dict.fromkeys(each.multiple for each in runs.unfinished(name, tolerance)))
        return f", but ||grad f||^2 still falls at {falling} x the unit: try more --rounds" if falling else ""

    told = [
        f"{name}: stable up to {_times(column)}" if column else f"{name}: stable at none of these step sizes{yet(name)}"
        for name, column in _largest(runs, tolerance)
    ]
    elsewhere, origin = runs.elsewhere(tolerance).any(), runs.provenance
    title = f"{', '.join(origin['data'])}: {origin['agents']} agents, d = {origin['dimension']}, {origin['compressor']}"
    notes = [
        *([runs.provenance["note"]] if "note" in runs.provenance else []),
        *idle,
        f"||grad f||^2: geometric mean over the last tenth of {runs.rounds[-1]} rounds; stable: at most {tolerance:g}",
        *told,
        *(["converged elsewhere: stable, at a stationary point where f is higher"] if elsewhere else []),
    ]
    print_facts(rows, title=title, columns=columns, notes=notes)


NOT_CONTRACTIVE = (
    "note: the compressor contracts by no alpha > 0 as it is, and ef, ef21 and their kin need one that does; the unit "
    "of step size is theirs for alpha = 1/(1 + omega)"
)

_DIGITS = (("grad2_last_tenth", 3), ("f_last", 8), ("bits_up", 4))


def _times(column: Any) -> str:
    return f"{column.multiple} x the unit, step size {column.step_size:.4g}"
