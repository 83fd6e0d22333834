"""What a method does on instances of a claim of the second format, from the JSON text alone: no code of eftheory.

Agents hold f_i(x) = h_i/2 x^2 + b_i x on the line, with h_i in [mu, L], of either sign. Contractive compressors
shorten or stretch by as much as they may; unbiased ones send v/p with probability p = 1/(1 + omega), else nothing;
noise is +-sigma for each agent, or the same for all where it need not be independent. All of this is linear in the
state z = (1, x, ...), so that expectations are those of the matrix E z z^T, computed exactly over all ways in which
chance falls. A claim that they break is false, whoever accepted it. Floats find suspects, fractions decide.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np

STEPS = 24
INSTANCES = 10
MOST_AGENTS = 3  # where chance falls for each of them
Row = list[Any]  # coefficients of z


class UnknownError(Exception):
    """This oracle cannot judge such a claim."""


def broken(document: dict[str, Any], seed: object = 0) -> str:
    """What some instance says against the upper bound of a file; empty if nothing. UnknownError: not of its kind."""
    for k in range(INSTANCES):
        run = _Run(document, random.Random(f"{seed} {k}"))
        if (t := run.breaks(float, 1 + 1e-9)) and (t := run.breaks(Fraction, 1, t)):
            return f"after {t} steps on instance {k}: h = {run.h}, b = {run.b}, z = {run.start}"
    return ""


class _Run:
    """A claim on one instance."""

    def __init__(self, document: dict[str, Any], rng: random.Random) -> None:
        self.setting, self.upper = document["setting"], document["upper"]
        self.rng, self.name = rng, self.setting["method"]
        self.parameters = {name: Fraction(value) for name, value in self.setting.get("parameters", {}).items()}
        self.parameters["gamma"] = Fraction(self.setting["step_size"])
        self.assumed = {each["class"]: each for each in self.setting.get("assumptions", [])}
        if self.name not in STATES:
            raise UnknownError(f"the method {self.name}")
        self.server, self.agents = STATES[self.name]
        self.by_chance = self.name in ("ef21_pp", "ef21_sgd", "marina") or "compressor" in self.setting
        self._draw_functions()
        self.weights = [Fraction(1, len(self.h))] * len(self.h)
        self.names = ["1", *self.server, *(f"{name} {i}" for name in self.agents for i in range(len(self.h)))]
        self.start = [Fraction(1), *(self._near_zero() for _ in self.names[1:])]
        alpha = Fraction(self.setting["alpha"])
        root = Fraction(isqrt((1 - alpha).numerator * 2**80 // (1 - alpha).denominator), 2**40)
        self.shares = [root * rng.choice((1, 1, -1, -1, Fraction(1, 2), 0)) for _ in self.h]

    def _near_zero(self) -> Fraction:
        return Fraction(self.rng.choice((0, self.rng.randint(-8, 8), self.rng.randint(-8, 8))), 4)

    def _draw_functions(self) -> None:
        """Curvatures and slopes of as many agents as there are, for which all that is assumed of f is true."""
        rng, kinds = self.rng, [each for each in self.setting["agents"] for _ in range(min(int(each["count"]), 40))]
        if len(kinds) > (MOST_AGENTS if self.by_chance else 40):
            raise UnknownError(f"{len(kinds)} agents")
        if any(int(each["count"]) > 40 for each in self.setting["agents"]):
            raise UnknownError("many agents")
        own = {*self.setting["hypotheses"]} & {"common minimiser", "one agent"}
        for _ in range(200):
            ends = [(Fraction(each["mu"]), Fraction(each["L"])) for each in kinds]
            self.h = [rng.choice((mu, L, mu + (L - mu) * Fraction(rng.randint(0, 8), 8))) for mu, L in ends]
            self.b = [self._near_zero() * rng.choice((0, 1)) for _ in kinds]
            if "common minimiser" in own or "common global minimiser" in self.assumed:
                self.b = [Fraction(0)] * len(kinds)
            n = len(kinds)
            H, B = sum(self.h) / n, sum(self.b) / n
            if H < 0 or (H == 0 and B):
                continue
            if "common global minimiser" in self.assumed and min(self.h) < 0:
                continue
            if "pl" in self.assumed and Fraction(self.assumed["pl"]["mu"]) > H:
                continue
            needs_star = {"minimiser", "global minimiser"} & {*self.assumed, *self.setting["hypotheses"]}
            if needs_star and H == 0:
                continue
            self.H, self.B, self.zeta2 = H, B, Fraction(0)
            if "similar" in self.assumed:
                A = Fraction(self.assumed["similar"]["A"])
                a, m = (
                    sum(h * h for h in self.h) / n - A * H * H,
                    sum(h * b for h, b in zip(self.h, self.b)) / n - A * H * B,
                )
                c = sum(b * b for b in self.b) / n - A * B * B
                if a > 0 or (a == 0 and m):
                    continue
                self.zeta2 = max(Fraction(0), c - m * m / a if a else c)
            self.x_star = -B / H if H else Fraction(0)
            return
        raise UnknownError("no instance is found")

    def breaks(self, number: Any, room: Any, last: int = STEPS) -> int:
        """After how many steps a claim fails in this arithmetic; 0 if it does not."""
        self.number = number
        z = np.array([number(value) for value in self.start], dtype=object if number is Fraction else float)
        second, total, up = np.outer(z, z), 0, self.upper
        first = up.get("initial") or {self.setting["measure"]: up["C"]}
        allowed = sum(number(Fraction(factor)) * self.quantity(name, second) for name, factor in first.items())
        sigma = Fraction(1) if self.name == "ef21_sgd" else Fraction(0)
        constants = {"sigma2": sigma, "zeta2": self.zeta2}
        gain = sum(number(Fraction(factor) * constants[name]) for name, factor in up.get("noise", {}).items())
        rate, tau, c = (number(Fraction(up.get(key, "0"))) for key in ("rate", "tau", "c"))
        ways = [*self._ways(sigma)]
        for t in range(last + 1):
            measure = self.quantity(self.setting["measure"], second)
            total = total + measure if tau else measure
            if tau:
                allowed = allowed + gain
            if (tau or c) * total > allowed * room + (1e-9 if number is float else 0):
                return t or 1
            if not tau:
                allowed = rate * allowed + gain
            second = sum(chance * (step @ second @ step.T) for chance, step in ways)
        return 0

    def _ways(self, sigma: Fraction) -> Iterator[tuple[Any, np.ndarray]]:
        """The matrices of one step, with their chances."""
        n, omega = len(self.h), Fraction(0)
        messages: list[list[tuple[Fraction, Fraction]]] = [[(Fraction(1), 1 - share)] for share in self.shares]
        if "compressor" in self.setting:
            omega = Fraction(self.setting["compressor"]["omega"])
            p = 1 / (1 + omega)
            messages = [[(p, 1 / p), (1 - p, Fraction(0))] if omega else [(Fraction(1), Fraction(1))]] * n
        one: list[tuple[Fraction, Fraction]] = [(Fraction(1), Fraction(1))]
        coins = noises = [one] * n
        if self.name == "ef21_pp":
            p = self.parameters["chance"]
            coins = [[(p, Fraction(1)), (1 - p, Fraction(0))]] * n
        both = [(Fraction(1, 2), Fraction(1)), (Fraction(1, 2), Fraction(-1))]
        together = sigma and "independent noise" not in self.assumed
        if sigma:
            noises = [both] + ([one] if together else [both]) * (n - 1)
        full = self.parameters.get("full", Fraction(1))
        shared = [(1 - full, Fraction(1)), (full, Fraction(0))]
        switch = shared if self.name == "marina" else one
        for drawn in itertools.product(*messages, *coins, *noises, switch):
            chance = Fraction(1)
            for probability, _ in drawn:
                chance *= probability
            values = [value for _, value in drawn]
            self.factors, self.takes, xi = values[:n], values[n : 2 * n], values[2 * n : 3 * n]
            self.xi = [(xi[0] if together else each) * sigma for each in xi]
            self.coin = values[-1]
            yield self.number(chance), self._matrix()

    def _unit(self, name: str) -> Row:
        return [Fraction(int(each == name)) for each in self.names]

    def _matrix(self) -> np.ndarray:
        """One step as a matrix."""
        state = {name: self._unit(name) for name in self.server}
        state |= {name: [self._unit(f"{name} {i}") for i in range(len(self.h))] for name in self.agents}
        after = STEP[self.name](self, **state, **self.parameters)
        rows = [self._unit("1"), *after[: len(self.server)]]
        rows += [row for part in after[len(self.server) :] for row in part]
        return np.array(
            [[self.number(value) for value in row] for row in rows], dtype=object if self.number is Fraction else float
        )

    def gradients(self, x: Row) -> list[Row]:
        """Those of all agents at a row."""
        return [_sum((h, x), (b, self._unit("1"))) for h, b in zip(self.h, self.b)]

    def mean(self, rows: list[Row]) -> Row:
        """Of all agents."""
        return _sum(*zip(self.weights, rows))

    def compress(self, rows: list[Row]) -> list[Row]:
        """As chance has it."""
        return [_sum((factor, row)) for factor, row in zip(self.factors, rows)]

    def quantity(self, name: str, second: np.ndarray) -> Any:
        """Its expectation."""
        if name in ("f - inf f", "f(x) - f(x*)"):
            if self.H == 0:
                return self.number(0)
            return self.number(self.H / 2) * self._square(
                _sum((1, self._unit("x")), (-self.x_star, self._unit("1"))), second
            )
        total = self.number(0)
        for part in name.split(" + "):
            found = re.fullmatch(r"(mean )?\|\|(.*)\|\|\^2", part)
            if not found:
                raise UnknownError(name)
            rows = self._rows(found[2])
            if found[1] and not isinstance(rows[0], list):
                raise UnknownError(name)
            each = rows if isinstance(rows[0], list) else [rows]
            total += sum(self._square(row, second) for row in each) / len(each)
        return total

    def _square(self, row: Row, second: np.ndarray) -> Any:
        v = np.array([self.number(value) for value in row], dtype=second.dtype)
        return v @ second @ v

    def _rows(self, text: str) -> Any:
        """A difference of names as a row, or as one for each agent."""
        parts = [self._named(part) for part in text.split(" - ")]
        if any(isinstance(part[0], list) for part in parts):
            if not all(isinstance(part[0], list) for part in parts):
                raise UnknownError(text)
            return [_sum(*((1 if k == 0 else -1, row) for k, row in enumerate(rows))) for rows in zip(*parts)]
        return _sum(*((1 if k == 0 else -1, row) for k, row in enumerate(parts)))

    def _named(self, name: str) -> Any:
        name = name.replace("_i", "")
        if name.startswith("mean "):
            rows = self._named(name.removeprefix("mean "))
            return self.mean(rows) if isinstance(rows[0], list) else rows
        star = _sum((self.x_star, self._unit("1")))
        known: dict[str, Any] = {"g": self.gradients(self._unit("x")), "x*": star, "g*": self.gradients(star)}
        known["grad f(x*)"] = known["g*"]
        known |= {each: self._unit(each) for each in self.server}
        known |= {each: [self._unit(f"{each} {i}") for i in range(len(self.h))] for each in self.agents}
        if name not in known:
            raise UnknownError(name)
        return known[name]


def _sum(*terms: tuple[Any, Row]) -> Row:
    return [
        sum((factor * value for (factor, _), value in zip(terms, column)), Fraction(0))
        for column in zip(*(row for _, row in terms))
    ]


def _plus(rows: list[Row], others: list[Row], factor: Any = 1) -> list[Row]:
    return [_sum((1, row), (factor, other)) for row, other in zip(rows, others)]


def _gd(it: _Run, x: Row, gamma: Fraction) -> tuple[Any, ...]:
    return (_sum((1, x), (-gamma, it.mean(it.gradients(x)))),)


def _cgd(it: _Run, x: Row, gamma: Fraction) -> tuple[Any, ...]:
    return (_sum((1, x), (-gamma, it.mean(it.compress(it.gradients(x))))),)


def _ef(it: _Run, x: Row, e: list[Row], gamma: Fraction) -> tuple[Any, ...]:
    v = _plus(e, it.gradients(x), gamma)
    c = it.compress(v)
    return _sum((1, x), (-1, it.mean(c))), _plus(v, c, -1)


def _ef21(it: _Run, x: Row, d: list[Row], gamma: Fraction, chance: Any = None) -> tuple[Any, ...]:
    x = _sum((1, x), (-gamma, it.mean(d)))
    noisy = [_sum((1, row), (xi, it._unit("1"))) for row, xi in zip(it.gradients(x), it.xi)]
    c = it.compress(_plus(noisy, d, -1))
    return x, [_sum((1, row), (takes, sent)) for row, takes, sent in zip(d, it.takes, c)]


def _ef21_hb(it: _Run, x: Row, m: Row, d: list[Row], gamma: Fraction, momentum: Fraction) -> tuple[Any, ...]:
    m = _sum((momentum, m), (1, it.mean(d)))
    x = _sum((1, x), (-gamma, m))
    return x, m, _plus(d, it.compress(_plus(it.gradients(x), d, -1)))


def _econtrol(it: _Run, x: Row, e: list[Row], h: list[Row], gamma: Fraction, eta: Fraction) -> tuple[Any, ...]:
    g = it.gradients(x)
    h = _plus(h, it.compress(_plus(_plus(g, h, -1), e, eta)))
    return _sum((1, x), (-gamma, it.mean(h))), _plus(e, _plus(g, h, -1)), h


def _diana(it: _Run, x: Row, h: list[Row], gamma: Fraction, beta: Fraction) -> tuple[Any, ...]:
    m = it.compress(_plus(it.gradients(x), h, -1))
    return _sum((1, x), (-gamma, it.mean(_plus(h, m)))), _plus(h, m, beta)


def _marina(it: _Run, x: Row, v: Row, gamma: Fraction, full: Fraction) -> tuple[Any, ...]:
    before, x = it.gradients(x), _sum((1, x), (-gamma, v))
    k = it.gradients(x)
    return x, _sum((1, v), (1, it.mean(it.compress(_plus(k, before, -1))))) if it.coin else it.mean(k)


STATES: dict[str, tuple[list[str], list[str]]] = {
    "gd": (["x"], []),
    "cgd": (["x"], []),
    "dcgd": (["x"], []),
    "ef": (["x"], ["e"]),
    "ef21": (["x"], ["d"]),
    "ef21_pp": (["x"], ["d"]),
    "ef21_sgd": (["x"], ["d"]),
    "ef21_hb": (["x", "m"], ["d"]),
    "econtrol": (["x"], ["e", "h"]),
    "diana": (["x"], ["h"]),
    "marina": (["x", "v"], []),
}
STEP: dict[str, Any] = {
    "gd": _gd,
    "cgd": _cgd,
    "dcgd": _cgd,
    "ef": _ef,
    "ef21": _ef21,
    "ef21_pp": _ef21,
    "ef21_sgd": _ef21,
    "ef21_hb": _ef21_hb,
    "econtrol": _econtrol,
    "diana": _diana,
    "marina": _marina,
}
