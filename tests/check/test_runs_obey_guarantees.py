"""The sentence that is printed, read back, holds on runs of several steps: all outcomes of all their chance."""

import random
import re
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from eftheory.check.upper import check_upper
from tests.kit.general import CHANCE, GENERAL
from tests.kit.instances import Instance, array, draw_instance

STEPS = 3
HALF = Fraction(1, 2)
SENTENCE = re.compile(
    r"(in expectation, )?(?P<sum>sum over t < T of )?\((?P<measure>.+?)\)_t <= (?P<first>\S+) \* "
    r"(\((?P<rate>\S+)\)\^t \* )?\(f - inf f\)_0"
    r"( \+ (T \* )?(?P<noise>\S+) \* (?P<constant>sigma2|zeta2))? for all [tT]"
)


def move(name: str, step: Fraction, it: Instance, g: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """What x loses in a step; bits are fair, (outcomes, agents, 1)."""
    if name.startswith("sgd"):
        bits = bits if name != "sgd" else bits[:, :1] + 0 * bits  # the same for all agents
        size = {0: 0, 1: 1, 4: 2}[int(it.sigma2)]
        noise = np.zeros_like(g)
        noise[:, :, :1] = size * (2 * bits - 1)
        g = g + noise
    if name == "participation":
        assert CHANCE == HALF
        g = bits / CHANCE * g
    mean = g.sum(axis=1, keepdims=True) / Fraction(g.shape[1])
    return step * (mean * bits[:, :1] if name == "coin" else mean)


@pytest.mark.parametrize("name", [name for name in GENERAL if name.startswith(("gd", "sgd", "coin", "partic"))])
@pytest.mark.parametrize("seed", range(8))
def test_no_run_breaks_what_is_said_of_it(name, seed):
    setting, upper = (it := GENERAL[name]()).setting, it.upper
    said: Any = SENTENCE.fullmatch(check_upper(setting, upper).guarantee)
    n, rng = setting.n_agents, random.Random(seed)
    instance = draw_instance(setting, rng, 1)
    every = np.array(list(product((0, 1), repeat=STEPS * n if it.draws or name == "coin" else 0)), dtype=object)
    bits = (
        (every + Fraction(0)).reshape(len(every), -1, n, 1) if every.size else np.zeros((1, STEPS, n, 1), dtype=object)
    )
    x = array((1, 1, 1), lambda: rng.randint(-3, 3)) + 0 * bits[:, 0, :1]
    spread = instance.offsets - sum(instance.offsets) / n
    noise = {"sigma2": instance.sigma2, "zeta2": (spread * spread).sum() / n, None: 0}[said["constant"]]
    measured, excesses = [], []
    for t in range(STEPS + 1):
        g = instance.gradient(x)
        mean = g.sum(axis=1) / Fraction(n)
        excesses.append((instance.value(x).sum(axis=1) / Fraction(n) - instance.infimum).sum() / len(x))
        measured.append({"||mean g||^2": (mean * mean).sum() / len(x), "f - inf f": excesses[t]}[said["measure"]])
        x = x - move(name, setting.method.step_size, instance, g, bits[:, t]) if t < STEPS else x
    constant, each = Fraction(said["first"]), Fraction(said["noise"] or 0) * noise
    for t in range(STEPS + 1):
        if said["sum"]:
            assert sum(measured[:t]) <= constant * excesses[0] + t * each
        else:
            assert measured[t] <= constant * Fraction(said["rate"]) ** t * excesses[0] + each
