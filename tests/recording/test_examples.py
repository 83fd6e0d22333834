"""Methods that leave observe and measure to be derived: what is proved about them, and what is refuted."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.bounds import certify, make_setting
from eftheory.certificates import Certificate, Lower, read_certificate
from eftheory.check import check_bytes
from eftheory.claims import Setting
from eftheory.theory import law_step_size
from eftheory.writing import write_certificate
from tests.kit.own_methods import OwnEControl, OwnHeavyBall

AGENTS = (AgentType(1, Fraction(1, 10)), AgentType(1, Fraction(1, 11)))
PLACES = ("econtrol:EControl", "heavy_ball:HeavyBallEF21", "dcgd:DCGD")


@pytest.mark.parametrize("place", PLACES)
def test_examples_are_certified(place):
    found = certify(
        f"eftheory.methods.{place}", [AgentType(1, Fraction(1, 2), 5)], alpha=Fraction(9, 10), step_size=Fraction(1, 2)
    )
    assert found.status("upper") == "proved"
    assert found.rate("upper") < 1
    assert read_certificate(found.data) == found.certificate


@pytest.mark.parametrize(("method", "parameter"), [(OwnEControl, "eta"), (OwnHeavyBall, "momentum")])
def test_with_the_parameter_zero_they_are_ef21(method, parameter):
    alpha = Fraction(3, 4)
    step = law_step_size("ef21", AGENTS[:1], alpha)
    found = certify(method, AGENTS[:1], alpha=alpha, step_size=step, parameters={parameter: Fraction(0)})
    known = certify("ef21", AGENTS[:1], alpha=alpha, step_size=step).rate("upper")
    if parameter == "eta":  # its coordinates are then those of EF21
        assert abs(found.rate("upper") - known) <= Fraction(1, 10**5) * (1 - known)
    else:  # the momentum is one coordinate more, which can only help
        assert found.rate("upper") <= known + Fraction(1, 10**5) * (1 - known)


def divergence(step: Fraction) -> tuple[Setting, Lower]:
    """Two agents, Hessians diag(1, 1/10) and diag(1/11, 1), messages whose mean points uphill."""
    setting = make_setting("eftheory.methods.dcgd:DCGD", AGENTS, alpha=Fraction(1, 4), step_size=step)
    gradients = ((Fraction(1), Fraction(1, 10)), (Fraction(1, 11), Fraction(1)))
    uphill, half = Fraction(1, 20), Fraction(1, 2)
    errors = tuple(half * (a + b) + uphill for a, b in zip(*gradients))  # of both agents alike
    messages = tuple(tuple(g - e for g, e in zip(gradient, errors)) for gradient in gradients)
    growth, ones = 1 + step * uphill, (Fraction(1), Fraction(1))
    return setting, Lower(growth**2, growth, ones, gradients, {"x": ones}, {}, (messages,))


@pytest.mark.parametrize("step", [Fraction(1, 10**6), Fraction(1), Fraction(10**6)])
def test_compressed_gradients_diverge_at_every_step_size(step):
    setting, lower = divergence(step)
    (verdict,) = check_bytes(write_certificate(Certificate(setting, lower=lower)))
    assert verdict.proved, verdict.failures
    assert verdict.claim.rate > 1


def test_the_divergence_is_checked():
    setting, lower = divergence(Fraction(1))
    exact = replace(setting, compressor=Contractive(Fraction(1, 2)))  # compressors that lose less
    for other, evidence in (
        (exact, lower),
        (setting, replace(lower, rate=lower.rate + Fraction(1, 10**9))),
        (setting, replace(lower, messages=(tuple(reversed(lower.messages[0])),))),
        (setting, replace(lower, curvatures=tuple(reversed(lower.curvatures)))),
    ):
        (verdict,) = check_bytes(write_certificate(Certificate(other, lower=evidence)))
        assert not verdict.proved
