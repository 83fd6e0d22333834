"""The figures that are kept: their files are there, their numbers those of the laws."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import laws
from eftheory.pictures.figures import FIGURES, bracket, write_figures

KEPT = Path(__file__).resolve().parents[2] / "reports" / "figures"


def columns(name: str) -> list[dict[str, str]]:
    with (KEPT / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_all_files_are_kept_and_small_and_have_no_date() -> None:
    names = {make.__name__ for make in FIGURES}
    assert {path.stem for path in KEPT.iterdir()} == {*names, "index"}
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 3_000_000
    for name in names:
        assert b"<dc:date>" not in (KEPT / f"{name}.svg").read_bytes()
        assert b"CreationDate" not in (KEPT / f"{name}.pdf").read_bytes()


def test_maps_are_the_laws_rounded_up() -> None:
    rows = columns("rate_maps")
    ef, ef21 = ([row["rate"] for row in rows if row["method"] == name] for name in ("EF", "EF21"))
    assert ef == ef21
    for row in rows[::97]:
        alpha, step = float(row["alpha"]), float(row["step size"])
        law = laws.cgd_rate if row["method"] == "CGD" else laws.tight_rate
        assert float(row["rate"]) == pytest.approx(law(1.0, 0.1, alpha=alpha, step_size=step), abs=1e-9)


def test_the_law_lies_above_what_no_proof_goes_below() -> None:
    for row in columns("cubic"):
        cells = list(row.values())[1:]
        assert all(Fraction(law) >= Fraction(mean) for law, mean in zip(cells[::2], cells[1::2], strict=True))
    for row in columns("bracket"):
        law, worst, mean, *certified = list(row.values())[1:]
        if law:
            assert Fraction(mean) <= Fraction(worst) <= Fraction(law)
        assert all(not each or Fraction(1, 2) < Fraction(each) < Fraction(508, 1000) for each in certified)


def test_the_theorem_is_slower_than_the_law() -> None:
    assert all(float(cell) > 1 for row in columns("published") for cell in list(row.values())[1:])


def test_words_hold_the_numbers_of_the_table() -> None:
    said = (KEPT / "index.md").read_text("utf-8")
    assert bracket().says in said


@pytest.mark.thorough
def test_figures_are_written_anew_as_they_are_kept(tmp_path) -> None:
    for path in write_figures(tmp_path):
        if path.suffix in (".csv", ".md"):  # drawings differ with the version of matplotlib
            assert path.read_bytes() == (KEPT / path.name).read_bytes(), path.name
