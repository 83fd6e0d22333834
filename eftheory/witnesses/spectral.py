"""Worst cases of any method, found as growing modes of linear maps and made exact."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product

import numpy as np

from eftheory.certificates.certificate import Lower
from eftheory.claims import Setting
from eftheory.threads import one_blas_thread
from eftheory.witnesses.climb import climb
from eftheory.witnesses.exact_mode import exact_mode
from eftheory.witnesses.frame import Corner, Frame, Steps
from eftheory.witnesses.modes import Array

MAX_SWAP_TYPES = 12  # up to how many types single curvatures are moved
MAX_STARTS = 12
ROUNDS = ((10, 2, 48), (40, 1, 12), (200, 1, 4))
"""Steps of the climb, then how many rows of a frame and how many in all are kept."""
WORK = 40_000_000  # what a round may take, in units of about 10 ns
SEED = 20240607


@one_blas_thread
def spectral_witness(setting: Setting) -> Lower | None:
    """A bad instance of any method: a self-similar trajectory that grows, or shrinks slowly, as fast as was found.

    In one or two coordinates, with curvatures L_i or mu_i and errors v - C(v) = sqrt(1 - alpha) Q v, Q a sign or a
    rotation, one step is a linear map M; a real eigenvalue of Z M, Z a diagonal of signs, that the measure sees is
    the growth. The rotations are found by ascent from random starts (the seed is fixed), the curvatures by moving
    one at a time from patterns that are strong for known methods; an instance with slightly smaller errors is then
    made exact. Only the definition of the method is read, never its name.

    Args:
        setting: any. The search takes about 0.1 s for one or two types of agents, a second or two for twenty, and up
            to half a minute for 64.

    Returns:
        The best instance that ``check_lower`` proves. None where there is none: no mode is real and seen by the
        measure, or the constants are beyond floats. The worst case may be worse, most of all where complex modes
        grow fastest, as with momentum and large steps.

    References:
        README, "Results of our own".

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(L=7, mu=2),), Contractive(Fraction(15, 16)), EF21(Fraction(2, 15)))
    >>> spectral_witness(setting).rate
    Fraction(9, 16)
    """
    best: Lower | None = None
    steps = Steps(setting)
    with np.errstate(all="ignore"):
        for candidate in sorted(_candidates(steps), key=_preference):
            with _bounded():
                if best is None or candidate.growth**2 > best.rate:
                    found = exact_mode(steps, candidate.frame, candidate.angles)
                    best = found if found and (best is None or found.rate > best.rate) else best
    return best


def _bounded() -> AbstractContextManager[None]:
    """Gives up what the floats cannot hold."""
    return suppress(OverflowError, np.linalg.LinAlgError)


@dataclass(frozen=True)
class _Candidate:
    growth: float
    frame: Frame
    angles: Array


def _preference(candidate: _Candidate) -> tuple[float, int]:
    """Growth first; of equals, the one with fewer coordinates."""
    return -round(candidate.growth, 13), len(candidate.frame.signs)


def _candidates(steps: Steps) -> list[_Candidate]:
    """The best frames of one coordinate and of two."""
    generator = np.random.default_rng(SEED)
    found: list[_Candidate] = []
    halves = list(product(_corners(steps.setting), (1, -1)))
    for k in (1, 2) if steps.s else (1,):  # without errors the coordinates do not mix
        frames = [Frame(*zip(*chosen)) for chosen in combinations_with_replacement(halves, k)]
        with _bounded():
            found += (best := _search(steps, frames, generator))
            for candidate in best[:2] if len(steps.setting.agents) <= MAX_SWAP_TYPES else ():
                found += _swap(steps, candidate)
    return found


def _corners(setting: Setting) -> list[Corner]:
    """All L, all mu, and the halves of a fair split."""
    spread = [(agent.count * (agent.L - agent.mu), t) for t, agent in enumerate(setting.agents)]
    split, balance = [False] * len(spread), Fraction(0)
    for weight, t in sorted(spread, reverse=True):
        split[t] = balance <= 0
        balance += weight if split[t] else -weight
    high, low, other = (True,) * len(split), (False,) * len(split), tuple(not fast for fast in split)
    return list(dict.fromkeys((high, low, tuple(split), other)))


def _search(steps: Steps, frames: list[Frame], generator: np.random.Generator) -> list[_Candidate]:
    """Climb from several starts, go on with the best, and return the best frames."""
    modes = steps.modes(frames)
    types, J = len(steps.setting.agents), modes.n_angles
    afford = WORK // (modes.size + 6) ** 3  # eigenvalue problems
    starts = []
    for start in range(max(2, min(MAX_STARTS, afford // (ROUNDS[0][0] * len(frames)))) if J else 1):
        drawn = generator.uniform(0, 2 * np.pi, (len(frames), J))
        if start % 2 == 0:  # the same for all types
            drawn = np.repeat(drawn[:, ::types], types, axis=1)
        starts.append(drawn if modes.k == 2 else np.where(drawn > np.pi, np.pi, 0.0))
    rows, angles = np.tile(np.arange(len(frames)), len(starts)), np.concatenate(starts)
    growth = np.zeros(len(rows))
    for most, share, kept in ROUNDS:
        growth, angles = climb(modes.take(rows), angles, steps=max(4, min(most, afford // len(rows))))
        best = _best(growth, rows, share=share)[:kept]
        rows, angles, growth = rows[best], angles[best], growth[best]
        if not best:
            break
    return [_Candidate(float(growth[at]), frames[row], angles[at]) for at, row in enumerate(rows)]


def _best(growth: Array, frames: Array, *, share: int) -> list[int]:
    """Rows by falling growth, at most ``share`` of each frame."""
    rows, taken = [], Counter[int]()
    for row in np.argsort(-growth, kind="stable"):
        taken[frames[row]] += 1
        if np.isfinite(growth[row]) and taken[frames[row]] <= share:
            rows.append(int(row))
    return rows


def _swap(steps: Steps, best: _Candidate) -> list[_Candidate]:
    """Move single curvatures to the other end of their range as long as the mode grows."""
    types = len(steps.setting.agents)
    found: list[_Candidate] = []
    while True:
        frames = [best.frame.swapped(k, t) for k, _ in enumerate(best.frame.signs) for t in range(types)]
        growth, angles = climb(steps.modes(frames), np.tile(best.angles, (len(frames), 1)), steps=40)
        row = int(np.argmax(growth))
        if not growth[row] > best.growth * (1 + 1e-12):
            return found[-1:]
        best = _Candidate(float(growth[row]), frames[row], angles[row])
        found.append(best)
