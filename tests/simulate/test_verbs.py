"""What only the numeric world answers."""

import numpy as np
import pytest

from eftheory.compressors import Identity, PermK, TopK
from eftheory.simulate import NumericWorld
from eftheory.simulate.problems import Quadratic

PROBLEM = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
rng = np.random.default_rng


def test_gradients_at_points_of_the_agents_own():
    world = NumericWorld(PROBLEM, Identity())
    assert world.local_gradient(np.array([[1.0, 1.0], [1.0, 2.0]])).tolist() == [[1, 2], [3, 8]]


def test_coins_fall_with_their_chances():
    world = NumericWorld(PROBLEM, Identity(), rng=rng(1))
    assert {world.coin(0), world.coin(1)} == {0, 1}
    each = np.stack([world.coins([1 / 4, 1]) for _ in range(2000)])
    assert each.shape == (2000, 2, 1)
    assert set(each.flat) == {0, 1}
    assert each.mean(axis=0)[:, 0] == pytest.approx([1 / 4, 1], abs=0.05)
    assert world.coins(0).tolist() == [[0], [0]]


def test_the_server_sends_one_message_or_one_to_each():
    v = np.array([1.0, 2.0])
    assert NumericWorld(PROBLEM, TopK(1)).compress_server(v, 1 / 2).tolist() == [0, 2]
    dealt = NumericWorld(PROBLEM, PermK(2)).send(v)
    assert dealt.mean(axis=0).tolist() == [1, 2]
    assert (dealt != 0).sum() == 2


def test_the_way_down_may_have_a_compressor_of_its_own():
    v = np.array([1.0, 2.0])
    world = NumericWorld(PROBLEM, Identity(), down=TopK(1))
    assert world.compress_server(v, 1 / 2).tolist() == [0, 2]
    assert world.send(v).tolist() == [[0, 2]] * 2
    assert world.compress(np.stack([v, v])).tolist() == [[1, 2]] * 2


class Noisy(Quadratic):
    """Noise that says whose it is, and is drawn."""

    def noisy_gradients(self, x, rng):
        return self.gradients(x) + np.array([[10.0], [20.0]]) + rng.integers(2)


def test_noise_at_points_of_the_agents_own():
    world = NumericWorld(Noisy.of_spectra([[1.0, 2.0], [3.0, 4.0]]), Identity(), rng=rng(0))
    w = np.array([[1.0, 1.0], [1.0, 2.0]])
    noise = np.stack([world.noisy_local_gradient(w) - world.local_gradient(w) for _ in range(40)])
    assert {*noise[:, 0].flat} == {10, 11}
    assert {*noise[:, 1].flat} == {20, 21}


def test_a_change_is_sampled_by_the_same_draws():
    world = NumericWorld(Noisy.of_spectra([[1.0, 2.0], [3.0, 4.0]]), Identity(), rng=rng(0))
    before, after = np.ones((2, 2)), np.array([[1.0, 1.0], [1.0, 2.0]])
    exact = world.local_gradient(after) - world.local_gradient(before)
    assert all((world.noisy_change(after, before) == exact).all() for _ in range(20))  # the noise is the same
    drawn = {float(world.noisy_local_gradient(before)[0, 0]) for _ in range(20)}
    assert drawn == {11, 12}  # and goes on from draw to draw


def test_each_agent_keeps_what_is_nearer():
    v = np.array([[0.0], [0.0]])
    kept = NumericWorld(PROBLEM, TopK(1)).nearer(v, np.array([[1.0], [1.0]]), np.array([[-2.0], [0.5]]))
    assert kept.tolist() == [[1], [0.5]]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda world: world.noisy_gradient(np.ones(2)), r"a problem with noisy_gradients\(...\); Quadratic has none"),
        (lambda world: world.noisy_local_gradient(np.ones((2, 2))), r"with noisy_gradients\(...\); Quadratic has none"),
        (lambda world: world.prox(np.ones(2), 0.1), r"a problem with prox\(...\); Quadratic has none"),
    ],
)
def test_what_the_problem_does_not_know_is_said(ask, words):
    with pytest.raises(ValueError, match=words):
        ask(NumericWorld(PROBLEM, Identity()))


def test_unbiased_messages_are_all_or_nothing_and_attain_their_omega():
    world, v = NumericWorld(PROBLEM, Identity(), rng=rng(2)), np.array([[1.0, -2.0], [3.0, 4.0]])
    sent = np.stack([world.unbiased(v, 3.0) for _ in range(4000)])
    assert {tuple(row) for row in sent[:, 0].tolist()} == {(0, 0), (4, -8)}
    assert sent.mean(axis=0) == pytest.approx(v, abs=0.4)
    lost = ((sent - v) ** 2).sum(axis=2).mean(axis=0)
    assert lost == pytest.approx(3 * (v**2).sum(axis=1), rel=0.1)
    together = (sent[:, 0].any(axis=1) & sent[:, 1].any(axis=1)).mean()
    assert together == pytest.approx(1 / 16, abs=0.02)  # independent
