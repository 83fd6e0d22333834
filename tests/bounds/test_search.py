"""certify with a search: steps, memory, sparsity and simplicity end in checked files that say what V left out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import AgentType, Options, certify, check_bytes
from eftheory.bounds import Certification
from eftheory.certificates import read_certificate
from eftheory.claims import CLASS_BOUND, LOWER, UPPER

F = Fraction
ALPHA = F(8, 9)
FIRST = [AgentType(1, F(1, 100)), AgentType(F(1, 10), F(9, 100))]
SECOND = [AgentType(1, F(99, 100)), AgentType(1, F(1, 100))]
PAIRS = {"first": FIRST, "second": SECOND}


def bounds(result: Certification) -> tuple[Fraction, Fraction]:
    upper, lower = result.rate(UPPER), result.rate(LOWER)
    assert upper is not None
    assert lower is not None
    return upper, lower


def test_the_step_found_for_the_first_pair() -> None:
    result = certify("ef21", FIRST, alpha=ALPHA)
    upper, lower = bounds(result)
    assert upper < F("0.85146")
    assert lower >= F("0.8500")
    assert result.step is not None
    assert 0.979 < result.step.moved < 0.981
    assert 0.016 < result.step.gain < 0.0161
    assert result.step.trials <= 32
    assert result.step.law_step_size == F(5, 3)
    assert result.step.class_bound_at_law > upper
    assert any(note.startswith("the law's step size is not optimal for this template") for note in result.notes)
    class_bound = result.rate(CLASS_BOUND)
    assert class_bound is not None
    assert 0 < upper - class_bound <= F(11, 10**6) * (1 - upper)


@pytest.mark.parametrize(
    ("pair", "plain", "remembered", "lower"),
    [("first", "0.8538005", "0.8503204", "0.8503"), ("second", "0.50552", "0.50473", "0.50470")],
)
def test_memory_closes_the_gap(pair: str, plain: str, remembered: str, lower: str) -> None:
    without = certify("ef21", PAIRS[pair], alpha=ALPHA, step_size="law")
    result = certify("ef21", PAIRS[pair], alpha=ALPHA, step_size="law", memory=1)
    upper, below = bounds(result)
    assert upper <= F(remembered) < bounds(without)[0] <= F(plain)
    assert below >= F(lower)
    assert upper - below <= F(1, 10**10) * (1 - upper)
    assert result.certificate is not None
    assert result.certificate.upper is not None
    assert result.certificate.upper.template == "memory, values"
    assert result.certificate.provenance["template"].startswith("V leaves out what was more than one step back")


def test_memory_with_a_searched_step() -> None:
    upper, _ = bounds(certify("ef21", FIRST, alpha=ALPHA, memory=1))
    assert upper < F("0.85032")


def test_options_may_be_given_together_or_by_name() -> None:
    together = Options(slack=F(1, 1000), memory=1)
    first = certify("ef21", FIRST, alpha=ALPHA, step_size="law", options=together)
    assert first.data == certify("ef21", FIRST, alpha=ALPHA, step_size="law", slack=F(1, 1000), memory=1).data
    law = certify("ef21", FIRST, alpha=ALPHA, options=together, engine="law", memory=0)
    assert (law.engine, law.certificate.upper.template) == ("law", "")


def test_an_option_that_is_none() -> None:
    with pytest.raises(TypeError, match="memroy"):
        certify("ef21", FIRST, alpha=ALPHA, memroy=1)


def test_files_with_memory_are_read_back_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    result = certify("ef21", FIRST, alpha=ALPHA, step_size="law", memory=1, path=path)
    assert read_certificate(path.read_bytes()) == result.certificate
    assert {verdict.claim.kind for verdict in check_bytes(path.read_bytes()) if verdict.proved} == {UPPER, LOWER}


@pytest.mark.parametrize("options", [{"memory": 1, "values": False}, {"sparsity": "diagonal"}, {"simple": "trace"}])
def test_other_templates_reach_what_the_plain_one_does(options: dict) -> None:
    plain, _ = bounds(certify("ef21", FIRST, alpha=ALPHA, step_size="law"))
    upper, _ = bounds(certify("ef21", FIRST, alpha=ALPHA, step_size="law", **options))
    assert abs(upper - plain) <= F(1, 10**6) * (1 - plain)


def test_equal_agents_are_not_searched() -> None:
    result = certify("ef21", [AgentType(1, F(1, 10), 5)], alpha=ALPHA)
    assert (result.engine, result.step, result.notes) == ("law", None, ())


def test_agents_given_apart_are_equal_too() -> None:
    result = certify("ef21", [AgentType(1, F(1, 10), 5), AgentType(1, F(1, 10))], alpha=ALPHA)
    assert (result.engine, result.step) == ("law", None)


def test_the_law_is_used_where_no_search_is_wanted() -> None:
    result = certify("ef21", FIRST, alpha=ALPHA, engine="law")
    assert (result.engine, result.step) == ("law", None)
    assert any("the law's step size is used" in note for note in result.notes)
    assert bounds(result)[0] <= F("0.8541553")


def test_more_than_eight_types_are_searched() -> None:
    agents = [AgentType(k + 1, F(1, k + 2)) for k in range(10)]
    result = certify("ef21", agents, alpha=ALPHA)
    assert result.step is not None
    assert result.step.searched_types == 10
    assert any("--sparsity diagonal searches one without any" in note for note in result.notes)
    assert bounds(result)[0] < bounds(certify("ef21", agents, alpha=ALPHA, step_size="law"))[0]


@pytest.mark.parametrize("place", ["econtrol:EControl", "heavy_ball:HeavyBallEF21", "dcgd:DCGD"])
def test_methods_of_ones_own_get_a_step(place: str) -> None:
    agents = [AgentType(1, F(1, 2), 5)]
    result = certify(f"eftheory.methods.{place}", agents, alpha=F(9, 10))
    assert result.step is not None
    assert result.step.law_step_size is None
    assert result.step.trials <= 32
    assert result.setting.method.step_size == result.step.step_size
    other = certify(f"eftheory.methods.{place}", agents, alpha=F(9, 10), step_size=F(3, 4) * result.step.step_size)
    assert bounds(result)[0] < bounds(other)[0] < 1


def test_methods_without_a_converging_step_say_so() -> None:
    result = certify("eftheory.methods.dcgd:DCGD", [AgentType(1, F(1, 2)), AgentType(2, F(1, 2))], alpha=F(1, 10))
    assert result.rate(UPPER) is None
    assert any("no step size with a rate below 1 was found" in note for note in result.notes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"values": True}, "no second point to compare function values with; use memory"),
        ({"memory": 2}, "memory must be 0 or 1"),
        ({"sparsity": "g | d"}, "unknown or twice"),
        ({"simple": "rank"}, "choose trace or logdet"),
        ({"engine": "law", "memory": 1}, "need a search"),
        ({"engine": "law", "sparsity": "diagonal"}, "need a search"),
        ({"slack": F(1)}, "slack must lie in"),
        ({"engine": "mosek"}, "choose one of auto, cvxpy, center, law"),
    ],
)
def test_bad_options_say_what_is_allowed(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        certify("ef21", FIRST, alpha=ALPHA, step_size="law", **options)
