"""Certificates as theorems: proved where the checker accepts them, and not where a number is changed."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eftheory import AgentType, certify
from eftheory.certificates import read_certificate
from eftheory.cli.commands import app
from eftheory.methods.econtrol import EControl
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.proofkit import check, expectation, mean, square
from eftheory.proofkit.attack import attack
from eftheory.proofkit.certified.from_certificate import from_certificate, read_theorem, slug_of
from eftheory.proofkit.kernel.entailment import says
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.kernel.substitution import is_indexed
from eftheory.proofkit.lessons.lesson import as_text, tell
from eftheory.proofkit.models.seek import find

REPORTS = Path(__file__).parents[3] / "reports"
EQUAL = "certificates/ef21-n10-kappa10-alpha3_4"
HANDFUL = [
    EQUAL,
    "certificates/ef21-n1-kappa2-alpha1_2",
    "certificates/ef-n10000000-kappa1000-alpha1_10",
    "certificates/ef-steep-and-flat-alpha99_100",
    "certificates/cgd-n1-kappa10-alpha1_2",
    "findings/ef21-steep-and-flat-free-best-step",
    "findings/ef21-steep-and-flat-memory",
    "findings/ef-one-easy-one-hard-memory",
    "findings/ef21-3-types-scaled-alpha3_4-memory",
    "certificates/ef-ten-to-one-alpha3_4",
    "certificates/ef21-geometric-alpha3_4",
    "findings/ef21-2-types-easy-and-hard-alpha3_4-memory",
]
ALL = sorted([*REPORTS.glob("certificates/*.json"), *REPORTS.glob("findings/*.json")])


def path_of(name):
    return REPORTS / f"{name}.cert.json"


def load(name):
    return read_certificate(path_of(name).read_bytes())


def outcome_of(certificate, **changes):
    changed = replace(certificate, upper=replace(certificate.upper, **changes))
    return check(from_certificate(changed, "changed").theorem)


@pytest.mark.parametrize("name", HANDFUL)
def test_a_certificate_is_a_theorem(name):
    told = read_theorem(path_of(name))
    outcome = check(told.theorem)
    assert outcome.problem is None
    example = find(told.theorem)
    assert (example.failing, example.refuted) == ([], [])
    lesson = as_text(tell(outcome, told.script))
    assert lesson.rstrip().endswith("PROVED")
    assert [lesson.index(f"\n{part}\n") for part in ("Notation", "Hypotheses", "Claims", "Proof")]


@pytest.mark.slow
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.removesuffix(".cert.json"))
def test_every_certificate(path):
    certificate = read_certificate(path.read_bytes())
    assert check(read_theorem(path).theorem).problem is None
    assert outcome_of(certificate, rate=certificate.upper.rate - Fraction(1, 10**5)).problem is not None


def test_what_is_said_of_equal_agents():
    """By hand: for every number of them, whatever the certificate's number is."""
    certificate = load(EQUAL)
    theorem = from_certificate(certificate, "equal").theorem
    upper, step, s2 = certificate.upper, certificate.setting.method.step_size, Fraction(1, 4)
    g, d, g_after = (Symbol(name, vector=True, indexed=True) for name in ("g", "d", "g+"))
    c = Symbol("c", vector=True, indexed=True, random=True)
    p = -step * mean(d)
    two_points = square(g_after - g - Fraction(11, 20) * p) <= Fraction(81, 400) * square(p)
    compressor = expectation(square(c - (g_after - d))) <= s2 * square(g_after - d)
    assert len(theorem.givens) == 2
    assert all(says(given.relation, by_hand) for given, by_hand in zip(theorem.givens, (two_points, compressor)))
    V = mean(square(g - d)) + square(mean(g)) / 2
    V_after = mean(square(g_after - d - c)) + square(mean(g_after)) / 2
    measure = mean(square(g - d)) + square(mean(g))
    by_hand = (expectation(V_after) <= upper.rate * V, upper.c * measure <= V, upper.C * measure >= V)
    assert all(says(claim, mine) and says(mine, claim) for claim, mine in zip(theorem.conclusions, by_hand))
    assert "any number of agents" in theorem.title
    again = from_certificate(load("certificates/ef21-n10000000-kappa10-alpha3_4"), "equal").theorem
    assert [given.relation for given in again.givens] == [given.relation for given in theorem.givens]


def test_what_is_said_of_two_agents():
    theorem = from_certificate(load("certificates/ef-steep-and-flat-alpha99_100"), "two").theorem
    assert not any(is_indexed(given.relation.slack) for given in theorem.givens)
    assert [given.name for given in theorem.givens] == [
        "x* and x, agent 1",
        "x* and x, agent 2",
        "compressor, agent 1",
        "compressor, agent 2",
    ]


def test_a_rate_next_to_one_is_told_from_it():
    """And the constant of V from zero."""
    agents, alpha = [AgentType(1, Fraction(1, 10**14))], 1 - Fraction(1, 10**26)
    found = certify("ef21", agents, alpha=alpha, step_size="law", engine="law")
    title = from_certificate(read_certificate(found.data), "near").theorem.title
    rate, c = (Fraction(re.search(pattern + r" ([0-9.]+)", title)[1]) for pattern in ("at most", "V >="))
    assert found.rate("upper") <= rate < 1
    assert c > 0


def test_what_is_said_of_types():
    """By hand: one agent of one type, nine of the other; the measure weigh the types with their shares."""
    certificate = load("certificates/ef-ten-to-one-alpha3_4")
    shares = [Fraction(a.count, certificate.setting.n_agents) for a in certificate.setting.agents]
    assert sorted(shares) == [Fraction(1, 10), Fraction(9, 10)]
    theorem = from_certificate(certificate, "types").theorem
    several = [a.count > 1 for a in certificate.setting.agents]
    e = [Symbol(f"e{t + 1}", vector=True, indexed=own) for t, own in enumerate(several)]
    means = [mean(square(v)) if own else square(v) for v, own in zip(e, several)]
    y = Symbol("x", vector=True) - Symbol("x*", vector=True)
    measure = square(y) + shares[0] * means[0] + shares[1] * means[1]
    claim = theorem.conclusions[1]
    assert says(claim, certificate.upper.c * measure <= claim.right)
    names = {given.name: is_indexed(given.relation.slack) for given in theorem.givens}
    assert names == {
        f"{name}, type {t + 1}": own for name in ("x* and x", "compressor") for t, own in enumerate(several)
    }


def test_hypotheses_that_are_not_used_are_not_made():
    certificate = load("certificates/cgd-n1-kappa10-alpha1_2")
    used = [name for name, (row,) in certificate.upper.multipliers.items() if row]
    assert len(from_certificate(certificate, "cgd").theorem.givens) == len(used) < len(certificate.upper.multipliers)


@pytest.mark.parametrize("name", HANDFUL)
def test_a_smaller_rate_is_not_proved(name):
    certificate = load(name)
    outcome = outcome_of(certificate, rate=certificate.upper.rate - Fraction(1, 10**5))
    assert outcome.problem.startswith("along every path: ")
    assert outcome.status == "UNPROVED"


@pytest.mark.parametrize("name", HANDFUL)
def test_multipliers_are_needed(name):
    certificate = load(name)
    multipliers = certificate.upper.multipliers
    key = next(key for key, row in multipliers.items() if key.startswith("interpolation") and any(row))
    for factor in (0, -1, 1000):
        changed = tuple(factor * multiplier for multiplier in multipliers[key])
        outcome = outcome_of(certificate, multipliers={**multipliers, key: changed})
        assert outcome.problem.startswith("along every path: ")


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"c": Fraction(3, 4)}, "V is above the measure"),
        ({"C": Fraction(3, 4)}, "V is below the measure at the start"),
        ({"c": Fraction(-1)}, "c above 0"),
        ({"rate": Fraction(1)}, "rate below 1"),
    ],
)
def test_constants_are_needed(changes, step):
    assert outcome_of(load(EQUAL), **changes).problem.startswith(f"{step}: ")


def test_the_attack_finds_nothing():
    report = attack(read_theorem(path_of(EQUAL)).theorem)
    assert report.total > 100
    assert not report.unexplained


@pytest.mark.parametrize(
    ("method", "types", "step", "template"),
    [
        (HeavyBallEF21, [AgentType(1, Fraction(1, 10), 1000)], Fraction(1, 2), {}),
        (EControl, [AgentType(1, Fraction(1, 10)), AgentType(1, Fraction(1, 2))], Fraction(1, 5), {}),
        ("ef21", [AgentType(1, 1, 3)], Fraction(1, 3), {}),
        ("ef", [AgentType(1, 1), AgentType(2, 1)], Fraction(1, 3), {"memory": 1}),
        ("gd", [AgentType(1, Fraction(1, 10), 7)], Fraction(1, 2), {"memory": 1, "values": True}),
    ],
)
def test_other_methods_and_quadratics(method, types, step, template):
    alpha = None if method == "gd" else Fraction(3, 4)
    certificate = certify(method, types, alpha=alpha, step_size=step, **template).certificate
    told = from_certificate(certificate, "other")
    assert check(told.theorem).problem is None
    assert find(told.theorem).refuted == []


def test_what_is_not_supported(tmp_path):
    several = load("certificates/ef-ten-to-one-alpha3_4")
    with pytest.raises(ValueError, match="no upper bound"):
        from_certificate(replace(several, upper=None), "lower")
    upper = load(EQUAL).upper
    for changes in ({"multipliers": {}}, {"values": (Fraction(1),)}, {"lyapunov": ()}):
        with pytest.raises(ValueError, match=r"multipliers|coefficients|V is zero"):
            outcome_of(load(EQUAL), **changes)
    block = replace(upper.lyapunov[0], symbols=("elsewhere",) * len(upper.lyapunov[0].symbols))
    with pytest.raises(ValueError, match="no coordinate of V"):
        outcome_of(load(EQUAL), lyapunov=(block,))


def test_names():
    assert slug_of(Path("a/EF21-n1.cert.json")) == "ef21_n1"
    assert slug_of(Path("1.json")) == "certificate_1"


def prove(*arguments):
    return CliRunner().invoke(app, ["prove", *map(str, arguments)], standalone_mode=False)


def test_the_command(tmp_path):
    result = prove(path_of(EQUAL))
    assert result.return_value == 0
    assert result.output.rstrip().endswith("\nPROVED")
    (record,) = json.loads(prove(path_of(EQUAL), "--json").output)
    assert (record["slug"], record["status"]) == ("ef21_n10_kappa10_alpha3_4", "PROVED")
    assert "\\end{document}" in prove(path_of(EQUAL), "--latex").output
    assert prove(path_of(EQUAL), "gd", "--html", tmp_path / "pages").return_value == 0
    assert (tmp_path / "pages" / "ef21_n10_kappa10_alpha3_4.html").is_file()


def test_the_command_names_what_it_cannot_read(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    copy = tmp_path / path_of(EQUAL).name
    copy.write_bytes(path_of(EQUAL).read_bytes())
    for files, message in (
        ([broken], "broken.json"),
        ([copy, path_of(EQUAL)], "rename one"),
    ):
        result = prove(*files)
        assert isinstance(result.exception, ValueError)
        assert message in str(result.exception)
    assert isinstance(prove(tmp_path / "none.json").exception, FileNotFoundError)
