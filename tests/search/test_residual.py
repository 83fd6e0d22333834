"""The residual of the search is the form of the checker, exactly, whatever V and multipliers are."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.algebra.elimination import reduce_rows
from eftheory.check.coordinates import Coordinates, take_step
from eftheory.claims import Setting
from eftheory.exact.form import Form, inner
from eftheory.methods import METHODS, Template
from eftheory.search.data import Problem, read_problem
from eftheory.search.matrix import ExactMatrix
from eftheory.search.residual import balanced_multipliers, net_multipliers, owed_multipliers, residual
from tests.kit.strategies import problem_settings
from tests.search.test_data import EACH, SETTINGS

F = Fraction


def number(source: random.Random) -> Fraction:
    return F(source.randint(-20, 20), source.randint(1, 9))


def any_lyapunov(problem: Problem, source: random.Random) -> list[ExactMatrix]:
    """A symmetric matrix over the coordinates of every component, positive or not."""
    matrices = []
    for component in problem.components:
        size = len(component.coordinates)
        rows = [[F(0)] * size for _ in range(size)]
        for i, j in component.pairs:
            rows[i][j] = rows[j][i] = number(source)
        matrices.append(ExactMatrix.of(rows, columns=size))
    return matrices


def any_multipliers(problem: Problem, rate: Fraction, values: list[Fraction], source: random.Random) -> list[Fraction]:
    """Multipliers, positive or not, for which function values cancel."""
    basis = reduce_rows(problem.balance, range(problem.size)).null_space()
    factors = [number(source) for _ in basis]
    net = [sum((x * v[k] for x, v in zip(factors, basis)), F(0)) for k in range(problem.size)]
    return [a + b for a, b in zip(net, owed_multipliers(problem, rate, values))]


def lyapunov_form(problem: Problem, matrices: list[ExactMatrix], values: list[Fraction], seen: Coordinates) -> Form:
    """V over the symbols of the exact world."""
    terms = [*zip(values, seen.values, strict=True)]
    for component, matrix in zip(problem.components, matrices):
        for a, row in zip(component.coordinates, matrix.fractions()):
            terms += [(x, inner(seen.vectors[a], seen.vectors[b])) for b, x in zip(component.coordinates, row) if x]
    return Form.sum(terms)


def checkers_form(
    problem: Problem,
    rate: Fraction,
    matrices: list[ExactMatrix],
    values: list[Fraction],
    multipliers: list[Fraction],
) -> Form:
    """rate V - V+ - sum of multipliers times inequalities, as the checker defines it."""
    step = take_step(problem.setting, problem.template)
    inequalities = [form for forms in step.inequalities.values() for form in forms]
    before, after = (lyapunov_form(problem, matrices, values, seen) for seen in (step.before, step.after))
    return Form.sum([(rate, before), (-1, after), *((-m, f) for m, f in zip(multipliers, inequalities, strict=True))])


def require_agreement(setting: Setting, template: Template, seed: int) -> None:
    """The residual is the checker's form where the kept symbols live, and the others say nothing more."""
    source = random.Random(seed)
    problem = read_problem(setting, template=template)
    forms = []
    for _ in range(3):
        rate, values = F(source.randint(0, 30), 20), [number(source) for _ in range(problem.n_values)]
        matrices, multipliers = any_lyapunov(problem, source), any_multipliers(problem, rate, values, source)
        form = checkers_form(problem, rate, matrices, values, multipliers)
        assert not form.values
        net = net_multipliers(problem, rate, values, multipliers)
        for k, component in enumerate(problem.components):
            found = residual(problem, k, rate, matrices[k], values, net)
            assert found.fractions() == form.matrix(list(component.symbols))
        forms.append(form)
    symbols = sorted({symbol for form in forms for pair in form.quadratic for symbol in pair})
    kept = {symbol for component in problem.components for symbol in component.symbols}
    whole = [row for form in forms for row in form.matrix(symbols)]
    part = [[x for x, symbol in zip(row, symbols) if symbol in kept] for row in whole]
    assert len(reduce_rows(whole).pivots) == len(reduce_rows(part).pivots)


@EACH
def test_the_residual_is_the_checkers_form(name: str) -> None:
    require_agreement(*SETTINGS[name], seed=1)


@given(
    setting=problem_settings(max_types=2, max_count=2),
    memory=st.integers(0, 1),
    values=st.booleans(),
    seed=st.integers(0, 10**9),
)
@settings(max_examples=30)
def test_the_residual_is_the_checkers_form_for_any_setting(
    setting: Setting, memory: int, values: bool, seed: int
) -> None:
    template = Template(memory=memory, values=values)
    try:
        template.names(setting.method)
    except ValueError:
        template = Template()
    require_agreement(setting, template, seed)


def test_every_method_is_among_the_settings() -> None:
    assert set(METHODS) <= {name.split(",")[0] for name in SETTINGS}


@EACH
def test_balancing_changes_little_and_settles_the_balance(name: str) -> None:
    setting, template = SETTINGS[name]
    problem, source = read_problem(setting, template=template), random.Random(2)
    values, rate = [abs(number(source)) for _ in range(problem.n_values)], F(9, 10)
    exact = any_multipliers(problem, rate, values, source)
    disturbed = [m + F(source.randint(-9, 9), 10**9) for m in exact]
    balanced = balanced_multipliers(problem, rate, values, disturbed)
    assert balanced is not None
    net = net_multipliers(problem, rate, values, balanced)
    assert all(sum((a * b for a, b in zip(row, net)), F(0)) == 0 for row in problem.balance)
    assert max(map(abs, (a - b for a, b in zip(balanced, disturbed)))) < F(1, 10**6)
    assert problem.balance or balanced == disturbed


@pytest.mark.parametrize("size", [0, 3])
def test_without_values_multipliers_are_net(size: int) -> None:
    problem = read_problem(SETTINGS["ef"][0])
    multipliers = [F(k + size) for k in range(problem.size)]
    assert net_multipliers(problem, F(1, 2), [], multipliers) == multipliers
