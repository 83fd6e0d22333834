"""General certificates as theorems: each is proved, and none of what it rests on can be left out or changed."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from eftheory.certificates.certificate import Block
from eftheory.cli.commands import app
from eftheory.proofkit import check
from eftheory.proofkit.attack import attack
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.lessons.lesson import as_text, tell
from eftheory.proofkit.models.seek import find
from tests.kit.second import FOLDER, SECOND, second
from tests.kit.tiers import one_in

SMALL = Fraction(1, 10**4)
NOISY = [name for name in SECOND if second(name).upper.noise]
VANISHING = [name for name in SECOND if second(name).upper.vanishing]
every = pytest.mark.parametrize("name", SECOND)
CHANCE = ("marina", "diana", "ef21_pp", "ef21_sgd", "external_chances", "diana_convex", "external_two_ways")
some = pytest.mark.parametrize("name", one_in(7, SECOND, also=CHANCE))
"""By default some of each kind: a better bound is refused of every one."""


def outcome_of(certificate, **changes):
    changed = replace(certificate, upper=replace(certificate.upper, **changes))
    return check(from_certificate(changed, "changed").theorem)


@some
def test_it_is_a_theorem_with_an_example_and_a_lesson(name):
    told = from_certificate(second(name), "general")
    outcome = check(told.theorem)
    assert outcome.problem is None
    example = find(told.theorem)
    assert (example.failing, example.refuted) == ([], [])
    lesson = as_text(tell(outcome, told.script))
    assert lesson.rstrip().endswith("\nPROVED")
    assert [lesson.index(f"\n{part}\n") for part in ("Notation", "Hypotheses", "Claims", "Proof")]
    assert "|" not in re.sub(r"\|\|", "", lesson)  # no name of the checker's branches is left


@every
def test_a_better_bound_is_not_proved(name):
    """A smaller rate, or a larger share of the measure, by 1/10^4; so is less before the start or the noise."""
    certificate = second(name)
    upper = certificate.upper
    if upper.tau:
        assert outcome_of(certificate, tau=upper.tau * (1 + 10**4 * SMALL)).problem is not None
    else:
        assert outcome_of(certificate, rate=upper.rate - SMALL * 10).problem is not None
    less = {quantity: factor * Fraction(1, 2) for quantity, factor in upper.initial.items()}
    assert outcome_of(certificate, **({"initial": less} if less else {"C": upper.C / 2})).problem is not None


@some
def test_every_inequality_is_needed(name):
    """Left out or turned round, a multiplier proves nothing; those that are next to nothing may be."""
    certificate = second(name)
    multipliers = certificate.upper.multipliers
    for key, row in multipliers.items():
        if max(row) < Fraction(1, 100):
            continue
        for factor in (-1, 1000):
            changed = {**multipliers, key: tuple(factor * value for value in row)}
            assert outcome_of(certificate, multipliers=changed).problem is not None


@pytest.mark.parametrize("name", NOISY)
def test_noise_is_paid_for(name):
    assert outcome_of(second(name), noise={}).problem is not None


@pytest.mark.parametrize("name", CHANCE)
def test_each_hypothesis_on_chance_is_needed(name):
    """Without it, the line that names it is refused: nothing is assumed that is not said."""
    theorem = from_certificate(second(name), "general").theorem
    words = ("mean", "independent", "past", "square", "stationary")
    said = [given for given in theorem.givens if any(word in given.name for word in words)]
    assert said
    for given in said:
        theorem.givens.remove(given)
        assert check(theorem).problem is not None
        theorem.givens.append(given)
    assert check(theorem).problem is None


@pytest.mark.parametrize("name", VANISHING)
def test_what_does_not_vanish_is_not_added(name):
    certificate = second(name)
    first, *others = certificate.upper.vanishing
    symbol = next(symbol for symbol in first.symbols if symbol.startswith(("g", "d", "e", "x", "r")))
    wrong = Block((symbol,), ((Fraction(1),),))
    assert outcome_of(certificate, vanishing=(wrong, *others)).problem is not None
    with pytest.raises(ValueError, match="unknown"):
        outcome_of(certificate, vanishing=(Block(("elsewhere",), ((Fraction(1),),)),))


def test_the_number_of_agents_is_said_where_it_matters():
    """Noise that is independent is averaged; without any, a theorem is about any number of agents."""
    assert ": 3 agents with" in from_certificate(second("ef21_sgd"), "general").theorem.title
    assert ": any number of agents with" in from_certificate(second("ef21_smooth"), "general").theorem.title
    assert "3 and 1 of them" in from_certificate(second("diana"), "general").theorem.title


def test_what_is_drawn_once_is_one_noise():
    """Shared noise does not average, and the theorem does not say that it does."""
    names = {given.name for given in from_certificate(second("ef21_sgd_shared"), "general").theorem.givens}
    assert not any("independent" in name for name in names)
    assert "noise, mean" in names


def test_what_is_said_of_all_times():
    """By hand: Psi is V; its fall in each step is summed, its shrinking repeated, above what noise keeps."""
    average, T, start, end = map(Symbol, ("average", "T", "Psi0", "PsiT"))
    theorem = from_certificate(second("ef21_smooth"), "sums").theorem
    tau = second("ef21_smooth").upper.tau
    assert says(theorem.conclusions[-1], tau * average <= start / T)
    assert not says(theorem.conclusions[-1], (tau + SMALL) * average <= start / T)
    upper = second("ef21_sgd_pl").upper
    theorem = from_certificate(second("ef21_sgd_pl"), "rates").theorem
    level = upper.noise["sigma2"] / (1 - upper.rate) * Symbol("sigma") ** 2
    power = Symbol(f"({upper.rate})^T")
    assert says(theorem.conclusions[-1], end - level <= power * (start - level))
    for given in [given for given in theorem.givens if given.name.startswith("Psi")]:
        theorem.givens.remove(given)
        assert check(theorem).problem is not None
        theorem.givens.append(given)


def test_lower_bounds_are_told_and_left_to_the_checker():
    told = from_certificate(second("ef21_both_sides"), "general")
    text = " ".join(as_text(tell(check(told.theorem), told.script)).split())
    assert "No part of this theorem; the certificate holds it, too" in text
    assert "no constant below" in text


@pytest.mark.parametrize("name", one_in(3, ["marina", "ef21_nonconvex", "ef21_sgd_pl"]))
def test_the_attack_finds_nothing_but_claims_of_signs(name):
    report = attack(from_certificate(second(name), "general").theorem)
    assert report.total > 100
    signs = ("claim ", "step 'noise, mean", "step 'message if the coin is 1, mean")  # an equation times -1 is one
    assert all(what.startswith(signs) for what in report.unexplained)


def test_what_a_file_may_not_name():
    certificate = second("ef21_sgd")
    with pytest.raises(ValueError, match="the constants of claims are sigma2, zeta2"):
        outcome_of(certificate, noise={"delta": Fraction(1)})
    with pytest.raises(ValueError, match="is no quantity"):
        outcome_of(certificate, initial={"elsewhere": Fraction(1)})
    quiet = [each for each in certificate.setting.assumptions if "noise" not in each.name]
    silent = replace(certificate, setting=replace(certificate.setting, assumptions=tuple(quiet)))
    with pytest.raises(ValueError, match="assume 'noise' or 'independent noise'"):
        from_certificate(silent, "silent")
    unbounded = replace(certificate, setting=replace(certificate.setting, assumptions=()))
    unbounded = replace(unbounded, upper=replace(unbounded.upper, initial={"f - inf f": Fraction(1)}))
    with pytest.raises(ValueError, match="nothing is assumed of inf f"):
        from_certificate(unbounded, "unbounded")


@pytest.mark.parametrize("rate", [Fraction(1), Fraction(3, 2)])
def test_a_rate_that_is_not_below_1_shrinks_nothing(rate):
    """Not even noise has a level then: it would be divided by zero."""
    with pytest.raises(ValueError, match=r"its rate is about 1(\.5)?: V shrinks where it is below 1"):
        outcome_of(second("ef21_sgd_pl"), rate=rate)


@pytest.mark.parametrize("options", [[], ["--json"], ["--latex"], ["--html"]])
def test_the_command(options, tmp_path):
    where = [str(tmp_path / "pages")] if options == ["--html"] else []
    arguments = ["prove", str(FOLDER / "marina.json"), *options, *where]
    result = CliRunner().invoke(app, arguments, standalone_mode=False)
    assert result.return_value == 0
    assert "PROVED" in result.output
