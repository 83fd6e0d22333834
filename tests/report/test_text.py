import re
from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Certificate
from eftheory.check import Obligation, Verdict, check_certificate
from eftheory.claims import LOWER, UPPER, Claim, Setting
from eftheory.methods import METHODS
from eftheory.pages.fragments import Items, Table
from eftheory.report import as_latex, as_text, explain
from eftheory.report.style import ASCII
from eftheory.theory import closed_form, law_step_size, worst_case
from tests.kit.examples import EXAMPLES, example
from tests.kit.hostile import TEXTS, hostile_names, hostile_provenance, hostile_templates


def text(certificate: Certificate, **options) -> str:
    return as_text(explain(certificate, check_certificate(certificate), **options), width=120)


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_methods_and_kinds(name, exact) -> None:
    certificate = example(name)
    shown = text(certificate, exact=exact)
    assert shown.splitlines()[0].endswith(": proved")
    for part in ("Result", "Claim", "Hypotheses:", "Guarantee", "V is worth the measure", "multiplier", "Initial x"):
        assert part in shown
    assert ("Bound on the template" in shown) == (certificate.class_bound is not None)
    assert "NOT PROVED" not in shown
    for name in certificate.upper.multipliers:
        assert name in shown or not any(certificate.upper.multipliers[name])
    assert ("What each compressor is asked first" in shown) == bool(certificate.lower.messages)


def test_a_small_certificate_in_full() -> None:
    shown = text(example("ef21, alike"), style=ASCII)
    assert "x+ = x - step_size mean d_i" in shown
    assert "measure_t <= 2 * 0.6400000001^t * measure_0" in shown
    assert "V = ||g - d[0]||^2 + 1/2 ||mean g||^2 + ||g - d[0]'||^2" in shown
    assert re.search(r"compression 0 +0 +1\n", shown)
    assert shown.isascii()


def test_digits_are_on_the_safe_side_and_exact_ones_on_request() -> None:
    certificate = example("ef21, two types")
    rough, exact = text(certificate), text(certificate, exact=True)
    (up,), (down,) = re.findall(r"rate ≤ ([0-9.]+) ", rough), set(re.findall(r"Lower bound +rate ≥ ([0-9.]+) ", rough))
    assert Fraction(up) > certificate.upper.rate
    assert Fraction(down) < certificate.lower.rate
    assert str(certificate.upper.rate) not in rough
    assert str(certificate.upper.rate) in re.sub(r"\s+", "", exact)
    assert "≈" not in exact.replace("marked ≈", "")


@pytest.mark.parametrize("certificate", [hostile_provenance("ef21"), hostile_names()], ids=["provenance", "names"])
def test_terminals_see_nothing_to_obey(certificate) -> None:
    shown = text(certificate)
    assert all(character.isprintable() for line in shown.split("\n") for character in line)
    flat = re.sub(r"\s+", "", shown)
    assert re.sub(r"\s+", "", r"\x1b[31mred\x1b[0m") in flat
    assert "[boldred]x[/]" in flat
    assert ":smiley:" in flat
    assert len(shown) < 40_000


@pytest.mark.parametrize("certificate", hostile_templates())
def test_templates_that_the_method_has_not(certificate) -> None:
    shown = text(certificate)
    assert all(character.isprintable() for line in shown.split("\n") for character in line)
    assert shown.splitlines()[0].endswith(": inconclusive")
    assert shown.count("NOT PROVED by this file; that does not refute the claim") == 2
    assert len(shown) < 40_000
    source = as_latex(certificate, check_certificate(certificate))
    assert source.isascii()
    assert r"\begin{theorem}" not in source


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "ef21, alike, memory",
            (
                "g - g-[j] is the mean of grad f_i(x) - grad f_i(x-) over the agents i of type j",
                "x- is x one step before; at the start it is x",
                "V leaves out what was more than one step back, and function values other than the method's own",
                "7/16 measure <= V, and at the start V <= 9/8 measure",
                "point 0 = x, point 1 = x-, point 2 = x+",
                "This includes functions that see more than the current state.",
            ),
        ),
        (
            "ef, values",
            (
                "V leaves out what was before the current state, and function values at points other than the two",
                "(interpolation x above x*[0])",
                "measure <= V <= 1.92050 measure",
                "That rests on inequalities too",
                "point 0 = x*, point 1 = x, point 2 = x+",
            ),
        ),
        ("ef, two types, memory", ("x- is x one step before; at the start it is x*", "point 1 = x-, point 2 = x")),
    ],
)
def test_what_v_may_see_is_said(name, parts) -> None:
    shown = re.sub(r"\s+", " ", text(example(name), style=ASCII))
    for part in parts:
        assert part in shown


def test_nothing_in_the_provenance_is_dropped() -> None:
    flat = re.sub(r"\s+", "", text(hostile_provenance("gd")))
    for name in TEXTS:
        assert f"-{name}:" in flat


def test_what_is_not_proved_is_said_so() -> None:
    shown = text(hostile_names())
    assert shown.splitlines()[0].endswith(": inconclusive")
    assert shown.count("NOT PROVED by this file; that does not refute the claim") == 3
    assert shown.count("what the file claims; it is not established:") == 3
    assert "Guarantee" not in shown
    assert "a coordinate occurs in two places" in shown


@pytest.mark.thorough
def test_many_types() -> None:
    """64 types of agents: long tables are cut, and lines are kept within the width."""
    agents = tuple(AgentType(10 + k, 1, 1 + k % 2) for k in range(64))
    for method in ("ef", "ef21"):
        step = law_step_size(method, agents, Fraction(1, 3))
        setting = Setting(agents, Contractive(Fraction(1, 3)), METHODS[method](step))
        certificate = Certificate(setting, closed_form(setting), worst_case(setting))
        rates = {UPPER: certificate.upper.rate, LOWER: certificate.lower.rate}
        trusting = [Verdict.of(Claim(setting, *kind), [Obligation("skipped", True)]) for kind in rates.items()]
        shown = as_text(explain(certificate, trusting), width=120)
        assert max(map(len, shown.splitlines())) <= 120
        assert "... and 64 more" in shown
        assert as_latex(certificate, trusting).count(r"\lambda_{2,63}") == 1


def test_obligations_are_asides_with_failures_first() -> None:
    certificate = hostile_names()
    sections = explain(certificate, check_certificate(certificate)).sections
    tables = [section.body[0] for section in sections if section.aside]
    assert all(isinstance(table, Table) and table.rows[0][0] == "FAILS" for table in tables)
    assert len(tables) == 3
    (provenance,) = [section for section in sections if section.title == "Provenance"]
    assert isinstance(provenance.body[-1], Items)


def test_a_worst_case_that_does_not_converge() -> None:
    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(3, 4)), METHODS["ef21"](Fraction(1)))
    shown = text(Certificate(setting, lower=worst_case(setting)))
    assert "The worst case does not converge: no rate below 1 holds at this step size." in shown
    assert "Upper bound" not in shown


@pytest.mark.parametrize("place", ["below", "multipliers"])
def test_long_tables_say_that_they_are_cut(place) -> None:
    certificate = example("ef21")
    rows = {f"inequality {k}": (Fraction(1),) for k in range(70)}
    shown = text(replace(certificate, upper=replace(certificate.upper, **{place: rows})))
    assert "... and 6 more" in shown
