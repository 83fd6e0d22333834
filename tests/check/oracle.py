"""What a method does on instances, from the JSON text alone: it shares no code with eftheory.

Agents hold functions of two variables with f_i' = h z, z from their minimiser and h one number where z > 0 and another
where z < 0, in each coordinate; compressors answer C(v) = v less a turned and shortened v. A claim
measure_t <= (C/c) rate^t measure_0 that a run breaks is false, whoever accepted it. Floats play all instances of a
pool at once and say which look bad; fractions decide.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any, NamedTuple

import numpy as np

from tests.check.known import in_words
from tests.check.pool import Pool, pool_of, random_pool

Document = dict[str, Any]
Vectors = dict[str, tuple[np.ndarray, bool]]  # instances x agents (1 for the server) x coordinates; is it of the agents
LOOKS = (1, 2, 3, 4, 6, 9, 14, 20, 30)  # steps after which runs are measured
DECIDED = 3  # runs that fractions repeat
MARGIN, NOISE = 1e-10, 1e-22  # what floats may say wrongly: relative to the bound, and to the largest square seen


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
        self.definition, self.number, self.pool = in_words(setting), number, pool
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
            total = total + self.number(Fraction(self.definition["weights"][name])) * mean
        return np.asarray(total)

    def size(self) -> np.ndarray:
        """The largest square in the state."""
        return np.max([(v * v).max(axis=(1, 2)) for v, _ in self.state.values()], axis=0)

    def _play(self, place: str) -> Vectors:
        program, known = self.definition[place], dict(self.state)
        if self.common:
            known["x*"] = self.pool.star, False
        for k, call in enumerate(program.get("calls", [])):
            v, of_agents = self._combine(call["of"], known)
            known[f"{call['call']} {k}"] = getattr(self, f"_{call['call']}")(v, of_agents)
        parts = {**program.get("server", {}), **program.get("agents", {})}
        return {name: self._combine(terms, known) for name, terms in parts.items()}

    def _combine(self, terms: dict[str, str], known: Vectors) -> tuple[np.ndarray, bool]:
        total, of_agents = None, False
        for name, coefficient in terms.items():
            v, several = known[name]
            term = self.number(Fraction(coefficient)) * v
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
        return v - self.root * self.pool.share * turned, True

    def _mean(self, v: np.ndarray, _: bool) -> tuple[np.ndarray, bool]:
        return (self.weights * v).sum(axis=1, keepdims=True), False


def contradicted(document: Document, instance: Instance, *, steps: int = 12) -> str:
    """What a run of one instance says against the upper bound of a file; empty if nothing."""
    pool = pool_of(instance, _agents(document["setting"]))
    return _decide(document, pool, steps, str(instance))


def refuted(document: Document) -> str:
    """What any run of the random pool says against the upper bound of a file; empty if nothing."""
    pool = random_pool(_agents(document["setting"]))
    upper = document["upper"]
    constant, rate = float(Fraction(upper["C"]) / Fraction(upper["c"])), float(Fraction(upper["rate"]))
    suspects: list[tuple[float, int, int]] = []
    with np.errstate(all="ignore"):
        run = Run(document["setting"], pool.floats, float)
        first = run.measure()
        noise, t = NOISE * (1 + run.size()), 0
        for look in LOOKS:
            while t < look:
                run.step()
                t += 1
            noise = np.maximum(noise, NOISE * run.size())
            bound = constant * rate**t * first * (1 + MARGIN) + noise
            found = run.measure()
            for k in np.flatnonzero(found > bound):
                suspects.append((float(found[k] / bound[k]), t, int(k)))
    suspects.sort(reverse=True)
    for _, t, k in suspects[:DECIDED]:
        if reason := _decide(document, pool.only(k), t, f"instance {k} of the pool"):
            return reason
    return ""


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
