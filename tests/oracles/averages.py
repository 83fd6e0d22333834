"""Expressions and their normal forms, for the second checker of theorems, ``theorems``.

An expression is a number or name as text, or a tuple of a head and parts. In normal forms every mean over agents and
every expectation has an index of its own: a monomial is a product of parts, a part a set of factors that share bound
indices, and two parts are the same if renaming these makes them so. A factor is (NUMBER, name, i, w), (INNER, base,
base) or, once in each monomial of a vector, (VECTOR, base); a base is (name, i, w) or (map, i, base). A normal form is
(top, bottom, whether it is a vector), two polynomials: {numbers of parts, sorted: coefficient}.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, count, permutations, product
from typing import Any

IMAGE = "\0"  # begins the name of a number from (0, oo) or [0, oo), and what must not be taken for a name
AGENT, CHANCE = ("\0agent", ""), ("\0chance", "")  # free indices; bound ones have a number, and there is None
NUMBER, VECTOR, INNER = "\0number", "\0vector", "\0inner"
ONE = {(): Fraction(1)}
LENGTHS = {"mean": 2, "expectation": 2, "inner": 3, "/": 3, "^": 3, "map": 3}
PARTS: list[Any] = []
NUMBERS: dict[Any, int] = {}
CLOSED: dict[Any, Any] = {}


def need(condition: object, why: str) -> None:
    if not condition:
        raise ValueError(why)


def parts_of(node: Any) -> Any:
    return () if isinstance(node, str) else node[1:2] if node[0] == "^" else node[2 if node[0] == "map" else 1 :]


def is_number(node: Any) -> bool:
    return isinstance(node, str) and node[0] in "-0123456789"


def names(node: Any) -> set[str]:
    if isinstance(node, str):
        return set() if is_number(node) else {node}
    return set().union([node[1]] if node[0] == "map" else [], *map(names, parts_of(node)))


def put(node: Any, values: dict) -> Any:
    """An expression with others in the place of symbols."""
    if isinstance(node, str):
        return values.get(node, node)
    new = [put(part, values) for part in parts_of(node)]
    return (node[0], *new, node[2]) if node[0] == "^" else (*node[:2], *new) if node[0] == "map" else (node[0], *new)


def minus(a: Any, b: Any) -> Any:
    return ("+", a, ("*", "-1", b))


def slack(says: Any) -> Any:
    return minus(says[2], says[0])


def collect(terms: Iterable[tuple[Any, Fraction]]) -> dict:
    """The polynomial of these terms, whose parts may be in any order."""
    total: dict = {}
    for m, c in terms:
        key = tuple(sorted(m))
        total[key] = total.get(key, 0) + c
    return {m: c for m, c in total.items() if c}


def plus(p: dict, q: dict) -> dict:
    return collect(chain(p.items(), q.items()))


def times(p: dict, q: dict) -> dict:
    return collect((m + k, c * e) for m, c in p.items() for k, e in q.items())


def equal(a: Any, b: Any) -> bool:
    return bool(a[2] == b[2] and (a[0] == b[0] if a[1] == b[1] else times(a[0], b[1]) == times(b[0], a[1])))


def rename(it: Any, new_names: dict[Any, Any]) -> Any:
    if it in new_names or not isinstance(it, tuple):
        return new_names.get(it, it)
    new = tuple(rename(part, new_names) for part in it)
    return (new[0], *sorted(new[1:], key=repr)) if new[:1] == (INNER,) else new


def inside(it: Any) -> set[Any]:
    """The indices that occur."""
    if not isinstance(it, tuple):
        return set()
    return {it} if it[:1] in (AGENT[:1], CHANCE[:1]) else set().union(*map(inside, it))


def close(*factors: Any) -> int:
    """The number of a part; its bound indices are renamed in the way that sorts first."""
    given = tuple(sorted(factors, key=repr))
    if given not in CLOSED:
        bound = [[k for k in inside(given) if k[0] == kind and k[1] != ""] for kind, _ in (AGENT, CHANCE)]
        trials = []
        for orders in product(*map(permutations, bound)):
            new = {k: (k[0], j) for order in orders for j, k in enumerate(order)}
            trials.append(tuple(sorted((rename(factor, new) for factor in given), key=repr)))
        part = min(trials, key=repr)
        PARTS.extend([part] * (part not in NUMBERS))
        CLOSED[given] = NUMBERS.setdefault(part, len(NUMBERS))
    return CLOSED[given]


def apart(parts: Iterable[int], bind: Any = None) -> list[Any]:
    """All factors of parts, bound indices renamed apart; the free index ``bind`` becomes a bound one."""
    fresh, factors = count(1), []
    for part in parts:
        new = {k: (k[0], -next(fresh)) for k in inside(PARTS[part]) if k[1] != ""}
        factors += [rename(factor, {**new, bind: (bind[0], 0)} if bind else new) for factor in PARTS[part]]
    return factors


def average(value: Any, index: Any) -> Any:
    def mean(m: Any) -> list[int]:
        own = [k for k in m if index in inside(PARTS[k])]
        return [k for k in m if k not in own] + ([close(*apart(own, index))] if own else [])

    need(not any(index in inside(PARTS[k]) for m in value[1] for k in m), "a denominator depends on what is averaged")
    return collect((mean(m), c) for m, c in value[0].items()), *value[1:]


def inner(u: Any, v: Any) -> Any:
    def paired(parts: Any) -> list[int]:
        pair = [part for part in parts if any(factor[0] == VECTOR for factor in PARTS[part])]
        rest = list(parts)
        for part in pair:
            rest.remove(part)
        factors = apart(pair)
        bases = sorted((factor[1] for factor in factors if factor[0] == VECTOR), key=repr)
        return [*rest, close((INNER, *bases), *(factor for factor in factors if factor[0] != VECTOR))]

    need(u[2] and v[2], "an inner product takes two vectors")
    terms = ((paired(m + k), c * e) for (m, c), (k, e) in product(u[0].items(), v[0].items()))
    return collect(terms), times(u[1], v[1]), False


def rewritten(value: Any, left: Any, right: Any) -> Any:
    """With the right side of an equation in the place of its left one, which is a part."""
    need([*left[0].values()] == [1] and left[1:] == (ONE, False) and len(min(left[0])) == 1, "no part is on the left")
    ((part,),) = left[0]
    need(not any(part in m for p in right[:2] for m in p), "the part on the left is on the right, too")
    most, total, powers = max((m.count(part) for m in value[0]), default=0), {}, [[ONE], [ONE]]
    for side, _ in product((0, 1), range(most)):
        powers[side].append(times(powers[side][-1], right[side]))
    for k in {m.count(part) for m in value[0]}:
        rest = {tuple(other for other in m if other != part): c for m, c in value[0].items() if m.count(part) == k}
        total = plus(total, times(rest, times(powers[0][k], powers[1][most - k])))
    return total, value[1], value[2]


class Forms:
    """The normal forms of expressions in symbols that the data describe."""

    def __init__(self, symbols: dict) -> None:
        self.symbols, self.normals = symbols, {}

    def normal(self, node: Any) -> Any:
        if node not in self.normals:
            self.normals[node] = self.symbol(node) if isinstance(node, str) else self.form(node)
        return self.normals[node]

    def symbol(self, name: str) -> Any:
        if is_number(name):
            need(str(Fraction(name)) == name, f"{name} is not in lowest terms")
            return collect([((), Fraction(name))]), ONE, False
        kind = self.symbols.get(name, {})
        need(kind.get("kind") in (None, "scalar", "vector") and (name in self.symbols or name[0] == IMAGE), name)
        base = name, AGENT if kind.get("indexed") else None, CHANCE if kind.get("random") else None
        vector = kind.get("kind") == "vector"
        return {(close((VECTOR, base) if vector else (NUMBER, *base)),): Fraction(1)}, ONE, vector

    def form(self, node: Any) -> Any:
        head, found = node[0], [self.normal(part) for part in parts_of(node)]
        need(len(node) == LENGTHS.get(head, len(node)) and (found or head == "*"), f"{head} has other parts")
        top, bottom, vector = found[0] if found else (ONE, ONE, False)
        if head in ("mean", "expectation"):
            return average(found[0], AGENT if head == "mean" else CHANCE)
        if head == "inner":
            return inner(*found)
        if head == "map":
            kind = self.symbols[node[1]]
            need(vector and kind.get("kind") == "map", "a linear map takes a vector")
            name = node[1], AGENT if kind.get("indexed") else None
            image = {k: [(f[0], (*name, f[1])) if f[0] == VECTOR else f for f in PARTS[k]] for m in top for k in m}
            return collect(([close(*image[k]) for k in m], c) for m, c in top.items()), bottom, True
        if head == "/":
            (a, b, _), (c, d, wrong) = found
            need(c and not wrong, "a denominator is zero or a vector")
            return times(a, d), times(b, c), vector
        if head == "+":
            for a, b, kind in found[1:]:
                need(kind == vector, "a number and a vector are added")
                top, bottom = (
                    (plus(top, a), b) if b == bottom else (plus(times(top, b), times(a, bottom)), times(bottom, b))
                )
            return top, bottom, vector
        need(head == "*" or (head == "^" and type(node[2]) is int and node[2] >= 0), f"{head} is no expression")
        found = found * node[2] if head == "^" else found
        need(sum(each[2] for each in found) <= (head == "*"), "vectors are multiplied")
        top = bottom = ONE
        for a, b, _ in found:
            top, bottom = times(top, a), times(bottom, b)
        return top, bottom, any(each[2] for each in found)

    def depends(self, node: Any, flag: str) -> bool:
        """Whether it is indexed, or random, and nothing averages that."""
        if isinstance(node, str):
            return bool(self.symbols.get(node, {}).get(flag))
        own = node[0] == "map" and self.depends(node[1], flag)
        bound = node[0] == {"indexed": "mean", "random": "expectation"}[flag]
        return not bound and (own or any(self.depends(part, flag) for part in parts_of(node)))

    def is_vector(self, node: Any) -> bool:
        return bool(self.normal(node)[2])

    def is_linear(self, node: Any, names_: set[str]) -> bool:
        """Whether it is of degree 1 at most in these numbers, with coefficients that are constant."""
        top, bottom, _ = self.normal(node)
        numbers = {close((NUMBER, name, None, None)) for name in names_}
        return all(sum(k in numbers for k in m) <= 1 for m in top) and not any(k in numbers for m in bottom for k in m)

    def sign_of_coefficients(self, node: Any, strict: set[str]) -> str:
        """Of a quotient of images, the sign that all coefficients have; images that are never zero are ``strict``."""
        top, bottom, _ = self.normal(node)
        factors = {k: PARTS[k] for p in (top, bottom) for m in p for k in m}
        plain = all(len(part) == 1 and part[0][0] == NUMBER and part[0][1][0] == IMAGE for part in factors.values())
        for sign in (1, -1):
            if plain and all(sign * c > 0 for c in (*top.values(), *bottom.values())):
                alive = [any(all(factors[k][0][1] in strict for k in m) for m in p) for p in (top, bottom)]
                return "" if not alive[1] else "positive" if alive[0] else "nonnegative"
        return ""
