"""For studies whose certificates are there."""

import sys

import pytest


@pytest.fixture
def unsearched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever searches fails."""

    def certify(*_, **__):
        raise AssertionError("searched")

    monkeypatch.setattr(sys.modules["eftheory.sweep.settle"], "certify", certify)
