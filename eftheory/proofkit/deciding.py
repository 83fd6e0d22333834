"""The kernel, as far as a digest tells it from another one: the modules that decide what is proved."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import eftheory

KERNEL = Path(__file__).with_name("kernel")
DECIDING = sorted(path.relative_to(KERNEL).with_suffix("").as_posix() for path in KERNEL.rglob("*.py"))
"""The modules of the kernel: all of its room, for what does not decide is elsewhere."""


@cache
def engine() -> dict[str, str]:
    """What checks proofs; the digest is that of the source of all modules that decide, so it says which kernel."""
    digest = sha256()
    for name in DECIDING:
        digest.update(name.encode() + b"\0" + (KERNEL / f"{name}.py").read_bytes() + b"\0")
    return {"name": "eftheory.proofkit.kernel", "version": eftheory.__version__, "sha256": digest.hexdigest()}
