"""What an external method does on one instance, from the JSON text alone: it shares no code with eftheory.

Agents hold f_i(x) = h_i/2 (x - x_i)^2 on the line, compressors answer C(v) = (1 - share s) v with s^2 at most
1 - alpha. A claim measure_t <= (C/c) rate^t measure_0 that a run breaks is false, whoever accepted it.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any, NamedTuple

Document = dict[str, Any]
Vectors = dict[str, Any]  # a number for the server, a list of numbers for the agents


class Instance(NamedTuple):
    """Where x* is, which curvatures, what the compressors lose, and where the run starts.

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
    """An external method on an instance."""

    def __init__(self, setting: Document, instance: Instance) -> None:
        self.definition = setting["definition"]
        agents = [
            (Fraction(kind["L"]), Fraction(kind["mu"]))
            for kind in setting["agents"]
            for _ in range(min(int(kind["count"]), 2))
        ]
        self.repeats = [
            Fraction(int(kind["count"]), min(int(kind["count"]), 2))
            for kind in setting["agents"]
            for _ in range(min(int(kind["count"]), 2))
        ]  # two agents stand for many of a type
        pick = {"L": lambda k: 0, "mu": lambda k: 1, "mixed": lambda k: k % 2}[instance.curvature]
        self.curvatures = [agent[pick(k)] for k, agent in enumerate(agents)]
        common = "common minimiser" in self.definition.get("hypotheses", [])
        self.star = instance.star if common else None
        self.centres = [instance.star + (0 if common else k) for k, _ in enumerate(agents)]
        loss = 1 - Fraction(setting["alpha"])
        root = Fraction(isqrt(loss.numerator * 2**80 // loss.denominator), 2**40)
        self.loss = instance.share * root
        self.state: Vectors = dict.fromkeys(self.definition["server_state"], instance.start)
        self.state |= {name: [instance.memory] * len(agents) for name in self.definition.get("agent_state", [])}

    def step(self) -> None:
        """One round."""
        self.state = self._play("step")

    def measure(self) -> Fraction:
        """The weighted squares."""
        total = Fraction(0)
        for name, value in self._play("measure").items():
            square = self._mean([v * v for v in value]) if isinstance(value, list) else value * value
            total += Fraction(self.definition["weights"][name]) * square
        return total

    def _play(self, place: str) -> Vectors:
        program, known = self.definition[place], dict(self.state)
        if self.star is not None:
            known["x*"] = self.star
        for k, call in enumerate(program.get("calls", [])):
            known[f"{call['call']} {k}"] = getattr(self, f"_{call['call']}")(self._combine(call["of"], known))
        parts = {**program.get("server", {}), **program.get("agents", {})}
        results = {name: self._combine(terms, known) for name, terms in parts.items()}
        for name in program.get("agents", {}):
            if not isinstance(results[name], list):
                results[name] = [results[name]] * len(self.curvatures)
        return results

    def _combine(self, terms: dict[str, str], known: Vectors) -> Any:
        shared = sum((Fraction(c) * known[n] for n, c in terms.items() if not isinstance(known[n], list)), Fraction(0))
        each = [(Fraction(c), known[n]) for n, c in terms.items() if isinstance(known[n], list)]
        if not each:
            return shared
        return [shared + sum(c * v[i] for c, v in each) for i, _ in enumerate(self.curvatures)]

    def _gradient(self, x: Fraction) -> list[Fraction]:
        return [h * (x - centre) for h, centre in zip(self.curvatures, self.centres)]

    def _compress(self, v: list[Fraction]) -> list[Fraction]:
        return [(1 - self.loss) * each for each in v]

    def _mean(self, v: list[Fraction]) -> Fraction:
        return sum((r * each for r, each in zip(self.repeats, v)), Fraction(0)) / sum(self.repeats)


def contradicted(document: Document, instance: Instance, *, steps: int = 12) -> str:
    """What a run of the instance says against the upper bound of a file; empty if nothing."""
    run, upper = Run(document["setting"], instance), document["upper"]
    allowed = Fraction(upper["C"]) / Fraction(upper["c"]) * run.measure()
    for t in range(1, steps + 1):
        run.step()
        allowed *= Fraction(upper["rate"])
        found = run.measure()
        if found > allowed:
            return f"measure {float(found):.6g} > {float(allowed):.6g} after {t} steps on {instance}"
    return ""
