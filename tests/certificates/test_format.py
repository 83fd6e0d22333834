"""FORMAT.md is real: its certificates are proved, its excerpts are excerpts, its obligations the checker's."""

import json
import re
from dataclasses import fields
from importlib.resources import files

import pytest

from eftheory.assumptions import Contractive, SmoothStronglyConvex
from eftheory.assumptions.agent_type import MAX_TYPES
from eftheory.assumptions.compressors import COMPRESSORS
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.certificates import FORMAT, CertificateError, load, read_certificate
from eftheory.certificates.document import MAX_BYTES, MAX_DEPTH
from eftheory.certificates.document import SECOND as SECOND_FORMAT
from eftheory.check import check_certificate
from eftheory.exact.budget import OVERHEAD, WORK
from eftheory.exact.number import MAX_DIGITS
from eftheory.methods import METHODS, NAMED
from eftheory.methods.quantities import GENERAL
from eftheory.methods.recorded import MAX_CALLS, MAX_NAMES, MAX_TEXT
from eftheory.methods.template import Template, has_minimiser
from eftheory.writing import seal, write_certificate
from tests.kit.examples import EXAMPLES, example
from tests.kit.second import DOCUMENTED, SECOND, second

TEXT = files("eftheory.certificates").joinpath("FORMAT.md").read_text(encoding="utf-8")
WHOLE, *EXCERPTS, _ = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]
NAMES = [name for line in TEXT.splitlines() if line.startswith("|") for name in re.findall(r"`([^`]+)`", line)]


def test_the_certificate_of_the_document_is_proved() -> None:
    verdicts = check_certificate(read_certificate(json.dumps(WHOLE).encode()))
    assert [(verdict.claim.kind, verdict.status) for verdict in verdicts] == [
        ("upper", "proved"), ("lower", "proved"), ("class_bound", "proved")
    ]  # fmt: skip
    assert {str(verdict.claim.rate) for verdict in verdicts} == {"9/16"}


def test_the_excerpts_are_parts_of_it() -> None:
    assert [WHOLE["setting"], WHOLE["upper"], WHOLE["lower"], WHOLE["class_bound"]] == EXCERPTS


def test_the_definition_of_ef_in_the_document_is_that_of_ef() -> None:
    """But for names, which are free."""
    written = json.loads(re.search(r"EF,\s+written so:\n\n((?:    .*\n)+)", TEXT)[1])
    setting = json.loads(write_certificate(example("external ef")))["setting"]
    ours = setting["definition"]
    for key in ("server_state", "agent_state", "hypotheses", "step", "observe"):
        assert written[key] == ours[key], key
    document = json.loads(write_certificate(example("external ef")))
    document["setting"]["definition"] = written
    read = read_certificate(json.dumps(seal(document)).encode())
    assert all(verdict.proved for verdict in check_certificate(read))


def test_the_limits_of_definitions_are_documented() -> None:
    for limit in (
        f"at most {MAX_NAMES} together",
        f"at most {MAX_CALLS}:",
        f"at most {MAX_TEXT} characters",
        f"may cost {WORK},",
        f"costs {OVERHEAD} and",
    ):
        assert limit in TEXT


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_obligation_is_documented(name) -> None:
    known = [pattern(documented) for documented in NAMES]
    for verdict in check_certificate(example(name)):
        for obligation in verdict.obligations:
            short = re.sub(r": (function values cancel|positive semidefinite)$", "", obligation.name)
            assert any(re.fullmatch(expression, short) for expression in known), obligation.name


@pytest.mark.parametrize("name", SECOND)
def test_every_obligation_of_the_second_format_is_documented(name) -> None:
    known = [pattern(documented) for documented in NAMES]
    for verdict in check_certificate(second(name)):
        assert verdict.proved
        for obligation in verdict.obligations:
            short = re.sub(r": (function values cancel|positive semidefinite)$", "", obligation.name)
            assert any(re.fullmatch(expression, short) for expression in known), obligation.name


@pytest.mark.parametrize("name", [*EXAMPLES, *SECOND])
def test_every_name_of_an_inequality_is_documented(name) -> None:
    known = [re.sub(r"\b[jk]\b", "[0-9]+", re.escape(text)) for text in NAMES]
    for inequality in (example if name in EXAMPLES else second)(name).upper.multipliers:
        without_branch = re.sub(r" if [01]+$", "", inequality)
        assert any(re.fullmatch(expression, without_branch) for expression in known), inequality


def test_the_certificate_of_the_second_format_says_what_the_document_says() -> None:
    (verdict,) = check_certificate(second(DOCUMENTED))
    assert "(||mean g||^2)_t <= 4 * (f - inf f)_0 + 2 * (mean ||g - d||^2)_0 for all T" in verdict.guarantee
    assert f"`{SECOND_FORMAT}`" in TEXT.replace('"', "")


@pytest.mark.parametrize("name", GENERAL)
def test_quantities_are_documented(name) -> None:
    assert f"\n- `{name}`: " in TEXT


def test_no_cell_of_a_table_is_cut_by_a_norm() -> None:
    """In tables norms are written with another sign, as a line in a cell ends it."""
    assert [line for line in TEXT.splitlines() if line.startswith("|") and "||" in line] == []


@pytest.mark.parametrize("kind", [*ASSUMPTIONS.values(), *COMPRESSORS.values(), *FUNCTIONS.values()])
def test_classes_are_documented_with_their_constants(kind) -> None:
    if kind.name in ASSUMPTIONS:
        rows = [line for line in TEXT.splitlines() if line.startswith(f"| `{kind.name}` | ")]
        assert any(all(f"`{field.name}`" in row for field in fields(kind)) for row in rows)
    elif kind not in (Contractive, SmoothStronglyConvex):  # which the first format speaks of in its own words
        assert f"`{kind.name}`" in TEXT


def test_methods_measures_and_limits_are_documented() -> None:
    for method in NAMED.values():
        assert f"| `{method.name}` |" in TEXT
        assert all(f"`{each.name}`" in TEXT for each in fields(method) if each.name != "step_size")
        for coordinate in (*method.coordinates.agents, *method.coordinates.server, *method.coordinates.values):
            assert f"`{coordinate}`" in TEXT
        for hypothesis in method.hypotheses:  # type: ignore[attr-defined]
            assert f"- `{hypothesis.name}`:" in TEXT
    for limit in (
        f"{MAX_BYTES // 2**20} MiB",
        f"{MAX_DEPTH} levels",
        f"{MAX_DIGITS} digits",
        f"{MAX_TYPES} types",
        FORMAT,
    ):
        assert limit in TEXT


def pattern(documented: str) -> str:
    """``message k of type t is contractive`` as a regular expression."""
    text = re.escape(documented).replace(r"\.\.\.", ".+")
    return re.sub(r"(type|message|block)\\ [tk]\b", r"\1\\ [0-9]+", text)


@pytest.mark.parametrize("name", METHODS)
def test_measures_and_hypotheses_are_listed_word_for_word(name) -> None:
    setting = example(name).setting
    hypotheses = ", ".join(hypothesis.name for hypothesis in setting.hypotheses)
    assert re.search(rf"^ +{name} +{re.escape(setting.method.measure_name)} +{hypotheses}$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("method", [each for each in NAMED.values() if each.name not in METHODS])
def test_measures_and_hypotheses_of_the_second_format_are_listed_word_for_word(method) -> None:
    hypotheses = ", ".join(hypothesis.name for hypothesis in method.hypotheses)
    expected = rf"^ +{method.name} +{re.escape(method.measure_name)} *{hypotheses}$"
    assert re.search(expected, TEXT, re.MULTILINE)
    state = rf"server {' '.join(method.server_state)}" + f", agents {' '.join(method.agent_state)}" * bool(
        method.agent_state
    )
    assert re.search(rf"^ +{method.name} +{state} +points ", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", SECOND)
def test_points_are_numbered_as_documented(name) -> None:
    """The list says how many there are, and whether the first one is x*."""
    setting = second(name).setting
    blind = setting.method.sees_minimiser and not has_minimiser(setting.method)
    if (
        setting.method.name not in NAMED or setting.method.name in METHODS or blind
    ):  # V does not see the method's own coordinates then
        return
    (points,) = re.findall(rf"^ +{setting.method.name} +server .*? points (.*?)  ", TEXT, re.MULTILINE)
    world = setting.world()
    state = Template().unknown_state(setting.method, world)
    setting.method.observe(world, *state)
    setting.method.observe(world, *setting.method.step(world, *state))
    seen = {
        int(number) for each in world.inequalities if "interpolation" in each for number in re.findall("[0-9]+", each)
    }
    listed = points.split(", ")
    assert (listed[0] == "x*") == has_minimiser(setting.method)
    assert len(listed) + setting.method.sees_minimiser * bool(setting.assumptions) >= len(seen) >= len(listed)


def test_the_depth_is_what_the_document_says() -> None:
    """Twelve lists around a string are allowed; thirteen are not, whatever is in them."""
    for depth, message in ((MAX_DEPTH, "format is"), (MAX_DEPTH + 1, "nested too deeply")):
        for inside in ('"a"', "[]"):
            text = '{"a":' + "[" * (depth - 1) + inside + "]" * (depth - 1) + "}"
            with pytest.raises(CertificateError, match=message):
                load(text.encode())
