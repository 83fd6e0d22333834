"""``eftheory compare``: a table, verdicts, and what is wrong in one line."""

from __future__ import annotations

import json

import pytest

ONE = ["--agents", "L=1,mu=1/10"]


def test_methods_stand_side_by_side(run) -> None:
    code, out, err = run("compare", "gd", "cgd", "ef21", *ONE, "--alpha", "3/4")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:4]] == ["gd", "cgd", "ef21"]
    assert "gd is proved to be faster than cgd, ef21 at these step sizes" in out
    assert "cgd is proved to be faster than ef21 at these step sizes" in out


def test_bits_are_those_of_the_compressor(run) -> None:
    said = ["--compressor", "topk:k=10", "--dim", "100", "--json", "--accuracy", "1e-3"]
    code, out, _ = run("compare", "gd", "ef21", *ONE, *said)
    gd, ef21 = json.loads(out)["methods"]
    assert code == 0
    assert int(gd["bits"]) == gd["rounds"] * 32 * 100
    assert int(ef21["bits"]) < ef21["rounds"] * 32 * 100
    assert json.loads(out)["faster_than"] == {"gd": ["ef21"], "ef21": []}


def test_ef_and_ef21_overlap(run) -> None:
    code, out, _ = run("compare", "ef", "ef21", *ONE, "--alpha", "3/4")
    assert code == 0
    assert "nothing is proved about which is faster" in out


def test_a_method_of_a_user_and_sums(run, tmp_path) -> None:
    code, out, _ = run("compare", "ef21", "gd", "--agents", "L=1", "--alpha", "1/2", "--class", "nonconvex")
    assert code == 0
    assert "ef21: (1/T) sum_{t<T}" in out
    assert "nothing is proved" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ef21", *ONE, "--alpha", "1"], "ef21: name two methods or more"),
        (["ef21", "gd", "ef21", *ONE, "--alpha", "1"], "ef21 is named twice"),
        (["ef21", "gd", *ONE], "ef21: alpha is missing"),
        (["ef21", "ef12", *ONE, "--alpha", "1"], "ef12"),
        (["ef21", "gd", *ONE, "--alpha", "2"], "ef21: alpha=2: alpha must lie in (0, 1]"),
        (["ef21", "gd", *ONE, "--alpha", "1", "--accuracy", "2"], "accuracy=2: a share of the start"),
        (["ef21", "gd", *ONE, "--compressor", "topk:k=10"], "--dim is missing"),
        (["ef21", "gd", *ONE, "--compressor", "topk:k=10", "--dim", "100", "--alpha", "1"], "--compressor says it"),
        (["ef21", "gd", *ONE, "--alpha", "1", "--dim", "0"], "--dim 0: at least 1"),
        (["ef21", "gd", "--agents", "L=1", "--alpha", "1"], "mu missing"),
    ],
)
def test_what_is_wrong_is_one_line(run, words, message) -> None:
    code, out, err = run("compare", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1
