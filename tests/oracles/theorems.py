"""A second checker of theorems in plain data. It shares no code with the kernel and needs nothing but Python.

python -m tests.oracles.theorems FOLDER    # what is wrong with each FOLDER/*.json, and how many are proved
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracles.averages import IMAGE, Forms, equal, is_number, minus, names, need, parts_of, put, rewritten, slack

STRONGER = {("=", "="), ("=", "<="), ("<", "<"), ("<", "<="), ("<=", "<=")}
OVER_TIME, NAMED = ("repeated", "telescoped", "geometric"), ("after", "initial", "final")


def frozen(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: frozen(value) for key, value in data.items()}
    return tuple(map(frozen, data)) if isinstance(data, list) else data


def written_kind(kind: dict) -> dict:
    """What is said of a symbol, without what holds if nothing is said."""
    need(kind.get("kind", "scalar") in ("scalar", "vector", "map"), "there is no such kind of symbol")
    need({type(kind.get(flag, False)) for flag in ("indexed", "random")} == {bool}, "it is so or not")
    need(kind.get("kind") != "map" or not kind.get("random"), "a linear map is random")
    return {key: value for key, value in kind.items() if value not in ("scalar", False)}


def put_in(says: Any, values: dict) -> Any:
    return put(says[0], values), says[1], put(says[2], values)


def with_values(step: dict, values: dict) -> dict:
    """A reason over time with values for its symbols; states that become one have no names left."""
    new = {key: put(value, values) for key, value in step.items() if key not in (*NAMED, "says", "reason")}
    for key in step.keys() & NAMED:
        named = {put(name, values): put(value, values) for name, value in step[key].items()}
        new[key] = named if len(named) == len(step[key]) else {}
    return new | {"reason": step["reason"]}


def at_end(parameter: Any, end: dict) -> Any:
    name, low, high, *closed = parameter
    return name, low and put(low, end), high and put(high, end), *closed


class Proof(Forms):
    """A theorem, checked line by line; ``shelf`` holds the proved ones by slug."""

    def __init__(self, data: dict, shelf: dict[str, Proof]) -> None:
        need(data["format"] == "eftheory-theorem/1", "another format")
        data = frozen(data)
        super().__init__({name: written_kind(kind) for name, kind in data["symbols"].items()})
        self.shelf, self.steps, self.claims, self.last = shelf, data["steps"], data["claims"], data["qed"]
        self.hypotheses, self.ranges, self.known, self.facts, self.seen = data["hypotheses"], [], {}, [], {}
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
        for p in data["parameters"]:
            need(not p.keys() >= {"above", "at_least"} and not p.keys() >= {"below", "at_most"}, "a range has two ends")
        self.fixed, self.meanings, self.timed = {each[0] for each in self.declared}, {}, []
        for step in self.steps:  # and those of lemmas, with their values
            other = shelf[step["slug"]].timed if step.get("slug") in shelf else []
            self.timed += [with_values(each, step.get("values", {})) for each in other]
            self.timed += [{"times": "T"} | step] if step["reason"] in OVER_TIME else []
        self.timed_names = {step[key] for step in self.timed for key in ("power", "average", "times") if key in step}
        self.timed_names |= {name for step in self.timed for key in NAMED[1:] for name in step.get(key, {}).values()}

    def check(self) -> None:
        lines = (*self.hypotheses, *self.steps)
        powers = {step["power"] for step in self.steps if step["reason"] in OVER_TIME[::2]}
        said = self.fixed.union(*(names(slack(says)) for says in (*(line["says"] for line in lines), *self.claims)))
        theirs = set().union(*(step.get("values", {}) for step in self.steps)) - said
        for name in self.symbols:
            need(name[0] != IMAGE and (name[-2:] != "^T" or name in powers | theirs), "a name misleads")
        for each in self.declared:  # by expressions in earlier parameters
            earlier, plain = {p[0] for p in self.ranges}, self.symbols[each[0]].keys() <= {"indexed", "latex"}
            need(plain and each[0] not in earlier | powers, f"the range of {each[0]}")
            need(all(names(bound) <= earlier for bound in each[1:3] if bound), f"the range of {each[0]} looks ahead")
            for bound in self.bounds(each):
                self.accept(bound)
            self.ranges.append(each)
        for line in self.hypotheses:
            self.accept(line["says"], line["name"])
        for line in self.steps:
            self.accept(line["says"], line["name"], line)
        need(self.claims and len(self.claims) == len(self.last), "claims and last lines are not equally many")
        for claim, name in zip(self.claims, self.last):
            self.relation(claim)
            self.require(self.known[name], claim)

    def accept(self, says: Any, name: str = "", step: dict | None = None) -> None:
        self.relation(says)
        if step is not None:
            getattr(self, f"by_{step['reason']}")(step, says)
        self.known[name] = says
        if says[1] != "=":
            self.facts.append(("positive" if says[1] == "<" else "nonnegative", self.normal(slack(says))))
            self.seen.clear()

    def relation(self, says: Any) -> None:
        self.denominators(slack(says))
        need(len(says) == 3 and says[1] in ("=", "<=", "<"), "no relation")
        need(says[1] == "=" or not self.is_vector(slack(says)), "vectors have no order")

    @staticmethod
    def bounds(parameter: Any) -> list[Any]:
        name, low, high, from_low, to_high = parameter
        lower = [] if low is None else [(low, "<=" if from_low else "<", name)]
        return lower + ([] if high is None else [(name, "<=" if to_high else "<", high)])

    def denominators(self, *nodes: Any) -> None:
        """Each is seen to be positive."""
        for node in nodes:
            need(
                node[0] != "/" or isinstance(node, str) or self.sign(node[2]) == "positive",
                "a denominator's sign is open",
            )
            self.denominators(*parts_of(node))

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
        head, found, seen = node[0], "", [self.sign(part) for part in parts_of(node)]
        if head == "inner":
            found = "nonnegative" if node[1] == node[2] else ""
        elif head == "^":
            strict = node[2] == 0 or seen[0] == "positive"
            found = "positive" if strict else seen[0] or "nonnegative" * (node[2] % 2 == 0)
        elif head == "/":
            found = seen[0] if seen[1] == "positive" else ""
        elif (seen or head == "*") and head != "map" and all(seen):
            strict = "positive" in seen if head == "+" else "nonnegative" not in seen
            found = "positive" if strict else "nonnegative"
        for sign, fact in self.facts:
            found = sign if found != "positive" and equal(fact, self.normal(node)) else found
        return (
            found if found == "positive" or not names(node) <= self.fixed else self.on_box(node, self.ranges) or found
        )

    def on_box(self, node: Any, ranges: list[Any]) -> str:
        """The sign that all coefficients have once ranges are mapped to (0, oo)."""
        wanted, used, strict = names(node), [], set()
        for each in reversed(ranges):
            if each[0] in wanted:
                used.insert(0, each)
                wanted |= names(each[1] or "0") | names(each[2] or "0")
        for j, (name, low, high, from_low, to_high) in enumerate(used):
            if high is not None and from_low and to_high:
                end, later = {name: high}, used[j + 1 :]
                half = self.on_box(node, [*used[:j], (name, low, high, True, False), *later])
                both = half, self.on_box(put(node, end), [*used[:j], *(at_end(each, end) for each in later)])
                return "" if "" in both else "nonnegative" if "nonnegative" in both else "positive"
        for name, low, high, from_low, to_high in reversed(used):
            t = IMAGE + name
            strict |= set() if from_low or to_high else {t}
            first, last = (high, low) if to_high else (low, high)
            if None not in (low, high):
                node = put(node, {name: ("/", ("+", first, ("*", last, t)), ("+", "1", t))})
            elif low is not None or high is not None:
                node = put(node, {name: minus(high, t) if low is None else ("+", low, t)})
        return self.sign_of_coefficients(node, strict)

    def says(self, fact: Any, goal: Any) -> bool:
        a, b, flipped = (self.normal(each) for each in (slack(fact), slack(goal), minus(fact[0], fact[2])))
        return (fact[1], goal[1]) in STRONGER and (equal(a, b) or (fact[1] == "=" and equal(flipped, b)))

    def require(self, fact: Any, says: Any) -> None:
        need(self.says(fact, says), "the line says something else than what follows")

    def by_combination(self, step: dict, says: Any) -> None:
        rest, one, strict, inequality = slack(says), self.depends(slack(says), "indexed"), False, False
        for multiplier, name in step.get("using", ()):
            fact = self.known[name]
            self.denominators(multiplier)
            own = self.depends(("+", multiplier, slack(fact)), "indexed")
            need(one or not own, f"{name} is about each agent: it is to be averaged first")
            need(not self.is_vector(multiplier) or self.is_vector(slack(fact)), f"{name} is no equation of vectors")
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
        for left, sign, right in (self.known[name] for name in step.get("modulo", ())):
            need(sign == "=", "what is put in is no equation")
            value = rewritten(value, self.normal(left), self.normal(right))
        need(not value[0], "right - left is not the sum of what is added")

    def by_positivity(self, step: dict, says: Any) -> None:
        found = self.sign(slack(says))
        need(says[1] != "=" and found and (says[1] == "<=" or found == "positive"), "the sign is not seen")

    def by_averaged(self, step: dict, says: Any) -> None:
        (left, sign, right), weight = self.known[step["step"]], step["weight"]
        self.denominators(weight)
        need(sign == "=" or self.sign(weight), "the weight is not seen to be nonnegative")
        head = "inner" if self.is_vector(weight) else "*"
        need(head == "*" or self.is_vector(left), "a vector is no weight of a number")
        left, right = (("mean", (head, weight, side)) for side in (left, right))
        self.require((left, "=" if sign == "=" else "<=", right), says)

    def by_expected(self, step: dict, says: Any) -> None:
        left, sign, right = self.known[step["step"]]
        self.require((("expectation", left), "=" if sign == "=" else "<=", ("expectation", right)), says)

    def by_lemma(self, step: dict, says: Any) -> None:
        need(step["slug"] in self.shelf, f"{step['slug']} is not proved")
        other, values, given = self.shelf[step["slug"]], step.get("values", {}), step.get("given", ())
        for name, kind in other.symbols.items():
            mine = self.symbols.setdefault(name, kind)
            need({**mine, "latex": ""} == {**kind, "latex": ""}, f"{name} is something else there")
        stated = [slack(says) for says in (*(line["says"] for line in other.hypotheses), *other.claims)]
        need(values.keys() <= other.fixed.union(other.timed_names, *map(names, stated)), "it has no such symbols")
        for name, value in values.items():
            kind = self.symbols[name]
            need(kind.get("kind") != "map", f"{name} is a linear map")
            self.denominators(value)
            need(self.is_vector(value) == (kind.get("kind") == "vector"), f"{name} is of another kind")
            free = [flag for flag in ("indexed", "random") if self.depends(value, flag) and not kind.get(flag)]
            need(not free, f"{name} is not {free}")
        for wanted in (put_in(bound, values) for each in other.ranges for bound in self.bounds(each)):
            self.denominators(slack(wanted))
            self.by_positivity({}, wanted)
        need(len(given) == len(other.hypotheses), "hypotheses and lines are not equally many")
        for name, wanted in zip(given, other.hypotheses):
            self.require(self.known[name], put_in(wanted["says"], values))
        for each in other.timed:  # its names are ours
            self.over_time(with_values(each, values))
        need(any(self.says(put_in(claim, values), says) for claim in other.claims), "the theorem does not say this")

    def follows_in_time(self, step: dict, says: Any) -> None:
        needed, known = self.over_time(step)
        self.denominators(*(slack(each) for each in (*needed, *known)))
        for name, each in zip((step.get("step"), step.get("nonnegative")), needed):
            self.require(self.known[name], each)
        if "rate" in step:
            self.nonnegative(step["rate"], "the rate")
        if "times" in step:
            need(step["times"] == "T", "only lemmas are told with another number of steps")
        if len(known) == 3 and not self.sign(minus("1", step["rate"])):
            known.pop()
        need(any(self.says(each, says) for each in known), "the line says something else than what follows")

    by_repeated = by_telescoped = by_geometric = follows_in_time

    def over_time(self, step: dict) -> Any:
        """What is needed of other lines, and what follows, if names stand for what they should."""
        rate, factor, noise = step.get("rate", "0"), step.get("coefficient", "0"), step.get("noise", "0")
        parameters, times, now = ("+", rate, factor, noise), step.get("times", "T"), step.get("now")
        need(
            names(parameters) <= self.fixed and not self.depends(parameters, "indexed"), "it is not made of parameters"
        )
        if times != "T" or "T" in self.fixed or step["reason"] != "repeated":
            self.whole(times)
        if "power" in step:
            self.name(step["power"], ("power", rate, times))
        if step["reason"] == "geometric":
            power, growth = step["power"], ("+", "1", ("*", times, minus(rate, "1")))
            below = ("*", power, ("+", "1", ("*", times, minus("1", rate)))), "<=", "1"
            return [], [("0", "<=", power), (growth, "<=", power), below]
        later, first = self.later(now, step["after"]), self.at(now, step["initial"], "0")
        if step["reason"] == "repeated":
            last = self.at(now, step["final"], times)
            return [(later, "<=", ("*", rate, now))], [(last, "<=", ("*", step["power"], first))]
        average, quantity = step["average"], step["quantity"]
        need(not names(quantity) & self.timed_names - self.fixed, "what is averaged speaks of times")
        self.name(average, ("average", quantity, times))
        needed = [(later, "<=", ("+", minus(now, ("*", factor, quantity)), noise)), ("0", "<=", now)]
        return needed, [(("*", factor, average), "<=", ("+", ("/", first, times), noise))]

    def whole(self, name: Any) -> None:
        """T, a parameter from a number on, or one of a lemma from any bound on, of which nothing else is said."""
        ((_, low, high, *_),) = [each for each in self.ranges if each[0] == name]
        need(low is not None and high is None and (name != "T" or not names(low)), "it is no number of steps")
        said = [bound for each in self.ranges for bound in each[1:3] if bound]
        said += [slack(line["says"]) for line in self.hypotheses]
        need(not any(name in names(each) for each in said), f"something is assumed of {name}")
        self.nonnegative(name, "the number of steps")

    def plain(self, name: Any, allowed: set[str]) -> bool:
        return isinstance(name, str) and name in self.symbols and self.symbols[name].keys() <= {"latex", *allowed}

    def mean_one_thing(self, name: str, meaning: Any) -> None:
        need(self.meanings.setdefault(name, meaning) == meaning, f"{name} stands for something else")

    def later(self, now: Any, after: dict) -> Any:
        """V one step later, in expectation if a successor is random."""
        state = self.state(now, after)
        for name, successor in after.items():
            free = successor not in state | self.fixed | self.timed_names
            need(self.plain(successor, {"random"}) and free, f"{successor} is no new name of a number")
            self.mean_one_thing(successor, ("after", name))
            self.mean_one_thing(name, ("before", successor))
        chance = any(self.symbols[successor].get("random", False) for successor in after.values())
        self.mean_one_thing("", chance)
        need(not chance or self.is_linear(now, state), "V is followed in expectation and not linear in the state")
        return ("expectation", put(now, after)) if chance else put(now, after)

    def state(self, now: Any, given: dict) -> set[str]:
        state = names(now) - self.fixed
        need(
            all(self.plain(name, set()) for name in state) and not state & self.timed_names, "only numbers are followed"
        )
        need(given.keys() == state, "a name for each of the state is asked for")
        return state

    def at(self, now: Any, given: dict, when: str) -> Any:
        self.state(now, given)
        for name, new in given.items():
            self.name(new, (when, name))
        return put(now, given)

    def name(self, new: Any, meaning: Any) -> None:
        """A name of which nothing was assumed, unless it is of the start."""
        need(self.plain(new, set()) and new not in self.fixed | {"T"}, f"{new} is no new name of a number")
        need(new[-2:] != "^T" or (meaning[0] == "power" and meaning[2] == "T"), f"{new} is the name of a power")
        for spoken in (names(slack(line["says"])) for line in self.hypotheses):
            start = meaning[0] == "0" and spoken <= self.fixed | self.timed_names
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
