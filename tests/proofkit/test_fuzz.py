"""Random small proofs: whatever the kernel accepts is true in random worlds in which the hypotheses are."""

import itertools
import random
from fractions import Fraction

import pytest

from eftheory.proofkit import Theorem, expectation, inner, mean, square
from eftheory.proofkit.kernel import check
from eftheory.proofkit.kernel.expression import Symbol
from tests.proofkit.worlds import World, all_symbols

WORLDS = 12


def positive(rng):
    return Fraction(rng.randint(1, 30), rng.randint(1, 10))


def unit(rng):
    return Fraction(rng.randint(1, 9), 10)


def random_theorem(rng):
    """Facts that are true of the chosen values, and a claim made of them, rightly or with one small error."""
    t = Theorem("fuzz", "a random statement")
    ranges = {}
    a, b = t.parameter("a", above=0), t.parameter("b", above=0, below=1)
    w = t.parameter("w", above=0, indexed=True)
    ranges |= {a: positive, b: unit, w: positive}
    x, y = t.scalar("x", indexed=True), t.scalar("y", random=rng.random() < 0.5)
    u, v = t.vector("u", indexed=True, random=rng.random() < 0.5), t.vector("v")
    bodies = [u, v, u - mean(u), u + rng.randint(-2, 2) * v, mean(u) - v]
    scales = [a, b, a * b, 1 - b, a - b, w, w * a, rng.randint(-1, 3) + 0 * a, x, y, a + x**2]
    z, q = t.scalar("z"), t.scalar("q", indexed=True, random=True)
    scales += [q, z]
    own = t.given("own", x <= square(rng.choice(bodies)) * rng.choice([1, a]))
    also = t.given("also", inner(u, v) * rng.choice([1, w]) <= z)
    lines = [own, also, t.given("strict", y < a + b)]
    lines.append(t.given("equal", q.equals(a * rng.choice([x, b, a, mean(x)]) + square(u))))
    relations = {step.name: step.relation for step in t.givens}
    for j in range(rng.randint(1, 3)):
        kind, name = rng.randrange(5), f"s{j}"
        if kind == 0:
            weight, line = rng.choice(scales), rng.choice(lines)
            r = relations[line]
            left, right = mean(weight * r.left), mean(weight * r.right)
            goal = left.equals(right) if r.sign == "=" else rng.choice([left <= right, left <= right, left < right])
            t.average(name, goal, line, weight=weight)
        elif kind == 1:
            line = rng.choice(lines)
            r = relations[line]
            left, right = expectation(r.left), expectation(r.right)
            goal = left.equals(right) if r.sign == "=" else rng.choice([left <= right, left <= right, left < right])
            t.expect(name, goal, line)
        elif kind == 2:
            s = rng.choice(scales) * rng.choice([1, -1, a])
            goal = rng.choice([s <= a * s + rng.choice(scales), 0 * s <= s, 0 * s < s, s < s + rng.choice(scales)])
            t.positive(name, goal)
        else:
            using = [(rng.choice(scales), rng.choice(lines)) for _ in range(rng.randint(0, 2))]
            squares = [(rng.choice(scales), rng.choice(bodies)) for _ in range(rng.randint(0, 1))]
            means = [(rng.choice(scales), rng.choice(bodies)) for _ in range(rng.randint(0, 1))]
            total = 0 * a
            for m, line in using:
                total = total + m * (relations[line].right - relations[line].left)
            for c, body in squares:
                total = total + c * square(body)
            for c, body in means:
                total = total + mean(c * square(body))
            left = rng.choice([x, y, mean(x), a])
            right = left + total * rng.choice([1, 1, 1, 1, -1, 2])
            goal = rng.choice([left <= right, left <= right, left < right, left.equals(right)])
            t.combine(name, goal, using, squares=squares, mean_squares=means)
        lines.append(name)
        relations[name] = t.steps[-1].relation
    t.claim(t.steps[-1].relation)
    t.qed(t.steps[-1].name)
    return t, ranges


def repair(world, relation, rng):
    """Give the symbol that is one side of a hypothesis a value with which it holds."""
    free = relation.right if isinstance(relation.right, Symbol) else relation.left
    other = relation.left if free is relation.right else relation.right
    for i, w in itertools.product(range(world.n), range(world.outcomes)):
        agents = [i] if free.indexed else range(world.n)
        chances = [w] if free.random else range(world.outcomes)
        values = [world.value(other, j, v) for j in agents for v in chances]
        slack = 0 if relation.sign == "=" else positive(rng) if relation.sign == "<" else rng.choice([0, positive(rng)])
        value = max(values) + slack if free is relation.right else min(values) - slack
        world.values[free, i if free.indexed else None, w if free.random else None] = value


def test_what_is_accepted_is_true():
    accepted = tried = 0
    for seed in range(1500):
        rng = random.Random(seed)
        t, ranges = random_theorem(rng)
        if check(t).problem is not None:
            continue
        accepted += 1
        names = all_symbols(*(s.relation for s in (*t.givens, *t.steps))) | {p.symbol for p in t.parameters}
        for _ in range(WORLDS):
            world = World(rng, names, ranges)
            for step in t.givens:
                repair(world, step.relation, rng)
            for line, step in enumerate((*t.givens, *t.steps)):
                if not world.holds(step.relation):
                    assert line < len(t.givens), f"seed {seed}: {step.name} is false, and accepted"
                    break
            else:
                tried += 1
    assert accepted > 100
    assert tried > 2000


@pytest.mark.parametrize("seed", range(60))
def test_signs_that_are_seen_are_right(seed):
    rng = random.Random(seed)
    t = Theorem("signs", "signs")
    a = t.parameter("a", **{rng.choice(["above", "at_least"]): rng.randint(-1, 1)})
    low = rng.choice([0, a])
    b = t.parameter("b", **{rng.choice(["above", "at_least"]): low, rng.choice(["below", "at_most"]): low + 2})
    c = t.parameter("c", **{rng.choice(["below", "at_most"]): b})
    terms = [a, b, c, a * b, b - a, b - c, a**2, b * b - a * b, 2 + low - b, a * 0 + rng.randint(-1, 2)]
    node = sum((rng.choice([1, 1, 2, -1]) * rng.choice(terms) for _ in range(rng.randint(1, 3))), 0 * a)
    node = node * rng.choice([1, b - low, a**2 + 1])
    claim = rng.choice([node > 0, 0 * node <= node])
    t.qed(t.positive("s", t.claim(claim)))
    if check(t).problem is not None:
        return
    grid = [Fraction(k, 2) for k in range(-6, 9)]
    for va in grid:
        for vb in grid:
            for vc in grid:
                world = World(rng, {a, b, c}, {a: lambda r, x=va: x, b: lambda r, x=vb: x, c: lambda r, x=vc: x})
                if all(world.holds(bound) for p in t.parameters for bound in p.relations):
                    assert world.holds(claim), (va, vb, vc)
