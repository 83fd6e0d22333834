"""The checker and the kernel in one small archive, for the Python in the reader's browser."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import eftheory

PACKAGE = Path(eftheory.__file__).resolve().parent
ASKED = "eftheory.site.in_browser"
WORDS = tuple(f"eftheory.proofkit.{name}" for name in ("completion", "decay", "one_step"))
"""What a proof may import by its name from ``eftheory.proofkit``, which loads it when it is used."""
LATE = ("eftheory.proofkit.kernel.checker", "eftheory.proofkit.lessons.theorem", "eftheory.proofkit.lemma_symbols")
"""What rooms load by name, or inside a function, when a proof is run."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the archive: the same sources make the same bytes."""


def kernel_archive() -> bytes:
    """A zip file with the sources of ``eftheory.site.in_browser`` and all it needs, unchanged."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(needed_files(ASKED, *WORDS, *LATE)):
            entry = ZipInfo(path.relative_to(PACKAGE.parent).as_posix(), FIRST_DAY)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return packed.getvalue()


def needed_files(*modules: str) -> set[Path]:
    """The files of this package that importing these modules runs."""
    found: set[Path] = set()
    ahead = [*modules]
    while ahead:
        parts = ahead.pop().split(".")[1:]
        rooms = [PACKAGE.joinpath(*parts[:depth], "__init__.py") for depth in range(len(parts) + 1)]
        file = PACKAGE.joinpath(*parts).with_suffix(".py")
        new = {path for path in (file, *rooms) if path.is_file()} - found
        found |= new
        ahead += [name for path in new for name in _imported(ast.parse(path.read_bytes())) if _is_own(name)]
    return found


def _is_own(module: str) -> bool:
    return module.startswith("eftheory.")


def _imported(tree: ast.Module) -> Iterator[str]:
    """What is imported when the file is run: not inside functions, and not for types alone."""
    ahead: list[ast.AST] = [*tree.body]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif not isinstance(node, (ast.FunctionDef, ast.If)):
            ahead += ast.iter_child_nodes(node)
