from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.exact import Form, Vector
from eftheory.lyapunov.blind_spots import blind_spots
from eftheory.methods import EF21, METHODS, Observation, Template
from eftheory.methods.template import PLAIN
from tests.kit.remembering import points

TEXTS = {"": PLAIN, "values": Template(values=True), "memory": Template(1), "memory, values": Template(1, True)}
OWN = {"gd": ["mean g"], "cgd": ["x - x*"], "ef": ["e[0]", "e[1]", "x - x*", "e[0]'"]}
OWN["ef21"] = ["g - d[0]", "g - d[1]", "mean g", "g - d[0]'"]


def make_setting(name: str) -> Setting:
    agents = (AgentType(1, Fraction(1, 10), 2), AgentType(3, 1))
    alpha = Fraction(1, 2) if METHODS[name].compresses else Fraction(1)
    return Setting(agents[1:] if name == "cgd" else agents, Contractive(alpha), METHODS[name](Fraction(1, 5)))


CASES = [
    (name, text)
    for name, method in METHODS.items()
    for text in TEXTS
    if text != "values" or COMMON_MINIMISER in method.hypotheses
]
cases = pytest.mark.parametrize(("name", "text"), CASES)


@pytest.mark.parametrize("text", TEXTS)
def test_text_and_back(text):
    assert Template.parse(text) == TEXTS[text]
    assert str(TEXTS[text]) == text


@pytest.mark.parametrize(
    "text", ["values, memory", "memory,values", "Memory", " memory", "memory ", "memory, memory", "1"]
)
def test_other_texts_are_none(text):
    with pytest.raises(ValueError, match="expected one of '', 'values', 'memory', 'memory, values'"):
        Template.parse(text)


def test_a_text_from_a_file_is_shown_escaped_and_short():
    with pytest.raises(ValueError) as caught:
        Template.parse("\x1b[31m" + "m" * 9999)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("memory", [2, -1, Fraction(1, 2), "1", None])
def test_memory_is_one_step_or_none(memory):
    with pytest.raises(ValueError, match=f"memory={memory}: .* must be 0 or 1"):
        Template(memory)


def test_templates_are_immutable():
    with pytest.raises(FrozenInstanceError):
        PLAIN.memory = 1


@pytest.mark.parametrize("name", ["gd", "ef21"])
def test_without_a_second_point_there_is_nothing_to_compare(name):
    message = f"{name} has no second point to compare function values with; use memory"
    with pytest.raises(ValueError, match=message):
        TEXTS["values"].names(METHODS[name])
    with pytest.raises(ValueError, match=message):
        take_step(make_setting(name), TEXTS["values"])


def test_every_template_says_what_it_leaves_out():
    sentences = {blind_spots(template) for template in TEXTS.values()}
    assert len(sentences) == 4
    assert all(sentence.startswith("V leaves out what was ") for sentence in sentences)


@cases
def test_the_coordinates_by_name(name, text):
    setting, template = make_setting(name), TEXTS[text]
    common, types = COMMON_MINIMISER in setting.method.hypotheses, range(len(setting.agents))
    seen = take_step(setting, template).before
    if template.memory:
        kind, server = ("g-", "x- - x*") if common else ("g - g-", "x - x-")
        deviations = [f"{kind}[0]'"] if len(types) == 2 else []
        assert set(seen.vectors) == {*OWN[name], server, *(f"{kind}[{t}]" for t in types), *deviations, *(
            ["g - d[0]'"] if name == "ef21" else [])}  # fmt: skip
    elif name != "gd":
        assert list(seen.vectors) == OWN[name]
    a, b = ("x*", "x-" if template.memory else "x") if common else ("x-", "x")
    pair = [f"interpolation {b} above {a}", f"interpolation {a} above {b}"] if template.values else []
    own = ["f(x) - f(x*)"] if name == "cgd" else []
    assert list(seen.value_names) == [*own, *(f"{each}[{t}]" for each in pair for t in types)]
    assert len(seen.values) == len(seen.value_names)
    assert seen.room.keys() == seen.vectors.keys()


@cases
def test_one_step_later_x_is_remembered(name, text):
    """The memory after a step is where the step began; a V+ that still saw the old x- would prove anything."""
    setting, template = make_setting(name), TEXTS[text]
    step, x, star = take_step(setting, template), Vector.symbol("x"), Vector.symbol("x*")
    if not template.memory:
        assert "x-" not in step.symbols
        return
    old = Vector.symbol("x-")
    if COMMON_MINIMISER in setting.method.hypotheses:
        assert step.before.vectors["x- - x*"] == old - star
        assert step.after.vectors["x- - x*"] == x - star == step.before.vectors["x - x*"]
    else:
        assert step.before.vectors["x - x-"] == x - old
        moved = step.after.vectors["x - x-"]
        assert moved["x"] == moved["x-"] == 0  # x+ - x
        assert moved
    for vector in step.after.vectors.values():
        assert "x-" not in dict(vector)
    for form in step.after.values:
        assert not any("x-" in pair for pair in form.quadratic)


@cases
def test_at_the_start_memory_is_zero(name, text):
    setting, template = make_setting(name), TEXTS[text]
    step, plain = take_step(setting, template), take_step(setting)
    if not template.memory:
        assert step.start == step.before
        return
    own = plain.before.vectors.keys()
    assert {key for key, vector in step.start.vectors.items() if vector != step.before.vectors[key]} == (
        step.start.vectors.keys() - own
    )
    assert not any(step.start.vectors[key] for key in step.start.vectors.keys() - own)
    added = len(plain.before.values)
    assert step.start.values[:added] == step.before.values[:added]
    assert all(form == Form() for form in step.start.values[added:])


@cases
def test_values_are_the_recorded_inequalities(name, text):
    """Before the step those of the old pair of points, after it those of the new one."""
    setting, template = make_setting(name), TEXTS[text]
    step, own, number = take_step(setting, template), len(make_setting(name).method.coordinates.values), {}
    if not template.values:
        return
    number = points(setting.method, template)
    known = [each for each in ("x*", "x-", "x", "x+") if each in number]
    a, b = known[:2]
    new = (a, known[2]) if a == "x*" else (b, known[2])
    for seen, (below, above) in ((step.before, (a, b)), (step.after, new)):
        up = step.inequalities[f"interpolation {number[above]} above {number[below]}"]
        down = step.inequalities[f"interpolation {number[below]} above {number[above]}"]
        assert seen.values[own:] == (*up, *down)


@cases
def test_a_template_changes_neither_method_nor_measure(name, text):
    """The coordinates of the method are the same combinations of what happens; symbols may be named anew."""
    setting, template = make_setting(name), TEXTS[text]
    step, plain = take_step(setting, template), take_step(setting)
    for each in ("x", *setting.method.agent_state):
        assert any(symbol.startswith(each) for symbol in step.symbols)
    own = list(plain.before.vectors)
    assert [key for key in step.before.vectors if key in own] == own
    assert [step.before.vectors[key] for key in own] == [plain.before.vectors[key] for key in own]
    assert step.measure == plain.measure


@cases
def test_with_values_inequalities_are_one_sided(name, text):
    step = take_step(make_setting(name), TEXTS[text])
    one_sided = any("above" in each for each in step.inequalities)
    assert one_sided == (TEXTS[text].values or name == "cgd")
    with_points = points(make_setting(name).method, TEXTS[text])
    pairs = len(with_points) * (len(with_points) - 1) // 2
    found = [each for each in step.inequalities if each.startswith("interpolation ")]
    assert len(found) == pairs * (2 if one_sided else 1)


def test_the_vector_that_is_remembered_is_the_first_of_the_server():
    class Renamed(METHODS["ef21"]):
        server_state = ("y",)

    setting = Setting((AgentType(1, 0),), Contractive(Fraction(1, 2)), Renamed(Fraction(1)))
    assert take_step(setting).symbols >= {"y"}
    with pytest.raises(ValueError, match="ef21 does not begin with a server vector x to remember"):
        take_step(setting, TEXTS["memory"])


def test_names_that_are_taken_are_refused():
    """A method with a state of its own called x- keeps its plain template only."""

    class Taken(METHODS["ef21"]):
        server_state = ("x", "x-")

        def step(self, world, x, back, d):
            after, d = super().step(world, x, d)
            return after, x, d

        def observe(self, world, x, back, d):
            return super().observe(world, x, d)

        def measure(self, world, x, back, d):
            return super().measure(world, x, d)

    setting = Setting((AgentType(1, 0),), Contractive(Fraction(1, 2)), Taken(Fraction(1)))
    assert take_step(setting).symbols >= {"x-"}
    with pytest.raises(ValueError, match="the name 'x-' is taken"):
        take_step(setting, TEXTS["memory"])


def test_a_coordinate_named_like_one_that_memory_adds_is_refused() -> None:
    class Named(EF21):
        coordinates = Observation(agents=("g - g-",), server=("mean g",))

    with pytest.raises(ValueError, match="the name of one that memory adds"):
        Template(memory=1).names(Named(Fraction(1)))
    assert Template().names(Named(Fraction(1))).agents == ("g - g-",)
