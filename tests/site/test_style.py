"""The style sheet: colours that everyone can tell from the ground, in light and dark."""

import re
from importlib.resources import files

import pytest

STYLE = files("eftheory.site").joinpath("style")
BASE = STYLE.joinpath("base.css").read_text("utf-8")
ALL = "".join(file.read_text("utf-8") for file in sorted(STYLE.iterdir(), key=str))
LIGHT, DARK, PRINT = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root \{(.*?)\}", BASE, re.DOTALL)
)
TEXT, GRAPHIC = 4.5, 3.0
"""WCAG 2.2, AA: success criteria 1.4.3 and 1.4.11."""


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "quiet", "accent", "good", "bad", "warn"])
def test_words_can_be_read(scheme, name):
    assert min(contrast(scheme[name], scheme[ground]) for ground in ("ground", "panel")) >= TEXT


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["data-1", "data-2", "data-3", "data-4", "accent", "quiet"])
def test_curves_and_borders_of_fields_can_be_seen(scheme, name):
    assert min(contrast(scheme[name], scheme[ground]) for ground in ("ground", "panel")) >= GRAPHIC


def test_dark_has_every_colour_of_light_and_so_on():
    assert LIGHT.keys() == DARK.keys()
    assert PRINT.keys() <= LIGHT.keys()


def test_colours_are_said_once_and_used_by_name():
    """A colour outside the variables would be that of one scheme only; white is for pictures drawn on it."""
    for sheet in STYLE.iterdir():
        if sheet.name.endswith(".css"):
            rules = re.sub(r":root \{.*?\}", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", rules)) <= {"#fff"}, sheet.name
            used = set(re.findall(r"var\(--([\w-]+)\)", rules))
            assert used <= LIGHT.keys(), (sheet.name, used - LIGHT.keys())


def test_where_the_focus_is_is_seen():
    assert ":focus-visible" in BASE
    assert "outline: none" not in re.sub(r"main:focus \{[^}]*\}", "", BASE)


def test_a_key_undoes_what_a_picture_is_told():
    """A picture is a block in the middle; the strokes of a key are pictures, too, and stand before their words."""
    told, key = (
        {each.split(":")[0].strip() for each in re.search(rf"^{name} svg \{{(.*?)\}}", ALL, re.MULTILINE)[1].split(";")}
        for name in ("figure", r"\.key")
    )
    assert {"display", "width", "height", "margin"} <= told & key
