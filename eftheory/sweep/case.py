"""A claim of a sweep, and what certifying it proved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from eftheory.assumptions import AgentType
from eftheory.certification import certify
from eftheory.check import check_bytes
from eftheory.claims import CLASS_BOUND, LOWER, UPPER
from eftheory.theory import law_step_size


@dataclass(frozen=True)
class Case:
    """One claim, and how its V is looked for.

    Attributes:
        name: of the case, and of its file.
        engine, step_size, memory, sparsity: as ``certify`` takes them.
        kept: whether the certificate is written to a file.
    """

    name: str
    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    engine: str = "law"
    step_size: str = "law"
    memory: int = 0
    sparsity: str = ""
    kept: bool = True


@dataclass(frozen=True)
class Outcome:
    """What is proved about a case; None for a rate that is not.

    Attributes:
        digest: the first twelve digits of the certificate's; "" if there is none.
        notes: what certifying it remarked.
    """

    case: Case
    step_size: Fraction
    upper: Fraction | None
    lower: Fraction | None
    class_bound: Fraction | None
    digest: str
    notes: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether both sides are proved."""
        return self.upper is not None and self.lower is not None

    @property
    def gap(self) -> Fraction:
        """The proved upper minus the proved lower rate, as a share of 1 - rate; ValueError if either is missing."""
        if self.upper is None or self.lower is None:
            raise ValueError(f"{self.case.name}: both rates must be proved: {'; '.join(self.notes)}")
        return (self.upper - self.lower) / (1 - self.upper)

    @property
    def moved(self) -> Fraction:
        """The step size as a multiple of the law's."""
        return self.step_size / law_step_size(self.case.method, self.case.agents, self.case.alpha)


def settle(case: Case, folder: Path | None = None) -> Outcome:
    """Certify a case; if it is kept, write its file to the folder and check what was written once more."""
    path = folder / f"{case.name}.cert.json" if folder and case.kept else None
    result = certify(
        case.method,
        case.agents,
        alpha=case.alpha,
        engine=case.engine,
        step_size=case.step_size,
        memory=case.memory,
        sparsity=case.sparsity,
        path=path,
    )
    data = path.read_bytes() if path and path.exists() else result.data
    rates = {verdict.claim.kind: verdict.claim.rate for verdict in check_bytes(data) if verdict.proved} if data else {}
    return Outcome(
        case,
        Fraction(result.setting.method.step_size),
        rates.get(UPPER),
        rates.get(LOWER),
        rates.get(CLASS_BOUND),
        json.loads(data)["digest"].removeprefix("sha256:")[:12] if data else "",
        result.notes,
    )


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
