"""Settling cases: each is certified, and what was written is checked once more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from eftheory.certification import certify
from eftheory.check import check_bytes
from eftheory.claims import CLASS_BOUND, LOWER, UPPER
from eftheory.sweep.case import Case
from eftheory.sweep.outcome import Outcome, Proved, Unproved


def settle(case: Case, folder: Path | None = None) -> Outcome:
    """Certify a case; if it is kept, write its file to the folder and check what was written once more."""
    path = folder / f"{case.name}.cert.json" if folder and case.kept else None
    result = certify(case.method, case.agents, alpha=case.alpha, path=path, **asdict(case.question))
    data = path.read_bytes() if path and path.exists() else result.data
    rates = {verdict.claim.kind: verdict.claim.rate for verdict in check_bytes(data) if verdict.proved} if data else {}
    if not data or not {UPPER, LOWER} <= rates.keys():
        return Unproved(case, result.notes)
    step_size, digest = result.setting.method.step_size, json.loads(data)["digest"].removeprefix("sha256:")[:12]
    return Proved(case, step_size, rates[UPPER], rates[LOWER], rates.get(CLASS_BOUND), digest)


def settle_all(cases: Sequence[Case], folder: Path | None = None, *, workers: int = 1) -> list[Outcome]:
    """Settle all cases, in their order; the outcome does not depend on the number of workers.

    The certificates of earlier sweeps are removed from the folder.
    """
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.cert.json"):
            old.unlink()
    task = partial(settle, folder=folder)
    if workers == 1:
        return list(map(task, cases))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(task, cases))
