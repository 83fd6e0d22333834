from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from eftheory.certificates import Certificate
from eftheory.check import INCONCLUSIVE, PROVED, REFUTED, Obligation, Verdict, check_certificate
from eftheory.claims import LOWER, UPPER, Claim
from tests.kit.examples import EXAMPLES, example

CLAIM = Claim(example("ef21").setting, UPPER, Fraction(1, 2))


def test_a_verdict_has_no_truth_value():
    for verdict in check_certificate(example("ef21")):
        with pytest.raises(TypeError, match=r"three values; ask for .proved or .status"):
            bool(verdict)
    with pytest.raises(TypeError):
        not Verdict.of(CLAIM, [Obligation("x", True)])


def test_a_verdict_needs_obligations():
    with pytest.raises(ValueError, match="needs obligations"):
        Verdict.of(CLAIM, [])


@pytest.mark.parametrize("answers", [(True,), (False,), (True, False), (False, True, True), (True, True)])
def test_proved_means_that_all_obligations_hold(answers):
    verdict = Verdict.of(CLAIM, [Obligation(str(k), holds) for k, holds in enumerate(answers)], "guarantee")
    assert verdict.proved == all(answers)
    assert verdict.status == (PROVED if all(answers) else INCONCLUSIVE)
    assert verdict.guarantee == ("guarantee" if all(answers) else "")
    assert [o.name for o in verdict.failures] == [str(k) for k, holds in enumerate(answers) if not holds]
    assert f"{sum(answers)}/{len(answers)} obligations" in repr(verdict)


def test_verdicts_cannot_be_altered():
    verdict = Verdict.of(CLAIM, [Obligation("x", False)])
    with pytest.raises(FrozenInstanceError):
        verdict.status = PROVED
    with pytest.raises(FrozenInstanceError):
        verdict.obligations[0].holds = True


def statuses(certificate) -> dict[str, str]:
    return {verdict.claim.kind: verdict.status for verdict in check_certificate(certificate)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_upper_bound_below_a_proved_lower_bound_is_refuted(name):
    certificate = example(name)
    below = certificate.lower.rate * Fraction(99, 100)
    assert statuses(replace(certificate, upper=replace(certificate.upper, rate=below)))[UPPER] == REFUTED
    assert statuses(replace(certificate, upper=replace(certificate.upper, rate=below)))[LOWER] == PROVED


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_lower_bound_above_a_proved_upper_bound_is_refuted(name):
    certificate = example(name)
    above = (certificate.upper.rate + 1) / 2
    changed = replace(certificate, lower=replace(certificate.lower, rate=above))
    assert statuses(changed)[LOWER] == REFUTED
    assert statuses(changed)[UPPER] == PROVED


def test_without_a_proved_bound_on_the_other_side_nothing_is_refuted():
    certificate = example("ef21")
    below = replace(certificate.upper, rate=certificate.lower.rate / 2)
    alone = replace(certificate, upper=below, lower=None)
    assert statuses(alone)[UPPER] == INCONCLUSIVE
    unproved = replace(certificate, upper=below, lower=replace(certificate.lower, growth=Fraction(1)))
    assert statuses(unproved) == {UPPER: INCONCLUSIVE, LOWER: INCONCLUSIVE, "class_bound": PROVED}


def test_an_unproved_bound_that_contradicts_nothing_is_inconclusive():
    certificate = example("ef21")
    equal = replace(certificate.upper, rate=certificate.lower.rate)
    assert statuses(replace(certificate, upper=equal))[UPPER] == INCONCLUSIVE
    lower = replace(certificate.lower, growth=Fraction(9, 10))
    assert statuses(replace(certificate, lower=lower))[LOWER] == INCONCLUSIVE


def test_a_class_bound_refutes_no_rate():
    """It speaks of Lyapunov functions; other proofs may show better rates."""
    certificate = example("ef21")
    below = replace(certificate.upper, rate=certificate.class_bound.rate / 2)
    assert statuses(replace(certificate, upper=below, lower=None)) == {UPPER: INCONCLUSIVE, "class_bound": PROVED}


def test_the_refuted_bound_says_by_what():
    certificate = example("ef21")
    changed = replace(certificate, upper=replace(certificate.upper, rate=Fraction(1, 2)))
    upper = check_certificate(changed)[0]
    assert upper.failures[-1] == Obligation("consistent with the proved lower bound", False, "16/25")


def test_a_certificate_without_evidence_is_not_vacuously_proved():
    with pytest.raises(ValueError, match="no evidence"):
        check_certificate(Certificate(example("ef21").setting))


def test_one_verdict_for_each_bound():
    certificate = example("ef21")
    assert list(statuses(certificate)) == ["upper", "lower", "class_bound"]
    assert list(statuses(replace(certificate, upper=None))) == ["lower", "class_bound"]
