"""A second checker of theorems in plain data: it shares no code with the kernel, and takes values at random points.

Values are modulo a prime, drawn anew in each run; means, expectations and inner products are sums over a few agents,
outcomes and coordinates, with random weights. What is not zero in general is zero there with a chance below 10^-12, up
to degree 10^6; and what is zero for these few is so for any number, if its terms have fewer factors than there are.

python -m tests.oracles.theorems FOLDER    # what is wrong with each FOLDER/*.json, and how many are proved
"""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction
from math import prod
from operator import le
from pathlib import Path
from random import SystemRandom
from typing import Any

import numpy as np
from sympy import GF, QQ, ZZ, field
from sympy.polys.matrices import DomainMatrix

PRIME, SIZES, AXES = 2**61 - 1, (9, 5, 6), {"mean": 0, "expectation": 1, "inner": 2}
LENGTHS = {"mean": 1, "expectation": 1, "inner": 2, "/": 2, "^": 2, "map": 2}
NONNEGATIVE, POSITIVE = "nonnegative", "positive"  # signs; none is "", and the larger one of two says more
draw = np.frompyfunc(lambda _: SystemRandom().randrange(PRIME), 1, 1)
power = np.frompyfunc(lambda x, exponent: pow(x, exponent, PRIME), 2, 1)


def need(condition: object, why: str) -> None:
    if not condition:
        raise ValueError(why)


def frozen(data: Any) -> Any:
    """The data with tuples for lists, the signs of relations first, and numbers in lowest terms for their text."""
    if isinstance(data, dict):
        return {key: frozen(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(map(frozen, [data[1], data[0], *data[2:]] if data[1:2] in (["="], ["<="], ["<"]) else data))
    number = isinstance(data, str) and re.fullmatch("-?[0-9]+(/[0-9]*[1-9][0-9]*)?", data)
    return Fraction(data) if number and str(Fraction(data)) == data else data


def inside(node: Any) -> set[Any]:
    """The heads, numbers and names that occur; heads in tuples."""
    return set().union({node[:1]}, *map(inside, node[1:])) if isinstance(node, tuple) else {node}


def names(*nodes: Any) -> set[str]:
    return {name for node in nodes for name in inside(node) if isinstance(name, str)}


def put(node: Any, values: dict) -> Any:
    """An expression or relation with others in the place of symbols."""
    return (node[0], *(put(part, values) for part in node[1:])) if isinstance(node, tuple) else values.get(node, node)


def slack(sign: str, left: Any, right: Any) -> Any:
    return ("+", right, ("*", -1, left))


def evaluate(node: Any, values: dict) -> Any:
    if not isinstance(node, tuple):
        return values.get(node, node)
    parts = [evaluate(part, values) for part in node[1:]]
    return {"+": sum, "*": prod, "/": lambda ab: ab[0] / ab[1], "^": lambda ab: ab[0] ** ab[1]}[node[0]](parts)


class Model:
    """Random values, with which equations hold that say what atoms are; axes are agents, outcomes, coordinates."""

    def __init__(self, symbols: dict, equations: Any = ()) -> None:
        self.symbols, self.drawn, self.values = symbols, {}, {}
        self.weights = [draw(np.ones(shape)) for shape in np.diag(SIZES) + 1 - np.eye(3, dtype=int)]
        for _ in range(len(equations) + 1):  # what makes one hold may disturb those before
            sums: list[Any] = [[(1, 1)], [(1, 1)], []]
            for says in reversed(equations):
                left = says[1][1] if says[1][0] == "expectation" else says[1]
                if isinstance(left, str):
                    self.drawn[left] = self.value(("+", left, slack(*says)))
                    self.values.clear()
                else:
                    sums[AXES[left[0]]].append((prod(map(self.value, left[1:])), self.value(says[2]).item(0)))
            for weights, wanted in zip(self.weights, sums):
                self.solve(weights, wanted)
            self.values.clear()
        wrong = any(says[0] != "=" or self.value(slack(*says)).any() for says in equations)
        found = {part for says in equations for part in inside(says[1])}
        need(not wrong and not {("+",), ("/",)} & found and Fraction not in map(type, found), "no atoms are put in")

    @staticmethod
    def solve(weights: Any, equations: Any) -> None:
        """Change as many weights as there are equations, so that these sums over their axis are what they should be."""
        rows = [[*map(int, np.broadcast_to(left, weights.shape).flat), right] for left, right in equations]
        reduced, pivots = DomainMatrix.from_list(rows or [[0]], ZZ).convert_to(GF(PRIME)).rref()
        for row, k in zip(reduced.to_list(), pivots):
            *known, right = map(int, row)
            weights.flat[k] += (right - np.dot(known, weights.flat)) % PRIME

    def is_vector(self, node: Any) -> bool:
        return bool(self.value(node).shape[2] > 1)

    def value(self, node: Any) -> Any:
        if node not in self.values:
            self.values[node] = self.form(*node) if isinstance(node, tuple) else self.leaf(node)
        return self.values[node]

    def leaf(self, node: Any) -> Any:
        if not isinstance(node, str):
            return np.full((1, 1, 1), node.numerator * pow(node.denominator, -1, PRIME) % PRIME, dtype=object)
        if node not in self.drawn:
            kind = self.symbols[node]
            shape = [size if flag in kind else 1 for size, flag in zip(SIZES, ("indexed", "random", "kind"))]
            self.drawn[node] = draw(np.ones(shape + [SIZES[2]] * (kind.get("kind") == "map")))
        return self.drawn[node]

    def form(self, head: str, *parts: Any) -> Any:
        need(len(parts) == LENGTHS.get(head, len(parts)), f"{head} has other parts")
        found = [self.value(part) for part in parts]
        vectors, maps = [part.shape[2] > 1 for part in found], [part.ndim > 3 for part in found]
        need(maps == [True, False] and vectors[1] if head == "map" else True not in maps, "only maps map, and vectors")
        if head == "map":
            return (found[0] * found[1][:, :, None]).sum(-1) % PRIME
        if head == "+":
            need(len(set(vectors)) == 1, "a number and a vector are added")
            return sum(found) % PRIME
        if head == "/":
            need(not vectors[1], "a vector is a denominator")
            return found[0] * power(found[1], -1) % PRIME
        if head == "^":
            need(not vectors[0] and type(parts[1]) is int and parts[1] >= 0, "numbers have powers, whole ones")
            return power(found[0], parts[1])
        need(sum(vectors) == 2 if head == "inner" else sum(vectors) < 2, "vectors are multiplied")
        value = prod(found, start=self.value(1)) % PRIME
        return value if head == "*" else (value * self.weights[AXES[head]]).sum(AXES[head], keepdims=True) % PRIME


class Proof(Model):
    """A theorem, checked line by line; ``shelf`` holds the proved ones by slug."""

    def __init__(self, data: dict, shelf: dict[str, Proof]) -> None:
        need(data["format"] == "eftheory-theorem/1", "another format")
        data = frozen(data)
        super().__init__({})
        for name, said in data["symbols"].items():  # without what holds if nothing is said
            kind = {key: value for key, value in said.items() if key != "latex" and value not in ("scalar", False)}
            known = [("kind", "vector"), ("kind", "map"), ("indexed", True), ("random", True)]
            need(kind.items() <= {*known} and not kind.items() >= {known[1], known[3]}, f"{name} is of no kind")
            self.symbols[name] = kind
        self.steps, self.claims, self.last = data["steps"], data["claims"], data["qed"]
        self.hypotheses, self.parameters, self.shelf = data["hypotheses"], data["parameters"], shelf
        self.ranges, self.ends, self.known, self.facts, self.seen, self.meanings = {}, [], {}, {}, {}, {}
        self.fixed = {each["symbol"] for each in self.parameters}
        for other in (shelf[slug] for step in self.steps if (slug := step.get("slug")) in shelf):
            for name, kind in other.symbols.items():
                need(self.symbols.setdefault(name, kind) == kind, f"{name} is something else there")
        self.timed = list(dict.fromkeys(each for step in self.steps for each in self.over_time(step)))
        self.timed_names = {each[1] for each in self.timed if each[0] in ("steps", "named")}

    def check(self) -> None:
        lines = (*self.hypotheses, *self.steps)
        powers = {step["power"] for step in self.steps if "power" in step}
        said = self.fixed.union(*map(names, (*(line["says"] for line in lines), *self.claims)))
        theirs = set().union(*(step.get("values", {}) for step in self.steps)) - said
        need(all(name[-2:] != "^T" or name in powers | theirs for name in self.symbols), "a name misleads")
        for parameter in self.parameters:
            self.declare(**parameter)
        for line in lines:
            self.accept(line["says"], line["name"], line if "reason" in line else None)
        need(self.claims and len(self.claims) == len(self.last), "claims and last lines are not equally many")
        for claim, name in zip(self.claims, self.last):
            self.line(name, claim)

    def declare(self, symbol: str, **ends: Any) -> None:
        low, high = ends.get("above", ends.get("at_least")), ends.get("below", ends.get("at_most"))
        need(len(ends) == (low is not None) + (high is not None), "a range has two ends")
        need(self.symbols[symbol].keys() <= {"indexed"} and symbol not in self.ranges, f"the range of {symbol}")
        need(names(*ends.values()) <= self.ranges.keys(), f"the range of {symbol} looks ahead")
        for key, end in ends.items():
            sign = "<=" if key in ("at_least", "at_most") else "<"
            self.ends.append((sign, end, symbol) if key in ("above", "at_least") else (sign, symbol, end))
            self.accept(self.ends[-1])
        self.ranges[symbol] = low, high, "at_least" in ends, "at_most" in ends

    def accept(self, says: Any, name: str = "", step: dict | None = None) -> None:
        for each in () if step is None else self.over_time(step):
            self.meet(*each)
        facts = [says] if step is None else self.follows(step, says)
        need(any(self.says(fact, says) for fact in facts), f"{name} says something else than what follows")
        self.known[name] = says
        if says[0] != "=":
            key = self.key(slack(*says))
            self.facts[key] = max(self.facts.get(key, ""), POSITIVE if says[0] == "<" else NONNEGATIVE)
            self.seen.clear()

    def line(self, name: str, says: Any) -> None:
        need(self.says(self.known[name], says), f"{name} does not say what is needed")

    def key(self, node: Any) -> Any:
        return tuple(np.broadcast_to(self.value(node), SIZES).flat)

    def says(self, fact: Any, goal: Any) -> bool:
        need(goal[0] in ("=", "<=", "<") and (goal[0] == "=" or not self.is_vector(slack(*goal))), "no relation")
        turned = [(fact[0], fact[2], fact[1])] if fact[0] == "=" else []
        same = any(self.key(slack(*each)) == self.key(slack(*goal)) for each in [fact, *turned])
        return same and goal[0] in (fact[0], "<=")

    def form(self, head: str, *parts: Any) -> Any:
        need(head != "/" or self.sign(parts[1]) == POSITIVE, "a denominator is not seen to be positive")
        return super().form(head, *parts)

    def sign(self, node: Any) -> str:
        """What is seen of it: positive, nonnegative or nothing."""
        if node not in self.seen:
            found = "" if self.is_vector(node) else max(self.by_tree(node), self.facts.get(self.key(node), ""))
            plain = names(node) <= self.fixed and inside(node).isdisjoint([("map",), *((head,) for head in AXES)])
            self.seen[node] = max(found, self.on_box(node)) if found != POSITIVE and plain else found
        return self.seen[node]

    def by_tree(self, node: Any) -> str:
        if not isinstance(node, tuple):
            return "" if isinstance(node, str) or node < 0 else POSITIVE if node else NONNEGATIVE
        (head, *parts), seen = node, [self.sign(part) for part in node[1:]]
        if head == "inner":
            return NONNEGATIVE if parts[0] == parts[1] else ""
        if head == "^":
            return POSITIVE if parts[1] == 0 else max(seen[0], NONNEGATIVE if parts[1] % 2 == 0 else "")
        return "" if "" in seen or head == "map" else max(seen) if head == "+" else min(seen, default=POSITIVE)

    def on_box(self, node: Any) -> str:
        """The sign of all coefficients, with (low u + high t)/(u + t) for what lies between; t, u >= 0, not both 0."""
        used, values, corners, free = names(node), {}, [set()], set()
        for name, (low, high, *_) in reversed(self.ranges.items()):
            used |= names(low or 0, high or 0) if name in used else set()
        ranges = {name: each for name, each in self.ranges.items() if name in used}
        _, one, *others = field(["one", *(f"{x}{j}" for j in range(len(ranges)) for x in "tu")], QQ)
        for j, (name, (*ends, from_low, to_high)) in enumerate(ranges.items()):
            low, high = (None if end is None else evaluate(end, values) for end in ends)
            t, u = others[2 * j : 2 * j + 2]
            if low is None or high is None:
                values[name] = t if low is high else high - t if low is None else low + t
                free |= {2 * j + 1} if low is high else set()
                zero = [2 * j + 1] * (from_low or to_high)
            else:
                values[name] = (low * u + high * t) / (u + t)
                zero = [2 * j + 1] * from_low + [2 * j + 2] * to_high
            corners = [corner | {k} for corner in corners for k in zero or [0]]
        value = one / one * evaluate(node, values)
        sides = value.numer, value.denom
        same = len({c > 0 for side in sides for c in side.coeffs()}) == 1
        used_in = [[{k for k, n in enumerate(m) if n} for m in side.monoms()] for side in sides]
        alive = [all(any(m.isdisjoint(corner) for m in side) for corner in corners) for side in used_in]
        fine = same and alive[1] and free.isdisjoint(k for side in used_in for m in side for k in m)
        return "" if not fine else POSITIVE if alive[0] else NONNEGATIVE

    def combined(self, says: Any, using: Any = (), squares: Any = (), mean_squares: Any = (), modulo: Any = ()) -> None:
        rest, strict = slack(*says), [False for _ in (*squares, *mean_squares)]  # for each that is not negative
        for multiplier, name in using:
            fact, sign = self.known[name], self.sign(multiplier)
            vectors = self.is_vector(multiplier), self.is_vector(fact[1])
            need(vectors != (True, False) and (sign or fact[0] == "="), f"{name} has a wrong multiplier")
            strict += [fact[0] == "<" and sign == POSITIVE] if fact[0] != "=" else []
            rest = slack("", ("inner" if all(vectors) else "*", multiplier, slack(*fact)), rest)
        for head, weight, body in [("+", *each) for each in squares] + [("mean", *each) for each in mean_squares]:
            need(self.sign(weight), "the weight of a square is not seen to be nonnegative")
            square = ("inner", body, body) if self.is_vector(body) else ("^", body, 2)
            rest = slack("", (head, ("*", weight, square)), rest)
        need(not strict if says[0] == "=" else says[0] == "<=" or any(strict), "what is added is too weak")
        model = Model(self.symbols, [self.known[name] for name in modulo]) if modulo else self
        need(not model.value(rest).any(), "right - left is not the sum of what is added")

    def follows(self, step: dict, says: Any) -> list[Any]:
        """Relations that hold for this reason, one of which the line must say."""
        match {key: value for key, value in step.items() if key not in ("name", "says")}:
            case {"reason": "combination", **sums}:
                self.combined(says, **sums)
                return [says]
            case {"reason": "positivity"}:
                found = self.sign(slack(*says))
                return [("<" if found == POSITIVE else "<=", 0, slack(*says))] if found else []
            case {"reason": "averaged" | "expected", "step": name}:
                (sign, *sides), weight = self.known[name], step.get("weight", 1)
                need(self.sign(weight) or sign == "=", "the weight is not seen to be nonnegative")
                heads = "mean" if "weight" in step else "expectation", "inner" if self.is_vector(weight) else "*"
                return [("=" if sign == "=" else "<=", *((heads[0], (heads[1], weight, side)) for side in sides))]
            case {"reason": "lemma", "slug": slug}:
                return self.instances(self.shelf[slug], step.get("values", {}), step.get("given", ()))
            case {"reason": "repeated", "now": now, "rate": rate}:
                need(self.sign(rate), "the rate is not seen to be nonnegative")
                self.line(step["step"], ("<=", self.later(now, step["after"]), ("*", rate, now)))
                return [("<=", put(now, step["final"]), ("*", step["power"], put(now, step["initial"])))]
            case {"reason": "telescoped", "now": now, "coefficient": factor, "quantity": quantity, "times": "T"}:
                noise = step.get("noise", 0)
                if self.value(factor).any() or self.value(noise).any():
                    less = ("+", slack("", ("*", factor, quantity), now), noise)
                    self.line(step["step"], ("<=", self.later(now, step["after"]), less))
                self.line(step["nonnegative"], ("<=", 0, now))
                need(self.sign("T") == POSITIVE, "T is not seen to be positive")
                return [("<=", ("*", factor, step["average"]), ("+", ("/", put(now, step["initial"]), "T"), noise))]
            case {"reason": "geometric", "power": x, "rate": rate, "times": "T"}:
                need(self.sign(rate), "the rate is not seen to be nonnegative")
                low, high = (("+", 1, ("*", "T", slack("", *pair))) for pair in ((1, rate), (rate, 1)))
                last = [("<=", ("*", x, high), 1)] if self.sign(slack("", rate, 1)) else []
                return [("<=", 0, x), ("<=", low, x), *last]
        raise ValueError(f"{step['reason']} is no reason, or lacks a part")

    def instances(self, other: Proof, values: dict, given: Any) -> list[Any]:
        hypotheses = [line["says"] for line in other.hypotheses]
        theirs = other.fixed.union(other.timed_names, names(*hypotheses, *other.claims))
        need(values.keys() <= theirs, "a symbol of which a lemma does not speak has a value")
        for name, value in values.items():
            mine, theirs = self.value(value).shape, self.value(name).shape
            need(all(map(le, mine, theirs)) and mine[2:] == theirs[2:] == theirs[2:3], f"{name} is of another kind")
        for end in other.ends:
            self.accept(put(end, values), f"the range of {end}", {"reason": "positivity"})
        need(len(given) == len(hypotheses), "hypotheses and lines are not equally many")
        for name, wanted in zip(given, hypotheses):
            self.line(name, put(wanted, values))
        return [put(claim, values) for claim in other.claims]

    def over_time(self, step: dict) -> list[Any]:
        """What names stand for, and what must be the same at all times; a lemma's are ours, with its values."""
        if step["reason"] == "lemma" and step["slug"] in self.shelf:
            return [put(each, step.get("values", {})) for each in self.shelf[step["slug"]].timed]
        if step["reason"] not in ("repeated", "telescoped", "geometric"):
            return []
        times = step.get("times", "T")
        found: list[Any] = [("steps", times, int(step["reason"] == "repeated"))]
        found += [("constant", step[key]) for key in ("rate", "coefficient", "noise") if key in step]
        found += [("named", step["power"], ("power", step["rate"], times))] if "power" in step else []
        found += [("named", step["average"], ("average", step["quantity"], times))] if "average" in step else []
        found += [("after", name, symbol) for symbol, name in step.get("after", {}).items()]
        for key, when in (("initial", 0), ("final", times)):
            found += [("named", name, ("at", when, symbol)) for symbol, name in step.get(key, {}).items()]
        return found + [("state", step["now"], *step[key]) for key in ("after", "initial", "final") if key in step]

    def meet(self, head: str, name: Any, *rest: Any) -> None:
        match head, *rest:
            case "steps", if_any:  # T, from a number on, or one of a lemma from any bound on, of which no more is said
                if not if_any or name != "T" or "T" in self.fixed:
                    (low, high, *_), others = self.ranges[name], [each[:2] for each in self.ranges.values()]
                    fine = low is not None and high is None and (name != "T" or not names(low))
                    said = names(*(line["says"] for line in self.hypotheses), *filter(None, sum(others, ())))
                    need(fine and self.sign(name) and name not in said, f"{name} is no number of steps, whatever it is")
            case ("constant",):
                need(names(name) <= self.fixed and self.value(name).shape[0] == 1, "it is not made of parameters")
            case "named", meaning:  # nothing was assumed of it, unless it is of the start
                self.one(name, meaning)
                need(name not in self.fixed | {"T"}, f"{name} is no new name of a number")
                timed = names(meaning[1]) & self.timed_names - self.fixed
                need(meaning[0] != "average" or not timed, "what is averaged speaks of times")
                need(name[-2:] != "^T" or meaning[::2] == ("power", "T"), f"{name} is the name of a power")
                for spoken in (names(line["says"]) for line in self.hypotheses if name in names(line["says"])):
                    need(meaning[:2] == ("at", 0) and spoken <= self.fixed | self.timed_names, f"{name} is assumed of")
            case "after", symbol:
                self.one(symbol, ("before", name))
                self.one(name, ("after", symbol), {"random"})
                need(name not in self.fixed | self.timed_names, f"{name} is no new name of a number")
            case "state", *named:
                state = names(name) - self.fixed
                need(state == {*named} and not state & self.timed_names, "a name for each of the state is asked for")
                chance = any(self.symbols[self.meanings[each][1]] for each in state)  # of its successor
                need(self.meanings.setdefault("", chance) == chance, "all is along a path, or all in expectation")
                if chance:  # then V is linear in the state: along a line, its second difference is zero
                    ways = [(each, draw(0)) for each in state]
                    a, b, c = (put(name, {x: ("+", x, k * way) for x, way in ways}) for k in range(3))
                    need(not self.value(("+", a, ("*", -2, b), c)).any(), "V is not linear in the state")

    def one(self, name: Any, meaning: Any, allowed: Any = frozenset()) -> None:
        need(isinstance(name, str) and self.symbols[name].keys() <= allowed, f"{name} is no name of a number")
        need(self.meanings.setdefault(name, meaning) == meaning, f"{name} stands for something else")

    def later(self, now: Any, after: dict) -> Any:
        return ("expectation", put(now, after)) if self.meanings[""] else put(now, after)


def check_all(theorems: dict[str, dict]) -> dict[str, str]:
    """What is wrong with each theorem, by slug; nothing with those that are proved, and all that they use."""
    waiting, shelf, problems = dict(theorems), {}, dict.fromkeys(theorems, "theorems use each other in a circle")
    uses = {slug: {step.get("slug") for step in data["steps"]} for slug, data in theorems.items()}
    while ready := [slug for slug in waiting if not uses[slug] & waiting.keys()]:
        for slug in ready:
            try:
                proof = Proof(waiting.pop(slug), shelf)
                proof.check()
                shelf[slug], problems[slug] = proof, ""
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
                problems[slug] = f"{type(error).__name__}: {error}"
    return problems


if __name__ == "__main__":
    files = [json.loads(path.read_text("utf-8")) for path in sorted(Path(sys.argv[1]).glob("*.json"))]
    refused = {slug: why for slug, why in check_all({data["slug"]: data for data in files}).items() if why}
    print(*(f"{slug}: {why}" for slug, why in refused.items()), f"{len(files) - len(refused)} proved", sep="\n")
    sys.exit(1 if refused else 0)
