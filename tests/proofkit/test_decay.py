"""What T steps do follows from what one does, and from nothing less."""

import pytest

from eftheory.proofkit import Decay
from eftheory.proofkit.kernel.expression import expectation
from tests.proofkit.claims import accepted, new, refused


def over_time(below=1, start=0, rate=lambda loss: 1 - loss, claimed=lambda loss: loss):
    """A theorem about G over time: G+ is random, and its mean is at most the rate times G."""
    t = new()
    loss, T = t.parameter("loss", above=0, below=below), t.parameter("T", at_least=0)
    G, G_0, G_next = t.scalar("G"), t.scalar("G0"), t.scalar("G+", random=True)
    t.given("start", start <= G_0)
    one_step = t.given("one step", expectation(G_next) <= rate(loss) * G)
    decay = Decay(t, G, claimed(loss), T, t.scalar("power"), {G: (G_0, G_next)})
    _, below_one, _, _ = t.claim(*decay.claims)
    t.positive("sign", decay.rate >= 0)
    repeated = decay.repeat(one_step)
    t.qed(one_step, t.positive("rate below 1", below_one), repeated, decay.vanish(repeated))
    return t


def test_what_shrinks_tends_to_zero():
    accepted(over_time())


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


def test_a_function_below_zero_at_first_has_no_such_bound():
    refused(over_time(start=-1), "limit")
