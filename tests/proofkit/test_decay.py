"""What T steps do follows from what one does, and from nothing less."""

import pytest

from eftheory.proofkit import Decay
from eftheory.proofkit.kernel.expression import expectation
from tests.proofkit.claims import accepted, new, refused


def over_time(below=1, rate=lambda loss: 1 - loss, claimed=lambda loss: loss, starts=None):
    """A theorem about G over time: G+ is random, and its mean is at most the rate times G.

    If G is known to start from a number at least, G_T <= G_0/(1 + T loss) is claimed, too.
    """
    t = new()
    loss, T = t.parameter("loss", above=0, below=below), t.parameter("T", at_least=0)
    G, G_0, G_next = t.scalar("G"), t.scalar("G0"), t.scalar("G+", random=True)
    if starts is not None:
        t.given("start", starts <= G_0)
    one_step = t.given("one step", expectation(G_next) <= rate(loss) * G)
    decay = Decay(t, G, claimed(loss), T, t.scalar("power"), {G: (G_0, G_next)})
    _, below_one, linear, small, _ = t.claim(*decay.claims)
    t.positive("sign", decay.rate >= 0)
    lines = [one_step, t.positive("rate below 1", below_one), decay.repeat(one_step), *decay.vanish()]
    if starts is not None:
        bound = t.claim(*decay.claims, linear.left <= G_0 * small.right)[-1]
        lines.append(t.combine("bound", bound, [lines[2], (G_0, lines[3])]))
    t.qed(*lines)
    return t


def test_what_shrinks_tends_to_zero():
    accepted(over_time())
    accepted(over_time(starts=0))


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"below": 2}, "sign"),
        ({"rate": lambda loss: 1 + 0 * loss}, "T steps"),
        ({"claimed": lambda loss: loss / 2}, "T steps"),
    ],
    ids=["a rate below zero", "a step that loses nothing", "another loss than that of the step"],
)
def test_what_does_not_is_refused(wrong, line):
    refused(over_time(**wrong), line)


def test_a_function_below_zero_at_first_has_no_bound_without_the_power():
    refused(over_time(starts=-1), "bound")
