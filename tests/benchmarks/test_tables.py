"""What reports show: every cell under a column, small numbers rounded up."""

from fractions import Fraction

import pytest

from tests.benchmarks.tables import Table, milliseconds, publish, up


@pytest.fixture
def table() -> Table:
    table = Table("Times", ("agents", "ms"), "Least times.")
    table.add(1, milliseconds(0.01234))
    return table


def test_a_table_in_a_report(table, tmp_path, capsys):
    publish([table], header="# Speed\n", path=tmp_path / "speed.md")
    assert (tmp_path / "speed.md").read_text("utf-8") == (
        "# Speed\n\n## Times\n\nLeast times.\n\n| agents | ms |\n| --- | --: |\n| 1 | 12.3 |\n"
    )
    assert "12.3" in capsys.readouterr().out


def test_a_row_has_a_cell_for_each_column(table):
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        table.add(1, 2, 3)


@pytest.mark.parametrize(
    ("number", "shown"), [(Fraction(1, 3), "3.4e-01"), (1e-6, "1.0e-06"), (Fraction(-1), "0"), (None, "")]
)
def test_small_numbers_are_rounded_up(number, shown):
    assert up(number) == shown
