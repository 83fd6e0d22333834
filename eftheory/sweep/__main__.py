"""``python -m eftheory.sweep [FOLDER]``: regenerate the certificates and check them."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from eftheory.sweep import certificate_grid, write_grid


def main() -> int:
    """Write the grid; 0 if every certificate is proved from both sides, else 1."""
    parser = argparse.ArgumentParser(prog="python -m eftheory.sweep", description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("reports/certificates"))
    folder = parser.parse_args().folder
    started = time.perf_counter()
    cases = tuple(certificate_grid())
    failures = write_grid(cases, folder)
    seconds, proved = time.perf_counter() - started, len(cases) - failures
    print(f"{proved} of {len(cases)} certificates proved from both sides in {seconds:.1f} s: {folder}/index.md")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
