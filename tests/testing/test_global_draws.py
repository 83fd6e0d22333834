"""Compressors that draw from the generators that all share are tested like others, and leave these as they were."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from eftheory.assumptions import Contractive
from eftheory.testing import CompressorError, Unbiased, adapt, check_compressor
from eftheory.testing.global_draws import global_generators, seed_global_draws

QUICK = {"dims": (2, 5), "examples": 10, "samples": 200}


def numpy_mask(x):
    return np.where(np.random.rand(x.size) < 0.5, x, 0).astype(x.dtype)


def python_coin(x):
    return x * (random.random() < 0.5)


def both(x):
    return python_coin(x) if np.random.rand() < 0.5 else 0 * x


@pytest.mark.parametrize(
    ("compressor", "alpha", "seeding"),
    [
        (numpy_mask, Fraction(1, 2), ["np.random.seed"]),
        (python_coin, Fraction(1, 2), ["random.seed"]),
        (both, Fraction(1, 4), ["random.seed", "np.random.seed"]),
    ],
)
def test_they_are_seeded_and_tested(compressor, alpha, seeding):
    report = check_compressor(compressor, Contractive(alpha), **QUICK)
    assert not report.failures
    assert report["contraction"].status == "passed"
    (note,) = [note for note in report.notes if "global" in note]
    assert all(name in note for name in seeding)
    with pytest.raises(CompressorError, match="contraction: failed"):
        check_compressor(
            compressor,
            Contractive(min(2 * alpha, Fraction(9, 10))),
            dims=[5],
            examples=1,
            samples=1000,
            checks=["shape", "determinism", "contraction"],
        )


def test_unbiasedness_is_tested():
    only = {"checks": ["unbiasedness"], "on_fail": "return", "dims": [4], "samples": 500}
    report = check_compressor(lambda x: 3 * numpy_mask(x), Unbiased(3), **only)
    assert [result.name for result in report.failures] == ["unbiasedness"]


def test_the_generators_are_left_as_they_were():
    subject, _ = seed_global_draws(adapt(both), np.ones(3))
    random.seed(1)
    np.random.seed(1)
    once = random.random(), np.random.rand()
    random.seed(1)
    np.random.seed(1)
    check_compressor(both, Contractive(Fraction(1, 4)), checks=["shape", "determinism", "contraction"], **QUICK)
    subject(np.ones(3))
    assert (random.random(), np.random.rand()) == once


def test_others_are_left_alone():
    for compressor in (lambda x: x / 2, lambda x, rng: numpy_mask(x)):
        subject = adapt(compressor)
        assert seed_global_draws(subject, np.ones(2)) == (subject, "")


def test_a_seed_of_its_own_is_no_draw():
    def restores(x):
        state = np.random.get_state()
        np.random.set_state(state)
        return x / 2

    subject = adapt(restores)
    assert seed_global_draws(subject, np.ones(2))[0] is subject


def test_torch():
    torch = pytest.importorskip("torch")
    assert len(global_generators()) == 3

    def dropout(x):
        return torch.where(torch.rand_like(x) < 0.5, x, torch.zeros_like(x))

    report = check_compressor(dropout, Contractive(Fraction(1, 2)), library="torch", **QUICK)
    assert report["contraction"].status == "passed"
    assert any("torch.manual_seed" in note for note in report.notes)
    report = check_compressor(dropout, Contractive(Fraction(4, 5)), library="torch", on_fail="return", dims=[4])
    assert report["contraction"].status == "failed"


def test_advice_fits_the_library():
    torch = pytest.importorskip("torch")
    report = check_compressor(lambda x: x.mul_(0.5).double(), library="torch", on_fail="return", **QUICK)
    assert "x.clone()" in report["purity"].message
    assert "result.to(x.dtype)" in report["dtype"].message
    report = check_compressor(lambda x: x * torch.rand(1), library="torch", on_fail="return", **QUICK)
    assert not [result for result in report.failures if result.name == "determinism"]
