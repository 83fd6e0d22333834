"""The cone: its slacks are those of exact arithmetic, one at the point it is seen from, and there is a start."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact.semidefinite import negative_direction
from eftheory.methods import Template
from eftheory.search.centre import follow
from eftheory.search.cone import Cone
from eftheory.search.data import read_problem
from eftheory.search.descent import Position, plain_position
from eftheory.search.exact_cone import ExactCone
from eftheory.search.matrix import ExactMatrix
from eftheory.search.residual import balanced_multipliers, net_multipliers, residual
from tests.search.claims import FIRST_PAIR, OWN, at_law, own
from tests.search.test_data import SETTINGS

F = Fraction
UNSTARTED = "no start: V of CGD is linear in function values, several with a template; search_upper refuses these"
EACH = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xfail(reason=UNSTARTED)] * (name == "cgd, memory, values"))
        for name in SETTINGS
    ],
)


def close(cone: Cone) -> float:
    """How far slacks may be from units: where V holds values, it starts at rates of 10^15, and digits are lost."""
    return 1e-5 if cone.problem.n_values else 1e-9


def started(name: str) -> Cone:
    setting, template = SETTINGS[name]
    cone = Cone.start(read_problem(setting, template=template))
    assert cone is not None
    return cone


def on_the_way(name: str) -> Position:
    """A point at a rate of an ordinary size."""
    setting, template = SETTINGS[name]
    path = follow(read_problem(setting, template=template), F(1, 100)).path
    return next(position for position in path if position.rate < 2)


def require_inside(position: Position, setting: Setting, template: Template) -> None:
    """V, multipliers and the residual are positive, by exact arithmetic and in the checker's symbols."""
    problem = read_problem(setting, template=template)
    rate, values = position.rate, position.values
    multipliers = balanced_multipliers(problem, rate, values, position.multipliers)
    assert multipliers is not None
    assert min([*multipliers, *values], default=1) > 0
    net = net_multipliers(problem, rate, values, multipliers)
    for number, (component, M) in enumerate(zip(problem.components, position.coordinates, strict=True)):
        M.inverse()  # raises if V is not positive definite
        form = residual(problem, number, rate, M.T @ M, values, net)
        assert negative_direction(form.fractions()) is None
        if component.symbols:
            form.inverse()  # positive, not only nonnegative


@EACH
def test_slacks_of_the_centre_are_units(name: str) -> None:
    cone = started(name)
    assert np.allclose(cone.slacks() @ cone.centre(), cone.units(), atol=close(cone))
    assert cone.order == round(float(cone.units() @ cone.units()))


@EACH
def test_slacks_of_the_centre_stay_units_wherever_it_moves(name: str) -> None:
    position, source = on_the_way(name), np.random.default_rng(3)
    cone = Cone(read_problem(SETTINGS[name][0], template=SETTINGS[name][1]), position)
    for _ in range(5):
        direction = source.standard_normal(cone.size)
        far = np.max(np.abs(cone.eigenvalues(cone.slacks() @ direction)))
        assert cone.move_to(cone.centre() + direction / far / 2, cone.rate * F(1001, 1000))
        assert np.allclose(cone.slacks() @ cone.centre(), cone.units(), atol=1e-9)


@EACH
def test_what_is_outside_is_refused_and_changes_nothing(name: str) -> None:
    cone = started(name)
    slacks, rate = cone.slacks(), cone.rate
    assert not cone.move_to(-cone.centre(), rate)
    assert not cone.move_to(cone.centre(), F(0)) or not cone.problem.multipliers
    assert cone.rate == rate
    assert np.array_equal(cone.slacks(), slacks)


@EACH
def test_slacks_are_those_of_exact_arithmetic(name: str) -> None:
    cone, source = started(name), np.random.default_rng(5)
    problem = cone.problem
    for _ in range(3):
        y = cone.centre() + source.standard_normal(cone.size) / 4
        scales = y[cone.entries : cone.entries + problem.n_values]
        values = [F(float(a * x)) for a, x in zip(cone.values, scales)]
        net = [F(float(x)) for x in cone.multipliers * (cone.basis @ y[cone.entries + problem.n_values :])]
        found, place, entries = cone.slacks() @ y, 0, 0
        for number, cell in enumerate(cone.cells):
            block = cell.matrix(found[place : place + len(cell.unit)])
            M, T = ExactMatrix.of_floats(cell.coordinates), ExactMatrix.of_floats(cell.symbols)
            inner = ExactMatrix.of_floats(cell.lyapunov(y[entries : entries + cell.entries]))
            form = residual(problem, number, cone.rate, M.T @ inner @ M, values, net)
            assert np.allclose(block, (T.T @ form @ T).floats(), atol=1e-8 * (1 + np.max(np.abs(block))))
            place, entries = place + len(cell.unit), entries + cell.entries
        for cell in cone.cells:
            place += cell.places.shape[1]
        assert np.allclose(found[place : place + problem.n_values], scales)
        owed = np.array([float(x) for x in net]) + _owed(cone, values)
        assert np.allclose(found[place + problem.n_values :], owed / cone.multipliers, rtol=1e-7, atol=1e-7)


def _owed(cone: Cone, values: list[Fraction]) -> np.ndarray:
    problem = cone.problem
    terms = [*zip(values, problem.before, problem.after)]
    return np.array([float(sum(a * (cone.rate * b[k] - c[k]) for a, b, c in terms)) for k in range(problem.size)])


@EACH
def test_slacks_grow_with_the_rate_as_the_slope_says(name: str) -> None:
    cone = started(name)
    grown = (cone.slacks(cone.rate + 1) - cone.slacks()) @ cone.centre()
    assert np.allclose(grown, cone.rate_slope(), atol=1e-9 * float(cone.rate))
    contributed = (cone.slacks(cone.rate + 1) - cone.slacks()).T @ cone.units()
    assert np.allclose(contributed[: len(cone.slope_of_entries())], cone.slope_of_entries(), atol=1e-7)


@EACH
def test_the_start_is_strictly_feasible(name: str) -> None:
    setting, template = SETTINGS[name]
    require_inside(started(name).position(1.0), setting, template)


def scaled(method: str, template: Template, scale: Fraction) -> object:
    unstarted = method == "cgd" and template.memory
    marks = [pytest.mark.xfail(reason=UNSTARTED)] if unstarted else []
    return pytest.param(method, template, scale, marks=marks, id=f"{method}, {template}, L={scale}")


@pytest.mark.parametrize(
    ("method", "template", "scale"),
    [
        scaled(method, template, scale)
        for method in ("gd", "cgd", "ef", "ef21")
        for template in (Template(), Template(memory=1), Template(memory=1, values=True))
        for scale in (F(1, 10**6), F(1), F(10**6))
    ],
)
def test_there_is_a_start_whatever_the_scale(method: str, template: Template, scale: Fraction) -> None:
    agents = [(scale, scale / 10, 1)] if method == "cgd" else [(scale, scale / 10, 10**6), (2 * scale, scale / 3)]
    setting = at_law(method, F(1) if method == "gd" else F(1, 100), *agents)
    cone = Cone.start(read_problem(setting, template=template))
    assert cone is not None
    assert np.allclose(cone.slacks() @ cone.centre(), cone.units(), atol=close(cone))
    require_inside(cone.position(1.0), setting, template)


@pytest.mark.parametrize("scale", [F(1, 10**6), F(1), F(10**6)])
@pytest.mark.parametrize("place", OWN)
def test_there_is_a_start_for_methods_of_ones_own(place: str, scale: Fraction) -> None:
    setting = own(place, F(1, 10), 1 / (4 * scale), (scale, scale / 10, 3), (scale / 2, scale / 3))
    cone = Cone.start(read_problem(setting))
    assert cone is not None
    require_inside(cone.position(1.0), setting, Template())


def test_a_position_is_seen_again_as_it_was() -> None:
    cone = started("ef21")
    again = Cone(cone.problem, cone.position(1.0))
    assert np.allclose(again.slacks() @ again.centre(), again.units(), atol=1e-7)
    assert again.rate == cone.rate


def test_positions_on_the_path_are_inside() -> None:
    setting = at_law("ef21", F(8, 9), *FIRST_PAIR)
    descent = follow(read_problem(setting), F(1, 10**9))
    assert not descent.trouble
    for position in descent.path:
        require_inside(position, setting, Template())
    assert all(after.rate < before.rate for before, after in zip(descent.path, descent.path[1:]))


@pytest.mark.parametrize("name", ["ef21", "ef21, memory, values", "cgd"])
def test_the_exact_cone_keeps_its_centre_exactly(name: str) -> None:
    """Its multipliers balance, not nearly but as fractions, and its residual is positive as it stands."""
    setting, template = SETTINGS[name]
    cone = ExactCone(read_problem(setting, template=template), on_the_way(name))
    assert cone.move_to(cone.centre() * (1 + 1e-3), cone.rate)
    position = cone.position(1.0)
    net = net_multipliers(cone.problem, position.rate, position.values, position.multipliers)
    assert all(sum((a * b for a, b in zip(row, net)), F(0)) == 0 for row in cone.problem.balance)
    assert np.allclose(cone.slacks() @ cone.centre(), cone.units(), atol=1e-9)
    require_inside(position, setting, template)
    assert not cone.move_to(-cone.centre(), cone.rate)


def test_multipliers_that_do_not_balance_are_refused() -> None:
    problem = read_problem(SETTINGS["cgd"][0])
    assert any(net_multipliers(problem, F(1), [F(1)], [F(1)] * problem.size))
    with pytest.raises(np.linalg.LinAlgError, match="balance"):
        Cone(problem, plain_position(problem))


def test_the_plain_position_sees_the_measure() -> None:
    problem = read_problem(SETTINGS["ef21"][0])
    step = take_step(problem.setting)
    assert step.measure is not None
    for component, M in zip(problem.components, plain_position(problem).coordinates):
        assert component.measure is not None
        diagonal = np.diag(component.measure.floats())
        assert np.allclose(np.diag((M.T @ M).floats()), np.where(diagonal > 0, diagonal, 1.0))
