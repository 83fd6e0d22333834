"""What a person sees who waits."""

from __future__ import annotations

import logging
import sys
from time import sleep

import pytest

from eftheory.cli import waiting as module
from eftheory.cli.waiting import waiting

LOG = logging.getLogger("eftheory")


def test_news_are_shown_beside_what_is_waited_for_and_end_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, level = [], LOG.level
    monkeypatch.setattr(module._News, "emit", lambda self, record: shown.append(record.getMessage()))
    with waiting("searching"):
        LOG.info("step %.2f with %d [types]", 0.5, 12)
        LOG.debug("a detail")
    LOG.info("later")
    assert shown == ["step 0.50 with 12 [types]"]
    assert LOG.level == level


def test_what_is_short_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    with waiting("searching"):
        LOG.info("step")
    assert "".join(capfd.readouterr()) == ""


def test_where_nobody_watches_a_terminal_a_line_comes_every_so_often(monkeypatch, capsys) -> None:
    monkeypatch.setattr(module, "FIRST", 0.01)
    with waiting("searching"):
        LOG.info("step 1 of [two]\nand more")
        while "searching: step 1 of [two] (0 s)" not in (err := capsys.readouterr().err):
            sleep(0.01)
    assert all(line.startswith("eftheory: searching") for line in err.splitlines())
    sleep(0.05)
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_it_at_once(monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with waiting("searching [x]") as show:
        show("half of [y]")
        sleep(0.2)
    assert "[y]" in capsys.readouterr().err
