"""One step of a setting as exact vectors, free of directions that nothing depends on.

The residual of a Lyapunov function V with coordinates z is the form

    R = rate V(z) - V(z+) - sum_k multiplier_k inequality_k
      = -(1 - rate) V(z) - (V(z+) - V(z)) - sum_k multiplier_k inequality_k,

and the second line is how the search computes it: with V(z+) - V(z) in terms of the move
z+ - z nothing of size V cancels when the rate is close to 1. Inequalities are kept as the few
weighted squares they consist of.

**Elimination.** A direction in the space of symbols that moves neither z nor z+ nor any
inequality (with function values: any combination in which they cancel) makes every R singular
(EF21 knows g and d, but only g - d and mean g matter). Independent columns of all these vectors
stacked are exactly as many symbols as matter, and the others may be set to zero: every class of
symbols modulo such directions has a representative of this kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from eftheory.algebra.elimination import reduce_rows, solve
from eftheory.algebra.squares import split_into_squares
from eftheory.check.coordinates import Step, take_step
from eftheory.claims import Setting
from eftheory.exact.form import Form, Pair
from eftheory.exact.vector import Vector
from eftheory.methods.template import PLAIN, Template
from eftheory.search.matrix import ExactMatrix
from eftheory.search.sparsity import allowed_pairs
from eftheory.wording.coordinate import coordinates

Row = dict[int, Fraction]
"""A sparse vector: entries by position."""


@dataclass(frozen=True)
class Squares:
    """Weighted squares of several forms.

    Attributes:
        owner: per square, the number of the form it belongs to.
        weights: per square.
        vectors: per square a row in the symbols.
    """

    owner: tuple[int, ...]
    weights: tuple[Fraction, ...]
    vectors: ExactMatrix

    def combined(self, factors: Sequence[Fraction]) -> ExactMatrix:
        """The matrix of the combination of the forms with these factors."""
        scaled = self.vectors.scaled([weight * factors[k] for k, weight in zip(self.owner, self.weights)])
        return self.vectors.T @ scaled

    def matrices(self, count: int) -> list[ExactMatrix]:
        """The matrix of each form."""
        return [self.combined([Fraction(k == number) for k in range(count)]) for number in range(count)]


@dataclass(frozen=True)
class Component:
    """Symbols between which products occur, and all that is known of them.

    Attributes:
        symbols: those that matter; all others of the component may be set to zero.
        coordinates: the coordinates of V that live here, all of one room.
        pairs: the entries (i, j), i >= j, of V's matrix that may differ from zero.
        z, move: the coordinates before the step, and what it adds to them, in the symbols.
        inequalities: their squares; the owner is the number of the multiplier.
        held, gained: what V's value coordinates hold beyond inequalities, and what the step adds to it.
        starting: the coordinates that need not vanish in the initial state.
        measure: the measure's matrix, in the coordinates; None if it is not a form in them.
    """

    symbols: tuple[str, ...]
    coordinates: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    z: ExactMatrix
    move: ExactMatrix
    inequalities: Squares
    held: Squares
    gained: Squares
    starting: tuple[int, ...]
    measure: ExactMatrix | None


@dataclass(frozen=True)
class Problem:
    """All V of the template and all multipliers, as exact data.

    **Function values.** A value coordinate a_j of V is a combination ``before[j]`` of inequalities
    (before the step; ``after[j]`` after it) that holds the same function values, plus a quadratic
    rest (``held``). So with the net multipliers

        net_k = multiplier_k - sum_j a_j (rate before[j][k] - after[j][k])

    the residual is the quadratic part of rate V - V+ without these combinations, less sum_k net_k inequality_k,
    and function values cancel if and only if they cancel in the last sum: a condition without the rate.

    Attributes:
        setting, template: what the problem was read from.
        components: the blocks of the residual.
        names: of the inequalities.
        multipliers: name and type of each inequality that says something.
        groups: per inequality, a number that grows in the order of introduction and is the same for those that
            hold the same function values.
        before, after: per value coordinate, the factors of inequalities.
        balance: rows that the net multipliers annul, one per function value.
        measure_values: what the measure is a multiple of: per value coordinate a factor; empty if it has none.
    """

    setting: Setting
    template: Template
    components: tuple[Component, ...]
    names: tuple[str, ...]
    multipliers: tuple[tuple[str, int], ...]
    groups: tuple[int, ...]
    before: tuple[tuple[Fraction, ...], ...]
    after: tuple[tuple[Fraction, ...], ...]
    balance: tuple[tuple[Fraction, ...], ...]
    measure_values: tuple[Fraction, ...]

    @property
    def n_values(self) -> int:
        """How many function-value coordinates V has."""
        return len(self.before)

    @property
    def size(self) -> int:
        """How many inequalities there are."""
        return len(self.multipliers)


def read_problem(setting: Setting, *, template: Template = PLAIN, sparsity: str = "") -> Problem:
    """The exact data of a setting.

    V is any quadratic form in the coordinates, as far as the sparsity allows, plus a combination of the
    value coordinates. If the measure is a function value, V can lie between two multiples of it only if
    it has no quadratic part, so it gets none.

    Raises:
        ValueError: the method has no such template, or the sparsity names unknown coordinates.
    """
    step, names_of = take_step(setting, template), template.names(setting.method)
    named = [
        (name, t, form) for name, forms in step.inequalities.items() for t, form in enumerate(forms) if form != Form()
    ]
    forms = [form for _, _, form in named]
    before = [_cover(form, forms) for form in step.before.values]
    after = [_cover(form, forms) for form in step.after.values]
    rests = [_rest(form, factors, forms) for form, factors in zip(step.before.values, before)]
    gains = [_rest(form, factors, forms) - rest for form, factors, rest in zip(step.after.values, after, rests)]
    rooms = {} if step.measure.values else step.before.room
    parts = coordinates(setting, template)
    known = [*names_of.agents, *names_of.server]
    components = []
    for symbols in _components(step, [*forms, *rests, *gains], rooms):
        names = [name for name in rooms if any(symbol in symbols for symbol, _ in step.before.vectors[name])]
        component = _component(step, symbols, names, forms, rests, gains)
        pairs = allowed_pairs([parts[name] for name in component.coordinates], sparsity, known=known)
        components.append(replace(component, pairs=pairs))
    values = sorted({name for form in forms for name, _ in form.values})
    measured = [Fraction(form == step.measure) for form in step.before.values] if step.measure.values else []
    return Problem(
        setting=setting,
        template=template,
        components=tuple(components),
        names=tuple(step.inequalities),
        multipliers=tuple((name, t) for name, t, _ in named),
        groups=_groups(named),
        before=tuple(map(tuple, before)),
        after=tuple(map(tuple, after)),
        balance=tuple(tuple(form.values[name] for form in forms) for name in values),
        measure_values=tuple(measured),
    )


def _groups(named: list[tuple[str, int, Form]]) -> tuple[int, ...]:
    """Inequalities by name in the order of introduction; the two sides of one interpolation count as one."""
    numbers: dict[object, int] = {}
    for name, _, form in named:
        if name not in numbers:
            numbers.setdefault(name, numbers.setdefault(frozenset(dict(form.values)) or name, len(numbers)))
    return tuple(numbers[name] for name, _, _ in named)


def _cover(form: Form, inequalities: list[Form]) -> list[Fraction]:
    """Factors with which inequalities hold the same function values as a form; the form itself, if it is one."""
    if form in inequalities:
        same = inequalities.index(form)
        return [Fraction(k == same) for k in range(len(inequalities))]
    names = sorted({name for each in (form, *inequalities) for name, _ in each.values})
    rows = [[each.values[name] for each in inequalities] for name in names]
    factors = solve(rows, [form.values[name] for name in names], range(len(inequalities)))
    if factors is None:
        raise ValueError("no inequalities hold the function values of V: use a template without values")
    return factors


def _rest(form: Form, factors: list[Fraction], inequalities: list[Form]) -> Form:
    return form - Form.sum((factor, each) for factor, each in zip(factors, inequalities) if factor)


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


def _component(
    step: Step, symbols: list[str], names: list[str], forms: list[Form], rests: list[Form], gains: list[Form]
) -> Component:
    index = {symbol: i for i, symbol in enumerate(symbols)}

    def row(vector: Vector) -> Row:
        return {index[symbol]: value for symbol, value in vector}

    def squares(forms: list[Form]) -> list[tuple[int, Fraction, Row]]:
        found = []
        for number, form in enumerate(forms):
            used = sorted({symbol for pair in form.quadratic for symbol in pair if symbol in index})
            for weight, vector in split_into_squares(form.quadratic, used):
                found.append((number, 1 / weight, {index[symbol]: weight * x for symbol, x in vector.items()}))
        return found

    before = {name: row(step.before.vectors[name]) for name in names}
    chosen = _independent(before, len(symbols))
    moves = [row(step.after.vectors[name] - step.before.vectors[name]) for name in chosen]
    lists = [squares(forms), squares(rests), squares(gains)]
    vectors = [*(before[name] for name in chosen), *moves, *(vector for each in lists[1:] for _, _, vector in each)]
    seen = [_dense(vector, len(symbols)) for vector in vectors]
    if any(form.values for form in forms):
        seen += [row for form in _balanced(forms) for row in form.matrix(symbols) if any(row)]
    else:
        seen += [_dense(vector, len(symbols)) for _, _, vector in lists[0]]
    kept = reduce_rows(dict.fromkeys(map(tuple, seen)), range(len(symbols))).pivots
    place = {j: i for i, j in enumerate(kept)}

    def matrix(rows: Iterable[Row]) -> ExactMatrix:
        placed = [{place[j]: x for j, x in each.items() if j in place} for each in rows]
        return ExactMatrix.of_sparse(placed, columns=len(kept))

    def pack(found: list[tuple[int, Fraction, Row]]) -> Squares:
        owners, weights = tuple(number for number, _, _ in found), tuple(weight for _, weight, _ in found)
        return Squares(owners, weights, matrix(vector for _, _, vector in found))

    z = matrix(before[name] for name in chosen)
    measure = step.measure.matrix([symbols[j] for j in kept])
    return Component(
        symbols=tuple(symbols[j] for j in kept),
        coordinates=tuple(chosen),
        pairs=(),
        z=z,
        move=matrix(moves),
        inequalities=pack(lists[0]),
        held=pack(lists[1]),
        gained=pack(lists[2]),
        starting=tuple(i for i, name in enumerate(chosen) if step.start.vectors[name]),
        measure=_in_coordinates(z, ExactMatrix.of(measure, columns=len(kept))),
    )


def _balanced(forms: list[Form]) -> list[Form]:
    """The combinations in which function values cancel, a basis of them; only these matter."""
    names = sorted({name for form in forms for name, _ in form.values})
    basis = reduce_rows([[form.values[name] for form in forms] for name in names], range(len(forms))).null_space()
    return [Form.sum((x, form) for x, form in zip(factors, forms) if x) for factors in basis]


def _dense(row: Row, size: int) -> list[Fraction]:
    return [row.get(j, Fraction(0)) for j in range(size)]


def _independent(rows: Mapping[str, Row], size: int) -> list[str]:
    """The names of rows that are not combinations of rows before them."""
    dense = [_dense(row, size) for row in rows.values()]
    return [list(rows)[i] for i in reduce_rows(zip(*dense), range(len(rows))).pivots]


def _in_coordinates(z: ExactMatrix, measure: ExactMatrix) -> ExactMatrix | None:
    """Q with z^T Q z = measure, if the measure is a form in the coordinates."""
    rows, columns = z.shape
    pivots = reduce_rows(z.fractions(), range(columns)).pivots
    inverse = z.columns(pivots).inverse() if rows else ExactMatrix.identity(0)
    Q = inverse.T @ measure.block(pivots) @ inverse
    return Q if (z.T @ Q @ z).plus(Fraction(-1), measure).is_zero() else None
