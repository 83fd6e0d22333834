"""Hypotheses on chance, as theorems of certificates state them, hold of real coins, noise and messages."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest

from eftheory import AgentType
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.noise import IndependentNoise
from eftheory.certificates import Certificate
from eftheory.claims import Setting
from eftheory.methods import EF21PP, EF21SGD, Marina
from eftheory.proofkit import check
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.proofkit.certified.mean_facts import facts_of_mean
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.proofkit.models.world import World
from eftheory.theory.by_theorem import find_source

HALF, CURVATURES, X, D = Fraction(1, 2), (Fraction(1), Fraction(-1, 3)), Fraction(3), (Fraction(2), Fraction(-1))
PAIR, BELOW = (AgentType(functions=Smooth(L=1, mu=-1), count=2),), BoundedBelow()


@dataclass
class Draw:
    """Whether each agent's coin, noise or message is the one or the other; all four cases are equally likely."""

    both: tuple[int, int]


DRAWS = [Draw(both) for both in product((0, 1), repeat=2)]


def theorem_of(setting):
    source = find_source(setting)
    theorem = from_certificate(Certificate(setting, source.form(setting)), "chance").theorem
    assert check(theorem).problem is None
    return theorem


def world_of(theorem, values):
    """The quadratics h_i x^2/2 in one dimension; a name's value may depend on the agent and on what is drawn."""
    world = World(2, [Fraction(1, 4)] * 4, 1)
    relations = [*theorem.conclusions, *(given.relation for given in theorem.givens)]
    for name in {symbol for r in relations for symbol in symbols(r.left) | symbols(r.right)}:
        if name.name in values:
            for key in world.keys(name):
                _, i, w = key
                value = values[name.name](i or 0, DRAWS[w or 0].both[i or 0])
                world.values[key] = [value] if name.vector else value
    return world


def holds(theorem, world):
    """The hypotheses but for the names of V, and the step that is claimed."""
    given = [each for each in theorem.givens if not each.name.startswith("Psi")]
    for each in given:
        assert world.holds(each.relation), each.name
    assert len([each for each in given if any(s.random for s in symbols(each.relation.slack))]) > 1
    return all(map(world.holds, theorem.conclusions[:3]))


def at(x):
    return {
        "g": lambda i, _: CURVATURES[i] * x,
        "f": lambda i, _: CURVATURES[i] * x * x / 2,
    }


def values_at(x, after):
    here, there = at(x), at(after)
    names = {"x": lambda *_: x, "d": lambda i, _: D[i], "f_inf": lambda *_: Fraction(0)}
    return names | here | {f"{name}+": value for name, value in there.items()}


def test_coins_of_agents():
    setting = Setting(PAIR, Contractive(HALF), EF21PP(Fraction(1, 20), HALF), (BELOW,), "||mean g||^2")
    theorem, after = theorem_of(setting), X - Fraction(1, 20) * sum(D) / 2
    sent = [Fraction(1, 2) * (h * after - d) for h, d in zip(CURVATURES, D)]  # halved: as short as is allowed
    values = values_at(X, after) | {"c": lambda i, _: sent[i], "b": lambda i, drawn: drawn * sent[i]}
    assert holds(theorem, world_of(theorem, values))
    values["b"] = lambda i, drawn: DRAWS[0].both[0] * sent[i] + drawn * sent[0]
    with pytest.raises(AssertionError, match="coins"):
        holds(theorem, world_of(theorem, values))


def test_noise():
    assumed = (BELOW, IndependentNoise())
    setting = Setting(PAIR, Contractive(HALF), EF21SGD(Fraction(1, 40)), assumed, "||mean g||^2")
    theorem, after = theorem_of(setting), X - Fraction(1, 40) * sum(D) / 2
    sigma = Fraction(2)

    def drawn(xi):
        sent = {"c": lambda i, drawn: CURVATURES[i] * after + xi(i, drawn) - D[i]}
        return world_of(theorem, values_at(X, after) | sent | {"xi": xi, "sigma": lambda *_: sigma})

    assert holds(theorem, drawn(lambda _, drawn: (2 * drawn - 1) * sigma))
    with pytest.raises(AssertionError, match="noise"):
        holds(theorem, drawn(lambda _, drawn: drawn * sigma))


def test_unbiased_messages():
    """Twice the vector, or nothing: omega is 1. The estimate v is of the server."""
    step, v = Fraction(1, 10), Fraction(5, 2)
    setting = Setting(PAIR, Unbiased(Fraction(1)), Marina(step, HALF), (BELOW,), "||mean g||^2")
    theorem, after = theorem_of(setting), X - step * v
    change = [h * (after - X) for h in CURVATURES]
    messages = {f"c_{fall}": lambda i, drawn: 2 * drawn * change[i] for fall in ("on", "off")}
    assert holds(theorem, world_of(theorem, values_at(X, after) | messages | {"v": lambda *_: v}))
    together = {name: lambda i, _: 2 * change[i] for name in messages}
    with pytest.raises(AssertionError, match="message"):
        holds(theorem, world_of(theorem, values_at(X, after) | together | {"v": lambda *_: v}))


def test_an_assumption_without_words_is_refused_by_its_name():
    class Unknown:
        name = "something else"

    with pytest.raises(ValueError, match="'something else' has no words in the proof kit yet"):
        facts_of_mean(Unknown(), None)
