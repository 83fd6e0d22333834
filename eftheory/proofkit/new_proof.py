"""A proof file to start from."""

from __future__ import annotations

import re
from pathlib import Path

from eftheory.proofkit.catalogue import find_proof

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TEXT = """\
# %% [markdown]
# # A title for readers
#
# What this says and why somebody may want to know it. The README beside the proofs of eftheory lists the verbs.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("{slug}", "A point near y is not much longer than y", source="own")

r = theorem.parameter("r", at_least=0)
x, y = theorem.vector("x"), theorem.vector("y")

# %% [markdown]
# ## Hypotheses

# %%
near = theorem.given("near", square(x - y) <= r)

# %% [markdown]
# ## Claim

# %%
goal = theorem.claim(square(x) <= 2 * square(y) + 2 * r)

# %% [markdown]
# ## Proof
# Twice the hypothesis, and a square. With another factor than 2, or y in the place of 2 y, what is left over is told.

# %%
theorem.qed(theorem.combine("short", goal, [(2, near)], squares=[(1, x - 2 * y)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
"""


def write_new(slug: str) -> Path:
    """A file with a theorem that is proved, to be changed: in the folder proofs, or else in the current one.

    Raises:
        ValueError: no theorem can have this name, or one has it already.
    """
    if not _NAME.fullmatch(slug):
        raise ValueError(f"--new {slug}: a name is made of small letters, digits and _, and begins with a letter")
    folder = Path("proofs") if Path("proofs").is_dir() else Path()
    there = find_proof(slug, folder)
    if there is not None:
        raise ValueError(f"--new {slug}: there is a theorem of this name already, {there}; choose another name")
    path = folder / f"{slug}.py"
    with path.open("x", encoding="utf-8") as file:
        file.write(_TEXT.format(slug=slug))
    return path
