"""Run all experiments that need no outside data: ``python -m eftheory.simulate.experiments FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from eftheory.simulate.experiments import EXPERIMENTS, Request
from eftheory.simulate.experiments.write import write_figures, write_page


def main(folder: Path) -> None:
    """Write pictures, numbers and a page into a folder."""
    found = {}
    for name, experiment in EXPERIMENTS.items():
        print(name, file=sys.stderr, flush=True)
        figures = experiment.run(Request())
        write_figures(folder, figures, keep=False)
        found[name] = experiment, figures
    write_page(folder, found)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "reports/experiments"))
