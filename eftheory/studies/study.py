"""What a study is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eftheory.sweep import Case, Store, Unproved, settle
from eftheory.sweep.general import GeneralCase, Uncertified

SUFFIX = ".cert.json"


@dataclass(frozen=True)
class Study:
    """A set of claims, and a page of what is proved of them; both are published in one folder.

    Attributes:
        name: also of the folder.
        cases: the claims.
        page: the text of ``index.md``, from the outcomes by the names of their cases.
        settle: what becomes of a case, from the case and the store; as ``sweep.settle``.
        sides: from which sides its claims are bounded, in words.
        open: names of cases of which nobody expects that they are proved.
    """

    name: str
    cases: tuple[Case | GeneralCase, ...]
    page: Callable[[Mapping[str, Any]], str]
    settle: Callable[..., Any] = settle
    sides: str = "from both sides"
    open: tuple[str, ...] = ()

    def adopt(self, folder: Path, store: Store) -> None:
        """Put what is published into the store; there the checker decides what it is worth."""
        for case in self.cases:
            path = folder / f"{case.name}{SUFFIX}"
            if case.kept and path.exists():
                store.add(case.digest, path.read_bytes())

    def publish(self, folder: Path, outcomes: Sequence[Any]) -> list[Path]:
        """Write the page and the certificates that it is to link.

        Returns:
            The other certificates in the folder, which nothing asks for any more; they are left alone.

        Raises:
            ValueError: the page needs a claim that is not proved; nothing is written.
        """
        found = {outcome.case.name: outcome for outcome in outcomes}
        page = self.page({case.name: found[case.name] for case in self.cases if case.name in found})
        folder.mkdir(parents=True, exist_ok=True)
        kept = {folder / f"{each.case.name}{SUFFIX}": each.data for each in proved(outcomes) if each.case.kept}
        for path, data in kept.items():
            path.write_bytes(data)
        (folder / "index.md").write_text(page, encoding="utf-8")
        return sorted(set(folder.glob(f"*{SUFFIX}")) - set(kept))


def proved(outcomes: Sequence[Any]) -> list[Any]:
    """The outcomes with a certificate."""
    return [outcome for outcome in outcomes if not isinstance(outcome, (Unproved, Uncertified))]
