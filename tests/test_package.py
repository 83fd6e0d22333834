"""What the package says about itself: version, citation, public names, links."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

import pytest

import eftheory
from eftheory.cli.cite import entry

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "eftheory/certificates/FORMAT.md",
    "eftheory/methods/STEPS.md",
    *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")),
]
PUBLIC = [
    "AgentType",
    "CGD",
    "COMMON_MINIMISER",
    "Certificate",
    "CertificateError",
    "Claim",
    "Contractive",
    "EF",
    "EF21",
    "GD",
    "METHODS",
    "Method",
    "Observation",
    "Options",
    "Setting",
    "SmoothStronglyConvex",
    "Verdict",
    "__version__",
    "certify",
    "check_bytes",
    "check_certificate",
    "closed_form",
    "law_step_size",
    "make_setting",
    "read_certificate",
    "read_number",
    "tight_form",
    "worst_case",
    "write_certificate",
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_public_names_change_on_purpose_only() -> None:
    assert sorted(dir(eftheory)) == PUBLIC
    assert sorted(eftheory.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name) -> None:
    thing = getattr(eftheory, name)
    assert thing is not None
    assert name in ("METHODS", "__version__") or thing.__doc__


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'eftheory' has no attribute 'prove'; it has: AgentType, CGD"):
        eftheory.prove  # noqa: B018


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import eftheory; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {name.partition(".")[0] for name in loaded} <= {"eftheory", *sys.stdlib_module_names}
    assert [name for name in loaded if name.startswith("eftheory")] == ["eftheory"]


def test_one_version() -> None:
    number = eftheory.__version__
    assert re.search(r'^version = "([^"]+)"$', read("pyproject.toml"), re.MULTILINE)[1] == number
    assert re.search(r"^version: (.+)$", read("CITATION.cff"), re.MULTILINE)[1] == number
    assert f"## [{number}]" in read("CHANGELOG.md")
    assert version("eftheory") == number


def test_one_citation_and_one_licence() -> None:
    citation, bibtex = read("CITATION.cff"), entry("eftheory")
    title = re.search(r'^title: "(.+)"$', citation, re.MULTILINE)[1]
    author = re.search(r"^  - name: (.+)$", citation, re.MULTILINE)[1]
    assert f"title   = {{{title}}}" in bibtex
    assert f"{{{author}}}" in bibtex
    assert f'authors = [{{ name = "{author}" }}]' in read("pyproject.toml")
    assert f"Copyright (c) 2026 {author}" in read("LICENSE")
    assert "license: MIT" in citation


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", read(name))
    assert links or name == "eftheory/certificates/FORMAT.md"
    for link in links:
        path, _, anchor = link.partition("#")
        assert "://" in link or ((ROOT / name).parent / path).exists(), link
        assert not anchor or "://" in link


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "eftheory/certificates/FORMAT.md"])
def test_files_named_in_passing_exist(name) -> None:
    for path in re.findall(r"`((?:eftheory|tests)/[\w./-]+)`", read(name)):
        assert (ROOT / path).exists(), path


def test_the_targets_contributors_are_told_about_exist() -> None:
    targets = set(re.findall(r"^make (\w+)", read("CONTRIBUTING.md"), re.MULTILINE))
    assert targets
    assert targets <= set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))


PACKAGES = {"flint": "python-flint", "sklearn": "scikit-learn"}
ASKED_FOR = {
    "IPython",
    "dask",
    "html5lib",
    "jax",
    "jinja2",
    "jupytext",
    "latex2mathml",
    "markdown_it",
    "matplotlib",
    "mdit_py_plugins",
    "ml_dtypes",
    "numcodecs",
    "optax",
    "pyarrow",
    "pytest",
    "sklearn",
    "torch",
    "typing_extensions",
}
"""Packages that a room imports when somebody asks for what they are for, or checks its types."""


def test_what_is_installed_runs_all_commands() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "eftheory").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    imported = {name.partition(".")[0] for name in names} - {*sys.stdlib_module_names, "eftheory"} - ASKED_FOR
    needed = [line for line in requires("eftheory") or [] if "extra ==" not in line]
    installed = {re.split(r"[^A-Za-z0-9-]", line)[0] for line in needed}
    assert {PACKAGES.get(name, name.replace("_", "-")) for name in imported} <= installed
