"""The search is a path of its own, and the only one that leads to a solver."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import eftheory.search

ROOM = Path(eftheory.search.__file__).parent
ALLOWED = ("assumptions", "certificates", "check", "claims", "exact", "methods", "search", "worlds")


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


def test_one_file_calls_the_solver_and_one_states_the_programme() -> None:
    users = {path.name for path in ROOM.glob("*.py") if "cvxpy" in imports(path)}
    assert users == {"solver.py", "statement.py"}


def test_the_checker_runs_without_a_solver() -> None:
    code = "import sys, eftheory.check, eftheory.lyapunov; sys.exit('cvxpy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
