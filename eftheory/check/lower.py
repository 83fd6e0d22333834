"""Check a lower bound: replay one step of the worst case and see the state grow."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from eftheory.assumptions.validation import exact
from eftheory.certificates.certificate import Lower
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import LOWER, Claim, Setting
from eftheory.exact.budget import times
from eftheory.exact.vector import Vector
from eftheory.methods.quantities import quantity
from eftheory.worlds.agents import AgentVector
from eftheory.worlds.linear import LinearWorld, multiply

MAX_COORDINATES = 64  # of a trajectory; the strongest ones known need two


def check_lower(setting: Setting, evidence: Lower) -> Verdict:
    """Verify that one step maps the state to growth * Z * state, Z the diagonal of signs.

    With f_i(x) = 1/2 sum_k h_ik x_k^2 everything acts coordinate by coordinate, so the map growth * Z commutes
    with the step: if the messages at time t are (growth Z)^t times those at time 0, then so is the state, and
    measure_t = growth^(2t) measure_0. The messages are those of one compressor per agent: where inputs of any calls and
    times are equal, so are the messages. A compressor that answers so on these inputs and returns any other input as
    it is contracts.
    """
    claim, method = Claim(setting, LOWER, evidence.rate), setting.method
    rate, growth = evidence.rate, exact("growth", evidence.growth)
    signs = bool(evidence.signs) and all(abs(sign) == 1 for sign in evidence.signs[:MAX_COORDINATES])
    obligations = [
        Obligation("growth >= 0", growth >= 0, f"growth = {growth}"),
        Obligation("rate <= growth^2", 0 <= rate <= growth * growth, f"rate = {rate}; it must not be negative either"),
        Obligation(f"at most {MAX_COORDINATES} coordinates", len(evidence.signs) <= MAX_COORDINATES),
        Obligation("signs are 1 or -1", signs),
        Obligation("the instance has the right shape", _has_shape(setting, evidence)),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    counts, messages = [agent.count for agent in setting.agents], map(_vectors, evidence.messages)
    world = LinearWorld(counts, curvatures=_vectors(evidence.curvatures), messages=messages)
    agents = (AgentVector.alike(_vectors(evidence.agents[name])) for name in method.agent_state)
    state = (*_vectors(evidence.server[name] for name in method.server_state), *agents)
    try:
        after = method.step(world, *state)
    except ValueError as error:
        return Verdict.of(claim, [*obligations, Obligation("the instance answers every question", False, str(error))])
    for t, (agent, row) in enumerate(zip(setting.agents, evidence.curvatures)):
        inside = all(agent.functions.contains_curvature(h) for h in row)
        obligations.append(Obligation(f"curvatures of type {t} lie in [mu, L]", inside))
    obligations.append(Obligation("every message is used", len(world.compressions) == len(evidence.messages)))
    for assumption in setting.assumptions:
        met = all(assumption.allows(column, world.weights.average) for column in zip(*evidence.curvatures))
        obligations.append(Obligation(f"the functions are {assumption.name}", met))
    turn, mirror = _vectors([[growth * sign for sign in evidence.signs], evidence.signs])
    for call, (asked, said) in enumerate(world.compressions):
        for t, (v, c) in enumerate(zip(asked.means, said.means)):
            allowed = setting.compressor.allows(world.square(v), world.square(v - c))
            earlier = ((v.means[t], c.means[t]) for v, c in world.compressions[: call + 1])
            same = all(agree((v, c), other, mirror, growth) for other in earlier)
            obligations.append(Obligation(f"message {call} of type {t} is contractive", allowed))
            obligations.append(Obligation(f"message {call} of type {t} is a function of its input", same))
    grown = [multiply(turn, v) for v in _means(state)] == _means(after)
    measure, measure_after = (quantity(setting.measure_name, method, world, each) for each in (state, after))
    obligations += [
        Obligation("the state after one step is growth * signs * state", grown),
        Obligation("the measure sees the mode", measure > 0, f"measure = {shown(measure)}"),
        Obligation("the measure grows by growth^2", measure_after == times(growth * growth, measure)),
    ]
    name = setting.measure_name
    return Verdict.of(claim, obligations, f"({name})_t = ({growth})^(2t) * {shown(measure)} for all t on the instance")


def agree(this: tuple[Vector, Vector], other: tuple[Vector, Vector], mirror: Vector, growth: Fraction) -> bool:
    """Whether two messages, with their inputs, are one function's: (growth Z)^t v = (growth Z)^s w only if v = q Z^k w,
    q = growth^k, k = s - t. So c = q Z^k d is enough, for all q > 0 and k but those that no two times give.
    """
    (v, c), (w, d) = this, other
    for turned, answer, k in ((w, d, 0), (multiply(mirror, w), multiply(mirror, d), 1)):
        q = next((times(v[name], 1 / value) for name, value in turned), Fraction(0))
        met = q == 1 if growth == 1 else q != 1 or k == 0
        if met and q > 0 and q * turned == v and q * answer != c:
            return False
    return True


def _vectors(rows: Iterable[Iterable[Fraction]]) -> tuple[Vector, ...]:
    return tuple(Vector({str(k): exact("entry", value) for k, value in enumerate(row)}) for row in rows)


def _means(state: tuple[Any, ...]) -> list[Vector]:
    return [v for part in state for v in (part.means if isinstance(part, AgentVector) else (part,))]


def _has_shape(setting: Setting, evidence: Lower) -> bool:
    names = set(evidence.server), set(evidence.agents)
    per_type = [evidence.curvatures, *evidence.agents.values(), *evidence.messages]
    vectors = [*evidence.server.values(), *(row for rows in per_type for row in rows)]
    return (
        names == (set(setting.method.server_state), set(setting.method.agent_state))
        and all(len(rows) == len(setting.agents) for rows in per_type)
        and all(len(vector) == len(evidence.signs) for vector in vectors)
    )
