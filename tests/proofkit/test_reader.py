"""Theorems as plain data: what is written is read again, and nothing else is read."""

import json
from fractions import Fraction

import pytest

from eftheory.proofkit import Geometric, Repeated, Telescoped, check, expectation, inner, mean, square
from eftheory.proofkit.kernel.reader import DEEPEST, DataError, parse, read_theorem
from eftheory.proofkit.lessons.html import as_page
from eftheory.proofkit.lessons.latex import as_document
from eftheory.proofkit.lessons.lesson import tell
from eftheory.proofkit.lessons.script import Script
from eftheory.proofkit.writer import write_theorem
from tests.proofkit.claims import new, refused


def theorem():
    """One with a part of every kind."""
    t = new()
    a, T = t.parameter("a", above=0, at_most=Fraction(1, 2)), t.parameter("T", at_least=1)
    b = t.parameter("b", at_least=0, below=1 / a, indexed=True, latex=r"\beta")
    x, x_next = t.scalar("x"), t.scalar("x+", random=True)
    v, w = t.vector("v", indexed=True), t.vector("w")
    C = t.linear("C", indexed=True)
    t.given("line", mean(b * square(C(v) - w) ** 2) <= -x / 3)
    t.given("vectors", mean(v).equals(w))
    t.claim(inner(w, w) >= 0, x < 1)
    t.combine("sum", x <= x, [("line"), (2, "line")], squares=[(1, w)], mean_squares=[(b, v)], modulo=["line"])
    t.positive("sign", square(w) >= 0)
    t.average("mean", mean(x) <= mean(x), "sum", weight=b)
    t.expect("expected", expectation(x) <= expectation(x), "sum")
    t.cancel("divided", x <= x, "sum", a)
    t.root("root", x <= x, "sum")
    t.lemma("lemma", x <= x, "another", {x: a}, given=["sum"])
    power, first, last = t.scalar("power"), t.scalar("x0"), t.scalar("xT")
    t.repeat("T steps", x <= x, Repeated("sum", x, {x: x_next}, a, power, {x: first}, {x: last}))
    average = t.scalar("average")
    t.telescope("total", x <= x, Telescoped("sum", x, {x: x_next}, a, x, "sign", average, {x: first}, T))
    t.geometric("small", power <= 1, Geometric(power, a, T))
    t.qed("sum", "sign")
    return t


def data():
    return json.loads(json.dumps(write_theorem(theorem())))


def test_what_is_read_is_what_was_written():
    assert vars(read_theorem(data())) == vars(theorem())
    assert write_theorem(read_theorem(data())) == data()
    assert read_theorem(data()).parameters[2].symbol.latex == r"\beta"


def test_what_is_told_decides_nothing():
    assert vars(read_theorem(data() | {"told": "whatever"})) == vars(theorem())


def put(place, value):
    """The data with one change, at a place as "steps 0 says"."""
    found = whole = data()
    *path, last = [int(part) if part.isdigit() else part for part in place.split()]
    for part in path:
        found = found[part]
    if value is None:
        del found[last]
    else:
        found[last] = value
    return whole


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("format", "eftheory-theorem/2"),
        ("title", None),
        ("title", 7),
        ("more", []),
        ("steps", {}),
        ("steps 0 says", ["x", ">", "x"]),
        ("steps 0 says", ["x", "<="]),
        ("steps 0 says 0", "y"),
        ("steps 0 says 0", "C_i"),
        ("steps 0 says 0", ["+"]),
        ("steps 0 says 0", ["*", "w", "w"]),
        ("steps 0 says 0", ["-", "x", "x"]),
        ("steps 0 says 0", ["/", "x"]),
        ("steps 0 says 0", ["^", "x", -1]),
        ("steps 0 says 0", ["^", "x", True]),
        ("steps 0 says 0", ["^", "x", "2"]),
        ("steps 0 says 0", ["map", "x", "w"]),
        ("steps 0 says 0", [["+"], "x"]),
        ("steps 0 says 0", []),
        ("steps 0 says 0", 1),
        ("steps 0 says 0", "1/0"),
        ("steps 0 says 0", "2/4"),
        ("steps 0 says 0", "+1"),
        ("steps 0 says 0", "1e3"),
        ("steps 0 says 0", "0.5"),
        ("steps 0 reason", "axiomatic"),
        ("steps 0 reason", ["combination"]),
        ("steps 0 weight", "1"),
        ("steps 0 using", [["1"]]),
        ("steps 0 using", [["1", 2]]),
        ("steps 2 weight", None),
        ("steps 6 values", {"y": "1"}),
        ("hypotheses 0 reason", "root"),
        ("parameters 0 at_least", "0"),
        ("parameters 0 symbol", "1"),
        ("symbols a", {"kind": "matrix"}),
        ("symbols a", {"random": 1}),
        ("symbols C_i", {"kind": "map", "random": True}),
        ("symbols a", {"indexed": True}),
        ("symbols a\nPROVED", {}),
        ("symbols \u202ea", {}),
    ],
)
def test_what_is_written_otherwise_is_refused(place, value):
    with pytest.raises(DataError):
        read_theorem(put(place, value))


@pytest.mark.parametrize("text", [b"1.5", b"NaN", b'{"a": "1", "a": "2"}', b"\xff", b"", b"[" * 100_000])
def test_what_is_no_such_json_is_refused(text):
    with pytest.raises(DataError):
        parse(text)


def test_what_is_nested_too_deeply_is_refused():
    deep = "x"
    for _ in range(100_000):
        deep = ["mean", deep]
    with pytest.raises(DataError, match="deep"):
        read_theorem(data() | {"claims": [[deep, "<=", "x"]]})


@pytest.mark.parametrize(
    "wrap", [lambda node: ["+", node, "1"], lambda node: ["/", "1", node], lambda node: ["*", node]]
)
@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_what_can_be_read_can_be_checked_and_told(wrap, depth):
    deep = "x"
    for _ in range(depth):
        deep = wrap(deep)
    says = [deep, "<=", deep]
    line = {"name": "s", "says": says, "reason": "combination"}
    parts = {"symbols": {"x": {}}, "parameters": [{"symbol": "x", "above": "0"}], "hypotheses": []}
    found = data() | parts | {"claims": [says], "steps": [line], "qed": ["s"]}
    if depth > DEEPEST:
        with pytest.raises(DataError, match="deep"):
            read_theorem(found)
    else:
        theorem = read_theorem(found)
        lesson = tell(check(theorem), Script())
        assert lesson[-1].parts == ("PROVED",)
        assert as_document(lesson)
        assert as_page(lesson)


@pytest.mark.parametrize("words", ["PROVED\nand more", "\x1b[2K", "a\u202eb", ""])
def test_titles_and_names_of_lines_are_one_line_each(words):
    for place in ("title", "name"):
        t = new()
        t.title = words if place == "title" else t.title
        x = t.parameter("x", at_least=0)
        t.qed(t.combine(words if place == "name" else "a", t.claim(x <= x)))
        refused(t, "on one line")


def test_a_range_says_nothing_of_powers():
    """It would be a hypothesis that nobody looks for: 2^T <= 3."""
    t = new()
    power = t.parameter("(2)^T", at_most=3)
    t.qed(t.positive("a", t.claim(power <= 3)))
    refused(t, "name of a power")


def test_a_hypothesis_does_not_call_a_number_a_power():
    t = new()
    power = t.scalar("(2)^T")
    t.qed(t.combine("a", t.claim(power <= 3), [t.given("given", power <= 3)]))
    refused(t, "name of a power")


def test_what_was_read_has_the_same_verdict():
    t = new()
    x = t.parameter("x", above=0)
    t.qed(t.positive("a", t.claim(x / 2 < x)))
    assert check(read_theorem(write_theorem(t))).problem is None
    t.qed(t.positive("b", t.claim(x < x / 2)))
    assert check(read_theorem(write_theorem(t))).problem == check(t).problem is not None
