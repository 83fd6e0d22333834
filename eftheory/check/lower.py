"""Check a lower bound: replay one step of the worst case and see the state grow."""

from __future__ import annotations

from fractions import Fraction

from eftheory.certificates.certificate import Lower
from eftheory.check.verdict import Obligation, Verdict
from eftheory.claims import LOWER, Claim, Setting
from eftheory.exact.vector import Vector
from eftheory.worlds.agents import AgentVector
from eftheory.worlds.linear import LinearWorld, multiply


def check_lower(setting: Setting, evidence: Lower) -> Verdict:
    """Verify that one step maps the state to growth * Z * state, Z the diagonal of signs.

    With f_i(x) = 1/2 sum_k h_ik x_k^2 everything acts coordinate by coordinate, so the map
    growth * Z commutes with the step: if the messages at time t are (growth Z)^t times those
    at time 0, then so is the state, and measure_t = growth^(2t) measure_0. The messages are
    those of one compressor per agent: inputs met at different times are different, unless
    they are zero or growth = 1 and Z fixes them, when the messages must agree too. A
    compressor that answers so on these inputs and returns any other input as it is contracts.
    """
    claim = Claim(setting, LOWER, evidence.rate)
    method, types = setting.method, len(setting.agents)
    size, growth = len(evidence.signs), evidence.growth
    obligations = [
        Obligation("growth >= 0", growth >= 0, f"growth = {growth}"),
        Obligation("rate <= growth^2", evidence.rate <= growth * growth, f"rate = {evidence.rate}"),
        Obligation("signs are 1 or -1", size > 0 and all(abs(sign) == 1 for sign in evidence.signs)),
        Obligation("the instance has the right shape", _has_shape(setting, evidence)),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)

    curvatures = tuple(map(_vector, evidence.curvatures))
    world = LinearWorld(
        tuple(agent.count for agent in setting.agents),
        curvatures=curvatures,
        messages=[tuple(map(_vector, call)) for call in evidence.messages],
    )
    state = (
        *(_vector(evidence.server[name]) for name in method.server_state),
        *(world.agent_vector(map(_vector, evidence.agents[name])) for name in method.agent_state),
    )
    turn = Vector({str(k): growth * sign for k, sign in enumerate(evidence.signs)})
    try:
        after = method.step(world, *state)
    except ValueError as error:
        return Verdict.of(claim, [*obligations, Obligation("the instance answers every question", False, str(error))])
    measure, measure_after = method.measure(world, *state), method.measure(world, *after)
    for t, (agent, row) in enumerate(zip(setting.agents, evidence.curvatures)):
        inside = all(agent.functions.contains_curvature(h) for h in row)
        obligations.append(Obligation(f"curvatures of type {t} lie in [mu, L]", inside))
    obligations.append(
        Obligation("every message is used", len(world.compressions) == len(evidence.messages))
    )
    for call, (asked, said) in enumerate(world.compressions):
        for t in range(types):
            v, c = asked.means[t], said.means[t]
            allowed = setting.compressor.allows(world.square(v), world.square(v - c))
            obligations.append(Obligation(f"message {call} of type {t} is contractive", allowed))
            same = growth != 1 or multiply(turn, v) != v or multiply(turn, c) == c
            obligations.append(Obligation(f"message {call} of type {t} is a function of its input", same))
    grown = all(_grows(turn, old, new) for old, new in zip(state, after))
    obligations += [
        Obligation("the state after one step is growth * signs * state", grown),
        Obligation("the measure sees the mode", measure > 0, f"measure = {measure}"),
        Obligation("the measure grows by growth^2", measure_after == growth * growth * measure),
    ]
    name = method.measure_name
    return Verdict.of(claim, obligations, f"({name})_t = ({growth})^(2t) * {measure} for all t on the instance")


def _vector(values: tuple[Fraction, ...]) -> Vector:
    return Vector({str(k): value for k, value in enumerate(values)})


def _grows(turn: Vector, old: Vector | AgentVector, new: Vector | AgentVector) -> bool:
    if isinstance(old, Vector):
        return multiply(turn, old) == new
    return isinstance(new, AgentVector) and tuple(multiply(turn, mean) for mean in old.means) == new.means


def _has_shape(setting: Setting, evidence: Lower) -> bool:
    types, size = len(setting.agents), len(evidence.signs)
    per_type = [evidence.curvatures, *evidence.agents.values(), *evidence.messages]
    vectors = [*evidence.server.values(), *(row for rows in per_type for row in rows)]
    return (
        set(evidence.server) == set(setting.method.server_state)
        and set(evidence.agents) == set(setting.method.agent_state)
        and all(len(rows) == types for rows in per_type)
        and all(len(vector) == size for vector in vectors)
    )
