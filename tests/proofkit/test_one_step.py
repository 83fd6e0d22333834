"""A proof's step is the definition's, or nothing."""

import pytest

from eftheory.methods import EF21, GD
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.marina import Marina
from eftheory.proofkit import OneStep, mean, rewritten
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.kernel.text import write

step = Symbol("step")
x, v = Symbol("x", vector=True), Symbol("v", vector=True)
d, g, g_next, c, b = (Symbol(name, vector=True, indexed=True) for name in ("d", "g", "g+", "c", "b"))
NUMBERS = {"step_size": step}


class Backwards(EF21):
    """EF21 that moves uphill."""

    def step(self, world, x, d):
        x = x + self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - d)


def test_the_state_has_the_names_of_the_method():
    new = OneStep(EF21, NUMBERS, {"d": d}, gradient=g_next, compress=c)
    assert write(new.x) == "x - step mean[d_i]"
    assert (new.d, new.sent) == (d + c, g_next - d)
    with pytest.raises(AttributeError, match="the state has no 'e'"):
        new.e  # noqa: B018


def test_a_move_that_is_not_the_definitions_is_refused():
    answers = {"gradient": g_next, "compress": c}
    assert OneStep(EF21, NUMBERS, {"d": d}, **answers).move("x", -step * mean(d)) == -step * mean(d)
    with pytest.raises(ValueError, match="is not what the definition of the method says"):
        OneStep(EF21, NUMBERS, {"d": d}, **answers).move("x", -step * d)
    with pytest.raises(ValueError, match="is not what the definition of the method says"):
        OneStep(Backwards, NUMBERS, {"d": d}, **answers).move("x", -step * mean(d))


def test_the_same_vector_may_be_written_otherwise():
    assert rewritten(2 * x - step * v - x, x - step * v) == x - step * v
    with pytest.raises(ValueError, match="is not what the definition"):
        rewritten(x, v)


def test_what_is_asked_needs_an_answer_and_each_answer_a_question():
    with pytest.raises(ValueError, match="asks for 'compress', to which the proof has no answer"):
        OneStep(EF21, NUMBERS, gradient=g)
    with pytest.raises(ValueError, match="asks for 'compress' more than 1 times"):
        OneStep(EF21Plus, NUMBERS, gradient=g, compress=c, nearer=b)
    with pytest.raises(ValueError, match="asks for 'gradient' only 1 times"):
        OneStep(EF21, NUMBERS, gradient=[g, g_next], compress=c)


def test_a_gradient_has_one_value_at_a_point_but_messages_differ():
    class Twice(EF21):
        def step(self, world, x, d):
            g, again = world.gradient(x), world.gradient(x)
            return x, world.compress(g - d) + world.compress(again - d)

    assert OneStep(Twice, NUMBERS, {"d": d}, gradient=g, compress=[c, b]).d == c + b


def test_answers_may_be_functions():
    new = OneStep(GD, NUMBERS, {"x": x}, gradient=lambda x: 3 * x)
    assert new.x == x - step * (3 * x)  # of one agent: there is nothing to average


def test_gradients_at_several_points_come_in_the_order_of_the_questions():
    m = Symbol("m", random=True)
    new = OneStep(Marina, {**NUMBERS, "full": step}, {"v": v}, gradient=[g, g_next], compress=c, coin=m)
    assert new.sent == g_next - g
    assert new.asked("coin") == 1 - step
