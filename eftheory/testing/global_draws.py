"""Random numbers that a compressor draws from a generator that everybody shares: seeded for it, and restored."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from eftheory.testing.subject import Subject


@dataclass(frozen=True)
class GlobalGenerator:
    """A generator that a library keeps for all.

    Attributes:
        seeding: the call that seeds it, as it is written.
        read: its state.
        write: sets the state.
        seed: from an int below 2^32.
    """

    seeding: str
    read: Callable[[], Any]
    write: Callable[[Any], Any]
    seed: Callable[[int], Any]


def global_generators() -> list[GlobalGenerator]:
    """The global generators of Python and numpy, and of torch if it is loaded."""
    found = [
        GlobalGenerator("random.seed", random.getstate, random.setstate, random.seed),
        GlobalGenerator("np.random.seed", np.random.get_state, np.random.set_state, np.random.seed),
    ]
    torch = sys.modules.get("torch")
    if torch is not None:
        found.append(GlobalGenerator("torch.manual_seed", torch.get_rng_state, torch.set_rng_state, torch.manual_seed))
    return found


def seed_global_draws(subject: Subject, vector: np.ndarray) -> tuple[Subject, str]:
    """The compressor with the global generators seeded before each call, if it draws from one, and what is said of it.

    Whether it draws from one is seen from the state after a call. One that takes a generator is left as it is: it is
    to draw from that.

    >>> from eftheory.testing import adapt
    >>> coin, note = seed_global_draws(adapt(lambda x: x * (np.random.rand() < 0.5)), np.ones(2))
    >>> coin.random, note
    (True, 'draws from a global generator, which is seeded before each message: random.seed, np.random.seed')
    """
    if subject.takes_rng:
        return subject, ""
    generators = global_generators()
    before = [generator.read() for generator in generators]
    with suppress(Exception):  # a stranger's code; the checks say what is wrong
        subject(np.array(vector))
    after = [generator.read() for generator in generators]
    for generator, state in zip(generators, before):
        generator.write(state)
    if all(_bytes(old) == _bytes(new) for old, new in zip(before, after)):
        return subject, ""
    names = ", ".join(generator.seeding for generator in generators)  # all: which are used may depend on the draws
    return (
        replace(
            subject,
            function=_seeded(subject.function, generators),
            keeps_input=_seeded(subject.keeps_input, generators),
            random=True,
        ),
        f"draws from a global generator, which is seeded before each message: {names}",
    )


def _seeded(function: Callable[[Any, Any], Any], used: list[GlobalGenerator]) -> Callable[[Any, Any], Any]:
    def seeded(v: Any, rng: Any) -> Any:
        seed = int(rng.integers(2**32))  # a generator that lists draws refuses so many
        before = [generator.read() for generator in used]
        try:
            for generator in used:
                generator.seed(seed)
            return function(v, rng)
        finally:
            for generator, state in zip(used, before):
                generator.write(state)

    return seeded


def _bytes(state: Any) -> Any:
    """The state in a form that can be compared."""
    if isinstance(state, tuple):
        return tuple(map(_bytes, state))
    state = state.numpy() if hasattr(state, "numpy") else state
    return state.tobytes() if isinstance(state, np.ndarray) else state
