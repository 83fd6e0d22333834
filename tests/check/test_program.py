"""``python -m eftheory.check`` as people run it: exit codes, streams, and nothing but the standard library."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.certificates import Block, Certificate
from eftheory.check import check_certificate
from eftheory.check.__main__ import main
from eftheory.exact.budget import limited
from eftheory.witnesses.drift import drifting_orbit
from eftheory.writing import seal, write_certificate
from tests.certificates.make_bad import DEFECTS
from tests.certificates.test_bad_files import QUICK
from tests.kit.examples import EXAMPLES, example
from tests.kit.nonconvex import setting as nonconvex

ROOT = Path(__file__).resolve().parents[2]
BARE = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
BLOCKER = """
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numpy", "sympy", "cvxpy", "clarabel", "flint", "typer", "rich", "scipy"}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Refuse())
"""


def run(*arguments, python=(), stdin=b"", env=None):
    command = [sys.executable, *python, "-m", "eftheory.check", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, cwd=ROOT, env=env)


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.json"
    path.write_bytes(write_certificate(example("ef21")))
    return path


@pytest.fixture
def bad(tmp_path):
    """Returns a function that writes a bad file by its name."""

    def write(name: str) -> Path:
        path = tmp_path / f"{name}.json"
        path.write_bytes(DEFECTS[name].make())
        return path

    return write


def test_a_good_certificate(good):
    result = run(good)
    assert result.returncode == 0
    assert result.stderr == b""
    lines = result.stdout.decode().splitlines()
    assert lines[0].endswith("proved")
    assert "EF21 (version 1) with step size 1/60" in lines[1]
    counts = {v.claim.kind: len(v.obligations) for v in check_certificate(example("ef21"))}
    assert [line for line in lines if "proved (" in line] == [
        f"  {kind}: proved ({count} obligations)" for kind, count in counts.items()
    ]


@pytest.mark.parametrize("flags", [["-O"], ["-OO"], ["-S", "-E"], ["-W", "error"], ["-X", "dev"]])
def test_under_other_interpreter_flags(good, bad, flags):
    """-O strips assertions: the checker must not live by them."""
    assert run(good, python=flags).returncode == 0
    result = run(bad("rate_lowered"), python=flags)
    assert result.returncode == 1
    assert b"FAILS" in result.stdout


@pytest.mark.parametrize("flags", [["-I", "-S"], ["-I"]])
def test_with_the_standard_library_alone(good, bad, flags):
    """No site-packages (-S), and heavy imports refused even where installed."""
    for path, code in ((good, 0), (bad("multiplier_dropped"), 1)):
        program = f"{BARE}{BLOCKER}\nfrom eftheory.check.__main__ import main\nsys.exit(main([{str(path)!r}]))"
        result = subprocess.run([sys.executable, *flags, "-c", program], capture_output=True, timeout=60)
        assert (result.returncode, result.stderr) == (code, b"")


def test_the_blocker_blocks():
    program = f"{BARE}{BLOCKER}\nimport eftheory.search"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60)
    assert result.returncode != 0


@pytest.mark.parametrize(
    ("name", "status"),
    [("rate_lowered_gd", "refuted"), ("multiplier_dropped", "inconclusive"), ("motionless_mode", "inconclusive")],
)
def test_a_certificate_that_does_not_prove_its_claim(bad, name, status):
    result = run(bad(name))
    assert result.returncode == 1
    assert result.stdout.decode().splitlines()[0].endswith(status)
    assert DEFECTS[name].expected in result.stdout.decode()
    assert result.stderr == b""


@pytest.mark.parametrize("name", ["truncated", "digest_mismatch", "number_401_digits", "nested_deeply", "alpha_zero"])
def test_a_file_that_is_no_certificate(bad, name):
    result = run(bad(name))
    assert result.returncode == 1
    assert result.stdout == b""
    assert len(result.stderr.splitlines()) == 1
    assert DEFECTS[name].expected.encode() in result.stderr


def test_no_bad_file_is_accepted(tmp_path, capsys):
    """All of them through the program's own main, one at a time."""
    for name, defect in DEFECTS.items():
        path = tmp_path / f"{name}.json"
        path.write_bytes(defect.make())
        with limited(QUICK):
            assert main([str(path)]) == 1, name
    assert "Traceback" not in capsys.readouterr().err


def test_one_bad_file_among_good_ones(good, bad, capsys):
    assert main([str(good), str(good)]) == 0
    assert main([str(good), str(bad("c_raised")), str(good)]) == 1
    assert main([str(bad("empty")), str(good)]) == 1
    out, err = capsys.readouterr()
    assert out.count("'") > 0
    assert err.count("is not a certificate") == 1


def test_standard_input(good):
    assert run("-", stdin=good.read_bytes()).returncode == 0
    assert run("-", stdin=good.read_bytes()[:-3]).returncode == 1
    assert run("-", stdin=b"").returncode == 1


def test_a_path_that_cannot_be_read(tmp_path, good):
    for path in (tmp_path / "missing.json", tmp_path):
        for arguments in ([path], [good, path], ["--json", path]):
            result = run(*arguments)
            assert result.returncode == 2
            assert len(result.stderr.splitlines()) == 1
            assert b"cannot read" in result.stderr
            assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--nonsense"], ["--json"]])
def test_usage(arguments):
    result = run(*arguments)
    assert result.returncode == 2
    assert b"usage: eftheory check" in result.stderr
    assert result.stdout == b""


def test_json_is_one_object_with_a_key_for_each_file(good, bad):
    rejected, refused = bad("rate_lowered"), bad("nan")
    result = run("--json", good, rejected, refused)
    assert result.returncode == 1
    report = json.loads(result.stdout)
    assert list(report) == [str(good), str(rejected), str(refused)]
    assert [entry["status"] for entry in report.values()] == ["proved", "inconclusive", "inconclusive"]
    assert report[str(good)]["bounds"]["upper"] == {"status": "proved", "rate": str(example("ef21").upper.rate)}
    assert "EF21" in report[str(good)]["claim"]
    assert all(o["holds"] for o in report[str(good)]["obligations"])
    failing = [o for o in report[str(rejected)]["obligations"] if not o["holds"]]
    assert [(o["bound"], o["name"]) for o in failing] == [("upper", DEFECTS["rate_lowered"].expected)]
    assert "bare number NaN" in report[str(refused)]["error"]
    assert report[str(refused)]["obligations"] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_through_the_program(name, tmp_path, capsys):
    path = tmp_path / "c.json"
    path.write_bytes(write_certificate(example(name)))
    assert main([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[str(path)]["status"] == "proved"


def test_the_constant_of_an_orbit_is_no_rate(tmp_path, capsys):
    path = tmp_path / "c.json"
    orbit = drifting_orbit(claimed := nonconvex("1/2", "1/2"))
    path.write_bytes(write_certificate(Certificate(claimed, drift=orbit)))
    assert main([str(path), "--json"]) == 0
    bounds = json.loads(capsys.readouterr().out)[str(path)]["bounds"]
    assert bounds == {"drift": {"status": "proved", "constant": str(orbit.constant)}}


SURROGATE, ESCAPE = "\ud800", "\x1b[2J\x1b[31m"


def hostile_files() -> dict[str, bytes]:
    """Well-formed certificates whose names carry text that must not reach a terminal, or break printing."""
    certificate = example("ef21")
    document = json.loads(write_certificate(certificate))
    files = {}
    for label, name in (("surrogate", SURROGATE), ("escape", ESCAPE)):
        one = str(1)
        block = {"symbols": [name], "rows": [["-1"]]}
        files[f"{label} gram"] = {**document, "class_bound": {"rate": one, "gram": [block]}}
        files[f"{label} coordinate"] = {**document, "upper": {**document["upper"], "lyapunov": [block]}}
        files[f"{label} multiplier"] = {**document, "upper": {**document["upper"], "multipliers": {name: [one]}}}
        files[f"{label} state"] = {**document, "lower": {**document["lower"], "agents": {name: [[one]]}}}
        files[f"{label} key"] = {**document, name: one}
        files[f"{label} method"] = {**document, "setting": {**document["setting"], "method": name}}
        files[f"{label} provenance"] = {**document, "lower": {}, "provenance": {name: name}}
    return {label: json.dumps(seal(content)).encode() for label, content in files.items()}


@pytest.mark.parametrize("label", hostile_files())
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_names_in_a_file_do_no_harm_when_printed(label, encoding):
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    result = run("-", stdin=hostile_files()[label], env=env)
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"\x1b" not in result.stdout + result.stderr
    assert (result.stdout + result.stderr).replace(b"\n", b"").decode().isprintable()


def test_long_numbers_are_printed_or_left_out_but_break_nothing(tmp_path, capsys):
    """Numbers of 400 digits in many places: sums of their products exceed what Python prints."""
    certificate = example("gd")
    names = [f"s{k}" for k in range(12)] + ["g[0]", "r1[0]", "x"]
    rows = tuple(tuple(Fraction(3**800 + 7 * i + j, 5**500 + i + j) for j in range(i + 1)) for i in range(len(names)))
    bound = replace(certificate.class_bound, gram=(Block(tuple(names), rows),))
    path = tmp_path / "long.json"
    path.write_bytes(write_certificate(replace(certificate, class_bound=bound)))
    assert main([str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[str(path)]["bounds"]["upper"]["status"] == "proved"


def test_output_that_nobody_reads_is_no_verdict(good):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "eftheory.check", str(good)]
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, cwd=ROOT)
    os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_that_cannot_be_written_is_no_verdict(good):
    command = [sys.executable, "-m", "eftheory.check", str(good)]
    with open("/dev/full", "wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, cwd=ROOT)
    said = b"eftheory check: the output cannot be written: No space left on device\n"
    assert (result.returncode, result.stderr) == (2, said)


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "é.json"), ("ascii", r"\xe9.json")])
def test_letters_of_a_name_are_echoed_if_the_output_has_them(encoding, name, tmp_path):
    (tmp_path / "é.json").write_bytes(write_certificate(example("gd")))
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "eftheory.check", "é.json", "a\n.json"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert ended.stdout.decode(encoding).startswith(f"'{name}': proved")
    assert r"'a\n.json'" in ended.stderr.decode(encoding)
