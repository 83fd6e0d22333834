"""How a method's state moves with the origin."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

from eftheory.algebra.elimination import reduce_rows
from eftheory.assumptions import COMMON_MINIMISER
from eftheory.exact.vector import Vector
from eftheory.methods.recorded import Definition
from eftheory.recording.vectors import RecordingError

STAYS = (
    "does not move with x*: gradients, messages and new state cannot all move with the origin, so that x* is no fixed "
    "point of the step. A term like weight decay belongs into f (raise L and mu by it)"
)
"""What messages say of a step that has no fixed point, whatever x* is."""
ELSEWHERE = "asks for gradients at points that cannot all be x*, so that nothing follows of where it stays"
"""What they say of a step that may have one all the same: gradients there may cancel."""


class ElsewhereError(RecordingError):
    """Gradients are asked for at points that cannot all be x*."""


def explain_no_limit(definition: Definition) -> str:
    """Why the measure of a method cannot go to zero for all problems with a common minimiser x*; "" if that is unknown.

    >>> from eftheory.methods import EF21
    >>> from eftheory.recording import record
    >>> explain_no_limit(record(EF21(Fraction(1))))
    ''
    """
    if COMMON_MINIMISER.name not in definition.hypotheses:
        return ""
    try:
        shifts = find_shifts(definition)
    except ElsewhereError:
        return ""
    except RecordingError:
        return f"the step {STAYS}"
    one = Vector.symbol("1")
    world = SimpleNamespace(minimiser=one, gradient=lambda _: Vector(), mean=lambda v: v)
    state = tuple(shifts[name] * one for name in (*definition.server_state, *definition.agent_state))
    if any(v for part in definition.run(definition.measure, world, state, Fraction) for v in part.values()):
        return (
            "the measure does not vanish at x*, where the method stays if it starts there: it can go to zero for no "
            "problem with x* away from the origin. Measure from x*, as in world.square(x - world.minimiser)"
        )
    return ""


def find_shifts(definition: Definition) -> dict[str, Fraction]:
    """By how much each vector of the state moves when the origin is moved by 1; zero where nothing follows.

    Gradients are asked for at points (which move by 1), messages are about differences (which do not
    move), and a step moves with its state.

    Raises:
        RecordingError: these contradict each other, as for weight decay, which pulls to the origin: the step does not
            move with the minimiser, which is no fixed point of it.
        ElsewhereError: the points cannot all be x*, and nothing is known of where it stays.

    >>> from eftheory.methods import EF21
    >>> from eftheory.recording import record
    >>> find_shifts(record(EF21(Fraction(1))))
    {'x': Fraction(1, 1), 'd': Fraction(0, 1)}
    """
    names = [*definition.server_state, *definition.agent_state]
    one = Vector.symbol("1")
    points: list[Vector] = []
    still: list[Vector] = []

    def gradient(x: Vector) -> Vector:
        points.append(x - one)
        return Vector()

    def compress(v: Vector) -> Vector:
        still.append(v)
        return Vector()

    world = SimpleNamespace(minimiser=one, gradient=gradient, compress=compress, mean=lambda v: v)
    vars(world).update(compress_server=lambda v, _: compress(v), unbiased=lambda v, _, **__: compress(v))
    vars(world).update(noisy_gradient=gradient, coin=lambda chance: chance, coins=lambda chance: chance)
    after = definition.run(definition.step, world, tuple(map(Vector.symbol, names)), Fraction)
    still += [v - Vector.symbol(name) for part in after for name, v in part.items()]
    todo = "; to study the step as it is, write observe and measure"
    if _solve(points, names) is None:
        raise ElsewhereError(f"the step {ELSEWHERE}{todo}")
    shifts = _solve([*points, *still], names)
    if shifts is None:
        raise RecordingError(f"the step {STAYS}{todo}")
    return shifts


def _solve(still: list[Vector], names: list[str]) -> dict[str, Fraction] | None:
    """The shifts with which all this vanishes, zero where they are free; None if there are none."""
    shifts = dict.fromkeys(names, Fraction(0))
    for *row, constant in reduce_rows([[v[name] for name in (*names, "1")] for v in still]).rows:
        lead = next((k for k, value in enumerate(row) if value), None)
        if lead is None:
            return None
        shifts[names[lead]] = -constant
    return shifts
