"""One step of a setting as exact matrices, free of directions that nothing depends on.

The residual of a Lyapunov function V with coordinates z is the form

    R = rate V(z) - V(z+) - sum_k multiplier_k inequality_k
      = -(1 - rate) V(z) - (V(z+) - V(z)) - sum_k multiplier_k inequality_k,

and the second line is how the search computes it: with V(z+) - V(z) in terms of the move
z+ - z nothing of size V cancels when the rate is close to 1.

**Elimination.** A direction in the space of symbols that moves neither z nor z+ nor any
inequality makes every R singular (EF21 knows g and d, but only g - d and mean g matter).
Independent columns of all these matrices stacked are exactly as many symbols as matter, and
the others may be set to zero: every class of symbols modulo such directions has a
representative of this kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.check.coordinates import Step, take_step
from eftheory.claims import Setting
from eftheory.exact.form import Form, Pair
from eftheory.search.matrix import ExactMatrix, pivot_columns


@dataclass(frozen=True)
class Component:
    """Symbols between which products occur, and all that is known of them.

    Attributes:
        symbols: those that matter; all others of the component may be set to zero.
        coordinates: the coordinates of V that live here, all of one room.
        z, move: the coordinates before the step, and what it adds to them, in the symbols.
        inequalities: one matrix per multiplier.
        measure: the measure's matrix.
    """

    symbols: tuple[str, ...]
    coordinates: tuple[str, ...]
    z: ExactMatrix
    move: ExactMatrix
    inequalities: tuple[ExactMatrix, ...]
    measure: ExactMatrix


@dataclass(frozen=True)
class Problem:
    """All V of the template and all multipliers, as exact data.

    Attributes:
        components: the blocks of the residual.
        multipliers: name and type of each inequality.
        values_before, values_after: per function-value coordinate of V (rows) what it holds of
            each function value, before and after the step.
        values_used: the same per inequality.
        values_measure: the same for the measure.
    """

    components: tuple[Component, ...]
    multipliers: tuple[tuple[str, int], ...]
    values_before: tuple[tuple[Fraction, ...], ...]
    values_after: tuple[tuple[Fraction, ...], ...]
    values_used: tuple[tuple[Fraction, ...], ...]
    values_measure: tuple[Fraction, ...]

    @property
    def n_values(self) -> int:
        """How many function-value coordinates V has."""
        return len(self.values_before)

    def balance(self, rate: Fraction) -> list[list[Fraction]]:
        """Rows over (coefficients of values in V, multipliers): the products that must vanish."""
        columns = [
            [rate * old - new for old, new in zip(before, after)]
            for before, after in zip(self.values_before, self.values_after)
        ]
        columns += [[-value for value in used] for used in self.values_used]
        return [list(row) for row in zip(*columns)]


def read_problem(setting: Setting) -> Problem:
    """The exact data of a setting.

    V is any quadratic form in the coordinates plus a combination of the value coordinates. If
    the measure is a function value, V can lie between two multiples of it only if it has no
    quadratic part, so it gets none.
    """
    step = take_step(setting)
    named = [(name, t, form) for name, forms in step.inequalities.items() for t, form in enumerate(forms)]
    forms = [form for _, _, form in named]
    values = sorted({name for form in _value_forms(step, forms) for name, _ in form.values})
    rooms = {} if step.measure.values else step.before.room
    components = tuple(
        _component(step, symbols, forms, [name for name in rooms if _lives_in(step, name, symbols)])
        for symbols in _components(step, forms, rooms)
    )

    def row(form: Form) -> tuple[Fraction, ...]:
        return tuple(form.values[name] for name in values)

    return Problem(
        components=components,
        multipliers=tuple((name, t) for name, t, _ in named),
        values_before=tuple(map(row, step.before.values)),
        values_after=tuple(map(row, step.after.values)),
        values_used=tuple(map(row, forms)),
        values_measure=row(step.measure),
    )


def _value_forms(step: Step, forms: list[Form]) -> list[Form]:
    return [*forms, *step.before.values, *step.after.values, step.measure]


def _lives_in(step: Step, name: str, symbols: list[str]) -> bool:
    return any(symbol in symbols for symbol, _ in step.before.vectors[name])


def _components(step: Step, forms: list[Form], rooms: dict[str, str]) -> list[list[str]]:
    """Symbols connected by an inequality or by coordinates that V may multiply."""
    met: dict[Pair, Fraction] = {pair: Fraction(1) for form in forms for pair in form.quadratic}
    first: dict[str, str] = {}
    for name, room in rooms.items():
        for vector in (step.before.vectors[name], step.after.vectors[name]):
            for symbol, _ in vector:
                start = first.setdefault(room, symbol)
                met[min(symbol, start), max(symbol, start)] = Fraction(1)
    return Form(met).blocks()


def _component(step: Step, symbols: list[str], forms: list[Form], coordinates: list[str]) -> Component:
    before = [[step.before.vectors[name][symbol] for symbol in symbols] for name in coordinates]
    after = [[step.after.vectors[name][symbol] for symbol in symbols] for name in coordinates]
    matrices = [form.matrix(symbols) for form in forms]
    kept = pivot_columns([*before, *after, *(row for matrix in matrices for row in matrix)], len(symbols))

    def square(matrix: list[list[Fraction]]) -> ExactMatrix:
        return ExactMatrix.of([[matrix[i][j] for j in kept] for i in kept], columns=len(kept))

    move = [[new[j] - old[j] for j in kept] for old, new in zip(before, after)]
    return Component(
        symbols=tuple(symbols[j] for j in kept),
        coordinates=tuple(coordinates),
        z=ExactMatrix.of([[row[j] for j in kept] for row in before], columns=len(kept)),
        move=ExactMatrix.of(move, columns=len(kept)),
        inequalities=tuple(map(square, matrices)),
        measure=square(step.measure.matrix(symbols)),
    )
