"""What a method does on instances, from the JSON text alone: it shares no code with eftheory.

Agents hold functions of two variables with f_i' = h z, z from their minimiser and h one number where z > 0 and another
where z < 0, in each coordinate; compressors answer C(v) = v less a turned and shortened v. A claim
measure_t <= (C/c) rate^t measure_0 that a run breaks is false, whoever accepted it. Floats play all instances of a
pool at once and say which look bad; fractions decide.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isqrt
from typing import Any, NamedTuple

import numpy as np

from tests.check.known import in_words
from tests.check.pool import CALLS, Pool, pool_of, random_pool

Document = dict[str, Any]
Vectors = dict[str, tuple[np.ndarray, bool]]  # instances x agents (1 for the server) x coordinates; is it of the agents
LOOKS = (1, 2, 3, 4, 6, 9, 14, 20, 30)  # steps after which runs are measured
LATE = (60, 100, 160)
DECIDED = 3  # runs that are watched for longer, and that fractions repeat
RISING = 1.0001  # by how much a run gains on what is allowed between two looks, to be watched
MARGIN, NOISE = 1e-10, 1e-22  # what floats may say wrongly: relative to the bound, and to the largest square


class Instance(NamedTuple):
    """One instance on the line, by hand.

    Attributes:
        star: the common minimiser; without one, what the minimisers of the agents have in common.
        curvature: "L" or "mu", or "mixed" by turns.
        share: of the largest error, in [-1, 1].
        start: of all vectors of the server.
        memory: of all vectors of the agents.
    """

    star: Fraction
    curvature: str = "L"
    share: Fraction = Fraction(1)
    start: Fraction = Fraction(0)
    memory: Fraction = Fraction(0)


class Run:
    """A method on all instances of a pool, in floats or in fractions."""

    def __init__(self, setting: Document, pool: Pool, number: Any) -> None:
        self.definition, self.number, self.pool = _with_numbers(in_words(setting), number), number, pool
        kinds = [kind for kind in setting["agents"] for _ in range(min(int(kind["count"]), 2))]
        L, mu = (self._column([number(Fraction(kind[key])) for kind in kinds]) for key in ("L", "mu"))
        self.rising, self.falling = (mu + (L - mu) * pick for pick in (pool.rising, pool.falling))
        self.weights = self._weights(setting)
        self.common = "common minimiser" in self.definition.get("hypotheses", [])
        self.centres = pool.star if self.common else pool.star + pool.offsets
        loss = 1 - Fraction(setting["alpha"])
        self.root = number(Fraction(isqrt(loss.numerator * 2**48 // loss.denominator), 2**24))
        self.state = self._start()

    def _column(self, values: list[Any]) -> np.ndarray:
        return np.array(values, dtype=self.pool.star.dtype)[None, :, None]

    def _weights(self, setting: Document) -> np.ndarray:
        """Shares of the agents; two stand for all of a type, for halves of it or for one and the rest."""
        counts = [int(kind["count"]) for kind in setting["agents"]]
        even = [part for n in counts for part in ([n // 2, n - n // 2] if n > 1 else [1])]
        lone = [part for n in counts for part in ([1, n - 1] if n > 1 else [1])]
        shares = ([self.number(Fraction(part, sum(counts))) for part in parts] for parts in (even, lone))
        return np.where(self.pool.even, *map(self._column, shares))

    def _start(self) -> Vectors:
        it, pool, state = self.definition, self.pool, Vectors()
        for k, name in enumerate(it["server_state"]):
            state[name] = pool.at_star[k] * pool.star + pool.away[k], False
        first = next(iter(state.values()), (pool.star, False))
        gradients = self._gradient(*first)[0]
        for k, name in enumerate(it.get("agent_state", [])):
            state[name] = pool.as_gradient[k] * gradients + pool.memory[k], True
        return state

    def step(self) -> None:
        """One round."""
        self.state = self._play("step")

    def measure(self) -> np.ndarray:
        """The weighted squares, one number for each instance."""
        total = 0
        for name, (v, _) in self._play("measure").items():
            squares = (v * v).sum(axis=2)
            mean = squares[:, 0] if v.shape[1] == 1 else (self.weights[..., 0] * squares).sum(axis=1)
            total = total + self.definition["weights"][name] * mean
        return np.asarray(total)

    def size(self) -> np.ndarray:
        """The largest square in the state."""
        return np.max([(v * v).max(axis=(1, 2)) for v, _ in self.state.values()], axis=0)

    def _play(self, place: str) -> Vectors:
        program, known, self.calls = self.definition[place], dict(self.state), 0
        if self.common:
            known["x*"] = self.pool.star, False
        for k, call in enumerate(program.get("calls", [])):
            v, of_agents = self._combine(call["of"], known)
            known[f"{call['call']} {k}"] = getattr(self, f"_{call['call']}")(v, of_agents)
        parts = {**program.get("server", {}), **program.get("agents", {})}
        return {name: self._combine(terms, known) for name, terms in parts.items()}

    def _combine(self, terms: dict[str, Any], known: Vectors) -> tuple[np.ndarray, bool]:
        total, of_agents = None, False
        for name, coefficient in terms.items():
            v, several = known[name]
            term = v if coefficient == 1 else coefficient * v
            total, of_agents = term if total is None else total + term, of_agents or several
        if total is None:
            raise ValueError("an empty combination")
        return total, of_agents

    def _gradient(self, x: np.ndarray, _: bool) -> tuple[np.ndarray, bool]:
        z = x - self.centres
        return np.where((z > 0).astype(bool), self.rising, self.falling) * z, True

    def _compress(self, v: np.ndarray, _: bool) -> tuple[np.ndarray, bool]:
        turned = np.stack(
            [
                self.pool.cosine * v[..., 0] - self.pool.sine * v[..., 1],
                self.pool.sine * v[..., 0] + self.pool.cosine * v[..., 1],
            ],
            axis=-1,
        )
        share = self.pool.share[self.calls % CALLS]
        self.calls += 1
        return v - self.root * share * turned, True

    def _mean(self, v: np.ndarray, _: bool) -> tuple[np.ndarray, bool]:
        return (self.weights * v).sum(axis=1, keepdims=True), False


def _as_float(x: Fraction) -> float:
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf


def _with_numbers(part: Any, number: Any, key: str = "") -> Any:
    """The definition with all coefficients read."""
    if isinstance(part, dict):
        return {name: _with_numbers(each, number, name) for name, each in part.items()}
    if isinstance(part, list):
        return [_with_numbers(each, number, key) for each in part]
    return part if key in ("name", "call", "server_state", "agent_state", "hypotheses") else number(Fraction(part))


def contradicted(document: Document, instance: Instance, *, steps: int = 12) -> str:
    """What a run of one instance says against the upper bound of a file; empty if nothing."""
    pool = pool_of(instance, _agents(document["setting"]))
    return _decide(document, pool, steps, str(instance))


def refuted(document: Document) -> str:
    """What any run of the random pool says against the upper bound of a file; empty if nothing."""
    pool = random_pool(_agents(document["setting"]))
    with np.errstate(all="ignore"):
        watch = _Watch(document, pool)
        for look in LOOKS:
            watch.until(look)
        suspects = watch.suspects or watch.later(pool)
    for _, t, k in sorted(suspects, reverse=True)[:DECIDED]:
        if reason := _decide(document, pool.only([k]), t, f"instance {k} of the pool"):
            return reason
    return ""


class _Watch:
    """Runs in floats next to what a claim allows them."""

    def __init__(self, document: Document, pool: Pool) -> None:
        self.document, upper = document, document["upper"]
        self.rate = _as_float(Fraction(upper["rate"]))
        self.run, self.t = Run(document["setting"], pool.floats, _as_float), 0
        self.allowed = _as_float(Fraction(upper["C"]) / Fraction(upper["c"])) * self.run.measure()
        self.noise = NOISE * self.run.size()
        self.shares: list[np.ndarray] = []  # measure / allowed, at each look; zero where it may be noise
        self.suspects: list[tuple[float, int, int]] = []  # by how much, when, which

    def until(self, t: int) -> None:
        """Go on, and look."""
        while self.t < t:
            self.run.step()
            self.t += 1
            self.allowed = self.allowed * self.rate
        self.noise = np.maximum(1e-290, NOISE * self.run.size())
        found = self.run.measure()
        excess = found / (self.allowed * (1 + MARGIN) + self.noise)
        self.suspects += [(float(excess[k]), t, int(k)) for k in np.flatnonzero(excess > 1)]
        self.shares.append(np.where(found > 1e4 * self.noise, found / self.allowed, 0))

    def later(self, pool: Pool) -> list[tuple[float, int, int]]:
        """The few runs that shrink most slowly, if more slowly than is claimed, are watched for longer."""
        early, middle, late = (np.where(share > 0, share, np.nan) for share in self.shares[-3:])
        slow = (late > middle * RISING) & (middle > early * RISING)
        chosen = [int(k) for k in np.argsort(np.where(slow, -late, 0))[:DECIDED] if slow[k]]
        if not chosen:
            return []
        watch = _Watch(self.document, pool.only(chosen))
        for look in (*LOOKS[-1:], *LATE):
            watch.until(look)
            if watch.suspects:
                break
        return [(excess, t, chosen[k]) for excess, t, k in watch.suspects]


def _decide(document: Document, pool: Pool, steps: int, name: str) -> str:
    """The runs of a pool in fractions."""
    run, upper = Run(document["setting"], pool, Fraction), document["upper"]
    allowed = Fraction(upper["C"]) / Fraction(upper["c"]) * run.measure()
    for t in range(1, steps + 1):
        run.step()
        allowed = allowed * Fraction(upper["rate"])
        found = run.measure()
        if (found > allowed).any():
            return f"measure {float(found[0]):.6g} > {float(allowed[0]):.6g} after {t} steps on {name}"
    return ""


def _agents(setting: Document) -> int:
    return sum(min(int(kind["count"]), 2) for kind in setting["agents"])
