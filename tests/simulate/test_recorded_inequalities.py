"""What the exact world records holds on random runs of the numeric world."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from eftheory import METHODS, AgentType, Contractive, Setting, law_step_size
from eftheory.check.coordinates import take_step
from eftheory.compressors import Overshoot, ScaledSign, TopK
from eftheory.simulate.problems import Huber, Quadratic
from eftheory.simulate.world import NumericWorld

DIMENSION, PROBLEMS, STARTS = 3, 14, 30
AGENTS = (AgentType(1, Fraction(1, 10), 2), AgentType(2, Fraction(0), 1), AgentType(Fraction(1, 2), Fraction(1, 2), 2))
COMPRESSORS = (TopK(k=1), TopK(k=2), ScaledSign(), Overshoot(Fraction(3, 4)))
CASES = [(method, problem, c) for method in METHODS for problem in (Quadratic, Huber) for c in COMPRESSORS]


class NotingWorld(NumericWorld):
    """A numeric world that notes what the symbols of the exact world stand for."""

    def __init__(self, setting: Setting, problem, compressor) -> None:
        super().__init__(problem, compressor)
        self.setting, self.notes = setting, {}
        self.centres = np.array([[float(agent.functions.centre)] for agent in problem.agents])
        self.radii = np.array([[float(agent.functions.radius)] for agent in problem.agents])
        self.kinds = np.repeat(range(len(setting.agents)), [agent.count for agent in setting.agents])
        self.seen: list[tuple[np.ndarray, np.ndarray, float]] = []
        self.errors = 0
        if any(hypothesis.name == "common minimiser" for hypothesis in setting.method.hypotheses):
            star = self.notes["x*"] = problem.minimiser
            self.seen.append((star, np.zeros((len(self.kinds), DIMENSION)), problem.value(star)))

    def note(self, name: str, v: np.ndarray) -> None:
        """Split an agent vector into type means and deviations."""
        for t, agent in enumerate(self.setting.agents):
            mine = v[self.kinds == t]
            self.notes[f"{name}[{t}]"] = mine.mean(axis=0)
            if agent.count > 1:
                self.notes[f"{name}[{t}]'"] = mine - mine.mean(axis=0)

    def gradient(self, x: np.ndarray) -> np.ndarray:
        gradients = super().gradient(x)
        if not any(np.array_equal(x, known) for known, _, _ in self.seen):
            number = len(self.seen)
            if number == 0:
                self.note("g", gradients)
            else:
                first, first_gradients, _ = self.seen[0]
                straight = first_gradients + self.centres * (x - first)
                # where L = mu the residual plays no part, and zero is allowed
                safe = np.where(self.radii > 0, self.radii, 1)
                self.note(f"r{number}", np.where(self.radii > 0, (gradients - straight) / safe, 0.0))
            self.seen.append((x, gradients, self.problem.value(x)))
            if self.setting.n_agents == 1:
                self.notes[f"f{number}[0]"] = self.seen[-1][2] - self.seen[0][2]
        return gradients

    def value(self, x: np.ndarray) -> float:
        self.gradient(x)
        return super().value(x)

    def compress(self, v: np.ndarray) -> np.ndarray:
        messages = super().compress(v)
        self.note(f"e{self.errors}", v - messages)
        self.errors += 1
        return messages

    def evaluate(self, form) -> float:
        """The form at the noted values; products of deviations are averaged over all agents."""
        total = sum(float(value) * self.notes[name] for name, value in form.values)
        for (a, b), value in form.quadratic.items():
            product = float(np.vdot(self.notes[a], self.notes[b]))
            total += float(value) * (product / self.setting.n_agents if a.endswith("'") else product)
        return total


def runs(method: str, make, compressor) -> Iterator[tuple[NotingWorld, tuple]]:
    """Fresh worlds with the state each starts from."""
    agents = (AgentType(1, Fraction(1, 10)),) if method == "cgd" else AGENTS
    alpha = Fraction(1) if method == "gd" else compressor.alpha(DIMENSION)
    setting = Setting(agents, Contractive(alpha), METHODS[method](law_step_size(method, agents, alpha)))
    rng = np.random.default_rng(7)
    for _ in range(PROBLEMS):
        problem = make.random(agents, DIMENSION, rng=rng, common_minimiser=method in ("ef", "cgd"))
        for _ in range(STARTS):
            world = NotingWorld(setting, problem, compressor)
            x, per_agent = rng.normal(size=DIMENSION), rng.normal(size=(setting.n_agents, DIMENSION))
            yield world, (x, per_agent) if setting.method.agent_state else (x,)


def test_there_are_ten_thousand_runs() -> None:
    assert len(CASES) * PROBLEMS * STARTS >= 10_000


@pytest.mark.parametrize(("method", "make", "compressor"), CASES)
def test_recorded_inequalities_hold(method: str, make, compressor) -> None:
    recorded = None
    for world, state in runs(method, make, compressor):
        setting = world.setting
        recorded = recorded or take_step(setting)
        numeric = METHODS[method](float(setting.method.step_size))
        world.notes["x"] = state[0]
        for name, value in zip(numeric.agent_state, state[1:]):
            world.note(name, value)
        numeric.observe(world, *state)
        measure = numeric.measure(world, *state)
        numeric.observe(world, *numeric.step(world, *state))
        for name, forms in recorded.inequalities.items():
            for form in forms:
                assert world.evaluate(form) >= -1e-9, name
        assert world.evaluate(recorded.measure) == pytest.approx(measure, rel=1e-9, abs=1e-11)
