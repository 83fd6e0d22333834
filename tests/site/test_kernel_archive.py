"""What runs in the browser needs the standard library only, and says what the command line says."""

import io
import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from eftheory.certificates import digest
from eftheory.proofkit.exercises import find_exercises
from eftheory.site.kernel_archive import PACKAGE, kernel_archive

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "tests" / "proofs" / "solutions").glob("*.py"))
CERTIFICATE = ROOT / "reports" / "certificates" / "cgd-n1-kappa10-alpha1_10.cert.json"
PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from eftheory.site import in_browser
assert in_browser.__file__.startswith(sys.argv[1])
answers = [getattr(in_browser, kind)(*texts) for kind, *texts in json.load(sys.stdin)]
import eftheory.proofkit
for name in dir(eftheory.proofkit):
    getattr(eftheory.proofkit, name)
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Answers of a Python that has the unpacked archive and the standard library alone."""
    place, work = tmp_path_factory.mktemp("kernel"), tmp_path_factory.mktemp("work")
    with ZipFile(io.BytesIO(kernel_archive())) as archive:
        archive.extractall(place)

    def asked(*questions):
        done = subprocess.run(
            [sys.executable, "-S", "-E", "-c", PROGRAM, str(place)],
            input=json.dumps(questions), capture_output=True, text=True, check=True, timeout=120, cwd=work,
        )  # fmt: skip
        return [tuple(answer) for answer in json.loads(done.stdout)]

    return asked


def test_it_is_the_same_bytes_and_each_file_is_unchanged():
    packed = kernel_archive()
    assert packed == kernel_archive()
    assert len(packed) < 300_000
    with ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            assert archive.read(name) == (PACKAGE.parent / name).read_bytes()


def test_it_checks_certificates_as_the_command_does(ask):
    text = CERTIFICATE.read_text()
    data = json.loads(text)
    data["upper"]["rate"] = "1/1000"
    (good, said), (bad, told), (none, why) = ask(
        ["check", text], ["check", json.dumps(data | {"digest": digest(data)})], ["check", "\ud800"]
    )
    assert (good, bad, none) == (True, False, False)
    assert said.startswith("'certificate.json': proved\n")
    assert "FAILS: " in told
    assert "is not a certificate" in why
    command = [sys.executable, "-m", "eftheory.check", str(CERTIFICATE)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.splitlines()[1:] == printed.splitlines()[1:]


def test_it_marks_every_exercise(ask):
    """As given it is not proved; its solution is; and one is not the solution of another."""
    exercises = find_exercises()
    expected = {name: json.dumps(exercises[name].statement) for name in exercises}
    names = [path.stem for path in SOLUTIONS]
    solved = ask(*(["prove", path.stem, path.read_text(), expected[path.stem]] for path in SOLUTIONS))
    assert solved == [(True, f"PROVED\nSOLVED: exercise {name}\n") for name in names]
    given = ask(*(["prove", name, exercises[name].text, expected[name]] for name in names))
    assert all(not good and said.startswith("UNPROVED: ") for good, said in given), given
    others = ask(*(["prove", path.stem, path.read_text(), expected[names[0]]] for path in SOLUTIONS[1:]))
    assert all(not good and said.startswith("NOT THE EXERCISE") for good, said in others)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "young.py: it must define theorem = Theorem('young', ...)"),
        ("print('hello')\n1 / 0", "hello\nit does not run: young.py, line 2: ZeroDivisionError: division by zero"),
        ("(", "it does not run: young.py: SyntaxError: '(' was never closed (young.py, line 1)"),
        ("import sys; sys.exit(3)", "it does not run: young.py, line 1: SystemExit: 3"),
        ("import sympy", "it does not run: young.py, line 1: ModuleNotFoundError: No module named 'sympy'"),
    ],
)
def test_what_does_not_run_is_told_in_a_line(ask, text, said):
    ((good, told),) = ask(["prove", "young", text, "{}"])
    assert (good, told) == (False, f"{said}\n")
