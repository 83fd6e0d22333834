"""x* is not the origin: claims that hold only if it were are rejected, and are false."""

import json
from fractions import Fraction

import pytest

from eftheory.certificates import read_certificate
from eftheory.check import check_bytes
from eftheory.exact.vector import Vector
from eftheory.worlds import ExactWorld
from tests.certificates.bad_origin import ORIGIN
from tests.check.oracle import Instance, contradicted

STARS = (Fraction(1), Fraction(-1000))


@pytest.mark.parametrize("name", ORIGIN)
def test_the_claims_are_false(name):
    """Quadratics of the class around x* = 1, exactly; with x* = 0 the same runs obey."""
    document = json.loads(ORIGIN[name].make())
    broken = {
        star: contradicted(document, Instance(star, curvature="mu", start=star), steps=60)
        for star in (*STARS, Fraction(0))
    }
    assert broken[Fraction(0)] == ""
    assert all(broken[star] for star in STARS)


@pytest.mark.parametrize("name", ORIGIN)
def test_a_checker_with_x_star_at_the_origin_would_accept_them(name, monkeypatch):
    """So nothing else is wrong with them."""

    def at_the_origin(world, name, server=ExactWorld.server):
        return Vector() if name == "x*" else server(world, name)

    monkeypatch.setattr(ExactWorld, "server", at_the_origin)
    assert all(verdict.proved for verdict in check_bytes(ORIGIN[name].make()))


def test_x_star_is_a_symbol_of_the_step_where_it_is_granted():
    assert "x*" in _symbols("origin_measure")


def _symbols(name: str) -> set[str]:
    setting = read_certificate(ORIGIN[name].make()).setting
    return setting.world().symbols
