"""The command prove: which files it reads, how it lists them, and what it says of names it does not know."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eftheory.cli import prove as command
from eftheory.cli.app import main
from eftheory.cli.commands import app
from eftheory.proofkit import catalogue, check
from eftheory.proofkit.catalogue import prove_each
from eftheory.proofkit.kernel.reader import REASONS, parse, read_theorem
from eftheory.proofkit.writer import as_text, write_theorem

PROOFS = Path(__file__).resolve().parents[2] / "proofs"
THEOREM = """
from eftheory.proofkit import Theorem
theorem = Theorem("{slug}", "Half of a positive number is less")
x = theorem.parameter("x", above=0)
theorem.qed(theorem.positive("less", theorem.claim(x / 2 {sign} x)))
"""


@pytest.fixture
def prove(tmp_path, monkeypatch):
    """Run it where there is a proof that holds, one that does not, and a file that is no proof."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "proofs"
    folder.mkdir()
    (folder / "halves.py").write_text(THEOREM.format(slug="halves", sign="<"), "utf-8")
    (folder / "wrong.py").write_text(THEOREM.format(slug="wrong", sign=">"), "utf-8")
    (folder / "broken.py").write_text("theorem = 1 / 0\n", "utf-8")
    (folder / "contents.json").write_text(json.dumps({"Good": ["halves"], "Bad": ["wrong"]}), "utf-8")
    return lambda *arguments: CliRunner().invoke(app, ["prove", *arguments], standalone_mode=False)


def test_a_broken_file_is_in_nobody_elses_way(prove) -> None:
    assert prove("halves").output.rstrip().endswith("\nPROVED")
    result = prove("--all")
    rows = {line.split()[0]: line for line in result.output.splitlines()}
    assert "PROVED" in rows["halves"].split()
    assert rows["broken:"].startswith("broken: does not load: ")
    assert "ZeroDivisionError" in rows["broken:"]
    assert result.output.splitlines()[-1] == "1 of 3 proved"
    assert result.return_value == 1


def test_a_lemma_whose_file_does_not_load_is_not_proved(prove, tmp_path) -> None:
    uses = (
        THEOREM.format(slug="uses", sign="<")
        .replace('positive("less"', 'lemma("less"')
        .replace("x))", 'x), "broken"))')
    )
    (tmp_path / "proofs" / "uses.py").write_text(uses, "utf-8")
    (record,) = [each for each in json.loads(prove("--all", "--json").output) if each["slug"] == "uses"]
    assert record["status"] == "UNPROVED"


def test_what_does_not_load_has_no_data_and_no_example(prove, tmp_path) -> None:
    assert prove("--all", "--data", "data", "--examples", "--html", "pages").return_value == 1
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        "halves.theorem.json",
        "wrong.theorem.json",
    ]
    assert "broken" not in (tmp_path / "proofs" / "examples.json").read_text("utf-8")
    assert prove("--all", "--attack").output.count("does not load") == 1


def test_a_table_has_the_parts_of_the_contents(prove) -> None:
    result = prove("wrong", "halves")
    lines = [line.split()[0] for line in result.output.splitlines()]
    assert lines == ["theorem", "Good", "halves", "Bad", "wrong", "wrong:", "1"]
    assert result.output.splitlines()[-1] == "1 of 2 proved"
    assert result.return_value == 1


def test_a_row_is_there_before_the_next_theorem_is_checked(prove, monkeypatch, capsys):
    printed = []

    def watched(*arguments):
        for entry in prove_each(*arguments):
            printed.append(capsys.readouterr().out)
            yield entry

    monkeypatch.setattr("eftheory.cli.prove.prove_each", watched)
    with pytest.raises(SystemExit):
        main(["prove", "halves", "wrong"])
    (header, first), rest = printed, capsys.readouterr().out
    assert header.split() == ["theorem", "status", "seconds", "steps"]
    assert [line.split()[0] for line in first.splitlines()] == ["Good", "halves"]
    assert [line.split()[0] for line in rest.splitlines()] == ["Bad", "wrong", "wrong:", "1"]


def test_the_list_reads_no_proof(prove):
    result = prove("--list")
    assert result.output.splitlines() == ["Good", "  halves", "Bad", "  wrong", "More", "  broken"]
    assert not result.return_value


@pytest.mark.parametrize("option", ["--html", "--data"])
def test_pages_need_a_folder(prove, tmp_path, option):
    (tmp_path / "taken").write_text("mine")
    result = prove("halves", option, str(tmp_path / "taken"))
    assert (result.output, str(result.exception)) == (
        "",
        f"{option} {tmp_path / 'taken'}: it is not a folder; name one, or a new one",
    )


def test_a_theorem_that_is_not_there(prove) -> None:
    said = str(prove("halfs").exception)
    assert said.startswith("slug='halfs': there is no such theorem; near it are halves")
    assert said.endswith("; eftheory prove --list lists them")


def test_no_name_is_offered_twice(prove) -> None:
    said = str(prove("ef21_plx").exception)  # whose neighbours are in two folders
    offered = said.partition("near it are ")[2].partition(";")[0].split(", ")
    assert "ef21_pl" in offered
    assert len({*offered}) == len(offered)


def test_theorems_of_the_package_are_there_too(prove, tmp_path) -> None:
    assert prove("theta_beta").output.rstrip().endswith("\nPROVED")
    text = (PROOFS / "ef21" / "ef21_nonconvex.py").read_text("utf-8").replace('"ef21_nonconvex",', '"mine",')
    (tmp_path / "mine.py").write_text(text, "utf-8")
    assert prove("mine.py").output.rstrip().endswith("\nPROVED")


CONTRADICTORY = """
from eftheory.proofkit import Theorem
theorem = Theorem("vacuous", "Nothing is something")
x = theorem.scalar("x")
given = [theorem.given("above", x >= 1), theorem.given("below", x <= 0)]
theorem.qed(theorem.combine("a", theorem.claim(0 * x >= 1), given))
"""


def test_contradictory_hypotheses_prove_nothing(prove, tmp_path) -> None:
    path = tmp_path / "vacuous.py"
    path.write_text(CONTRADICTORY, "utf-8")
    lesson = prove("vacuous.py")
    assert lesson.output.splitlines()[-1].startswith("NO EXAMPLE: the lines are proved, but ")
    assert lesson.return_value == 1
    (record,) = json.loads(prove("vacuous.py", "--json").output)
    assert (record["status"], record["example"]) == ("NO EXAMPLE", None)
    assert "no example was found" in record["problem"]
    table = prove("vacuous.py", "halves")
    assert [line.split("  ")[-3].strip() for line in table.output.splitlines()[1:] if "NO EXAMPLE" in line] != []
    assert table.output.splitlines()[-1] == "1 of 2 proved"
    assert table.return_value == 1
    path.write_text(CONTRADICTORY + "theorem.example(why_none='it is\\n a joke')", "utf-8")
    assert prove("vacuous.py").return_value == 0
    (record,) = json.loads(prove("vacuous.py", "--json").output)
    assert (record["status"], record["example"], record["why_no_example"]) == ("PROVED", None, "it is a joke")
    marked = prove("vacuous.py", "halves").output.splitlines()
    assert marked[-2] == "vacuous: no example; the file says, and nothing checks: it is a joke"


def test_examples_are_written_beside_the_proofs(prove, tmp_path) -> None:
    (tmp_path / "proofs" / "broken.py").unlink()
    assert prove("halves", "--examples").return_value == 0
    written = json.loads((tmp_path / "proofs" / "examples.json").read_text("utf-8"))
    assert list(written) == ["halves"]
    assert prove("halves").return_value == 0


def test_examples_of_a_file_stand_beside_it(prove, tmp_path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "other.py").write_text(THEOREM.format(slug="other", sign="<"), "utf-8")
    assert prove("mine/other.py", "--examples").return_value == 0
    assert list(json.loads((tmp_path / "mine" / "examples.json").read_text("utf-8"))) == ["other"]
    assert not (tmp_path / "proofs" / "examples.json").exists()


def test_an_installed_package_is_not_written_to(prove, tmp_path, monkeypatch) -> None:
    installed = tmp_path / "site-packages" / "eftheory" / "proofs"
    installed.mkdir(parents=True)
    (installed / "packed.py").write_text(THEOREM.format(slug="packed", sign="<"), "utf-8")
    for module in (catalogue, command):
        monkeypatch.setattr(module, "packaged", lambda: [tmp_path / "none", installed])
    (tmp_path / "proofs").rename(tmp_path / "elsewhere")
    for asked in (["packed"], ["--all"], [str(installed / "packed.py")]):
        with pytest.raises(ValueError, match="the proof of packed belongs to the installed package"):
            raise prove(*asked, "--examples").exception
    assert [path.name for path in installed.iterdir() if path.is_file()] == ["packed.py"]
    assert prove("packed").return_value == 0


def test_what_is_made_of_a_certificate_has_no_folder_for_an_example(prove) -> None:
    certificate = next((PROOFS.parent / "reports" / "certificates").glob("*.json"))
    with pytest.raises(ValueError, match="is made of a certificate, which has no folder of proofs"):
        raise prove(str(certificate), "--examples").exception


@pytest.mark.parametrize(
    "arguments", [[], ["halves", "--all"], ["halves", "--json", "--latex"], ["--list", "halves"], ["--list", "--json"]]
)
def test_what_is_asked_for_is_one_thing(prove, arguments) -> None:
    assert isinstance(prove(*arguments).exception, ValueError)


def test_theorems_are_written_as_plain_data(prove, tmp_path) -> None:
    assert prove("halves", "--data", "data").return_value == 0
    (path,) = (tmp_path / "data").iterdir()
    assert path.name == "halves.theorem.json"
    theorem = read_theorem(parse(path.read_bytes()))
    assert check(theorem).problem is None
    assert as_text(write_theorem(theorem)) == path.read_text("utf-8")


def test_the_example_of_the_format_is_proved() -> None:
    text = files("eftheory.proofkit.kernel").joinpath("FORMAT.md").read_text("utf-8")
    data = text.split("```json\n")[1].split("```")[0]
    assert check(read_theorem(parse(data.encode()))).problem is None
    assert all(f"| `{name}` |" in text for name in REASONS)


def test_a_new_proof_is_written_and_proved(prove, tmp_path) -> None:
    said = prove("--new", "mine").output
    path = tmp_path / "proofs" / "mine.py"
    assert f"wrote {path.relative_to(tmp_path)}" in said
    assert "\n  eftheory prove mine\n" in said
    assert prove("mine").output.rstrip().endswith("\nPROVED")
    text = path.read_text("utf-8")
    path.write_text(text.replace("x - 2 * y", "x - y"), "utf-8")
    wrong = prove("mine")
    assert "left over: 3 ||y||^2 - 2 <x, y>" in wrong.output.splitlines()[-1]
    assert wrong.return_value == 1


def test_a_new_proof_takes_the_place_of_no_other(prove, tmp_path) -> None:
    before = (tmp_path / "proofs" / "halves.py").read_text("utf-8")
    for name in ("halves", "top_k"):
        assert f"--new {name}: there is a theorem of this name already" in str(prove("--new", name).exception)
    assert (tmp_path / "proofs" / "halves.py").read_text("utf-8") == before
    for name in ("_mine", "../mine", "Mine", "mine.py", ""):
        assert "a name is made of small letters" in str(prove("--new", name).exception)
    assert "leave the names" in str(prove("halves", "--new", "mine").exception)


def test_a_new_proof_in_the_current_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["prove", "--new", "mine"], standalone_mode=False)
    assert "\n  eftheory prove mine.py\n" in result.output
    result = CliRunner().invoke(app, ["prove", "mine.py"], standalone_mode=False)
    assert result.output.rstrip().endswith("\nPROVED")
