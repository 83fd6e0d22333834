"""certify: closed forms, worst cases, files, and odd settings."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import AgentType, certify, check_bytes
from eftheory.bounds import Certification
from eftheory.claims import LOWER, UPPER

EASY = AgentType(1, Fraction(1, 10))
TIGHT = Fraction("0.88480829063288")


@pytest.mark.parametrize("method", ["ef", "ef21"])
@pytest.mark.parametrize("count", [1, 2, 10, 10**7])
def test_equal_agents_are_proved_tightly_for_any_number_of_agents(method: str, count: int) -> None:
    result = certify(method, [AgentType(1, Fraction(1, 10), count)], alpha=Fraction(3, 4))
    upper = result.rate(UPPER)
    assert TIGHT < upper < TIGHT + Fraction(1, 10**9)
    assert 0 < result.gap <= (1 - upper) / 10**9
    assert upper == certify("ef21", [EASY], alpha=Fraction(3, 4)).rate(UPPER)


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_badly_conditioned_claim_keeps_its_relative_quality(method: str) -> None:
    result = certify(method, [AgentType(1000, Fraction(1, 3), 7)], alpha=Fraction(1, 1000))
    assert result.gap <= (1 - result.rate(UPPER)) / 10**9
    assert Fraction("3.3e-7") < 1 - result.rate(UPPER) < Fraction("3.4e-7")


@settings(max_examples=40, deadline=None)
@given(
    kappa=st.integers(2, 10**6),
    alpha=st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000),
    scale=st.fractions(Fraction(1, 1000), 1000, max_denominator=1000),
    count=st.integers(1, 10**6),
    method=st.sampled_from(["ef", "ef21", "gd", "cgd"]),
)
def test_equal_agents_are_always_tight(kappa, alpha, scale, count, method) -> None:
    agents = [AgentType(scale, scale / kappa, 1 if method == "cgd" else count)]
    result = certify(method, agents, alpha=1 if method == "gd" else alpha)
    assert result.status(UPPER) == result.status(LOWER) == "proved"
    assert 0 <= result.gap <= (1 - result.rate(UPPER)) / 10**9


@settings(max_examples=40, deadline=None)
@given(
    share=st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=1000),
    method=st.sampled_from(["ef", "ef21"]),
    alpha=st.sampled_from([Fraction(3, 4), Fraction(8, 9), Fraction(1, 3), Fraction(1, 10)]),
)
def test_every_step_size_below_the_stability_limit_is_tight(share, method, alpha) -> None:
    root = 1 - float(alpha)
    limit = Fraction(2 * (1 - root**0.5) / (1 + root**0.5)).limit_denominator(10**9)
    result = certify(method, [EASY], alpha=alpha, step_size=share * limit)
    assert result.gap <= (1 - result.rate(UPPER)) / 10**9


@pytest.mark.parametrize("step", ["2/3", "7/10", "1", "100"])
@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_step_beyond_stability_is_refuted_by_a_worst_case(method: str, step: str) -> None:
    result = certify(method, [EASY], alpha=Fraction(3, 4), step_size=Fraction(step))
    assert result.status(UPPER) == "inconclusive"
    assert result.status(LOWER) == "proved"
    assert result.rate(LOWER) >= 1
    assert result.refutes_convergence


@pytest.mark.parametrize("method", ["ef", "ef21", "gd"])
def test_without_strong_convexity_there_is_no_rate(method: str) -> None:
    result = certify(method, [AgentType(1, 0, 5)], alpha=1 if method == "gd" else Fraction(1, 2))
    assert result.rate(UPPER) is None
    assert "no linear rate exists" in " ".join(result.notes)
    assert not result.refutes_convergence


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_some_mu_zero_and_mu_equal_to_L_are_allowed(method: str) -> None:
    agents = [AgentType(1, 0, 3), AgentType(1, Fraction(1, 2), 2), AgentType(2, 2, 2)]
    result = certify(method, agents, alpha=Fraction(1, 2), engine="law")
    assert result.status(UPPER) == result.status(LOWER) == "proved"


@pytest.mark.parametrize("method", ["ef", "ef21", "cgd"])
def test_without_compression_the_rate_is_that_of_gradient_descent(method: str) -> None:
    gd, other = certify("gd", [EASY]), certify(method, [EASY], alpha=1)
    assert abs(other.rate(UPPER) - gd.rate(UPPER)) <= (1 - gd.rate(UPPER)) / 1000
    assert other.status(LOWER) == "proved"


@pytest.mark.parametrize("method", ["gd", "ef", "ef21", "cgd"])
def test_a_known_quadratic_is_no_special_case(method: str) -> None:
    result = certify(method, [AgentType(3, 3)], alpha=1)
    assert result.status(UPPER) == result.status(LOWER) == "proved"
    assert result.rate(UPPER) < Fraction(1, 10**4)


def test_ef_and_ef21_have_the_same_rates_for_unequal_agents() -> None:
    agents = [AgentType(1, Fraction(1, 100), 3), AgentType(Fraction(1, 10), Fraction(9, 100), 1)]
    ef, ef21 = (certify(method, agents, alpha=Fraction(8, 9), engine="law") for method in ("ef", "ef21"))
    assert ef.rate(UPPER) == ef21.rate(UPPER)
    assert ef.rate(LOWER) == ef21.rate(LOWER)


@pytest.mark.parametrize(
    ("agents", "alpha", "law", "lower"),
    [
        (((1, "99/100"), (1, "1/100")), "8/9", "0.5074613", "0.5047154"),
        (((1, "9/10"), (1, "1/10")), "3/4", "0.643271", "0.6421729"),
        (((1, "1/100"), ("1/10", "9/100")), "8/9", "0.8541553", "0.8503203"),
    ],
)
def test_two_coordinate_worst_cases_nearly_close_the_bracket(agents, alpha, law, lower) -> None:
    types = [AgentType(Fraction(L), Fraction(mu)) for L, mu in agents]
    result = certify("ef21", types, alpha=Fraction(alpha), engine="law")
    assert result.rate(UPPER) <= Fraction(law)
    assert result.rate(LOWER) >= Fraction(lower)


def test_the_file_written_is_the_file_checked(tmp_path) -> None:
    path = tmp_path / "c.json"
    result = certify("ef21", [EASY], alpha=Fraction(3, 4), path=path)
    assert path.read_bytes() == result.data
    assert all(verdict.proved for verdict in check_bytes(path.read_bytes()))
    assert [entry.name for entry in tmp_path.iterdir()] == ["c.json"]


def test_a_certificate_is_written_once(monkeypatch, tmp_path) -> None:
    import eftheory.bounds.file as file

    written = []
    honest = file.write_certificate
    monkeypatch.setattr(
        file, "write_certificate", lambda certificate: written.append(certificate) or honest(certificate)
    )
    result = certify("ef21", [EASY], alpha=Fraction(3, 4), path=tmp_path / "c.json")
    assert written == [result.certificate]


def test_an_unwritable_path_leaves_nothing_behind(tmp_path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        certify("ef21", [EASY], alpha=Fraction(3, 4), path=tmp_path / "nowhere" / "c.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        certify("ef21", [EASY], alpha=Fraction(3, 4), path=tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_evidence_the_checker_rejects_is_dropped_and_named(monkeypatch) -> None:
    from dataclasses import replace

    import eftheory.bounds.propose as propose

    honest = propose.closed_form

    def optimistic(setting):
        return replace(honest(setting), rate=Fraction(4, 5))

    monkeypatch.setattr(propose, "closed_form", optimistic)
    result = certify("ef21", [EASY], alpha=Fraction(3, 4))
    assert result.status(UPPER) == "inconclusive"
    assert result.status(LOWER) == "proved"
    assert "upper" not in json.loads(result.data)
    assert any("decrease" in note for note in result.notes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "sgd"}, "choose one of gd, cgd, ef, ef21"),
        ({"alpha": Fraction(13, 10)}, "alpha must lie in"),
        ({"alpha": 0}, "alpha must lie in"),
        ({"step_size": 0}, "must be positive"),
        ({"step_size": -1}, "must be positive"),
        ({"step_size": "fast"}, "'law' or 'optimal'"),
        ({"engine": "mosek"}, "choose one of auto, cvxpy, center, law"),
        ({"slack": Fraction(0)}, "slack must lie in"),
        ({"agents": []}, "no agents"),
        ({"agents": [AgentType(k, 1) for k in range(1, 66)]}, "at most 64"),
        ({"method": "cgd", "agents": [AgentType(1, 1, 2)]}, "one agent only"),
        ({"method": "gd"}, "does not compress"),
    ],
)
def test_bad_input_says_what_is_allowed(arguments, message) -> None:
    defaults = {"method": "ef21", "agents": [EASY], "alpha": Fraction(3, 4)}
    call = {**defaults, **arguments}
    with pytest.raises(ValueError, match=message):
        certify(call.pop("method"), call.pop("agents"), **call)


def test_certification_has_no_rate_where_nothing_is_proved() -> None:
    result = certify("ef21", [AgentType(1, 0)], alpha=Fraction(3, 4))
    assert isinstance(result, Certification)
    assert result.data is None
    assert result.gap is None
    assert result.constant is None
