"""Theorems about a method take its step from the method's definition."""

import ast
from pathlib import Path

import pytest

from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.dcgd import DCGD
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.ef_sgd import EFSGD
from eftheory.proofkit.contents import packaged_files

PROOFS = packaged_files().values()


def subjects(path: Path) -> set[str]:
    """The methods whose step a proof takes from the definition."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) == "OneStep"}


PROVED = set().union(*map(subjects, PROOFS))


@pytest.mark.parametrize("method", [method for method in CATALOGUE if method not in (DCGD, EFBV, EFSGD)])
def test_every_method_has_a_theorem_about_its_definition(method):
    """That of DCGD is told entry by entry; of two there is no theorem yet."""
    assert method.__name__ in PROVED
