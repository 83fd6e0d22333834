"""LaTeX made into pages, where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = r"\usepackage{amsmath,amsthm}\newtheorem{theorem}{Theorem}\newtheorem{proposition}{Proposition}"
needs_latex = pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")


def typeset(body: str, folder: Path) -> str:
    """What pdflatex says of an article with this body."""
    source = f"\\documentclass{{article}}{PACKAGES}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    (folder / "it.tex").write_text(source, "ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "it.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    log = (folder / "it.log").read_text("latin-1")
    assert run.returncode == 0, log[-2000:]
    return log
