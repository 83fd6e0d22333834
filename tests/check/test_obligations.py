"""Which obligations there are, and that every single one is seen to fail somewhere."""

import pytest

from eftheory.check import PROVED, check_bytes, check_certificate
from eftheory.exact.budget import limited
from tests.certificates.make_bad import DEFECTS
from tests.certificates.test_bad_files import QUICK
from tests.check.mutants import generic
from tests.kit.examples import EXAMPLES, example


def test_every_example_is_proved():
    for name in EXAMPLES:
        for verdict in check_certificate(example(name)):
            assert verdict.status == PROVED, (name, verdict.failures)
            assert verdict.obligations


def check_quickly(data):
    with limited(QUICK):
        return check_bytes(data)


@pytest.fixture(scope="module")
def seen():
    """(bound, obligation) -> the answers seen over all examples and bad files."""
    answers: dict[tuple[str, str], set[bool]] = {}
    verdicts = [verdict for name in EXAMPLES for verdict in check_certificate(example(name))]
    verdicts += [
        verdict for defect in DEFECTS.values() if defect.bound != "reader" for verdict in check_quickly(defect.make())
    ]
    for verdict in verdicts:
        for obligation in verdict.obligations:
            answers.setdefault((verdict.claim.kind, generic(obligation.name)), set()).add(obligation.holds)
    return answers


def test_every_obligation_is_seen_to_fail(seen):
    never_failed = {key for key, answers in seen.items() if False not in answers}
    assert never_failed == set()


def test_every_obligation_is_seen_to_hold(seen):
    never_held = {key for key, answers in seen.items() if True not in answers}
    assert {name for _, name in never_held if not name.startswith("consistent with the proved")} == {
        "cheap enough to check",  # these are stated only when they fail
        "the instance answers every question",
        "the template is one of the method's",
    }


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (
            "upper",
            {
                "rate in [0, 1)",
                "one multiplier for each inequality and type",
                "V is over the method's coordinates",
                "multiplier interpolation N >= 0",
                "multiplier interpolation N above N >= 0",
                "multiplier compression N >= 0",
                "the template is one of the method's",
                "below names inequalities that always hold, one number for each type",
                "above names inequalities that always hold, one number for each type",
                "below interpolation N above N >= 0",
                "above interpolation N above N >= 0",
                "c > 0",
                "C > 0",
                "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: function values cancel",
                "decrease: rate V - V+ - sum of multipliers times inequalities >= 0: positive semidefinite",
                "V >= c measure: function values cancel",
                "V >= c measure: positive semidefinite",
                "C measure >= V: function values cancel",
                "C measure >= V: positive semidefinite",
            },
        ),
        (
            "lower",
            {
                "growth >= 0",
                "rate <= growth^2",
                "signs are 1 or -1",
                "at most 64 coordinates",
                "the instance has the right shape",
                "curvatures of type N lie in [mu, L]",
                "every message is used",
                "message N of type N is contractive",
                "message N of type N is a function of its input",
                "the state after one step is growth * signs * state",
                "the measure sees the mode",
                "the measure grows by growth^2",
            },
        ),
        (
            "class_bound",
            {
                "the template is one of the method's",
                "the template has no function values",
                "rate > 0",
                "no symbol occurs twice",
                "the symbols are those of the step",
                "Gram block N is positive semidefinite",
                "interpolation N holds for type N",
                "compression N holds for type N",
                "Gram(z+) - rate Gram(z) >= 0: mean",
                "Gram(z+) - rate Gram(z) >= 0: deviations of type N",
                "the measure of the Gram matrix is positive",
            },
        ),
    ],
)
def test_no_obligation_is_dropped(seen, bound, expected):
    """An obligation that vanished from the checker would fail nowhere; so their names are written down."""
    assert expected - {name for kind, name in seen if kind == bound} == set()
