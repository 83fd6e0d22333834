"""What the names in a statement are: ranges, kinds, and what stands for something at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from eftheory.pages.fragments import Block, Table
from eftheory.proofkit.kernel.expression import Node, Symbol
from eftheory.proofkit.kernel.parameter import Parameter
from eftheory.proofkit.kernel.reason import Geometric, Reason, Repeated, Telescoped
from eftheory.proofkit.kernel.sequences import reasons_over_time
from eftheory.proofkit.kernel.substitution import is_random, symbols
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.meanings import Meanings
from eftheory.proofkit.lessons.why import Part, many

LITERATURE = ("alpha", "theta", "beta", "xi")
"""Contraction of the compressors, and what EF21's papers make of it."""
Shorten = Callable[[Node], Node]


def notation(
    theorem: Theorem,
    symbols: Sequence[Symbol],
    maps: Sequence[Symbol],
    shorten: Shorten,
    meanings: Mapping[str, str] | None = None,
) -> list[Block]:
    """A line for each range, each kind of symbol, and each name over time.

    Args:
        theorem: that is told.
        symbols: that occur in it.
        maps: what linear maps are called.
        shorten: puts the file's names in the place of long expressions.
        meanings: what the file says that symbols are, by their names.
    """
    meant = Meanings(theorem, symbols, meanings or {})
    each = f", one for each {theorem.index} i"
    means = Block("range", (f"means are over all {many(theorem.index)} i",))
    times = over_time(theorem, shorten)
    blocks = []
    for parameter in theorem.parameters:
        block = _range(parameter, theorem.index, shorten, parameter.symbol in times)
        words = meant.of(parameter.symbol)
        joint = ", " if isinstance(block.parts[-1], str) else ": "
        blocks.append(replace(block, parts=(*block.parts, joint, *words)) if words else block)
    known = {parameter.symbol for parameter in theorem.parameters} | set(times)
    kinds: dict[tuple[str, str], list[Symbol]] = {}
    for symbol in symbols:
        if symbol not in known:
            kind = f"{'random ' * symbol.random}{'vector' if symbol.vector else 'number'}"
            kinds.setdefault((kind, each * symbol.indexed), []).append(symbol)
    for symbol in maps:
        kinds.setdefault(("linear map", each * symbol.indexed), []).append(symbol)
    for (kind, whose), members in kinds.items():
        listed: list[Part] = []
        for member in members:
            if words := meant.of(member):
                blocks.append(Block("range", (member, ": ", *words, f"; a {kind}{whose}")))
                continue
            listed += [", ", member] if listed else [member]
        several = len(listed) > 1 or whose
        if listed:
            blocks.append(Block("range", (*listed, f": {kind}{'s' if several else ''}{whose}")))
    blocks += [Block("range", (symbol, ": ", *words)) for symbol, words in times.items() if words]
    return [*blocks, *[means] * (theorem.index != "agent")]


def in_the_literature(theorem: Theorem, names: Mapping[str, tuple[float, Node]]) -> list[Block]:
    """A table of the constants of a compressor as papers call them, where this proof is written in the root s.

    Args:
        theorem: that is told.
        names: that its file gives to expressions, with their places.
    """
    parameters = {parameter.symbol for parameter in theorem.parameters}
    own = [(name, names[name][1]) for name in LITERATURE if name in names]
    rows = [(name, write(node)) for name, node in own if parameters & symbols(node) and not isinstance(node, Symbol)]
    return [Block("table", relation=Table(("theirs", "ours"), tuple(rows)))] if rows and rows[0][0] == "alpha" else []


def over_time(theorem: Theorem, shorten: Shorten) -> dict[Symbol, tuple[Part, ...]]:
    """What names over time stand for; T has no words, being a parameter."""
    found: dict[Symbol, tuple[Part, ...]] = {}
    for reason, times in reasons_over_time(theorem, theorem.shelf):
        T = write(times)
        if isinstance(reason, (Repeated, Telescoped)):
            found |= {at: (now, " at time 0") for now, at in reason.initial.items() if isinstance(at, Symbol)}
        expected = ", in total expectation" * _is_random(reason)
        if isinstance(reason, Repeated):
            found |= {
                at: (now, f" at time {T}{expected}") for now, at in reason.final.items() if isinstance(at, Symbol)
            }
        if isinstance(reason, Telescoped):
            words = f"the mean over the times 0, ..., {T} - 1 of "
            expected = ", in total expectation" * (_is_random(reason) or is_random(reason.quantity))
            found |= {reason.average: (words, shorten(reason.quantity), expected), reason.times: ()}
        if isinstance(reason, (Repeated, Geometric)):
            found[reason.power] = (shorten(reason.rate), f" to the power {T}")
        if isinstance(reason, Geometric):
            found[reason.times] = ()
    return found


def _is_random(reason: Reason) -> bool:
    return isinstance(reason, (Repeated, Telescoped)) and any(after.random for after in reason.after.values())


def _range(parameter: Parameter, index: str, shorten: Shorten, whole: bool) -> Block:
    parts: list[Part] = []
    if parameter.lower is not None:
        parts += [shorten(parameter.lower), " ≤ " if parameter.lower_closed else " < "]
    parts.append(parameter.symbol)
    if parameter.upper is not None:
        parts += [" ≤ " if parameter.upper_closed else " < ", shorten(parameter.upper)]
    free = len(parts) == 1
    if parameter.symbol.indexed:
        parts.append(f": {'any numbers, ' * free}one for each {index} i")
    elif free:
        parts.append(": any number")
    elif whole:
        parts.append(", a whole number")
    return Block("range", tuple(parts))
