"""Upper bounds whose V sees one step back, or function values."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.assumptions import COMMON_MINIMISER
from eftheory.certificates import Block, Upper
from eftheory.check.coordinates import take_step
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact import Form, Vector, inner
from eftheory.methods import EF, EF21, Template
from eftheory.theory import closed_form
from tests.kit.examples import EXAMPLES, TEMPLATES, example
from tests.kit.remembering import embedded, remembering

TEXTS = ("values", "memory", "memory, values")
PLAIN = [name for name in EXAMPLES if name not in TEMPLATES]
CASES = [
    (name, text)
    for name in PLAIN
    for text in TEXTS
    if text != "values" or COMMON_MINIMISER in example(name).setting.method.hypotheses
]
cases = pytest.mark.parametrize(("name", "text"), CASES)
DECREASE = "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: "


def failures(setting: Setting, evidence: Upper) -> list[str]:
    return [failure.name for failure in check_upper(setting, evidence).failures]


@cases
def test_a_plain_proof_is_one_of_every_template(name, text):
    setting, upper = example(name).setting, example(name).upper
    verdict = check_upper(setting, embedded(setting, upper, Template.parse(text)))
    assert verdict.proved
    assert verdict.guarantee == check_upper(setting, upper).guarantee


@cases
def test_a_proof_that_uses_the_template_needs_it(name, text):
    setting, template = example(name).setting, Template.parse(text)
    evidence = remembering(setting, example(name).upper, template)
    assert failures(setting, evidence) == []
    for other in {"", *TEXTS} - {text}:
        assert failures(setting, replace(evidence, template=other)) != []


@cases
def test_more_of_the_new_terms_than_the_rate_pays_for_is_too_much(name, text):
    """The margin is real: a million times the squares or the slacks, and V no longer shrinks."""
    setting, template = example(name).setting, Template.parse(text)
    evidence, own = remembering(setting, example(name).upper, template), len(setting.method.coordinates.values)
    if template.memory:
        new = take_step(setting, template).before.vectors.keys() - take_step(setting).before.vectors.keys()
        heavy = tuple(times(10**6 if set(b.symbols) <= new else 1, b) for b in evidence.lyapunov)
        assert DECREASE + "positive semidefinite" in failures(setting, replace(evidence, lyapunov=heavy))
    if template.values:
        more = (*evidence.values[:own], *(10**6 * value for value in evidence.values[own:]))
        assert DECREASE + "function values cancel" in failures(setting, replace(evidence, values=more))


def times(factor: int, block: Block) -> Block:
    return Block(block.symbols, tuple(tuple(factor * value for value in row) for row in block.rows))


@pytest.mark.parametrize("name", ["gd, memory", "ef21, alike, memory", "ef, two types, memory"])
def test_v_is_at_most_a_multiple_of_the_measure_at_the_start_only(name):
    """Later V may be larger than any multiple of it: x- is wherever it is."""
    setting, upper = example(name).setting, example(name).upper
    step = take_step(setting, Template.parse(upper.template))
    for factor in (1, 10**9):
        gap = factor * upper.C * step.measure - lyapunov(upper, step.before.vectors)
        assert gap.negative_part() is not None
        assert (factor * upper.C * step.measure - lyapunov(upper, step.start.vectors)).negative_part() is None


def lyapunov(upper: Upper, vectors: dict[str, Vector]) -> Form:
    terms = [(1 if a == b else 2, v, a, b) for block in upper.lyapunov for (a, b), v in block.entries().items()]
    return Form.sum((factor * value, inner(vectors[a], vectors[b])) for factor, value, a, b in terms)


@pytest.mark.parametrize("side", ["below", "above"])
@pytest.mark.parametrize(
    ("rows", "fails"),
    [
        ({"interpolation 0 1": (Fraction(0),)}, False),
        ({"interpolation 0 1": (Fraction(0),), "interpolation 1 2": (Fraction(0),)}, False),
        ({"interpolation 0 1": ()}, True),
        ({"interpolation 0 1": (Fraction(0), Fraction(0))}, True),
        ({"interpolation 1 0": (Fraction(0),)}, True),
        ({"interpolation 0 3": (Fraction(0),)}, True),
        ({"interpolation": (Fraction(0),)}, True),
        ({"interpolation ": (Fraction(0),)}, True),
        ({"": (Fraction(0),)}, True),
        ({"compression 0": (Fraction(0),)}, True),
        ({"interpolation 0 1": (Fraction(0),), "compression 0": (Fraction(0),)}, True),
        ({"interpolation 0 1 above": (Fraction(0),)}, True),
    ],
)
def test_support_is_of_functions_only(side, rows, fails):
    """An inequality of a compressor holds in expectation; V >= c measure is said of every outcome."""
    setting, upper = example("ef21, alike, memory").setting, example("ef21, alike, memory").upper
    expected = [f"{side} names inequalities that always hold, one number for each type"] if fails else []
    assert failures(setting, replace(upper, **{side: rows})) == expected


@pytest.mark.parametrize("side", ["below", "above"])
@pytest.mark.parametrize("value", [Fraction(-1), Fraction(-1, 10**60)])
def test_support_is_not_negative(side, value):
    """A negative multiple would claim that the inequality fails."""
    setting, upper = example("ef21, alike, memory").setting, example("ef21, alike, memory").upper
    for name in ("interpolation 0 1", "interpolation 0 2", "interpolation 1 2"):
        assert f"{side} {name} >= 0" in failures(setting, replace(upper, **{side: {name: (value,)}}))


def test_without_its_sign_support_would_prove_falsehoods():
    """V = -||g - g-||^2 is bounded below by nothing; with a negative multiple it would seem to be."""
    setting, upper = example("ef21, memory and values").setting, example("ef21, memory and values").upper
    values = (Fraction(0), -1000 * upper.values[0])  # V less of interpolation x- above x
    false = replace(upper, values=values, below={"interpolation 1 above 0": (values[1],)})
    assert failures(setting, false)[:1] == ["below interpolation 1 above 0 >= 0"]
    assert [name for name in failures(setting, false) if name.startswith("V >= c measure")] == []


@pytest.mark.parametrize("name", ["ef21", "ef21, alike", "ef21, two types"])
def test_ef_and_ef21_remember_alike(name):
    """Theorem B with memory: mean g, g - d, x - x-, g - g- are, for EF, x - x* - mean e, -e, and -step_size times
    x- - x* and g-. A proof without the inequality between the oldest and the newest point carries over.

    (That inequality is another one: EF21 moves by p- + p between those points, EF by the difference of the two.)
    """
    setting = example(name).setting
    evidence = remembering(setting, example(name).upper, Template(memory=1))
    assert not any(evidence.multipliers["interpolation 1 2"])
    other = Setting(setting.agents, setting.compressor, EF(setting.method.step_size))
    assert isinstance(setting.method, EF21)
    blocks = translated(setting, evidence)
    square = setting.method.step_size**2
    factors = {"interpolation 0 1": square, "interpolation 0 2": square}
    multipliers = {key: tuple(factors.get(key, 1) * v for v in row) for key, row in evidence.multipliers.items()}
    small = Fraction(1, 1000) * min(Fraction(1), *(v for b in blocks for v in (b.rows[-1][-1],) if v > 0))
    proof = replace(evidence, lyapunov=blocks, multipliers=multipliers, c=small, C=1000 * evidence.C)
    assert failures(other, proof) == []
    assert failures(other, replace(proof, rate=closed_form(other).rate * Fraction(9, 10))) == [
        DECREASE + "positive semidefinite"
    ]


def translated(setting: Setting, evidence: Upper) -> tuple[Block, ...]:
    """V of EF21 with memory in the coordinates of EF with memory."""
    step, symbol, n = setting.method.step_size, Vector.symbol, setting.n_agents
    meaning = {"mean g": symbol("x - x*"), "x - x-": -step * symbol("x- - x*")}
    for t, agent in enumerate(setting.agents):
        meaning["mean g"] = meaning["mean g"] - Fraction(agent.count, n) * symbol(f"e[{t}]")
        for mark in ("", "'"):
            meaning[f"g - d[{t}]{mark}"] = -1 * symbol(f"e[{t}]{mark}")
            meaning[f"g - g-[{t}]{mark}"] = -step * symbol(f"g-[{t}]{mark}")
    form, blocks = lyapunov(evidence, meaning), []
    for names in form.blocks():
        rows = form.matrix(names)
        blocks.append(Block(tuple(names), tuple(tuple(row[: i + 1]) for i, row in enumerate(rows))))
    return tuple(blocks)
