"""Files of the second format: what is new in them is read one way only, and never in a file of the first."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from eftheory.assumptions.compressors import Contractive, Unbiased
from eftheory.assumptions.mean import BoundedBelow, GlobalMinimiser, PolyakLojasiewicz, Similar
from eftheory.certificates import Certificate, CertificateError, read_certificate
from eftheory.certificates.codec import format_of
from eftheory.check import check_bytes
from eftheory.methods import EF21
from eftheory.writing import seal, write_certificate
from tests.kit.examples import EXAMPLES, example
from tests.kit.general import GENERAL, STEP

FIRST, SECOND = "eftheory-certificate/1", "eftheory-certificate/2"
READABLE = [name for name in GENERAL if name.startswith(("gd", "convex"))]


def certificate(name: str) -> Certificate:
    it = GENERAL[name]()
    return Certificate(it.setting, it.upper)


def edited(it: Certificate, edit: Callable[[dict[str, Any]], None]) -> bytes:
    """The file after an edit, sealed anew."""
    document = json.loads(write_certificate(it))
    edit(document)
    return json.dumps(seal(document)).encode()


def put(place: str, value: Any) -> Callable[[dict[str, Any]], None]:
    *path, last = place.split("/")

    def edit(document: dict[str, Any]) -> None:
        for key in path:
            document = document[key]
        document[last] = value

    return edit


@pytest.mark.parametrize("name", READABLE)
def test_they_are_read_as_they_were_written_and_proved(name):
    it = certificate(name)
    assert read_certificate(write_certificate(it)) == it
    (verdict,) = check_bytes(write_certificate(it))
    assert verdict.proved


@pytest.mark.parametrize("name", READABLE)
def test_what_is_new_is_refused_in_a_file_of_the_first_format(name):
    it = certificate(name)
    assert format_of(it) == SECOND
    with pytest.raises(CertificateError):
        read_certificate(edited(it, put("format", FIRST)))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_old_is_still_written_in_the_first_format(name):
    assert format_of(example(name)) == FIRST


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("setting/assumptions", [{"class": "bounded below"}]),
        ("setting/compressor", {"class": "unbiased", "omega": "1/4"}),
        ("setting/compressor", {"class": "contractive", "alpha": "3/4"}),
        ("setting/parameters", {"chance": "1/2"}),
        ("setting/measure", "f - inf f"),
        ("setting/measure", "||mean g||^2"),
        ("upper/tau", "1"),
        ("upper/noise", {"sigma2": "1"}),
        ("upper/initial", {"||mean g||^2": "1"}),
        ("upper/template", "gradients"),
        ("upper/vanishing", [{"symbols": ["x"], "rows": [["0"]]}]),
        ("upper/tau", "0"),
        ("upper/noise", {}),
        ("upper/initial", {}),
    ],
)
def test_a_file_of_the_first_format_holds_none_of_it(place, value):
    """Not even where it would change nothing: a checker of the first format knows no such key."""
    with pytest.raises(CertificateError):
        read_certificate(edited(example("ef21"), put(place, value)))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("setting/assumptions", [{"class": "bounded below"}] * 2, "one stands twice"),
        (
            "setting/assumptions",
            [{"class": "bounded below"}, {"class": "similar", "A": "2"}, {"class": "similar", "A": "3"}],
            "one stands twice",
        ),
        (
            "setting/assumptions",
            [{"class": "global minimiser"}, {"class": "common global minimiser"}],
            "only one x. can be granted",
        ),
        ("setting/assumptions", [{"class": "bounded above"}], "is no class to be named here"),
        ("setting/assumptions", [{"class": "smooth", "L": "1", "mu": "0"}], "is no class to be named here"),
        ("setting/assumptions", [{"class": "bounded below", "L": "1"}], "unknown key 'L'"),
        ("setting/assumptions", [{"class": "pl"}], "lacks mu"),
        ("setting/assumptions", [{"class": "pl", "mu": "0"}], "must be positive"),
        ("setting/assumptions", [{"class": "pl", "mu": "3"}], "greater than the mean of all L"),
        ("setting/assumptions", [{"class": "similar", "A": "1/2"}], "no less than 1"),
        ("setting/assumptions", [{"class": "smooth mean", "L": "1"}], "lacks mu"),
        ("setting/assumptions", [{"class": "smooth mean", "L": "1", "mu": "1"}], "curvatures of f lie between them"),
        ("setting/assumptions", [{"class": "smooth mean", "L": "1", "mu": "-2"}], "curvatures of f lie between them"),
        ("setting/assumptions", [{"class": "smooth mean", "L": "0", "mu": "0"}], "curvatures of f lie between them"),
        ("setting/assumptions", [{"class": "smooth mean", "L": "9", "mu": "8"}], "so none fits"),
        ("setting/assumptions", [], "empty; leave it out"),
        ("setting/compressor", {"class": "contractive", "alpha": "1"}, "setting.compressor: not what"),
        ("setting/compressor", {"class": "unbiased", "omega": "-1"}, "a variance is not negative"),
        ("setting/compressor", {"class": "unbiased", "omega": "1"}, "does not compress"),
        ("setting/alpha", "1/2", "does not compress"),
        ("setting/parameters", {"chance": "1/2"}, "has others"),
        ("setting/parameters", {"step_size": "1"}, "has others"),
        ("setting/measure", "mean ||d||^2", "is no quantity of gd"),
        ("setting/measure", "||x - x*||^2", "no common minimiser"),
        ("setting/measure", "", "setting.measure: not what"),
        ("setting/hypotheses", ["no compression"], "setting.hypotheses: not what"),
        ("setting/agents", [{"class": "smooth", "L": "1", "mu": "-2", "count": "2"}], "no curvature below -L"),
        ("setting/agents", [{"L": "1", "mu": "-1", "count": "2"}], "must not be negative"),
        ("upper/noise", {"sigma2": "0.5"}, "is not a number"),
        ("upper/tau", "0", "upper.tau: empty; leave it out"),
    ],
)
def test_what_is_not_meant_is_refused_with_its_place(place, value, said):
    with pytest.raises(CertificateError, match=said):
        read_certificate(edited(certificate("gd"), put(place, value)))


def test_the_error_of_unbiased_messages_is_said_once():
    """alpha beside omega repeats what it is, and must agree."""
    it = certificate("gd")
    setting = replace(it.setting, method=EF21(STEP), compressor=Unbiased(Fraction(1, 4)))
    made = replace(it, setting=setting)
    assert read_certificate(write_certificate(made)).setting == setting
    with pytest.raises(CertificateError, match=r"setting\.alpha: not what"):
        read_certificate(edited(made, put("setting/alpha", "1")))
    assert read_certificate(write_certificate(replace(made, setting=replace(setting, compressor=Unbiased(3)))))


@pytest.mark.parametrize("name", READABLE)
def test_a_claim_without_what_it_needs_is_not_proved(name):
    """Hypotheses are dropped, weakened, or replaced; the file is otherwise as it was."""
    it = certificate(name)
    changes = [(), (BoundedBelow(),), (PolyakLojasiewicz(Fraction(1, 100)),), (Similar(2),), (GlobalMinimiser(),)]
    for assumptions in changes:
        try:
            weaker = Certificate(replace(it.setting, assumptions=assumptions), it.upper)
            (verdict,) = check_bytes(write_certificate(weaker))
        except ValueError:
            continue
        assert not verdict.proved or assumptions == it.setting.assumptions or name.startswith("convex"), assumptions


def test_the_same_words_in_both_formats_mean_the_same():
    it = example("ef21")
    (first, *_), (second, *_) = (check_bytes(edited(it, put("format", f))) for f in (FIRST, SECOND))
    assert first == second


def test_exact_messages_are_contractive_and_unbiased_alike():
    it = certificate("gd")
    other = replace(it, setting=replace(it.setting, compressor=Unbiased(0)))
    assert [v.status for v in check_bytes(write_certificate(other))] == ["proved"]
    assert it.setting.compressor == Contractive(1)
