"""``eftheory compare``: methods side by side on the same agents."""

from __future__ import annotations

import json as json_format
import sys
from contextlib import redirect_stdout
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.cli.waiting import waiting
from eftheory.numbers import decimal_down, decimal_up, digits_for, read_number

if TYPE_CHECKING:
    from eftheory.bounds.compare import Compared

FORMAT = "eftheory-compare/1"


def compare(
    methods: Annotated[list[str], typer.Argument(help="Two or more; names, or your own, as file.py:Class.")],
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ],
    alpha: Annotated[str | None, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = None,
    compressor: Annotated[str, typer.Option(help="Instead of --alpha, one with a known constant, as topk:k=10.")] = "",
    dim: Annotated[int | None, typer.Option(help="Of x, to count bits.")] = None,
    step_size: Annotated[str, typer.Option(help="optimal or law, or a number for all.")] = "optimal",
    accuracy: Annotated[str, typer.Option(help="Which share of the start what falls is to come to.")] = "1e-6",
    functions: Annotated[str, typer.Option("--class", help="As for certify.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Compare methods on the same agents; say which is proved to be faster than which.

    Each has its best step size, unless one is given.

    Example: eftheory compare cgd ef ef21 --agents L=1,mu=1/10 --alpha 3/4
    """
    from eftheory.bounds import certify, compresses, find_method
    from eftheory.bounds.compare import Compared
    from eftheory.bounds.written import read_written
    from eftheory.compressors.compressor import NUMBER_BITS

    if len(methods) < 2:
        raise ValueError(f"{methods[0]}: name two methods or more, as in: eftheory compare cgd ef ef21")
    if repeated := [name for name in methods if methods.count(name) > 1]:
        raise ValueError(f"{repeated[0]} is named twice")
    share, contraction, sent = _read_share(accuracy), alpha, None
    if compressor:
        if alpha is not None:
            raise ValueError(f"--alpha {alpha}: --compressor says it; give one")
        contraction, sent = _read_compressor(compressor, dim)
    elif dim is not None and dim < 1:
        raise ValueError(f"--dim {dim}: at least 1")
    found, bits = [], {}
    with waiting("searching for proofs") as show, redirect_stdout(sys.stderr):
        for name in methods:
            show(f"searching for proofs of {name}")
            said: dict[str, Any] = {"method": name, "agents": agents, "step_size": step_size, "class": functions}
            compressed = compresses(find_method(name), None, None)
            if compressed and contraction is not None:
                said["alpha"] = contraction
            try:
                found.append(Compared(name, certify(**read_written(said))))
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
            bits[name] = (sent if compressed else NUMBER_BITS * dim) if dim else None
    if json:
        typer.echo(json_format.dumps(_as_json(found, share, bits), indent=1))
    else:
        _print(found, share, bits)
    return 0


def _read_share(text: str) -> Fraction:
    share = read_number(text, "accuracy")
    if not 0 < share < 1:
        raise ValueError(f"accuracy={text}: a share of the start, in (0, 1)")
    return share


def _read_compressor(place: str, dim: int | None) -> tuple[str, Any]:
    """The constant of a compressor at a dimension, and the bits of what it sends."""
    from eftheory.cli.load_compressor import load_compressor

    if dim is None:
        raise ValueError(f"--dim is missing: the constant of {place[:40]} depends on it")
    made = load_compressor(place)
    constant = getattr(made, "alpha", lambda _: None)(dim)
    if constant is None:
        raise ValueError(f"{place[:40]} says no alpha; give --alpha instead")
    exact = isinstance(constant, (int, Fraction))
    if not exact:
        raise ValueError(f"{place[:40]}: its alpha is {constant}, no fraction; give one just below as --alpha instead")
    return str(constant), getattr(made, "bits", lambda _: None)(dim)


def _print(found: list[Compared], share: Fraction, bits: dict[str, Any]) -> None:
    from eftheory.bounds.compare import in_groups
    from eftheory.report.digits import Digits
    from eftheory.report.style import ASCII

    told, rows = any(bits.values()), []
    columns = ("method", "step size", "rate <=", "rate >=", f"rounds to {share}", *["bits of one agent"] * told)
    for each in found:
        rounds = each.rounds(share)
        spent = f"{float(rounds * bits[each.name]):.4g}" if rounds is not None and bits[each.name] is not None else ""
        step = decimal_down(each.found.setting.method.step_size, 9)
        rates = _short(each.upper, up=True), _short(each.lower, up=False)
        rows.append((each.name, step, *rates, "" if rounds is None else f"{rounds}", *[spent] * told))
    faster = [
        f"{name} is proved to be faster than {', '.join(than)}" for name, than in in_groups(found).items() if than
    ]
    bounded = {each.name: each.found.guarantee for each in found if each.found.guarantee}
    sums = [f"{name}: {said.sentence(ASCII, Digits())}" for name, said in bounded.items()]
    asides = [*sums, *(f"note: {each.name}: {note}" for each in found for note in each.found.notes)]
    unsaid = "nothing is proved about which is faster: the bounds overlap, or one is missing"
    faster = [f"{each} at these step sizes" for each in faster]
    print_facts(rows, columns=columns, notes=[*(faster or [unsaid]), *asides])


def _short(rate: Fraction | None, *, up: bool) -> str:
    if rate is None:
        return "none"
    digits = digits_for(1 - rate)
    return decimal_up(rate, digits) if up else decimal_down(rate, digits)


def _as_json(found: list[Compared], share: Fraction, bits: dict[str, Any]) -> dict[str, Any]:
    from eftheory.bounds.compare import in_groups

    def row(each: Compared) -> dict[str, Any]:
        rounds, spent = each.rounds(share), bits[each.name]
        return {
            "method": each.name,
            "step_size": str(each.found.setting.method.step_size),
            "rate_upper": each.upper and str(each.upper),
            "rate_lower": each.lower and str(each.lower),
            "rounds": rounds,
            "bits": None if rounds is None or spent is None else str(rounds * spent),
            "notes": list(each.found.notes),
        }

    return {"format": FORMAT, "accuracy": str(share), "methods": [*map(row, found)], "faster_than": in_groups(found)}
