"""Bounds that lie far apart are not left without a word."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

import pytest

from eftheory import Method, Options, certify
from eftheory.bounds.advice import advise


@dataclass(frozen=True)
class ClientHB(Method):
    """EF21 whose agents keep a momentum of their own."""

    momentum: Fraction = Fraction(1, 2)
    server_state = ("x",)
    agent_state = ("m", "d")

    def step(self, world, x, m, d):
        x = x - self.step_size * world.mean(d)
        m = self.momentum * m + world.gradient(x)
        return x, m, d + world.compress(m - d)


def advice(gap, **chosen) -> str:
    return "".join(advise(SimpleNamespace(relative_gap=gap), Options(**chosen)))


def test_a_wide_gap_says_what_to_try() -> None:
    result = certify(ClientHB, (1, 0.1, 20), alpha=0.75, step_size=0.25)
    (note,) = result.notes
    assert result.relative_gap > 2
    assert note.startswith("the bounds are far apart, by 2.96e+00 of 1 - rate, and either may be the loose one; try ")
    assert "--memory 1" in note
    assert f"note        {note}" in repr(result)


def test_close_bounds_need_no_word() -> None:
    assert certify(ClientHB, (1, 0.1, 20), alpha=0.75, step_size=0.1).notes == ()


@pytest.mark.parametrize("gap", [None, Fraction(0), Fraction(1, 10)])
def test_only_a_wide_gap_is_worth_a_note(gap) -> None:
    assert advice(gap) == ""


@pytest.mark.parametrize(
    ("chosen", "said", "not_said"),
    [
        ({}, ["--memory 1"], ["--values", "--engine", "--sparsity", "--slack"]),
        ({"engine": "law"}, ["--engine auto", "--memory 1"], ["--sparsity"]),
        ({"sparsity": "diagonal"}, ["no --sparsity", "--memory 1"], ["--engine"]),
        ({"memory": 1, "values": False}, ["--values"], ["--memory"]),
        ({"memory": 1, "slack": 0.5}, ["--slack 1e-6"], ["--memory", "--values"]),
        ({"memory": 1}, ["another step size"], ["--"]),
    ],
)
def test_what_was_tried_is_not_suggested(chosen, said, not_said) -> None:
    text = advice(Fraction(1, 2), **chosen)
    assert all(words in text for words in said)
    assert not any(words in text for words in not_said)


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_without_compression_the_method_is_known_by_another_name(method) -> None:
    note = "eftheory certify gd proves its rate exactly"
    whole, part = (certify(method, (1, 0.1, 3), alpha=alpha, engine="law") for alpha in (1, 0.9))
    assert any(note in said for said in whole.notes)
    assert not any(note in said for said in part.notes)
    assert certify("gd", (1, 0.1, 3)).gap < whole.gap
