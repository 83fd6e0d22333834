"""``eftheory compressor``: property-test a compressor, estimate its constant, and say what that buys."""

from __future__ import annotations

import json as json_format
import sys
from contextlib import redirect_stdout
from fractions import Fraction
from typing import Annotated

import typer

from eftheory.assumptions import Contractive
from eftheory.numbers import read_number


def compressor(
    place: Annotated[
        str, typer.Argument(metavar="MODULE:OBJECT", help="A function f(x) or f(x, rng), a class, or as topk:k=10.")
    ] = "",
    dim: Annotated[int | None, typer.Option("--dim", help="Entries of a vector.")] = None,
    alpha: Annotated[str, typer.Option(help="Claim: contractive with this alpha in (0, 1].")] = "",
    omega: Annotated[str, typer.Option(help="Claim: unbiased with this omega >= 0.")] = "",
    param: Annotated[
        list[str] | None, typer.Option("--param", help="A parameter of the class, as name=value; repeat for more.")
    ] = None,
    library: Annotated[str, typer.Option(help="Whose arrays it takes: numpy, torch or jax.")] = "numpy",
    dtype: Annotated[str, typer.Option(help="float64 or float32.")] = "float64",
    magnitudes: Annotated[
        str,
        typer.Option(
            help="Least and largest size of an entry that is not zero, as 1e-4,6e4. By default all; where nothing "
            "holds of all, it is said what holds from 1e-4 to 1e4."
        ),
    ] = "",
    expect_failure: Annotated[
        list[str] | None, typer.Option("--expect-failure", help="A check known to fail, as name=reason.")
    ] = None,
    bits: Annotated[str, typer.Option(help="Bits of a message, if the compressor does not say.")] = "",
    L: Annotated[str, typer.Option("--L", help="Smoothness constant of the functions.")] = "1",
    mu: Annotated[str, typer.Option("--mu", help="Their strong convexity (PL) constant.")] = "1/100",
    accuracy: Annotated[str, typer.Option(help="By how much the error is to shrink.")] = "1e-6",
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    examples: Annotated[int, typer.Option(help="How many random vectors each search looks at.")] = 200,
    samples: Annotated[int, typer.Option(help="Draws of a test, where they cannot be listed.")] = 2000,
    time: Annotated[str, typer.Option(help="Seconds that all may take; what was not reached is said.")] = "30",
    listed: Annotated[
        bool, typer.Option("--list", help="List eftheory's compressors: alpha, bits, source; --dim says where.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Test a compressor, search for its worst vector, and say what its constant buys.

    Its code is run. Exit code 0: all checks pass; 1: one fails, or no alpha holds of all vectors asked about; 3: none
    fails, and some were not reached in time.

    Example: eftheory compressor topk:k=10 --dim 100
    """
    if listed:
        if place:
            raise ValueError(f"--list: it lists all and tests none; leave {place[:40]!r} out")
        if json:
            raise ValueError("--list: it prints a table, and no JSON; leave --json out")
        if dim is not None and dim < 1:
            raise ValueError(f"dim={dim}: a vector has at least one entry")
        from eftheory.cli.compressor_list import print_list

        print_list(100 if dim is None else dim)
        return 0
    from eftheory.cli.app import INCONCLUSIVE
    from eftheory.cli.compressor_report import as_json, print_report
    from eftheory.cli.load_compressor import load_compressor, parse_expected, parse_magnitudes
    from eftheory.cli.waiting import waiting
    from eftheory.laws import Guarantee
    from eftheory.testing.claim import Unbiased
    from eftheory.testing.effort import Effort
    from eftheory.testing.examination import examine

    if not place or dim is None:
        wanted = "--dim is missing" if place else "name a compressor and its --dim"
        raise ValueError(f"{wanted}, as in: eftheory compressor topk:k=10 --dim 100; or --list")
    if alpha and omega:
        raise ValueError(f"alpha={alpha} and omega={omega}: claim one of them")
    with redirect_stdout(sys.stderr):  # what a stranger's code prints is no part of the report, or of the JSON
        subject = load_compressor(place, param or [])
    with waiting(f"testing {place}"), redirect_stdout(sys.stderr):
        found = examine(
            subject,
            dim,
            claim=Contractive(read_number(alpha, "alpha"))
            if alpha
            else Unbiased(read_number(omega, "omega"))
            if omega
            else None,
            expected_failures=parse_expected(expect_failure or []),
            library=library,
            effort=Effort(
                seed,
                examples,
                samples,
                dtype,
                parse_magnitudes(magnitudes) if magnitudes else None,
                float(read_number(time, "time")),
            ),
            target=Guarantee(
                Fraction(1),
                read_number(L, "L"),
                read_number(mu, "mu"),
                read_number(accuracy, "accuracy"),
                read_number(bits, "bits") if bits else None,
            ),
        )
    if json:
        typer.echo(json_format.dumps(as_json(found), indent=1))
    else:
        print_report(found)
    return 1 if found.failed else INCONCLUSIVE if found.report.unreached else 0
