"""Several methods on one problem, each at several step sizes and seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from math import inf
from pathlib import Path
from typing import Any

from eftheory.methods import Method
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.bounds import bound_of
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.run_columns import Checkpoint, Clock, run_columns
from eftheory.simulate.runs import Runs, join
from eftheory.simulate.step_sizes import shares_of_theory, unit_step_size, variance


@dataclass(frozen=True)
class Plan:
    """How methods run.

    Attributes:
        rounds: how many.
        multiples: of the unit of step size, as they are called and as numbers.
        unit: of step size; by default what theory grants, ``unit_step_size``.
        seeds: each step size runs once with each.
        start: the first x; standard normal from seed 0 by default.
        down, rule, record_every, bits, clock: as in ``run_columns``.
    """

    rounds: int
    multiples: Sequence[tuple[str, Fraction]] = (("1", Fraction(1)),)
    unit: Fraction | None = None
    seeds: Sequence[int] = (0,)
    start: Array | None = None
    down: Any = None
    rule: str = "gradient"
    record_every: int = 1
    bits: str = "exact"
    clock: Clock | None = None


@dataclass(frozen=True)
class Keeping:
    """Where unfinished runs are kept.

    Attributes:
        output: the file to which all will be written; beside it each method has its own until then.
        resume: go on with those that are there.
        seconds: between two writings.
    """

    output: Path
    resume: bool = False
    seconds: float = 30.0

    def of(self, method: str) -> Checkpoint:
        """Where a method is kept."""
        return Checkpoint(self.output.with_name(f"{self.output.name}.{method}.part"), self.seconds, self.resume)


@dataclass(frozen=True)
class Entry:
    """A method that shall run, with its numbers beside the step size.

    Attributes:
        kind: its class.
        parameters: its numbers; those that it does not have are refused by it.
        compressor: its own; None for that of all.
        name: what it is called; by default its own name.
    """

    kind: type[Method]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    compressor: Any = None
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or str(getattr(self.kind, "name", self.kind.__name__))


def run_methods(
    entries: Sequence[Entry],
    problem: Problem,
    compressor: Any,
    plan: Plan,
    *,
    show: Callable[[str], None] | None = None,
    keeping: Keeping | None = None,
    provenance: Mapping[str, Any] | None = None,
) -> Runs:
    """Run each method in all its columns, one method after the other.

    Args:
        entries: the methods.
        problem: the functions.
        compressor: of all that have none of their own.
        plan: how they run.
        show: is told how far it is, and how long it will take.
        keeping: where unfinished runs are kept; what is kept is removed by the caller, when all is written.
        provenance: kept with the measurements.

    Raises:
        ValueError: an argument does not fit, no unit of step size is known, or what is kept is of another run.

    >>> from eftheory.compressors import TopK
    >>> from eftheory.methods import EF21, GD
    >>> from eftheory.simulate.problems import Quadratic
    >>> problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
    >>> runs = run_methods([Entry(GD), Entry(EF21)], problem, TopK(1), Plan(rounds=200))
    >>> [(column.method, column.multiple) for column in runs.columns], runs.says()
    ([('gd', '1'), ('ef21', '1')], ['stable', 'stable'])
    """
    parts = []
    for given in entries:
        own = compressor if given.compressor is None else given.compressor
        entry = share(weigh(given, problem), problem, own)
        unit = unit_step_size(entry.kind, problem, own, entry.parameters) if plan.unit is None else plan.unit
        columns = [(name, unit * multiple, seed) for name, multiple in plan.multiples for seed in plan.seeds]
        part = run_columns(
            [_instance(entry, step) for _, step, _ in columns],
            problem,
            own,
            rounds=plan.rounds,
            start=plan.start,
            down=plan.down,
            seeds=[seed for _, _, seed in columns],
            multiples=[name for name, _, _ in columns],
            rule=plan.rule,
            record_every=plan.record_every,
            bits=plan.bits,
            clock=plan.clock,
            progress=None if show is None else _Teller(entry.title, show),
            checkpoint=None if keeping is None else keeping.of(entry.title),
            name=entry.title,
        )
        bound = bound_of(entry.kind, part, problem, own)
        parts.append(replace(part, data={**part.data, "bound": bound}))
    return join(parts, {**parts[0].provenance, **(provenance or {})})


def weigh(entry: Entry, problem: Problem) -> Entry:
    """The method with the weights of theory, w_i = L_i / sum_j L_j, if it has weights and none are given.

    >>> from eftheory.methods.ef21_w import EF21W
    >>> from eftheory.simulate.problems import Quadratic
    >>> weigh(Entry(EF21W), Quadratic.of_spectra([[1.0], [3.0]])).parameters
    {'weights': (Fraction(1, 4), Fraction(3, 4))}
    """
    if "weights" in entry.parameters or "weights" not in {each.name for each in fields(entry.kind)}:
        return entry
    constants = [Fraction(agent.L) for agent in problem.agents for _ in range(agent.count)]
    total = sum(constants, Fraction(0))
    if not total:
        raise ValueError(f"{entry.title}: every agent has L = 0, so there are no weights L_i / sum_j L_j")
    return replace(entry, parameters={**entry.parameters, "weights": tuple(L / total for L in constants)})


def share(entry: Entry, problem: Problem, compressor: Any) -> Entry:
    """The method with the shares of theory for the messages that it sends, but for those that are given."""
    omega = variance(compressor, problem.dimension) if entry.kind.compresses else inf
    return replace(entry, parameters={**shares_of_theory(entry.kind, omega), **entry.parameters})


def _instance(entry: Entry, step: Fraction) -> Method:
    names = {each.name for each in fields(entry.kind)}
    strange = [name for name in entry.parameters if name not in names]
    if strange:
        raise ValueError(f"{entry.title} has no {strange[0]!r}; it has {', '.join(sorted(names))}")
    return entry.kind(step_size=step, **entry.parameters)


class _Teller:
    """Says how far a run is."""

    def __init__(self, name: str, show: Callable[[str], None]) -> None:
        self.name, self.show, self.first = name, show, -1

    def __call__(self, t: int, rounds: int, seconds: float) -> None:
        if self.first < 0:
            self.first = t - 1
        speed = (t - self.first) / max(seconds, 1e-9)
        left = (rounds - t) / speed
        self.show(f"{self.name}: round {t} of {rounds}, {speed:.3g} rounds/s, {left:.0f} s left")
