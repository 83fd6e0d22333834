"""The record of a proof: statement, sources, evidence line by line, engine."""

import json
import re

import pytest
from typer.testing import CliRunner

from eftheory.cli.commands import app
from eftheory.proofkit.deciding import DECIDING, engine
from eftheory.proofkit.kernel import check

HALF = """
from eftheory.proofkit import Theorem
theorem = Theorem("half", "Half of it", source="[Fatkhullin2023], Theorem 1")
x, y = theorem.parameter("x", above=0), theorem.scalar("y")
given = theorem.given("larger", x < y)
theorem.qed(theorem.combine("halves", theorem.claim(x / 2 < y), [given], squares=[(x / 2, 1 + 0 * x)]))
"""
QUARTER = """
from eftheory.proofkit import Theorem
theorem = Theorem("quarter", "A quarter of it")
x, y = theorem.parameter("x", above=0), theorem.scalar("y")
given = theorem.given("larger", x < y)
half = theorem.lemma("half", x / 2 < y, "half", given=[given])
positive = theorem.positive("positive", x / 4 > 0)
theorem.qed(theorem.combine("last", theorem.claim(x / 4 < y{more}), [half, positive]))
"""


@pytest.fixture
def records(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def read(more=""):
        (tmp_path / "proofs").mkdir(exist_ok=True)
        (tmp_path / "proofs" / "half.py").write_text(HALF, "utf-8")
        (tmp_path / "proofs" / "quarter.py").write_text(QUARTER.replace("{more}", more), "utf-8")
        result = CliRunner().invoke(app, ["prove", "--all", "--json"], standalone_mode=False)
        return {row["slug"]: row for row in json.loads(result.output)}

    return read


def test_a_record_says_what_is_proved_and_on_what_it_rests(records):
    rows = records()
    half, quarter = rows["half"], rows["quarter"]
    assert half["source_keys"] == ["Fatkhullin2023"]
    assert quarter["source_keys"] == []
    assert quarter["reasons"] == {"primitive": {"combination": 1, "positivity": 1}, "derived": {"lemma": 1}}
    assert "lemma" not in quarter["reasons_expanded"]["derived"]
    assert quarter["ranges"] == ["0 < x"]
    assert quarter["hypotheses"] == {"larger": "x < y"}
    assert quarter["claims"] == ["x/4 < y"]
    assert quarter["dependencies"] == {"theorems": ["half"], "axioms": []}
    assert [line["reason"] for line in quarter["evidence"]] == ["given", "lemma", "positivity", "combination"]
    lemma = quarter["evidence"][1]
    assert (lemma["theorem"], lemma["uses"], lemma["says"]) == ("half", ["larger"], "x/2 < y")
    assert quarter["evidence"][3]["uses"] == ["half", "positive"]
    assert quarter["seconds"] >= 0
    assert quarter["engine"] == engine()


def test_a_line_that_fails_says_why(records):
    quarter = records(more=" / 8")["quarter"]
    assert quarter["status"] == "UNPROVED"
    assert "problem" not in quarter["evidence"][2]
    assert "normal form" in quarter["evidence"][3]["problem"]


def test_the_engine_is_named_by_the_source_of_what_decides():
    assert re.fullmatch(r"[0-9a-f]{64}", engine()["sha256"])
    module = check.__module__.rpartition(".")[2]
    assert module in DECIDING
    assert engine()["name"] == check.__module__.rpartition(".")[0]
