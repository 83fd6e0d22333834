"""Normal forms of expressions with averages, for the second checker of theorems, ``theorems``.

Every mean over agents and every expectation has an index of its own here: a monomial is a product of parts, a part a
set of factors that share bound indices, and two parts are the same if renaming these makes them so.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count, permutations, product
from typing import Any

IMAGE = "\0"  # begins the name of a number from (0, oo) or [0, oo), and what must not be taken for a name
AGENT, CHANCE = ("\0agent", ""), ("\0chance", "")  # free indices; bound ones have a number, and there is None
NUMBER, VECTOR, INNER = "\0number", "\0vector", "\0inner"
STRONGER = {("=", "="), ("=", "<="), ("<", "<"), ("<", "<="), ("<=", "<=")}
PART_OF = {"^": slice(1, 2), "map": slice(2, 3)}
NUMBERS: dict[Any, int] = {}
PARTS: list[Any] = []
CLOSED: dict[Any, Any] = {}


def need(condition: object, why: str) -> None:
    if not condition:
        raise ValueError(why)


# Normal forms: (top, bottom, whether it is a vector), polynomials {numbers of parts, sorted: coefficient}. A factor is
# (NUMBER, name, i, w), (INNER, base, base) or, once in each monomial of a vector, (VECTOR, base); a base is
# (name, i, w) or (map, i, base).


def rename(it: Any, names: dict[Any, Any]) -> Any:
    if it in names:
        return names[it]
    if not isinstance(it, tuple):
        return it
    new = tuple(rename(part, names) for part in it)
    return (new[0], *sorted(new[1:], key=repr)) if new[:1] == (INNER,) else new


def inside(it: Any) -> set[Any]:
    """The indices that occur."""
    if not isinstance(it, tuple):
        return set()
    return {it} if it[:1] in (AGENT[:1], CHANCE[:1]) else set().union(*map(inside, it))


def close(factors: tuple[Any, ...]) -> int:
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


def apart(parts: list[int], bind: Any = None) -> list[Any]:
    """All factors of parts, bound indices renamed apart; the free index ``bind`` becomes a bound one."""
    fresh, factors = count(1), []
    for part in parts:
        new = {k: (k[0], -next(fresh)) for k in inside(PARTS[part]) if k[1] != ""}
        factors += [rename(factor, {**new, bind: (bind[0], 0)} if bind else new) for factor in PARTS[part]]
    return factors


def plus(p: dict, q: dict) -> dict:
    total = dict(p)
    for m, c in q.items():
        total[m] = total.get(m, 0) + c
    return {m: c for m, c in total.items() if c}


def times(p: dict, q: dict) -> dict:
    total: dict = {}
    for m, c in p.items():
        for k, e in q.items():
            key = tuple(sorted(m + k)) if m and k else m or k
            total[key] = total.get(key, 0) + c * e
    return {m: c for m, c in total.items() if c}


def equal(a: Any, b: Any) -> bool:
    same = a[0] == b[0] if a[1] == b[1] else times(a[0], b[1]) == times(b[0], a[1])
    return bool(a[2] == b[2] and same)


def average(value: Any, index: Any) -> Any:
    top, bottom, vector = value
    need(not any(index in inside(PARTS[k]) for m in bottom for k in m), "a denominator depends on what is averaged")
    total: dict = {}
    for m, c in top.items():
        own = [k for k in m if index in inside(PARTS[k])]
        key = tuple(sorted([k for k in m if k not in own] + ([close(tuple(apart(own, index)))] if own else [])))
        total = plus(total, {key: c})
    return total, bottom, vector


def inner(u: Any, v: Any) -> Any:
    need(u[2] and v[2], "an inner product takes two vectors")
    total: dict = {}
    for (m, c), (k, e) in product(u[0].items(), v[0].items()):
        pair = [part for part in m + k if any(factor[0] == VECTOR for factor in PARTS[part])]
        factors = apart(pair)
        bases = sorted((factor[1] for factor in factors if factor[0] == VECTOR), key=repr)
        part = close(((INNER, *bases), *(factor for factor in factors if factor[0] != VECTOR)))
        rest = list(m + k)
        for used in pair:
            rest.remove(used)
        total = plus(total, {tuple(sorted([*rest, part])): c * e})
    return total, times(u[1], v[1]), False


def rewritten(value: Any, atom: int, meaning: Any) -> Any:
    """With an expression in the place of a part."""
    most, top = max((m.count(atom) for m in value[0]), default=0), {}
    powers = [[{(): Fraction(1)}], [{(): Fraction(1)}]]
    for side, _ in product((0, 1), range(most)):
        powers[side].append(times(powers[side][-1], meaning[side]))
    for m, c in value[0].items():
        rest, k = {tuple(part for part in m if part != atom): c}, m.count(atom)
        top = plus(top, times(times(rest, powers[0][k]), powers[1][most - k]))
    return top, value[1], value[2]


# Expressions: numbers and names as text, all others as tuples of a head and parts.


def frozen(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: frozen(value) for key, value in data.items()}
    return tuple(map(frozen, data)) if isinstance(data, list) else data


def parts_of(node: Any) -> Any:
    return () if isinstance(node, str) else node[PART_OF.get(node[0], slice(1, None))]


def is_number(node: Any) -> bool:
    return isinstance(node, str) and node[0] in "-0123456789"


def names(node: Any) -> set[str]:
    if isinstance(node, str):
        return set() if is_number(node) else {node}
    return set().union([node[1]] if node[0] == "map" else [], *map(names, parts_of(node)))


def heads(node: Any) -> set[str]:
    return set() if isinstance(node, str) else {node[0]}.union(*map(heads, parts_of(node)))


def put(node: Any, values: dict) -> Any:
    """An expression, or a relation, with others in the place of symbols."""
    if isinstance(node, str):
        return values.get(node, node)
    new = [put(part, values) for part in parts_of(node)]
    return (node[0], *new, node[2]) if node[0] == "^" else (*node[:2], *new) if node[0] == "map" else (node[0], *new)


def minus(a: Any, b: Any) -> Any:
    return ("+", a, ("*", "-1", b))


def slack(says: Any) -> Any:
    return minus(says[2], says[0])


def put_in(says: Any, values: dict) -> Any:
    return put(says[0], values), says[1], put(says[2], values)


def over_time(step: dict) -> set[str]:
    """The names of powers, averages and states at given times."""
    single = [step[key] for key in ("power", "average") if key in step]
    return {*single, *step.get("initial", {}).values(), *step.get("final", {}).values()}


def normal_form(node: Any, symbols: dict, normal: Any) -> Any:
    """That of an expression; ``normal`` gives those of its parts."""
    one = {(): Fraction(1)}
    if is_number(node):
        return ({(): Fraction(node)} if Fraction(node) else {}), one, False
    if isinstance(node, str):
        kind = symbols.get(node, {})
        need(kind.get("kind") in (None, "scalar", "vector") and (node in symbols or node[0] == IMAGE), node)
        base = node, AGENT if kind.get("indexed") else None, CHANCE if kind.get("random") else None
        vector = kind.get("kind") == "vector"
        return {(close((((VECTOR, base) if vector else (NUMBER, *base)),)),): Fraction(1)}, one, vector
    head, found = node[0], [normal(part) for part in parts_of(node)]
    need(head != "^" or (type(node[2]) is int and node[2] >= 0), "an exponent is no whole number")
    if head == "mean" or head == "expectation":
        return average(found[0], AGENT if head == "mean" else CHANCE)
    if head == "inner":
        return inner(*found)
    if head == "map":
        need(found[0][2] and symbols[node[1]].get("kind") == "map", "a linear map takes a vector")
        name, total = (node[1], AGENT if symbols[node[1]].get("indexed") else None), {}
        for m, c in found[0][0].items():
            image = [[(VECTOR, (*name, f[1])) if f[0] == VECTOR else f for f in PARTS[k]] for k in m]
            total = plus(total, {tuple(sorted(close(tuple(part)) for part in image)): c})
        return total, found[0][1], True
    if head == "/":
        (a, b, vector), (c, d, wrong) = found
        need(c and not wrong, "a denominator is zero or a vector")
        return times(a, d), times(b, c), vector
    top, bottom, vector = found[0]
    if head == "+":
        for a, b, kind in found[1:]:
            need(kind == vector, "a number and a vector are added")
            top = plus(top, a) if b == bottom else plus(times(top, b), times(a, bottom))
            bottom = bottom if b == bottom else times(bottom, b)
        return top, bottom, vector
    need(head in ("*", "^"), f"{head} is no expression")
    found = found * node[2] if head == "^" else found
    need(sum(each[2] for each in found) <= (head == "*"), "vectors are multiplied")
    top = bottom = one
    for a, b, _ in found:
        top, bottom = times(top, a), times(bottom, b)
    return top, bottom, any(each[2] for each in found)
