"""A worst case played in fractions from the JSON text alone, with no code of eftheory's.

The file gives the functions, the first state and the first messages; at time t the compressor answers (growth Z)^t
times what it answered first. A claim is false if that is no instance of the class, or if its measure does not keep up.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.check.known import in_words

Document = dict[str, Any]
Coordinates = list[Fraction]
Known = dict[str, tuple[list[Coordinates], bool]]  # per type (once for the server); is it of the agents
STEPS = 4
DIFFER = "messages differ for equal inputs"
AGAIN = "messages differ for equal inputs at different times"


def unfounded(document: Document) -> str:
    """What the instance in a file says against its lower bound; empty if nothing."""
    try:
        play = _Replay(document)
        for _ in range(STEPS):
            play.step()
    except _ObjectionError as objection:
        return str(objection)
    return ""


class _ObjectionError(Exception):
    """Why an instance proves nothing."""


def _object(wrong: bool, reason: str) -> None:
    if wrong:
        raise _ObjectionError(reason)


def _square(v: Coordinates) -> Fraction:
    return sum((x * x for x in v), Fraction(0))


class _Replay:
    def __init__(self, document: Document) -> None:
        setting, lower = document["setting"], document["lower"]
        self.definition, self.alpha = in_words(setting), Fraction(setting["alpha"])
        self.counts = [int(kind["count"]) for kind in setting["agents"]]
        self.curvatures = [_numbers(row) for row in lower["curvatures"]]
        self.turn = [Fraction(lower["growth"]) * Fraction(sign) for sign in lower["signs"]]
        self.first = [[_numbers(row) for row in call] for call in lower["messages"]]
        self.heard: list[tuple[int, int, int, Coordinates, Coordinates]] = []  # time, call, type, input, message
        self.time, self.calls = 0, 0
        self._require_class(setting)
        self.state: Known = {name: ([_numbers(lower["server"][name])], False) for name in lower["server"]}
        self.state |= {name: ([_numbers(row) for row in rows], True) for name, rows in lower["agents"].items()}
        names = {*self.definition["server_state"], *self.definition.get("agent_state", [])}
        _object(self.state.keys() != names, "the state is another one")
        self.rate, self.least = Fraction(lower["rate"]), self._measure()
        _object(self.least <= 0, "the measure is zero")

    def _require_class(self, setting: Document) -> None:
        for kind, row in zip(setting["agents"], self.curvatures):
            inside = all(Fraction(kind["mu"]) <= h <= Fraction(kind["L"]) for h in row)
            _object(not inside, "a function is not of the class")
        lonely = "one agent" in self.definition.get("hypotheses", [])
        _object(lonely and sum(self.counts) != 1, "there is more than one agent")

    def step(self) -> None:
        """One round; the measure may not fall behind."""
        self.calls = 0
        after = self._play("step")
        self.state, self.time, self.least = after, self.time + 1, self.least * self.rate
        found = self._measure()
        _object(found < self.least, f"measure {found} < {self.least} after {self.time} steps")

    def _measure(self) -> Fraction:
        total = Fraction(0)
        for name, (rows, of_agents) in self._play("measure").items():
            squares = [_square(v) for v in rows]
            weight = Fraction(self.definition["weights"][name])
            total += weight * (self._mean_number(squares) if of_agents else squares[0])
        return total

    def _mean_number(self, values: list[Fraction]) -> Fraction:
        return sum((n * value for n, value in zip(self.counts, values)), Fraction(0)) / sum(self.counts)

    def _play(self, place: str) -> Known:
        program, known = self.definition[place], dict(self.state)
        if "common minimiser" in self.definition.get("hypotheses", []):
            known["x*"] = [[Fraction(0)] * len(self.turn)], False
        for k, call in enumerate(program.get("calls", [])):
            rows, _ = self._combine(call["of"], known)
            known[f"{call['call']} {k}"] = getattr(self, f"_{call['call']}")(rows)
        parts = {**program.get("server", {}), **program.get("agents", {})}
        return {name: self._combine(terms, known) for name, terms in parts.items()}

    def _combine(self, terms: dict[str, str], known: Known) -> tuple[list[Coordinates], bool]:
        of_agents = any(known[name][1] for name in terms)
        types = range(len(self.counts)) if of_agents else range(1)
        total = [[Fraction(0)] * len(self.turn) for _ in types]
        for name, text in terms.items():
            (rows, several), factor = known[name], Fraction(text)
            for t in types:
                total[t] = [a + factor * b for a, b in zip(total[t], rows[t if several else 0])]
        return total, of_agents

    def _gradient(self, rows: list[Coordinates]) -> tuple[list[Coordinates], bool]:
        return [[h * x for h, x in zip(curvature, rows[0])] for curvature in self.curvatures], True

    def _mean(self, rows: list[Coordinates]) -> tuple[list[Coordinates], bool]:
        return [[self._mean_number(list(column)) for column in zip(*rows)]], False

    def _compress(self, rows: list[Coordinates]) -> tuple[list[Coordinates], bool]:
        _object(self.calls >= len(self.first), "there are too few messages")
        call, self.calls = self.calls, self.calls + 1
        factors = [x**self.time for x in self.turn]
        said = [[a * b for a, b in zip(factors, row)] for row in self.first[call]]
        for t, (v, c) in enumerate(zip(rows, said)):
            error = _square([a - b for a, b in zip(v, c)])
            _object(error > (1 - self.alpha) * _square(v), f"message {call} does not contract at time {self.time}")
            for time, other, kind, before, answer in self.heard:
                reason = DIFFER if time == self.time else AGAIN if other == call else DIFFER
                _object(kind == t and before == v and answer != c, reason)
            self.heard.append((self.time, call, t, v, c))
        return said, True


def _numbers(row: list[str]) -> Coordinates:
    return [Fraction(text) for text in row]
