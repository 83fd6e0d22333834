"""The search is a path of its own, and the only one that leads to a solver."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import eftheory.search

ROOM = Path(eftheory.search.__file__).parent
ALLOWED = (
    "algebra",
    "assumptions",
    "certificates",
    "check",
    "claims",
    "exact",
    "methods",
    "search",
    "threads",
    "wording",
    "worlds",
)


def imports(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_the_search_does_not_look_at_the_closed_forms() -> None:
    for path in ROOM.glob("*.py"):
        own = {name for name in imports(path) if name.split(".")[0] == "eftheory"}
        assert own <= {name for name in own if name.split(".")[1] in ALLOWED}, path.name


def test_few_files_know_the_solver() -> None:
    """One calls it, one states the programme of the search, one that of simplicity."""
    users = {path.name for path in ROOM.glob("*.py") if "cvxpy" in imports(path)}
    assert users == {"solver.py", "statement.py", "simple.py"}


SEARCH = """
import sys
from fractions import Fraction
from eftheory.search import search_class_bound, search_step_size, search_upper
from tests.search.claims import FIRST_PAIR, at_law
setting = at_law("ef21", Fraction(8, 9), *FIRST_PAIR)
found = search_upper(setting, engine={engine!r})
assert found.status == "proved", found.status
assert search_class_bound(found)
sys.exit("cvxpy" in sys.modules)
"""


@pytest.mark.parametrize(("engine", "loaded"), [("center", 0), ("auto", 0), ("cvxpy", 1)])
def test_path_following_does_not_load_cvxpy(engine: str, loaded: int) -> None:
    """It takes a second to load."""
    command = [sys.executable, "-c", SEARCH.format(engine=engine)]
    assert subprocess.run(command, check=False, cwd=ROOM.parents[1]).returncode == loaded


def test_the_checker_runs_without_a_solver() -> None:
    code = "import sys, eftheory.check, eftheory.lyapunov; sys.exit('cvxpy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
