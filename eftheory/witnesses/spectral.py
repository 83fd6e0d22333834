"""Worst cases of any method, found as growing modes of linear maps and made exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np

from eftheory.certificates.certificate import Lower
from eftheory.check.lower import check_lower
from eftheory.claims import Setting
from eftheory.lyapunov.rounding import round_down, sqrt_below
from eftheory.witnesses.climb import climb
from eftheory.witnesses.linear_step import LinearStep, Row
from eftheory.witnesses.modes import Array, Mode, Modes

Corner = tuple[bool, ...]  # per type, whether the curvature is L

ALL_CORNERS = 3  # up to how many types every corner of the curvatures is tried
SWAPS = 12  # up to how many types single types are swapped
BACKWARD = range(44, 4, -4)  # errors are shrunk by 1 - 2^-k to make room for rounding
MAX_STARTS = 12
WORK = 40_000_000  # the time for each number of coordinates, in units of about 10 ns
_SEED = 20240607


def spectral_witness(setting: Setting) -> Lower | None:
    """A bad instance of any method: a self-similar trajectory that grows, or shrinks slowly, as fast as was found.

    In one or two coordinates, with curvatures L_i or mu_i and errors v - C(v) = sqrt(1-alpha) Q v, Q a rotation or
    a sign, one step is a linear map M; a real eigenvalue of Z M, Z a diagonal of signs, that the measure sees is
    the growth. The rotations are found by ascent from random starts (with a fixed seed), and an instance with
    slightly smaller errors is made exact. Only the method's definition is read, never its name.

    Args:
        setting: any; up to three types of agents all corners of the curvatures are tried, beyond that a few.

    Returns:
        The best instance that ``check_lower`` proves. None if there is none, as where only complex modes grow, or
        where alpha = 1 and the growth is irrational. It may be weaker than the worst case.

    References:
        README, "Results of our own".

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(L=7, mu=2),), Contractive(Fraction(15, 16)), EF21(Fraction(2, 15)))
    >>> spectral_witness(setting).rate
    Fraction(9, 16)
    """
    best: Lower | None = None
    try:
        for candidate in sorted(_candidates(setting), key=lambda found: (-round(found.growth, 13), len(found.frame))):
            if best is None or candidate.growth**2 > best.rate:
                best = max(filter(None, (best, _exact(setting, candidate))), key=lambda found: found.rate, default=None)
    except (OverflowError, np.linalg.LinAlgError):  # the constants are beyond floats
        pass
    return best


@dataclass(frozen=True)
class _Candidate:
    """A growing mode: per coordinate the corner of its curvatures and its sign, and the angles of the errors."""

    growth: float
    frame: tuple[tuple[Corner, int], ...]
    angles: Array
    modes: Modes
    steps: tuple[LinearStep, ...]


def _candidates(setting: Setting) -> Iterator[_Candidate]:
    """The best frames of one coordinate and of two."""

    @cache
    def step(corner: Corner) -> LinearStep:
        return LinearStep.of(setting, _curvatures(setting, corner))

    generator, s = np.random.default_rng(_SEED), float(1 - setting.compressor.alpha) ** 0.5
    for k in (1, 2) if s else (1,):
        frames = list(_frames(setting, k))
        modes = Modes([([step(corner) for corner, _ in frame], [sign for _, sign in frame]) for frame in frames], s=s)
        for modes, angles, growth in _search(modes, generator, calls=modes.n_angles // len(setting.agents)):
            frame = frames[modes.frames[0]]
            yield _Candidate(growth, frame, angles, modes, tuple(step(corner) for corner, _ in frame))


def _frames(setting: Setting, k: int) -> Iterator[tuple[tuple[Corner, int], ...]]:
    """What is tried in k coordinates."""
    n_types = len(setting.agents)
    low, high = (False,) * n_types, (True,) * n_types
    corners = list(product((True, False), repeat=n_types)) if n_types <= ALL_CORNERS else _corners(setting)
    halves = list(product(corners, (1, -1)))
    if k == 1:
        yield from ((half,) for half in halves)
    elif n_types <= ALL_CORNERS:
        yield from combinations_with_replacement(halves, 2)
    else:
        for corner in corners:
            for partner in {tuple(not high for high in corner), low, high} - {corner}:
                yield from (((corner, z), (partner, w)) for z, w in product((1, -1), repeat=2))


def _corners(setting: Setting) -> list[Corner]:
    """All L, all mu, the halves of a fair split, and these with one type swapped."""
    spread = [(agent.count * (agent.L - agent.mu), t) for t, agent in enumerate(setting.agents)]
    split, balance = [False] * len(spread), Fraction(0)
    for weight, t in sorted(spread, reverse=True):
        split[t] = balance <= 0
        balance += weight if split[t] else -weight
    corners = [(True,) * len(spread), (False,) * len(spread), tuple(split), tuple(not high for high in split)]
    if len(spread) <= SWAPS:
        corners += [(*c[:t], not c[t], *c[t + 1 :]) for c in corners[:2] for t in range(len(spread))]
    return corners


def _curvatures(setting: Setting, corner: Corner) -> Row:
    """L or mu; mu = 0 for all would stand still unseen, and is replaced by almost nothing."""
    flat = not any(agent.mu for agent in setting.agents)
    return tuple(a.L if high else a.L / 2**20 if flat else a.mu for a, high in zip(setting.agents, corner))


def _search(modes: Modes, generator: np.random.Generator, *, calls: int) -> list[tuple[Modes, Array, float]]:
    """Climb from several starts, go on with the best, and return the four best frames."""
    frames, J = len(modes.frames), modes.n_angles
    afford = WORK // (modes.size + 6) ** 3  # eigenvalue problems
    starts = []
    for start in range(max(2, min(MAX_STARTS, afford // (10 * frames))) if J else 1):
        drawn = generator.uniform(0, 2 * np.pi, (frames, J))
        if start % 2 == 0:  # the same for all types
            drawn = np.repeat(drawn[:, :calls], J // max(calls, 1), axis=1)
        starts.append(drawn if modes.k == 2 else np.where(drawn > np.pi, np.pi, 0.0))
    modes, angles = modes.take(np.tile(np.arange(frames), len(starts))), np.concatenate(starts)
    growth = np.zeros(len(angles))
    for steps, share, kept in ((10, 2, 48), (40, 1, 12), (200, 1, 4)):
        growth, angles = climb(modes, angles, steps=max(4, min(steps, afford // len(angles))))
        best = _best(growth, modes.frames, share=share)[:kept]
        modes, angles, growth = modes.take(best), angles[best], growth[best]
        if not len(best):
            break
    return [(modes.take([row]), angles[row], float(growth[row])) for row in range(len(growth))]


def _best(growth: Array, frames: Array, *, share: int) -> list[int]:
    """Rows by falling growth, at most ``share`` of each frame."""
    rows, taken = [], Counter[int]()
    for row in np.argsort(-growth, kind="stable"):
        taken[frames[row]] += 1
        if np.isfinite(growth[row]) and taken[frames[row]] <= share:
            rows.append(int(row))
    return rows


def _exact(setting: Setting, found: _Candidate) -> Lower | None:
    """The instance with the largest errors that leave room enough for rounding."""
    s = float(1 - setting.compressor.alpha) ** 0.5
    witness = _instance(setting, found, found.modes.mode(found.angles, s=s), bits=None)
    for bits in BACKWARD if s and not witness else ():
        mode = found.modes.mode(found.angles, s=s * (1 - 2.0**-bits))
        witness = witness or (_instance(setting, found, mode, bits=bits + 10) if mode.growth > 0 else None)
    return witness


def _instance(setting: Setting, found: _Candidate, mode: Mode, *, bits: int | None) -> Lower | None:
    """The exact instance near a mode: growth and messages are rounded, the state is solved for, and all is checked."""

    def rounded(values: Array) -> list[Row]:
        scale = np.max(abs(values), initial=0.0)
        exact = [[Fraction(float(value / scale)) for value in row] for row in values] if scale else []
        return [tuple(v.limit_denominator(2000) if bits is None else round_down(v, bits) for v in row) for row in exact]

    growth = Fraction(mode.growth)
    growth = growth.limit_denominator(10**7) if bits is None else round_down(growth, bits)
    messages, states = rounded(mode.messages) or [()] * len(found.frame), []
    for k, (step, (_, sign)) in enumerate(zip(found.steps, found.frame)):
        guess = rounded(mode.state)[k]
        state = step.solve(growth * sign, dict(zip(step.messages, messages[k])), guess)
        if state is None:
            return None
        states.append(state)
        messages[k] = messages[k] if step.messages else step.answer(state)
    types, n_servers = len(setting.agents), len(setting.method.server_state)
    columns = list(zip(*states))
    calls = _by_type(list(zip(*messages)), types)
    witness = Lower(
        rate=growth * growth,
        growth=growth,
        signs=tuple(Fraction(sign) for _, sign in found.frame),
        curvatures=tuple(zip(*(_curvatures(setting, corner) for corner, _ in found.frame))),
        server=dict(zip(setting.method.server_state, columns)),
        agents=dict(zip(setting.method.agent_state, _by_type(columns[n_servers:], types))),
        messages=calls,
    )
    return witness if check_lower(setting, witness).proved else None


def _by_type(rows: list[Row], types: int) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(rows[at : at + types]) for at in range(0, len(rows), types))
