"""``python -m eftheory.studies [FOLDER]``: regenerate the certificates and the findings, and check them."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from eftheory.studies import certificate_grid, write_findings, write_grid

WORKERS = 2


def main() -> int:
    """Write the grid and the findings; 0 if every certificate is proved from both sides, else 1."""
    parser = argparse.ArgumentParser(prog="python -m eftheory.studies", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    folder = parser.parse_args().folder
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # for the workers: the order of sums, and so the last digit, depends on it
    started = time.perf_counter()
    cases = tuple(certificate_grid())
    failures = write_grid(cases, folder / "certificates", workers=WORKERS)
    claims, unproved = write_findings(folder / "findings", workers=WORKERS)
    seconds, total = time.perf_counter() - started, len(cases) + claims
    print(f"{total - failures - unproved} of {total} claims proved from both sides in {seconds:.0f} s: {folder}")
    return 1 if failures + unproved else 0


if __name__ == "__main__":
    sys.exit(main())
