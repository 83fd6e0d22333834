"""Whether a recorded method has a state in which it stays, at a minimiser where gradients need not vanish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from eftheory.algebra.elimination import left_null_space, reduce_rows
from eftheory.assumptions import COMMON_MINIMISER
from eftheory.claims import Setting
from eftheory.exact.vector import Vector
from eftheory.methods.recorded import Definition, Program, Recorded
from eftheory.recording.shifts import STAYS
from eftheory.worlds.agents import AgentVector, Weights

_STAR, _GRADIENT = "x*", "grad f"  # no vector of a state has such a name
Row = list[Fraction]
_ASSUME = "hypotheses = (COMMON_MINIMISER,), with which they vanish"
_COMPRESS = "; or compress what goes to zero, as EF21 does with grad f_i(x) - d_i"
_SUM = "at a minimiser x* of f the gradients of the agents sum to zero but need not vanish"


def explain_no_fixed_point(setting: Setting) -> str:
    """Why the method stays in no state with x at a minimiser x* of f, or has no measure zero there; "" if it may.

    At x* the gradients h_i sum to zero; each is zero if x* is common to all agents, or if there is one agent. Only the
    message of zero has no error for certain. So a fixed point is a solution, for all x* and h_i, of

        state = step(state),   y = x* wherever a gradient is asked for at y,   v = 0 wherever v is compressed,

    in what the measure depends on: linear equations, solved exactly. Of methods that were not recorded nothing is said,
    nor of those that ask for gradients at points that cannot all be x*: these may be constant where the method stays.

    >>> from dataclasses import replace
    >>> from eftheory.bounds import make_setting
    >>> from eftheory.methods import EF21, Recorded
    >>> from eftheory.recording import record
    >>> setting = make_setting(EF21, [(1, "1/10", 3)], alpha="3/4")
    >>> explain_no_fixed_point(replace(setting, method=Recorded(Fraction(1), record(EF21(Fraction(1))))))
    ''
    """
    if not isinstance(setting.method, Recorded):
        return ""
    definition = setting.method.definition
    vanish = setting.n_agents == 1 or COMMON_MINIMISER.name in definition.hypotheses
    equations = _Equations(definition, exact=setting.compressor.exact)
    if _STAR in equations.forced([equations.row(y - equations.minimiser) for y in equations.points]):
        return ""
    stuck, left = equations.contradicted(), equations.contradicted(measured=True)
    if _STAR in stuck:
        return f"it has no fixed point, with a common minimiser or without: the step {STAYS}"
    if _STAR in left:
        return "the measure does not vanish where the method stays: measure what is zero at every minimiser x*"
    if vanish or not left:
        return ""
    if not stuck:
        return f"the measure does not vanish where the method stays: {_SUM}. Measure differences to them, or {_ASSUME}"
    differs = "" if _Equations(definition, exact=True).contradicted() else _COMPRESS
    return f"it has no fixed point: {_SUM}, and then no state stays. What is missing is {_ASSUME}{differs}"


def explain_other_fixed_points(setting: Setting) -> str:
    """Why the method can stay where the gradient of f is not zero, even if messages have no errors; "" if it cannot.

    So it is where the server sums up what the agents send: of x+ = x - g, g+ = g + mean c_i, d_i+ = d_i + c_i with
    c_i = C_i(grad f_i(x) - d_i), the difference g - mean d_i never changes.
    """
    if not isinstance(setting.method, Recorded) or not can_stay_anywhere(setting.method.definition):
        return ""
    definition = setting.method.definition
    written = [*definition.server_state, *(f"mean {name}_i" for name in definition.agent_state)]
    factors = left_null_space(_Anywhere(definition, exact=True).moves)
    kept = [Vector(dict(zip(written, each))) for each in factors]
    since = [f": {str(v).replace('- 1 ', '- ')} never changes, so that all depends on where that starts" for v in kept]
    return "".join(["the method can stay where the gradient of f is not zero", *since[:1]])


def can_stay_anywhere(definition: Definition) -> bool:
    """Whether a method without errors in its messages can stay where the gradient of f is not zero."""
    equations = _Anywhere(definition, exact=True)
    return _GRADIENT not in equations.forced([*equations.moves, *map(equations.row, equations.apart)])


def find_fixed_point(definition: Definition) -> dict[str, tuple[Fraction, Fraction]]:
    """Which multiples of x* and of grad f_i(x*) each vector of the state is where it stays; zero where nothing follows.

    >>> from eftheory.methods import EF21
    >>> from eftheory.recording import record
    >>> find_fixed_point(record(EF21(Fraction(1))))
    {'x': (Fraction(1, 1), Fraction(0, 1)), 'd': (Fraction(0, 1), Fraction(1, 1))}
    """
    equations = _Equations(definition, exact=False)
    solved = reduce_rows(equations.that_matter()).by_pivot
    known = {equations.columns[k]: row for k, row in solved.items()}
    nothing = [Fraction(0)] * len(equations.columns)
    return {
        name: (-known.get(name, nothing)[-2], -known.get(f"{name}'", nothing)[-1])
        for name in (*definition.server_state, *definition.agent_state)
    }


class _Equations:
    """What must vanish in a fixed point, found by running a step of two agents of one type in this world.

    Vectors are combinations of symbols: the state (for each vector of the agents a mean and a deviation), x*, the
    gradients at x*, and the errors of what is answered, which are zero for certain only under ``conditions``.
    """

    minimiser = Vector.symbol(_STAR)

    def __init__(self, definition: Definition, *, exact: bool) -> None:
        self.mean, self.exact = Weights([2]).mean, exact
        self.conditions: dict[str, list[Vector]] = {}
        self.points: list[Vector] = []  # where gradients are asked for
        state: dict[str, Vector | AgentVector] = {name: Vector.symbol(name) for name in definition.server_state}
        state |= {name: _unknown(name) for name in definition.agent_state}

        def run(program: Program) -> dict[str, Any]:
            agents, server = definition.run(program, self, tuple(state.values()), Fraction)
            return {**agents, **server}

        unknown, new = [part for v in state.values() for part in _parts(v)], run(definition.step)
        names = [name for part in unknown for name, _ in part]
        self.after = dict(zip(names, (part for name in state for part in _parts(new[name]))))
        self.columns = [*names, _STAR, _GRADIENT]
        self.measured = [part for v in run(definition.measure).values() for part in _parts(v)]

    def gradient(self, y: Vector) -> AgentVector:
        """The gradients at x*, if y is x*."""
        self.points.append(y)
        return self._error(y - self.minimiser) + AgentVector((Vector(),), (Vector.symbol(_GRADIENT),))

    def compress(self, v: AgentVector) -> AgentVector:
        """The vector itself, if it is zero."""
        return v if self.exact else v - self._error(*_parts(v))

    def contradicted(self, *, measured: bool = False) -> set[str]:
        """Which of x* and the gradients there must vanish, so that there is a fixed point (of measure zero)."""
        return self.forced([*self.that_matter(), *(map(self.row, self.measured) if measured else ())])

    def forced(self, rows: list[Row]) -> set[str]:
        """Which of x* and the gradients vanish in all solutions of equations."""
        return {self.columns[k] for k in reduce_rows(rows).pivots} & {_STAR, _GRADIENT}

    def row(self, v: Vector) -> Row:
        """The coefficients of what is no error."""
        return [v[name] for name in self.columns]

    def _error(self, *conditions: Vector) -> AgentVector:
        error = _unknown(f"error {len(self.conditions)}")
        self.conditions |= {name: [*conditions] for part in _parts(error) for name, _ in part}
        return error

    def that_matter(self) -> Iterator[Row]:
        """The equations for what the measure sees, now or after some steps."""
        ahead, known = [*self.measured], list[Row]()
        while ahead:
            seen = ahead.pop()
            for condition in (v for name, _ in seen for v in self.conditions.get(name, [])):
                yield self.row(condition)
                if any(reduce_rows(known).remainder(self.row(condition))):
                    ahead.append(condition)
            row = self.row(seen)
            if any(reduce_rows(known).remainder(row)):
                known.append(row)
                later = sum((value * self.after.get(name, Vector.symbol(name)) for name, value in seen), Vector())
                yield [b - a for a, b in zip(row, self.row(later))]
                ahead.append(later)


class _Anywhere(_Equations):
    """Gradients are the same for all agents, and not zero; they are asked for at one point, if ``apart`` vanishes."""

    @property
    def apart(self) -> list[Vector]:
        """What vanishes if all points are one."""
        return [y - self.points[0] for y in self.points[1:]]

    @property
    def moves(self) -> list[Row]:
        """How the state moves; of the agents' vectors, how their means do."""
        return [self.row(new - Vector.symbol(name)) for name, new in self.after.items() if not name.endswith("'")]

    def gradient(self, y: Vector) -> AgentVector:
        self.points.append(y)
        return AgentVector.alike([Vector.symbol(_GRADIENT)])


def _unknown(name: str) -> AgentVector:
    return AgentVector((Vector.symbol(name),), (Vector.symbol(f"{name}'"),))


def _parts(v: Vector | AgentVector) -> Iterable[Vector]:
    return (v,) if isinstance(v, Vector) else (*v.means, *v.deviations)
