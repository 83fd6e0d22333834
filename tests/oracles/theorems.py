"""A second checker of theorems in plain data. It shares no code with the kernel and needs nothing but Python.

python -m tests.oracles.theorems FOLDER    # what is wrong with each FOLDER/*.json, and how many are proved
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracles.averages import (
    IMAGE,
    NUMBER,
    PARTS,
    STRONGER,
    close,
    equal,
    frozen,
    heads,
    is_number,
    minus,
    names,
    need,
    normal_form,
    over_time,
    parts_of,
    put,
    put_in,
    rewritten,
    slack,
)


class Proof:
    """A theorem, checked line by line; ``shelf`` holds the proved ones by slug."""

    def __init__(self, data: dict, shelf: dict[str, Proof]) -> None:
        need(data["format"] == "eftheory-theorem/1", "another format")
        data = frozen(data)
        self.shelf, self.symbols, self.steps, self.claims = shelf, data["symbols"], data["steps"], data["claims"]
        self.hypotheses, self.last, self.ranges = data["hypotheses"], data["qed"], []
        self.fixed, self.over_time = {p["symbol"] for p in data["parameters"]}, set().union(*map(over_time, self.steps))
        self.declared = [  # symbol, ends, whether they belong to the range
            (
                p["symbol"],
                p.get("above", p.get("at_least")),
                p.get("below", p.get("at_most")),
                "at_least" in p,
                "at_most" in p,
            )
            for p in data["parameters"]
        ]
        self.known, self.facts, self.normals, self.seen, self.meanings = {}, [], {}, {}, {}

    def check(self) -> None:
        powers = {step["power"] for step in self.steps if step["reason"] in ("repeated", "geometric")}
        need(
            all(name in powers or (name[-2:] != "^T" and name[0] != IMAGE) for name in self.symbols), "a name misleads"
        )
        for each in self.declared:  # by expressions in earlier parameters
            earlier, plain = {p[0] for p in self.ranges}, self.symbols[each[0]].keys() <= {"indexed", "latex"}
            need(plain and each[0] not in earlier | powers, f"the range of {each[0]}")
            need(all(names(bound) <= earlier for bound in each[1:3] if bound), f"the range of {each[0]} looks ahead")
            for bound in self.bounds(each):
                self.denominators(slack(bound))
                self.accept(bound)
            self.ranges.append(each)
        for line in (*self.hypotheses, *self.steps):
            self.denominators(slack(line["says"]))
            need(line["says"][1] in ("=", "<=", "<"), "no relation")
            if line not in self.hypotheses:
                getattr(self, f"by_{line['reason']}")(line, line["says"])
            self.accept(line["says"], line["name"])
        need(self.claims and len(self.claims) == len(self.last), "claims and last lines are not equally many")
        for claim, name in zip(self.claims, self.last):
            self.denominators(slack(claim))
            self.require(self.known[name], claim)

    def accept(self, says: Any, name: str = "") -> None:
        self.known[name] = says
        if says[1] != "=":
            need(not self.is_vector(slack(says)), f"{name} orders vectors")
            self.facts.append(("positive" if says[1] == "<" else "nonnegative", self.normal(slack(says))))
            self.seen.clear()

    @staticmethod
    def bounds(parameter: Any) -> list[Any]:
        name, low, high, from_low, to_high = parameter
        lower = [] if low is None else [(low, "<=" if from_low else "<", name)]
        return lower + ([] if high is None else [(name, "<=" if to_high else "<", high)])

    def is_vector(self, node: Any) -> bool:
        return bool(self.normal(node)[2])

    def depends(self, node: Any, flag: str) -> bool:
        """Whether it is indexed, or random, and nothing averages that."""
        if isinstance(node, str):
            return bool(self.symbols.get(node, {}).get(flag))
        own = node[0] == "map" and self.depends(node[1], flag)
        bound = node[0] == {"indexed": "mean", "random": "expectation"}[flag]
        return not bound and (own or any(self.depends(part, flag) for part in parts_of(node)))

    def normal(self, node: Any) -> Any:
        if node not in self.normals:
            self.normals[node] = normal_form(node, self.symbols, self.normal)
        return self.normals[node]

    def denominators(self, node: Any) -> None:
        """Each is seen to be positive."""
        need(
            isinstance(node, str) or node[0] != "/" or self.sign(node[2]) == "positive", "a denominator's sign is open"
        )
        for part in parts_of(node):
            self.denominators(part)

    def nonnegative(self, node: Any, what: str) -> None:
        self.denominators(node)
        need(self.sign(node), f"{what} is not seen to be nonnegative")

    def sign(self, node: Any) -> str:
        """What is seen of it: positive, nonnegative or nothing."""
        if node not in self.seen:
            self.seen[node] = "" if self.is_vector(node) else self.sign_of(node)
        return self.seen[node]

    def sign_of(self, node: Any) -> str:
        if is_number(node):
            return "positive" if Fraction(node) > 0 else "" if Fraction(node) else "nonnegative"
        head, found = "" if isinstance(node, str) else node[0], ""
        seen = [self.sign(part) for part in parts_of(node)]
        if head == "inner":
            found = "nonnegative" if node[1] == node[2] else ""
        elif head == "^":
            found = (
                "positive" if node[2] == 0 or seen[0] == "positive" else seen[0] or "nonnegative" * (node[2] % 2 == 0)
            )
        elif head == "/":
            found = seen[0] if seen[1] == "positive" else ""
        elif head and head != "map" and all(seen):
            strict = "positive" in seen if head == "+" else "nonnegative" not in seen
            found = "positive" if strict else "nonnegative"
        for sign, fact in self.facts:
            found = sign if found != "positive" and equal(fact, self.normal(node)) else found
        if found != "positive" and names(node) <= self.fixed and not heads(node) & {"mean", "expectation", "inner"}:
            found = self.on_box(node, self.ranges) or found
        return found

    def on_box(self, node: Any, ranges: list[Any]) -> str:
        """The sign that all coefficients have once ranges are mapped to (0, oo)."""
        wanted, used = names(node), []
        for each in reversed(ranges):
            if each[0] in wanted:
                used.insert(0, each)
                wanted |= names(each[1] or "0") | names(each[2] or "0")
        strict = set()
        for j, (name, low, high, from_low, to_high) in enumerate(used):
            if high is not None and from_low and to_high:
                later = [
                    (s, a and put(a, {name: high}), b and put(b, {name: high}), *c) for s, a, b, *c in used[j + 1 :]
                ]
                half = self.on_box(node, [*used[:j], (name, low, high, True, False), *used[j + 1 :]])
                both = half, self.on_box(put(node, {name: high}), [*used[:j], *later])
                return "" if "" in both else "nonnegative" if "nonnegative" in both else "positive"
        for name, low, high, from_low, to_high in reversed(used):
            t = IMAGE + name
            strict |= set() if from_low or to_high else {t}
            first, last = (high, low) if to_high else (low, high)
            if None not in (low, high):
                node = put(node, {name: ("/", ("+", first, ("*", last, t)), ("+", "1", t))})
            elif low is not None or high is not None:
                node = put(node, {name: minus(high, t) if low is None else ("+", low, t)})
        top, bottom, _ = self.normal(node)
        atoms = {k: PARTS[k][0][1] for p in (top, bottom) for m in p for k in m}
        for sign in (1, -1):
            if all(sign * c > 0 for c in (*top.values(), *bottom.values())) and all(
                a[0] == IMAGE for a in atoms.values()
            ):
                alive = [any(all(atoms[k] in strict for k in m) for m in p) for p in (top, bottom)]
                return "" if not alive[1] else "positive" if alive[0] else "nonnegative"
        return ""

    def says(self, fact: Any, goal: Any) -> bool:
        a, b, flipped = (self.normal(each) for each in (slack(fact), slack(goal), minus(fact[0], fact[2])))
        return (fact[1], goal[1]) in STRONGER and (equal(a, b) or (fact[1] == "=" and equal(flipped, b)))

    def require(self, fact: Any, says: Any) -> None:
        need(self.says(fact, says), "the line says something else than what follows")

    def by_combination(self, step: dict, says: Any) -> None:
        whole = rest = slack(says)
        strict = inequality = False
        for multiplier, name in step.get("using", ()):
            fact = self.known[name]
            self.denominators(multiplier)
            own = self.depends(multiplier, "indexed") or self.depends(slack(fact), "indexed")
            need(not own or self.depends(whole, "indexed"), f"{name} is about each agent: it is to be averaged first")
            if fact[1] != "=":
                inequality = True
                self.nonnegative(multiplier, f"the multiplier of {name}")
                strict |= fact[1] == "<" and self.sign(multiplier) == "positive"
            both = self.is_vector(multiplier) and self.is_vector(slack(fact))
            rest = minus(rest, ("inner" if both else "*", multiplier, slack(fact)))
        for key in ("squares", "mean_squares"):
            for weight, body in step.get(key, ()):
                inequality = True
                self.nonnegative(weight, "the weight of a square")
                self.denominators(body)
                square = ("*", weight, ("inner", body, body) if self.is_vector(body) else ("^", body, 2))
                rest = minus(rest, ("mean", square) if key == "mean_squares" else square)
        need(not inequality if says[1] == "=" else strict or says[1] == "<=", "what is added is too weak")
        value = self.normal(rest)
        for name in step.get("modulo", []):
            value = rewritten(value, *self.rewriting(name))
        need(not value[0], "right - left is not the sum of what is added")

    def rewriting(self, name: str) -> Any:
        left, sign, right = self.known[name]
        (atom, below, vector), meaning = self.normal(left), self.normal(right)
        one = [*atom.values()] == [1] and below == {(): 1} and len(min(atom)) == 1
        need(sign == "=" and not vector and one, f"the left side of {name} is no atom")
        need(not any(min(atom)[0] in m for p in meaning[:2] for m in p), f"the atom of {name} is on its right, too")
        return min(atom)[0], meaning

    def by_positivity(self, step: dict, says: Any) -> None:
        found = self.sign(slack(says))
        need(says[1] != "=" and found and (says[1] == "<=" or found == "positive"), "the sign is not seen")

    def by_averaged(self, step: dict, says: Any) -> None:
        fact, weight = self.known[step["step"]], step["weight"]
        self.denominators(weight)
        if fact[1] != "=":
            self.nonnegative(weight, "the weight")
        need(self.is_vector(slack(fact)) or not self.is_vector(weight), "a vector is no weight of a number")
        left, right = (("mean", ("inner" if self.is_vector(weight) else "*", weight, side)) for side in fact[::2])
        self.require((left, "=" if fact[1] == "=" else "<=", right), says)

    def by_expected(self, step: dict, says: Any) -> None:
        left, sign, right = self.known[step["step"]]
        self.require((("expectation", left), "=" if sign == "=" else "<=", ("expectation", right)), says)

    def by_root(self, step: dict, says: Any) -> None:
        need(says[1] != "=", "roots are taken of inequalities")
        self.nonnegative(says[2], "the right side")
        self.require(self.known[step["step"]], (("^", says[0], 2), says[1], ("^", says[2], 2)))

    def by_lemma(self, step: dict, says: Any) -> None:
        need(step["slug"] in self.shelf, f"{step['slug']} is not proved")
        other, values = self.shelf[step["slug"]], step.get("values", {})
        need(not other.over_time, "a theorem about sequences is no lemma")
        for name, kind in other.symbols.items():
            mine = self.symbols.setdefault(name, kind)
            need({**mine, "latex": ""} == {**kind, "latex": ""}, f"{name} is something else there")
        for name, value in values.items():
            kind = self.symbols[name]
            self.denominators(value)
            need(self.is_vector(value) == (kind.get("kind") == "vector"), f"{name} is of another kind")
            free = [flag for flag in ("indexed", "random") if self.depends(value, flag) and not kind.get(flag)]
            need(not free, f"{name} is not {free}")
        for bound in (bound for each in other.ranges for bound in self.bounds(each)):
            wanted = put_in(bound, values)
            self.denominators(slack(wanted))
            self.by_positivity({}, wanted)
        need(len(step.get("given", [])) == len(other.hypotheses), "hypotheses and lines are not equally many")
        for name, wanted in zip(step.get("given", ()), other.hypotheses):
            self.require(self.known[name], put_in(wanted["says"], values))
        need(any(self.says(put_in(claim, values), says) for claim in other.claims), "the theorem does not say this")

    def by_repeated(self, step: dict, says: Any) -> None:
        now, rate = step["now"], step["rate"]
        self.denominators(now)
        self.constant(rate)
        if "T" in self.fixed:
            self.whole("T")
        self.require(self.known[step["step"]], (self.later(now, step["after"]), "<=", ("*", rate, now)))
        self.name(step["power"], ("power", rate))
        first, last = self.at(now, step["initial"], "0"), self.at(now, step["final"], "T")
        self.require((last, "<=", ("*", step["power"], first)), says)

    def by_telescoped(self, step: dict, says: Any) -> None:
        now, coefficient, quantity = (step[key] for key in ("now", "coefficient", "quantity"))
        noise = step.get("noise", "0")
        decreased = ("+", minus(now, ("*", coefficient, quantity)), noise)
        self.denominators(decreased)
        self.constant(coefficient, signed=True)
        self.constant(noise, signed=True)
        self.require(self.known[step["step"]], (self.later(now, step["after"]), "<=", decreased))
        self.require(self.known[step["nonnegative"]], ("0", "<=", now))
        self.whole(step["times"])
        need(self.sign("T") == "positive", "T is not seen to be positive")
        need(not names(quantity) & self.over_time, "what is averaged speaks of times")
        self.name(step["average"], ("average", quantity))
        first = ("/", self.at(now, step["initial"], "0"), "T")
        self.require((("*", coefficient, step["average"]), "<=", ("+", first, noise)), says)

    def by_geometric(self, step: dict, says: Any) -> None:
        power, rate = step["power"], step["rate"]
        self.constant(rate)
        self.whole(step["times"])
        self.nonnegative("T", "T")
        self.name(power, ("power", rate))
        below = ("*", power, ("+", "1", ("*", "T", minus("1", rate)))), "<=", "1"
        known = [("0", "<=", power), (("+", "1", ("*", "T", minus(rate, "1"))), "<=", power)]
        known += [below] if self.sign(minus("1", rate)) else []
        need(any(self.says(fact, says) for fact in known), "Bernoulli's inequality does not say this")

    def constant(self, node: Any, signed: bool = False) -> None:
        self.nonnegative(node, "the rate") if not signed else self.denominators(node)
        need(names(node) <= self.fixed and not self.depends(node, "indexed"), "it is not made of parameters")

    def whole(self, times_: str) -> None:
        """A parameter T from a number on, of which nothing else is said."""
        (mine,) = [each for each in self.ranges if each[0] == times_] or [(None, None, "", "", "")]
        need(
            times_ == "T" and mine[1] is not None and mine[2] is None and not names(mine[1]), "T is no number of steps"
        )
        said = [bound for each in self.ranges for bound in each[1:3] if bound] + [
            slack(h["says"]) for h in self.hypotheses
        ]
        need(not any("T" in names(each) for each in said), "something is assumed of T")

    def plain(self, name: Any, allowed: set[str]) -> bool:
        return isinstance(name, str) and name in self.symbols and self.symbols[name].keys() <= {"latex", *allowed}

    def mean_one_thing(self, name: str, meaning: Any) -> None:
        need(self.meanings.setdefault(name, meaning) == meaning, f"{name} stands for something else")

    def later(self, now: Any, after: dict) -> Any:
        """V one step later, in expectation if a successor is random."""
        state = self.state(now, after)
        for name, successor in after.items():
            free = successor not in state | self.fixed | self.over_time
            need(self.plain(successor, {"random"}) and free, f"{successor} is no new name of a number")
            self.mean_one_thing(successor, ("after", name))
            self.mean_one_thing(name, ("before", successor))
        chance = any(self.symbols[successor].get("random", False) for successor in after.values())
        self.mean_one_thing("", chance)
        top, bottom, _ = self.normal(now)
        atoms = {close(((NUMBER, name, None, None),)) for name in state}
        linear = all(sum(k in atoms for k in m) <= 1 for m in top) and not any(k in atoms for m in bottom for k in m)
        need(linear or not chance, "V is followed in expectation and not linear in the state")
        return ("expectation", put(now, after)) if chance else put(now, after)

    def state(self, now: Any, given: dict) -> set[str]:
        state = names(now) - self.fixed
        need(all(self.plain(name, set()) for name in state) and not state & self.over_time, "only numbers are followed")
        need(given.keys() == state, "a name for each of the state is asked for")
        return state

    def at(self, now: Any, given: dict, when: str) -> Any:
        self.state(now, given)
        for name, new in given.items():
            self.name(new, (when, name))
        return put(now, given)

    def name(self, new: Any, meaning: Any) -> None:
        """A name of which nothing was assumed, unless it is of the start."""
        need(self.plain(new, set()) and new not in self.fixed, f"{new} is no new name of a number")
        need(meaning[0] == "power" or not new.endswith("^T"), f"{new} is the name of a power")
        for spoken in (names(slack(line["says"])) for line in self.hypotheses):
            start = meaning[0] == "0" and spoken <= self.fixed | self.over_time
            need(new not in spoken or start, f"a hypothesis speaks of {new}")
        self.mean_one_thing(new, meaning)


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
