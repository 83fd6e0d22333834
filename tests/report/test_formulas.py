import re
from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive
from eftheory.check.coordinates import take_step
from eftheory.claims import Setting
from eftheory.methods import GD, METHODS, Method, Template
from eftheory.methods.stationary import Stationary
from eftheory.recording import make_method
from eftheory.report.formulas import formulas
from eftheory.report.style import ASCII, LATEX, UNICODE
from eftheory.wording.coordinate import Coordinate
from tests.kit.examples import EXAMPLES, TEMPLATES, make_setting, twin
from tests.kit.remembering import points

STEPS = {
    "gd": ["x+ = x - step_size mean grad f_i(x)"],
    "cgd": ["x+ = x - step_size mean C_i(grad f_i(x))"],
    "ef": [
        "x+ = x - mean C_i(e_i + step_size grad f_i(x))",
        "e_i+ = e_i + step_size grad f_i(x) - C_i(e_i + step_size grad f_i(x))",
    ],
    "ef21": ["x+ = x - step_size mean d_i", "d_i+ = d_i + C_i(grad f_i(x+) - d_i)"],
}


def test_every_method_is_pinned() -> None:
    assert set(STEPS) == set(METHODS)


@pytest.mark.parametrize("name", STEPS)
def test_steps(name) -> None:
    assert [f"{new} = {old}" for new, old in formulas(make_setting(name), ASCII).step] == STEPS[name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_measure_is_the_one_of_the_definition(name) -> None:
    setting = make_setting(name)
    measure = formulas(setting, ASCII).measure
    if name.startswith("external"):  # the same in its own words
        assert set(measure.split(" + ")) == set(formulas(twin(setting), ASCII).measure.split(" + "))
        return
    assert measure.replace("grad f_i(x)", "g_i").replace("mean g_i", "mean g") == setting.method.measure_name.replace(
        "mean g_i", "mean g"
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_points_and_inputs_are_numbered_as_the_inequalities_are(name) -> None:
    setting, template = make_setting(name), Template.parse(TEMPLATES.get(name, ""))
    known, step = formulas(setting, ASCII, template), take_step(setting, template)
    inequalities = step.inequalities
    assert len(known.values) == len(step.before.values)
    assert list(known.points) == list(points(setting.method, template))
    numbers = {number for key in inequalities if "interpolation" in key for number in re.findall("[0-9]+", key)}
    inputs = {key for key in inequalities if "compression" in key}
    assert numbers == {str(k) for k, _ in enumerate(known.points)}
    assert setting.alpha == 1 or inputs == {f"compression {k}" for k, _ in enumerate(known.inputs)}
    first = "x*" if COMMON_MINIMISER in setting.method.hypotheses else "x"
    assert known.points[:1] == (first,)


def test_the_same_in_other_styles() -> None:
    setting = make_setting("ef21")
    assert formulas(setting, UNICODE).step[1] == ("d_i⁺", "d_i + C_i(∇f_i(x⁺) − d_i)")
    assert formulas(setting, LATEX).step[1] == ("d_i^+", r"d_i + \mathcal{C}_i(\nabla f_i(x^+) - d_i)")
    assert formulas(setting, LATEX).step[0] == ("x^+", r"x - \gamma \operatorname{mean} d_i")


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("x - x*", r"x - x_\star"),
        ("mean g", r"\operatorname{mean} g"),
        (Coordinate("d", 0), r"\overline{d}_{0}"),
        (Coordinate("g - d", 12, deviation=True), r"\widetilde{g - d}_{12}"),
        (Coordinate("r1", 0), r"\overline{r_{1}}_{0}"),
        (Coordinate("grad f - g", 0), r"\overline{\nabla f - g}_{0}"),
        ("mean grad f", r"\operatorname{mean} \nabla f"),
        (Coordinate("grad f - grad f-", 1), r"\overline{\nabla f - \nabla f^-}_{1}"),
        ("g - shift", r"g - \mathrm{shift}"),
        ("}\\x[0]", r"\text{\}\textbackslash{}x[0]}"),
        (Coordinate("}\\x", 0), r"\overline{\text{\}\textbackslash{}x}}_{0}"),
        ("", r"\text{}"),
    ],
)
def test_symbols_in_latex(name, latex) -> None:
    assert LATEX.symbol(name) == latex


def test_two_messages_about_one_vector_do_not_cancel():
    class Twice(Method):
        def step(self, world, x):
            g = world.gradient(x)
            return (x - self.step_size * world.mean(g + world.compress(g) - world.compress(g)),)

    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(1, 2)), make_method(Twice, Fraction(1, 2)))
    ((name, written),) = formulas(setting, ASCII).step
    assert (name, written) == ("x+", "x - 1/2 mean (C_i(grad f_i(x)) + grad f_i(x) - C_i^(2)(grad f_i(x)))")
    assert r"- \mathcal{C}_i^{(2)}(\nabla f_i(x))" in formulas(setting, LATEX).step[0][1]


def test_states_are_written_as_lessons_write_them_and_stay_apart():
    class Words(Method):
        server_state = ("x", "m2")
        agent_state = ("shift",)

        def step(self, world, x, m2, shift):
            return x - m2 - world.mean(shift), m2, shift

    class Alike(Method):
        server_state = ("x", "m2", "m_2")

        def step(self, world, x, m2, m_2):
            return x - m2 - m_2 - world.mean(world.gradient(x)), m2, m_2

    words, alike = (
        Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(1)), make_method(cls, Fraction(1, 2)))
        for cls in (Words, Alike)
    )
    assert formulas(words, LATEX).step[0] == ("x^+", r"x - m_{2} - \operatorname{mean} \mathrm{shift}_i")
    assert formulas(alike, LATEX).step[0][1].startswith("x - m2 - m_2")


def test_a_vector_with_and_without_the_step_size_is_written_twice():
    class Both(GD):
        def step(self, world, x):
            g = world.mean(world.gradient(x))
            return (x - g - 2 * self.step_size * g,)

    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(1)), Both(Fraction(1, 2)))
    assert formulas(setting, ASCII).step[0][1] == "x - mean grad f_i(x) - 2 step_size mean grad f_i(x)"


def test_all_that_is_drawn_in_a_step_has_a_name_of_its_own() -> None:
    """Two draws by one name would cancel, and constants could be exchanged."""

    class Drawn(Stationary):
        name = "drawn"
        server_state = ("x", "v")
        agent_state = ("d",)

        def step(self, world: Any, x: Any, v: Any, d: Any) -> Any:
            noise = world.noisy_gradient(x) - world.noisy_gradient(x)
            tossed = world.coin(Fraction(1, 2)) * v - world.coin(Fraction(1, 3)) * v
            met = world.coins(Fraction(1, 2)) * d - world.coins(Fraction(1, 3)) * d
            sent = world.unbiased(d, Fraction(1), independent=True) - world.unbiased(noise, Fraction(2))
            lossless = world.compress(d)
            down = world.compress_server(x, Fraction(1)) - world.compress_server(x, Fraction(1, 2))
            return x + tossed, down - world.compress_server(v, Fraction(1, 3)), lossless + met + sent

    known = formulas(Setting((AgentType(L=1, mu=0),), Contractive(1), Drawn(Fraction(1))), ASCII)
    assert [text.partition(" is ")[0] for text in known.chance] == [
        *("xi_i", "xi_i^(2)", "b", "b^(2)", "b_i", "b_i^(2)", "Q_i", "Q_i^(2)", "C", "C^(2)")
    ]
    assert [text[text.index("with") :] for text in known.chance[-4:]] == [
        *("with omega = 1", "with omega = 2", "with alpha = 1/2", "with alpha = 1/3")
    ]
    step = dict(known.step)
    assert step["x+"] == "x + b v - b^(2) v"
    assert "Q_i^(2)(xi_i - xi_i^(2))" in step["d_i+"]
    assert known.senders == ("Q_i(%s)", "Q_i^(2)(%s)", "C(%s)", "C^(2)(%s)")  # as the exact world numbers them
