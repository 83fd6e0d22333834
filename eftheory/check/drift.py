"""Check a drifting orbit: f falls by the same amount in each step, and the gradient keeps its length."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce

from eftheory.assumptions.fact import Point
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.validation import exact
from eftheory.certificates.certificate import Drift
from eftheory.check.lower import agree
from eftheory.check.verdict import Obligation, Verdict, shown
from eftheory.claims import DRIFT, Claim, Setting
from eftheory.exact.budget import plus, times
from eftheory.exact.vector import Vector
from eftheory.methods.quantities import GRADIENT
from eftheory.methods.template import has_minimiser
from eftheory.worlds.agents import AgentVector
from eftheory.worlds.linear import LinearWorld, multiply

PLANE, ANYWHERE = ("0", "1"), Vector.symbol("anywhere")


class _Orbit(LinearWorld):
    """Gradients are known at points that are given, and nowhere else; x* is not known."""

    minimiser = Vector.symbol("x*")

    def __init__(self, counts: list[int], known: Mapping[Vector, AgentVector], messages: Iterable[tuple[Vector, ...]]):
        super().__init__(counts, curvatures=(), messages=messages)
        self._known = known

    def gradient(self, x: Vector) -> AgentVector:
        if x not in self._known:
            raise ValueError("a gradient is asked for that is not on the orbit")
        return self._known[x]


def check_drift(setting: Setting, evidence: Drift) -> Verdict:
    """Verify one step of the orbit, in two coordinates and with Z = diag(1, -1), for all k from 0 to T,

        x_k = k D + Z^k x_0,  D = (drift, 0),     grad f(x_k) = Z^k g,     f(x_k) = f(x_0) - k fall,

    where all else of the state and the messages are multiplied by Z in each step, f_i = (L_i/L) f, L = mean L_i, and
    agents hold L_i/L times what is given. Then sum_{t<T} ||grad f(x_t)||^2 = T ||g||^2, f(x_0) - inf f = T fall +
    ||g||^2/(2 L), and the start is the same for all T. So C (f(x_0) - inf f) + B bounds the sum for all T only if
    C >= ||g||^2/fall.

    **The step.** One step is replayed from x_0 + a, of which vector a it uses nothing; it is linear in each coordinate,
    so that it commutes with Z, and the step from the state at k is Z^k times the one replayed, moved by k D. Messages
    are those of one compressor for each agent, see ``check_lower``.

    **Two points.** f is to have curvatures in [mu, L], mu = L max_i mu_i/L_i < 0: then f_i has them in [mu_i, L_i]. Two
    points at distance j obey the inequality of this class, in either order, if its slack a j + b + q j^2 >= 0, where
    b = 0 for even j, where the gradients are equal, and one b for all odd j. With slack(1) >= 0 and slack(2) >= 0:
    a + 2q >= 0 in either order, that is for a and -a, so q >= 0. Even j: slack(j) >= j (a + 2q) >= 0. Odd j: slack(j)
    >= slack(j) - slack(1) = (j - 1)(a + (j + 1) q) >= 0.

    **One f, bounded below.** Pairwise inequalities suffice for a function h of the class through all T + 1 points
    [TaylorHendrickxGlineur2017]. Put Q_k(x) = f(x_k) + <g_k, x - x_k> + L/2 ||x - x_k||^2, q_k = Q_k - mu/2 ||x||^2,
    let F be the convex envelope of min_k q_k, and f = F + mu/2 ||x||^2. As h <= Q_k, h - mu/2 ||x||^2 <= F <= q_k, so
    that f has the values and gradients wanted. F is convex, and (L-mu)-smooth like min_k q_k, since F(x + v) +
    F(x - v) - 2 F(x) is at most an average of that of min_k q_k, so at most (L-mu) ||v||^2. And f(x) is an infimum of
    averages mean_j Q_j(y_j) - mu/2 (mean_j ||y_j||^2 - ||x||^2), x = mean_j y_j, where -mu >= 0: at least
    min_k min Q_k, which is f(x_T) - ||g||^2/(2 L), and attained.
    """
    claim, method, types = Claim(setting, DRIFT, evidence.constant), setting.method, setting.agents
    counts, fall, drift = [agent.count for agent in types], exact("fall", evidence.fall), exact("drift", evidence.drift)
    rows = [evidence.gradient, *evidence.server.values(), *evidence.agents.values(), *evidence.messages]
    names = ({*evidence.server}, {*evidence.agents}) == ({*method.server_state}, {*method.agent_state})
    free = all(type(each) is BoundedBelow for each in setting.assumptions) and not has_minimiser(method)
    weak = all(isinstance(agent.functions, Smooth) and agent.mu < 0 for agent in types)
    size = _inner(_vector(evidence.gradient), _vector(evidence.gradient))
    obligations = [
        Obligation(f"the measure is {GRADIENT}", setting.measure_name == GRADIENT, setting.measure_name),
        Obligation("of f nothing is assumed but that it is bounded below", free),
        Obligation("the functions may have negative curvature", weak),
        Obligation("the orbit has the right shape", names and {len(row) for row in rows} == {2}),
        Obligation("the method begins with a server vector x", method.server_state[:1] == ("x",)),
        Obligation("f falls", fall > 0, f"by {shown(fall)}"),
        Obligation("x drifts", drift != 0),
        Obligation("constant <= ||g||^2 / fall", 0 <= times(evidence.constant, fall) <= size),
    ]
    if not all(obligation.holds for obligation in obligations):
        return Verdict.of(claim, obligations)
    L = Fraction(sum(agent.count * agent.L for agent in types), sum(counts))
    f = Smooth(L=L, mu=max(L * agent.mu / agent.L for agent in types))

    def spread(v: Vector) -> AgentVector:
        return AgentVector.alike(agent.L / L * v for agent in types)

    turn, D, g = _vector((1, -1)), _vector((drift, 0)), _vector(evidence.gradient)
    server = [_vector(evidence.server[name]) for name in method.server_state]
    agents = [_vector(evidence.agents[name]) for name in method.agent_state]
    x, x_after = server[0], D + multiply(turn, server[0])
    known = {x + ANYWHERE: spread(g), x_after + ANYWHERE: spread(multiply(turn, g))}
    world = _Orbit(counts, known, (spread(_vector(row)).means for row in evidence.messages))
    turned = [*(multiply(turn, v) for v in server[1:]), *(spread(multiply(turn, v)) for v in agents)]
    try:
        after = method.step(world, x + ANYWHERE, *server[1:], *map(spread, agents))
    except ValueError as error:
        return Verdict.of(claim, [*obligations, Obligation("the orbit answers every question", False, str(error))])
    moved = [*after] == [x_after + ANYWHERE, *turned]
    obligations.append(Obligation("the state after one step is that of the orbit", moved))
    obligations.append(Obligation("every message is used", len(world.compressions) == len(evidence.messages)))
    for call, (asked, said) in enumerate(world.compressions):
        for t, (v, c) in enumerate(zip(asked.means, said.means)):
            allowed = setting.compressor.allows(world.square(v), world.square(v - c))
            earlier = ((v.means[t], c.means[t]) for v, c in world.compressions[: call + 1])
            same = all(agree((v, c), other, turn, Fraction(1)) for other in earlier)
            obligations += [
                Obligation(
                    f"message {call} of type {t} is asked for in the plane", {name for name, _ in v} <= {*PLANE}
                ),
                Obligation(f"message {call} of type {t} is contractive", allowed),
                Obligation(f"message {call} of type {t} is a function of its input", same),
            ]
    places = [(x, g, 0), (x_after, multiply(turn, g), -fall), (x + 2 * D, g, -2 * fall)]
    at = [Point(k, y, h, 1 / f.radius * (h - f.centre * y), value) for k, (y, h, value) in enumerate(places)]
    for low, high in ((0, 1), (1, 0), (0, 2), (2, 0)):
        slack = f.interpolate(at[low], at[high], _inner)
        name = f"interpolation {high} above {low}"
        obligations.append(Obligation(name, slack >= 0, f"slack = {shown(slack)}"))
    return Verdict.of(claim, obligations, claim.sentence())


def _vector(row: Iterable[Fraction | int]) -> Vector:
    return Vector({name: exact("entry", value) for name, value in zip(PLANE, row)})


def _inner(v: Vector, w: Vector) -> Fraction:
    return reduce(plus, (times(value, w[name]) for name, value in v), Fraction(0))
