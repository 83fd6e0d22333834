"""EF and EF21 side by side with one linear map an agent, whatever happens to the functions and the step size."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eftheory.methods import EF, EF21
from eftheory.simulate.rational import RationalQuadratic, RationalWorld
from eftheory.simulate.rational.arrays import as_fractions
from eftheory.simulate.start import initial_state
from tests.equivalences.strategies import linear_maps, messages_of_ef, quadratics, step_sizes, vectors

AGENTS, DIMENSION = 2, 2
problems = quadratics(agents=st.just(AGENTS), dimension=st.just(DIMENSION))


class Equivalence(RuleBasedStateMachine):
    """Time t: EF holds (x_t, e_t) and has not yet seen a gradient at x_t; EF21 holds (x_t, d_t) and has.

    So EF takes its step with the functions of time t, EF21 with those of time t + 1. The maps stay
    as they are: to change them would break the equivalence, as fresh draws do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.x: list[Any] = []

    @initialize(data=st.data(), problem=problems, step=step_sizes)
    def begin(self, data: st.DataObject, problem: RationalQuadratic, step: Fraction) -> None:
        self.maps = [data.draw(linear_maps(DIMENSION)) for _ in range(AGENTS)]
        self.step = step
        self._start(problem, data.draw(vectors(DIMENSION)))

    def _start(self, problem: RationalQuadratic, start: Any) -> None:
        self.world = RationalWorld(problem, self.maps)
        self.ef = initial_state(EF(self.step), self.world, start)
        self.ef21 = initial_state(EF21(self.step), self.world, start)
        self.gradient_steps = self.ef[0]
        self.rounds = 0

    def _advance(self, world: RationalWorld) -> None:
        gradients = self.world.gradient(self.ef[0])
        self.gradient_steps = self.gradient_steps - self.step * self.world.mean(gradients)
        self.ef = EF(self.step).step(self.world, *self.ef)
        self.ef21 = EF21(self.step).step(world, *self.ef21)
        self.world = world
        self.rounds += 1

    @precondition(lambda self: self.rounds < 12)  # the numbers grow with every round
    @rule()
    def take_a_step(self) -> None:
        self._advance(self.world)

    @precondition(lambda self: self.rounds < 12)
    @rule(problem=problems)
    def take_a_step_to_other_functions(self, problem: RationalQuadratic) -> None:
        """Nothing in the proof needs the functions to stay: data may stream in."""
        self._advance(RationalWorld(problem, self.maps))

    @rule(step=step_sizes)
    def change_the_step_size(self, step: Fraction) -> None:
        """The memory is in units of the step size; what it holds is rescaled with it."""
        x, e = self.ef
        self.ef = x, step / self.step * e
        self.gradient_steps = x - self.world.mean(self.ef[1])
        self.step = step

    @rule(problem=problems, start=vectors(DIMENSION))
    def start_again(self, problem: RationalQuadratic, start: list) -> None:
        self._start(problem, start)

    @rule()
    def start_again_from_here(self) -> None:
        self._start(self.world.problem, self.ef[0])

    @invariant()
    def iterates_are_equal(self) -> None:
        assert self.ef[0].tolist() == self.ef21[0].tolist()

    @invariant()
    def messages_are_steps_times_estimates(self) -> None:
        sent = messages_of_ef(self.world, self.step, *self.ef)
        assert sent.tolist() == (self.step * self.ef21[1]).tolist()

    @invariant()
    def without_memory_it_would_be_gradient_descent(self) -> None:
        """x - mean e moves by -step mean g: what was dropped is only delayed."""
        x, e = self.ef
        assert (x - self.world.mean(e)).tolist() == self.gradient_steps.tolist()


TestEquivalence = Equivalence.TestCase


def test_the_step_size_of_ef_may_not_change_without_its_memory() -> None:
    """f(x) = x^2/2 from 1 with C(v) = 3/2 v: steps 1 and 1/2, with and without rescaling the memory."""
    problem = RationalQuadratic.of_spectra([[1]])
    world = RationalWorld(problem, lambda v: [Fraction(3, 2) * entry for entry in v])
    one, half = Fraction(1), Fraction(1, 2)
    start = as_fractions([1])
    x21, _ = EF21(half).step(world, *EF21(one).step(world, *initial_state(EF21(one), world, start)))
    x, e = EF(one).step(world, *initial_state(EF(one), world, start))
    assert EF(half).step(world, x, half * e)[0].tolist() == x21.tolist()
    assert EF(half).step(world, x, e)[0].tolist() != x21.tolist()
