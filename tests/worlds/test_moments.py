"""Expectations: what the exact world says of forms is what they are, on random instances with every outcome counted."""

import random
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.compressors import Unbiased
from eftheory.assumptions.functions import Smooth
from eftheory.assumptions.mean import BoundedBelow, GlobalMinimiser, IndependentNoise, Noise, Similar, SmoothMean
from eftheory.claims import Setting
from eftheory.exact import Form
from eftheory.methods import EF21
from tests.kit.chance import ChanceWorld, Pair
from tests.kit.instances import draw_instance

F, HALF = Fraction, Fraction(1, 2)
SMOOTH = Smooth(L=1, mu=-1)
AGENTS = {
    "one": (AgentType(functions=SMOOTH, count=1),),
    "two alike": (AgentType(functions=SMOOTH, count=2),),
    "two types": (AgentType(functions=SMOOTH, count=2), AgentType(L=2, mu=F(1, 2))),
}
COMPRESSORS = (Contractive(HALF), Unbiased(F(1)), Unbiased(F(3)), Contractive(1))
ASSUMPTIONS = ((IndependentNoise(), GlobalMinimiser()), (Noise(), BoundedBelow()), (IndependentNoise(), Similar(2)))
ASSUMPTIONS += ((Noise(), BoundedBelow(), SmoothMean(HALF, F(1, 4))),)
DRAWS = 2  # of chance, each with a bit for each agent


def run_at_random(agents: str, seed: int) -> tuple[ChanceWorld, list[Pair], list[Pair]]:
    """Some calls in any order, about combinations of whatever there is."""
    rng = random.Random(f"{agents} {seed}")
    compressor, assumptions = rng.choice(COMPRESSORS), rng.choice(ASSUMPTIONS)
    if agents == "two types":
        assumptions = tuple(a for a in assumptions if not isinstance(a, Similar))
    setting = Setting(AGENTS[agents], compressor, EF21(F(1)), assumptions)
    outcomes = tuple(rng.choice((0, 1)) for _ in range(2))
    world = ChanceWorld(setting, draw_instance(setting, rng, 1), seed, draws=DRAWS, outcomes=outcomes)
    server, of_agents = [world.server("x"), world.server("y")], [world.agents("d")]

    def some(vectors: list[Pair]) -> Pair:
        v, w = rng.choice(vectors), rng.choice(vectors)
        return rng.choice((F(1), HALF, F(-1))) * v + rng.choice((F(0), F(1), F(-2))) * w

    def look() -> None:
        of_agents.append(world.gradient(some(server)))

    def noise() -> None:
        of_agents.append(world.noisy_gradient(some(server)))

    def send() -> None:
        of_agents.append(world.compress(some(of_agents)))

    def send_more() -> None:
        of_agents.append(world.unbiased(some(of_agents), rng.choice((F(1), F(3))), independent=rng.random() < 0.5))

    def send_down() -> None:
        server.append(world.compress_server(some(server), rng.choice((F(1), F(3, 4), HALF))))

    def take_part() -> None:
        coins = world.coins(rng.choice((F(1, 4), F(2, 3))))
        of_agents.append(coins * some(of_agents))

    def flip() -> None:
        if len(world.exact._branch) < len(outcomes):
            world.coin(F(1, 3))

    for _ in range(6):
        call = rng.choice((look, look, noise, noise, send, send_more, send_down, take_part, flip))
        if call in (look, flip) or world._drawn < DRAWS:
            call()
        server.append(world.mean(some(of_agents)))
    world.finish()
    return world, server, of_agents


cases = pytest.mark.parametrize("agents", AGENTS)
seeds = pytest.mark.parametrize("seed", range(12))


@cases
@seeds
def test_the_expectation_of_a_form_is_that_of_its_numbers(agents, seed):
    world, server, of_agents = run_at_random(agents, seed)
    forms = [world.square(v) for v in server] + [world.mean_square(v) for v in of_agents]
    forms += [world.square(v + w) for v, w in combinations_with_replacement(server[-3:], 2)]
    forms += [Pair(form, world.evaluate(form)) for row in world.exact.inequalities.values() for form in row]
    for form in forms:
        assert (world.evaluate(form.seen) == form.numbers).all()
        averaged = world.exact.moments.expected(form.seen)
        assert world.expectation(world.evaluate(averaged)) == world.expectation(form.numbers)


@cases
@seeds
def test_each_product_of_symbols_has_the_expectation_that_is_said(agents, seed):
    """One by one, so that no error makes up for another."""
    world, _, _ = run_at_random(agents, seed)
    means, others = [name for name in world.values if "'" not in name], [name for name in world.values if "'" in name]
    means = [name for name in means if name in world.exact.symbols]
    pairs = [*combinations_with_replacement(sorted(means), 2)]
    pairs += [(a, b) for a, b in combinations_with_replacement(sorted(others), 2) if type_of(a) == type_of(b)]
    zero = 0
    for pair in pairs:
        form = Form({pair: F(1)})
        averaged = world.exact.moments.expected(form)
        zero += averaged == Form()
        assert world.expectation(world.evaluate(averaged)) == world.expectation(world.evaluate(form)), pair
    assert zero > 0 or not world.exact.moments.random


def type_of(deviation: str) -> str:
    return deviation[deviation.index("[") :].partition("]")[0]


@cases
@seeds
def test_what_is_recorded_holds_in_expectation_and_for_every_outcome_where_it_says_so(agents, seed):
    world, _, _ = run_at_random(agents, seed)
    for name, row in world.exact.inequalities.items():
        for form in row:
            numbers = world.evaluate(form)
            assert world.expectation(numbers) >= 0, name
            assert not world.exact.facts[name].sure or (numbers >= 0).all(), name
