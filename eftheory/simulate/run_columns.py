"""Run many columns of one method side by side, and write down what is measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from eftheory.methods import Method
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.columns import ColumnWorld, Heard, stack
from eftheory.simulate.files import read_arrays, write_arrays
from eftheory.simulate.problems.newton import NoMinimiserError
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.runs import Column, Runs
from eftheory.simulate.traffic import Sizes, message_bits, traffic_of

RULES = ("gradient", "compressed", "zero")
"""How a run starts from x: with gradients where the method's ``start`` has messages; as it says; all but x zero."""

UNKNOWN = "none: it needs a minimiser, and none is known"
"""What a measure is called that is not measured."""

Progress = Callable[[int, int, float], None]
"""Is told the round, the number of rounds, and the seconds since the run (re)started."""

Clock = Callable[[Heard, Any, Any], Any]
"""Seconds of a round, for all columns or for each, from what was heard and from the bits up and down; see ``timed``."""


@dataclass(frozen=True)
class Checkpoint:
    """Where a run is kept while it runs, so that it can go on.

    Attributes:
        path: of the file; the run removes nothing.
        seconds: between two writings.
        resume: go on with what is there, if there is something.
    """

    path: Path
    seconds: float = 30.0
    resume: bool = False


def run_columns(
    methods: Sequence[Method],
    problem: Problem,
    compressor: Callable[..., Any] | Sequence[Callable[..., Any]],
    *,
    rounds: int,
    down: Callable[..., Any] | None = None,
    start: Array | None = None,
    seeds: Sequence[int] | None = None,
    multiples: Sequence[str] | None = None,
    rule: str = "gradient",
    record_every: int = 1,
    bits: str = "exact",
    lyapunov: Callable[[Any, Any], Any] | None = None,
    clock: Clock | None = None,
    progress: Progress | None = None,
    checkpoint: Checkpoint | None = None,
    name: str = "",
) -> Runs:
    """Run a method in several columns at once: step sizes, other parameters, seeds.

    Args:
        methods: one instance a column, all of one class; see ``eftheory.recording.record.complete`` for a class that
            has ``step`` alone.
        problem: the functions, in floats.
        compressor: one for all agents, or a sequence with one for each.
        rounds: how many steps.
        down: the server's compressor; the agents' by default.
        start: the first x, shape (d,); standard normal from seed 0 by default.
        seeds: of each column's generator, for random compressors, minibatches and coins; 0 for all by default.
        multiples: what each step size is called; see ``Column``.
        rule: one of ``RULES``.
        record_every: measure in every so manieth round, and in the last.
        bits: the convention of ``message_bits``.
        lyapunov: V of one state of one column, from a ``NumericWorld``-like world; see ``LyapunovFunction``.
        clock: makes the column ``seconds``.
        progress: is told how far the run is.
        checkpoint: where to keep it.
        name: what the method is called; its own name by default.

    Raises:
        ValueError: an argument does not fit, or the checkpoint is one of another run.
        OSError: the checkpoint cannot be written.

    >>> from eftheory.compressors import TopK
    >>> from eftheory.methods import EF21
    >>> from eftheory.simulate.problems import Quadratic
    >>> problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
    >>> steps = [Fraction(1, 8), Fraction(1, 4)]
    >>> runs = run_columns([EF21(step) for step in steps], problem, TopK(1), rounds=200)
    >>> runs["grad2"].shape, runs.says()
    ((201, 2), ['stable', 'stable'])
    """
    run = _Run(methods, problem, compressor, down, rounds, start, seeds, rule, record_every, bits, lyapunov, clock)
    digest = run.digest() if checkpoint is not None else ""
    if checkpoint is not None and checkpoint.path.exists():
        if not checkpoint.resume:
            raise ValueError(f"{checkpoint.path}: a run was left there unfinished: resume it, or remove the file")
        run.restore(checkpoint.path, digest)
    else:
        run.begin()
    began = saved = monotonic()
    with np.errstate(all="ignore"):  # a step size may be too large
        while run.t < rounds and run.alive.any():
            try:
                run.advance()
            except KeyboardInterrupt:
                if checkpoint is not None and run.consistent:
                    run.save(checkpoint.path, digest)
                raise
            now = monotonic()
            if checkpoint is not None and now - saved >= checkpoint.seconds:
                run.save(checkpoint.path, digest)
                saved = now
            if progress is not None:
                progress(run.t, rounds, now - began)
    if checkpoint is not None:
        run.save(checkpoint.path, digest)
    return run.result(multiples, name)


class _Run:
    """A run between two rounds."""

    def __init__(
        self,
        methods: Sequence[Method],
        problem: Problem,
        compressor: Any,
        down: Any,
        rounds: int,
        start: Array | None,
        seeds: Sequence[int] | None,
        rule: str,
        record_every: int,
        bits: str,
        lyapunov: Callable[[Any, Any], Any] | None,
        clock: Clock | None,
    ) -> None:
        many, d = len(methods), problem.dimension
        if not methods or rounds < 0 or record_every < 1:
            raise ValueError(f"{many} columns, {rounds} rounds, every {record_every}: give at least 1, 0 and 1")
        if rule not in RULES:
            raise ValueError(f"start={rule!r}: choose one of {', '.join(RULES)}")
        self.seeds = [0] * many if seeds is None else list(seeds)
        if len(self.seeds) != many:
            raise ValueError(f"{len(self.seeds)} seeds for {many} columns: give one for each")
        x = np.random.default_rng(0).standard_normal(d) if start is None else np.asarray(start, dtype=float)
        if x.shape != (d,):
            raise ValueError(f"start has the shape {x.shape}, but the problem has {d} variables")
        self.x, self.methods, self.problem, self.compressor, self.rule = x, methods, problem, compressor, rule
        self.bits, self.clock, self.lyapunov = bits, clock, lyapunov
        rngs = [np.random.default_rng(seed) for seed in self.seeds]
        self.world, self.down = ColumnWorld(problem, compressor, rngs, down=down), down
        self.method = stack(methods)
        full = 32.0 * d
        compresses = self.method.compresses
        message = message_bits(compressor, d, convention=bits) if compresses else full
        below = message if down is None else message_bits(down, d, convention=bits)
        self.sizes, self.traffic = Sizes(message, below, full), traffic_of(type(methods[0]))
        self.every, self.times = (rounds, record_every), np.unique([*range(0, rounds + 1, record_every), rounds])
        names = ["f", "grad2", "measure", "bits_up", "bits_down", "samples"]
        names += ["V"] * (lyapunov is not None) + ["seconds"] * (clock is not None)
        self.data = {name: np.full((len(self.times), many), np.nan) for name in names}
        self.spent = {name: np.zeros(many) for name in ("bits_up", "bits_down", "samples", "seconds")}
        self.alive, self.diverged = np.ones(many, dtype=bool), np.full(many, -1)
        self.t, self.written, self.consistent = 0, 0, True
        self.state: tuple[Array, ...] = ()
        self.measured = getattr(self.method, "measure_name", "")

    def digest(self) -> str:
        """What tells this run from others: methods, seeds, start, compressors, and the gradients at the start."""
        told = [repr(self.methods), repr((self.compressor, self.down)), self.seeds, self.rule, self.bits, self.every]
        sums = sha256(json.dumps(told).encode())
        sums.update(self.x.tobytes() + np.ascontiguousarray(self.problem.gradients(self.x)).tobytes())
        return sums.hexdigest()

    def begin(self) -> None:
        """The state of round 0, and what it costs to send it."""
        many, n, d = len(self.methods), self.problem.n_agents, self.problem.dimension
        world, x = self.world, np.tile(self.x, (many, 1))
        server, agents = self.method.server_state, self.method.agent_state
        shapes = [(many, d)] * len(server) + [(n, many, d)] * len(agents)
        if self.rule != "zero" and hasattr(self.method, "start"):
            world.in_full = self.rule == "gradient"
            given = self.method.start(world, x)
            world.in_full = False
            told = self.sizes.up if world.heard.compressed and self.rule == "compressed" else self.sizes.full
            self._spend(told if world.heard.gradients else 0.0, 0.0, 0.0)
        else:
            given = [x if name == "x" else np.zeros(shape) for name, shape in zip((*server, *agents), shapes)]
        self.state = tuple(np.array(np.broadcast_to(v, shape)) for v, shape in zip(given, shapes))
        self._record()

    def advance(self) -> None:
        """One round."""
        self.world.heard = Heard()
        self.consistent = False  # an interrupted step may have drawn from the generators
        self.state = self._step()
        self.t += 1
        up, down = self.traffic(self.world.heard, self.sizes)
        seconds = 0.0 if self.clock is None else self.clock(self.world.heard, up, down)
        self._spend(up, down, seconds)
        if self.t == self.times[self.written]:
            self._record()
        self.consistent = True

    def _step(self) -> tuple[Array, ...]:
        """The next state, in floats, as a step may multiply by fractions; ValueError where it fails."""
        name, known = type(self.methods[0]).__name__, (*self.method.server_state, *self.method.agent_state)
        try:
            state = tuple(np.asarray(v, dtype=float) for v in self.method.step(self.world, *self.state))
        except (ValueError, MemoryError):
            raise
        except Exception as error:
            raise ValueError(f"{name}.step fails in round {self.t + 1}: {type(error).__name__}: {error}") from error
        if [v.shape for v in state] != [v.shape for v in self.state]:
            raise ValueError(f"{name}.step does not return {', '.join(known)}, each a vector as large as before")
        return state

    def _spend(self, up: Any, down: Any, seconds: Any) -> None:
        heard, problem = self.world.heard, self.problem
        samples = heard.gradients * getattr(problem, "samples", 1) + heard.noisy * (getattr(problem, "batch", 1) or 1)
        for name, cost in zip(self.spent, (up, down, samples, seconds)):
            self.spent[name][self.alive] += cost

    def _record(self) -> None:
        world, alive, row = self.world, self.alive, self.written
        x = self.state[0]
        found = {"f": world.values(x), "grad2": world.square(world.mean(world.look(x))), **self.spent}
        found["measure"] = self._measure()
        if self.lyapunov is not None:
            found["V"] = self._follow()
        for name, values in self.data.items():
            value = found[name]
            values[row, alive] = value[alive] if name in self.spent else value
        self.written += 1
        good = np.isfinite(found["f"]) & np.isfinite(found["grad2"])
        if not good.all():
            places = np.flatnonzero(alive)[~good]
            self.diverged[places] = self.t
            for values in self.data.values():
                values[row, places] = np.nan
            self._keep(good)

    def _measure(self) -> Array:
        """The method's measure, or nothing where it needs a minimiser that there is not, or has none."""
        world, heard, asked = self.world, self.world.heard, self.world.asked
        world.heard = Heard()
        try:
            needless = self.measured == UNKNOWN  # a minimiser is sought once only
            measure: Array = np.full(len(self.state[0]), np.nan)
            measure = measure if needless else self.method.measure(world, *self.state)
        except NoMinimiserError:
            self.measured = UNKNOWN
        except NotImplementedError:  # a class with ``step`` alone
            measure, self.measured = world.square(world.mean(world.look(self.state[0]))), "||mean g||^2"
        world.heard, world.asked = heard, asked
        return measure

    def _follow(self) -> Array:
        """V, column by column."""
        from eftheory.simulate.world import NumericWorld

        assert self.lyapunov is not None
        shown, world = [], NumericWorld(self.problem, self.compressor)
        for r in range(len(self.state[0])):
            shown.append(self.lyapunov(world, tuple(v[..., r, :] for v in self.state)))
        return np.array(shown)

    def _keep(self, good: Array) -> None:
        """Go on with the columns that are good."""
        self.alive[np.flatnonzero(self.alive)[~good]] = False
        self.world.keep(good)
        self.state = tuple(v[..., good, :] for v in self.state)
        if self.alive.any():
            self.method = stack([method for method, alive in zip(self.methods, self.alive) if alive])

    def save(self, path: Path, digest: str) -> None:
        """Write the checkpoint."""
        arrays = {f"state{i}": v for i, v in enumerate(self.state)}
        arrays |= {f"data_{name}": v for name, v in self.data.items()}
        arrays |= {f"spent_{name}": v for name, v in self.spent.items()}
        rngs = json.dumps([rng.bit_generator.state for rng in self.world.rngs])
        asked = {name: v for name in ("asked", "at") if (v := getattr(self.world, name)) is not None}
        rest = {"alive": self.alive, "diverged": self.diverged, "t": self.t, "written": self.written}
        write_arrays(path, {**arrays, **asked, **rest, "rngs": rngs, "digest": digest, "measured": self.measured})

    def restore(self, path: Path, digest: str) -> None:
        """Go on where the checkpoint is."""
        found = read_arrays(path)
        if str(found.get("digest", "")) != digest:
            raise ValueError(f"{path}: the checkpoint is one of another run (methods, data or options differ)")
        self.state = tuple(found[f"state{i}"] for i in range(sum(name.startswith("state") for name in found)))
        self.data = {name: found[f"data_{name}"] for name in self.data}
        self.spent = {name: found[f"spent_{name}"] for name in self.spent}
        self.alive, self.diverged = found["alive"], found["diverged"]
        self.t, self.written, self.measured = int(found["t"]), int(found["written"]), str(found["measured"])
        self.world.keep(self.alive)
        for rng, state in zip(self.world.rngs, json.loads(str(found["rngs"]))):
            rng.bit_generator.state = state
        self.world.asked, self.world.at = found.get("asked"), found.get("at")
        if self.alive.any():
            self.method = stack([method for method, alive in zip(self.methods, self.alive) if alive])

    def result(self, multiples: Sequence[str] | None, name: str) -> Runs:
        """What was measured."""
        columns = tuple(
            Column(
                method=name or str(getattr(method, "name", type(method).__name__)),
                step_size=float(method.step_size),
                multiple="" if multiples is None else str(multiples[r]),
                seed=int(self.seeds[r]),
                diverged=int(self.diverged[r]) if self.diverged[r] >= 0 else None,
                measure=self.measured,
            )
            for r, method in enumerate(self.methods)
        )
        provenance = {"start": self.rule, "bits": self.bits, "compressor": repr(self.compressor)}
        provenance |= {} if self.down is None else {"down": repr(self.down)}
        return Runs(self.times, columns, self.data, provenance)


def at_multiples(
    method: type[Method], unit: Fraction, multiples: Sequence[Fraction | int], **parameters: Any
) -> list[Method]:
    """The method at multiples of a step size.

    >>> from eftheory.methods import GD
    >>> at_multiples(GD, Fraction(1, 8), [1, 2])
    [GD(step_size=Fraction(1, 8)), GD(step_size=Fraction(1, 4))]
    """
    return [method(step_size=unit * multiple, **parameters) for multiple in multiples]
