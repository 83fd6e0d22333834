"""Normal forms against the numbers they stand for, and against sympy."""

import random
from fractions import Fraction

import pytest
import sympy

from eftheory.proofkit import expectation, inner, mean, square
from eftheory.proofkit.kernel.expression import Number, Symbol
from eftheory.proofkit.kernel.normal import normal, normal_vector
from eftheory.proofkit.kernel.sign import same
from eftheory.proofkit.kernel.substitution import symbols
from tests.proofkit.worlds import World, atom_value, polynomial_value

SCALARS = [Symbol(f"x{j}", indexed=bool(j & 1), random=bool(j & 2)) for j in range(4)]
VECTORS = [Symbol(f"v{j}", vector=True, indexed=bool(j & 1), random=bool(j & 2)) for j in range(4)]


def scalar(rng, depth):
    if not depth:
        return rng.choice([*SCALARS, Number(Fraction(rng.randint(-4, 4), rng.randint(1, 3)))])
    kind = rng.randrange(8)
    if kind < 2:
        return scalar(rng, depth - 1) + scalar(rng, depth - 1)
    if kind < 4:
        return scalar(rng, depth - 1) * scalar(rng, depth - 1)
    if kind == 4:
        return inner(vector(rng, depth - 1), vector(rng, depth - 1))
    if kind == 5:
        return mean(scalar(rng, depth - 1))
    if kind == 6:
        return expectation(scalar(rng, depth - 1))
    return scalar(rng, depth - 1) ** rng.randint(0, 2) / rng.randint(1, 4)


def vector(rng, depth):
    if not depth:
        return rng.choice(VECTORS)
    kind = rng.randrange(5)
    if kind == 0:
        return vector(rng, depth - 1) - vector(rng, depth - 1)
    if kind == 1:
        return scalar(rng, depth - 1) * vector(rng, depth - 1)
    if kind == 2:
        return mean(vector(rng, depth - 1))
    if kind == 3:
        return expectation(vector(rng, depth - 1))
    return vector(rng, depth - 1) / rng.randint(1, 3)


@pytest.mark.parametrize("seed", range(100))
def test_the_normal_form_of_a_scalar_has_its_value(seed):
    rng = random.Random(seed)
    node = scalar(rng, rng.randint(1, 3))
    form, world = normal(node), World(rng, {*SCALARS, *VECTORS})
    for i in range(world.n):
        for w in range(world.outcomes):
            below = polynomial_value(world, form.denominator, i, w)
            assert world.value(node, i, w) == polynomial_value(world, form.numerator, i, w) / below


@pytest.mark.parametrize("seed", range(60))
def test_the_normal_form_of_a_vector_has_its_value(seed):
    rng = random.Random(1000 + seed)
    node = vector(rng, rng.randint(1, 4))
    form, world = normal_vector(node), World(rng, {*SCALARS, *VECTORS})
    for i in range(world.n):
        for w in range(world.outcomes):
            total = [Fraction(0)] * world.dimension
            for atom, c in form.items():
                scale = polynomial_value(world, c.numerator, i, w) / polynomial_value(world, c.denominator, i, w)
                total = [x + scale * y for x, y in zip(total, atom_value(world, atom, i, w))]
            assert world.value(node, i, w) == total


@pytest.mark.parametrize("seed", range(40))
def test_polynomials_agree_with_sympy(seed):
    rng = random.Random(seed)
    x, y, z = (Symbol(name) for name in "xyz")
    values = dict(zip((x, y, z), sympy.symbols("x y z")))

    def build(depth):
        if not depth:
            number = Fraction(rng.randint(-3, 3), rng.randint(1, 3))
            return rng.choice([*values.items(), (Number(number), sympy.Rational(number.numerator, number.denominator))])
        a, b = build(depth - 1), build(depth - 1)
        kind = rng.randrange(4)
        if kind == 3:
            return a[0] / (b[0] ** 2 + 1), a[1] / (b[1] ** 2 + 1)
        if kind == 2:
            return a[0] ** 2 - b[0], a[1] ** 2 - b[1]
        return (a[0] * b[0], a[1] * b[1]) if kind else (a[0] + b[0], a[1] + b[1])

    (a, sa), (b, sb) = build(2), build(2)
    assert same(normal(a * b), normal(b * a))
    assert same(normal(a), normal(b)) == (sympy.cancel(sa - sb) == 0)
    assert same(normal(square(a - b)), normal(a**2 - 2 * a * b + b**2))


IDENTITIES = {
    "variance": lambda v, c, w, y, z: (mean(square(v - mean(v))), mean(square(v)) - square(mean(v))),
    "mean of a constant": lambda v, c, w, y, z: (mean(square(c)), square(c)),
    "expectation of a mean": lambda v, c, w, y, z: (expectation(mean(square(y))), mean(expectation(square(y)))),
    "bias and variance": lambda v, c, w, y, z: (
        expectation(square(z - c)),
        expectation(square(z - expectation(z))) + square(expectation(z) - c),
    ),
    "weights": lambda v, c, w, y, z: (mean(w * inner(v, c)), inner(mean(w * v), c)),
    "tower": lambda v, c, w, y, z: (
        expectation(expectation(square(z)) * square(c)),
        square(c) * expectation(square(z)),
    ),
    "weighted expectation": lambda v, c, w, y, z: (square(expectation(mean(w * y))), square(mean(w * expectation(y)))),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_known_identities_are_seen(name):
    v = Symbol("v", vector=True, indexed=True)
    c, z = Symbol("c", vector=True), Symbol("z", vector=True, random=True)
    w, y = Symbol("w", indexed=True), Symbol("y", vector=True, indexed=True, random=True)
    left, right = IDENTITIES[name](v, c, w, y, z)
    world = World(random.Random(7), symbols(left) | symbols(right))
    assert world.value(left) == world.value(right)
    assert same(normal(left), normal(right))
