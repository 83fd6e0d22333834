"""What is known of a method is found by its class; what is not known is said, and never taken from another method."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.bounds import certify
from eftheory.claims import Setting
from eftheory.cli.app import main
from eftheory.cli.cite import bibliography
from eftheory.methods import EF21, METHODS, NAMED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.ef_sgd import EFSGD
from eftheory.proofkit.catalogue import proofs_folder, slugs_in
from eftheory.theory import closed_form, law_step_size, look_up, survey, tight_form, worst_case
from eftheory.theory.known import NOTHING
from eftheory.theory.named import name_of

AGENTS = (AgentType(1, Fraction(1, 10), 3),)
names = pytest.mark.parametrize("name", METHODS)


@dataclass(frozen=True)
class EF22(EF21):
    """A fifth method: one file, one entry in METHODS, and nothing known."""

    name = "ef22"


@pytest.fixture
def fifth(monkeypatch):
    for known in (METHODS, NAMED):
        monkeypatch.setitem(known, "ef22", EF22)


def setting(method) -> Setting:
    return Setting(AGENTS, Contractive(Fraction(3, 4) if method.compresses else Fraction(1)), method)


@names
def test_theorems_and_papers_are_there(name):
    known = look_up(name)
    assert known.theorems
    assert {*known.theorems} <= {*slugs_in(proofs_folder())}
    assert known.cites
    assert {*known.cites} <= {*bibliography()}


@names
def test_a_method_is_found_by_name_class_and_instance(name):
    kind = METHODS[name]
    assert look_up(name) is look_up(kind) is look_up(kind(Fraction(1))) is not NOTHING


@pytest.mark.usefixtures("fifth")
def test_nothing_is_known_of_a_method_that_is_only_defined():
    """It may inherit from another one, or have its name: what is known is of the class itself."""
    made = setting(EF22(Fraction(1, 2)))
    assert look_up("ef22") is look_up(EF22) is NOTHING
    assert closed_form(made) is None
    assert tight_form(made) is None
    with pytest.raises(ValueError, match="'ef22': no law is known for its step size, only for gd, cgd, ef, ef21"):
        law_step_size("ef22", AGENTS, Fraction(3, 4))
    with pytest.raises(ValueError, match="'ef22': no closed-form rates are known but for gd, cgd, ef, ef21"):
        survey("ef22", AGENTS, alpha=Fraction(3, 4))


@pytest.mark.usefixtures("fifth")
def test_it_is_certified_all_the_same():
    """By searches, which read its definition: here that of EF21, whose worst case and rate are found again."""
    found = certify("ef22", AGENTS, alpha=Fraction(3, 4), step_size=Fraction(20, 33))
    known = certify("ef21", AGENTS, alpha=Fraction(3, 4), step_size=Fraction(20, 33))
    assert found.status("upper") == found.status("lower") == "proved"
    assert abs(found.rate("upper") - known.rate("upper")) < Fraction(1, 10**6)
    assert worst_case(setting(EF22(Fraction(1, 2)))) is not None


@pytest.mark.usefixtures("fifth")
def test_its_step_size_is_searched():
    found = certify("ef22", AGENTS, alpha=Fraction(3, 4))
    assert abs(found.setting.method.step_size - Fraction(20, 33)) < Fraction(1, 1000)
    assert found.status("upper") == "proved"


@pytest.mark.usefixtures("fifth")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["certify", "ef22", "--alpha", "3/4", "--step-size", "law"], "no law is known for ef22; give a number"),
        (["certify", "ef22", "--alpha", "3/4", "--engine", "law"], "searches no step size for ef22; give a number"),
        (["rate", "ef22", "--alpha", "3/4"], "no closed-form rates are known"),
    ],
)
def test_the_commands_say_what_is_not_known(words, message, capsys):
    with pytest.raises(SystemExit) as caught:
        main([*words, "--agents", "L=1,mu=1/10"])
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("name", ["ef22", "EF21", "", "external ef21"])
def test_a_name_that_is_none_gives_no_other_methods_law(name):
    with pytest.raises(ValueError, match="no law is known"):
        law_step_size(name, AGENTS, Fraction(3, 4))


@pytest.mark.parametrize("kind", CATALOGUE, ids=name_of)
def test_of_every_method_there_is_a_theorem_or_a_certificate_and_a_paper(kind):
    known = look_up(kind)
    assert known.theorems or kind in (EFBV, EFSGD)  # which have no theorem yet
    assert {*known.theorems} <= {*slugs_in(proofs_folder())}
    assert known.cites
    assert {*known.cites} <= {*bibliography()}
