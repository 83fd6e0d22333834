"""A theorem to be filled, and what the kernel must say of it."""

from eftheory.proofkit import Theorem, check


def new(slug="t"):
    return Theorem(slug, "a statement")


def refused(t, word="", library=None):
    outcome = check(t, library)
    assert outcome.problem is not None
    assert word in outcome.problem
    return outcome


def accepted(t, library=None):
    assert check(t, library).problem is None
