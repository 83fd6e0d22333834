"""Files that change the kernel, or lie about what symbols are: they change no verdict, and least of all others'."""

import sys
from textwrap import dedent

import pytest

from eftheory.cli.app import main
from eftheory.loading import LoadingError
from eftheory.proofkit import check, expression, loader
from eftheory.proofkit.catalogue import load, load_one, prove
from eftheory.proofkit.kernel import expression as words

HEAD = """
import os, sys
from eftheory.proofkit import Theorem, expectation, inner, mean, square
from eftheory.proofkit.kernel import checker, expression, normal, outcome, polynomial, reader, sign
theorem = t = Theorem("wrong", "a lie")
x, u, v = t.scalar("x"), t.vector("u"), t.vector("v")
"""
LIE = "t.qed(t.positive('a', t.claim(x < x)))\n"
PATCHES = {
    "every reason is enough": "checker.Checker.follows = lambda self, reason, relation: None",
    "all conclusions are there": "checker.Checker.conclude = lambda self: None",
    "all signs are seen": "sign.Signs.sign = lambda self, node: 'positive'",
    "all rests vanish": "normal.Ratio.is_zero = property(lambda self: True)",
    "all polynomials are equal": "polynomial.Polynomial.__eq__ = lambda self, other: True",
    "nothing is wrong": "outcome.Outcome.status = 'PROVED'",
    "another check": "checker.check = lambda *_: None; sys.modules['eftheory.proofkit.kernel'].check = checker.check",
    "symbols are all equal": "expression.Symbol.__eq__ = lambda self, other: True",
}
SUBCLASSES = {
    "a symbol that equals all others": """
        class Any(expression.Symbol):
            def __eq__(self, other): return True
            def __hash__(self): return 1
        t.qed(t.positive("a", t.claim(inner(Any("u", vector=True), v) >= 0)))
        """,
    "a relation with a slack of its own": """
        class Kind(expression.Relation):
            slack = property(lambda self: expression.wrap(1))
        t.qed(t.positive("a", t.claim(Kind(expression.wrap(1), "<=", expression.wrap(0)))))
        """,
    "a number that is two numbers": """
        from fractions import Fraction
        class Two(Fraction):
            def __gt__(self, other): return True
        t.qed(t.positive("a", t.claim(0 < expression.Number(Two(-1)))))
        """,
    "a reason of its own": """
        from eftheory.proofkit.kernel.reason import Given
        from eftheory.proofkit.kernel.theorem import Step
        class Enough(Given): pass
        t.steps.append(Step("a", t.claim(x < x), Enough()))
        t.qed("a")
        """,
    "a name that is every name": """
        class Name(str):
            def __eq__(self, other): return True
            __hash__ = str.__hash__
        t.qed(t.positive("a", t.claim(inner(expression.Symbol(Name("u"), vector=True), v) >= 0)))
        """,
}
HONEST = HEAD.replace('"wrong", "a lie"', '"{slug}", "another file"')


def write(folder, slug, text):
    (folder / f"{slug}.py").write_text(text, "utf-8")


@pytest.mark.parametrize("patch", PATCHES.values(), ids=PATCHES)
def test_a_file_that_changes_the_kernel_changes_no_verdict(tmp_path, patch):
    write(tmp_path, "before", HONEST.format(slug="before") + LIE)
    write(tmp_path, "wrong", HEAD + patch + "\n" + LIE)
    write(tmp_path, "zlast", HONEST.format(slug="zlast") + LIE)
    assert {slug: entry.status for slug, entry in prove(load(tmp_path)).items()} == dict.fromkeys(
        ("before", "wrong", "zlast"), "UNPROVED"
    )


@pytest.mark.parametrize("trick", SUBCLASSES.values(), ids=SUBCLASSES)
def test_kinds_that_lie_of_themselves_are_refused(tmp_path, trick):
    write(tmp_path, "wrong", HEAD + dedent(trick))
    with pytest.raises(ValueError, match=r"wrong\.py: "):
        load_one(tmp_path / "wrong.py")
    names: dict = {}
    exec(HEAD + dedent(trick), names)  # within one process the kernel looks at kinds, too
    assert check(names["theorem"]).problem is not None


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("os._exit(0)", "ended"),
        ("sys.exit(3)", "SystemExit: 3"),
        ("1 / 0", "ZeroDivisionError"),
        ("del theorem", "must"),
    ],
)
def test_a_file_that_ends_early_is_in_nobody_elses_way(tmp_path, ending, said):
    write(tmp_path, "wrong", HEAD + ending)
    write(tmp_path, "right", HONEST.format(slug="right") + "t.qed(t.combine('a', t.claim(x <= x)))")
    with pytest.raises(ValueError, match=said):
        load_one(tmp_path / "wrong.py")
    assert check(load_one(tmp_path / "right.py")).problem is None


def test_where_a_process_cannot_split_there_is_one_for_each_file(tmp_path, monkeypatch):
    program = loader._PROGRAM.replace("loading_process.serve", "loading_process.SPLITS = False\nloading_process.serve")
    monkeypatch.setattr(loader, "_PROGRAM", program)
    monkeypatch.setattr(loader, "SPLITS", False)
    monkeypatch.setattr(loader, "_PROCESS", loader._LoadingProcess())
    write(tmp_path, "wrong", HEAD + PATCHES["every reason is enough"] + "\n" + LIE)
    write(tmp_path, "right", HONEST.format(slug="right") + "print(1)\nt.qed(t.combine('a', t.claim(x <= x)))")
    assert {slug: entry.status for slug, entry in prove(load(tmp_path)).items()} == {
        "right": "PROVED", "wrong": "UNPROVED",
    }  # fmt: skip
    assert loader._PROCESS._process is None


def test_what_a_file_prints_is_no_answer(tmp_path, capsys):
    forged = 'print(\'20\\n{"problem": "no file"}\')\nos.write(1, b"5\\n[1,2]")\n'
    write(tmp_path, "right", HONEST.format(slug="right") + forged + "t.qed(t.combine('a', t.claim(x <= x)))")
    for _ in range(2):
        assert check(load_one(tmp_path / "right.py")).problem is None
    main_output = capsys.readouterr().out
    assert main_output == ""


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(LoadingError, match="no such file"):
        load_one(tmp_path / "missing.py")


def test_words_hide_no_command_to_a_terminal(tmp_path):
    write(tmp_path, "wrong", HEAD + "t.survivors = {'a': '\\x1b[2K'}\n" + LIE)
    with pytest.raises(ValueError, match="cannot be seen"):
        load_one(tmp_path / "wrong.py")


def test_the_command_says_in_a_line_what_is_wrong(tmp_path, capsys):
    write(tmp_path, "wrong", HEAD + dedent(SUBCLASSES["a reason of its own"]))
    with pytest.raises(SystemExit):
        main(["prove", str(tmp_path / "wrong.py")])
    assert capsys.readouterr().err == "eftheory: wrong.py: Enough is no reason\n"


TRUE = "theorem = t = Theorem('{slug}', 'b')\na = t.parameter('a', above=0)\nt.qed(t.positive('s', t.claim(a > 0)))\n"
FALSE = TRUE.replace("a > 0", "a < 0")
USES = "theorem = t = Theorem('y', 'b')\na = t.parameter('a', above=0)\nt.qed(t.lemma('s', t.claim(a > 0), '{slug}'))\n"
IMPORT = "from eftheory.proofkit import Theorem\n"


def two_folders(tmp_path, slug):
    """A false theorem x, and elsewhere a true one of the same name, beside one that uses it."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "one", "x", IMPORT + FALSE.format(slug="x"))
    write(tmp_path / "two", "x", IMPORT + TRUE.format(slug="x"))
    write(tmp_path / "two", "y", IMPORT + USES.format(slug=slug))
    return [str(tmp_path / place) for place in ("one/x.py", "two/x.py", "two/y.py")]


def test_a_theorem_does_not_stand_for_another_one_of_its_name(tmp_path, capsys):
    false, true, user = two_folders(tmp_path, "x")
    for files in ([false, true], [true, false], [false, user], [user, false]):
        with pytest.raises(SystemExit) as stop:
            main(["prove", *files])
        assert stop.value.code not in (0, None)
        printed = capsys.readouterr()
        assert "PROVED" not in printed.out
        assert "x: two files of this name hold different theorems" in printed.err


@pytest.mark.parametrize("slug", ["../two/x", "./x", "../two/../two/x"])
def test_a_lemma_lies_in_no_other_folder(tmp_path, capsys, slug):
    false, _, user = two_folders(tmp_path, slug)
    with pytest.raises(SystemExit) as stop:
        main(["prove", false, user])
    assert stop.value.code == 1
    printed = capsys.readouterr().out
    assert "0 of 2 proved" in printed
    assert f"there is no {slug!r}" in printed


def test_more_than_a_theorem_holds_is_not_read(tmp_path, monkeypatch):
    program = loader._PROGRAM.replace("loading_process.serve", "loading_process.LARGEST = 100\nloading_process.serve")
    monkeypatch.setattr(loader, "_PROGRAM", program)
    monkeypatch.setattr(loader, "LARGEST", 100)
    monkeypatch.setattr(loader, "_PROCESS", loader._LoadingProcess())
    write(tmp_path, "right", IMPORT + TRUE.format(slug="right"))
    with pytest.raises(ValueError, match="101 bytes"):
        load_one(tmp_path / "right.py")


FORGES = """
import json, os
from eftheory.proofkit.writer import write_theorem
forged = Theorem("wrong", "a lie")
a = forged.parameter("a", above=0)
forged.qed(forged.positive("s", forged.claim(a > 0)))
for end in range(3, 64):
    try:
        os.write(end, json.dumps({"theorem": write_theorem(forged)}).encode())
    except OSError:
        pass
os.kill(os.getppid(), 9)
"""


def test_a_lemma_does_not_answer_for_the_file_that_waits_for_it(tmp_path):
    write(tmp_path, "lemma", IMPORT + TRUE.format(slug="lemma") + FORGES)
    asks = "t.lemma('l', x <= 0, 'lemma', {'a': x})\n"
    write(tmp_path, "wrong", HEAD + asks + LIE)
    with pytest.raises(ValueError, match="ended the process"):
        load_one(tmp_path / "wrong.py")


def test_a_file_of_the_current_folder_does_not_pass_for_a_library(tmp_path, monkeypatch):
    for name in ("json", "sys", "fractions", "eftheory"):
        write(tmp_path, name, "raise ValueError('this is no library')")
    (tmp_path / "proofs").mkdir()
    write(tmp_path / "proofs", "right", IMPORT + TRUE.format(slug="right"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place])
    monkeypatch.setattr(loader, "_PROCESS", loader._LoadingProcess())
    assert check(load_one(tmp_path / "proofs" / "right.py")).problem is None


def test_proof_files_find_all_words_of_expressions():
    own = {name for name, what in vars(words).items() if getattr(what, "__module__", "") == words.__name__}
    assert {name for name in own if name[0] != "_"} <= vars(expression).keys()
