"""What is timed is run in turn, round by round, and compared within rounds."""

from itertools import accumulate, cycle

import pytest

from tests.benchmarks.clock import Timed, in_turn


@pytest.mark.parametrize(("enough", "rounds"), [(100.0, 5), (10.0, 4), (0.0, 3)])
def test_actions_run_in_turn_until_it_is_enough(enough, rounds):
    order = []
    ticks = accumulate(cycle([0.0, 1.0, 0.0, 2.0]))  # one second for the first action, two for the second
    first, second = in_turn(
        lambda: order.append("first"),
        lambda: order.append("second") or len(order),
        rounds=5,
        enough=enough,
        clock=lambda: next(ticks),
    )
    assert order == ["first", "second"] * (rounds + 1)
    assert second.returned[-1] == len(order)
    assert (len(first.times), len(second.times)) == (rounds, rounds)


def test_ratios_are_those_within_a_round():
    slow, fast = Timed((2.0, 20.0, 2.2)), Timed((1.0, 10.0, 1.0))
    assert slow.seconds == 2.2
    assert slow.over(fast) == 2.0
