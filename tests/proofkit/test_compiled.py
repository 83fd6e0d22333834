"""What is kept of a proof file counts only while nothing has changed that makes it, and only for this package's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from eftheory.proofkit import compiled
from eftheory.proofkit.compiled import PACKAGE, WRITTEN_WITH, keep, packaged

SAID = b'{"theorem": {}}'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that passes for this package's own, in a session that may write compiled files."""
    monkeypatch.setattr(compiled, "packaged", lambda: [tmp_path])
    monkeypatch.setattr(compiled, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    for name in WRITTEN_WITH:
        path = tmp_path / "package" / name
        path = path if path.suffix else path / "room.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("y = 1\n")
    return tmp_path


def asked(path: Path, answer: bytes = SAID) -> bool:
    """Whether the file is run."""
    compiled._digest.cache_clear()
    runs = []
    assert keep(path, lambda file: runs.append(file) or answer) == answer
    return bool(runs)


def test_a_file_is_run_once(folder) -> None:
    assert asked(folder / "a.py")
    assert not asked(folder / "a.py")
    assert asked(folder / "b.py")


def test_it_is_kept_where_python_keeps_compiled_files(folder, tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path_factory.mktemp("elsewhere")))
    assert asked(folder / "a.py")
    assert not asked(folder / "a.py")
    assert not (folder / "__pycache__").exists()


@pytest.mark.parametrize("changed", ["a.py", "b.py", "package/proofkit/room.py", "package/methods/room.py"])
def test_any_change_of_what_makes_it_counts(folder, changed) -> None:
    assert asked(folder / "a.py")
    path = folder / changed
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))  # as long as before, maybe in the same second
    assert asked(folder / "a.py")
    assert not asked(folder / "a.py")


def test_a_changed_answer_counts_for_nothing(folder) -> None:
    assert asked(folder / "a.py")
    (kept,) = (folder / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"{}", b"[]"))
    assert asked(folder / "a.py")


def test_what_is_wrong_with_a_file_is_not_kept(folder) -> None:
    assert asked(folder / "a.py", b'{"problem": "none"}')
    assert asked(folder / "a.py", b'{"problem": "none"}')


def test_nothing_is_kept_of_others_or_where_python_keeps_nothing(folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert asked(folder / "a.py")
    assert asked(folder / "a.py")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "packaged", lambda: [])
    assert asked(folder / "a.py")
    assert not (folder / "__pycache__").exists()


def test_the_rooms_are_all_that_proof_files_are_written_with() -> None:
    program = (
        "import sys\nfrom eftheory.proofkit import decay, loading_process, one_step\n"
        "from eftheory.proofkit.lessons import theorem\nfrom eftheory.loading import load_module\n"
        f"for file in {[str(path) for path in sorted(packaged()[0].glob('[!_]*.py'))]}: load_module(file)\n"
        "print(*(m.__file__ for m in list(sys.modules.values()) if m.__name__.partition('.')[0] == 'eftheory'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    files = {Path(file).relative_to(PACKAGE).parts[0] for file in done.stdout.split()}
    assert files <= {"__init__.py", *WRITTEN_WITH}
