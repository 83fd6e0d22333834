"""What the search reads from a setting: only what matters, and all of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.methods import Template
from eftheory.search.data import read_problem
from eftheory.search.matrix import ExactMatrix
from tests.search.claims import FIRST_PAIR, OWN, at_law, own

F = Fraction
PAIR = ((1, F(1, 10), 2), (2, F(1, 3), 10**6))
SMALL = ((1, F(1, 10), 2), (2, F(1, 3), 10))
MEMORY, BOTH = Template(memory=1), Template(memory=1, values=True)
SETTINGS = {
    "gd": (at_law("gd", F(1), *PAIR), Template()),
    "gd, memory, values": (at_law("gd", F(1), *SMALL), BOTH),
    "cgd": (at_law("cgd", F(3, 4), (1, F(1, 10))), Template()),
    "cgd, memory, values": (at_law("cgd", F(3, 4), (1, F(1, 10))), BOTH),
    "ef": (at_law("ef", F(1, 2), *PAIR), Template()),
    "ef, values": (at_law("ef", F(1, 2), *SMALL), Template(values=True)),
    "ef, memory, values": (at_law("ef", F(1, 2), *SMALL), BOTH),
    "ef21": (at_law("ef21", F(1, 2), *PAIR), Template()),
    "ef21, memory": (at_law("ef21", F(1, 2), *PAIR), MEMORY),
    "ef21, memory, values": (at_law("ef21", F(1, 2), *SMALL), BOTH),
    **{place: (own(place, F(3, 4), F(1, 4), *PAIR), Template()) for place in OWN},
}
EACH = pytest.mark.parametrize("name", SETTINGS)


@pytest.mark.parametrize(
    ("method", "mean", "deviation"), [("ef", 3 * 2 + 1, 3), ("ef21", 3 * 2 + 1, 3), ("gd", 2 + 1, 1)]
)
def test_only_the_symbols_that_matter_are_left(method: str, mean: int, deviation: int) -> None:
    setting = at_law(method, F(1) if method == "gd" else F(1, 2), *PAIR)
    sizes = sorted(len(component.symbols) for component in read_problem(setting).components)
    assert sizes == [deviation, deviation, mean]


@EACH
def test_every_symbol_that_is_left_matters(name: str) -> None:
    """No direction leaves coordinates, their moves and all inequalities alone."""
    problem = read_problem(SETTINGS[name][0], template=SETTINGS[name][1])
    for component in problem.components:
        squares = [component.inequalities, component.held, component.gained]
        vectors = [*component.z.fractions(), *component.move.fractions()]
        vectors += [row for each in squares for row in each.vectors.fractions()]
        matrix = ExactMatrix.of(vectors, columns=len(component.symbols))
        (matrix.T @ matrix).inverse()  # raises if the columns are not independent


@EACH
def test_coordinates_are_independent_and_known_by_name(name: str) -> None:
    setting, template = SETTINGS[name]
    known = take_step(setting, template).before.vectors
    for component in read_problem(setting, template=template).components:
        (component.z @ component.z.T).inverse()
        for coordinate, row in zip(component.coordinates, component.z.fractions(), strict=True):
            vector = dict(known[coordinate])
            assert row == [vector.get(symbol, 0) for symbol in component.symbols]


def test_memory_adds_the_last_differences() -> None:
    setting = at_law("ef21", F(8, 9), *FIRST_PAIR)
    plain = read_problem(setting).components[0].coordinates
    remembered = read_problem(setting, template=MEMORY).components[0].coordinates
    assert set(remembered) - set(plain) == {"g - g-[0]", "g - g-[1]", "x - x-"}
    assert read_problem(setting, template=MEMORY).n_values == 0


@pytest.mark.parametrize(("name", "n_values"), [("ef, values", 4), ("ef21, memory, values", 4), ("cgd", 1), ("ef", 0)])
def test_value_coordinates(name: str, n_values: int) -> None:
    problem = read_problem(SETTINGS[name][0], template=SETTINGS[name][1])
    assert problem.n_values == len(problem.before) == len(problem.after) == n_values
    assert bool(problem.balance) == bool(n_values)


def test_what_memory_adds_vanishes_at_the_start() -> None:
    """x- is put where x is."""
    component = read_problem(at_law("ef21", F(8, 9), *FIRST_PAIR), template=BOTH).components[0]
    starting = {component.coordinates[i] for i in component.starting}
    assert starting == {"g - d[0]", "g - d[1]", "mean g"}


def combined(factors: tuple[Fraction, ...], inequalities: list[Form]) -> Form:
    return Form.sum(zip(factors, inequalities, strict=True))


@EACH
def test_value_coordinates_are_combinations_of_inequalities_and_a_rest(name: str) -> None:
    setting, template = SETTINGS[name]
    problem, step = read_problem(setting, template=template), take_step(setting, template)
    inequalities = [form for forms in step.inequalities.values() for form in forms]
    for j in range(problem.n_values):
        before = step.before.values[j] - combined(problem.before[j], inequalities)
        after = step.after.values[j] - combined(problem.after[j], inequalities)
        assert not before.values
        assert not after.values
        for component in problem.components:
            held, gained = (
                each.matrices(problem.n_values)[j].fractions() for each in (component.held, component.gained)
            )
            symbols = list(component.symbols)
            assert held == before.matrix(symbols)
            assert gained == (after - before).matrix(symbols)


@EACH
def test_balance_is_the_cancellation_of_function_values(name: str) -> None:
    setting, template = SETTINGS[name]
    problem, step = read_problem(setting, template=template), take_step(setting, template)
    inequalities = [form for forms in step.inequalities.values() for form in forms]
    assert [(n, t) for n, forms in step.inequalities.items() for t, _ in enumerate(forms)] == [*problem.multipliers]
    values = sorted({value for form in inequalities for value, _ in form.values})
    assert [list(row) for row in problem.balance] == [[form.values[v] for form in inequalities] for v in values]


@EACH
def test_inequalities_are_their_squares(name: str) -> None:
    setting, template = SETTINGS[name]
    problem, step = read_problem(setting, template=template), take_step(setting, template)
    inequalities = [form for forms in step.inequalities.values() for form in forms]
    for component in problem.components:
        matrices = [matrix.fractions() for matrix in component.inequalities.matrices(problem.size)]
        assert matrices == [form.matrix(list(component.symbols)) for form in inequalities]


@EACH
def test_the_measure_is_a_form_in_the_coordinates(name: str) -> None:
    setting, template = SETTINGS[name]
    problem, step = read_problem(setting, template=template), take_step(setting, template)
    for component in problem.components:
        if problem.measure_values:
            assert not component.coordinates
            continue
        assert component.measure is not None
        matrix = (component.z.T @ component.measure @ component.z).fractions()
        assert matrix == step.measure.matrix(list(component.symbols))


def test_a_measure_that_is_a_function_value_leaves_no_room_for_squares() -> None:
    problem = read_problem(at_law("cgd", F(3, 4), (1, F(1, 10))))
    assert problem.measure_values == (1,)
    assert all(not component.coordinates for component in problem.components)


def test_inequalities_of_one_pair_of_points_are_one_group() -> None:
    problem = read_problem(*SETTINGS["ef21, memory, values"][:1], template=BOTH)
    groups: dict[frozenset[str], set[int]] = {}
    for (name, _), group in zip(problem.multipliers, problem.groups, strict=True):
        groups.setdefault(frozenset(name.split()), set()).add(group)
    assert all(len(numbers) == 1 for numbers in groups.values())
    assert len({min(numbers) for numbers in groups.values()}) == len(groups)


def test_what_a_method_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no second point"):
        read_problem(at_law("ef21", F(3, 4), (1, F(1, 10))), template=Template(values=True))


@pytest.mark.parametrize("count", [1, 2, 10**7])
def test_the_size_does_not_depend_on_the_number_of_agents(count: int) -> None:
    def size(setting: Setting) -> list[int]:
        return sorted(len(component.symbols) for component in read_problem(setting).components)

    assert size(at_law("ef21", F(1, 2), (1, F(1, 10), count))) == ([4] if count == 1 else [3, 4])
