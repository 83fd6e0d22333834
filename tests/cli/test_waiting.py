"""What a person sees who waits."""

from __future__ import annotations

import logging

import pytest

from eftheory.cli.waiting import waiting

LOG = logging.getLogger("eftheory")


def test_news_are_shown_beside_what_is_waited_for_and_end_with_it() -> None:
    level = LOG.level
    with waiting("searching") as status:
        LOG.info("step %.2f with %d [types]\nand more", 0.5, 12)
        assert str(status.renderable.text) == "searching: step 0.50 with 12 [types]"
        LOG.debug("a detail")
        assert "detail" not in str(status.renderable.text)
    LOG.info("later")
    assert "later" not in str(status.renderable.text)
    assert LOG.level == level


def test_nobody_else_sees_them(capfd: pytest.CaptureFixture[str]) -> None:
    with waiting("searching"):
        LOG.info("step")
    assert "step" not in "".join(capfd.readouterr())
