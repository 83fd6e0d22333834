"""Random claims of the second format: every method on every class of functions that certificates are made of."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median
from typing import Any

from eftheory import certify
from eftheory.check import check_bytes
from eftheory.methods import NAMED
from eftheory.theory.classes import CONVEX, NONCONVEX, NONE, PL, STRONGLY_CONVEX
from eftheory.theory.coverage import CERTIFIED_CASES, TOGETHER
from tests.benchmarks.tables import Table, milliseconds

WORDS = {STRONGLY_CONVEX: "strongly-convex", PL: "pl", CONVEX: "convex", NONCONVEX: "nonconvex"}
MOST_TYPES = 3


@dataclass(frozen=True)
class GeneralOutcome:
    """What became of one claim.

    Attributes:
        number, method, functions, noise, said: the claim; ``said`` is what ``certify`` is told.
        proved: whether the checker accepted the file.
        crash: what was raised that should not have been, "" for nothing.
        seconds: of the whole of ``certify``.
        notes: what is said of the step size, or of what failed.
    """

    number: int
    method: str
    functions: str
    noise: str
    said: dict[str, Any]
    proved: bool = False
    crash: str = ""
    seconds: float = 0.0
    notes: str = ""


def draw_general(seed: object, number: int) -> GeneralOutcome:
    """A method, a class of functions, noise, and numbers: the same claim for the same seed and number.

    kappa from 2 to 1000, L from 0.1 to 10 and alpha or 1/(1 + omega) from 0.05 to 1 on a logarithmic scale; one to
    three types of 1, 2, or up to 1000 agents; p, sigma and minibatches where the method has them. What has no law of
    its step is certified at the published one, or at a half, a quarter... of it where there is no proof at that. Left
    out: DCGD with contractive messages, which may diverge, and EControl with eta > alpha/6, where some are not proved.
    """
    rng = random.Random(f"general {seed} {number}")
    cases = [
        (kind, f, noise) for kind, by_noise in CERTIFIED_CASES.items() for noise, fs in by_noise.items() for f in fs
    ]
    kind, functions, noise = rng.choice(cases)
    word = WORDS[functions]
    several = kind is not NAMED["gd"] and kind is not NAMED["cgd"]
    types = [_draw_type(rng, word, several) for _ in range(rng.randint(1, MOST_TYPES) if several else 1)]
    said: dict[str, Any] = {"agents": types, "functions": word}
    mean = sum(it["L"] * it["count"] for it in types) / sum(it["count"] for it in types)
    if word == "pl":
        said["mu"] = mean / Fraction(round(2 * 500 ** rng.random()))
    name = next(name for name, each in NAMED.items() if each is kind)
    if name in ("diana", "marina", "dcgd"):  # with contractive compressors dcgd may diverge, see its class
        said["omega"] = Fraction(round(100 * 20 ** rng.random()), 100) - 1
    elif name != "gd":
        said["alpha"] = min(Fraction(round(1000 * 20 ** -rng.random()), 1000), Fraction(1))
    if functions in TOGETHER.get(kind, ()) or name in ("ef", "dcgd"):
        if word in ("nonconvex", "pl") or rng.random() < 0.3:
            said["similar"] = Fraction(rng.choice((1, 2)))
        if word in ("strongly-convex", "convex"):
            said["minimiser"] = "common"
    if name == "ef21_pp":
        said["participation"] = Fraction(rng.randint(1, 20), 20)
    if name in ("ef21_sgd", "ef21_sgdm"):
        said["sigma"] = Fraction(0 if noise == NONE else rng.choice((1, 3))) / rng.choice((1, 10))
        said["minibatch"] = rng.choice((1, 32))
    if name == "econtrol":  # to alpha/6 only: with more, 3 of 40 claims were not proved
        said["parameters"] = {"eta": said["alpha"] * Fraction(rng.randint(1, 10), 60)}
    if name == "ef21_hb":
        said["parameters"] = {"momentum": Fraction(rng.randint(0, 6), 10)}
    return GeneralOutcome(number, name, functions, noise, said)


def _draw_type(rng: random.Random, word: str, several: bool) -> dict[str, Any]:
    L = Fraction(f"{10 ** rng.uniform(-1, 1):.3g}")
    it: dict[str, Any] = {"L": L, "count": rng.choice((1, 2, int(1000 ** rng.random()))) if several else 1}
    return it | ({"mu": L / Fraction(round(2 * 500 ** rng.random()))} if word == "strongly-convex" else {})


def examine_general(seed: object, number: int) -> GeneralOutcome:
    """Certify claim ``number`` of the stream; a crash is a finding, not the end of the run."""
    outcome = draw_general(seed, number)
    began = time.perf_counter()
    try:
        result = certify(outcome.method, step_size="law", **outcome.said)
        proved = result.data is not None and all(verdict.proved for verdict in check_bytes(result.data))
    except Exception as error:
        return replace(outcome, crash=f"{type(error).__name__}: {error}", seconds=time.perf_counter() - began)
    notes = "; ".join(result.notes)
    return replace(outcome, proved=proved, seconds=time.perf_counter() - began, notes=notes)


def general_tables(outcomes: Sequence[GeneralOutcome]) -> list[Table]:
    """By method and class, and what was missed."""
    found = Table("Proofs", ("method, functions, noise", "claims", "proved", "median ms", "largest ms"))
    for key in sorted({(it.method, it.functions, it.noise) for it in outcomes}):
        some = [it for it in outcomes if (it.method, it.functions, it.noise) == key]
        seconds = [it.seconds for it in some]
        times = milliseconds(median(seconds)), milliseconds(max(seconds))
        found.add(", ".join(key), len(some), sum(it.proved for it in some), *times)
    missed = Table("Missed", ("number", "method", "what is said"))
    for it in outcomes:
        if not it.proved:
            missed.add(it.number, it.method, it.crash or it.notes)
    return [found, missed]
