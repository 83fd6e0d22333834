"""``python -m eftheory.studies [STUDY ...]``: settle the claims of studies, and publish what is proved of them."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eftheory.studies import STUDIES
from eftheory.studies.study import proved
from eftheory.sweep import Store, processes, settle_all


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is there, search what is missing, write the pages; 0 if all claims are proved, else 1.

    Whatever is found is kept at once: a run that is stopped goes on where it was.
    """
    parser = argparse.ArgumentParser(prog="python -m eftheory.studies", description=main.__doc__)
    parser.add_argument("studies", nargs="*", choices=STUDIES, metavar="STUDY", help=f"of {', '.join(STUDIES)}; all")
    parser.add_argument("--into", type=Path, default=Path("reports"), help="where each study has its folder; reports")
    parser.add_argument("--store", type=Path, default=Path("store.db"), help="where certificates are kept; store.db")
    parser.add_argument("--workers", type=int, default=2, help="how many processes search; 2")
    parser.add_argument("--again", action="store_true", help="search also for what is proved; the better proof stays")
    parser.add_argument("--prune", action="store_true", help="remove published certificates that no claim asks for")
    options = parser.parse_args(arguments)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # for the workers: the order of sums, and so the last digit, depends on it
    return max([_run(name, options) for name in options.studies or STUDIES])


def _run(name: str, options: argparse.Namespace) -> int:
    study, folder, store = STUDIES[name](), options.into / name, Store(options.store)
    started, total, outcomes = time.perf_counter(), len(study.cases), list[Any]()
    study.adopt(folder, store)
    outcomes_of = settle_all(
        study.cases, store, by=study.settle, execute=processes(options.workers), again=options.again
    )
    for outcome in outcomes_of:
        outcomes.append(outcome)
        if sys.stderr.isatty():
            print(f"{name}: {len(outcomes)} of {total} claims", end="\r", file=sys.stderr, flush=True)
    for path in study.publish(folder, outcomes):
        print(f"{path}: no claim asks for it; {'removed' if options.prune else '--prune removes it'}", file=sys.stderr)
        if options.prune:
            path.unlink()
    done = {outcome.case.name for outcome in proved(outcomes)}
    seconds = time.perf_counter() - started
    print(f"{len(done)} of {total} claims proved {study.sides} in {seconds:.0f} s: {folder}")
    return int(not all(case.name in done or case.name in study.open for case in study.cases))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("stopped; what was found is kept, and the next run goes on from there")
